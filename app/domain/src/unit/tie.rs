//! Between which units visitors go: who was at one likes to go on to the other, so they had better stand near.

use serde::{Deserialize, Serialize};

use super::codes;
use crate::{Refusal, UnitId};

codes! {
    /// How many of the visitors of one go on to the other.
    Flow "flow" {
        /// 有一些
        Some "some",
        /// 很多
        Many "many",
        /// 大多数
        Most "most",
    }
}

impl Flow {
    /// What it counts in the planning core.
    pub const fn amount(self) -> i64 {
        match self {
            Self::Some => 1,
            Self::Many => 3,
            Self::Most => 5,
        }
    }
}

/// Two units of a register; which is named first does not matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tie {
    /// The one whose id is less.
    pub one: UnitId,
    /// The other.
    pub other: UnitId,
    /// How many go.
    pub flow: Flow,
}

impl Tie {
    /// Between two units, if they are two.
    pub fn between(one: UnitId, other: UnitId, flow: Flow) -> Result<Self, Refusal> {
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Ok(Self { one, other, flow }),
            std::cmp::Ordering::Equal => Err(Refusal::Malformed("tie")),
            std::cmp::Ordering::Greater => Ok(Self { one: other, other: one, flow }),
        }
    }

    /// The unit at the other end, if this one is at an end.
    pub fn beside(&self, unit: UnitId) -> Option<UnitId> {
        if self.one == unit { Some(self.other) } else { (self.other == unit).then_some(self.one) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    #[test]
    fn a_tie_has_two_ends_and_no_direction() {
        let unit = |n: u8| UnitId::new(Moment::from_millis(0), [n; 10]);
        let tie = Tie::between(unit(2), unit(1), Flow::Many).unwrap();
        assert_eq!(tie, Tie::between(unit(1), unit(2), Flow::Many).unwrap());
        assert_eq!(
            [tie.beside(unit(1)), tie.beside(unit(2)), tie.beside(unit(3))],
            [Some(unit(2)), Some(unit(1)), None]
        );
        assert_eq!(Tie::between(unit(1), unit(1), Flow::Some), Err(Refusal::Malformed("tie")));
        let rising = Flow::ALL.iter().map(|flow| flow.amount());
        assert!(rising.is_sorted());
    }
}
