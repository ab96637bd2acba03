//! What helps people on a ground and does not decide where stalls may stand.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::geometry::{Point, Polygon, disc};

/// A fuse behind several outlets.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circuit {
    /// `c1`
    pub id: String,
    /// Watts, for all its outlets together.
    pub cap_w: u32,
}

/// A thing that people look for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// `aed`, `first_aid`, `toilet`, `hydrant`, `seat`, `drinking_water`, `charging`, `assembly`, `parking`,
    /// `service`; [`super::label`] names it for people.
    pub kind: String,
    /// Where.
    pub at: Point,
    /// What people are told besides: `北馆服务台`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl Facility {
    /// Metres round it that no stall may take: nobody hides a hydrant (Fire Protection Law of the PRC, article 28),
    /// help is walked up to, people gather where they are told to, and a bench is sat on.
    pub fn clear(&self) -> f64 {
        match self.kind.as_str() {
            "hydrant" => 1.5,
            "aed" | "first_aid" => 1.0,
            "assembly" => 2.0,
            "parking" => 0.0,
            _ => 0.5,
        }
    }

    /// The outline of what must stay free; `None` where nothing must.
    pub fn surround(&self) -> Option<Vec<Point>> {
        let clear = self.clear();
        (clear > 0.0).then(|| disc(self.at, clear))
    }
}

/// A part of the floor: what it is like to be there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// `shade`, `step_free`, `steps`; [`super::label`] names it for people.
    pub kind: String,
    /// Its outline.
    pub polygon: Polygon,
}

/// A photo or a plan under the drawing. The picture itself is kept elsewhere, by its hash.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backdrop {
    /// Hexadecimal digits of the picture's hash.
    pub image: String,
    /// Its lower left corner.
    pub at: Point,
    /// Metres from left to right.
    pub w: f64,
    /// Metres from bottom to top.
    pub h: f64,
    /// Degrees counter-clockwise about that corner.
    #[serde(default)]
    pub angle: f64,
    /// Percent, 0 to 100.
    pub opacity: u8,
}

impl Backdrop {
    /// The same picture, so large that two places on it are so many metres apart; the first stays.
    pub fn scaled(&self, a: Point, b: Point, metres: f64) -> Result<Self, Refusal> {
        let apart = b.minus(a).length();
        if apart < 0.01 || !(0.1..=5_000.0).contains(&metres) {
            return Err(Refusal::Malformed("scale"));
        }
        let by = metres / apart;
        let at = a.plus(self.at.minus(a).times(by));
        Ok(Self { at, w: self.w * by, h: self.h * by, ..self.clone() })
    }

    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        let named =
            (16..=64).contains(&self.image.len()) && self.image.bytes().all(|b| b.is_ascii_hexdigit());
        let sized = (0.5..=5_000.0).contains(&self.w) && (0.5..=5_000.0).contains(&self.h);
        if named && sized && self.angle.abs() <= 3_600.0 && self.opacity <= 100 && self.at.is_sound() {
            Ok(())
        } else {
            Err(Refusal::Malformed("backdrop"))
        }
    }
}
