//! How an answer stands. A state carries what only it has; a step consumes it and gives the next or a refusal.

use serde::{Deserialize, Serialize};

use super::Policy;
use crate::text::short;
use crate::{EntryId, Moment, Refusal};

/// What an organizer has decided and nobody has been told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It comes.
    Accept,
    /// It comes if somebody else leaves.
    Waitlist,
    /// It does not come, and why.
    Decline(String),
}

/// Who ended it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The unit itself.
    Unit,
    /// An organizer.
    Organizer,
}

/// Where an answer to a call stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has decided.
    New,
    /// Decided, not told.
    Prepared {
        /// What.
        decision: Decision,
        /// When it was told that it waits, if it was.
        waits: Option<Moment>,
    },
    /// Told that it comes; it has not said yes.
    Accepted {
        /// Its presence on the roster.
        entry: EntryId,
        /// When it was told.
        told: Moment,
    },
    /// “收到，我们来”
    Confirmed {
        /// Its presence on the roster.
        entry: EntryId,
        /// When it said so.
        at: Moment,
    },
    /// Told that it waits for a place.
    Waitlisted {
        /// When it was told.
        told: Moment,
    },
    /// Told that it does not come.
    Declined {
        /// Why.
        reason: String,
    },
    /// It asks to be let go.
    Leaving {
        /// Why.
        reason: String,
        /// Where it stood.
        from: Box<State>,
    },
    /// It is gone.
    Withdrawn {
        /// Why; may be empty when the unit did not say.
        reason: String,
        /// Who ended it.
        by: Side,
    },
}

impl State {
    /// The value of the `state` column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Prepared { .. } => "prepared",
            Self::Accepted { .. } => "accepted",
            Self::Confirmed { .. } => "confirmed",
            Self::Waitlisted { .. } => "waitlisted",
            Self::Declined { .. } => "declined",
            Self::Leaving { .. } => "leaving",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// Whether it may still lead to a presence.
    pub const fn is_living(&self) -> bool {
        !matches!(self, Self::Declined { .. } | Self::Withdrawn { .. })
    }

    /// Its presence on the roster; who has one has one of the wanted places.
    pub fn entry(&self) -> Option<EntryId> {
        match self {
            Self::Accepted { entry, .. } | Self::Confirmed { entry, .. } => Some(*entry),
            Self::Leaving { from, .. } => from.entry(),
            _ => None,
        }
    }

    fn wrong(&self) -> Refusal {
        Refusal::WrongState(self.code().to_owned())
    }

    /// Notes a decision, or another one; who waits may be decided anew.
    pub fn prepare(self, decision: Decision) -> Result<Self, Refusal> {
        let decision = match decision {
            Decision::Decline(reason) => Decision::Decline(short(&reason, 120, "reason")?),
            other => other,
        };
        match self {
            Self::New => Ok(Self::Prepared { decision, waits: None }),
            Self::Waitlisted { told } => Ok(Self::Prepared { decision, waits: Some(told) }),
            Self::Prepared { waits, .. } => Ok(Self::Prepared { decision, waits }),
            other => Err(other.wrong()),
        }
    }

    /// Takes a decision back that nobody has been told: it is undecided, or waits, as before.
    pub fn reconsider(self) -> Result<Self, Refusal> {
        match self {
            Self::Prepared { waits: None, .. } => Ok(Self::New),
            Self::Prepared { waits: Some(told), .. } => Ok(Self::Waitlisted { told }),
            other => Err(other.wrong()),
        }
    }

    /// Tells the decision. Without a `seat` an accepted unit waits. `entry` is what it is called on the roster.
    pub fn tell(self, entry: EntryId, seat: bool, now: Moment) -> Result<Self, Refusal> {
        let decision = match self {
            Self::Prepared { decision, .. } => decision,
            other => return Err(other.wrong()),
        };
        Ok(match decision {
            Decision::Accept if seat => Self::Accepted { entry, told: now },
            Decision::Accept | Decision::Waitlist => Self::Waitlisted { told: now },
            Decision::Decline(reason) => Self::Declined { reason },
        })
    }

    /// Moves up from the waitlist.
    pub fn promote(self, entry: EntryId, now: Moment) -> Result<Self, Refusal> {
        match self {
            Self::Waitlisted { .. } => Ok(Self::Accepted { entry, told: now }),
            other => Err(other.wrong()),
        }
    }

    /// The unit says that it comes. Saying so twice is no mistake.
    pub fn confirm(self, now: Moment) -> Result<Self, Refusal> {
        match self {
            Self::Accepted { entry, .. } => Ok(Self::Confirmed { entry, at: now }),
            Self::Confirmed { .. } => Ok(self),
            other => Err(other.wrong()),
        }
    }

    /// The unit wants to go: at once, or by asking, as the policy has it.
    pub fn leave(self, policy: Policy, reason: &str) -> Result<Self, Refusal> {
        let reason = crate::text::short_or_empty(reason, 120, "reason")?;
        let asks = match policy {
            Policy::Free => false,
            Policy::Booked => self.entry().is_some(),
            Policy::All => true,
        };
        match self {
            Self::Leaving { .. } => Ok(self),
            living if living.is_living() && asks => Ok(Self::Leaving { reason, from: Box::new(living) }),
            living if living.is_living() => Ok(Self::Withdrawn { reason, by: Side::Unit }),
            gone => Err(gone.wrong()),
        }
    }

    /// Lets a unit go that asked, or keeps it where it was.
    pub fn answer(self, let_go: bool) -> Result<Self, Refusal> {
        match self {
            Self::Leaving { reason, .. } if let_go => Ok(Self::Withdrawn { reason, by: Side::Unit }),
            Self::Leaving { from, .. } => Ok(*from),
            other => Err(other.wrong()),
        }
    }

    /// An organizer takes it out, and says why.
    pub fn strike(self, reason: &str) -> Result<Self, Refusal> {
        let reason = short(reason, 120, "reason")?;
        if self.is_living() { Ok(Self::Withdrawn { reason, by: Side::Organizer }) } else { Err(self.wrong()) }
    }
}
