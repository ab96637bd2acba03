//! Entries: which units come to a market, with what, and whether they have arrived.

use kaishi_domain::actor::Organizer;
use kaishi_domain::entry::{Entry, Way};
use kaishi_domain::{EntryId, MarketId, MarketRef, Moment, Refusal};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::ledger;
use crate::pool::{Conn, Step, on, transact, via};
use crate::unit::barred;
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    entry_id: String,
    unit_id: Option<String>,
    unit_name: Option<String>,
    name: String,
    zone: String,
    services: String,
    needs: String,
    wishes: String,
    way: String,
    arrived_at: Option<i64>,
}

impl TryFrom<Row> for Entry {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.entry_id.parse()?,
            unit: row.unit_id.map(|id| id.parse()).transpose()?,
            unit_name: row.unit_name.unwrap_or_default(),
            name: row.name,
            zone: row.zone,
            services: serde_json::from_str(&row.services)?,
            needs: serde_json::from_str(&row.needs)?,
            wishes: serde_json::from_str(&row.wishes)?,
            way: Way::from_code(&row.way)?,
            arrived: row.arrived_at.is_some(),
        })
    }
}

/// Services, needs and wishes as they are kept.
fn lists(entry: &Entry) -> Result<[String; 3]> {
    Ok([
        serde_json::to_string(&entry.services)?,
        serde_json::to_string(&entry.needs)?,
        serde_json::to_string(&entry.wishes)?,
    ])
}

/// Refuses an entry whose unit may not enter, in the words of its standing.
async fn stays_out(conn: &mut Conn<'_>, by: &Organizer, entry: &Entry) -> Step<()> {
    let Some(unit) = entry.unit else { return Ok(()) };
    let standing: Option<String> = via!(conn, db => sqlx::query_scalar(
        concat!(
            "select case when archived_at is null then standing else 'archived' end from unit
             where org_id = $1 and unit_id = $2 and ",
            barred!("")
        ),
    ).bind(by.org().number()).bind(unit.to_string()).fetch_optional(db).await)?;
    standing.map_or(Ok(()), |standing| Err(Refusal::WrongState(standing).into()))
}

/// Refuses to change an entry that was noted as absent.
async fn is_absent(conn: &mut Conn<'_>, by: &Organizer, market: MarketId, entry: EntryId) -> Step<()> {
    let absent: Option<String> = via!(conn, db => sqlx::query_scalar(
        "select entry_id from entry where org_id = $1 and market_id = $2 and entry_id = $3 and absent_at is not null",
    ).bind(by.org().number()).bind(market.to_string()).bind(entry.to_string()).fetch_optional(db).await)?;
    absent.map_or(Ok(()), |_| Err(Refusal::WrongState("absent".into()).into()))
}

impl Store {
    /// The entries of a market with their units' names, in the order in which they came in.
    pub async fn entries(&self, at: MarketRef) -> Result<Vec<Entry>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.entry_id, e.unit_id, u.name as unit_name, e.name, e.zone, e.services, e.needs, e.wishes,
               e.way, e.arrived_at
             from entry e left join unit u on u.org_id = e.org_id and u.unit_id = e.unit_id
             where e.org_id = $1 and e.market_id = $2 order by e.entry_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    /// Takes an entry into a market. A unit that may not enter is refused by its standing.
    pub async fn entry_add(
        &self,
        by: &Organizer,
        market: MarketId,
        entry: &Entry,
        now: Moment,
    ) -> Result<()> {
        let entry = entry.clone().sound()?;
        let [services, needs, wishes] = lists(&entry)?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            // Selecting from the market keeps an entry out of a market of another organization; a unit that was
            // refused or delisted gets none.
            let done = sqlx::query(
                concat!(
                    "insert into entry (org_id, market_id, entry_id, unit_id, name, zone, services, needs, wishes, way)
                     select org_id, market_id, $3, $4, $5, $6, $7, $8, $9, $10 from market
                     where org_id = $1 and market_id = $2
                       and not exists (select 1 from unit u where u.org_id = $1 and u.unit_id = $4
                       and ",
                    barred!("u."),
                    ")"
                ),
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(entry.id.to_string())
            .bind(entry.unit.map(|id| id.to_string()))
            .bind(&entry.name)
            .bind(&entry.zone)
            .bind(&services)
            .bind(&needs)
            .bind(&wishes)
            .bind(entry.way.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                stays_out(&mut (&mut *tx).into(), by, &entry).await?;
                return Err(Error::Missing("market").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "entry.add",
                object: &entry.id.to_string(),
                detail: &entry.name,
            });
            Ok(())
        })
    }

    /// Changes what an entry brings and what its stall must have; who stands where stays. It does not go to a unit
    /// that may not enter.
    pub async fn entry_edit(
        &self,
        by: &Organizer,
        market: MarketId,
        entry: &Entry,
        now: Moment,
    ) -> Result<()> {
        let entry = entry.clone().sound()?;
        let [services, needs, wishes] = lists(&entry)?;
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("entry_id", entry.id.to_string())];
        let spot = Spot {
            table: "entry",
            columns: &["unit_id", "name", "zone", "services", "needs", "wishes", "way"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                concat!(
                    "update entry set unit_id = $4, name = $5, zone = $6, services = $7, needs = $8, wishes = $9, way = $10
                     where org_id = $1 and market_id = $2 and entry_id = $3
                       and (unit_id is not distinct from $4 or not exists (select 1 from unit u
                       where u.org_id = $1 and u.unit_id = $4
                       and ",
                    barred!("u."),
                    "))"
                ),
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(entry.id.to_string())
            .bind(entry.unit.map(|id| id.to_string()))
            .bind(&entry.name)
            .bind(&entry.zone)
            .bind(&services)
            .bind(&needs)
            .bind(&wishes)
            .bind(entry.way.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                stays_out(&mut (&mut *tx).into(), by, &entry).await?;
                return Err(Error::Missing("entry").into());
            }
            ledger::touch(&mut (&mut *tx).into(), MarketRef { org: by.org(), market }).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "entry.edit",
                object: &entry.id.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Takes an entry out of a market. One that stands on a stall stays: [`Error::Taken`] names it.
    pub async fn entry_withdraw(
        &self,
        by: &Organizer,
        market: MarketId,
        entry: EntryId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("entry_id", entry.to_string())];
        let spot = Spot {
            table: "entry",
            columns: &["unit_id", "name", "zone", "services", "needs", "wishes", "way"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let name: Option<(String,)> =
                sqlx::query_as("select name from entry where org_id = $1 and market_id = $2 and entry_id = $3")
                    .bind(by.org().number())
                    .bind(market.to_string())
                    .bind(entry.to_string())
                    .fetch_optional(&mut *tx)
                    .await?;
            let Some((name,)) = name else { return Err(Error::Missing("entry").into()) };
            let done = sqlx::query(
                "delete from entry where org_id = $1 and market_id = $2 and entry_id = $3
                 and not exists (select 1 from assignment where org_id = $1 and market_id = $2 and entry_id = $3)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(entry.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken(name).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "entry.withdraw",
                object: &entry.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Notes that a unit has come, or takes that back. The first moment of coming stays. Who was noted as absent
    /// when the market closed stays absent while it is closed.
    pub async fn entry_arrived(
        &self,
        by: &Organizer,
        market: MarketId,
        entry: EntryId,
        arrived: bool,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("entry_id", entry.to_string())];
        let spot = Spot { table: "entry", columns: &["arrived_at", "absent_at"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "update entry set arrived_at = case when $4 = 1 then coalesce(arrived_at, $5) end
                 where org_id = $1 and market_id = $2 and entry_id = $3 and absent_at is null",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(entry.to_string())
            .bind(i64::from(arrived))
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                is_absent(&mut (&mut *tx).into(), by, market, entry).await?;
                return Err(Error::Missing("entry").into());
            }
            ledger::touch(&mut (&mut *tx).into(), MarketRef { org: by.org(), market }).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: if arrived { "entry.arrive" } else { "entry.leave" },
                object: &entry.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }
}
