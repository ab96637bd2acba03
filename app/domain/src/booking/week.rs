//! When a resource is open: windows of each weekday by the wall clock, days on which it stays shut, and whether it
//! follows the calendar of work (调休).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::moment::Day;
use crate::season::Table;

/// The most windows of a day.
const MOST_WINDOWS: usize = 6;
/// The most days that are named as shut.
const MOST_SHUT: usize = 200;
/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A window of a day in minutes after midnight by the wall clock; the end is not in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "(i64, i64)", into = "(i64, i64)")]
pub struct Window {
    from: i64,
    to: i64,
}

impl Window {
    /// Checked: it begins before it ends, both on one day.
    pub fn new(from: i64, to: i64) -> Result<Self, Refusal> {
        if 0 <= from && from < to && to <= DAY {
            Ok(Self { from, to })
        } else {
            Err(Refusal::Malformed("window"))
        }
    }

    /// Reads `9:00-12:00`, with the dashes and colons of any keyboard.
    fn parse(text: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::Malformed("window");
        let (from, to) = text.split_once(['-', '–', '—', '－', '~', '～', '至', '到']).ok_or_else(wrong)?;
        let clock = |text: &str| {
            let (hour, minute) = text.split_once([':', '：']).ok_or_else(wrong)?;
            let number = |text: &str, most: i64| {
                let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
                text.parse::<i64>().ok().filter(|number| digits && *number <= most).ok_or_else(wrong)
            };
            Ok::<_, Refusal>(60 * number(hour, 24)? + number(minute, 59)?)
        };
        Self::new(clock(from)?, clock(to)?)
    }

    /// When it begins, in minutes after midnight.
    pub const fn from(self) -> i64 {
        self.from
    }

    /// When it ends, in minutes after midnight; at most 1440.
    pub const fn to(self) -> i64 {
        self.to
    }
}

impl TryFrom<(i64, i64)> for Window {
    type Error = Refusal;
    fn try_from((from, to): (i64, i64)) -> Result<Self, Refusal> {
        Self::new(from, to)
    }
}

impl From<Window> for (i64, i64) {
    fn from(window: Window) -> Self {
        (window.from, window.to)
    }
}

/// The windows of each weekday, Monday first; in order and apart.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Week([Vec<Window>; 7]);

impl Week {
    /// From one line a weekday, Monday first: `9:00-12:00，14:00-18:00`, or nothing.
    pub fn parse(lines: &[String; 7]) -> Result<Self, Refusal> {
        let mut week = Self::default();
        for (windows, line) in week.0.iter_mut().zip(lines) {
            let dashed = [" - ", " – ", " — ", "- ", " -"]
                .iter()
                .fold(line.clone(), |line, dash| line.replace(dash, "-"));
            let parts = |c: char| c.is_whitespace() || ",，、;；".contains(c);
            for part in dashed.split(parts).filter(|part| !part.is_empty()) {
                windows.push(Window::parse(part)?);
            }
            windows.sort();
            if windows.len() > MOST_WINDOWS {
                return Err(Refusal::TooLong("windows"));
            }
            if windows.windows(2).any(|two| two[0].to > two[1].from) {
                return Err(Refusal::Malformed("windows that meet"));
            }
        }
        Ok(week)
    }

    /// The same windows on every day, for whoever begins.
    pub fn daily(window: Window) -> Self {
        Self(std::array::from_fn(|_| vec![window]))
    }

    /// The windows of a weekday; Monday is 1.
    pub fn of(&self, weekday: i8) -> &[Window] {
        let at = usize::try_from(weekday - 1).unwrap_or(0);
        self.0.get(at).map_or(&[], Vec::as_slice)
    }

    /// One line a weekday, as [`Self::parse`] reads it.
    pub fn lines(&self) -> [String; 7] {
        let clock = |at: i64| format!("{}:{:02}", at / 60, at % 60);
        std::array::from_fn(|at| {
            let one = |window: &Window| format!("{}-{}", clock(window.from), clock(window.to));
            self.0[at].iter().map(one).collect::<Vec<_>>().join(" ")
        })
    }

    /// Whether it is never open.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }
}

/// Which days count as which weekday.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Follows {
    /// The weekday alone; a holiday is a day like any other.
    #[default]
    Weekday,
    /// The calendar of work: shut on public holidays; a Saturday that is worked has the windows of Friday, a Sunday
    /// those of Monday.
    Work,
}

/// When a resource is open.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Opening {
    /// The windows of a week.
    pub week: Week,
    /// Days on which it stays shut.
    pub shut: BTreeSet<Day>,
    /// What a special day does.
    pub follows: Follows,
}

impl Opening {
    /// Reads the days on which it stays shut: `2026-05-01 2026-05-02`.
    pub fn days(text: &str) -> Result<BTreeSet<Day>, Refusal> {
        let parts = |c: char| c.is_whitespace() || ",，、;；".contains(c);
        let days: BTreeSet<Day> =
            text.split(parts).filter(|part| !part.is_empty()).map(Day::parse).collect::<Result<_, _>>()?;
        if days.len() > MOST_SHUT { Err(Refusal::TooLong("days")) } else { Ok(days) }
    }

    /// The windows of a day; none where it stays shut.
    pub fn windows(&self, day: Day, table: &Table) -> &[Window] {
        if self.shut.contains(&day) {
            return &[];
        }
        let special = table.special(day).filter(|_| self.follows == Follows::Work);
        match (special.map(|special| special.off), day.weekday()) {
            (Some(true), _) => &[],
            (Some(false), 6) => self.week.of(5),
            (Some(false), 7) => self.week.of(1),
            (_, weekday) => self.week.of(weekday),
        }
    }
}
