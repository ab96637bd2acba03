//! Rows that wait for a person: seen in groups, decided once, by counter-entries in the transaction of the decision.
//! Many people at once need a second person, who is an admin.

use kaishi_domain::actor::{Admin, Organizer, Viewer};
use kaishi_domain::encounter::{Encounter, Kind};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::paper::ALONE;
use kaishi_domain::trust::{Held, Key, Reason, Verdict, WINDOW, ripe_at};
use kaishi_domain::{EncounterId, MarketId, MarketRef, Moment, Refusal, ReviewId};
use sqlx::FromRow;

use crate::audit::{self, Act, Fresh};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store, ledger};

/// Rows of one stall, one window and the same signs that wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Group {
    /// Which.
    pub key: Key,
    /// How many people.
    pub n: i64,
}

/// A decision, or the proposal of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Review {
    /// About which group.
    pub key: Key,
    /// What was decided.
    pub verdict: Verdict,
    /// About how many people.
    pub n: i64,
    /// Why.
    pub reason: String,
    /// The account that decided first.
    pub entered_by: String,
    /// When it took effect; until then it waits for an admin.
    pub settled_at: Option<Moment>,
}

/// What became of a decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decided {
    /// It stands in the ledger.
    Settled,
    /// It waits for an admin who is somebody else.
    Proposed,
}

#[derive(FromRow)]
struct Row {
    stall_id: String,
    from_at: i64,
    labels: String,
    verdict: String,
    n: i64,
    reason: String,
    entered_by: String,
    settled_at: Option<i64>,
}

impl Row {
    fn review(self) -> Result<Review> {
        let (stall, from, labels) =
            (self.stall_id.parse()?, Moment::from_millis(self.from_at), self.labels.parse()?);
        Ok(Review {
            key: Key { stall, from, labels },
            verdict: Verdict::from_code(&self.verdict)?,
            n: self.n,
            reason: self.reason,
            entered_by: self.entered_by,
            settled_at: self.settled_at.map(Moment::from_millis),
        })
    }
}

/// A decision on its way.
struct Ruling<'a> {
    at: MarketRef,
    key: Key,
    id: ReviewId,
    verdict: Verdict,
    reason: &'a Reason,
    who: String,
    /// May say the second yes.
    admits: bool,
    now: Moment,
}

impl Store {
    /// What waits, earliest first.
    pub async fn waiting(&self, by: &Viewer, market: MarketId) -> Result<Vec<Group>> {
        let rows: Vec<(String, String, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, labels, at / $3 * $3 as from_at, cast(sum(n) as bigint) as n from encounter
             where org_id = $1 and market_id = $2 and confidence = 'low' and source = 'scan'
             group by stall_id, labels, at / $3 * $3 having sum(n) <> 0
             order by from_at, stall_id, labels",
        ).bind(by.org().number()).bind(market.to_string()).bind(WINDOW).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(stall, labels, from, n)| {
                let from = Moment::from_millis(from);
                Ok(Group { key: Key { stall: stall.parse()?, from, labels: labels.parse()? }, n })
            })
            .collect()
    }

    /// What was decided or proposed, latest first.
    pub async fn reviews(&self, by: &Viewer, market: MarketId) -> Result<Vec<Review>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, from_at, labels, verdict, n, reason, entered_by, settled_at from review
             where org_id = $1 and market_id = $2 order by entered_at desc, review_id desc",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Row::review).collect()
    }

    /// Decides about a group. Above the limit to accept is a proposal, until an admin says the same; anybody may say no.
    pub async fn review(
        &self,
        by: &Organizer,
        market: MarketId,
        key: Key,
        ruled: (Verdict, &Reason),
        now: Moment,
    ) -> Result<Decided> {
        self.review_by((by, false), market, key, ruled, now).await
    }

    /// The same as an admin, whose yes is the second one where somebody else has proposed it.
    pub async fn review_admitted(
        &self,
        by: &Admin,
        market: MarketId,
        key: Key,
        ruled: (Verdict, &Reason),
        now: Moment,
    ) -> Result<Decided> {
        self.review_by((&by.organizer(), true), market, key, ruled, now).await
    }

    async fn review_by(
        &self,
        (by, admits): (&Organizer, bool),
        market: MarketId,
        key: Key,
        (verdict, reason): (Verdict, &Reason),
        now: Moment,
    ) -> Result<Decided> {
        if now < ripe_at(key.from) {
            return Err(Refusal::WrongState("visits in it may still be taken back".into()).into());
        }
        let at = MarketRef { org: by.org(), market };
        let id = ReviewId::new(now, self.random());
        let ruling = Ruling { at, key, id, verdict, reason, who: by.account().to_string(), admits, now };
        let fresh = self.fresh_text();
        let decided = transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            ledger::touch(&mut conn, at).await?;
            let held = held(&mut conn, at, &key).await?;
            let decided = ruling.enter(&mut conn, held.iter().map(|held| held.n).sum()).await?;
            if decided == Decided::Settled {
                let fresh = || EncounterId::new(now, self.random());
                let entries: Vec<Encounter> =
                    held.iter().flat_map(|held| held.entries(at, &key, (id, verdict), now, fresh)).collect();
                ledger::settle(&mut conn, self.seal(), at, entries).await?;
            }
            ruling.note(&mut conn, &fresh, decided).await?;
            Ok(decided)
        })?;
        self.hint(at);
        Ok(decided)
    }
}

/// What of a group waits, minute by minute. The market's head is locked, so that it stays true.
async fn held(conn: &mut Conn<'_>, at: MarketRef, key: &Key) -> Step<Vec<Held>> {
    let rows: Vec<(String, i64, i64, String)> = via!(conn, db => sqlx::query_as(
        "select kind, cast(sum(n) as bigint), min(at),
           min(case when refers_to is null then encounter_id end)
         from encounter
         where org_id = $1 and market_id = $2 and stall_id = $3 and confidence = 'low' and source = 'scan'
           and labels = $4 and at >= $5 and at < $6
         group by kind, at / $7 having sum(n) <> 0 order by 3",
    )
    .bind(at.org.number())
    .bind(at.market.to_string())
    .bind(key.stall.to_string())
    .bind(key.labels.to_string())
    .bind(key.from.millis())
    .bind(key.until().millis())
    .bind(MINUTE)
    .fetch_all(db)
    .await)?;
    let rows: Result<Vec<Held>> = rows
        .into_iter()
        .map(|(kind, n, from, first)| {
            let (kind, at) = (Kind::from_code(&kind)?, Moment::from_millis(from));
            Ok(Held { kind, n, at, first: first.parse()? })
        })
        .collect();
    Ok(rows?)
}

impl Ruling<'_> {
    /// Writes the decision down: as the second word on a proposal, as a proposal, or at once.
    async fn enter(&self, conn: &mut Conn<'_>, n: i64) -> Step<Decided> {
        if n == 0 {
            return Err(Error::Taken("somebody has decided it".into()).into());
        }
        if self.second(conn, n).await? {
            return Ok(Decided::Settled);
        }
        let decided =
            if self.verdict == Verdict::Accept && n > ALONE { Decided::Proposed } else { Decided::Settled };
        let settled = (decided == Decided::Settled).then_some(self.now.millis());
        let done = via!(conn, db => sqlx::query(
            "insert into review (org_id, market_id, review_id, stall_id, from_at, labels, verdict, n, reason,
               entered_by, entered_at, settled_by, settled_at)
             select m.org_id, m.market_id, $3, $4, $5, $6, $7, $8, $9, $10, $11,
               case when $12 is null then null else $10 end, $12
             from market m where m.org_id = $1 and m.market_id = $2 and m.stage <> 'filed'
             on conflict do nothing",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.id.to_string())
        .bind(self.key.stall.to_string())
        .bind(self.key.from.millis())
        .bind(self.key.labels.to_string())
        .bind(self.verdict.code())
        .bind(n)
        .bind(self.reason.as_str())
        .bind(&self.who)
        .bind(self.now.millis())
        .bind(settled)
        .execute(db)
        .await?
        .rows_affected());
        match done {
            1 => Ok(decided),
            _ => Err(Error::Taken("it waits for an admin, or the bulletin is signed".into()).into()),
        }
    }

    /// The second word on an open proposal: a yes by an admin who did not make it, or a no by anybody.
    async fn second(&self, conn: &mut Conn<'_>, n: i64) -> Step<bool> {
        let rows = via!(conn, db => sqlx::query(
            "update review set verdict = $6, n = $7, settled_by = $8, settled_at = $9
             where org_id = $1 and market_id = $2 and stall_id = $3 and from_at = $4 and labels = $5
               and settled_at is null and ($6 = 'reject' or ($10 = 1 and entered_by <> $8))
               and exists (select 1 from market m where m.org_id = $1 and m.market_id = $2 and m.stage <> 'filed')",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.key.stall.to_string())
        .bind(self.key.from.millis())
        .bind(self.key.labels.to_string())
        .bind(self.verdict.code())
        .bind(n)
        .bind(&self.who)
        .bind(self.now.millis())
        .bind(i64::from(self.admits))
        .execute(db)
        .await?
        .rows_affected());
        Ok(rows == 1)
    }

    async fn note(&self, conn: &mut Conn<'_>, fresh: &Fresh, decided: Decided) -> Step<()> {
        let Key { stall, from, labels } = self.key;
        let verb = match (decided, self.verdict) {
            (Decided::Proposed, _) => "review.propose",
            (Decided::Settled, Verdict::Accept) => "review.accept",
            (Decided::Settled, Verdict::Reject) => "review.reject",
        };
        let detail = format!("{stall} {} {labels}: {}", from.millis(), self.reason.as_str());
        let object = self.id.to_string();
        let act =
            Act { org: self.at.org, at: self.now, actor: &self.who, verb, object: &object, detail: &detail };
        audit::note(conn, fresh, act).await
    }
}
