//! The call of a Saturday: its text, what it wants, and the stalls that units are looking at.

mod answer;
mod claim;
mod flow;
mod waiting;

pub use answer::{Reply, Ruling};

use kaishi_domain::actor::{Guest, Organizer};
use kaishi_domain::call::{Call, HOLD, Policy, Want};
use kaishi_domain::{MarketId, MarketRef, Moment, StallId, UnitId, WantId};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct CallRow {
    intro: String,
    rules: String,
    deadline: i64,
    listed: i64,
    policy: String,
}

#[derive(FromRow)]
struct WantRow {
    want_id: String,
    title: String,
    zone: String,
    detail: String,
    seats: i64,
    taken: i64,
}

impl TryFrom<CallRow> for Call {
    type Error = Error;
    fn try_from(row: CallRow) -> Result<Self> {
        Ok(Self {
            intro: row.intro,
            rules: row.rules,
            deadline: Moment::from_millis(row.deadline),
            listed: row.listed == 1,
            policy: Policy::from_code(&row.policy)?,
        })
    }
}

impl TryFrom<WantRow> for Want {
    type Error = Error;
    fn try_from(row: WantRow) -> Result<Self> {
        let WantRow { want_id, title, zone, detail, seats, taken } = row;
        Ok(Self { id: want_id.parse()?, title, zone, detail, seats, taken })
    }
}

impl Store {
    /// The call of a market; `None` while nobody has written one.
    pub async fn call(&self, at: MarketRef) -> Result<Option<Call>> {
        let row: Option<CallRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select intro, rules, deadline, listed, policy from call where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        row.map(Call::try_from).transpose()
    }

    /// The rules of the last Saturday before this one that had a call: what a new call begins with. Empty where there
    /// was none.
    pub async fn rules_before(&self, at: MarketRef) -> Result<String> {
        let rules: Option<(String,)> = on!(self.read_pool(), db => sqlx::query_as(
            "select c.rules from call c
             join market m on m.org_id = c.org_id and m.market_id = c.market_id
             join market own on own.org_id = c.org_id and own.market_id = $2
             where c.org_id = $1 and c.market_id <> $2 and m.opens_at <= own.opens_at
             order by m.opens_at desc, m.market_id desc limit 1",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        Ok(rules.map(|(rules,)| rules).unwrap_or_default())
    }

    /// Writes the call. A market whose call is listed for the first time is calling.
    pub async fn call_set(&self, by: &Organizer, market: MarketId, call: &Call, now: Moment) -> Result<()> {
        let call = call.clone().sound()?;
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string())];
        let spot = Spot {
            table: "call",
            columns: &["intro", "rules", "deadline", "listed", "policy"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into call (org_id, market_id, intro, rules, deadline, listed, policy)
                 select org_id, market_id, $3, $4, $5, $6, $7 from market where org_id = $1 and market_id = $2
                 on conflict (org_id, market_id) do update set intro = excluded.intro, rules = excluded.rules,
                   deadline = excluded.deadline, listed = excluded.listed, policy = excluded.policy",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(&call.intro)
            .bind(&call.rules)
            .bind(call.deadline.millis())
            .bind(i64::from(call.listed))
            .bind(call.policy.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("market").into());
            }
            if call.listed {
                sqlx::query(
                    "update market set stage = 'calling' where org_id = $1 and market_id = $2 and stage = 'draft'",
                )
                .bind(by.org().number())
                .bind(market.to_string())
                .execute(&mut *tx)
                .await?;
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: if call.listed { "call.list" } else { "call.write" },
                object: &market.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// What a market wants, in the order in which it was posted.
    pub async fn wants(&self, at: MarketRef) -> Result<Vec<Want>> {
        let rows: Vec<WantRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select want_id, title, zone, detail, seats, taken from want
             where org_id = $1 and market_id = $2 order by want_id",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        rows.into_iter().map(Want::try_from).collect()
    }

    /// Posts a want, or changes one: never to fewer places than are taken. Who waits for one that is added gets it.
    pub async fn want_put(&self, by: &Organizer, market: MarketId, want: &Want, now: Moment) -> Result<()> {
        let want = want.clone().sound()?;
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("want_id", want.id.to_string())];
        let spot =
            Spot { table: "want", columns: &["title", "zone", "detail", "seats"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "insert into want (org_id, market_id, want_id, title, zone, detail, seats, taken)
                 select org_id, market_id, $3, $4, $5, $6, $7, 0 from market where org_id = $1 and market_id = $2
                 on conflict (org_id, market_id, want_id) do update set title = excluded.title,
                   zone = excluded.zone, detail = excluded.detail, seats = excluded.seats
                   where want.taken <= excluded.seats",
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
            if done.rows_affected() == 0 {
                return Err(Error::Taken(want.title.clone()).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "want.put",
                object: &want.id.to_string(),
                detail: &told,
            });
            self.desk(by, market, (&mut *tx).into(), now).fill(want.id).await?;
            Ok(())
        })
    }

    /// Takes a want off the call, if nobody has answered it.
    pub async fn want_remove(
        &self,
        by: &Organizer,
        market: MarketId,
        want: WantId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("market_id", market.to_string()), ("want_id", want.to_string())];
        let spot =
            Spot { table: "want", columns: &["title", "zone", "detail", "seats"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "delete from want where org_id = $1 and market_id = $2 and want_id = $3
                 and not exists (select 1 from claim where org_id = $1 and market_id = $2 and want_id = $3)",
            )
            .bind(by.org().number())
            .bind(market.to_string())
            .bind(want.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken("want".into()).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "want.remove",
                object: &want.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Keeps an open stall for a unit while it fills in the form, and says until when. One statement decides:
    /// of two that come at once the second learns that it is too late.
    pub async fn stall_hold(&self, by: &Guest, stall: StallId, now: Moment) -> Result<Moment> {
        let until = now.plus(HOLD);
        let held = transact!(self, tx => {
            Ok(sqlx::query(
                "insert into stall_hold (org_id, market_id, stall_id, unit_id, until)
                 select s.org_id, s.market_id, s.stall_id, $4, $5 from stall s
                 where s.org_id = $1 and s.market_id = $2 and s.stall_id = $3 and s.withdrawn_at is null
                   and s.reserved_at is null and not exists (select 1 from assignment a
                     where a.org_id = $1 and a.market_id = $2 and a.stall_id = $3)
                 on conflict (org_id, market_id, stall_id) do update
                   set unit_id = excluded.unit_id, until = excluded.until
                   where stall_hold.until <= $6 or stall_hold.unit_id = excluded.unit_id",
            )
            .bind(by.org.number())
            .bind(by.market.to_string())
            .bind(stall.to_string())
            .bind(by.unit.to_string())
            .bind(until.millis())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected())
        })?;
        if held == 1 { Ok(until) } else { Err(Error::Taken("stall".into())) }
    }

    /// Which stalls are being looked at, by whom, until when.
    pub async fn stall_holds(&self, at: MarketRef, now: Moment) -> Result<Vec<(StallId, UnitId, Moment)>> {
        let rows: Vec<(String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select stall_id, unit_id, until from stall_hold
             where org_id = $1 and market_id = $2 and until > $3 order by stall_id",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(now.millis()).fetch_all(db).await)?;
        let read = |(stall, unit, until): (String, String, i64)| {
            Ok((stall.parse()?, unit.parse()?, Moment::from_millis(until)))
        };
        rows.into_iter().map(read).collect()
    }
}
