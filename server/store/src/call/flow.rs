//! The steps of an answer inside a transaction: its row, its place among those wanted, its presence.

use kaishi_domain::call::{Ask, Claim, Side, State};
use kaishi_domain::{ClaimId, EntryId, MarketRef, Moment, Refusal, WantId};

use super::claim::{COLUMNS, Row};
use crate::audit::{Act, note};
use crate::pool::{Attempt, Conn, Step, via};
use crate::unit::barred;
use crate::{Error, Store, ledger, outbox};

/// One transaction on the answers of one market.
pub(super) struct Desk<'s, 'c> {
    pub(super) store: &'s Store,
    pub(super) conn: Conn<'c>,
    pub(super) at: MarketRef,
    pub(super) now: Moment,
    /// Who acts, as the trail names it.
    pub(super) actor: String,
}

/// An answer as other programs are told of it: never a person, never a secret link, and of the reasons only those that
/// an organizer wrote.
pub(super) fn message(at: MarketRef, claim: &Claim) -> serde_json::Value {
    let reason = match &claim.state {
        State::Declined { reason } | State::Withdrawn { reason, by: Side::Organizer } => Some(reason),
        _ => None,
    };
    let ended = match &claim.state {
        State::Withdrawn { by: Side::Organizer, .. } => Some("organizer"),
        State::Withdrawn { by: Side::Unit, .. } => Some("unit"),
        _ => None,
    };
    serde_json::json!({
        "market": at.to_string(),
        "claim": claim.id.to_string(),
        "unit": claim.unit_name,
        "sign": claim.pitch.name,
        "state": claim.state.code(),
        "reason": reason,
        "ended_by": ended,
    })
}

impl Desk<'_, '_> {
    pub(super) async fn read(&mut self, id: ClaimId) -> Step<Claim> {
        let text = format!("select {COLUMNS} where c.org_id = $1 and c.market_id = $2 and c.claim_id = $3");
        let row: Option<Row> = via!(&mut self.conn, db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(self.at.org.number())
            .bind(self.at.market.to_string())
            .bind(id.to_string())
            .fetch_optional(db)
            .await)?;
        Ok(row.ok_or(Error::Missing("claim"))?.try_into()?)
    }

    /// Adds an answer.
    pub(super) async fn add(&mut self, claim: &Claim) -> Step<()> {
        let (want, stall) = match claim.ask {
            Ask::Bid(want) => (Some(want.to_string()), None),
            Ask::Take(stall) => (None, Some(stall.to_string())),
            Ask::Offer => (None, None),
        };
        let (pitch, detail) = (serde_json::to_string(&claim.pitch)?, serde_json::to_string(&claim.state)?);
        // A unit that was refused or delisted answers no call.
        let added = via!(&mut self.conn, db => sqlx::query(
            concat!(
                "insert into claim (org_id, market_id, claim_id, unit_id, way, want_id, stall_id, pitch, state, living,
                   detail, made_at, changed_at)
                 select org_id, $2, $3, unit_id, $5, $6, $7, $8, $9, $10, $11, $12, $12 from unit
                 where org_id = $1 and unit_id = $4 and not ",
                barred!("")
            ),
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(claim.id.to_string())
        .bind(claim.unit.to_string())
        .bind(claim.ask.way().code())
        .bind(want)
        .bind(stall)
        .bind(pitch)
        .bind(claim.state.code())
        .bind(i64::from(claim.state.is_living()))
        .bind(detail)
        .bind(claim.made.millis())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if added == 0 {
            return Err(Refusal::NotAllowed.into());
        }
        self.trail(claim, "claim.add").await
    }

    /// Writes the next state, if the one it came from still stands.
    pub(super) async fn write(&mut self, claim: &Claim, was: &State, verb: &str) -> Step<()> {
        let (before, after) = (serde_json::to_string(was)?, serde_json::to_string(&claim.state)?);
        let written = via!(&mut self.conn, db => sqlx::query(
            "update claim set state = $4, living = $5, detail = $6, changed_at = $7
             where org_id = $1 and market_id = $2 and claim_id = $3 and detail = $8",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(claim.id.to_string())
        .bind(claim.state.code())
        .bind(i64::from(claim.state.is_living()))
        .bind(after)
        .bind(self.now.millis())
        .bind(before)
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(Attempt::Again(Error::Unavailable("somebody else decided meanwhile".into())));
        }
        if matches!(verb, "claim.tell" | "claim.promote" | "claim.strike" | "claim.release") {
            outbox::post(
                &mut self.conn,
                &self.store.fresh_text(),
                self.at.org,
                "call.told",
                &message(self.at, claim),
                self.now,
            )
            .await?;
        }
        self.trail(claim, verb).await
    }

    async fn trail(&mut self, claim: &Claim, verb: &str) -> Step<()> {
        let detail = format!("{} {}", claim.unit_name, claim.pitch.name);
        let act = Act {
            org: self.at.org,
            at: self.now,
            actor: &self.actor,
            verb,
            object: &claim.id.to_string(),
            detail: detail.trim(),
        };
        note(&mut self.conn, &self.store.fresh_text(), act).await
    }

    /// Takes one of the places of a want. The count and its limit are compared in the statement.
    pub(super) async fn seat(&mut self, want: WantId) -> Step<bool> {
        let taken = self
            .count(want, "update want set taken = taken + 1 where org_id = $1 and market_id = $2 and want_id = $3 and taken < seats")
            .await?;
        Ok(taken == 1)
    }

    pub(super) async fn count(&mut self, want: WantId, statement: &'static str) -> Step<u64> {
        Ok(via!(&mut self.conn, db => sqlx::query(statement)
            .bind(self.at.org.number())
            .bind(self.at.market.to_string())
            .bind(want.to_string())
            .execute(db)
            .await
            .map(|done| done.rows_affected()))?)
    }

    /// A new name for a presence.
    pub(super) fn fresh(&self) -> EntryId {
        EntryId::new(self.now, self.store.random())
    }

    /// Gives an accepted unit its presence: one that waits for a unit under the want's title, or a new one.
    pub(super) async fn accept(
        &mut self,
        claim: Claim,
        next: impl FnOnce(State, EntryId) -> Result<State, Refusal>,
    ) -> Step<Claim> {
        let known = self.open_entry(&claim).await?;
        let entry = known.unwrap_or_else(|| self.fresh());
        let claim = Claim { state: next(claim.state.clone(), entry)?, ..claim };
        match known {
            Some(_) => self.adopt(&claim, entry).await?,
            None => self.enter(&claim, entry, Vec::new()).await?,
        }
        Ok(claim)
    }

    /// The presence for which a want looks for a unit.
    async fn open_entry(&mut self, claim: &Claim) -> Step<Option<EntryId>> {
        let Ask::Bid(want) = claim.ask else { return Ok(None) };
        let id: Option<(String,)> = via!(&mut self.conn, db => sqlx::query_as(
            "select e.entry_id from entry e join want w on w.org_id = e.org_id and w.market_id = e.market_id
             where e.org_id = $1 and e.market_id = $2 and w.want_id = $3 and e.name = w.title and e.unit_id is null
             order by e.entry_id limit 1",
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(want.to_string())
        .fetch_optional(db)
        .await)?;
        Ok(id.map(|(id,)| id.parse()).transpose()?)
    }

    /// The unit takes a presence over that had none; sign, demands and stall stay.
    async fn adopt(&mut self, claim: &Claim, entry: EntryId) -> Step<()> {
        let adopted = via!(&mut self.conn, db => sqlx::query(
            concat!(
                "update entry set unit_id = $4 where org_id = $1 and market_id = $2 and entry_id = $3 and unit_id is null
                   and exists (select 1 from unit u where u.org_id = $1 and u.unit_id = $4
                   and not ",
                barred!("u."),
                ")"
            ),
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(entry.to_string())
        .bind(claim.unit.to_string())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if adopted == 0 {
            return Err(Refusal::NotAllowed.into());
        }
        ledger::touch(&mut self.conn, self.at).await
    }

    /// Puts an accepted unit on the roster.
    pub(super) async fn enter(&mut self, claim: &Claim, id: EntryId, wishes: Vec<String>) -> Step<()> {
        let entry = claim.pitch.entry(id, claim.unit, claim.ask.way(), wishes)?;
        let entered = via!(&mut self.conn, db => sqlx::query(
            concat!(
                "insert into entry (org_id, market_id, entry_id, unit_id, name, zone, services, needs, wishes, way)
                 select org_id, $2, $3, unit_id, $5, $6, $7, $8, $9, $10 from unit
                 where org_id = $1 and unit_id = $4 and not ",
                barred!("")
            ),
        )
        .bind(self.at.org.number())
        .bind(self.at.market.to_string())
        .bind(id.to_string())
        .bind(claim.unit.to_string())
        .bind(&entry.name)
        .bind(&entry.zone)
        .bind(serde_json::to_string(&entry.services)?)
        .bind(serde_json::to_string(&entry.needs)?)
        .bind(serde_json::to_string(&entry.wishes)?)
        .bind(entry.way.code())
        .execute(db)
        .await
        .map(|done| done.rows_affected()))?;
        if entered == 0 {
            return Err(Refusal::NotAllowed.into());
        }
        ledger::touch(&mut self.conn, self.at).await
    }
}
