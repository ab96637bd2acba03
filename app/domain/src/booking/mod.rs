//! Rooms, pitches, printers and desks that are booked by the hour (共享会客厅、共享足球场): when they are open, who may
//! book, what follows from not coming. A booking is a number of a queue that the clock calls instead of staff: it has
//! the same states, the same code, and is kept by the same statements.

mod rule;
mod slot;
#[cfg(test)]
mod tests;
mod week;

use serde::{Deserialize, Serialize};

pub use rule::{Bar, Booker, MOST_MISSES, MOST_WEEKS, NoShow};
pub use slot::Slot;
pub use week::{Follows, Opening, Week, Window};

use crate::appeal::SlipCode;
use crate::moment::Place;
use crate::queue::{Standing, State};
use crate::text::{short, short_or_empty};
use crate::{Refusal, ResourceId};

/// The longest name, in letters.
pub const MOST_NAME: usize = 20;
/// The longest way there, in letters.
pub const MOST_PLACE: usize = 40;
/// The most people at once.
pub const MOST_AT_ONCE: i64 = 200;
/// The shortest and the longest slot, in minutes.
pub const LENGTHS: std::ops::RangeInclusive<i64> = 10..=720;
/// So many days before somebody may book at most.
pub const MOST_AHEAD: i64 = 60;
/// The most bookings that one phone has open.
pub const MOST_EACH: i64 = 10;
/// The longest time before the beginning in which nobody cancels alone, in hours.
pub const MOST_CUTOFF: i64 = 72;

/// What it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A room to meet in.
    Room,
    /// A pitch.
    Pitch,
    /// A desk to work at.
    Desk,
    /// A printer.
    Printer,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Room, Self::Pitch, Self::Desk, Self::Printer, Self::Other];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Pitch => "pitch",
            Self::Desk => "desk",
            Self::Printer => "printer",
            Self::Other => "other",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("kind"))
    }
}

/// How it is booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// So many bookings at once.
    pub capacity: i64,
    /// Minutes of a slot.
    pub minutes: i64,
    /// Days before which nobody books.
    pub ahead: i64,
    /// Bookings that one phone may have open.
    pub each: i64,
    /// Hours before the beginning in which only the desk cancels.
    pub cutoff: i64,
    /// What follows from not coming.
    pub no_show: Option<NoShow>,
}

impl Terms {
    /// Checked.
    pub fn sound(self) -> Result<Self, Refusal> {
        let within = |is: bool, what| if is { Ok(()) } else { Err(Refusal::Malformed(what)) };
        within((1..=MOST_AT_ONCE).contains(&self.capacity), "capacity")?;
        within(LENGTHS.contains(&self.minutes), "minutes")?;
        within((0..=MOST_AHEAD).contains(&self.ahead), "ahead")?;
        within((1..=MOST_EACH).contains(&self.each), "each")?;
        within((0..=MOST_CUTOFF).contains(&self.cutoff), "cutoff")?;
        Ok(self)
    }
}

/// What an organizer says of a resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Described {
    /// What it is.
    pub kind: Kind,
    /// `禾花共享足球场`
    pub name: String,
    /// How to get there.
    pub place: String,
    /// How it is booked.
    pub terms: Terms,
    /// When it is open.
    pub opening: Opening,
}

impl Described {
    /// Checked.
    pub fn sound(self) -> Result<Self, Refusal> {
        if self.opening.week.is_empty() {
            return Err(Refusal::Missing("windows"));
        }
        Ok(Self {
            name: short(&self.name, MOST_NAME, "name")?,
            place: short_or_empty(&self.place, MOST_PLACE, "place")?,
            terms: self.terms.sound()?,
            ..self
        })
    }
}

/// Something that is booked by the hour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// Which.
    pub id: ResourceId,
    /// What it is.
    pub kind: Kind,
    /// `禾花共享足球场`
    pub name: String,
    /// How to get there.
    pub place: String,
    /// Whether it takes bookings.
    pub standing: Standing,
    /// How it is booked.
    pub terms: Terms,
    /// When it is open.
    pub opening: Opening,
    /// Whose wall clock its windows mean.
    pub zone: Place,
    /// How often it was changed; a form that was shown before another change does nothing.
    pub steps: i64,
}

impl Resource {
    /// What an organizer says of it.
    pub fn described(&self) -> Described {
        let Self { kind, name, place, terms, opening, .. } = self.clone();
        Described { kind, name, place, terms, opening }
    }
}

/// Somebody's time with a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Booking {
    /// Of which resource.
    pub resource: ResourceId,
    /// The how-manieth of its bookings.
    pub number: i64,
    /// What opens its page.
    pub code: SlipCode,
    /// When.
    pub slot: Slot,
    /// Where it stands.
    pub state: State,
}
