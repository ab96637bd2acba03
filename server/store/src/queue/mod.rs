//! Queues of stalls: switched on by an organizer, numbers given by one statement, read by everybody.

mod flow;
mod row;

use kaishi_domain::actor::{Organizer, Resident};
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::id::hex;
use kaishi_domain::queue::{Number, Queue, Standing, State, Terms};
use kaishi_domain::{MarketId, MarketRef, Moment, StallId};

use crate::audit::{Act, Spot, note};
use crate::line::{self, New};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};
use row::{NUMBER, NumberRow, QUEUE, QueueRow};

/// What became of asking for a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// A number, or the one that was there already.
    Given(SlipCode),
    /// There are no more; it was noted that somebody asked.
    TurnedAway,
}

impl Store {
    /// Switches a stall's queue on or off, or changes its terms. Numbers that were given stay.
    pub async fn queue_set(
        &self,
        by: &Organizer,
        market: MarketId,
        stall: StallId,
        (terms, standing): (Terms, Standing),
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("stall_id", stall.to_string())];
        let spot =
            Spot { table: "queue", columns: &["state", "capacity", "minutes"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into queue (org_id, market_id, stall_id, state, capacity, minutes, given, place, steps)
                 select org_id, market_id, stall_id, $4, $5, $6, 0, 0, 0 from stall
                 where org_id = $1 and market_id = $2 and stall_id = $3 and withdrawn_at is null
                 on conflict (org_id, market_id, stall_id) do update set state = excluded.state,
                   capacity = excluded.capacity, minutes = excluded.minutes, steps = queue.steps + 1",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(stall.to_string())
            .bind(standing.code())
            .bind(terms.capacity)
            .bind(terms.minutes)
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
                verb: "queue.set",
                object: &stall.to_string(),
                detail: &told,
            };
            note(&mut (&mut *tx).into(), &fresh, act).await
        })?;
        self.scans.clear();
        Ok(())
    }

    /// The queues of a market, those that were switched off left out.
    pub async fn queues(&self, at: MarketRef) -> Result<Vec<Queue>> {
        let text = format!("{QUEUE} where q.org_id = $1 and q.market_id = $2 and q.state <> 'off'");
        let rows: Vec<QueueRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Queue::try_from).collect()
    }

    /// The queue of a stall, also one that was switched off.
    pub async fn queue(&self, at: MarketRef, stall: StallId) -> Result<Queue> {
        let text = format!("{QUEUE} where q.org_id = $1 and q.market_id = $2 and q.stall_id = $3");
        let row: Option<QueueRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).bind(stall.to_string())
            .fetch_optional(db).await)?;
        row.ok_or(Error::Missing("queue"))?.try_into()
    }

    /// The numbers of a stall that are waiting, first first, and those that are called.
    pub async fn living_numbers(&self, at: MarketRef, stall: StallId) -> Result<Vec<Number>> {
        let text = format!(
            "{NUMBER} where org_id = $1 and market_id = $2 and stall_id = $3
             and state in ('waiting', 'called') order by place, number"
        );
        let rows: Vec<NumberRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).bind(stall.to_string())
            .fetch_all(db).await)?;
        rows.into_iter().map(Number::try_from).collect()
    }

    /// The number behind a code.
    pub async fn number(&self, at: MarketRef, stall: StallId, code: SlipCode) -> Result<Number> {
        let text = format!("{NUMBER} where org_id = $1 and market_id = $2 and stall_id = $3 and code = $4");
        let row: Option<NumberRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(at.org.number()).bind(at.market.to_string()).bind(stall.to_string())
            .bind(code.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("number"))?.try_into()
    }

    /// The living number of a visitor at a stall.
    pub async fn number_of(
        &self,
        at: MarketRef,
        stall: StallId,
        visitor: [u8; 16],
    ) -> Result<Option<SlipCode>> {
        self.number_known(at, stall, "", Some(visitor)).await
    }

    /// A number that was given for this form or to this visitor.
    async fn number_known(
        &self,
        at: MarketRef,
        stall: StallId,
        nonce: &str,
        visitor: Option<[u8; 16]>,
    ) -> Result<Option<SlipCode>> {
        let code: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select code from queue_number where org_id = $1 and market_id = $2 and stall_id = $3
             and (nonce = $4 or holder = $5) order by number limit 1",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(stall.to_string())
        .bind(nonce)
        .bind(visitor.map(|tag| hex(&tag)))
        .fetch_optional(db)
        .await)?;
        Ok(code.map(|code| code.parse()).transpose()?)
    }

    /// Gives the next number of a stall's queue. The same form or the same living visitor has one number only.
    pub async fn number_take(
        &self,
        by: &Resident,
        nonce: [u8; 16],
        visitor: Option<[u8; 16]>,
        now: Moment,
    ) -> Result<Asked> {
        let (at, nonce) = (MarketRef { org: by.org, market: by.market }, hex(&nonce));
        for code in line::codes(self) {
            if let Some(code) = self.number_known(at, by.stall, &nonce, visitor).await? {
                return Ok(Asked::Given(code));
            }
            match self.number_add(by, code, (&nonce, visitor), now).await {
                Ok(true) => return Ok(Asked::Given(code)),
                Ok(false) => return self.turn_away(by, (&nonce, visitor), now).await,
                // The same form at the same time, or a code that another has.
                Err(Error::Taken(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(line::no_code())
    }

    /// Whether there was one to give.
    async fn number_add(
        &self,
        by: &Resident,
        code: SlipCode,
        (nonce, visitor): (&str, Option<[u8; 16]>),
        now: Moment,
    ) -> Result<bool> {
        let at = MarketRef { org: by.org, market: by.market };
        transact!(self, tx => {
            let mut line = flow::of_stall((self, (&mut *tx).into()), (at, by.stall), "resident".into(), now);
            let Some((number, place)) = line.give(None).await? else { return Ok(false) };
            let state = State::Waiting { place, missed: false };
            let holder = visitor.map(|tag| hex(&tag));
            if !line.add(New { number, place, state, code, nonce, holder, slot: None }).await? {
                return Err(Error::Taken("number".into()).into());
            }
            line.note("queue.take", &by.stall.to_string(), &number.to_string()).await?;
            Ok(true)
        })
    }

    /// Notes that somebody asked a closed queue, once a visitor or form.
    async fn turn_away(
        &self,
        by: &Resident,
        (nonce, visitor): (&str, Option<[u8; 16]>),
        now: Moment,
    ) -> Result<Asked> {
        let who = visitor.map_or_else(|| nonce.to_owned(), |tag| hex(&tag));
        let queue = self.queue(MarketRef { org: by.org, market: by.market }, by.stall).await?;
        if queue.standing == Standing::Off {
            return Err(Error::Missing("queue"));
        }
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let new = sqlx::query(
                "insert into turned_away (org_id, market_id, stall_id, who, at)
                 values ($1, $2, $3, $4, $5) on conflict do nothing",
            )
            .bind(by.org.number())
            .bind(by.market.to_string())
            .bind(by.stall.to_string())
            .bind(&who)
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if new > 0 {
                let act = Act {
                    org: by.org,
                    at: now,
                    actor: "resident",
                    verb: "queue.turn_away",
                    object: &by.stall.to_string(),
                    detail: queue.standing.code(),
                };
                note(&mut (&mut *tx).into(), &fresh, act).await?;
            }
            Ok(Asked::TurnedAway)
        })
    }
}
