//! What goes on beside the state: who helps, what stops the clock, who asked for speed, who watches.
//!
//! The clock of each part of the way is its own: a pause or an extension ends with the part that it was given for.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Agency, By, Light, State, Verb, Words};
use crate::moment::HOUR;
use crate::{GridId, Moment, Refusal, UnitId};

/// The most units that help at once.
pub const MOST_HELPERS: usize = 8;
/// Of the resident's urging once in so long is heard.
const URGE_EVERY: i64 = 24 * HOUR;

/// A clock that stands still.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub since: Moment,
    /// What is waited for.
    pub why: Words,
}

/// What goes on beside the state.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// 协办单位.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub helpers: BTreeSet<UnitId>,
    /// The clock stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<Pause>,
    /// Milliseconds for which the running clock has stood still.
    pub stood: i64,
    /// The running clock ends no earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extended: Option<Moment>,
    /// When it was urged last, by anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urged_at: Option<Moment>,
    /// When the resident urged last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Moment>,
    /// 督办 by decision, or because it had to be sent a second time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<Moment>,
    /// How often it was handed back.
    pub returns: u32,
    /// In which grid it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<GridId>,
    /// 代办: who does it and in which steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// When somebody first told the resident anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Moment>,
}

impl Care {
    /// When a clock that would end at `due` ends with its pauses and its extension; never while it stands still.
    pub fn due(&self, due: Moment) -> Option<Moment> {
        if self.pause.is_some() {
            return None;
        }
        let due = due.plus(self.stood);
        Some(self.extended.map_or(due, |until| until.max(due)))
    }

    /// What stands beside the state after a verb that moved the state.
    #[must_use]
    pub(super) fn moved(mut self, verb: &Verb, same_leg: bool, at: Moment) -> Self {
        if let Verb::Return { .. } = verb {
            self.returns += 1;
        }
        // 二次派单: what was handed back and is sent again is watched by the committee.
        if matches!(verb, Verb::Dispatch { .. }) && self.returns > 0 {
            self.watched_at = self.watched_at.or(Some(at));
        }
        if matches!(verb, Verb::SettleOnSpot { .. } | Verb::Resolve { .. } | Verb::Take | Verb::Claim) {
            self.answered_at = self.answered_at.or(Some(at));
        }
        if !same_leg {
            (self.pause, self.stood, self.extended) = (None, 0, None);
        }
        self
    }

    /// Does one thing beside the state. `light` is how near the end of the running clock is.
    pub(super) fn step(
        mut self,
        state: &State,
        verb: &Verb,
        by: By,
        light: Option<Light>,
        at: Moment,
    ) -> Result<Self, Refusal> {
        let no = || Refusal::WrongState(state.code().into());
        match verb.clone() {
            Verb::Join { unit } => {
                if !state.is_led() || state.unit() == Some(unit) {
                    return Err(no());
                }
                if self.helpers.len() >= MOST_HELPERS || !self.helpers.insert(unit) {
                    return Err(Refusal::Taken("helper"));
                }
            }
            Verb::Inform { .. } => self.answered_at = self.answered_at.or(Some(at)),
            Verb::Locate { grid } => self.grid = grid,
            Verb::Plan { .. } | Verb::Tick { .. }
                if !matches!(state, State::Taken { .. } | State::Handling { .. }) =>
            {
                return Err(no());
            }
            Verb::Plan { agent, steps } => {
                self.agency = Some(Agency::planned(self.agency.as_ref(), agent, steps));
            }
            Verb::Tick { step } => self.agency.as_mut().ok_or_else(no)?.tick(step, at)?,
            Verb::Pause { why } => match self.pause {
                None if light.is_some() => self.pause = Some(Pause { since: at, why }),
                _ => return Err(no()),
            },
            Verb::Resume => {
                let pause = self.pause.take().ok_or_else(no)?;
                self.stood += at.since(pause.since);
            }
            Verb::Extend { until, .. } => {
                if light.is_none() || until <= at || self.extended.is_some_and(|known| until <= known) {
                    return Err(Refusal::Malformed("until"));
                }
                self.extended = Some(until);
            }
            Verb::Urge { .. } if by == By::Resident => {
                let heard = self.asked_at.is_some_and(|last| at.since(last) < URGE_EVERY);
                if heard || light != Some(Light::Red) {
                    return Err(no());
                }
                (self.asked_at, self.urged_at) = (Some(at), Some(at));
            }
            Verb::Urge { .. } => self.urged_at = Some(at),
            Verb::Supervise { .. } => {
                if self.watched_at.is_some() {
                    return Err(no());
                }
                self.watched_at = Some(at);
            }
            _ => return Err(no()),
        }
        Ok(self)
    }
}
