//! Appeals: raised once whatever is resent, moved along their machine one step at a time.
//!
//! Each step is one conditional update beside its entry in the history, and moves the version of its
//! market's counts, so that every screen notices.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Device, Guest, Organizer};
use kaishi_domain::appeal::{Appeal, AppealCode, By, NewAppeal, Settled, SlipCode, State, Step, Verb};
use kaishi_domain::count::Appeals;
use kaishi_domain::{AppealId, MarketId, MarketRef, Moment, Refusal};

use crate::appeal_row::{COLUMNS, Row};
use crate::ledger;
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// The most appeals that a list shows; the rest is behind its codes.
const LIST: i64 = 1000;

/// Whoever does something with an appeal, by the handle that gives the right to.
#[derive(Clone, Copy, Debug)]
pub enum Hand<'a> {
    /// Whoever holds the slip.
    Resident,
    /// A phone at the stall where it was raised.
    Device(&'a Device),
    /// The unit to which it was sent.
    Guest(&'a Guest),
    /// The desk.
    Organizer(&'a Organizer),
}

impl Hand<'_> {
    /// The actor that stands in the history. An appeal out of reach looks the same as none.
    fn by(self, appeal: &Appeal) -> Result<By> {
        let org = appeal.code.org;
        let (reached, by) = match self {
            Self::Resident => (true, By::Resident),
            Self::Device(device) => (
                device.org == org && device.market == appeal.market && appeal.stall == Some(device.stall),
                By::Stall(device.stall),
            ),
            Self::Guest(guest) => (guest.org == org, By::Unit(guest.unit)),
            Self::Organizer(by) => (by.org() == org, By::Desk(by.account())),
        };
        if reached { Ok(by) } else { Err(Error::Missing("appeal")) }
    }
}

/// Adds an entry to the history inside the transaction `$tx`.
macro_rules! record {
    ($tx:ident, $appeal:expr, $step:expr, $detail:expr) => {
        sqlx::query(
            "insert into appeal_step (org_id, appeal_id, step, verb, actor, detail, at)
             select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5, $6 from appeal_step
             where org_id = $1 and appeal_id = $2",
        )
        .bind($appeal.code.org.number())
        .bind($appeal.id.to_string())
        .bind($step.verb.code())
        .bind($step.by.code())
        .bind($detail)
        .bind($step.at.millis())
        .execute(&mut *$tx)
        .await?
    };
}

fn read_step(actor: &str, detail: &str, at: i64) -> Result<Step> {
    Ok(Step { verb: serde_json::from_str(detail)?, by: By::from_code(actor)?, at: Moment::from_millis(at) })
}

impl Store {
    /// Raises an appeal; sent again with the same nonce it is the same appeal with the same code.
    /// `hand` settles it at once with the words given (现场办结), if the stall says so.
    pub async fn appeal_raise(
        &self,
        new: &NewAppeal,
        settled: Option<(Hand<'_>, Verb)>,
        now: Moment,
    ) -> Result<Appeal> {
        let id = AppealId::new(now, self.random());
        for _ in 0..8 {
            let raised = Appeal::raise(id, SlipCode::new(self.random()), new.clone(), now);
            let (appeal, step) = match &settled {
                None => (raised, None),
                Some((hand, verb)) => {
                    let by = hand.by(&raised)?;
                    let (appeal, step) = raised.step(verb.clone(), by, now)?;
                    (appeal, Some(step))
                }
            };
            match self.appeal_insert(&appeal, step.as_ref(), &new.nonce).await {
                Ok(true) => {
                    self.hint(appeal.at());
                    return Ok(appeal);
                }
                Ok(false) => return self.appeal_by_nonce(new).await,
                Err(Error::Taken(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Broken("eight codes in a row are taken".into()))
    }

    /// Whether it was new; `Taken` when the code belongs to another.
    async fn appeal_insert(&self, appeal: &Appeal, step: Option<&Step>, nonce: &str) -> Result<bool> {
        let detail = serde_json::to_string(&appeal.state)?;
        let done = step.map(|step| serde_json::to_string(&step.verb)).transpose()?;
        transact!(self, tx => {
            let inserted = sqlx::query(
                "insert into appeal (org_id, appeal_id, code, market_id, stall_id, channel, category, words,
                   contact, state, detail, settled, confirmed_at, nonce, raised_at, due_at, changed_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                 on conflict (org_id, nonce) do nothing",
            )
            .bind(appeal.code.org.number())
            .bind(appeal.id.to_string())
            .bind(appeal.code.slip.to_string())
            .bind(appeal.market.to_string())
            .bind(appeal.stall.map(|id| id.to_string()))
            .bind(appeal.channel.code())
            .bind(appeal.category.code())
            .bind(appeal.words.as_str())
            .bind(appeal.contact.as_ref().map(|contact| contact.as_str().to_owned()))
            .bind(appeal.state.code())
            .bind(&detail)
            .bind(appeal.state.settled().map(Settled::code))
            .bind(appeal.state.confirmed_at().map(Moment::millis))
            .bind(nonce)
            .bind(appeal.raised_at.millis())
            .bind(appeal.due_at().map(Moment::millis))
            .bind(appeal.changed_at.millis())
            .execute(&mut *tx)
            .await
            .map_err(|error| {
                if Error::is_taken(&error) { Error::Taken("code".into()).into() } else { crate::pool::Attempt::from(error) }
            })?
            .rows_affected();
            if inserted == 1 {
                if let (Some(step), Some(done)) = (step, &done) {
                    record!(tx, appeal, step, done);
                }
                ledger::touch(&mut (&mut *tx).into(), appeal.at()).await?;
            }
            Ok(inserted == 1)
        })
    }

    async fn appeal_by_nonce(&self, new: &NewAppeal) -> Result<Appeal> {
        let row: Option<Row> = on!(self.write_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and nonce = $2",
        ))).bind(new.org.number()).bind(&new.nonce).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// The appeal behind a slip's code.
    pub async fn appeal(&self, code: AppealCode) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and code = $2",
        ))).bind(code.org.number()).bind(code.slip.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// Its history, in order.
    pub async fn appeal_steps(&self, appeal: &Appeal) -> Result<Vec<Step>> {
        let rows: Vec<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select actor, detail, at from appeal_step where org_id = $1 and appeal_id = $2 order by step",
        ).bind(appeal.code.org.number()).bind(appeal.id.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(|(actor, detail, at)| read_step(&actor, &detail, at)).collect()
    }

    /// The histories of a Saturday's appeals, each in order.
    pub async fn appeal_histories(
        &self,
        by: &Organizer,
        market: MarketId,
    ) -> Result<BTreeMap<AppealId, Vec<Step>>> {
        let rows: Vec<(String, String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select s.appeal_id, s.actor, s.detail, s.at from appeal_step s
             join appeal a on a.org_id = s.org_id and a.appeal_id = s.appeal_id
             where a.org_id = $1 and a.market_id = $2 order by s.appeal_id, s.step",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        let mut histories: BTreeMap<AppealId, Vec<Step>> = BTreeMap::new();
        for (appeal, actor, detail, at) in rows {
            histories.entry(appeal.parse()?).or_default().push(read_step(&actor, &detail, at)?);
        }
        Ok(histories)
    }

    /// Does one thing with an appeal. Of two hands at once the second is told what stands there now.
    pub async fn appeal_step(
        &self,
        hand: Hand<'_>,
        code: AppealCode,
        verb: Verb,
        now: Moment,
    ) -> Result<Appeal> {
        if let Verb::Merge { into } = &verb {
            self.appeal_may_merge(code, *into).await?;
        }
        let before = self.appeal(code).await?;
        let by = hand.by(&before)?;
        let (state, changed_at) = (before.state.code(), before.changed_at);
        let (after, step) = before.step(verb, by, now)?;
        let detail = serde_json::to_string(&after.state)?;
        let done = serde_json::to_string(&step.verb)?;
        transact!(self, tx => {
            let moved = sqlx::query(
                "update appeal set state = $5, detail = $6, settled = $7, confirmed_at = $8, due_at = $9,
                   changed_at = $10
                 where org_id = $1 and appeal_id = $2 and state = $3 and changed_at = $4",
            )
            .bind(code.org.number())
            .bind(after.id.to_string())
            .bind(state)
            .bind(changed_at.millis())
            .bind(after.state.code())
            .bind(&detail)
            .bind(after.state.settled().map(Settled::code))
            .bind(after.state.confirmed_at().map(Moment::millis))
            .bind(after.due_at().map(Moment::millis))
            .bind(after.changed_at.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if moved == 0 {
                let stands: String = sqlx::query_scalar(
                    "select state from appeal where org_id = $1 and appeal_id = $2",
                )
                .bind(code.org.number())
                .bind(after.id.to_string())
                .fetch_one(&mut *tx)
                .await?;
                return Err(Error::Taken(stands).into());
            }
            record!(tx, after, step, &done);
            ledger::touch(&mut (&mut *tx).into(), after.at()).await?;
            Ok(())
        })?;
        self.hint(after.at());
        Ok(after)
    }

    /// Merging goes into another appeal of the organization that has not itself been merged away.
    async fn appeal_may_merge(&self, code: AppealCode, into: SlipCode) -> Result<()> {
        let target = self.appeal(AppealCode { slip: into, ..code }).await?;
        match target.state {
            _ if code.slip == into => Err(Refusal::WrongState("the same appeal".into()).into()),
            State::Merged { .. } => Err(Refusal::WrongState("merged".into()).into()),
            _ => Ok(()),
        }
    }

    /// The appeals of a Saturday, what is due first on top, then the latest.
    pub async fn appeals(&self, by: &Organizer, market: MarketId) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and market_id = $2
             order by case when due_at is null then 1 else 0 end, due_at, raised_at desc limit $3",
        ))).bind(by.org().number()).bind(market.to_string()).bind(LIST).fetch_all(db).await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// The appeals that a staff phone raised or that were raised at its stall, latest first.
    pub async fn appeals_at(&self, device: &Device, most: i64) -> Result<Vec<Appeal>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and market_id = $2 and stall_id = $3
             order by raised_at desc limit $4",
        )))
        .bind(device.org.number())
        .bind(device.market.to_string())
        .bind(device.stall.to_string())
        .bind(most)
        .fetch_all(db)
        .await)?;
        rows.into_iter().map(Row::appeal).collect()
    }

    /// How far the appeals of a Saturday are; with a stall, only those raised there.
    pub async fn appeal_counts(
        &self,
        at: MarketRef,
        stall: Option<kaishi_domain::StallId>,
        now: Moment,
    ) -> Result<Appeals> {
        let row: (i64, i64, i64, i64, i64) = on!(self.read_pool(), db => sqlx::query_as(
            "select count(*),
               cast(coalesce(sum(case when settled = 'spot' then 1 else 0 end), 0) as bigint),
               count(settled), count(confirmed_at),
               cast(coalesce(sum(case when due_at < $4 then 1 else 0 end), 0) as bigint)
             from appeal where org_id = $1 and market_id = $2 and (cast($3 as text) is null or stall_id = $3)",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(stall.map(|id| id.to_string()))
        .bind(now.millis())
        .fetch_one(db)
        .await)?;
        let (raised, settled_on_spot, settled_by_unit, confirmed, overdue) = row;
        Ok(Appeals { raised, settled_on_spot, settled_by_unit, confirmed, overdue })
    }
}
