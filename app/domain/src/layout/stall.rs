//! One stall: its figures, and the door at which they are checked.

use serde::{Deserialize, Serialize};

use crate::geometry::{Footprint, Point};
use crate::text::short;
use crate::{Refusal, StallId};

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
    /// Stays where it is: no step moves, turns, resizes or removes it before it is unlocked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// Stalls of the same group are selected and moved together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// A stall as it comes in, before it is checked. Field by field, because a flattened `Spot` would be kept in memory
/// as anything that JSON can be, first.
#[derive(Deserialize)]
struct Written {
    id: StallId,
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
    #[serde(default)]
    locked: bool,
    #[serde(default)]
    group: Option<String>,
}

impl TryFrom<Written> for Stall {
    type Error = Refusal;
    fn try_from(written: Written) -> Result<Self, Refusal> {
        let Written { id, no, zone, x, y, w, d, angle, facing, outlet, locked, group } = written;
        Self { id, no, zone, x, y, w, d, angle, facing, outlet, locked, group }.sound()
    }
}

/// A stall that has no id yet: in files that came from elsewhere, its number says which it is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Spot {
    no: String,
    zone: String,
    x: f64,
    y: f64,
    w: f64,
    d: f64,
    angle: f64,
    facing: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    group: Option<String>,
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
        let Self { no, zone, x, y, w, d, angle, facing, outlet, locked, group } = self;
        Stall { id, no, zone, x, y, w, d, angle, facing, outlet, locked, group }.sound()
    }
}

/// To the centimetre: equal places have equal numbers.
pub(super) fn centimetre(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0 + 0.0
}

pub(super) fn degrees(angle: f64) -> f64 {
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
        self.group = self.group.map(|name| short(&name, 40, "group")).transpose()?;
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
