//! The model behind an [`Instance`]: positions, who may stand where at what cost, and the one evaluator.
//!
//! Every figure is a whole number, so that every machine gives the same. Knows nothing of how it is searched.

use std::collections::BTreeSet;

use super::instance::{Instance, Unit};
use super::position::{Names, Position, positions};
use crate::order::Order as _;

/// Rank charged where a unit has a wish list and the position is not on it.
pub(super) const UNRANKED: i64 = 5;
/// Noise reaches so far, centimetres.
pub(super) const NEAR_CM: i64 = 1_200;
/// Where affinity stops growing, centimetres.
pub(super) const FAR_CM: i64 = 3_000;
const FAIR_DIVISOR: i64 = 200;
/// Not to be used: the unit may not stand there.
pub(super) const CLOSED: i32 = i32::MAX;

/// What binds two units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Tie {
    pub(super) other: usize,
    pub(super) amount: i64,
}

/// Everything that a search or an explanation looks at.
pub struct Model<'a> {
    pub(super) instance: &'a Instance,
    pub(super) positions: Vec<Position>,
    /// Cost of a unit on a position, row by row; `CLOSED` where it may not stand.
    costs: Vec<i32>,
    pub(super) incompatible: Vec<Vec<Tie>>,
    pub(super) affine: Vec<Vec<Tie>>,
    pub(super) adjacent: Vec<Vec<usize>>,
    /// Per unit: its category's number.
    pub(super) category: Vec<usize>,
    /// Per category: the most stalls it may have.
    pub(super) caps: Vec<Option<usize>>,
    /// Per category: points for two of it side by side.
    pub(super) beside: Vec<i64>,
    /// Per zone: visitors it should draw.
    pub(super) share: Vec<i64>,
    /// Per stall: the positions that begin with it.
    starting: Vec<Vec<usize>>,
    /// Whether any stall is kept for some categories.
    reserving: bool,
}

impl<'a> Model<'a> {
    /// Prepares an instance for a search.
    pub fn new(instance: &'a Instance) -> Self {
        let mut model = Self::plain(instance);
        model.costs = model.all_costs();
        model
    }

    /// Prepares an instance for judging and explaining only: in far less time, but nothing can be searched with it.
    pub fn plain(instance: &'a Instance) -> Self {
        let zones = Names::of(instance.stalls.iter().map(|stall| stall.zone.as_str()));
        let (positions, starting) = positions(instance, &zones);
        let kinds = Names::of(instance.units.iter().map(|unit| unit.category.as_str()));
        let mut caps = vec![None; kinds.0.len()];
        for cap in &instance.category_caps {
            if let Some(kind) = kinds.number(&cap.category) {
                caps[kind] = Some(cap.max_slots);
            }
        }
        let mut beside = vec![0; kinds.0.len()];
        for (kind, name) in kinds.0.iter().enumerate() {
            if instance.cluster.iter().any(|one| one == name) {
                beside[kind] = -instance.weights.cluster;
            } else if instance.spread.iter().any(|one| one == name) {
                beside[kind] = instance.weights.spread;
            }
        }
        let mut adjacent = vec![Vec::new(); instance.stalls.len()];
        for (one, other) in &instance.adjacent {
            adjacent[*one].push(*other);
            adjacent[*other].push(*one);
        }
        let category = instance.units.iter().filter_map(|unit| kinds.number(&unit.category)).collect();
        Self {
            instance,
            positions,
            costs: Vec::new(),
            incompatible: ties(instance.units.len(), &instance.incompatible),
            affine: ties(instance.units.len(), &instance.affinity),
            adjacent,
            category,
            caps,
            beside,
            share: share(instance, &zones),
            starting,
            reserving: instance.stalls.iter().any(|stall| !stall.reserved.is_empty()),
        }
    }

    fn all_costs(&self) -> Vec<i32> {
        let mean = self.mean_quality();
        let mut costs = Vec::with_capacity(self.instance.units.len() * self.positions.len());
        // Units that ask the same may stand in the same places.
        let mut known: Vec<(&Unit, Vec<bool>)> = Vec::new();
        for unit in &self.instance.units {
            let alike =
                known.iter().position(|(other, _)| self.ask_alike(unit, other)).unwrap_or_else(|| {
                    let open = |at: &Position| self.refusals(unit, at).next().is_none();
                    known.push((unit, self.positions.iter().map(open).collect()));
                    known.len() - 1
                });
            for (at, open) in self.positions.iter().zip(&known[alike].1) {
                let cost = || self.own_terms(unit, at, mean).iter().map(|(_, points)| points).sum::<i64>();
                costs.push(if *open { i32::try_from(cost()).unwrap_or(CLOSED - 1) } else { CLOSED });
            }
        }
        costs
    }

    pub(super) fn mean_quality(&self) -> i64 {
        let open = self.instance.stalls.iter().filter(|stall| !stall.blocked);
        let (sum, count) = open.fold((0, 0), |(sum, count), stall| (sum + stall.quality, count + 1));
        if count == 0 { 0 } else { sum / count }
    }

    /// Cost of a unit on a position, `CLOSED` where it may not stand.
    pub(super) fn cost(&self, unit: usize, position: usize) -> i32 {
        self.costs[unit * self.positions.len() + position]
    }

    /// The position of exactly these stalls in this order.
    pub(super) fn position(&self, stalls: &[usize]) -> Option<usize> {
        let starting = self.starting.get(*stalls.first()?)?;
        starting.iter().copied().find(|at| self.positions[*at].stalls == stalls)
    }

    /// Why a unit may not stand on a position, whoever else stands where. The codes are those people see.
    pub(super) fn refusals(&self, unit: &Unit, at: &Position) -> impl Iterator<Item = &'static str> {
        let run = || at.stalls.iter().map(|stall| &self.instance.stalls[*stall]);
        let slots = (unit.slots_min..=unit.slots_max).contains(&at.stalls.len());
        let strongest = at.most_w();
        let listed = unit.anywhere
            || unit.pref_stalls.is_empty()
            || at.stalls.iter().any(|stall| unit.pref_stalls.contains(stall));
        let zone = |zones: &Vec<String>| run().any(|stall| !zones.contains(&stall.zone));
        let tagless = run().any(|stall| unit.tags_required.iter().any(|tag| !stall.tags.contains(tag)));
        let reserved = |stall: &super::instance::Stall| {
            !stall.reserved.is_empty() && !stall.reserved.contains(&unit.category)
        };
        [
            ("slots", !slots),
            ("locked_elsewhere", unit.lock.as_ref().is_some_and(|lock| *lock != at.stalls)),
            ("forbidden", at.stalls.iter().any(|stall| unit.forbid.contains(stall))),
            ("no_power", unit.power_w > 0 && strongest.is_none()),
            ("outlet_too_small", unit.power_w > 0 && strongest.is_some_and(|most| unit.power_w > most)),
            ("no_water", unit.water && !run().any(|stall| stall.water)),
            ("no_shelter_in_rain", self.instance.rain && unit.shelter && !run().all(|stall| stall.shelter)),
            ("too_narrow", unit.min_w_cm > run().map(|stall| stall.w_cm).sum()),
            ("zone_not_allowed", unit.zones.as_ref().is_some_and(zone)),
            ("tag_missing", tagless),
            ("not_step_free", unit.step_free && !run().all(|stall| stall.step_free)),
            ("too_far_from_entrance", unit.max_entr_cm.is_some_and(|most| at.entrance > most)),
            ("only_listed_stalls", !listed),
            ("reserved_for_other_category", run().any(reserved)),
        ]
        .into_iter()
        .filter(|(code, _)| !unit.overruled || *code == "locked_elsewhere")
        .filter_map(|(code, closed)| closed.then_some(code))
    }

    /// Whether whatever refuses one unit refuses the other.
    fn ask_alike(&self, one: &Unit, other: &Unit) -> bool {
        let figures =
            |unit: &Unit| (unit.slots_min, unit.slots_max, unit.power_w, unit.min_w_cm, unit.max_entr_cm);
        let needs = |unit: &Unit| (unit.water, unit.shelter, unit.step_free, unit.overruled);
        let listed = |unit: &Unit| !unit.anywhere && !unit.pref_stalls.is_empty();
        figures(one) == figures(other)
            && needs(one) == needs(other)
            && one.lock == other.lock
            && one.forbid == other.forbid
            && one.zones == other.zones
            && one.tags_required == other.tags_required
            && listed(one) == listed(other)
            && (!listed(one) || one.pref_stalls == other.pref_stalls)
            && (!self.reserving || one.category == other.category)
    }

    /// The terms of one unit on one position; 0 where a term says nothing.
    pub(super) fn own_terms(&self, unit: &Unit, at: &Position, mean: i64) -> [(&'static str, i64); 11] {
        let weights = &self.instance.weights;
        let left = |stall: Option<usize>, points| match stall {
            Some(stall) if !at.stalls.contains(&stall) => points,
            _ => 0,
        };
        let when = |lost: bool, points| if lost { points } else { 0 };
        let zone = &self.instance.stalls[at.stalls[0]].zone;
        let open = || at.stalls.iter().any(|stall| !self.instance.stalls[*stall].shelter);
        [
            ("pref", weights.pref * rank(unit, at, zone)),
            ("fair", self.luck(unit, at.quality, mean)),
            ("move", left(unit.last, weights.r#move)),
            ("stay", left(unit.now, weights.stay)),
            ("print", left(unit.printed, weights.print)),
            ("zone", when(unit.home.as_ref().is_some_and(|home| home != zone), weights.zone)),
            ("cable", (weights.cable * at.cable(unit.power_w)).div_euclid(1_000)),
            ("tap", when(unit.water, (weights.tap * at.tap).div_euclid(1_000))),
            ("wet", when(self.instance.rain && weights.wet != 0 && open(), weights.wet)),
            ("access", (weights.access * unit.elder * at.entrance).div_euclid(1_000)),
            ("short", weights.short * unit.slots_max.saturating_sub(at.stalls.len()) as i64),
        ]
    }

    /// What a spot of such a quality costs a unit by its past luck.
    pub(super) fn luck(&self, unit: &Unit, quality: i64, mean: i64) -> i64 {
        unit.hist_n.map_or(0, |markets| {
            let luck = unit.hist_sum + quality - (markets + 1) * mean;
            (self.instance.weights.fair * luck * luck).div_euclid(FAIR_DIVISOR)
        })
    }

    /// How many want a place.
    pub const fn units(&self) -> usize {
        self.instance.units.len()
    }

    /// Whether any two units gain or lose points by each other.
    pub fn has_ties(&self) -> bool {
        let weights = &self.instance.weights;
        let units = || self.instance.units.iter();
        let heard =
            weights.noise != 0 && units().any(|unit| unit.noise > 0) && units().any(|unit| unit.quiet > 0);
        let affine = weights.affinity != 0 && self.affine.iter().any(|ties| !ties.is_empty());
        let queues = weights.queue != 0 && units().filter(|unit| unit.queue > 0).count() > 1;
        heard || affine || queues || self.category.iter().any(|kind| self.beside[*kind] != 0)
    }

    /// How many stalls a position touches.
    pub(super) fn touching(&self, at: usize) -> usize {
        let stalls = &self.positions[at].stalls;
        let near: BTreeSet<usize> = stalls.iter().flat_map(|stall| &self.adjacent[*stall]).copied().collect();
        near.iter().filter(|stall| !stalls.contains(stall)).count()
    }
}

/// The whole root of a square below 2^48: the floating-point root is correctly rounded on every machine, and
/// no root of a non-square below that is near enough to a whole number to be rounded up to it.
pub(super) fn root(square: i64) -> i64 {
    (square as f64).sqrt() as i64
}

fn rank(unit: &Unit, at: &Position, zone: &str) -> i64 {
    let of = |found: Option<usize>| found.map_or(UNRANKED, |rank| (rank as i64).min(UNRANKED));
    if !unit.pref_stalls.is_empty() {
        let first = |stall: &usize| unit.pref_stalls.iter().position(|wish| wish == stall);
        of(at.stalls.iter().filter_map(first).min())
    } else if unit.pref_zones.is_empty() {
        0
    } else {
        of(unit.pref_zones.iter().position(|wish| wish == zone))
    }
}

/// Both directions; of two entries for one pair the later counts.
fn ties(units: usize, pairs: &[(usize, usize, i64)]) -> Vec<Vec<Tie>> {
    let mut all: Vec<Vec<Tie>> = vec![Vec::new(); units];
    let mut note =
        |one: usize, other: usize, amount: i64| match all[one].iter_mut().find(|tie| tie.other == other) {
            Some(tie) => tie.amount = amount,
            None => all[one].push(Tie { other, amount }),
        };
    for (one, other, amount) in pairs {
        note(*one, *other, *amount);
        note(*other, *one, *amount);
    }
    for ties in &mut all {
        ties.order_by_key(|tie| tie.other);
    }
    all
}

fn share(instance: &Instance, zones: &Names) -> Vec<i64> {
    let draw: i64 = instance.units.iter().map(|unit| unit.draw).sum();
    let mut open = vec![0; zones.0.len()];
    for stall in instance.stalls.iter().filter(|stall| !stall.blocked) {
        if let Some(zone) = zones.number(&stall.zone) {
            open[zone] += 1;
        }
    }
    let all = open.iter().sum::<i64>().max(1);
    open.into_iter().map(|stalls| draw * stalls / all).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::any_market;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn who_asks_alike_is_refused_alike(market in any_market()) {
            let model = Model::new(&market);
            for (index, unit) in market.units.iter().enumerate() {
                for (at, position) in model.positions.iter().enumerate() {
                    let open = model.refusals(unit, position).next().is_none();
                    prop_assert_eq!(model.cost(index, at) != CLOSED, open);
                }
            }
        }
    }
}
