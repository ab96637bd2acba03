//! The call (揭榜): what a Saturday wants, and how partner units answer it.
//!
//! A posted want is bid on (揭榜), an open stall is taken (认领), an own service is offered (请缨). Decisions are
//! prepared first and told together; a waitlist moves up by itself. Knows nothing of where a unit stands.

mod claim;
mod deadline;
mod risk;
mod state;

use serde::{Deserialize, Serialize};

pub use claim::{Ask, Claim, Pitch};
pub use risk::{GRACE, Risk, fresh, risks};
pub use state::{Decision, Side, State};

use crate::text::{short, short_or_empty};
use crate::{Moment, Refusal, WantId};

/// So long a stall is kept for the unit that looks at it, in milliseconds.
pub const HOLD: i64 = 10 * 60_000;

/// Whether a unit may leave a Saturday by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Whenever it likes.
    Free,
    /// Once accepted it asks, and an organizer lets it go.
    #[default]
    Booked,
    /// It always asks.
    All,
}

impl Policy {
    /// Every policy, the loosest first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Booked, Self::All];

    /// The value of the `policy` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Booked => "booked",
            Self::All => "all",
        }
    }

    /// Reads the `policy` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|policy| policy.code() == code).ok_or(Refusal::Malformed("policy"))
    }
}

/// The call of one Saturday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// What the units read first.
    pub intro: String,
    /// What a unit accepts when it answers; empty for nothing.
    pub rules: String,
    /// Answers come in before.
    pub deadline: Moment,
    /// Whether units can answer at all.
    pub listed: bool,
    /// Whether units may leave by themselves.
    pub policy: Policy,
}

impl Call {
    /// A call that nobody has written yet: closed, with answers until the market opens.
    pub fn blank(opens_at: Moment) -> Self {
        let (intro, rules) = (String::new(), String::new());
        Self { intro, rules, deadline: opens_at, listed: false, policy: Policy::default() }
    }

    /// Whether an answer is taken now.
    pub fn is_open(&self, now: Moment) -> bool {
        self.listed && now < self.deadline
    }

    /// This call with its texts trimmed.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.intro = short_or_empty(&self.intro, 600, "intro")?;
        self.rules = short_or_empty(&self.rules, 2_000, "rules")?;
        Ok(self)
    }
}

/// Something that a Saturday wants: so many stalls of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Want {
    /// Which.
    pub id: WantId,
    /// `健康义诊`
    pub title: String,
    /// The slogan zone's letter; empty for any.
    pub zone: String,
    /// What is asked for, in a sentence or two.
    pub detail: String,
    /// How many units it takes.
    pub seats: i64,
    /// How many have been accepted.
    pub taken: i64,
}

/// More units than this are not wanted for one thing.
const MOST_SEATS: i64 = 40;

impl Want {
    /// How many are still wanted.
    pub const fn left(&self) -> i64 {
        self.seats - self.taken
    }

    /// This want with its texts trimmed, if it makes sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.title = short(&self.title, 40, "title")?;
        self.zone = short_or_empty(&self.zone, 4, "zone")?;
        self.detail = short_or_empty(&self.detail, 300, "detail")?;
        if (1..=MOST_SEATS).contains(&self.seats) { Ok(self) } else { Err(Refusal::Malformed("seats")) }
    }
}

#[cfg(test)]
mod tests;
