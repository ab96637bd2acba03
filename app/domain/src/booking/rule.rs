//! Who may book: places that are left, how many bookings one phone has open, and what follows from not coming.

use serde::{Deserialize, Serialize};

use super::{Booking, Resource, Slot};
use crate::moment::{HOUR, MINUTE};
use crate::queue::{Mark, State};
use crate::{Moment, Refusal};

/// A week in milliseconds.
const WEEK: i64 = 7 * 24 * HOUR;
/// Whoever comes so long before their time is let in.
const EARLY: i64 = 30 * MINUTE;
/// The longest stretches of the rule, in weeks.
pub const MOST_WEEKS: i64 = 26;
/// The most times that somebody may not come.
pub const MOST_MISSES: i64 = 10;

/// After so many times of not coming within some weeks, booking pauses for some weeks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoShow {
    /// How often.
    pub times: i64,
    /// Within how many weeks.
    pub within: i64,
    /// For how many weeks booking pauses.
    pub pause: i64,
}

impl NoShow {
    /// Checked.
    pub fn new(times: i64, within: i64, pause: i64) -> Result<Self, Refusal> {
        let weeks = 1..=MOST_WEEKS;
        if (1..=MOST_MISSES).contains(&times) && weeks.contains(&within) && weeks.contains(&pause) {
            Ok(Self { times, within, pause })
        } else {
            Err(Refusal::Malformed("no-show rule"))
        }
    }

    /// Until when booking pauses for whoever did not come to what began at these moments, in whatever order. Nothing
    /// older than [`Self::memory`] changes the answer, so that older rows may be forgotten.
    pub fn paused_until(&self, missed: &[Moment], now: Moment) -> Option<Moment> {
        let too_many = |end: &&Moment| {
            let near = missed.iter().filter(|at| at <= end && end.since(**at) < self.within * WEEK);
            i64::try_from(near.count()).is_ok_and(|times| times >= self.times)
        };
        let last = missed.iter().filter(too_many).max()?;
        Some(last.plus(self.pause * WEEK)).filter(|until| *until > now)
    }

    /// For so long, in milliseconds, it matters that somebody did not come.
    pub const fn memory(&self) -> i64 {
        (self.within + self.pause) * WEEK
    }
}

/// Why somebody may not book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bar {
    /// The resource takes no bookings now.
    Closed,
    /// No slot begins then, or none any more.
    NoSlot,
    /// It has begun or is over.
    Past,
    /// Nobody may book so long before.
    TooFar,
    /// No place is left.
    Full,
    /// This phone has so many bookings open, and no more are allowed.
    TooMany(i64),
    /// Booking pauses for this phone until then.
    Paused(Moment),
}

/// Who books.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Booker<'a> {
    /// Whoever stands at the desk: nobody keeps anything of them, so that no limit hangs on them.
    Desk,
    /// A phone with what it has booked here already; nothing is known of one that keeps no cookie.
    Phone(&'a [Booking]),
}

impl Resource {
    /// Whether somebody may book a slot, apart from whether a place is left in it.
    pub fn admit(&self, slot: Slot, by: Booker<'_>, now: Moment) -> Result<(), Bar> {
        let known = match by {
            Booker::Desk => return if slot.to > now { Ok(()) } else { Err(Bar::Past) },
            Booker::Phone(known) => known,
        };
        if slot.from <= now {
            return Err(Bar::Past);
        }
        if self.days(now).last().is_none_or(|last| self.zone.day(slot.from) > last) {
            return Err(Bar::TooFar);
        }
        let missed: Vec<Moment> = known.iter().filter_map(Booking::missed).collect();
        if let Some(until) = self.terms.no_show.and_then(|rule| rule.paused_until(&missed, now)) {
            return Err(Bar::Paused(until));
        }
        let open = known.iter().filter(|one| one.is_open(now)).count();
        match i64::try_from(open) {
            Ok(open) if open < self.terms.each => Ok(()),
            _ => Err(Bar::TooMany(self.terms.each)),
        }
    }

    /// How many places are left in a slot. A booking of an older division of the day counts in every slot that it
    /// meets, so that at no moment more people come than there is room for.
    pub fn left(&self, slot: Slot, held: &[Booking]) -> i64 {
        let taken = held.iter().filter(|one| one.holds() && one.slot.meets(slot)).count();
        self.terms.capacity.saturating_sub(i64::try_from(taken).unwrap_or(i64::MAX)).max(0)
    }

    /// For so long from now, in milliseconds, a phone is known by its mark: until the last day that it can book is over
    /// and no longer matters.
    pub fn remembers(&self) -> i64 {
        self.terms.ahead * WEEK / 7 + self.terms.no_show.map_or(WEEK, |rule| rule.memory())
    }

    /// Until when whoever booked may cancel.
    pub const fn cancel_until(&self, slot: Slot) -> Moment {
        slot.from.plus(-self.terms.cutoff * HOUR)
    }
}

impl Booking {
    /// A new one waits for its time. The clock calls it once; there is no second call as there is in a queue.
    pub const fn begin(place: i64) -> State {
        State::Waiting { place, missed: true }
    }

    /// Whether it takes a place.
    pub const fn holds(&self) -> bool {
        matches!(self.state, State::Waiting { .. } | State::Called { .. } | State::Served { .. })
    }

    /// Whether it is still to come.
    pub fn is_open(&self, now: Moment) -> bool {
        self.state.is_living() && self.slot.to > now
    }

    /// When it began, if whoever booked it did not come.
    pub const fn missed(&self) -> Option<Moment> {
        match self.state {
            State::Lapsed { .. } => Some(self.slot.from),
            _ => None,
        }
    }

    /// Whoever booked cancels; after `until` only the desk does.
    pub fn cancel(&self, until: Option<Moment>, now: Moment) -> Result<State, Refusal> {
        let late = until.is_some_and(|until| now > until) && self.state.is_living();
        if late { Err(Refusal::Expired) } else { self.state.give_up(now) }
    }

    /// The desk says whether somebody came: not long before their time, and of nobody that they did not come before it
    /// has begun.
    pub fn mark(&self, mark: Mark, now: Moment) -> Result<State, Refusal> {
        let from = match mark {
            Mark::Served => self.slot.from.plus(-EARLY),
            Mark::Missed => self.slot.from,
        };
        if now < from {
            return Err(Refusal::WrongState("early".into()));
        }
        self.state.call(self.slot.from)?.mark(mark, self.number, now)
    }

    /// The desk takes back what it said.
    pub fn unmark(&self) -> Result<State, Refusal> {
        match self.state {
            State::Served { .. } | State::Lapsed { .. } => Ok(Self::begin(self.number)),
            other => Err(Refusal::WrongState(other.code().to_owned())),
        }
    }
}
