//! Where an incident stands. A state carries what only it has; a step consumes it and gives the next or a refusal.

use serde::{Deserialize, Serialize};

use super::{Help, Severity};
use crate::moment::Day;
use crate::text::short;
use crate::{Moment, Refusal};

/// What was done about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Deed {
    /// In words, without names.
    pub words: String,
    /// Who came from outside.
    pub helped: Vec<Help>,
    /// When it was done.
    pub at: Moment,
}

/// Who looks again, and until when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Promise {
    /// The last day.
    pub due: Day,
    /// A role: `社区网格员`.
    pub by: String,
}

/// Where an incident stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 预警: nothing has happened; it may.
    Warned,
    /// 处置: it is happening, or is being put right.
    Handling,
    /// 待回访: it is put right, and somebody looks again.
    Visit {
        /// What was done.
        done: Deed,
        /// Who looks again.
        promise: Promise,
    },
    /// 销号
    Settled {
        /// What was done.
        done: Deed,
        /// Who looked again, what was found, when; `None` for a small matter that needed no look.
        visit: Option<(Promise, String, Moment)>,
    },
}

/// What may be done next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Somebody sees to it; or what was warned of has happened.
    Handle,
    /// It is put right; without a promise it is settled at once.
    Deal(Deed, Option<Promise>),
    /// Somebody has looked again: what was found, and whether it is well.
    Look {
        /// In words.
        found: String,
        /// If not, it is handled anew.
        well: bool,
    },
}

impl State {
    /// The value of the `state` column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Warned => "warned",
            Self::Handling => "handling",
            Self::Visit { .. } => "visit",
            Self::Settled { .. } => "settled",
        }
    }

    /// Whether somebody has to act on the day itself.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Warned | Self::Handling)
    }

    /// Until when somebody looks again.
    pub const fn due(&self) -> Option<Day> {
        match self {
            Self::Visit { promise, .. } => Some(promise.due),
            _ => None,
        }
    }

    /// The state after a step. What was more than minor is looked at again.
    pub fn step(self, step: Step, severity: Severity, now: Moment) -> Result<Self, Refusal> {
        match (self, step) {
            (Self::Warned, Step::Handle) => Ok(Self::Handling),
            (Self::Warned | Self::Handling, Step::Deal(done, promise)) => {
                let done = Deed { words: short(&done.words, 200, "done")?, ..done };
                match promise {
                    Some(promise) => {
                        let promise = Promise { by: short(&promise.by, 20, "by")?, ..promise };
                        Ok(Self::Visit { done, promise })
                    }
                    None if severity == Severity::Minor => Ok(Self::Settled { done, visit: None }),
                    None => Err(Refusal::Missing("visit")),
                }
            }
            (Self::Visit { done, promise }, Step::Look { found, well: true }) => {
                let found = short(&found, 200, "found")?;
                Ok(Self::Settled { done, visit: Some((promise, found, now)) })
            }
            (Self::Visit { .. }, Step::Look { found, well: false }) => {
                short(&found, 200, "found").map(|_| Self::Handling)
            }
            (state, _) => Err(Refusal::WrongState(state.code().to_owned())),
        }
    }
}
