//! Points in time: milliseconds since 1970 in UTC, and how they read on the wall of the square.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// Milliseconds since 1970-01-01T00:00:00Z. The only form in which time is stored or sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;

impl Moment {
    /// From milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Later by so many milliseconds (earlier, if negative).
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to here.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment as calendars write it: `20230513T024200Z`.
    pub fn utc(self) -> String {
        let at = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        at.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    /// The moment as programs write it: `2023-05-13T02:42:00Z`.
    pub fn iso(self) -> String {
        let at = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Reads what [`Self::iso`] writes, and the same with an offset.
    pub fn from_iso(text: &str) -> Result<Self, Refusal> {
        let at: Timestamp = text.parse().map_err(|_| Refusal::Malformed("moment"))?;
        Ok(Self(at.as_millisecond()))
    }

    /// The beginning of the bucket of `width` milliseconds that holds this moment.
    #[must_use]
    pub const fn bucket(self, width: i64) -> Self {
        Self(self.0.saturating_sub(self.0.rem_euclid(width)))
    }
}

/// A market's time zone by its IANA name, such as `Asia/Shanghai`. Server and reader may sit anywhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place(TimeZone);

impl Place {
    /// Looks the name up in the bundled zone table.
    pub fn named(name: &str) -> Result<Self, Refusal> {
        TimeZone::get(name).map(Self).map_err(|_| Refusal::Malformed("time zone"))
    }

    fn zoned(&self, at: Moment) -> Zoned {
        Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.0.clone())
    }

    /// `10:42`
    pub fn clock(&self, at: Moment) -> String {
        self.zoned(at).strftime("%H:%M").to_string()
    }

    /// `10:42:08`
    pub fn clock_seconds(&self, at: Moment) -> String {
        self.zoned(at).strftime("%H:%M:%S").to_string()
    }

    /// The calendar day at this place.
    pub fn day(&self, at: Moment) -> Day {
        Day(self.zoned(at).date())
    }

    /// The moment at which the wall clock of this place shows `hour:minute` on `day`.
    pub fn at(&self, day: Day, hour: i8, minute: i8) -> Result<Moment, Refusal> {
        let wall = day.0.at(hour, minute, 0, 0);
        wall.to_zoned(self.0.clone())
            .map(|zoned| Moment(zoned.timestamp().as_millisecond()))
            .map_err(|_| Refusal::Malformed("time of day"))
    }
}

impl Place {
    /// The moment at which the wall clock of this place shows `08:30` on `day`.
    pub fn at_clock(&self, day: Day, clock: &str) -> Result<Moment, Refusal> {
        let wrong = Refusal::Malformed("time of day");
        let (hour, minute) = clock.trim().split_once(':').ok_or(wrong.clone())?;
        let number = |text: &str, most: i8| {
            text.parse::<i8>().ok().filter(|n| (0..=most).contains(n)).ok_or(wrong.clone())
        };
        self.at(day, number(hour, 23)?, number(minute, 59)?)
    }
}

/// A calendar day, written `2023-05-13`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(jiff::civil::Date);

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::parse(&text)
    }
}

impl Day {
    /// Reads `2023-05-13`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        text.parse().map(Self).map_err(|_| Refusal::Malformed("day"))
    }

    /// `(5, 13)`
    pub fn month_day(self) -> (i8, i8) {
        (self.0.month(), self.0.day())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Monday is 1, Sunday is 7.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// `5月13日`
    pub fn zh(self) -> String {
        format!("{}月{}日", self.0.month(), self.0.day())
    }

    /// `星期六`
    pub fn weekday_zh(self) -> &'static str {
        match self.weekday() {
            1 => "星期一",
            2 => "星期二",
            3 => "星期三",
            4 => "星期四",
            5 => "星期五",
            6 => "星期六",
            _ => "星期日",
        }
    }

    /// `13 May`
    pub fn en(self) -> String {
        self.0.strftime("%-d %B").to_string()
    }

    /// `Saturday`
    pub fn weekday_en(self) -> String {
        self.0.strftime("%A").to_string()
    }

    /// So many days from here to `later` (negative, if that is earlier).
    pub fn days_until(self, later: Self) -> i32 {
        self.0.until(later.0).map_or(0, |span| span.get_days())
    }

    /// So many days later (earlier, if negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.checked_add(jiff::Span::new().days(days)).unwrap_or(self.0))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_has_its_own_clock() {
        let shanghai = Place::named("Asia/Shanghai").unwrap();
        let at = Moment::from_millis(1_683_945_720_000);
        assert_eq!(shanghai.day(at).to_string(), "2023-05-13");
        assert_eq!(shanghai.clock(at), "10:42");
        assert_eq!(at.utc(), "20230513T024200Z");
        assert_eq!(shanghai.day(at).weekday_zh(), "星期六");
        assert_eq!(shanghai.at(shanghai.day(at), 10, 42).unwrap(), at);
    }

    #[test]
    fn odd_times_do_not_panic() {
        let place = Place::named("Asia/Shanghai").unwrap();
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            let _ = place.clock(Moment::from_millis(millis));
            assert!(Moment::from_millis(millis).bucket(MINUTE) <= Moment::from_millis(millis));
        }
        assert!(Place::named("Mars/Olympus").is_err());
    }
}
