//! The bank of questions, what a market gives, and the slips that are redeemed once.

use kaishi_domain::actor::{Device, Organizer, Viewer};
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::id::hex;
use kaishi_domain::quiz::Question;
use kaishi_domain::reward::{Cause, Pass, Reward, State};
use kaishi_domain::{MarketId, MarketRef, Moment, OrgId, QuestionId, Refusal};

use crate::audit::{Act, Spot, note};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// A row of the bank.
type QuestionRow = (String, String, String, i64, String);
/// A row of what a market gives.
type RewardRow = (String, String, String, i64, i64, i64, i64);
/// The same with how many were redeemed.
type FiguresRow = (String, String, String, i64, i64, i64, i64, i64);

impl Store {
    /// The questions of an organization, in the order in which they came.
    pub async fn questions(&self, org: OrgId) -> Result<Vec<Question>> {
        let rows: Vec<QuestionRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select question_id, question, options, answer, why from quiz_question
             where org_id = $1 and retired_at is null order by question_id",
        ).bind(org.number()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(id, text, options, answer, why)| {
                let options: Vec<String> = serde_json::from_str(&options)?;
                let answer = usize::try_from(answer).unwrap_or(usize::MAX);
                Ok(Question::new(id.parse()?, &text, &options, answer, &why)?)
            })
            .collect()
    }

    /// Adds questions to the bank, all or none.
    pub async fn questions_add(&self, by: &Organizer, questions: &[Question], now: Moment) -> Result<()> {
        transact!(self, tx => {
            for question in questions {
                sqlx::query(
                    "insert into quiz_question (org_id, question_id, question, options, answer, why, account_id, at)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)",
                )
                .bind(by.org().number())
                .bind(question.id().to_string())
                .bind(question.text())
                .bind(serde_json::to_string(question.options())?)
                .bind(i64::try_from(question.answer()).unwrap_or(0))
                .bind(question.why())
                .bind(by.account().to_string())
                .bind(now.millis())
                .execute(&mut *tx)
                .await?;
                let act = Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb: "quiz.add",
                    object: &question.id().to_string(),
                    detail: question.text(),
                };
                note(&mut (&mut *tx).into(), &self.fresh_text(), act).await?;
            }
            Ok(())
        })
    }

    /// Takes a question out of the bank.
    pub async fn question_retire(&self, by: &Organizer, id: QuestionId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("question_id", id.to_string())];
        let spot = Spot { table: "quiz_question", columns: &["retired_at"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let gone = sqlx::query(
                "update quiz_question set retired_at = $3
                 where org_id = $1 and question_id = $2 and retired_at is null",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("question").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            let (actor, object) = (by.account().to_string(), id.to_string());
            let act =
                Act { org: by.org(), at: now, actor: &actor, verb: "quiz.retire", object: &object, detail: &told };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })
    }

    /// Says what a market gives; `on` switches it on or off. What was given stays given.
    pub async fn reward_set(
        &self,
        by: &Organizer,
        market: MarketId,
        reward: Reward,
        on: bool,
        now: Moment,
    ) -> Result<()> {
        let reward = reward.sound()?;
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("kind", reward.cause.code().to_owned())];
        let spot = Spot {
            table: "reward",
            columns: &["stall_id", "prize", "needs", "most", "is_on"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into reward (org_id, market_id, kind, stall_id, prize, needs, most, given, is_on)
                 select org_id, market_id, $4, stall_id, $5, $6, $7, 0, $8 from stall
                 where org_id = $1 and market_id = $2 and stall_id = $3 and withdrawn_at is null
                 on conflict (org_id, market_id, kind) do update set stall_id = excluded.stall_id,
                   prize = excluded.prize, needs = excluded.needs, most = excluded.most, is_on = excluded.is_on",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(reward.stall.to_string())
            .bind(reward.cause.code())
            .bind(&reward.prize)
            .bind(reward.needs)
            .bind(reward.most)
            .bind(i64::from(on))
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("stall").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            let act = Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: if on { "reward.on" } else { "reward.off" },
                object: &format!("{market}/{}", reward.cause.code()),
                detail: &told,
            };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })?;
        self.scans.clear();
        Ok(())
    }

    /// What a market gives, each with how many were given and how many redeemed; what is off too.
    pub async fn rewards(&self, by: &Viewer, market: MarketId) -> Result<Vec<(Reward, bool, i64, i64)>> {
        let rows: Vec<FiguresRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select r.kind, r.stall_id, r.prize, r.needs, r.most, r.given, r.is_on,
               (select count(*) from pass p where p.org_id = r.org_id and p.market_id = r.market_id
                 and p.kind = r.kind and p.redeemed_at is not null)
             from reward r where r.org_id = $1 and r.market_id = $2 order by r.kind",
        ).bind(by.org().number()).bind(market.to_string()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(kind, stall, prize, needs, most, given, on, redeemed)| {
                let (cause, stall) = (Cause::from_code(&kind)?, stall.parse()?);
                Ok((Reward { cause, stall, prize, needs, most }, on == 1, given, redeemed))
            })
            .collect()
    }

    /// One reward of a market with how many are left; `None` where it is not switched on.
    pub async fn reward(&self, at: MarketRef, cause: Cause) -> Result<Option<(Reward, i64)>> {
        let row: Option<RewardRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select kind, stall_id, prize, needs, most, given, is_on from reward
             where org_id = $1 and market_id = $2 and kind = $3",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(cause.code()).fetch_optional(db).await)?;
        let Some((_, stall, prize, needs, most, given, 1)) = row else { return Ok(None) };
        Ok(Some((Reward { cause, stall: stall.parse()?, prize, needs, most }, (most - given).max(0))))
    }

    /// The pass that a form or a visitor has.
    pub async fn pass_of(
        &self,
        at: MarketRef,
        cause: Cause,
        nonce: &str,
        visitor: Option<[u8; 16]>,
    ) -> Result<Option<SlipCode>> {
        let code: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select code from pass where org_id = $1 and market_id = $2 and kind = $3
             and (nonce = $4 or holder = $5) order by made_at limit 1",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(cause.code())
        .bind(nonce)
        .bind(visitor.map(|tag| hex(&tag)))
        .fetch_optional(db)
        .await)?;
        Ok(code.map(|code| code.parse()).transpose()?)
    }

    /// The pass behind a code, with what it is good for: also when no more of them are given.
    pub async fn pass(&self, at: MarketRef, code: SlipCode) -> Result<Pass> {
        let row: Option<(String, Option<i64>, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select p.kind, p.redeemed_at, r.stall_id, r.prize from pass p
             join reward r on r.org_id = p.org_id and r.market_id = p.market_id and r.kind = p.kind
             where p.org_id = $1 and p.code = $2 and p.market_id = $3",
        ).bind(at.org.number()).bind(code.to_string()).bind(at.market.to_string())
        .fetch_optional(db).await)?;
        let (kind, redeemed, stall, prize) = row.ok_or(Error::Missing("pass"))?;
        let state = redeemed.map_or(State::Open, |at| State::Redeemed { at: Moment::from_millis(at) });
        Ok(Pass { code, cause: Cause::from_code(&kind)?, stall: stall.parse()?, prize, state })
    }

    /// Gives a pass: one a form, one a visitor; `Refusal::Taken` when there are no more rewards, or when a
    /// stamp card is not full.
    pub async fn pass_give(
        &self,
        at: MarketRef,
        cause: Cause,
        nonce: [u8; 16],
        visitor: Option<[u8; 16]>,
        now: Moment,
    ) -> Result<SlipCode> {
        let nonce = hex(&nonce);
        for _ in 0..8 {
            if let Some(code) = self.pass_of(at, cause, &nonce, visitor).await? {
                return Ok(code);
            }
            let code = SlipCode::new(self.random());
            match self.pass_add(at, cause, (code, &nonce, visitor), now).await {
                Ok(()) => return Ok(code),
                // The same form at the same time, or a code that another has.
                Err(Error::Taken(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Broken("eight codes in a row are taken".into()))
    }

    async fn pass_add(
        &self,
        at: MarketRef,
        cause: Cause,
        (code, nonce, visitor): (SlipCode, &str, Option<[u8; 16]>),
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            // A stamp card is counted where it is paid out: a stamp taken back meanwhile is none.
            let left = sqlx::query(
                "update reward set given = given + 1
                 where org_id = $1 and market_id = $2 and kind = $3 and is_on = 1 and given < most
                   and (kind <> 'stamps' or needs <= (
                     select count(distinct e.stall_id) from encounter e
                     where e.org_id = $1 and e.market_id = $2 and e.visitor = $4
                       and not exists (select 1 from encounter c where c.org_id = e.org_id
                         and c.market_id = e.market_id and c.nonce = 'undo:' || e.encounter_id)))",
            )
            .bind(at.org.number())
            .bind(at.market.to_string())
            .bind(cause.code())
            .bind(visitor.map(|tag| hex(&tag)))
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if left == 0 {
                return Err(Refusal::Taken("reward").into());
            }
            let added = sqlx::query(
                "insert into pass (org_id, code, market_id, kind, holder, nonce, made_at)
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            )
            .bind(at.org.number())
            .bind(code.to_string())
            .bind(at.market.to_string())
            .bind(cause.code())
            .bind(visitor.map(|tag| hex(&tag)))
            .bind(nonce)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if added == 0 {
                return Err(Error::Taken("pass".into()).into());
            }
            let (object, detail) = (code.to_string(), cause.code());
            let act =
                Act { org: at.org, at: now, actor: "resident", verb: "pass.give", object: &object, detail };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })
    }

    /// Redeems a pass at the stall that gives its reward, once.
    pub async fn pass_redeem(&self, by: &Device, code: SlipCode, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let done = transact!(self, tx => {
            let done = sqlx::query(
                "update pass set redeemed_at = $4, link_id = $5
                 where org_id = $1 and code = $2 and market_id = $3 and redeemed_at is null
                   and kind in (select r.kind from reward r where r.org_id = $1 and r.market_id = $3
                     and r.stall_id = $6)",
            )
            .bind(by.org.number())
            .bind(code.to_string())
            .bind(by.market.to_string())
            .bind(now.millis())
            .bind(by.link.to_string())
            .bind(by.stall.to_string())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if done > 0 {
                let (actor, object) = (by.link.to_string(), code.to_string());
                let act =
                    Act { org: by.org, at: now, actor: &actor, verb: "pass.redeem", object: &object, detail: "" };
                note(&mut (&mut *tx).into(), &fresh, act).await?;
            }
            Ok(done)
        })?;
        if done > 0 {
            return Ok(());
        }
        match self.pass(MarketRef { org: by.org, market: by.market }, code).await?.state {
            State::Redeemed { at } => Err(Error::Taken(at.millis().to_string())),
            State::Open => Err(Refusal::NotAllowed.into()),
        }
    }
}
