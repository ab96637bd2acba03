//! The steps of a queue: called, served, not there, given back, closed. Every step of staff moves the queue's
//! own row first, so that two phones at one stall never do the same thing twice.

use kaishi_domain::actor::Device;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::queue::{Mark, Standing, State, encounter};
use kaishi_domain::{EncounterId, MarketRef, Moment, Refusal, StallId};

use super::row::{HELD, HeldRow};
use crate::audit::{Act, Spot, note};
use crate::line::{Line, QUEUE, keyed};
use crate::pool::{Conn, Step, transact, via};
use crate::{Error, Result, Store, ledger};

/// One transaction of a staff phone on the queue of its stall.
fn line<'s, 'c>(store: &'s Store, by: &Device, conn: Conn<'c>, now: Moment) -> Line<'s, 'c> {
    let at = MarketRef { org: by.org, market: by.market };
    of_stall((store, conn), (at, by.stall), by.link.to_string(), now)
}

/// One transaction on the queue of a stall.
pub(super) fn of_stall<'s, 'c>(
    (store, conn): (&'s Store, Conn<'c>),
    (at, stall): (MarketRef, StallId),
    actor: String,
    now: Moment,
) -> Line<'s, 'c> {
    let key = vec![at.market.to_string(), stall.to_string()];
    Line { store, conn, kind: &QUEUE, org: at.org, key, now, actor }
}

/// Runs a statement that finds one number of a line with its holder; the value is `$4`.
macro_rules! find {
    ($line:expr, $condition:literal, $value:expr) => {{
        let text = format!(
            "{HELD} where org_id = $1 and market_id = $2 and stall_id = $3 and {}", $condition
        );
        let row: Option<HeldRow> = via!(&mut $line.conn, db => {
            keyed!($line, sqlx::query_as(sqlx::AssertSqlSafe(text))).bind($value).fetch_optional(db).await
        })?;
        row.map(HeldRow::read).transpose()?.ok_or(Error::Missing("number"))?
    }};
}

/// Calls whoever is first, if a place to be served is free.
async fn call(line: &mut Line<'_, '_>) -> Step<i64> {
    let room = via!(&mut line.conn, db => keyed!(line, sqlx::query(
        "update queue set called_at = $4 where org_id = $1 and market_id = $2 and stall_id = $3
         and capacity > (select count(*) from queue_number n where n.org_id = $1 and n.market_id = $2
           and n.stall_id = $3 and n.state = 'called')",
    ))
    .bind(line.now.millis())
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if room == 0 {
        return Err(Refusal::WrongState("full".into()).into());
    }
    let (first, _) = find!(line, "state = $4 order by place limit 1", "waiting");
    let next = first.state.call(line.now)?;
    line.write(first.number, (first.state, next), next.is_living(), "queue.call").await?;
    Ok(first.number)
}

/// Notes what became of a number that was called; who was served is one encounter of the ledger, written in the same
/// transaction.
async fn mark(line: &mut Line<'_, '_>, by: &Device, code: SlipCode, (mark, end): (Mark, i64)) -> Step<()> {
    let (number, holder) = find!(line, "code = $4", code.to_string());
    let next = number.state.mark(mark, end, line.now)?;
    if let State::Served { .. } = next {
        let id = EncounterId::new(line.now, line.store.random());
        let row = encounter(id, by, number.number, holder, line.now)?;
        ledger::append_within(&mut line.conn, line.store.seal(), row).await?;
    }
    line.write(number.number, (number.state, next), next.is_living(), "queue.mark").await
}

impl Store {
    /// Calls the next number and answers it. `seen` is what the page of whoever calls showed of the queue's steps.
    pub async fn number_call(&self, by: &Device, seen: i64, now: Moment) -> Result<i64> {
        transact!(self, tx => {
            let mut line = line(self, by, (&mut *tx).into(), now);
            line.step(seen).await?;
            call(&mut line).await
        })
    }

    /// Notes what became of a number that was called.
    pub async fn number_mark(
        &self,
        by: &Device,
        code: SlipCode,
        what: Mark,
        seen: i64,
        now: Moment,
    ) -> Result<()> {
        transact!(self, tx => {
            let mut line = line(self, by, (&mut *tx).into(), now);
            let end = line.step(seen).await?;
            mark(&mut line, by, code, (what, end)).await
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
            line(self, by, (&mut *tx).into(), now).step(seen).await?;
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
            let mut line = of_stall((self, conn), (at, stall), "resident".into(), now);
            let (number, _) = find!(line, "code = $4", code.to_string());
            let next = number.state.give_up(now)?;
            line.write(number.number, (number.state, next), next.is_living(), "queue.give_up").await
        })
    }
}
