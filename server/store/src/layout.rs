//! Layouts: one document a plan, every change to it, and the stalls' identities that outlive both.
//! This is the draft; what residents see is a published version of it.

mod publish;
mod step;
mod version;

use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::drawing::Label;
use kaishi_domain::layout::{Conflict, Diff, Layout};
use kaishi_domain::map::Map;
use kaishi_domain::market::Plan;
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{self, Act};
use crate::pool::{Attempt, on, transact};
use crate::{Error, Result, Store};
pub use publish::Published;
use step::{Answer, Laid};
pub use version::Version;

/// What a stall that is to be taken away still serves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InUse {
    /// Which.
    pub stall: StallId,
    /// Its printed number.
    pub no: String,
    /// Whether somebody is assigned to it.
    pub assigned: bool,
    /// Posters that lead to it.
    pub posters: i64,
    /// Rows of the ledger that name it.
    pub encounters: i64,
}

/// What became of a save.
#[derive(Clone, PartialEq, Debug)]
pub enum Saved {
    /// It is stored.
    Done {
        /// The revision it made.
        revision: i64,
        /// The whole layout, when others had saved in between.
        merged: Option<Layout>,
    },
    /// Others have changed the same stalls; nothing was stored.
    Stale {
        /// The revision that stands.
        revision: i64,
        /// The layout that stands.
        layout: Layout,
        /// Which stalls, with both versions.
        conflict: Conflict,
    },
    /// Stalls that cannot go, because something hangs on them; nothing was stored.
    Held(Vec<InUse>),
    /// Stalls whose numbers others have that stand only in the other plan; nothing was stored.
    Taken {
        /// Which of the diff.
        stalls: Vec<StallId>,
        /// The numbers of the other plan.
        elsewhere: Map<StallId, String>,
    },
}

/// Writes one plan's document and the change that led to it, if its revision still stands.
macro_rules! write_plan {
    ($tx:ident, $by:ident, $org:ident, $market:expr, $write:ident, $now:ident) => {{
        let (plan, revision) = ($write.plan.code(), $write.revision);
        let body = $write.change.as_ref().map(|change| change.body.as_str());
        let statement = if revision == 0 {
            "insert into layout (org_id, market_id, plan, revision, body)
             values ($1, $2, $3, $4 + 1, $5) on conflict (org_id, market_id, plan) do nothing"
        } else if body.is_none() {
            "update layout set body = coalesce($5, body)
             where org_id = $1 and market_id = $2 and plan = $3 and revision = $4"
        } else {
            "update layout set revision = $4 + 1, body = $5
             where org_id = $1 and market_id = $2 and plan = $3 and revision = $4"
        };
        let done = sqlx::query(statement)
            .bind($org)
            .bind($market)
            .bind(plan)
            .bind(revision)
            .bind(body)
            .execute(&mut *$tx)
            .await?;
        if done.rows_affected() == 0 {
            return Err(Attempt::Again(Error::Unavailable("another save came first".into())));
        }
        if let Some(change) = &$write.change {
            sqlx::query(
                "insert into layout_change (org_id, market_id, plan, revision, diff, account_id, at)
                 values ($1, $2, $3, $4 + 1, $5, $6, $7)",
            )
            .bind($org)
            .bind($market)
            .bind(plan)
            .bind(revision)
            .bind(&change.diff)
            .bind($by.account().to_string())
            .bind($now.millis())
            .execute(&mut *$tx)
            .await?;
        }
    }};
}

/// Which of some stalls cannot go, because something hangs on them.
macro_rules! held {
    ($tx:ident, $org:ident, $market:expr, $stalls:expr) => {{
        let mut held = Vec::new();
        for stall in $stalls {
            let hangs: (i64, i64, i64) = sqlx::query_as(
                "select
                   (select count(*) from assignment where org_id = $1 and market_id = $2 and stall_id = $3),
                   (select count(*) from poster where org_id = $1 and market_id = $2 and stall_id = $3
                      and state <> 'revoked'),
                   (select count(*) from encounter where org_id = $1 and market_id = $2 and stall_id = $3)",
            )
            .bind($org)
            .bind($market)
            .bind(stall.id.to_string())
            .fetch_one(&mut *$tx)
            .await?;
            held.extend($crate::layout::in_use(stall.id, &stall.no, hangs));
        }
        held
    }};
}
use held;

/// Keeps the identities of stalls that nobody has seen yet in step with what a save made of them; a published
/// one keeps its number until the next version.
macro_rules! keep_stalls {
    ($tx:ident, $org:ident, $market:expr, $step:expr, $now:ident) => {{
        for stall in &$step.standing {
            sqlx::query(
                "insert into stall (org_id, market_id, stall_id, no, zone) values ($1, $2, $3, $4, $5)
                 on conflict (org_id, market_id, stall_id)
                 do update set no = excluded.no, zone = excluded.zone, withdrawn_at = null
                 where stall.published_at is null",
            )
            .bind($org)
            .bind($market)
            .bind(stall.id.to_string())
            .bind(&stall.no)
            .bind(&stall.zone)
            .execute(&mut *$tx)
            .await?;
        }
        for stall in &$step.gone {
            sqlx::query(
                "update stall set withdrawn_at = $4
                 where org_id = $1 and market_id = $2 and stall_id = $3 and published_at is null",
            )
            .bind($org)
            .bind($market)
            .bind(stall.to_string())
            .bind($now.millis())
            .execute(&mut *$tx)
            .await?;
        }
    }};
}

impl Store {
    /// A market's draft for one weather with its revision; empty at revision 0 before the first save.
    pub async fn layout(&self, at: MarketRef, plan: Plan) -> Result<(i64, Layout)> {
        let row: Option<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select revision, body from layout where org_id = $1 and market_id = $2 and plan = $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(plan.code()).fetch_optional(db).await)?;
        match row {
            Some((revision, body)) => Ok((revision, serde_json::from_str(&body)?)),
            None => Ok((0, Layout::default())),
        }
    }

    /// What is written on each stall that somebody is assigned to.
    pub async fn labels(&self, at: MarketRef) -> Result<Map<StallId, Label>> {
        let rows: Vec<(String, String, Option<String>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.stall_id, e.name, u.name from assignment a
             join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
             left join unit u on u.org_id = e.org_id and u.unit_id = e.unit_id
             where a.org_id = $1 and a.market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(stall, name, unit)| Ok((stall.parse()?, Label { name, unit: unit.unwrap_or_default() })))
            .collect()
    }

    /// Stores a diff that was made on revision `base`. Changes of others to other stalls are merged; changes
    /// to the same stalls refuse it. A number or a zone changes in both plans, because the stall is the same.
    pub async fn layout_save(
        &self,
        by: &Organizer,
        market: MarketId,
        plan: Plan,
        base: i64,
        diff: &Diff,
        now: Moment,
    ) -> Result<Saved> {
        let (org, id, fresh) = (by.org().number(), market.to_string(), self.fresh_text());
        transact!(self, tx => {
            let rows: Vec<(String, i64, String)> = sqlx::query_as(
                "select plan, revision, body from layout where org_id = $1 and market_id = $2",
            ).bind(org).bind(&id).fetch_all(&mut *tx).await?;
            let step = match step::plan(Laid::read(rows)?, plan, base, diff)? {
                Answer::Now(saved) => return Ok(saved),
                Answer::Write(step) => step,
            };
            let held = held!(tx, org, &id, diff.removed.values());
            if !held.is_empty() {
                return Ok(Saved::Held(held));
            }
            for write in &step.writes {
                write_plan!(tx, by, org, &id, write, now);
            }
            // From what to what stands in `layout_change`, by the revision.
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "layout.save",
                object: &id,
                detail: &format!("{} {base} -> {}", plan.code(), step.revision),
            });
            keep_stalls!(tx, org, &id, &step, now);
            Ok(Saved::Done { revision: step.revision, merged: step.merged })
        })
    }
}

fn in_use(stall: StallId, no: &str, (assigned, posters, encounters): (i64, i64, i64)) -> Option<InUse> {
    (assigned + posters + encounters > 0).then(|| InUse {
        stall,
        no: no.to_owned(),
        assigned: assigned > 0,
        posters,
        encounters,
    })
}
