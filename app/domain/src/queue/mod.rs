//! The queue of a stall (取号): numbers instead of standing in line. Knows nothing of phones and pages.

mod state;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use state::{Mark, State};

use crate::actor::Device;
use crate::appeal::SlipCode;
use crate::encounter::{Encounter, Kind};
use crate::moment::MINUTE;
use crate::{EncounterId, Moment, Refusal, StallId};

/// The most people that a stall serves at once.
pub const MOST_AT_ONCE: i64 = 20;
/// The longest service, in minutes.
pub const LONGEST: i64 = 120;

/// Whether a queue gives numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It gives numbers.
    Open,
    /// It gives no more; who has one is served.
    Closed,
    /// The stall has no queue.
    Off,
}

impl Standing {
    /// The value of the `state` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Off => "off",
        }
    }

    /// Reads the `state` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        [Self::Open, Self::Closed, Self::Off]
            .into_iter()
            .find(|standing| standing.code() == code)
            .ok_or(Refusal::Malformed("queue"))
    }
}

/// What an organizer says of a queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    /// So many are served at once.
    pub capacity: i64,
    /// So long one takes, in minutes; `None` where nobody knows.
    pub minutes: Option<i64>,
}

impl Terms {
    /// Checked.
    pub fn new(capacity: i64, minutes: Option<i64>) -> Result<Self, Refusal> {
        if !(1..=MOST_AT_ONCE).contains(&capacity) {
            return Err(Refusal::Malformed("capacity"));
        }
        if minutes.is_some_and(|minutes| !(1..=LONGEST).contains(&minutes)) {
            return Err(Refusal::Malformed("minutes"));
        }
        Ok(Self { capacity, minutes })
    }
}

/// A stall's queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Queue {
    /// Whose.
    pub stall: StallId,
    /// Whether it gives numbers.
    pub standing: Standing,
    /// How it is served.
    pub terms: Terms,
    /// What staff did so far; a button that was shown before another act does nothing.
    pub steps: i64,
    /// When somebody was called last.
    pub called_at: Option<Moment>,
    /// How many asked when there were no more numbers.
    pub turned_away: i64,
}

impl Queue {
    /// About how many minutes until a number is called that has `ahead` people before it, of whom `called` are
    /// being served. `None` when nobody knows: without a length, before the first call, or when calling stalls.
    pub fn wait(&self, ahead: i64, called: i64, now: Moment) -> Option<i64> {
        let (minutes, last) = (self.terms.minutes?, self.called_at?);
        let stalled = now.since(last) > (2 * minutes + 10) * MINUTE;
        (!stalled).then(|| (ahead + called) / self.terms.capacity * minutes)
    }
}

/// One number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number {
    /// What is called.
    pub number: i64,
    /// Opens its page.
    pub code: SlipCode,
    /// Where it stands.
    pub state: State,
}

/// How many of the living numbers are called before this one, and how many are being served.
pub fn before(own: &Number, living: &[Number]) -> (i64, i64) {
    let place = own.state.place().unwrap_or(0);
    let ahead = living.iter().filter(|other| other.state.place().is_some_and(|other| other < place)).count();
    (i64::try_from(ahead).unwrap_or(i64::MAX), called(living))
}

/// How many are being served.
pub fn called(living: &[Number]) -> i64 {
    let called = living.iter().filter(|number| matches!(number.state, State::Called { .. })).count();
    i64::try_from(called).unwrap_or(i64::MAX)
}

/// The encounter of a number that was served; the phone that held it is not counted again at this stall.
pub fn encounter(
    id: EncounterId,
    device: &Device,
    number: i64,
    holder: Option<String>,
    now: Moment,
) -> Result<Encounter, Refusal> {
    let tap = Encounter::tap(id, device, &format!("queue-{number}"), Kind::default(), 1, now, now)?;
    Ok(Encounter { visitor: holder, ..tap })
}
