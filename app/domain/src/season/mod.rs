//! The season: which Saturdays are no days off (调休), which lie in a public holiday, and what to plan instead.
//!
//! The table of days comes in from outside, because each year's is announced in the autumn before. Nothing here
//! forbids a day: an organizer who knows better plans on it.

pub mod campaign;
mod month;
pub mod presence;
pub mod reach;
mod table;
pub mod todo;
pub mod trend;

use std::collections::BTreeSet;

pub use month::Month;
pub use table::{Special, Table, Year, YearChange};

use crate::Refusal;
use crate::market::Stage;
use crate::moment::Day;

/// So far before or after a day another one is looked for, in days.
const NEAR: i32 = 14;
/// The most Saturdays that are made at once.
pub const MOST_AHEAD: usize = 12;

/// Why somebody may not want a market on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Concern {
    /// 调休上班: a day off that is worked, for the named holiday.
    Worked(String),
    /// It lies in the named public holiday: many are away.
    Holiday(String),
}

impl Concern {
    /// The name of the holiday.
    pub fn holiday(&self) -> &str {
        match self {
            Self::Worked(name) | Self::Holiday(name) => name,
        }
    }
}

impl Table {
    /// What speaks against a market on a day that is otherwise a day off.
    pub fn concern(&self, day: Day) -> Option<Concern> {
        let special = self.special(day)?;
        let name = special.name.clone();
        Some(if special.off { Concern::Holiday(name) } else { Concern::Worked(name) })
    }

    /// Whether it is a day off like any other: a weekend, nothing special.
    pub fn is_plain_off(&self, day: Day) -> bool {
        day.weekday() >= 6 && self.special(day).is_none()
    }

    /// The plain day off nearest to a day that nobody has taken, not before `from`; of two as near the later.
    pub fn instead(&self, day: Day, from: Day, taken: &BTreeSet<Day>) -> Option<Day> {
        let free = |other: &Day| *other >= from && self.is_plain_off(*other) && !taken.contains(other);
        (1..=NEAR).flat_map(|far| [day.plus_days(far), day.plus_days(-far)]).find(free)
    }
}

/// The Saturday that new ones are made from: the latest that was held or is open, else the latest with stalls, else
/// the latest. A row tells its stage and its stalls; `rows` come latest first.
pub fn template<T>(rows: &[T], told: impl Fn(&T) -> (Stage, i64)) -> Option<&T> {
    let held = |stage: Stage| matches!(stage, Stage::Open | Stage::Closed | Stage::Filed);
    let first = |fits: &dyn Fn((Stage, i64)) -> bool| rows.iter().find(|row| fits(told(row)));
    first(&|(stage, _)| held(stage)).or_else(|| first(&|(_, stalls)| stalls > 0)).or_else(|| rows.first())
}

/// A Saturday that could be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Which.
    pub day: Day,
    /// It has a market already.
    pub taken: bool,
    /// What speaks against it.
    pub concern: Option<Concern>,
    /// What else is near, if something speaks against it.
    pub instead: Option<Day>,
    /// Nobody has told yet which days of its year are special.
    pub untold: bool,
}

impl Proposal {
    /// One day, looked at.
    pub fn of(day: Day, from: Day, taken: &BTreeSet<Day>, table: &Table) -> Self {
        let concern = table.concern(day);
        let instead = concern.as_ref().and_then(|_| table.instead(day, from, taken));
        Self { day, taken: taken.contains(&day), concern, instead, untold: !table.knows(day.year()) }
    }

    /// Whether it is made unless somebody says otherwise.
    pub const fn is_ticked(&self) -> bool {
        !self.taken && self.concern.is_none()
    }
}

/// The next Saturdays from a day on, each looked at; the day itself, if it is one.
pub fn series(
    from: Day,
    many: usize,
    taken: &BTreeSet<Day>,
    table: &Table,
) -> Result<Vec<Proposal>, Refusal> {
    if !(1..=MOST_AHEAD).contains(&many) {
        return Err(Refusal::Malformed("how many"));
    }
    let first = from.plus_days(i32::from((6 - from.weekday()).rem_euclid(7)));
    Ok((0..many as i32).map(|week| Proposal::of(first.plus_days(7 * week), from, taken, table)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn table() -> Table {
        let special = |text: &str, name: &str, off| Special { day: day(text), name: name.into(), off };
        Table::of([Year {
            year: 2026,
            papers: Vec::new(),
            days: vec![
                special("2026-05-01", "劳动节", true),
                special("2026-05-02", "劳动节", true),
                special("2026-05-03", "劳动节", true),
                special("2026-05-09", "劳动节", false),
            ],
        }])
    }

    #[test]
    fn a_series_names_what_is_taken_and_what_speaks_against_a_day() {
        let taken = BTreeSet::from([day("2026-04-25")]);
        let series = series(day("2026-04-20"), 4, &taken, &table()).unwrap();
        let days: Vec<_> = series.iter().map(|one| one.day.to_string()).collect();
        assert_eq!(days, ["2026-04-25", "2026-05-02", "2026-05-09", "2026-05-16"]);
        assert_eq!(series.iter().map(Proposal::is_ticked).collect::<Vec<_>>(), [false, false, false, true]);
        assert!(series[0].taken && series[0].concern.is_none());
        assert_eq!(series[1].concern, Some(Concern::Holiday("劳动节".into())));
        assert_eq!(series[2].concern, Some(Concern::Worked("劳动节".into())));
        assert_eq!(series[2].instead, Some(day("2026-05-10")), "the Sunday after");
        assert_eq!(series[1].instead, Some(day("2026-04-26")), "the Saturday before is taken");
    }

    #[test]
    fn a_new_saturday_is_made_from_one_that_was_held() {
        use Stage::{Calling, Closed, Draft, Filed, Open};
        type Case<'a> = (&'a [(Stage, i64)], Option<usize>);
        let table: [Case<'_>; 6] = [
            (&[(Draft, 0), (Calling, 14), (Closed, 14), (Filed, 12)], Some(2)),
            (&[(Draft, 14), (Open, 14)], Some(1)),
            (&[(Draft, 0), (Calling, 14), (Draft, 9)], Some(1)),
            (&[(Draft, 0), (Draft, 0)], Some(0)),
            (&[(Filed, 0)], Some(0)),
            (&[], None),
        ];
        for (rows, wanted) in table {
            let found = template(rows, |row| *row);
            assert_eq!(found, wanted.map(|at| &rows[at]), "{rows:?}");
        }
    }

    #[test]
    fn a_saturday_begins_a_series_and_no_day_before_today_is_proposed() {
        let none = BTreeSet::new();
        let first = series(day("2026-05-02"), 1, &none, &table()).unwrap().remove(0);
        assert_eq!((first.day, first.instead), (day("2026-05-02"), Some(day("2026-05-10"))));
        let sunday = series(day("2026-05-03"), 1, &none, &table()).unwrap().remove(0);
        assert_eq!(sunday.day, day("2026-05-09"));
        for many in [0, 13] {
            assert_eq!(series(day("2026-05-03"), many, &none, &table()), Err(Refusal::Malformed("how many")));
        }
    }

    #[test]
    fn a_year_that_nobody_has_told_is_said_to_be_so() {
        let late = series(day("2026-12-20"), 2, &BTreeSet::new(), &table()).unwrap();
        assert_eq!(
            late.iter().map(|one| (one.untold, one.is_ticked())).collect::<Vec<_>>(),
            [(false, true), (true, true)]
        );
    }
}
