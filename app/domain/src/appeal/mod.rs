//! Appeals (诉求): what a resident wants answered or fixed, from raising it to filing it (四单: 群众点单、
//! 党委派单、部门接单、群众评单).
//!
//! The state is an enum whose variants carry what only that state has; every change is a [`Verb`] by
//! somebody ([`By`]) at a moment, and answers the next state or a refusal. Nothing here knows names of
//! units or stalls: ids only.

mod category;
mod code;
mod state;
#[cfg(test)]
mod tests;
mod transition;
mod verb;
mod words;

use serde::{Deserialize, Serialize};

use crate::encounter::Source;
use crate::{AppealId, MarketId, MarketRef, Moment, OrgId, Refusal, StallId};

pub use category::{Category, Clock};
pub use code::{AppealCode, SlipCode};
pub use state::{Handler, Outcome, Rating, Resolution, Round, Settled, State};
pub use transition::RATE_FOR;
pub use verb::{By, Verb};
pub use words::{Contact, MAX_CONTACT, MAX_WORDS, Words};

/// An appeal that is about to be raised: where, how, and what about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAppeal {
    /// Whose.
    pub org: OrgId,
    /// At which market.
    pub market: MarketId,
    /// At which stall, where there was one.
    pub stall: Option<StallId>,
    /// Scanned by the resident, keyed in by staff, or from paper.
    pub channel: Source,
    /// What kind.
    pub category: Category,
    /// What was said; may be empty when staff raises it in two taps.
    pub words: Words,
    /// How to answer, if the resident wants to be answered. Never listed in public.
    pub contact: Option<Contact>,
    /// Unique in the organization: a form that is sent twice is one appeal.
    pub nonce: String,
}

/// An appeal with the state it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appeal {
    /// Which.
    pub id: AppealId,
    /// The code on its slip, with its organization.
    pub code: AppealCode,
    /// At which market it was raised.
    pub market: MarketId,
    /// At which stall.
    pub stall: Option<StallId>,
    /// How it came in.
    pub channel: Source,
    /// What kind.
    pub category: Category,
    /// What was said.
    pub words: Words,
    /// How to answer.
    pub contact: Option<Contact>,
    /// Where it stands.
    pub state: State,
    /// When it was raised.
    pub raised_at: Moment,
    /// When it last changed; strictly later with each step.
    pub changed_at: Moment,
}

/// One entry of an appeal's history. Entries are added, never changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// What was done.
    pub verb: Verb,
    /// By whom.
    pub by: By,
    /// When.
    pub at: Moment,
}

impl Appeal {
    /// The appeal as it begins.
    pub fn raise(id: AppealId, code: SlipCode, new: NewAppeal, now: Moment) -> Self {
        Self {
            id,
            code: AppealCode { org: new.org, slip: code },
            market: new.market,
            stall: new.stall,
            channel: new.channel,
            category: new.category,
            words: new.words,
            contact: new.contact,
            state: State::Raised,
            raised_at: now,
            changed_at: now,
        }
    }

    /// Does one thing with it: the appeal afterwards and the entry for its history.
    /// A clock that runs backwards cannot put a step before the one that it follows.
    pub fn step(self, verb: Verb, by: By, now: Moment) -> Result<(Self, Step), Refusal> {
        let at = now.max(self.changed_at.plus(1));
        let state = self.state.step(&verb, by, at)?;
        Ok((Self { state, changed_at: at, ..self }, Step { verb, by, at }))
    }

    /// The market at which it was raised, with its organization.
    pub const fn at(&self) -> MarketRef {
        MarketRef { org: self.code.org, market: self.market }
    }

    /// Until when the next thing has to happen; `None` while nobody's clock runs.
    pub fn due_at(&self) -> Option<Moment> {
        self.state.due_at(self.category, self.raised_at)
    }

    /// Whether the next thing should have happened before `now`.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.due_at().is_some_and(|due| due < now)
    }
}
