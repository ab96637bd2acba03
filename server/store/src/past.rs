//! Where the units of a market stood on the Saturdays before it: what fairness and habit remember.

use kaishi_domain::market::Plan;
use kaishi_domain::{MarketId, MarketRef, StallId, UnitId};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Error, Result, Store};

/// No more places than this are remembered, the latest first.
const MOST: i64 = 2_000;

/// One place of one unit on one earlier Saturday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stood {
    /// Who.
    pub unit: UnitId,
    /// What stood on the sign.
    pub name: String,
    /// When.
    pub market: MarketId,
    /// By which map.
    pub plan: Plan,
    /// Where.
    pub stall: StallId,
    /// The stall's number.
    pub no: String,
}

#[derive(FromRow)]
struct Row {
    unit_id: String,
    name: String,
    market_id: String,
    plan: String,
    stall_id: String,
    no: String,
}

impl TryFrom<Row> for Stood {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            unit: row.unit_id.parse()?,
            name: row.name,
            market: row.market_id.parse()?,
            plan: Plan::from_code(&row.plan)?,
            stall: row.stall_id.parse()?,
            no: row.no,
        })
    }
}

impl Store {
    /// Where the units that come to a market stood at markets that were held before it, the latest first.
    pub async fn stood(&self, at: MarketRef) -> Result<Vec<Stood>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.unit_id, e.name, m.market_id, m.plan, a.stall_id, s.no
             from assignment a
             join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
             join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
             join market m on m.org_id = a.org_id and m.market_id = a.market_id
             join market now on now.org_id = a.org_id and now.market_id = $2
             where a.org_id = $1 and m.held_on < now.held_on and m.stage in ('open', 'closed', 'filed')
               and e.unit_id in (select c.unit_id from entry c where c.org_id = $1 and c.market_id = $2)
             order by m.held_on desc, m.market_id, a.entry_id limit $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(MOST).fetch_all(db).await)?;
        rows.into_iter().map(Stood::try_from).collect()
    }
}
