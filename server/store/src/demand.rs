//! What the Saturdays before a call left undone, and what an organizer made of each suggestion. One row a suggestion:
//! of two organizers at once the second learns that it is decided.

use std::collections::BTreeMap;

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Category, Verb};
use kaishi_domain::call::Want;
use kaishi_domain::demand::{Demand, Source, Verdict, worthwhile};
use kaishi_domain::market::Market;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{MarketId, Moment};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// Appeals older than this before a Saturday are no matter of its call.
const LOOK_BACK: i64 = 60 * 24 * HOUR;

#[derive(FromRow)]
struct Line {
    sign: String,
    turned_away: i64,
    gone: i64,
    waiting: i64,
}

#[derive(FromRow)]
struct Decided {
    source: String,
    verdict: String,
    want_id: Option<String>,
    reason: String,
}

/// What is made of a suggestion: a want, or nothing for a reason.
struct Decision<'a> {
    source: &'a Source,
    want: Option<String>,
    reason: &'a str,
}

impl Decision<'_> {
    /// Writes it down, if nobody has decided, or if the want that it had become is off the call again.
    async fn write(&self, conn: &mut Conn<'_>, by: &Organizer, market: MarketId, now: Moment) -> Step<()> {
        let key = self.source.key();
        // The market's row is locked first: who comes second then sees the want that the first one has posted.
        let locked = via!(conn, db => sqlx::query("update market set stage = stage where org_id = $1 and market_id = $2")
                .bind(by.org().number())
                .bind(market.to_string())
                .execute(db)
                .await
                .map(|done| done.rows_affected()))?;
        if locked == 0 {
            return Err(Error::Missing("market").into());
        }
        let written = via!(conn, db => sqlx::query(
            "insert into demand (org_id, market_id, source, verdict, people, want_id, reason, account_id, at)
             select org_id, market_id, $3, $4, $5, $6, $7, $8, $9 from market where org_id = $1 and market_id = $2
             on conflict (org_id, market_id, source) do update set verdict = excluded.verdict,
               people = excluded.people, want_id = excluded.want_id, reason = excluded.reason,
               account_id = excluded.account_id, at = excluded.at
             where demand.verdict = 'wanted' and not exists (select 1 from want w where w.org_id = demand.org_id
               and w.market_id = demand.market_id and w.want_id = demand.want_id)",
        )
        .bind(by.org().number())
        .bind(market.to_string())
        .bind(&key)
        .bind(if self.want.is_some() { "wanted" } else { "dismissed" })
        .bind(self.source.people())
        .bind(self.want.as_deref())
        .bind(self.reason)
        .bind(by.account().to_string())
        .bind(now.millis())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if written == 0 { Err(Error::Taken(key).into()) } else { Ok(()) }
    }
}

impl Store {
    /// The suggestions for a Saturday's call. One that was wanted is open again once its want is off the call.
    pub async fn demands(&self, by: &Organizer, market: &Market) -> Result<Vec<Demand>> {
        let mut sources = self.unsettled(by, market).await?;
        if let Some(last) = self.held_before(by, market).await? {
            sources.extend(self.queued(by, &last).await?);
            sources.extend(self.rated(by, &last).await?);
        }
        let rows: Vec<Decided> = on!(self.read_pool(), db => sqlx::query_as(
            "select d.source, d.verdict, w.want_id, d.reason from demand d
             left join want w on w.org_id = d.org_id and w.market_id = d.market_id and w.want_id = d.want_id
             where d.org_id = $1 and d.market_id = $2 and (d.verdict = 'dismissed' or w.want_id is not null)",
        ).bind(by.org().number()).bind(market.id.to_string()).fetch_all(db).await)?;
        let verdict = |source: &Source| -> Result<Option<Verdict>> {
            let key = source.key();
            let Some(row) = rows.iter().find(|row| row.source == key) else { return Ok(None) };
            Ok(Some(match (&*row.verdict, &row.want_id) {
                ("wanted", Some(want)) => Verdict::Wanted(want.parse()?),
                _ => Verdict::Dismissed { reason: row.reason.clone() },
            }))
        };
        worthwhile(sources)
            .into_iter()
            .map(|source| Ok(Demand { verdict: verdict(&source)?, source }))
            .collect()
    }

    /// The last Saturday before this one that was held.
    async fn held_before(&self, by: &Organizer, market: &Market) -> Result<Option<String>> {
        Ok(on!(self.read_pool(), db => sqlx::query_scalar(
            "select market_id from market where org_id = $1 and held_on < $2 and stage in ('open', 'closed', 'filed')
             order by held_on desc, opens_at desc, market_id limit 1",
        ).bind(by.org().number()).bind(&market.held_on).fetch_optional(db).await)?)
    }

    async fn unsettled(&self, by: &Organizer, market: &Market) -> Result<Vec<Source>> {
        let rows: Vec<(String, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select a.category, cast(sum(case when a.state = 'unsolvable' then 0 else 1 end) as bigint),
               cast(sum(case when a.state = 'unsolvable' then 1 else 0 end) as bigint)
             from appeal a join market m on m.org_id = a.org_id and m.market_id = a.market_id
             where a.org_id = $1 and m.held_on < $2 and a.raised_at >= $3 and a.state in ('raised', 'accepted',
               'dispatched', 'reassigned', 'returned', 'taken', 'handling', 'unsolvable')
             group by a.category",
        )
        .bind(by.org().number())
        .bind(&market.held_on)
        .bind(market.opens_at.plus(-LOOK_BACK).millis())
        .fetch_all(db)
        .await)?;
        rows.into_iter()
            .map(|(category, open, given_up)| {
                Ok(Source::Appeals { category: Category::from_code(&category)?, open, given_up })
            })
            .collect()
    }

    async fn queued(&self, by: &Organizer, market: &str) -> Result<Vec<Source>> {
        let lines: Vec<Line> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.name as sign,
               (select count(*) from turned_away t where t.org_id = q.org_id and t.market_id = q.market_id
                 and t.stall_id = q.stall_id) as turned_away,
               (select count(*) from queue_number n where n.org_id = q.org_id and n.market_id = q.market_id
                 and n.stall_id = q.stall_id and n.state = 'given_up') as gone,
               (select count(*) from queue_number n where n.org_id = q.org_id and n.market_id = q.market_id
                 and n.stall_id = q.stall_id and n.state in ('waiting', 'called')) as waiting
             from queue q
             join assignment a on a.org_id = q.org_id and a.market_id = q.market_id and a.stall_id = q.stall_id
             join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
             where q.org_id = $1 and q.market_id = $2",
        ).bind(by.org().number()).bind(market).fetch_all(db).await)?;
        // Two stalls of one name are one service.
        let mut by_sign: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
        for line in lines {
            let sums = by_sign.entry(line.sign).or_default();
            *sums = (sums.0 + line.turned_away, sums.1 + line.gone, sums.2 + line.waiting);
        }
        let source =
            |(sign, (turned_away, left, waiting))| Source::Queue { sign, turned_away, left, waiting };
        Ok(by_sign.into_iter().map(source).collect())
    }

    async fn rated(&self, by: &Organizer, market: &str) -> Result<Vec<Source>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.name, s.detail from appeal_step s
             join appeal p on p.org_id = s.org_id and p.appeal_id = s.appeal_id
             join assignment a on a.org_id = p.org_id and a.market_id = p.market_id and a.stall_id = p.stall_id
             join entry e on e.org_id = a.org_id and e.market_id = a.market_id and e.entry_id = a.entry_id
             where s.org_id = $1 and p.market_id = $2 and s.verb = 'rate'",
        ).bind(by.org().number()).bind(market).fetch_all(db).await)?;
        let mut by_sign: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for (sign, detail) in rows {
            let Verb::Rate(review) = serde_json::from_str(&detail)? else { continue };
            let sums = by_sign.entry(sign).or_default();
            *sums = (sums.0 + 1, sums.1 + i64::from(!review.rating.is_content()));
        }
        let source = |(sign, (rated, discontent))| Source::Rating { sign, rated, discontent };
        Ok(by_sign.into_iter().map(source).collect())
    }

    /// Makes a suggestion a want of the call, once.
    pub async fn demand_want(
        &self,
        by: &Organizer,
        market: MarketId,
        source: &Source,
        want: &Want,
        now: Moment,
    ) -> Result<()> {
        let want = want.clone().sound()?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let decision = Decision { source, want: Some(want.id.to_string()), reason: "" };
            decision.write(&mut (&mut *tx).into(), by, market, now).await?;
            sqlx::query(
                "insert into want (org_id, market_id, want_id, title, zone, detail, seats, taken)
                 values ($1, $2, $3, $4, $5, $6, $7, 0)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(want.id.to_string())
            .bind(&want.title)
            .bind(&want.zone)
            .bind(&want.detail)
            .bind(want.seats)
            .execute(&mut *tx)
            .await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "demand.want",
                object: &want.id.to_string(),
                detail: &source.key(),
            });
            Ok(())
        })
    }

    /// Puts a suggestion aside, with the reason why.
    pub async fn demand_dismiss(
        &self,
        by: &Organizer,
        market: MarketId,
        source: &Source,
        reason: &str,
        now: Moment,
    ) -> Result<()> {
        let reason = kaishi_domain::demand::reason(reason)?;
        let (fresh, detail) = (self.fresh_text(), format!("{}: {reason}", source.key()));
        transact!(self, tx => {
            let decision = Decision { source, want: None, reason: &reason };
            decision.write(&mut (&mut *tx).into(), by, market, now).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "demand.dismiss",
                object: &market.to_string(),
                detail: &detail,
            });
            Ok(())
        })
    }

    /// Takes a suggestion up again that was put aside.
    pub async fn demand_reopen(
        &self,
        by: &Organizer,
        market: MarketId,
        key: &str,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let done = sqlx::query(
                "delete from demand where org_id = $1 and market_id = $2 and source = $3 and verdict = 'dismissed'",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(key)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken(key.to_owned()).into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "demand.reopen",
                object: &market.to_string(),
                detail: key,
            });
            Ok(())
        })
    }
}
