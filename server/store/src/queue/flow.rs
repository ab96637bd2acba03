//! The steps of a queue: called, served, not there, given back, closed. Every step of staff moves the queue's
//! own row first, so that two phones at one stall never do the same thing twice.

use std::collections::BTreeMap;

use kaishi_domain::actor::Device;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::queue::{Mark, Number, Standing, State, encounter};
use kaishi_domain::{EncounterId, MarketRef, Moment, Refusal, StallId};

use super::row::{NUMBER, NumberRow};
use crate::audit::{Act, Spot, note, told};
use crate::pool::{Conn, Step, transact, via};
use crate::{Error, Result, Store, ledger};

/// One transaction on the queue of one stall.
struct Line<'s, 'c> {
    store: &'s Store,
    conn: Conn<'c>,
    at: MarketRef,
    stall: StallId,
    now: Moment,
    /// Who acts, as the trail names it.
    actor: String,
}

impl<'s, 'c> Line<'s, 'c> {
    fn of(store: &'s Store, by: &Device, conn: Conn<'c>, now: Moment) -> Self {
        let at = MarketRef { org: by.org, market: by.market };
        Self { store, conn, at, stall: by.stall, now, actor: by.link.to_string() }
    }

    /// Moves the queue's row on, if nobody has done so since `seen`, and answers its last place.
    async fn step(&mut self, seen: i64) -> Step<i64> {
        let place: Option<i64> = via!(&mut self.conn, db => sqlx::query_scalar(
            "update queue set steps = steps + 1, place = place + 1
             where org_id = $1 and market_id = $2 and stall_id = $3 and steps = $4 returning place",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.stall.to_string())
        .bind(seen)
        .fetch_optional(db)
        .await)?;
        Ok(place.ok_or_else(|| Error::Taken("queue".into()))?)
    }

    /// The number that a condition finds, with its holder.
    async fn find(&mut self, condition: &str, value: String) -> Step<Option<(Number, Option<String>)>> {
        let text = format!("{NUMBER} where org_id = $1 and market_id = $2 and stall_id = $3 and {condition}");
        let row: Option<NumberRow> = via!(&mut self.conn, db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(self.at.org.number())
            .bind(self.at.market.to_string())
            .bind(self.stall.to_string())
            .bind(value)
            .fetch_optional(db)
            .await)?;
        let Some(number) = row.map(Number::try_from).transpose()? else { return Ok(None) };
        let holder: Option<String> = via!(&mut self.conn, db => sqlx::query_scalar(
            "select holder from queue_number
             where org_id = $1 and market_id = $2 and stall_id = $3 and number = $4",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.stall.to_string())
        .bind(number.number)
        .fetch_one(db)
        .await)?;
        Ok(Some((number, holder)))
    }

    /// Writes the next state of a number that stands in `was`; of two at once the second changes nothing.
    async fn write(&mut self, number: i64, was: State, next: State, verb: &str) -> Step<()> {
        let moved = via!(&mut self.conn, db => sqlx::query(
            "update queue_number set state = $6, place = $7, detail = $8, changed_at = $9,
               holder = case when cast($10 as bigint) = 1 then holder else null end
             where org_id = $1 and market_id = $2 and stall_id = $3 and number = $4 and detail = $5",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.stall.to_string())
        .bind(number)
        .bind(serde_json::to_string(&was)?)
        .bind(next.code())
        .bind(next.place())
        .bind(serde_json::to_string(&next)?)
        .bind(self.now.millis())
        .bind(i64::from(next.is_living()))
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if moved == 0 {
            return Err(Error::Taken("number".into()).into());
        }
        let detail =
            told(&BTreeMap::from([("state", was.code())]), &BTreeMap::from([("state", next.code())]));
        let act = Act {
            org: self.at.org,
            at: self.now,
            actor: &self.actor,
            verb,
            object: &format!("{}/{number}", self.stall),
            detail: &detail,
        };
        note(&mut self.conn, &self.store.fresh_text(), act).await
    }

    /// Calls whoever is first, if a place to be served is free.
    async fn call(&mut self) -> Step<i64> {
        let room = via!(&mut self.conn, db => sqlx::query(
            "update queue set called_at = $4 where org_id = $1 and market_id = $2 and stall_id = $3
             and capacity > (select count(*) from queue_number n where n.org_id = $1 and n.market_id = $2
               and n.stall_id = $3 and n.state = 'called')",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(self.stall.to_string())
        .bind(self.now.millis())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if room == 0 {
            return Err(Refusal::WrongState("full".into()).into());
        }
        let first = self.find("state = $4 order by place limit 1", "waiting".into()).await?;
        let (first, _) = first.ok_or(Error::Missing("number"))?;
        self.write(first.number, first.state, first.state.call(self.now)?, "queue.call").await?;
        Ok(first.number)
    }

    /// Notes what became of a number that was called; who was served is one encounter of the ledger, written
    /// in the same transaction.
    async fn mark(&mut self, by: &Device, code: SlipCode, mark: Mark, end: i64) -> Step<()> {
        let found = self.find("code = $4", code.to_string()).await?;
        let (number, holder) = found.ok_or(Error::Missing("number"))?;
        let next = number.state.mark(mark, end, self.now)?;
        if let State::Served { .. } = next {
            let id = EncounterId::new(self.now, self.store.random());
            let row = encounter(id, by, number.number, holder, self.now)?;
            ledger::append_within(&mut self.conn, self.store.seal(), row).await?;
        }
        self.write(number.number, number.state, next, "queue.mark").await
    }
}

impl Store {
    /// Calls the next number and answers it. `seen` is what the page of whoever calls showed of the queue's steps.
    pub async fn number_call(&self, by: &Device, seen: i64, now: Moment) -> Result<i64> {
        transact!(self, tx => {
            let mut line = Line::of(self, by, (&mut *tx).into(), now);
            line.step(seen).await?;
            line.call().await
        })
    }

    /// Notes what became of a number that was called.
    pub async fn number_mark(
        &self,
        by: &Device,
        code: SlipCode,
        mark: Mark,
        seen: i64,
        now: Moment,
    ) -> Result<()> {
        transact!(self, tx => {
            let mut line = Line::of(self, by, (&mut *tx).into(), now);
            let end = line.step(seen).await?;
            line.mark(by, code, mark, end).await
        })?;
        self.hint(MarketRef { org: by.org, market: by.market });
        Ok(())
    }

    /// Gives no more numbers, or gives them again.
    pub async fn queue_turn(&self, by: &Device, standing: Standing, seen: i64, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", by.market.to_string()), ("stall_id", by.stall.to_string())];
        let spot = Spot { table: "queue", columns: &["state"], org: by.org, key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            Line::of(self, by, (&mut *tx).into(), now).step(seen).await?;
            let turned = sqlx::query(
                "update queue set state = $4 where org_id = $1 and market_id = $2 and stall_id = $3
                 and state <> 'off' and $4 <> 'off'",
            )
            .bind(by.org.number())
            .bind(by.market.to_string())
            .bind(by.stall.to_string())
            .bind(standing.code())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if turned == 0 {
                return Err(Error::Missing("queue").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            let act = Act {
                org: by.org,
                at: now,
                actor: &by.link.to_string(),
                verb: "queue.turn",
                object: &by.stall.to_string(),
                detail: &told,
            };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })?;
        self.scans.clear();
        Ok(())
    }

    /// Whoever holds a number gives it back.
    pub async fn number_give_up(
        &self,
        at: MarketRef,
        stall: StallId,
        code: SlipCode,
        now: Moment,
    ) -> Result<()> {
        transact!(self, tx => {
            let conn = (&mut *tx).into();
            let mut line = Line { store: self, conn, at, stall, now, actor: "resident".into() };
            let found = line.find("code = $4", code.to_string()).await?;
            let (number, _) = found.ok_or(Error::Missing("number"))?;
            line.write(number.number, number.state, number.state.give_up(now)?, "queue.give_up").await
        })
    }
}
