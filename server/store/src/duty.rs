//! The map of duties: grids with those who receive, and which unit answers for which kind in which grid.

use std::collections::BTreeSet;

use kaishi_domain::actor::{Organizer, Reader};
use kaishi_domain::appeal::{Category, Duty, Grid, GridKind, Receiver};
use kaishi_domain::{GridId, Moment, OrgId, UnitId};
use sqlx::FromRow;

use crate::audit::{self, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct DutyRow {
    category: String,
    grid_id: String,
    lead_id: String,
    helpers: String,
}

impl DutyRow {
    fn duty(self) -> Result<Duty> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Duty {
            category: some(&self.category).map(|code| Category::from_code(&code)).transpose()?,
            grid: some(&self.grid_id).map(|id| id.parse()).transpose()?,
            lead: self.lead_id.parse()?,
            helpers: serde_json::from_str::<BTreeSet<UnitId>>(&self.helpers)?,
        })
    }
}

/// How a rule is keyed: empty texts for what holds for everything.
fn key(category: Option<Category>, grid: Option<GridId>) -> (&'static str, String) {
    (category.map_or("", Category::code), grid.map(|id| id.to_string()).unwrap_or_default())
}

impl Store {
    /// The grids of an organization, with those who receive.
    pub async fn grids(&self, org: OrgId) -> Result<Vec<Grid>> {
        let rows: Vec<(String, String, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select grid_id, kind, name, covers from grid where org_id = $1 and retired_at is null
             order by at, grid_id",
        ).bind(org.number()).fetch_all(db).await)?;
        let receivers: Vec<(String, String, Option<String>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select grid_id, role, unit_id from grid_receiver where org_id = $1 order by at, role",
        ).bind(org.number()).fetch_all(db).await)?;
        let mut grids = Vec::new();
        for (id, kind, name, covers) in rows {
            let receivers = receivers
                .iter()
                .filter(|(grid, ..)| *grid == id)
                .map(|(_, role, unit)| {
                    let unit = unit.as_deref().map(str::parse).transpose()?;
                    Ok(Receiver { role: role.clone(), unit })
                })
                .collect::<Result<_>>()?;
            grids.push(Grid { id: id.parse()?, kind: GridKind::from_code(&kind)?, name, covers, receivers });
        }
        Ok(grids)
    }

    /// Adds a grid.
    pub async fn grid_add(
        &self,
        by: &Organizer,
        kind: GridKind,
        (name, covers): (&str, &str),
        now: Moment,
    ) -> Result<GridId> {
        let (name, covers) = (Grid::text(name, false)?, Grid::text(covers, true)?);
        let (id, fresh) = (GridId::new(now, self.random()), self.fresh_text());
        transact!(self, tx => {
            sqlx::query("insert into grid (org_id, grid_id, kind, name, covers, at) values ($1, $2, $3, $4, $5, $6)")
                .bind(by.org().number())
                .bind(id.to_string())
                .bind(kind.code())
                .bind(&name)
                .bind(&covers)
                .bind(now.millis())
                .execute(&mut *tx)
                .await?;
            audit::signed!(tx, &fresh, (by, now), "grid.add", &id.to_string(), &name);
            Ok(id)
        })
    }

    /// Takes a grid out, and the rules that name it. Appeals that lie in it keep it in their history.
    pub async fn grid_retire(&self, by: &Organizer, grid: GridId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("grid_id", grid.to_string())];
        let spot = Spot { table: "grid", columns: &["retired_at"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let retired = sqlx::query(
                "update grid set retired_at = $3 where org_id = $1 and grid_id = $2 and retired_at is null",
            )
            .bind(by.org().number())
            .bind(grid.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if retired == 0 {
                return Err(Error::Missing("grid").into());
            }
            sqlx::query("delete from duty where org_id = $1 and grid_id = $2")
                .bind(by.org().number()).bind(grid.to_string()).execute(&mut *tx).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "grid.retire", &grid.to_string(), &told);
            Ok(())
        })
    }

    /// Says who receives in a grid; the same role again gets another unit.
    pub async fn receiver_put(
        &self,
        by: &Organizer,
        grid: GridId,
        receiver: &Receiver,
        now: Moment,
    ) -> Result<()> {
        let role = Grid::text(&receiver.role, false)?;
        if let Some(unit) = receiver.unit {
            self.unit(&by.viewer(), unit).await?;
        }
        let (fresh, unit) = (self.fresh_text(), receiver.unit.map(|unit| unit.to_string()));
        let key = [("grid_id", grid.to_string()), ("role", role.clone())];
        let spot = Spot { table: "grid_receiver", columns: &["role", "unit_id"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let put = sqlx::query(
                "insert into grid_receiver (org_id, grid_id, role, unit_id, at)
                 select org_id, grid_id, $3, $4, $5 from grid
                 where org_id = $1 and grid_id = $2 and retired_at is null
                 on conflict (org_id, grid_id, role) do update set unit_id = excluded.unit_id",
            )
            .bind(by.org().number())
            .bind(grid.to_string())
            .bind(&role)
            .bind(&unit)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if put == 0 {
                return Err(Error::Missing("grid").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "grid.receiver", &format!("{grid}/{role}"), &told);
            Ok(())
        })
    }

    /// Takes a receiver out.
    pub async fn receiver_drop(&self, by: &Organizer, grid: GridId, role: &str, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("grid_id", grid.to_string()), ("role", role.to_owned())];
        let spot = Spot { table: "grid_receiver", columns: &["role", "unit_id"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let gone = sqlx::query("delete from grid_receiver where org_id = $1 and grid_id = $2 and role = $3")
                .bind(by.org().number())
                .bind(grid.to_string())
                .bind(role)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("receiver").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "grid.receiver_drop", &format!("{grid}/{role}"), &told);
            Ok(())
        })
    }

    /// Every rule of an organization.
    pub async fn duties(&self, by: &Reader) -> Result<Vec<Duty>> {
        let rows: Vec<DutyRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select category, grid_id, lead_id, helpers from duty where org_id = $1 order by grid_id, category",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(DutyRow::duty).collect()
    }

    /// Writes a rule; the one for the same kind and grid makes way.
    pub async fn duty_put(&self, by: &Organizer, duty: &Duty, now: Moment) -> Result<()> {
        for unit in std::iter::once(&duty.lead).chain(&duty.helpers) {
            self.unit(&by.viewer(), *unit).await?;
        }
        if let Some(grid) = duty.grid
            && !self.grids(by.org()).await?.iter().any(|known| known.id == grid)
        {
            return Err(Error::Missing("grid"));
        }
        let (category, grid) = key(duty.category, duty.grid);
        let mut helpers = duty.helpers.clone();
        helpers.remove(&duty.lead);
        let (helpers, fresh) = (serde_json::to_string(&helpers)?, self.fresh_text());
        let key = [("category", category.to_owned()), ("grid_id", grid.clone())];
        let spot = Spot { table: "duty", columns: &["lead_id", "helpers"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            sqlx::query(
                "insert into duty (org_id, category, grid_id, lead_id, helpers, at) values ($1, $2, $3, $4, $5, $6)
                 on conflict (org_id, category, grid_id) do update
                 set lead_id = excluded.lead_id, helpers = excluded.helpers, at = excluded.at",
            )
            .bind(by.org().number())
            .bind(category)
            .bind(&grid)
            .bind(duty.lead.to_string())
            .bind(&helpers)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "duty.put", &format!("{category}/{grid}"), &told);
            Ok(())
        })
    }

    /// Takes a rule out.
    pub async fn duty_drop(
        &self,
        by: &Organizer,
        category: Option<Category>,
        grid: Option<GridId>,
        now: Moment,
    ) -> Result<()> {
        let ((category, grid), fresh) = (key(category, grid), self.fresh_text());
        let key = [("category", category.to_owned()), ("grid_id", grid.clone())];
        let spot = Spot { table: "duty", columns: &["lead_id", "helpers"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let gone = sqlx::query("delete from duty where org_id = $1 and category = $2 and grid_id = $3")
                .bind(by.org().number())
                .bind(category)
                .bind(&grid)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("duty").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "duty.drop", &format!("{category}/{grid}"), &told);
            Ok(())
        })
    }
}
