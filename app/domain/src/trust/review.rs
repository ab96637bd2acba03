//! What waits for a person, in groups that one decision is about: a stall, a few minutes, the same signs.

use super::Labels;
use crate::encounter::{Confidence, Encounter, Kind, Source, UNDO_FOR};
use crate::moment::MINUTE;
use crate::{EncounterId, MarketRef, Moment, Refusal, ReviewId, StallId};

/// The time that one group spans, in milliseconds.
pub const WINDOW: i64 = 5 * MINUTE;
/// The longest reason, in characters.
pub const MOST_WORDS: usize = 200;

/// A group of rows that wait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// Where.
    pub stall: StallId,
    /// The beginning of its window.
    pub from: Moment,
    /// The signs.
    pub labels: Labels,
}

impl Key {
    /// The end of its window.
    pub const fn until(&self) -> Moment {
        self.from.plus(WINDOW)
    }
}

/// From when on a window may be decided: before that a resident may still take a visit in it back, which would then
/// be taken out twice.
pub const fn ripe_at(from: Moment) -> Moment {
    from.plus(WINDOW + UNDO_FOR)
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// They count.
    Accept,
    /// They do not; their rows stay.
    Reject,
}

impl Verdict {
    /// The value of the `verdict` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }

    /// Reads the `verdict` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "accept" => Ok(Self::Accept),
            "reject" => Ok(Self::Reject),
            _ => Err(Refusal::Malformed("verdict")),
        }
    }
}

/// Why it was decided so, in a person's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason(String);

impl Reason {
    /// Some words, not too many.
    pub fn of(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(Refusal::Malformed("reason"));
        }
        if text.chars().count() > MOST_WORDS {
            return Err(Refusal::TooLong("reason"));
        }
        Ok(Self(text.to_owned()))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What of a group waits in one minute, as the ledger says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// Kind of encounter.
    pub kind: Kind,
    /// How many people.
    pub n: i64,
    /// The first of them.
    pub at: Moment,
    /// Its row.
    pub first: EncounterId,
}

impl Held {
    /// The counter-entries of a decision: the people leave the line of what waits, and when they are accepted, they
    /// enter the count in the same minute.
    pub fn entries(
        &self,
        market: MarketRef,
        key: &Key,
        (review, verdict): (ReviewId, Verdict),
        now: Moment,
        mut fresh: impl FnMut() -> EncounterId,
    ) -> Vec<Encounter> {
        let mut entry = |n, confidence, word: &str| Encounter {
            id: fresh(),
            org: market.org,
            market: market.market,
            stall: key.stall,
            source: Source::Scan,
            kind: self.kind,
            n,
            confidence,
            labels: key.labels,
            nonce: format!("review:{review}:{}:{}:{word}", self.first, self.kind.code()),
            visitor: None,
            poster: None,
            device: None,
            refers_to: Some(self.first),
            at: self.at,
            arrived_at: now,
        };
        let out = entry(-self.n, Confidence::Low, "out");
        match verdict {
            Verdict::Accept => vec![out, entry(self.n, Confidence::Normal, "in")],
            Verdict::Reject => vec![out],
        }
    }
}
