//! A layout (摊位图): numbered stalls as turned rectangles on a ground, in metres.
//!
//! A change is an `Edit` that yields a `Diff`; saving, undo and two editors at once are one mechanism.
//! Knows nothing of units: who stands at a stall is an assignment.

mod check;
mod diff;
pub mod drawing;
mod edit;
mod history;
mod near;
mod plate;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use check::{Breach, Kind, Severity, check, check_stall};
pub use diff::{Clash, Conflict, Diff};
pub use edit::Edit;
pub use history::History;

use crate::geometry::{Footprint, Point};
use crate::text::short;
use crate::{Refusal, StallId};

/// More stalls than this are no Saturday market.
pub const MOST_STALLS: usize = 2_000;

/// A numbered place on the map. Its number may change, its id never.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Stall {
    /// Which.
    pub id: StallId,
    /// The printed number: `12`.
    pub no: String,
    /// The slogan zone's letter: `A`.
    pub zone: String,
    /// Centre, metres east.
    pub x: f64,
    /// Centre, metres north.
    pub y: f64,
    /// Metres along the counter.
    pub w: f64,
    /// Metres from the counter to the back.
    pub d: f64,
    /// Degrees counter-clockwise, 0 to 360.
    pub angle: f64,
    /// Where the counter looks, degrees counter-clockwise from east: 270 is south.
    pub facing: f64,
    /// The outlet it is wired to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

/// A stall as it comes in, before it is checked.
#[derive(Deserialize)]
struct Written {
    id: StallId,
    #[serde(flatten)]
    spot: Spot,
}

impl TryFrom<Written> for Stall {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        written.spot.stall(written.id)
    }
}

/// A stall that has no id yet: in files that came from elsewhere, its number says which it is.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Spot {
    no: String,
    zone: String,
    x: f64,
    y: f64,
    w: f64,
    d: f64,
    angle: f64,
    facing: f64,
    #[serde(default)]
    outlet: Option<String>,
}

impl Spot {
    /// Reads `{"stalls": [{"no", "zone", "x", "y", "w", "d", "angle", "facing", "outlet"}]}`.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, Refusal> {
        #[derive(Deserialize)]
        struct File {
            stalls: Vec<Spot>,
        }
        serde_json::from_str(json).map(|file: File| file.stalls).map_err(|_| Refusal::Malformed("layout"))
    }

    /// The printed number.
    pub fn no(&self) -> &str {
        &self.no
    }

    /// The stall with the id it is known by from now on.
    pub fn stall(self, id: StallId) -> Result<Stall, Refusal> {
        let Self { no, zone, x, y, w, d, angle, facing, outlet } = self;
        Stall { id, no, zone, x, y, w, d, angle, facing, outlet }.sound()
    }
}

/// To the centimetre: equal places have equal numbers.
pub(crate) fn centimetre(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0 + 0.0
}

fn degrees(angle: f64) -> f64 {
    (angle * 10.0).round().rem_euclid(3_600.0) / 10.0
}

impl Stall {
    /// This stall to the centimetre and the tenth of a degree, if its figures make sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        let turns = self.angle.abs() <= 3_600.0 && self.facing.abs() <= 3_600.0;
        if !turns || !Point::new(self.x, self.y).is_sound() {
            return Err(Refusal::Malformed("stall place"));
        }
        if !(0.5..=50.0).contains(&self.w) || !(0.5..=50.0).contains(&self.d) {
            return Err(Refusal::Malformed("stall size"));
        }
        for metres in [&mut self.x, &mut self.y, &mut self.w, &mut self.d] {
            *metres = centimetre(*metres);
        }
        self.angle = degrees(self.angle);
        self.facing = degrees(self.facing);
        self.no = short(&self.no, 6, "stall number")?;
        self.zone = short(&self.zone, 4, "zone")?;
        self.outlet = self.outlet.map(|id| short(&id, 32, "outlet")).transpose()?;
        Ok(self)
    }

    /// What it covers.
    pub const fn footprint(&self) -> Footprint {
        Footprint { centre: self.centre(), w: self.w, d: self.d, angle: self.angle }
    }

    /// Its middle.
    pub const fn centre(&self) -> Point {
        Point::new(self.x, self.y)
    }

    /// Which of its own four sides the counter is on: 0 east, 1 north, 2 west, 3 south, before turning.
    pub fn counter(&self) -> u8 {
        let side = (self.facing - self.angle).rem_euclid(360.0) / 90.0;
        side.round() as u8 % 4
    }
}

/// The stalls of one market in one weather. Numbers and ids are unique.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Listed", into = "Listed")]
pub struct Layout {
    stalls: BTreeMap<StallId, Stall>,
}

/// A layout as it stands in a document: a list in the order of numbers.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    stalls: Vec<Stall>,
}

impl From<Layout> for Listed {
    fn from(layout: Layout) -> Self {
        Self { stalls: layout.in_order().into_iter().cloned().collect() }
    }
}

impl TryFrom<Listed> for Layout {
    type Error = Refusal;
    fn try_from(listed: Listed) -> Result<Self, Refusal> {
        Self::of(listed.stalls)
    }
}

/// Numbers in the order in which people read them: 2 before 10, plain before lettered.
pub fn number_order(no: &str) -> (u32, String) {
    let digits: String = no.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(u32::MAX), no[digits.len()..].to_owned())
}

impl Layout {
    /// From its stalls.
    pub fn of(stalls: impl IntoIterator<Item = Stall>) -> Result<Self, Refusal> {
        let mut layout = Self::default();
        for stall in stalls {
            let stall = stall.sound()?;
            if layout.stalls.insert(stall.id, stall).is_some() {
                return Err(Refusal::Taken("stall id"));
            }
        }
        layout.refuse_twins()?;
        Ok(layout)
    }

    fn refuse_twins(&self) -> Result<(), Refusal> {
        let numbers: BTreeSet<&str> = self.stalls.values().map(|stall| stall.no.as_str()).collect();
        if numbers.len() != self.stalls.len() {
            return Err(Refusal::Taken("stall number"));
        }
        if self.stalls.len() > MOST_STALLS {
            return Err(Refusal::TooLong("layout"));
        }
        Ok(())
    }

    /// Every stall, by id.
    pub const fn stalls(&self) -> &BTreeMap<StallId, Stall> {
        &self.stalls
    }

    /// Every stall in the order of the numbers.
    pub fn in_order(&self) -> Vec<&Stall> {
        let mut stalls: Vec<&Stall> = self.stalls.values().collect();
        stalls.sort_by_cached_key(|stall| number_order(&stall.no));
        stalls
    }

    /// One stall.
    pub fn stall(&self, id: StallId) -> Option<&Stall> {
        self.stalls.get(&id)
    }

    /// The stall with a printed number.
    pub fn numbered(&self, no: &str) -> Option<&Stall> {
        self.stalls.values().find(|stall| stall.no == no)
    }

    /// The next free number.
    pub fn next_number(&self) -> String {
        let most = self.stalls.values().map(|stall| number_order(&stall.no).0).filter(|n| *n < 100_000).max();
        (most.unwrap_or(0) + 1).to_string()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Moment;

    /// A stall of 3 m by 3 m that looks south.
    pub(crate) fn stall(n: u8, x: f64, y: f64) -> Stall {
        Stall {
            id: StallId::new(Moment::from_millis(1_700_000_000_000), [n; 10]),
            no: n.to_string(),
            zone: "A".into(),
            x,
            y,
            w: 3.0,
            d: 3.0,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
        }
    }

    #[test]
    fn a_layout_is_written_as_it_was_read_in_the_order_of_numbers() {
        let layout = Layout::of([stall(10, 36.4, 11.0), stall(2, 0.1 + 0.2, 1.0)]).unwrap();
        let text = serde_json::to_string(&layout).unwrap();
        assert!(text.find("\"2\"").unwrap() < text.find("\"10\"").unwrap());
        assert!(text.contains("\"x\":0.3,"), "{text}");
        assert_eq!(serde_json::from_str::<Layout>(&text).unwrap(), layout);
        assert_eq!(layout.next_number(), "11");
    }

    #[test]
    fn two_stalls_never_share_a_number() {
        let mut twin = stall(2, 9.0, 9.0);
        twin.no = "1".into();
        assert_eq!(Layout::of([stall(1, 0.0, 0.0), twin]), Err(Refusal::Taken("stall number")));
    }

    #[test]
    fn figures_without_sense_are_refused() {
        let bad: [fn(&mut Stall); 8] = [
            |s| s.x = f64::NAN,
            |s| s.y = f64::INFINITY,
            |s| s.w = 0.0,
            |s| s.d = -2.0,
            |s| s.w = 51.0,
            |s| s.angle = f64::NAN,
            |s| s.no = "  ".into(),
            |s| s.no = "1234567".into(),
        ];
        for spoil in bad {
            let mut stall = stall(1, 0.0, 0.0);
            spoil(&mut stall);
            assert!(stall.clone().sound().is_err(), "{stall:?}");
        }
    }

    #[test]
    fn the_counter_is_on_the_side_it_faces() {
        let mut one = stall(1, 0.0, 0.0);
        assert_eq!(one.counter(), 3);
        one.facing = 90.0;
        assert_eq!(one.counter(), 1);
        (one.angle, one.facing) = (350.0, 260.0);
        assert_eq!(one.counter(), 3);
        (one.angle, one.facing) = (10.0, 5.0);
        assert_eq!(one.counter(), 0);
    }
}
