//! The Saturdays of some days with what is open at each, and how units stand to them.

use kaishi_domain::Moment;
use kaishi_domain::actor::{Reader, Viewer};
use kaishi_domain::call::State;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::season::presence::{Status, Trace, What};
use kaishi_domain::season::todo::Open;
use sqlx::FromRow;

use crate::market::Row;
use crate::pool::on;
use crate::{Error, Result, Store};

/// A Saturday of a month.
#[derive(Clone, PartialEq, Debug)]
pub struct MonthRow {
    /// The Saturday itself.
    pub market: Market,
    /// Stalls that are not withdrawn.
    pub stalls: i64,
    /// Of these with an entry assigned.
    pub filled: i64,
    /// What is open.
    pub open: Open,
}

#[derive(FromRow)]
struct Figures {
    market_id: String,
    stalls: i64,
    filled: i64,
    maps: i64,
    undecided: i64,
    untold: i64,
    entries: i64,
}

impl Store {
    /// The markets from one day to another, both included, in order.
    pub async fn month(&self, by: &Viewer, from: Day, to: Day) -> Result<Vec<MonthRow>> {
        let (org, from, to) = (by.org().number(), from.to_string(), to.to_string());
        let markets: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at, closes_at, time_zone,
               stage, plan, weather, ground_id, host, organizer, participants, zones
             from market where org_id = $1 and held_on >= $2 and held_on <= $3 order by held_on, opens_at, market_id",
        ).bind(org).bind(&from).bind(&to).fetch_all(db).await)?;
        let figures: Vec<Figures> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.market_id,
               (select count(*) from stall s
                 where s.org_id = m.org_id and s.market_id = m.market_id and s.withdrawn_at is null) as stalls,
               (select count(*) from assignment a
                 where a.org_id = m.org_id and a.market_id = m.market_id) as filled,
               (select count(*) from layout_version v
                 where v.org_id = m.org_id and v.market_id = m.market_id and v.plan = m.plan) as maps,
               (select count(*) from claim c where c.org_id = m.org_id and c.market_id = m.market_id
                 and c.state in ('new', 'leaving')) as undecided,
               (select count(*) from claim c where c.org_id = m.org_id and c.market_id = m.market_id
                 and c.state = 'prepared') as untold,
               (select count(*) from entry e where e.org_id = m.org_id and e.market_id = m.market_id) as entries
             from market m where m.org_id = $1 and m.held_on >= $2 and m.held_on <= $3",
        ).bind(org).bind(&from).bind(&to).fetch_all(db).await)?;
        markets
            .into_iter()
            .map(|row| {
                let own = figures.iter().find(|figures| figures.market_id == row.market_id);
                let own = own.ok_or_else(|| Error::Unavailable("a market came meanwhile".into()))?;
                let Figures { stalls, filled, maps, undecided, untold, entries, .. } = *own;
                // One stall an entry, by a key of the table: who is not placed is what is left.
                let open = Open { maps, undecided, untold, unplaced: entries - filled };
                Ok(MonthRow { market: row.try_into()?, stalls, filled, open })
            })
            .collect()
    }

    /// Every answer and every entry of units at the markets from one day to another, in one reading.
    pub async fn presences(&self, by: &Reader, from: Day, to: Day) -> Result<Vec<Trace>> {
        let rows: Vec<(String, String, Option<String>, Option<i64>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select c.unit_id, c.market_id, c.detail, cast(null as bigint) as arrived_at from claim c
             join market m on m.org_id = c.org_id and m.market_id = c.market_id
             where c.org_id = $1 and m.held_on >= $2 and m.held_on <= $3
             union all
             select e.unit_id, e.market_id, cast(null as text), e.arrived_at from entry e
             join market n on n.org_id = e.org_id and n.market_id = e.market_id
             where e.org_id = $1 and e.unit_id is not null and n.held_on >= $2 and n.held_on <= $3",
        ).bind(by.org().number()).bind(from.to_string()).bind(to.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(unit, market, state, arrived)| {
                let what = match state {
                    Some(detail) => What::Answer(Status::from(&serde_json::from_str::<State>(&detail)?)),
                    None => What::Entry(arrived.map(Moment::from_millis)),
                };
                Ok(Trace { unit: unit.parse()?, market: market.parse()?, what })
            })
            .collect()
    }
}
