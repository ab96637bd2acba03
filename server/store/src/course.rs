//! What a screen asks once when it is opened: the courses of earlier mornings, and which other markets there are on
//! the same day.

use std::collections::BTreeMap;

use kaishi_domain::actor::Watcher;
use kaishi_domain::course::{Course, Past, STEP};
use kaishi_domain::market::{GRACE, Market};
use kaishi_domain::moment::Day;
use kaishi_domain::{MarketRef, OrgId};
use sqlx::FromRow;

use crate::pool::on;
use crate::{Result, Store};

/// The season before a Saturday, in days: half a year.
const SEASON: i32 = 183;

/// The markets of one day with their steps, the one on the same ground last.
type Held = BTreeMap<(i64, String), Vec<(i64, i64)>>;

#[derive(FromRow)]
struct Row {
    held_on: String,
    market_id: String,
    here: i64,
    step: i64,
    n: i64,
}

impl Store {
    /// The markets of the day of a screen, its own among them: those that are held or were.
    pub async fn same_day(&self, by: &Watcher) -> Result<Vec<MarketRef>> {
        let rows: Vec<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.org_id, m.market_id from market now
             join market m on m.org_id = now.org_id and m.held_on = now.held_on
             where now.org_id = $1 and now.market_id = $2
               and (m.stage in ('open', 'closed', 'filed') or m.market_id = now.market_id)
             order by m.opens_at, m.ordinal, m.market_id",
        ).bind(by.org.number()).bind(by.market.to_string()).fetch_all(db).await)?;
        let market = |(org, market): (i64, String)| {
            Ok(MarketRef { org: OrgId::from_number(org)?, market: market.parse()? })
        };
        rows.into_iter().map(market).collect()
    }

    /// The Saturday before, and the middle of the season so far. Where a day has several markets, the one on the same
    /// ground speaks for it.
    pub async fn past(&self, market: &Market) -> Result<Past> {
        let since = Day::parse(&market.held_on)?.plus_days(-SEASON).to_string();
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.held_on, m.market_id, cast(case when m.ground_id = $3 then 1 else 0 end as bigint) as here,
               (t.bucket - m.opens_at + $4) / $5 as step, cast(sum(t.n) as bigint) as n
             from market m
             join tally t on t.org_id = m.org_id and t.market_id = m.market_id
             where m.org_id = $1 and m.held_on < $2 and m.held_on >= $6 and t.confidence = 'normal'
               and t.kind <> 'talk'
             group by 1, 2, 3, 4 order by 1, 3, 2, 4",
        )
        .bind(market.org.number())
        .bind(&market.held_on)
        .bind(market.ground.to_string())
        .bind(GRACE)
        .bind(STEP)
        .bind(since)
        .fetch_all(db)
        .await)?;
        let mut days: BTreeMap<String, Held> = BTreeMap::new();
        for row in rows {
            let steps = days.entry(row.held_on).or_default().entry((row.here, row.market_id)).or_default();
            steps.push((row.step, row.n));
        }
        let courses: Vec<Course> = days
            .into_values()
            .filter_map(|mut day| day.pop_last())
            .map(|(_, steps)| Course::of(steps))
            .collect();
        Ok(Past { last: courses.last().cloned(), middle: Course::middle(&courses) })
    }
}
