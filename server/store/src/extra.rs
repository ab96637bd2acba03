//! What the stalls of a market have besides their tap, at most 1.5 seconds old: every scan asks for it.

use std::sync::Arc;

use kaishi_domain::{MarketRef, Moment, StallId};

use crate::pool::on;
use crate::{Result, Store};

/// What is switched on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extras {
    /// Stalls with a queue.
    pub queues: Vec<StallId>,
    /// Where the quiz is rewarded.
    pub quiz: Option<StallId>,
    /// Where stamps are rewarded.
    pub stamps: Option<StallId>,
}

impl Store {
    /// What is switched on at a market.
    pub async fn extras(&self, at: MarketRef, now: Moment) -> Result<Arc<Extras>> {
        if let Some(extras) = self.scans.extras.find(&at, now) {
            return Ok(extras);
        }
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select 'queue' as kind, stall_id from queue
             where org_id = $1 and market_id = $2 and state <> 'off'
             union all
             select kind, stall_id from reward where org_id = $1 and market_id = $2 and is_on = 1",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let mut extras = Extras::default();
        for (kind, stall) in rows {
            match kind.as_str() {
                "quiz" => extras.quiz = Some(stall.parse()?),
                "stamps" => extras.stamps = Some(stall.parse()?),
                _ => extras.queues.push(stall.parse()?),
            }
        }
        Ok(self.scans.extras.keep(at, extras, now))
    }
}
