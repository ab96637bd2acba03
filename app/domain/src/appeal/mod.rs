//! Appeals (诉求): what a resident wants answered or fixed, from raising it to filing it (四单: 群众点单、
//! 党委派单、部门接单、群众评单).
//!
//! The state is an enum whose variants carry what only that state has; every change is a [`Verb`] by
//! somebody ([`By`]) at a moment, and answers the next state or a refusal. Nothing here knows names of
//! units or stalls: ids only.

mod agency;
mod alike;
mod care;
mod category;
mod clock;
mod code;
mod duty;
mod forget;
mod mask;
mod paper;
mod public;
mod rating;
mod reference;
mod state;
mod template;
#[cfg(test)]
mod tests;
mod transition;
mod verb;
mod words;

use serde::{Deserialize, Serialize};

use crate::encounter::Source;
use crate::{AppealId, GridId, MarketId, MarketRef, Moment, OrgId, Refusal, StallId, UnitId};

pub use agency::{Agency, AgencyStep, MAX_STEP, MOST_STEPS};
pub use alike::{ALIKE, Emergency, likeness};
pub use care::{Care, MOST_HELPERS, Pause};
pub use category::Category;
pub use clock::{ANSWER, Clock, Light, Span, Workdays};
pub use code::{AppealCode, SlipCode};
pub use duty::{Because, Duty, Grid, GridKind, MAX_GRID, Proposal, Receiver, propose, returned_by};
pub use mask::{Mask, masked};
pub use paper::{MOST_SLIPS, PaperSlip};
pub use public::PublicCopy;
pub use rating::{Aspect, Marks, Rating, Review};
pub use reference::Reference;
pub use state::{Handler, Outcome, Resolution, Round, Settled, State};
pub use template::{ANSWERS, MAX_TITLE, Template};
pub use transition::RATE_FOR;
pub use verb::{By, Verb};
pub use words::{Consent, Contact, MAX_CONTACT, MAX_WORDS, Words};

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
    /// In which grid, if somebody has said so.
    pub grid: Option<GridId>,
    /// How to answer, if the resident wants to be answered. Never listed in public.
    pub contact: Option<Contact>,
    /// The code of the paper slip that it was written on, where that was printed with one.
    pub code: Option<SlipCode>,
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
    /// Where it stands.
    pub state: State,
    /// What goes on beside that.
    pub care: Care,
    /// Until when the next thing has to happen; `None` while nobody's clock runs.
    pub due_at: Option<Moment>,
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
    pub fn raise(id: AppealId, code: SlipCode, new: NewAppeal, now: Moment, days: &Workdays) -> Self {
        let due_at = State::Raised.leg(new.category, now).map(|(since, span)| days.after(since, span));
        Self {
            id,
            code: AppealCode { org: new.org, slip: code },
            market: new.market,
            stall: new.stall,
            channel: new.channel,
            category: new.category,
            words: new.words,
            state: State::Raised,
            care: Care { grid: new.grid, ..Care::default() },
            due_at,
            raised_at: now,
            changed_at: now,
        }
    }

    /// Does one thing with it: the appeal afterwards and the entry for its history.
    /// A clock that runs backwards cannot put a step before the one that it follows.
    pub fn step(self, verb: Verb, by: By, now: Moment, days: &Workdays) -> Result<(Self, Step), Refusal> {
        if !self.category.has(&verb) {
            return Err(Refusal::WrongState(self.category.code().into()));
        }
        let at = now.max(self.changed_at.plus(1));
        let (leg, light) = (self.leg(), self.light(at));
        let Self { state, care, category, raised_at, .. } = self;
        let helps =
            matches!((by, &verb), (By::Unit(unit), Verb::Inform { .. }) if care.helpers.contains(&unit));
        let (state, mut care) = if helps && state.is_open() {
            let care = care.step(&state, &verb, by, light, at)?;
            (state, care)
        } else {
            let state = state.step(&verb, by, at)?;
            let care = if verb.is_beside() {
                care.step(&state, &verb, by, light, at)?
            } else {
                care.moved(&verb, state.leg(category, raised_at) == leg, at)
            };
            (state, care)
        };
        if let Some(lead) = state.unit() {
            care.helpers.remove(&lead);
        }
        let due_at =
            state.leg(category, raised_at).and_then(|(since, span)| care.due(days.after(since, span)));
        Ok((Self { state, care, due_at, changed_at: at, ..self }, Step { verb, by, at }))
    }

    /// Who may read how to reach the resident: the resident, the desk, and the unit that has taken it, while it works.
    pub fn shows_contact(&self, by: By) -> bool {
        match by {
            By::Resident | By::Desk(_) => true,
            By::Stall(_) => false,
            By::Unit(unit) => {
                matches!(self.state, State::Taken { .. } | State::Handling { .. })
                    && self.state.unit() == Some(unit)
            }
        }
    }

    fn leg(&self) -> Option<(Moment, Span)> {
        self.state.leg(self.category, self.raised_at)
    }

    /// What staff call it.
    pub const fn reference(&self) -> Reference {
        Reference::of(self.id)
    }

    /// The market at which it was raised, with its organization.
    pub const fn at(&self) -> MarketRef {
        MarketRef { org: self.code.org, market: self.market }
    }

    /// Whether the next thing should have happened before `now`.
    pub fn is_overdue(&self, now: Moment) -> bool {
        self.due_at.is_some_and(|due| due < now)
    }

    /// How near the end of its clock is; `None` while none runs.
    pub fn light(&self, now: Moment) -> Option<Light> {
        let (since, _) = self.leg()?;
        Some(Light::of(since, self.due_at?, now))
    }

    /// 督办: the Party committee watches it, by decision or because it is done again for the second time.
    pub fn is_watched(&self) -> bool {
        self.state.round() == Round::Supervised || (self.care.watched_at.is_some() && self.state.is_open())
    }

    /// Somebody should have told the resident something by now, and nobody has.
    pub fn is_unanswered(&self, now: Moment, days: &Workdays) -> bool {
        self.category.clock().is_some()
            && self.state.is_open()
            && self.care.answered_at.is_none()
            && days.after(self.raised_at, ANSWER) < now
    }

    /// The codes of everything that the desk can do now, in the order in which a page offers it.
    pub fn desk_verbs(&self, now: Moment) -> Vec<&'static str> {
        let mut verbs = self.state.desk_verbs(now).to_vec();
        if !self.state.is_open() {
            return verbs;
        }
        verbs.extend(["inform", "locate"]);
        verbs.extend(self.errand_verbs());
        if self.state.is_led() && self.care.helpers.len() < MOST_HELPERS {
            verbs.push("join");
        }
        verbs.push("urge");
        if self.care.pause.is_some() {
            verbs.push("resume");
        } else if self.due_at.is_some() {
            verbs.extend(["pause", "extend"]);
        }
        if self.care.watched_at.is_none() {
            verbs.push("supervise");
        }
        verbs
    }

    /// The codes of everything that a unit can do now. Whoever helps tells; whoever leads does.
    pub fn unit_verbs(&self, unit: UnitId) -> Vec<&'static str> {
        let leads = self.state.unit() == Some(unit);
        let mut verbs = match &self.state {
            State::Dispatched { .. } | State::Reassigned { .. } if leads => vec!["take", "inform", "return"],
            State::Taken { .. } if leads => vec!["handle", "resolve", "inform", "return"],
            State::Handling { .. } if leads => vec!["resolve", "inform"],
            state if state.is_open() && self.care.helpers.contains(&unit) => vec!["inform"],
            _ => Vec::new(),
        };
        if self.is_claimable() {
            verbs.push("claim");
        }
        if leads {
            verbs.extend(self.errand_verbs());
        }
        verbs
    }

    /// A small wish that the desk has read and nobody has taken.
    pub const fn is_claimable(&self) -> bool {
        matches!(self.category, Category::Wish)
            && matches!(self.state, State::Accepted { .. } | State::Returned { .. })
    }

    /// What can be done now with what goes in steps.
    fn errand_verbs(&self) -> Vec<&'static str> {
        if !self.category.has_steps() || !matches!(self.state, State::Taken { .. } | State::Handling { .. }) {
            return Vec::new();
        }
        let open = self.care.agency.as_ref().is_some_and(|agency| agency.next().is_some());
        if open { vec!["plan", "tick"] } else { vec!["plan"] }
    }
}
