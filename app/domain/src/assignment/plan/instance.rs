//! A market as a file of the schema `market-assign/1`: stalls, units and what ties them. Whole numbers only.
//!
//! Knows nothing of how it is solved.

use serde::{Deserialize, Serialize};

use crate::Refusal;

/// The only schema that is read.
pub(super) const SCHEMA: &str = "market-assign/1";

/// Largest figures that are read: centimetres, watts, points and counts all stay far from overflow.
const MOST: i64 = 1_000_000;
/// Weights, noise levels and qualities beyond these are no market either; with them every sum fits its number.
const MOST_WEIGHT: i64 = 10_000;
const MOST_LEVEL: i64 = 100;
const MOST_QUALITY: i64 = 1_000;
/// What past luck may cost one unit at the most, in points: own costs are kept in 32 bits.
const MOST_LUCK: i64 = 1_000_000_000;
/// More stalls or units than this are no market.
const MOST_PARTS: usize = 20_000;

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
    /// A tap in reach.
    #[serde(default)]
    pub water: bool,
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

fn sane(values: &[i64]) -> bool {
    values.iter().all(|value| value.abs() <= MOST)
}

impl Instance {
    /// Reads `market-assign/1`.
    pub fn parse(json: &str) -> Result<Self, Refusal> {
        let instance: Self = serde_json::from_str(json).map_err(|_| Refusal::Malformed("market file"))?;
        if instance.schema != SCHEMA {
            return Err(Refusal::Malformed("schema of the market file"));
        }
        instance.refuse_nonsense()?;
        Ok(instance)
    }

    fn refuse_nonsense(&self) -> Result<(), Refusal> {
        let (stalls, units) = (self.stalls.len(), self.units.len());
        if stalls > MOST_PARTS || units > MOST_PARTS {
            return Err(Refusal::TooLong("market file"));
        }
        let at = |index: &usize| *index < stalls;
        let who = |index: &usize| *index < units;
        let rows = self.rows.iter().flatten().all(at);
        let pairs = self.adjacent.iter().all(|(a, b)| at(a) && at(b));
        let ties = self
            .incompatible
            .iter()
            .chain(&self.affinity)
            .all(|(a, b, n)| who(a) && who(b) && a != b && (0..=MOST).contains(n));
        let w = &self.weights;
        let weights = [
            w.pref, w.fair, w.r#move, w.access, w.affinity, w.spread, w.cluster, w.noise, w.balance, w.short,
        ];
        let weights = weights.iter().all(|weight| (0..=MOST_WEIGHT).contains(weight));
        let best = self.stalls.iter().map(|stall| stall.quality).max().unwrap_or(0);
        let circuits = self.circuits.iter().all(|circuit| sane(&[circuit.cap_w]))
            && self
                .stalls
                .iter()
                .filter_map(|stall| stall.circuit.as_ref())
                .all(|id| self.circuits.iter().any(|circuit| circuit.id == *id));
        if rows
            && pairs
            && ties
            && weights
            && circuits
            && self.stalls.iter().all(Stall::is_sound)
            && self.units.iter().all(|unit| unit.is_sound(stalls) && unit.luck(best, w.fair) <= MOST_LUCK)
        {
            Ok(())
        } else {
            Err(Refusal::Malformed("market file"))
        }
    }
}

impl Stall {
    fn is_sound(&self) -> bool {
        sane(&[self.x_cm, self.y_cm, self.w_cm, self.power_w, self.entr_cm, self.quality])
            && self.entr_cm >= 0
            && (0..=MOST_QUALITY).contains(&self.quality)
    }
}

impl Unit {
    /// The most points that past luck could cost where the best stall has the quality `best`.
    fn luck(&self, best: i64, weight: i64) -> i64 {
        let Some(markets) = self.hist_n else { return 0 };
        let luck = self.hist_sum.abs() + best + (markets + 1) * best;
        luck.saturating_mul(luck).saturating_mul(weight) / 200
    }

    fn is_sound(&self, stalls: usize) -> bool {
        let listed =
            self.lock.iter().flatten().chain(&self.forbid).chain(&self.pref_stalls).chain(&self.last);
        let figures =
            [self.power_w, self.min_w_cm, self.priority, self.elder, self.noise, self.quiet, self.draw];
        listed.copied().all(|index| index < stalls)
            && sane(&figures)
            && figures.iter().all(|figure| *figure >= 0)
            && [self.elder, self.noise, self.quiet].iter().all(|level| *level <= MOST_LEVEL)
            && sane(&[self.hist_sum, self.max_entr_cm.unwrap_or(0)])
            && (0..=MOST).contains(&self.hist_n.unwrap_or(0))
            && (1..=16).contains(&self.slots_min)
            && (self.slots_min..=16).contains(&self.slots_max)
    }
}
