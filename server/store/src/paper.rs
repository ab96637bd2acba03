//! Paper sheets that are keyed in: each once, a large one when a second person has looked at it, a wrong one taken
//! back whole. What counts stands in the ledger in the same transaction.

use kaishi_domain::actor::{Clerk, Organizer, Viewer};
use kaishi_domain::encounter::Kind;
use kaishi_domain::paper::{ALONE, Hand, Sheet};
use kaishi_domain::{BatchId, EncounterId, MarketId, MarketRef, Moment, Refusal};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store, ledger};

/// A sheet with what has become of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// What was keyed in.
    pub sheet: Sheet,
    /// It takes this one back, and does not add.
    pub takes_back: Option<BatchId>,
    /// Who keyed it in, `account:…` or `device:…`.
    pub entered_by: String,
    /// When.
    pub entered_at: Moment,
    /// In the ledger since.
    pub counted_at: Option<Moment>,
    /// Looked at, and not let in.
    pub refused_at: Option<Moment>,
    /// Another one takes it back, or is waiting to.
    pub taken_back: bool,
}

impl Batch {
    /// Whether a second person has to look at it.
    pub const fn waits(&self) -> bool {
        self.counted_at.is_none() && self.refused_at.is_none()
    }
}

#[derive(FromRow)]
struct Row {
    batch_id: String,
    stall_id: String,
    takes_back: Option<String>,
    counts: String,
    counted_by: String,
    from_at: i64,
    to_at: i64,
    remark: String,
    entered_by: String,
    entered_at: i64,
    counted_at: Option<i64>,
    refused_at: Option<i64>,
    taken_back: i64,
}

impl Row {
    fn batch(self) -> Result<Batch> {
        Ok(Batch {
            sheet: Sheet {
                id: self.batch_id.parse()?,
                stall: self.stall_id.parse()?,
                counts: serde_json::from_str(&self.counts)?,
                counted_by: self.counted_by,
                from: Moment::from_millis(self.from_at),
                to: Moment::from_millis(self.to_at),
                remark: self.remark,
            },
            takes_back: self.takes_back.map(|id| id.parse()).transpose()?,
            entered_by: self.entered_by,
            entered_at: Moment::from_millis(self.entered_at),
            counted_at: self.counted_at.map(Moment::from_millis),
            refused_at: self.refused_at.map(Moment::from_millis),
            taken_back: self.taken_back > 0,
        })
    }
}

const COLUMNS: &str =
    "b.batch_id, b.stall_id, b.takes_back, b.counts, b.counted_by, b.from_at, b.to_at, b.remark,
  b.entered_by, b.entered_at, b.counted_at, b.refused_at,
  (select count(*) from paper_batch t where t.org_id = b.org_id and t.market_id = b.market_id
    and t.takes_back = b.batch_id and t.refused_at is null) as taken_back";

impl Store {
    /// Keys a sheet in. The same sheet again is the same batch; one above the limit waits for a second person.
    pub async fn paper_enter(&self, by: &Clerk, sheet: &Sheet, now: Moment) -> Result<()> {
        sheet.check()?;
        let at = MarketRef { org: by.org(), market: by.market() };
        let counted_at = sheet.stands_alone().then_some(now.millis());
        let counts = serde_json::to_string(&sheet.counts)?;
        let (fresh, who) = (self.fresh_text(), by.hand().name());
        let rows = sheet.rows(at, now, || EncounterId::new(now, self.random()));
        let new = transact!(self, tx => {
            let new = sqlx::query(
                "insert into paper_batch (org_id, market_id, batch_id, stall_id, counts, total, counted_by, from_at,
                   to_at, remark, entered_by, entered_at, counted_at)
                 select s.org_id, s.market_id, $4, s.stall_id, $5, $6, $7, $8, $9, $10, $11, $12, $13 from stall s
                 where s.org_id = $1 and s.market_id = $2 and s.stall_id = $3
                 on conflict do nothing",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(sheet.stall.to_string())
            .bind(sheet.id.to_string())
            .bind(&counts)
            .bind(sheet.counts.total())
            .bind(sheet.counted_by.trim())
            .bind(sheet.from.millis())
            .bind(sheet.to.millis())
            .bind(sheet.remark.trim())
            .bind(&who)
            .bind(now.millis())
            .bind(counted_at)
            .execute(&mut *tx)
            .await?
            .rows_affected() == 1;
            if new && counted_at.is_some() {
                ledger::append_all(&mut Conn::from(&mut *tx), self.seal(), &rows).await?;
            }
            if new {
                audit::record!(tx, &fresh, Act {
                    org: at.org,
                    at: now,
                    actor: &who,
                    verb: "paper.enter",
                    object: &sheet.id.to_string(),
                    detail: &counts,
                });
            }
            Ok(new)
        })?;
        if new {
            self.hint(at);
            return Ok(());
        }
        self.paper(at, sheet.id).await.map(drop)
    }

    /// Takes a batch that counts back, for a reason. Above the limit this waits for a second person, too.
    pub async fn paper_take_back(
        &self,
        by: &Clerk,
        batch: BatchId,
        again: BatchId,
        reason: &str,
        now: Moment,
    ) -> Result<()> {
        if reason.trim().is_empty() {
            return Err(Refusal::Missing("reason").into());
        }
        let at = MarketRef { org: by.org(), market: by.market() };
        let (fresh, who) = (self.fresh_text(), by.hand().name());
        let first = self.paper(at, batch).await?.sheet;
        let acts = self.undone(&first);
        transact!(self, tx => {
            let done = sqlx::query(
                "insert into paper_batch (org_id, market_id, batch_id, stall_id, takes_back, counts, total,
                   counted_by, from_at, to_at, remark, entered_by, entered_at, counted_at)
                 select b.org_id, b.market_id, $4, b.stall_id, b.batch_id, b.counts, b.total, b.counted_by, b.from_at,
                   b.to_at, $5, $6, $7, case when b.total > $8 then null else $7 end
                 from paper_batch b
                 where b.org_id = $1 and b.market_id = $2 and b.batch_id = $3 and b.takes_back is null
                   and b.counted_at is not null
                   and not exists (select 1 from paper_batch t where t.org_id = b.org_id
                     and t.market_id = b.market_id and t.takes_back = b.batch_id and t.refused_at is null)
                 on conflict do nothing",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(batch.to_string())
            .bind(again.to_string())
            .bind(reason.trim())
            .bind(&who)
            .bind(now.millis())
            .bind(ALONE)
            .execute(&mut *tx)
            .await?
            .rows_affected() == 1;
            if !done {
                return Err(Error::Taken("it is taken back already, or does not count".into()).into());
            }
            if first.stands_alone() {
                ledger::take_back_all(&mut Conn::from(&mut *tx), self.seal(), at, &acts, now).await?;
            }
            audit::record!(tx, &fresh, Act {
                org: at.org,
                at: now,
                actor: &who,
                verb: "paper.take_back",
                object: &batch.to_string(),
                detail: reason.trim(),
            });
            Ok(())
        })?;
        self.hint(at);
        Ok(())
    }

    /// A second person lets a waiting batch in, or not. Whoever keyed it in cannot.
    pub async fn paper_rule(
        &self,
        by: &Organizer,
        market: MarketId,
        batch: BatchId,
        let_in: bool,
        now: Moment,
    ) -> Result<()> {
        let at = MarketRef { org: by.org(), market };
        let (fresh, who) = (self.fresh_text(), Hand::Account(by.account()).name());
        let waiting = self.paper(at, batch).await?;
        let rows = waiting.sheet.rows(at, now, || EncounterId::new(now, self.random()));
        let back = match waiting.takes_back {
            Some(first) => Some(self.undone(&self.paper(at, first).await?.sheet)),
            None => None,
        };
        let own = waiting.entered_by == who;
        let ruled = transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let ruled = rule(&mut conn, at, batch, &who, let_in, now).await?;
            if !ruled {
                return Ok(false);
            }
            match &back {
                _ if !let_in => {}
                Some(acts) => ledger::take_back_all(&mut conn, self.seal(), at, acts, now).await?,
                None => ledger::append_all(&mut conn, self.seal(), &rows).await?,
            }
            let verb = if let_in { "paper.let_in" } else { "paper.refuse" };
            let object = batch.to_string();
            let act = Act { org: at.org, at: now, actor: &who, verb, object: &object, detail: "" };
            audit::note(&mut conn, &fresh, act).await?;
            Ok(true)
        })?;
        if ruled {
            self.hint(at);
            Ok(())
        } else if own && waiting.waits() {
            Err(Refusal::NotAllowed.into())
        } else {
            Err(Error::Taken("somebody has looked at it".into()))
        }
    }

    /// Every batch of a market, those that wait first, then the latest.
    pub async fn papers(&self, by: &Viewer, market: MarketId) -> Result<Vec<Batch>> {
        let text = format!(
            "select {COLUMNS} from paper_batch b where b.org_id = $1 and b.market_id = $2
             order by case when b.counted_at is null and b.refused_at is null then 0 else 1 end, b.entered_at desc,
               b.batch_id"
        );
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Row::batch).collect()
    }

    async fn paper(&self, at: MarketRef, batch: BatchId) -> Result<Batch> {
        let text = format!(
            "select {COLUMNS} from paper_batch b where b.org_id = $1 and b.market_id = $2 and b.batch_id = $3"
        );
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).bind(batch.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("sheet"))?.batch()
    }

    /// The rows of a sheet by their nonces, each with the id of its counter-entry.
    fn undone(&self, sheet: &Sheet) -> Vec<(String, EncounterId)> {
        let fresh = || EncounterId::new(sheet.to, self.random());
        let nonce = |(kind, _): (Kind, i64)| (Sheet::nonce(sheet.id, kind), fresh());
        sheet.counts.each().map(nonce).collect()
    }
}

async fn rule(
    conn: &mut Conn<'_>,
    at: MarketRef,
    batch: BatchId,
    who: &str,
    let_in: bool,
    now: Moment,
) -> Step<bool> {
    let text = if let_in {
        "update paper_batch set counted_at = $5, approved_by = $4
         where org_id = $1 and market_id = $2 and batch_id = $3 and counted_at is null and refused_at is null
           and entered_by <> $4"
    } else {
        // Whoever keyed it in may think better of it.
        "update paper_batch set refused_at = $5, approved_by = $4
         where org_id = $1 and market_id = $2 and batch_id = $3 and counted_at is null and refused_at is null"
    };
    let rows = via!(conn, db => sqlx::query(text)
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(batch.to_string())
        .bind(who)
        .bind(now.millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(rows == 1)
}
