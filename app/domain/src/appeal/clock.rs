//! Clocks: how long each part of the way may take, counted in hours or in working days, and how near the end is.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::moment::{Day, HOUR, Place};
use crate::season::Table;

/// More days in a row than this are never off.
const LONGEST_REST: i32 = 40;

/// How long something may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    /// Round the clock, in hours: for what cannot wait until Monday.
    Hours(i64),
    /// In working days, until the same time of day.
    Days(i32),
}

/// The time that each part of the way may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// From raising to dispatching, and from dispatching to taking.
    pub dispatch: Span,
    /// From taking to resolving.
    pub resolve: Span,
    /// From a rating of "not satisfied" to resolving again.
    pub redo: Span,
}

/// So long after raising somebody has spoken to the resident.
pub const ANSWER: Span = Span::Hours(24);

/// Which days are worked, and where the clock hangs.
#[derive(Clone, Debug)]
pub struct Workdays {
    place: Place,
    table: Table,
}

impl Workdays {
    /// With the special days that somebody knows; all others are as their weekday says.
    pub const fn new(place: Place, table: Table) -> Self {
        Self { place, table }
    }

    fn is_worked(&self, day: Day) -> bool {
        self.table.special(day).map_or(day.weekday() < 6, |special| !special.off)
    }

    /// When a span that begins at `from` ends.
    pub fn after(&self, from: Moment, span: Span) -> Moment {
        let days = match span {
            Span::Hours(hours) => return from.plus(hours * HOUR),
            Span::Days(days) => days,
        };
        let mut day = self.place.day(from);
        for _ in 0..days {
            let ahead = (1..=LONGEST_REST).map(|far| day.plus_days(far));
            let next = ahead.clone().find(|day| self.is_worked(*day));
            day = next.unwrap_or_else(|| day.plus_days(1));
        }
        // The same time of day; where the clocks were turned and it does not exist, whole days later.
        let far = i64::from(self.place.day(from).days_until(day)) * 24 * HOUR;
        self.place
            .at_clock(day, &self.place.clock(from))
            .map_or_else(|_| from.plus(far), |at| at.plus(from.millis().rem_euclid(crate::moment::MINUTE)))
    }
}

/// 绿、黄、红: how near the end of a clock is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Time enough.
    Green,
    /// In the last quarter.
    Amber,
    /// Over.
    Red,
}

impl Light {
    /// Every light, the one that is looked at first on top.
    pub const ALL: [Self; 3] = [Self::Red, Self::Amber, Self::Green];

    /// For a clock from `since` to `due`.
    pub const fn of(since: Moment, due: Moment, now: Moment) -> Self {
        let left = due.since(now);
        if left < 0 {
            Self::Red
        } else if left * 4 <= due.since(since) {
            Self::Amber
        } else {
            Self::Green
        }
    }

    /// A word for addresses and classes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::season::{Special, Year};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn shanghai() -> Place {
        Place::named("Asia/Shanghai").unwrap()
    }

    fn workdays() -> Workdays {
        let special = |text: &str, off| Special { day: day(text), name: "劳动节".into(), off };
        let days = vec![
            special("2023-04-23", false),
            special("2023-04-29", true),
            special("2023-05-01", true),
            special("2023-05-02", true),
            special("2023-05-03", true),
            special("2023-05-06", false),
        ];
        Workdays::new(shanghai(), Table::of([Year { year: 2023, papers: Vec::new(), days }]))
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays_and_count_worked_saturdays() {
        let days = workdays();
        let cases = [
            ("2023-05-13", Span::Days(1), "2023-05-15"),
            ("2023-05-13", Span::Days(5), "2023-05-19"),
            ("2023-05-13", Span::Days(15), "2023-06-02"),
            ("2023-04-28", Span::Days(1), "2023-05-04"),
            ("2023-05-05", Span::Days(1), "2023-05-06"),
            ("2023-04-22", Span::Days(1), "2023-04-23"),
            ("2023-05-13", Span::Hours(48), "2023-05-15"),
        ];
        for (from, span, expected) in cases {
            let at = days.after(shanghai().at(day(from), 10, 42).unwrap(), span);
            assert_eq!(
                (shanghai().day(at).to_string().as_str(), shanghai().clock(at).as_str()),
                (expected, "10:42")
            );
        }
    }

    #[test]
    fn the_last_quarter_is_amber() {
        let at = Moment::from_millis;
        let light = |now| Light::of(at(0), at(100), at(now));
        assert_eq!(
            [light(0), light(74), light(75), light(100), light(101)].map(Light::code),
            ["green", "green", "amber", "amber", "red"]
        );
    }

    proptest! {
        #[test]
        fn more_days_never_end_earlier(from in 0_i64..2_000_000_000_000, days in 0_i32..40) {
            let from = Moment::from_millis(from);
            let (one, next) = (workdays().after(from, Span::Days(days)), workdays().after(from, Span::Days(days + 1)));
            prop_assert!(one >= from && next > one);
        }
    }
}
