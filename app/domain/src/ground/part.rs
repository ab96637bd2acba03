//! The parts of a ground that decide where stalls may stand.

use serde::{Deserialize, Serialize};

use super::within;
use crate::Refusal;
use crate::geometry::{Point, Polygon};
use crate::text::{short, short_or_empty};

/// The width and depth of a stall, in metres.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Along the counter.
    pub w: f64,
    /// From the counter to the back.
    pub d: f64,
}

/// An area in which stalls may stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// `plaza`; not a slogan zone's letter.
    pub id: String,
    /// `诗园小广场`
    pub name: String,
    /// Its outline.
    pub polygon: Polygon,
    /// Whether it stays dry in rain.
    pub shelter: bool,
    /// The usual size of a stall here.
    pub stall: Size,
    /// Room for people before a counter, in metres.
    pub aisle: f64,
    /// Patterns that an automatic layout may try.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patterns: Vec<String>,
}

/// Something that stands there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obstacle {
    /// `tree`, `planter` …; `label` names it for people.
    pub kind: String,
    /// Its outline.
    pub polygon: Polygon,
    /// Metres that must stay free round it.
    pub clear: f64,
}

/// A part of the ground on which nothing may stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepClear {
    /// `fire_lane`, `entrance` …; `label` names it for people.
    pub kind: String,
    /// Its outline.
    pub polygon: Polygon,
    /// The clear width a lane must keep, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
}

impl KeepClear {
    /// Whether it is a way for the fire brigade.
    pub fn is_fire_lane(&self) -> bool {
        self.kind == "fire_lane"
    }
}

/// A socket box with its own fuse.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// `o4`
    pub id: String,
    /// Where.
    pub at: Point,
    /// Watts.
    pub cap_w: u32,
    /// Metres of cable.
    pub reach: f64,
    /// The fuse it shares with others; none: `cap_w` is its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circuit: Option<String>,
}

/// Figures the organizer may tighten; metres, except `max_run` (stalls in a row).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Stalls in a row before a gap.
    pub max_run: u32,
    /// That gap.
    pub run_gap: f64,
    /// Between rows that stand back to back.
    pub back_gap: f64,
    /// The narrowest way for people.
    pub min_aisle: f64,
    /// The clear width of a fire lane that names none of its own.
    pub fire_lane: f64,
}

impl Area {
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        short(&self.id, 32, "zone id")?;
        short_or_empty(&self.name, 200, "zone name")?;
        within(self.stall.w, 0.5, 50.0, "stall width")?;
        within(self.stall.d, 0.5, 50.0, "stall depth")?;
        within(self.aisle, 0.0, 50.0, "aisle")
    }
}

impl Obstacle {
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        short(&self.kind, 32, "kind")?;
        within(self.clear, 0.0, 50.0, "clearance")
    }
}

impl KeepClear {
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        short(&self.kind, 32, "kind")?;
        self.width.map_or(Ok(()), |width| within(width, 0.5, 50.0, "lane width"))
    }
}

impl Outlet {
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        short(&self.id, 32, "outlet id")?;
        within(self.reach, 0.0, 500.0, "outlet reach")
    }
}

impl Rules {
    pub(super) fn refuse_nonsense(&self) -> Result<(), Refusal> {
        let metres = [self.run_gap, self.back_gap, self.min_aisle, self.fire_lane];
        metres.into_iter().try_for_each(|value| within(value, 0.0, 50.0, "rule"))
    }
}
