//! A month as a calendar shows it: whole weeks from Monday to Sunday.

use std::fmt;
use std::str::FromStr;

use crate::Refusal;
use crate::moment::Day;

/// A month of a year, written `2026-05`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self { year: day.year(), month: day.month_day().0 }
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub const fn number(self) -> i8 {
        self.month
    }

    /// The month before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }

    /// The month after.
    #[must_use]
    pub const fn after(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: Day) -> bool {
        Self::of(day) == self
    }

    /// Its first day.
    pub fn first(self) -> Result<Day, Refusal> {
        Day::parse(&format!("{self}-01"))
    }

    /// The whole weeks that it touches, Monday first.
    pub fn weeks(self) -> Result<Vec<[Day; 7]>, Refusal> {
        let (first, next) = (self.first()?, self.after().first()?);
        let monday = first.plus_days(1 - i32::from(first.weekday()));
        let weeks = (monday.days_until(next) + 6) / 7;
        let week = |at: i32| std::array::from_fn(|day| monday.plus_days(7 * at + day as i32));
        Ok((0..weeks).map(week).collect())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let first = Day::parse(&format!("{text}-01")).map_err(|_| Refusal::Malformed("month"))?;
        let month = Self::of(first);
        let near = (2000..=2200).contains(&month.year);
        if near && month.to_string() == text { Ok(month) } else { Err(Refusal::Malformed("month")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_whole_and_begin_on_monday() {
        for (month, first, last, weeks) in [
            ("2026-05", "2026-04-27", "2026-05-31", 5),
            ("2026-06", "2026-06-01", "2026-07-05", 5),
            ("2026-08", "2026-07-27", "2026-09-06", 6),
            ("2027-02", "2027-02-01", "2027-02-28", 4),
        ] {
            let shown = month.parse::<Month>().unwrap().weeks().unwrap();
            assert_eq!((shown[0][0].to_string().as_str(), shown.len()), (first, weeks), "{month}");
            assert_eq!(shown[weeks - 1][6].to_string(), last, "{month}");
        }
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let december: Month = "2026-12".parse().unwrap();
        assert_eq!((december.after().to_string(), december.after().before()), ("2027-01".into(), december));
        for wrong in ["2026-13", "2026-1", "26-01", "", "2026-01-01", "1999-12", "9999-12"] {
            assert_eq!(wrong.parse::<Month>(), Err(Refusal::Malformed("month")), "{wrong}");
        }
    }
}
