//! How a number stands. A state carries what only it has; a step consumes it and gives the next or a refusal.

use serde::{Deserialize, Serialize};

use crate::{Moment, Refusal};

/// What staff say of a number that was called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Served.
    Served,
    /// Not here: goes to the end once, then lapses.
    Missed,
}

/// Where a number stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In the line.
    Waiting {
        /// Lower places are called first.
        place: i64,
        /// It was called once and was not there.
        missed: bool,
    },
    /// It is their turn.
    Called {
        /// Since when.
        at: Moment,
        /// It was called once before.
        missed: bool,
    },
    /// Served.
    Served {
        /// When.
        at: Moment,
    },
    /// Not there twice.
    Lapsed {
        /// When.
        at: Moment,
    },
    /// Given back by whoever had it.
    GivenUp {
        /// When.
        at: Moment,
    },
}

impl State {
    /// The value of the `state` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Called { .. } => "called",
            Self::Served { .. } => "served",
            Self::Lapsed { .. } => "lapsed",
            Self::GivenUp { .. } => "given_up",
        }
    }

    /// Whether somebody still waits for something.
    pub const fn is_living(self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Called { .. })
    }

    /// Its place in the line.
    pub const fn place(self) -> Option<i64> {
        match self {
            Self::Waiting { place, .. } => Some(place),
            _ => None,
        }
    }

    fn wrong(self) -> Refusal {
        Refusal::WrongState(self.code().to_owned())
    }

    /// It is called.
    pub fn call(self, now: Moment) -> Result<Self, Refusal> {
        match self {
            Self::Waiting { missed, .. } => Ok(Self::Called { at: now, missed }),
            other => Err(other.wrong()),
        }
    }

    /// Staff say what became of it; `end` is the place behind everybody.
    pub fn mark(self, mark: Mark, end: i64, now: Moment) -> Result<Self, Refusal> {
        match (self, mark) {
            (Self::Called { .. }, Mark::Served) => Ok(Self::Served { at: now }),
            (Self::Called { missed: false, .. }, Mark::Missed) => {
                Ok(Self::Waiting { place: end, missed: true })
            }
            (Self::Called { missed: true, .. }, Mark::Missed) => Ok(Self::Lapsed { at: now }),
            (other, _) => Err(other.wrong()),
        }
    }

    /// Whoever has it gives it back; twice is no mistake.
    pub fn give_up(self, now: Moment) -> Result<Self, Refusal> {
        match self {
            Self::Waiting { .. } | Self::Called { .. } => Ok(Self::GivenUp { at: now }),
            Self::GivenUp { .. } => Ok(self),
            other => Err(other.wrong()),
        }
    }
}
