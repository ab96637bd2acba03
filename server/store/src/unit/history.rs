//! A unit's Saturdays: its entries, when it came, and what residents said at its stall.

use kaishi_domain::actor::Reader;
use kaishi_domain::market::Stage;
use kaishi_domain::unit::history::Appearance;
use kaishi_domain::{Moment, UnitId};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    market_id: String,
    ordinal: i64,
    held_on: String,
    stage: String,
    opens_at: i64,
    closes_at: i64,
    sign: String,
    arrived_at: Option<i64>,
    complaints: i64,
    content: i64,
    discontent: i64,
}

impl TryFrom<Row> for Appearance {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            market: row.market_id.parse()?,
            ordinal: row.ordinal,
            held_on: row.held_on,
            stage: Stage::from_code(&row.stage)?,
            opens_at: Moment::from_millis(row.opens_at),
            closes_at: Moment::from_millis(row.closes_at),
            sign: row.sign,
            arrived_at: row.arrived_at.map(Moment::from_millis),
            complaints: row.complaints,
            content: row.content,
            discontent: row.discontent,
        })
    }
}

impl Store {
    /// The Saturdays of a unit, latest first. A resident who was not content and then was is counted in both.
    pub async fn unit_history(&self, by: &Reader, unit: UnitId) -> Result<Vec<Appearance>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.market_id, m.ordinal, m.held_on, m.stage, m.opens_at, m.closes_at, e.name as sign, e.arrived_at,
               (select count(*) from appeal p where p.org_id = e.org_id and p.market_id = e.market_id
                 and p.stall_id = a.stall_id and p.category = 'complaint') as complaints,
               (select count(*) from appeal p where p.org_id = e.org_id and p.market_id = e.market_id
                 and p.stall_id = a.stall_id and p.confirmed_at is not null) as content,
               (select count(*) from appeal_step s join appeal p on p.org_id = s.org_id and p.appeal_id = s.appeal_id
                 where s.org_id = e.org_id and p.market_id = e.market_id and p.stall_id = a.stall_id
                 and s.verb = 'rate' and s.detail like '%unsatisfied%') as discontent
             from entry e
             join market m on m.org_id = e.org_id and m.market_id = e.market_id
             left join assignment a on a.org_id = e.org_id and a.market_id = e.market_id and a.entry_id = e.entry_id
             where e.org_id = $1 and e.unit_id = $2
             order by m.held_on desc, m.opens_at desc, e.entry_id limit 200",
        ).bind(by.org().number()).bind(unit.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Appearance::try_from).collect()
    }
}
