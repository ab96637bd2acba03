//! The register of partner units.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{Moment, OrgId, UnitId};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{Attempt, on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    unit_id: String,
    name: String,
    kind: String,
    contact_role: String,
    services: String,
}

impl TryFrom<Row> for Unit {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.unit_id.parse()?,
            name: row.name,
            kind: UnitKind::from_code(&row.kind)?,
            contact_role: row.contact_role,
            services: serde_json::from_str(&row.services)?,
        })
    }
}

impl Store {
    /// Every unit of an organization, oldest first.
    pub async fn units(&self, by: &Viewer) -> Result<Vec<Unit>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select unit_id, name, kind, contact_role, services from unit
             where org_id = $1 order by created_at, name, unit_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(Unit::try_from).collect()
    }

    /// One unit.
    pub async fn unit(&self, by: &Viewer, id: UnitId) -> Result<Unit> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select unit_id, name, kind, contact_role, services from unit where org_id = $1 and unit_id = $2",
        ).bind(by.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("unit"))?.try_into()
    }

    /// The names of an organization's units. They stand on signs and slips, so everybody may read them.
    pub async fn unit_names(&self, org: OrgId) -> Result<BTreeMap<UnitId, String>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select unit_id, name from unit where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        rows.into_iter().map(|(id, name)| Ok((id.parse()?, name))).collect()
    }

    /// Adds a unit. A name that exists is [`Error::Taken`].
    pub async fn unit_add(&self, by: &Organizer, unit: &Unit, now: Moment) -> Result<()> {
        let unit = unit.clone().sound()?;
        let services = serde_json::to_string(&unit.services)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let added = sqlx::query(
                "insert into unit (org_id, unit_id, name, kind, contact_role, services, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(by.org().number())
            .bind(unit.id.to_string())
            .bind(&unit.name)
            .bind(unit.kind.code())
            .bind(&unit.contact_role)
            .bind(&services)
            .bind(now.millis())
            .execute(&mut *tx)
            .await;
            taken(added.map(drop), &unit)?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.add",
                object: &unit.id.to_string(),
                detail: &unit.name,
            });
            Ok(())
        })
    }

    /// Changes what is known of a unit. A name that another unit has is [`Error::Taken`].
    pub async fn unit_edit(&self, by: &Organizer, unit: &Unit, now: Moment) -> Result<()> {
        let unit = unit.clone().sound()?;
        let services = serde_json::to_string(&unit.services)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let edited = sqlx::query(
                "update unit set name = $3, kind = $4, contact_role = $5, services = $6
                 where org_id = $1 and unit_id = $2",
            )
            .bind(by.org().number())
            .bind(unit.id.to_string())
            .bind(&unit.name)
            .bind(unit.kind.code())
            .bind(&unit.contact_role)
            .bind(&services)
            .execute(&mut *tx)
            .await;
            let rows = taken(edited.map(|done| done.rows_affected()), &unit)?;
            if rows == 0 {
                return Err(Error::Missing("unit").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.edit",
                object: &unit.id.to_string(),
                detail: &unit.name,
            });
            Ok(())
        })
    }
}

/// Says which name was taken.
fn taken<T>(done: std::result::Result<T, sqlx::Error>, unit: &Unit) -> std::result::Result<T, Attempt> {
    done.map_err(|error| match error {
        error if Error::is_taken(&error) => Error::Taken(unit.name.clone()).into(),
        error => error.into(),
    })
}
