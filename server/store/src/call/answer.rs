//! What units and organizers do with an answer. Each verb is one transaction.

use kaishi_domain::actor::{Guest, Organizer};
use kaishi_domain::call::{Ask, Call, Claim, Decision, Pitch, State};
use kaishi_domain::{ClaimId, MarketId, MarketRef, Moment, Refusal, StallId};

use super::flow::{Desk, message};
use crate::pool::{Conn, Step, transact, via};
use crate::{Error, Result, Store};

/// What an organizer decides about one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ruling {
    /// Notes a decision that is told later.
    Prepare(Decision),
    /// Takes the note back.
    Reconsider,
    /// Lets a unit go that asked, or not.
    Answer(bool),
    /// Takes it out, and why.
    Strike(String),
    /// It said by telephone that it comes.
    Confirm,
}

/// What a unit does with its own answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// “收到，我们来”
    Confirm,
    /// It cannot come, and why.
    Leave(String),
}

impl Store {
    /// A bid on a want, or an offer: an organizer decides.
    pub async fn claim_add(&self, by: &Guest, ask: Ask, pitch: &Pitch, now: Moment) -> Result<ClaimId> {
        if matches!(ask, Ask::Take(_)) {
            return Err(Refusal::Malformed("way").into());
        }
        let claim = self.claim(by, ask, pitch, State::New, now)?;
        transact!(self, tx => {
            let mut desk = self.guest_desk(by, (&mut *tx).into(), now);
            desk.open().await?;
            desk.once(&claim).await?;
            desk.add(&claim).await?;
            Ok(())
        })?;
        Ok(claim.id)
    }

    /// Takes an open stall: who comes first has it. The second one learns it, and nothing of its own is written.
    pub async fn claim_take(
        &self,
        by: &Guest,
        stall: StallId,
        no: &str,
        pitch: &Pitch,
        now: Moment,
    ) -> Result<ClaimId> {
        let claim = self.claim(by, Ask::Take(stall), pitch, State::New, now)?;
        transact!(self, tx => {
            let mut desk = self.guest_desk(by, (&mut *tx).into(), now);
            desk.open().await?;
            let entry = desk.fresh();
            let claim = Claim { state: State::Accepted { entry, told: now }, ..claim.clone() };
            desk.add(&claim).await?;
            desk.enter(&claim, entry, vec![no.to_owned()]).await?;
            desk.stand(by, stall, entry.to_string()).await?;
            Ok(())
        })?;
        Ok(claim.id)
    }

    fn claim(&self, by: &Guest, ask: Ask, pitch: &Pitch, state: State, now: Moment) -> Result<Claim> {
        let (pitch, id) = (pitch.clone().sound(by.unit, ask.way())?, ClaimId::new(now, self.random()));
        Ok(Claim { id, unit: by.unit, unit_name: String::new(), ask, pitch, state, made: now })
    }

    fn guest_desk<'s, 'c>(&'s self, by: &Guest, conn: Conn<'c>, now: Moment) -> Desk<'s, 'c> {
        let at = MarketRef { org: by.org, market: by.market };
        Desk { store: self, conn, at, now, actor: by.unit.to_string() }
    }

    pub(super) fn desk<'s, 'c>(
        &'s self,
        by: &Organizer,
        market: MarketId,
        conn: Conn<'c>,
        now: Moment,
    ) -> Desk<'s, 'c> {
        let at = MarketRef { org: by.org(), market };
        Desk { store: self, conn, at, now, actor: by.account().to_string() }
    }

    /// An organizer's ruling on one answer.
    pub async fn claim_rule(
        &self,
        by: &Organizer,
        market: MarketId,
        id: ClaimId,
        ruling: &Ruling,
        now: Moment,
    ) -> Result<()> {
        transact!(self, tx => {
            let mut desk = self.desk(by, market, (&mut *tx).into(), now);
            let claim = desk.read(id).await?;
            let was = claim.state.clone();
            let (next, verb) = match ruling.clone() {
                Ruling::Prepare(decision) => (was.clone().prepare(decision), "claim.prepare"),
                Ruling::Reconsider => (was.clone().reconsider(), "claim.reconsider"),
                Ruling::Answer(true) => (was.clone().answer(true), "claim.release"),
                Ruling::Answer(false) => (was.clone().answer(false), "claim.keep"),
                Ruling::Strike(reason) => (was.clone().strike(&reason), "claim.strike"),
                Ruling::Confirm => (was.clone().confirm(now), "claim.phone"),
            };
            desk.turn(&Claim { state: next?, ..claim }, &was, verb).await?;
            Ok(())
        })
    }

    /// Tells every decision that has been prepared; who is accepted comes onto the roster while places last, in
    /// the order in which the answers came in. Answers what was told.
    pub async fn claims_tell(&self, by: &Organizer, market: MarketId, now: Moment) -> Result<Vec<Claim>> {
        let prepared: Vec<Claim> = self.claims(MarketRef { org: by.org(), market }).await?;
        let prepared: Vec<ClaimId> = prepared
            .into_iter()
            .filter(|claim| matches!(claim.state, State::Prepared { .. }))
            .map(|claim| claim.id)
            .collect();
        transact!(self, tx => {
            let mut desk = self.desk(by, market, (&mut *tx).into(), now);
            let mut told = Vec::with_capacity(prepared.len());
            for id in &prepared {
                let claim = desk.read(*id).await?;
                if let State::Prepared { decision, .. } = &claim.state {
                    let seat = match (decision, claim.ask) {
                        (Decision::Accept, Ask::Bid(want)) => desk.seat(want).await?,
                        (Decision::Accept, _) => true,
                        _ => false,
                    };
                    let was = claim.state.clone();
                    let next = if seat {
                        desk.accept(claim, |state, entry| state.tell(entry, true, now)).await?
                    } else {
                        let entry = desk.fresh();
                        Claim { state: was.clone().tell(entry, false, now)?, ..claim }
                    };
                    desk.write(&next, &was, "claim.tell").await?;
                    told.push(next);
                }
            }
            Ok(told)
        })
    }

    /// Reminds those who have been told that they come and have not said yes: one message to the organization's other
    /// programs. Says how many are silent; none where nobody wants messages.
    pub async fn claims_remind(&self, by: &Organizer, market: MarketId, now: Moment) -> Result<usize> {
        let at = MarketRef { org: by.org(), market };
        let claims = self.claims(at).await?;
        let silent = claims.iter().filter(|claim| matches!(claim.state, State::Accepted { .. }));
        let silent: Vec<_> = silent.map(|claim| message(at, claim)).collect();
        if silent.is_empty() {
            return Ok(0);
        }
        let body = serde_json::json!({ "market": at.to_string(), "silent": silent });
        let posted = self.outbox_post(by, "call.reminder", &body, now).await?;
        Ok(if posted { silent.len() } else { 0 })
    }

    /// A unit confirms or leaves.
    pub async fn claim_reply(&self, by: &Guest, id: ClaimId, reply: &Reply, now: Moment) -> Result<()> {
        let at = MarketRef { org: by.org, market: by.market };
        let policy = self.call(at).await?.map(|call| call.policy).unwrap_or_default();
        transact!(self, tx => {
            let mut desk = self.guest_desk(by, (&mut *tx).into(), now);
            let claim = desk.read(id).await?;
            if claim.unit != by.unit {
                return Err(Error::Missing("claim").into());
            }
            let was = claim.state.clone();
            let (next, verb) = match reply {
                Reply::Confirm => (was.clone().confirm(now), "claim.confirm"),
                Reply::Leave(reason) => (was.clone().leave(policy, reason), "claim.leave"),
            };
            desk.turn(&Claim { state: next?, ..claim }, &was, verb).await?;
            Ok(())
        })
    }
}

impl Desk<'_, '_> {
    /// Writes the next state with what follows from it.
    async fn turn(&mut self, next: &Claim, was: &State, verb: &str) -> Step<()> {
        if next.state == *was {
            return Ok(());
        }
        self.write(next, was, verb).await?;
        match (was.entry(), next.state.entry()) {
            (Some(entry), None) => self.vacate(next, entry).await,
            _ => Ok(()),
        }
    }

    /// Refuses when the call takes no answers.
    async fn open(&mut self) -> Step<()> {
        let row: Option<(i64, i64)> = via!(&mut self.conn, db => sqlx::query_as(
            "select listed, deadline from call where org_id = $1 and market_id = $2",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .fetch_optional(db)
        .await)?;
        let blank = Call::blank(self.now);
        let call = row.map_or(blank.clone(), |(listed, deadline)| Call {
            listed: listed == 1,
            deadline: Moment::from_millis(deadline),
            ..blank
        });
        if call.is_open(self.now) { Ok(()) } else { Err(Refusal::Expired.into()) }
    }

    /// Refuses a second bid of one unit on one want.
    async fn once(&mut self, claim: &Claim) -> Step<()> {
        let Ask::Bid(want) = claim.ask else { return Ok(()) };
        let known: (i64,) = via!(&mut self.conn, db => sqlx::query_as(
            "select count(*) from claim
             where org_id = $1 and market_id = $2 and want_id = $3 and unit_id = $4 and living = 1",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(want.to_string())
        .bind(claim.unit.to_string())
        .fetch_one(db)
        .await)?;
        if known.0 == 0 { Ok(()) } else { Err(Error::Taken("bid".into()).into()) }
    }

    /// Puts the taker onto the stall, unless it is somebody's or kept for somebody else. The key decides a race.
    async fn stand(&mut self, by: &Guest, stall: StallId, entry: String) -> Step<()> {
        let placed = via!(&mut self.conn, db => sqlx::query(
            "insert into assignment (org_id, market_id, stall_id, entry_id, pinned, reason, account_id, at)
             select s.org_id, s.market_id, s.stall_id, $4, 0, 'take', $5, $6 from stall s
             where s.org_id = $1 and s.market_id = $2 and s.stall_id = $3 and s.withdrawn_at is null
               and s.reserved_at is null
               and not exists (select 1 from stall_hold h where h.org_id = $1 and h.market_id = $2
                 and h.stall_id = $3 and h.unit_id <> $5 and h.until > $6)
             on conflict (org_id, market_id, stall_id) do nothing",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(stall.to_string())
        .bind(entry)
        .bind(by.unit.to_string())
        .bind(self.now.millis())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if placed == 0 {
            return Err(Error::Taken("stall".into()).into());
        }
        via!(&mut self.conn, db => sqlx::query(
            "delete from stall_hold where org_id = $1 and market_id = $2 and stall_id = $3",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(stall.to_string())
        .execute(db)
        .await
        .map(drop))?;
        Ok(())
    }
}
