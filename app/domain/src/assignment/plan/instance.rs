//! A market as a file of the schema `market-assign/1`: stalls, units and what ties them. Whole numbers only.
//!
//! Knows nothing of how it is solved.

use serde::{Deserialize, Serialize};

/// The only schema that is read.
pub(in crate::assignment) const SCHEMA: &str = "market-assign/1";

/// Points a term is worth; 0 switches it off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    /// A rank further down the wish list.
    pub pref: i64,
    /// Squared past luck, per 200.
    pub fair: i64,
    /// Not where it stood last.
    pub r#move: i64,
    /// Ten metres further from the entrance, per level of need.
    pub access: i64,
    /// Ten metres between two that visitors go between.
    pub affinity: i64,
    /// Two of a kind side by side that should be apart.
    pub spread: i64,
    /// Two of a kind side by side that belong together (a gain).
    pub cluster: i64,
    /// Loud beside quiet.
    pub noise: i64,
    /// A visitor too many or too few in a zone.
    pub balance: i64,
    /// A stall fewer than wished.
    pub short: i64,
    /// Outside its own zone.
    pub zone: i64,
    /// Ten metres of cable to the outlet that feeds it.
    pub cable: i64,
    /// Ten metres to the tap that it needs.
    pub tap: i64,
    /// In the open on a rainy day.
    pub wet: i64,
    /// Not where it stands now.
    pub stay: i64,
    /// Not where its poster is printed for.
    pub print: i64,
    /// Two queues side by side.
    pub queue: i64,
}

/// A way to power from one stall. With these a stall may reach several outlets, each behind several fuses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Feed {
    /// What it gives when nobody else draws, watts.
    pub power_w: i64,
    /// From the outlet to the stall, centimetres.
    pub cable_cm: i64,
    /// Every fuse on the way, by name.
    pub circuits: Vec<String>,
}

/// One place.
#[allow(clippy::struct_excessive_bools)] // as the file format has them
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stall {
    /// Its name.
    pub id: String,
    /// Centre, centimetres.
    pub x_cm: i64,
    /// Centre, centimetres.
    pub y_cm: i64,
    /// Along the counter, centimetres.
    pub w_cm: i64,
    /// Which part of the ground.
    pub zone: String,
    /// The circuit its outlet hangs on.
    pub circuit: Option<String>,
    /// What its outlet gives, watts.
    #[serde(default)]
    pub power_w: i64,
    /// Where these are given, they count and `circuit` and `power_w` do not: the first that carries a unit feeds it.
    #[serde(default)]
    pub feeds: Vec<Feed>,
    /// A tap in reach.
    #[serde(default)]
    pub water: bool,
    /// To that tap, centimetres.
    #[serde(default)]
    pub tap_cm: i64,
    /// Dry in rain.
    #[serde(default)]
    pub shelter: bool,
    /// No step on the way.
    #[serde(default)]
    pub step_free: bool,
    /// To the nearest entrance, centimetres.
    #[serde(default)]
    pub entr_cm: i64,
    /// How good a spot it is, 0 to 100.
    #[serde(default)]
    pub quality: i64,
    /// Not given out.
    #[serde(default)]
    pub blocked: bool,
    /// What it offers besides.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Only for these categories; empty: for all.
    #[serde(default)]
    pub reserved: Vec<String>,
}

/// Somebody who wants a place.
#[allow(clippy::struct_excessive_bools)] // as the file format has them
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// Its name in the file.
    pub id: String,
    /// What it does.
    pub category: String,
    /// Stalls side by side, at least.
    pub slots_min: usize,
    /// Stalls side by side, wished.
    pub slots_max: usize,
    /// Watts.
    #[serde(default)]
    pub power_w: i64,
    /// Needs a tap.
    #[serde(default)]
    pub water: bool,
    /// Needs a roof in rain.
    #[serde(default)]
    pub shelter: bool,
    /// Counter, centimetres.
    #[serde(default)]
    pub min_w_cm: i64,
    /// Only in these zones.
    #[serde(default)]
    pub zones: Option<Vec<String>>,
    /// Only where all of these are.
    #[serde(default)]
    pub tags_required: Vec<String>,
    /// Needs a way without steps.
    #[serde(default)]
    pub step_free: bool,
    /// No further from the entrance, centimetres.
    #[serde(default)]
    pub max_entr_cm: Option<i64>,
    /// Pinned to exactly these stalls.
    #[serde(default)]
    pub lock: Option<Vec<usize>>,
    /// Never on these.
    #[serde(default)]
    pub forbid: Vec<usize>,
    /// What it costs to leave it out.
    pub priority: i64,
    /// Wished stalls, best first.
    #[serde(default)]
    pub pref_stalls: Vec<usize>,
    /// Wished zones, best first.
    #[serde(default)]
    pub pref_zones: Vec<String>,
    /// Would also stand elsewhere than on a wished stall.
    #[serde(default = "yes")]
    pub anywhere: bool,
    /// How much its visitors need a short way.
    #[serde(default)]
    pub elder: i64,
    /// How loud.
    #[serde(default)]
    pub noise: i64,
    /// How quiet it must be.
    #[serde(default)]
    pub quiet: i64,
    /// Visitors expected.
    #[serde(default)]
    pub draw: i64,
    /// Sum of the qualities it had.
    #[serde(default)]
    pub hist_sum: i64,
    /// Over how many markets; none: fairness does not count.
    #[serde(default)]
    pub hist_n: Option<i64>,
    /// The stall it had last.
    #[serde(default)]
    pub last: Option<usize>,
    /// The stall it has now.
    #[serde(default)]
    pub now: Option<usize>,
    /// The stall that a printed poster names it for.
    #[serde(default)]
    pub printed: Option<usize>,
    /// The zone in which it belongs.
    #[serde(default)]
    pub home: Option<String>,
    /// How long its queue is.
    #[serde(default)]
    pub queue: i64,
    /// Its pin is somebody's word: what the stall lacks does not matter.
    #[serde(default)]
    pub overruled: bool,
}

const fn yes() -> bool {
    true
}

/// A fuse.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Circuit {
    /// Its name.
    pub id: String,
    /// Watts.
    pub cap_w: i64,
}

/// At most so many stalls for a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cap {
    /// Which.
    pub category: String,
    /// Stalls.
    pub max_slots: usize,
}

/// A whole market.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Instance {
    /// `market-assign/1`
    pub schema: String,
    /// It rains.
    #[serde(default)]
    pub rain: bool,
    /// What terms are worth.
    pub weights: Weights,
    /// Places.
    pub stalls: Vec<Stall>,
    /// Fuses.
    #[serde(default)]
    pub circuits: Vec<Circuit>,
    /// Stalls that touch in a line, by index.
    pub rows: Vec<Vec<usize>>,
    /// Pairs of stalls that touch.
    #[serde(default)]
    pub adjacent: Vec<(usize, usize)>,
    /// Who wants a place.
    pub units: Vec<Unit>,
    /// Pairs of units that must not touch and must be so many centimetres apart.
    #[serde(default)]
    pub incompatible: Vec<(usize, usize, i64)>,
    /// Pairs of units and how many visitors go between them.
    #[serde(default)]
    pub affinity: Vec<(usize, usize, i64)>,
    /// Categories that belong together.
    #[serde(default)]
    pub cluster: Vec<String>,
    /// Categories that should be apart.
    #[serde(default)]
    pub spread: Vec<String>,
    /// Limits by category.
    #[serde(default)]
    pub category_caps: Vec<Cap>,
}
