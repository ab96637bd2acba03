//! Publishing: the draft that was looked at becomes the next version, all of it or nothing.

use std::collections::BTreeSet;

use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::{Breach, Layout, Severity, Stall, check};
use kaishi_domain::market::Plan;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use super::{InUse, held, step};
use crate::audit::{self, Act};
use crate::pool::{Attempt, transact};
use crate::{Error, Result, Store, ledger};

/// What became of a publish.
#[derive(Clone, PartialEq, Debug)]
pub enum Published {
    /// Residents see it.
    Done {
        /// Its number.
        version: i64,
        /// Whether this very call made it; else it had been published already.
        fresh: bool,
    },
    /// The draft is no longer the one that was looked at; nothing was published.
    Stale {
        /// The revision that stands.
        revision: i64,
    },
    /// It breaks rules that must not be broken; nothing was published.
    Wrong(Vec<Breach>),
    /// Stalls that would vanish, although something hangs on them; nothing was published.
    Held(Vec<InUse>),
    /// There is no stall on it.
    Empty,
}

/// The version of each plan that residents see.
struct Seen {
    version: i64,
    revision: i64,
    layout: Layout,
}

/// The latest version of one plan inside a transaction.
macro_rules! seen {
    ($tx:ident, $org:ident, $market:expr, $plan:expr) => {{
        let row: Option<(i64, i64, String)> = sqlx::query_as(
            "select version, revision, body from layout_version
             where org_id = $1 and market_id = $2 and plan = $3 order by version desc limit 1",
        )
        .bind($org)
        .bind($market)
        .bind($plan.code())
        .fetch_optional(&mut *$tx)
        .await?;
        match row {
            None => Seen { version: 0, revision: 0, layout: Layout::default() },
            Some((version, revision, body)) => {
                Seen { version, revision, layout: serde_json::from_str(&body)? }
            }
        }
    }};
}

/// Adds the next version of a plan, if its draft still has the revision; answers how many rows that made.
const NEXT: &str = "insert into layout_version
       (org_id, market_id, plan, version, revision, body, account_id, at)
     select l.org_id, l.market_id, l.plan, $5, l.revision, l.body, $6, $7 from layout l
     where l.org_id = $1 and l.market_id = $2 and l.plan = $3 and l.revision = $4";

/// The same with numbers and zones that follow from the other plan.
const FOLLOW: &str = "insert into layout_version
       (org_id, market_id, plan, version, revision, body, account_id, at)
     values ($1, $2, $3, $5, $4, $8, $6, $7)";

/// Two who publish at once meet in the primary key: the later looks again.
fn added(result: std::result::Result<u64, sqlx::Error>) -> std::result::Result<u64, Attempt> {
    match result {
        Err(error) if Error::is_taken(&error) => {
            Err(Attempt::Again(Error::Unavailable("another publish came first".into())))
        }
        other => Ok(other?),
    }
}

/// The stalls whose number people have not seen yet.
fn unseen<'a>(before: &Layout, after: &'a Layout) -> Vec<&'a Stall> {
    let same = |stall: &Stall| {
        before.stall(stall.id).is_some_and(|was| (&was.no, &was.zone) == (&stall.no, &stall.zone))
    };
    after.stalls().values().filter(|stall| !same(stall)).collect()
}

impl Store {
    /// Makes the draft of a plan at `revision` the version that residents see. Refused while it breaks a rule
    /// that must hold. A number or a zone that changes with it changes in the other plan's version too,
    /// because the stall is the same; [`Error::Taken`] where another stall has that number there.
    pub async fn layout_publish(
        &self,
        by: &Organizer,
        market: MarketId,
        plan: Plan,
        revision: i64,
        now: Moment,
    ) -> Result<Published> {
        let at = MarketRef { org: by.org(), market };
        let (stands, layout) = self.layout(at, plan).await?;
        if stands != revision {
            return Ok(Published::Stale { revision: stands });
        }
        if layout.stalls().is_empty() {
            return Ok(Published::Empty);
        }
        let mut wrong = check(&self.ground_of(at).await?, &layout, &self.uses(at, plan).await?);
        wrong.retain(|breach| breach.severity == Severity::Error);
        if !wrong.is_empty() {
            return Ok(Published::Wrong(wrong));
        }
        let done = self.next_version(by, at, plan, revision, &layout, now).await;
        self.scans.clear();
        done
    }

    async fn next_version(
        &self,
        by: &Organizer,
        at: MarketRef,
        plan: Plan,
        revision: i64,
        layout: &Layout,
        now: Moment,
    ) -> Result<Published> {
        let (org, id, account) = (at.org.number(), at.market.to_string(), by.account().to_string());
        let elsewhere = if plan == Plan::Fair { Plan::Rain } else { Plan::Fair };
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let (was, other) = (seen!(tx, org, &id, plan), seen!(tx, org, &id, elsewhere));
            if was.version > 0 && was.revision == revision && was.layout == *layout {
                return Ok(Published::Done { version: was.version, fresh: false });
            }
            let gone: Vec<&Stall> =
                was.layout.stalls().values().filter(|stall| layout.stall(stall.id).is_none()).collect();
            let held = held!(tx, org, &id, gone.iter());
            if !held.is_empty() {
                return Ok(Published::Held(held));
            }
            let version = was.version + 1;
            let made = sqlx::query(NEXT)
                .bind(org).bind(&id).bind(plan.code()).bind(revision).bind(version).bind(&account)
                .bind(now.millis()).execute(&mut *tx).await;
            if added(made.map(|done| done.rows_affected()))? == 0 {
                let stands: Option<i64> = sqlx::query_scalar(
                    "select revision from layout where org_id = $1 and market_id = $2 and plan = $3",
                ).bind(org).bind(&id).bind(plan.code()).fetch_optional(&mut *tx).await?;
                return Ok(Published::Stale { revision: stands.unwrap_or(0) });
            }
            let followed = step::follow(&other.layout, layout)?;
            if followed != other.layout {
                let made = sqlx::query(FOLLOW)
                    .bind(org).bind(&id).bind(elsewhere.code()).bind(other.revision)
                    .bind(other.version + 1).bind(&account).bind(now.millis())
                    .bind(serde_json::to_string(&followed)?).execute(&mut *tx).await;
                added(made.map(|done| done.rows_affected()))?;
            }
            for stall in unseen(&was.layout, layout) {
                sqlx::query(
                    "update stall set no = $4, zone = $5, withdrawn_at = null,
                       published_at = coalesce(published_at, $6)
                     where org_id = $1 and market_id = $2 and stall_id = $3",
                )
                .bind(org).bind(&id).bind(stall.id.to_string()).bind(&stall.no).bind(&stall.zone)
                .bind(now.millis()).execute(&mut *tx).await?;
            }
            let away: BTreeSet<StallId> =
                gone.iter().map(|stall| stall.id).filter(|id| followed.stall(*id).is_none()).collect();
            for stall in away {
                sqlx::query(
                    "update stall set withdrawn_at = $4, published_at = null
                     where org_id = $1 and market_id = $2 and stall_id = $3",
                )
                .bind(org).bind(&id).bind(stall.to_string()).bind(now.millis())
                .execute(&mut *tx).await?;
            }
            ledger::touch(&mut (&mut *tx).into(), at).await?;
            audit::record!(tx, &fresh, Act {
                org: at.org,
                at: now,
                actor: &account,
                verb: "layout.publish",
                object: &id,
                detail: &format!("{} {version}", plan.code()),
            });
            Ok(Published::Done { version, fresh: true })
        })
    }
}
