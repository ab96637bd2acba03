//! Cells of stalls: made from a grouping, described, and stalls moved between them.

use std::collections::HashMap;

use kaishi_domain::actor::{CellHead, Organizer};
use kaishi_domain::cell::{Cell, Described, Lead, Partner, Signature};
use kaishi_domain::id::ShortId;
use kaishi_domain::layout::number_order;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{CellId, LinkId, MarketId, MarketRef, Moment, Refusal, StallId};
use sqlx::FromRow;

use super::check::last;
use crate::audit::{self, Act, Spot};
use crate::pool::{Attempt, look, on, transact};
use crate::{Error, Result, Store};

/// A checklist may still be signed so long after closing.
const SIGN_AFTER: i64 = 6 * HOUR;

#[derive(FromRow)]
struct Row {
    cell_id: String,
    no: i64,
    name: String,
    lead_role: Option<String>,
    lead_unit: Option<String>,
    unit_name: Option<String>,
    partners: String,
    link_id: String,
}

impl Row {
    fn cell(self, stalls: Vec<StallId>, signed: Option<Signature>) -> Result<Cell> {
        let lead = match (self.lead_unit, self.lead_role) {
            (Some(unit), _) => Lead::Unit(unit.parse()?),
            (None, Some(role)) => Lead::Role(role),
            (None, None) => Lead::Open,
        };
        let partners: Vec<Partner> = serde_json::from_str(&self.partners)?;
        Ok(Cell {
            id: self.cell_id.parse()?,
            no: self.no,
            name: self.name,
            lead,
            lead_unit: self.unit_name.unwrap_or_default(),
            partners,
            link: self.link_id.parse()?,
            stalls,
            signed,
        })
    }
}

impl Store {
    /// The cells of a market in their order, each with its stalls in the order of numbers and its last signature.
    pub async fn cells(&self, at: MarketRef) -> Result<Vec<Cell>> {
        let (org, market) = (at.org.number(), at.market.to_string());
        let (rows, held, checks) = look!(self, tx => {
            let rows: Vec<Row> = sqlx::query_as(
                "select c.cell_id, c.no, c.name, c.lead_role, c.lead_unit, u.name as unit_name, c.partners, c.link_id
                 from cell c left join unit u on u.org_id = c.org_id and u.unit_id = c.lead_unit
                 where c.org_id = $1 and c.market_id = $2 order by c.no, c.cell_id",
            ).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            let held: Vec<(String, String, String)> = sqlx::query_as(
                "select c.cell_id, c.stall_id, s.no from cell_stall c
                 join stall s on s.org_id = c.org_id and s.market_id = c.market_id and s.stall_id = c.stall_id
                 where c.org_id = $1 and c.market_id = $2 and s.withdrawn_at is null",
            ).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            let checks: Vec<(String, String, String, String, i64)> = sqlx::query_as(
                "select cell_id, answers, signer, stalls, at from cell_check
                 where org_id = $1 and market_id = $2 order by cell_id, n",
            ).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            Ok((rows, held, checks))
        })?;
        let mut stalls: HashMap<String, Vec<(String, StallId)>> = HashMap::new();
        for (cell, stall, no) in held {
            stalls.entry(cell).or_default().push((no, stall.parse()?));
        }
        let mut signed = last(checks)?;
        rows.into_iter()
            .map(|row| {
                let mut own = stalls.remove(&row.cell_id).unwrap_or_default();
                own.sort_by_cached_key(|(no, _)| number_order(no));
                let signature = signed.remove(&row.cell_id);
                row.cell(own.into_iter().map(|(_, stall)| stall).collect(), signature)
            })
            .collect()
    }

    /// Makes the cells of a market anew: each group gets the name beside it. Once one has been signed they stay:
    /// [`Error::Taken`].
    pub async fn cells_make(
        &self,
        by: &Organizer,
        market: MarketId,
        groups: &[(String, Vec<StallId>)],
        now: Moment,
    ) -> Result<()> {
        let (org, id, fresh) = (by.org().number(), market.to_string(), self.fresh_text());
        transact!(self, tx => {
            for statement in [
                "delete from cell_stall where org_id = $1 and market_id = $2
                 and not exists (select 1 from cell_check where org_id = $1 and market_id = $2)",
                "delete from cell where org_id = $1 and market_id = $2
                 and not exists (select 1 from cell_check where org_id = $1 and market_id = $2)",
            ] {
                sqlx::query(statement).bind(org).bind(&id).execute(&mut *tx).await?;
            }
            for ((name, stalls), no) in groups.iter().zip(1_i64..) {
                let cell = CellId::new(now.plus(no), self.random()).to_string();
                let made = sqlx::query(
                    "insert into cell (org_id, market_id, cell_id, no, name, partners, link_id, stalls)
                     select org_id, market_id, $3, $4, $5, '[]', $6, $7 from market
                     where org_id = $1 and market_id = $2
                       and not exists (select 1 from cell_check where org_id = $1 and market_id = $2)",
                )
                .bind(org)
                .bind(&id)
                .bind(&cell)
                .bind(no)
                .bind(name)
                .bind(ShortId::new(by.org(), self.random()).to_string())
                .bind(i64::try_from(stalls.len()).unwrap_or(i64::MAX))
                .execute(&mut *tx)
                .await?;
                if made.rows_affected() == 0 {
                    return Err(Error::Taken("cell".into()).into());
                }
                for stall in stalls {
                    let held = sqlx::query(
                        "insert into cell_stall (org_id, market_id, stall_id, cell_id)
                         values ($1, $2, $3, $4)",
                    ).bind(org).bind(&id).bind(stall.to_string()).bind(&cell).execute(&mut *tx).await;
                    match held {
                        Err(error) if Error::is_taken(&error) => return Err(Error::Taken("stall".into()).into()),
                        other => other?,
                    };
                }
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "cell.make",
                object: &id,
                detail: &groups.len().to_string(),
            });
            Ok(())
        })
    }

    /// Gives a cell its name, its lead and its partners.
    pub async fn cell_describe(
        &self,
        by: &Organizer,
        market: MarketId,
        cell: CellId,
        described: &Described,
        now: Moment,
    ) -> Result<()> {
        let Described { name, lead, partners } = described.clone().sound()?;
        let (role, unit) = match lead {
            Lead::Open => (None, None),
            Lead::Role(role) => (Some(role), None),
            Lead::Unit(unit) => (None, Some(unit.to_string())),
        };
        let (partners, fresh) = (serde_json::to_string(&partners)?, self.fresh_text());
        let key = [("market_id", market.to_string()), ("cell_id", cell.to_string())];
        let spot = Spot {
            table: "cell",
            columns: &["name", "lead_role", "lead_unit", "partners"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            // A unit of another organization is none.
            let done = sqlx::query(
                "update cell set name = $4, lead_role = $5, lead_unit = $6, partners = $7
                 where org_id = $1 and market_id = $2 and cell_id = $3
                   and ($6 is null or exists (select 1 from unit where org_id = $1 and unit_id = $6))",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(cell.to_string())
            .bind(&name)
            .bind(&role)
            .bind(&unit)
            .bind(&partners)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("cell").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "cell.describe",
                object: &cell.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Moves a stall from the cell in which it was seen (or from none) to another. [`Error::Taken`]: it has been
    /// moved meanwhile, or the other is full.
    pub async fn cell_move(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        (from, to): (Option<CellId>, CellId),
        now: Moment,
    ) -> Result<()> {
        let (org, id, fresh) = (by.org().number(), market.to_string(), self.fresh_text());
        let key = [("market_id", market.to_string()), ("stall_id", stall.to_string())];
        let spot = Spot { table: "cell_stall", columns: &["cell_id"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let room = sqlx::query(
                "update cell set stalls = stalls + 1
                 where org_id = $1 and market_id = $2 and cell_id = $3 and stalls < 10",
            ).bind(org).bind(&id).bind(to.to_string()).execute(&mut *tx).await?;
            if room.rows_affected() == 0 {
                return Err(Error::Taken("cell".into()).into());
            }
            let moved = match from {
                Some(from) => {
                    sqlx::query(
                        "update cell set stalls = stalls - 1
                         where org_id = $1 and market_id = $2 and cell_id = $3 and stalls > 0",
                    ).bind(org).bind(&id).bind(from.to_string()).execute(&mut *tx).await?;
                    sqlx::query(
                        "update cell_stall set cell_id = $4
                         where org_id = $1 and market_id = $2 and stall_id = $3 and cell_id = $5",
                    )
                    .bind(org).bind(&id).bind(stall.to_string()).bind(to.to_string()).bind(from.to_string())
                    .execute(&mut *tx).await
                }
                None => sqlx::query(
                    "insert into cell_stall (org_id, market_id, stall_id, cell_id)
                     select org_id, market_id, stall_id, $4 from stall
                     where org_id = $1 and market_id = $2 and stall_id = $3 and withdrawn_at is null",
                ).bind(org).bind(&id).bind(stall.to_string()).bind(to.to_string()).execute(&mut *tx).await,
            };
            match moved {
                Ok(done) if done.rows_affected() == 1 => {}
                Ok(_) => return Err(Error::Taken("stall".into()).into()),
                Err(error) if Error::is_taken(&error) => return Err(Error::Taken("stall".into()).into()),
                Err(error) => return Err(Attempt::from(error)),
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "cell.move",
                object: &stall.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Gives a cell another link; who holds the old one signs nothing more.
    pub async fn cell_relink(
        &self,
        by: &Organizer,
        market: MarketId,
        cell: CellId,
        now: Moment,
    ) -> Result<()> {
        let (link, fresh) = (ShortId::new(by.org(), self.random()), self.fresh_text());
        let key = [("market_id", market.to_string()), ("cell_id", cell.to_string())];
        let spot = Spot { table: "cell", columns: &["link_id"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "update cell set link_id = $4 where org_id = $1 and market_id = $2 and cell_id = $3",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(cell.to_string())
            .bind(link.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("cell").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "cell.relink",
                object: &cell.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// The head behind a cell's link.
    pub async fn cell_head(&self, id: LinkId, now: Moment) -> Result<CellHead> {
        let row: Option<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select c.market_id, c.cell_id, m.closes_at from cell c
             join market m on m.org_id = c.org_id and m.market_id = c.market_id
             where c.org_id = $1 and c.link_id = $2",
        ).bind(id.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        let (market, cell, closes_at) = row.ok_or(Error::Missing("link"))?;
        if Moment::from_millis(closes_at).plus(SIGN_AFTER) <= now {
            return Err(Refusal::Expired.into());
        }
        Ok(CellHead { org: id.org(), market: market.parse()?, cell: cell.parse()? })
    }
}
