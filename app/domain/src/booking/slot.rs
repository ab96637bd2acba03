//! The slots of a day: each as long as the others by the clock that runs, none outside its window. Where the wall
//! clock jumps, a day has fewer or more of them and none is shorter, twice there, or over another.

use super::Resource;
use crate::moment::{Day, MINUTE};
use crate::season::Table;
use crate::{Moment, Refusal};

/// A stretch of time that can be booked; the end is not in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Slot {
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub to: Moment,
}

impl Slot {
    /// Whether two of them have a moment in common.
    pub fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

impl Resource {
    /// The moment at which the wall clock shows so many minutes after midnight.
    fn wall(&self, day: Day, minutes: i64) -> Result<Moment, Refusal> {
        let (day, minutes) = if minutes < 24 * 60 { (day, minutes) } else { (day.plus_days(1), 0) };
        let part = |number: i64| i8::try_from(number).map_err(|_| Refusal::Malformed("time of day"));
        self.zone.at(day, part(minutes / 60)?, part(minutes % 60)?)
    }

    /// The slots of a day, in order.
    pub fn slots(&self, day: Day, table: &Table) -> Result<Vec<Slot>, Refusal> {
        let (length, mut slots) = (self.terms.minutes * MINUTE, Vec::new());
        for window in self.opening.windows(day, table) {
            let (mut from, end) = (self.wall(day, window.from())?, self.wall(day, window.to())?);
            while length > 0 && from.plus(length) <= end {
                slots.push(Slot { from, to: from.plus(length) });
                from = from.plus(length);
            }
        }
        Ok(slots)
    }

    /// The slot that begins at a moment, if there is one.
    pub fn slot(&self, from: Moment, table: &Table) -> Result<Option<Slot>, Refusal> {
        Ok(self.slots(self.zone.day(from), table)?.into_iter().find(|slot| slot.from == from))
    }

    /// The days on which somebody may book now, the first of them today.
    pub fn days(&self, now: Moment) -> impl Iterator<Item = Day> + use<> {
        let today = self.zone.day(now);
        (0..=i32::try_from(self.terms.ahead).unwrap_or(0)).map(move |days| today.plus_days(days))
    }
}
