//! Special days of a year, as the State Council announces them, and how they are read from a file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::moment::Day;
use crate::text::short;

/// More special days than this are no year's list.
const MOST_DAYS: usize = 120;
/// More papers than this are no announcement.
const MOST_PAPERS: usize = 10;

/// A day that is not what its weekday says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Special {
    /// Which.
    pub day: Day,
    /// The holiday that it belongs to: `春节`.
    pub name: String,
    /// A public holiday; else a day off that is worked.
    pub off: bool,
}

/// What was announced for one year. Some of its days may lie in the December before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Year {
    /// The year in the announcement's title.
    pub year: i16,
    /// Where it was announced.
    pub papers: Vec<String>,
    /// Its special days, in order.
    pub days: Vec<Special>,
}

/// A file in the shape of NateScarlet/holiday-cn. It may say more than we read.
#[derive(Deserialize)]
struct Written {
    year: i16,
    #[serde(default)]
    papers: Vec<String>,
    days: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    name: String,
    date: String,
    is_off_day: bool,
}

impl Year {
    /// Reads `{"year":2026,"papers":[…],"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},…]}`.
    pub fn parse(json: &str) -> Result<Self, Refusal> {
        let Written { year, papers, days } = serde_json::from_str(json.trim_start_matches('\u{feff}'))
            .map_err(|_| Refusal::Malformed("file"))?;
        let days = days.into_iter().map(|Line { name, date, is_off_day }| {
            Ok(Special { day: Day::parse(date.trim())?, name, off: is_off_day })
        });
        Self { year, papers, days: days.collect::<Result<_, Refusal>>()? }.sound()
    }

    /// This year in order, if it makes sense: some days, each once, of this year or the December before it.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        if !(2000..=2200).contains(&self.year) {
            return Err(Refusal::Malformed("year"));
        }
        if self.days.is_empty() {
            return Err(Refusal::Missing("days"));
        }
        if self.days.len() > MOST_DAYS || self.papers.len() > MOST_PAPERS {
            return Err(Refusal::TooLong("days"));
        }
        for paper in &mut self.papers {
            *paper = short(paper, 300, "paper")?;
        }
        for special in &mut self.days {
            special.name = short(&special.name, 20, "name")?;
            let (year, (month, _)) = (special.day.year(), special.day.month_day());
            if year != self.year && !(year == self.year - 1 && month == 12) {
                return Err(Refusal::Malformed("day of another year"));
            }
        }
        self.days.sort_by_key(|special| special.day);
        let different: BTreeSet<Day> = self.days.iter().map(|special| special.day).collect();
        if different.len() < self.days.len() {
            return Err(Refusal::Taken("day"));
        }
        Ok(self)
    }
}

/// How many days of a year came, went, or became something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct YearChange {
    /// Days that nobody had told of.
    pub added: usize,
    /// Days that are ordinary now.
    pub removed: usize,
    /// Days that have another name, or are worked instead of off.
    pub changed: usize,
}

impl YearChange {
    /// From what was known of a year to what is known now.
    pub fn between(before: &[Special], after: &[Special]) -> Self {
        let of = |days: &[Special], day: Day| days.iter().position(|special| special.day == day);
        let kept = after.iter().filter_map(|new| Some((new, &before[of(before, new.day)?])));
        let (same, changed): (Vec<_>, Vec<_>) = kept.partition(|(new, old)| new == old);
        let both = same.len() + changed.len();
        Self { added: after.len() - both, removed: before.len() - both, changed: changed.len() }
    }
}

/// Every special day that is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    days: BTreeMap<Day, Special>,
    years: BTreeSet<i16>,
}

impl Table {
    /// From what was announced for each year; of two announcements about one day the later year's counts.
    pub fn of(years: impl IntoIterator<Item = Year>) -> Self {
        let by_year: BTreeMap<i16, Year> = years.into_iter().map(|year| (year.year, year)).collect();
        let mut table = Self::default();
        for (number, year) in by_year {
            table.years.insert(number);
            table.days.extend(year.days.into_iter().map(|special| (special.day, special)));
        }
        table
    }

    /// Whether it says of a day something other than its weekday does.
    pub fn special(&self, day: Day) -> Option<&Special> {
        self.days.get(&day)
    }

    /// Whether a year's special days have been told.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The special days of a calendar year, in order.
    pub fn of_year(&self, year: i16) -> impl Iterator<Item = &Special> {
        self.days.values().filter(move |special| special.day.year() == year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"$schema":"x","year":2027,"papers":["https://www.gov.cn/a.htm"],"days":[
        {"name":"元旦","date":"2027-01-01","isOffDay":true},
        {"name":"元旦","date":"2026-12-26","isOffDay":false}]}"#;

    #[test]
    fn a_years_file_is_read_with_the_december_before() {
        let year = Year::parse(FILE).unwrap();
        assert_eq!((year.year, year.papers.len(), year.days.len()), (2027, 1, 2));
        let table = Table::of([year]);
        let worked = table.special(Day::parse("2026-12-26").unwrap()).unwrap();
        assert!(!worked.off && worked.name == "元旦");
        assert!(table.knows(2027) && !table.knows(2026));
        assert_eq!(table.of_year(2027).count(), 1);
    }

    #[test]
    fn a_later_announcement_counts_and_a_year_told_twice_is_the_second() {
        let told = |year, off| {
            let day = Day::parse("2026-12-26").unwrap();
            Year { year, papers: Vec::new(), days: vec![Special { day, name: "元旦".into(), off }] }
        };
        let off = |table: &Table| table.special(Day::parse("2026-12-26").unwrap()).unwrap().off;
        assert!(!off(&Table::of([told(2027, false), told(2026, true)])));
        assert!(off(&Table::of([told(2026, false), told(2026, true)])));
    }

    #[test]
    fn what_a_file_changed_is_counted() {
        let day = |text: &str, off| Special { day: Day::parse(text).unwrap(), name: "元旦".into(), off };
        let before = [day("2027-01-01", true), day("2027-01-02", true), day("2027-01-03", true)];
        let after = [day("2026-12-26", false), day("2027-01-01", true), day("2027-01-02", false)];
        let change = YearChange::between(&before, &after);
        assert_eq!(change, YearChange { added: 1, removed: 1, changed: 1 });
        assert_eq!(YearChange::between(&after, &after), YearChange::default());
        assert_eq!(YearChange::between(&[], &after).added, 3);
    }

    #[test]
    fn a_file_that_is_none_is_refused_by_name() {
        let with = |from: &str, to: &str| Year::parse(&FILE.replace(from, to)).unwrap_err();
        assert_eq!(Year::parse("holiday"), Err(Refusal::Malformed("file")));
        assert_eq!(Year::parse(r#"{"year":2026,"days":[]}"#), Err(Refusal::Missing("days")));
        assert_eq!(with("2027-01-01", "2027-02-30"), Refusal::Malformed("day"));
        assert_eq!(with("2027-01-01", "2028-01-01"), Refusal::Malformed("day of another year"));
        assert_eq!(with("2027-01-01", "2026-12-26"), Refusal::Taken("day"));
        assert_eq!(with("\"year\":2027", "\"year\":27"), Refusal::Malformed("year"));
    }
}
