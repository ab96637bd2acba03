//! How fast a stall serves, as its organizer says, and whether its code may be typed.

use crate::Refusal;

/// A quarter of an hour, in minutes.
const QUARTER: i64 = 15;

/// One stall's pace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pace {
    /// Minutes that one service takes, and how many people serve at once; nothing where it has no bound, as at a
    /// table with leaflets.
    service: Option<(i64, i64)>,
    /// The stall page has a field for the stall's code.
    pub code: bool,
}

impl Pace {
    /// So many people in a quarter of an hour are looked at where a stall says no pace: ten a minute.
    pub const USUAL: i64 = 150;
    /// The longest service, in minutes.
    pub const LONGEST: i64 = 120;
    /// The most people who serve at once.
    pub const MOST_HANDS: i64 = 50;

    /// A pace that makes sense; no minutes are no bound.
    pub fn of(minutes: Option<i64>, hands: i64, code: bool) -> Result<Self, Refusal> {
        let service = match minutes {
            None => None,
            Some(minutes) if !(1..=Self::LONGEST).contains(&minutes) => {
                return Err(Refusal::Malformed("minutes"));
            }
            Some(_) if !(1..=Self::MOST_HANDS).contains(&hands) => return Err(Refusal::Malformed("hands")),
            Some(minutes) => Some((minutes, hands)),
        };
        Ok(Self { service, code })
    }

    /// Minutes and hands.
    pub const fn service(&self) -> Option<(i64, i64)> {
        self.service
    }

    /// The most people served in a quarter of an hour, begun ones too.
    pub fn capacity(&self) -> Option<i64> {
        self.service.map(|(minutes, hands)| (QUARTER * hands + minutes - 1) / minutes)
    }

    /// Whether so many people in a quarter of an hour are worth a look. It holds nothing back.
    pub fn is_alarm(&self, people: i64) -> bool {
        people > self.capacity().unwrap_or(Self::USUAL)
    }
}
