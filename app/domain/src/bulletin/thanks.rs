//! What one unit did on one Saturday, for the sheet that thanks it. Figures of a unit, never of a person, and no order
//! among units.

use crate::encounter::Kind;
use crate::moment::MINUTE;
use crate::{Moment, UnitId};

/// A unit's Saturday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thanks {
    /// Which unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// Its stalls: printed number and what stood on the sign.
    pub stalls: Vec<(String, String)>,
    /// People by what was done with them; kinds that did not happen are missing.
    pub kinds: Vec<(Kind, i64)>,
    /// Appeals that it settled, as it says.
    pub settled: i64,
    /// So often residents rated what it settled.
    pub rated: i64,
    /// So many of those appeals residents accept as settled.
    pub content: i64,
    /// Minutes from its coming to the end; none where nobody noted when it came.
    pub minutes: Option<i64>,
}

impl Thanks {
    /// Of one kind.
    pub fn of(&self, kind: Kind) -> i64 {
        self.kinds.iter().filter(|(of, _)| *of == kind).map(|(_, n)| n).sum()
    }

    /// People served: what its stalls add to the market's number. Talks are none of it.
    pub fn served(&self) -> i64 {
        self.kinds.iter().filter(|(kind, _)| *kind != Kind::Talk).map(|(_, n)| n).sum()
    }

    /// Whether there is anything to thank for: it was there, or it did something.
    pub fn was_there(&self) -> bool {
        self.minutes.is_some() || self.settled > 0 || self.kinds.iter().any(|(_, n)| *n > 0)
    }
}

/// How long a stall was open: from when its unit had come, but not before opening, to closing.
pub fn minutes_open(arrived: Option<Moment>, opened: Moment, closed: Moment) -> Option<i64> {
    arrived.map(|arrived| (closed.since(arrived.max(opened)) / MINUTE).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::HOUR;

    #[test]
    fn an_early_unit_opens_with_the_market_and_a_late_one_when_it_comes() {
        let opened = Moment::from_millis(1_683_945_720_000);
        let closed = opened.plus(3 * HOUR);
        let cases = [
            (None, None),
            (Some(-20), Some(180)),
            (Some(0), Some(180)),
            (Some(45), Some(135)),
            (Some(200), Some(0)),
        ];
        for (arrived, minutes) in cases {
            let arrived = arrived.map(|minutes: i64| opened.plus(minutes * MINUTE));
            assert_eq!(minutes_open(arrived, opened, closed), minutes, "{arrived:?}");
        }
    }

    #[test]
    fn talks_are_no_part_of_what_was_served_and_who_was_absent_gets_no_sheet() {
        let mut thanks = Thanks {
            unit: UnitId::new(Moment::from_millis(0), [7; 10]),
            name: "福中物业".into(),
            stalls: Vec::new(),
            kinds: vec![(Kind::Consult, 40), (Kind::Try, 2), (Kind::Talk, 90)],
            settled: 0,
            rated: 0,
            content: 0,
            minutes: None,
        };
        assert_eq!((thanks.served(), thanks.of(Kind::Talk), thanks.of(Kind::Handle)), (42, 90, 0));
        assert!(thanks.was_there());
        thanks.kinds.clear();
        assert!(!thanks.was_there());
        thanks.minutes = Some(0);
        assert!(thanks.was_there());
    }
}
