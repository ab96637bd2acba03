//! The judge of every search: what a plan is worth, from first principles.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Model;

/// What a plan is worth.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Worth {
    /// Broken hard rules as their codes; empty: the plan may be used.
    pub violations: Vec<&'static str>,
    /// Sum of the priorities of those without a place.
    pub unplaced: i64,
    /// Soft points; fewer is better.
    pub soft: i64,
    /// The points by term.
    pub terms: BTreeMap<&'static str, i64>,
}

/// For each unit the stalls it stands on.
pub type Plan = Vec<Option<Vec<usize>>>;

impl Model<'_> {
    /// What a plan is worth, from first principles: the judge of every search.
    pub fn evaluate(&self, plan: &Plan) -> Worth {
        let mut worth = Worth::default();
        let places = self.places(plan, &mut worth);
        self.judge_sums(&places, &mut worth);
        let placed: Vec<(usize, usize)> =
            places.iter().enumerate().filter_map(|(unit, at)| at.map(|at| (unit, at))).collect();
        for (index, (unit, at)) in placed.iter().enumerate() {
            for (other, there) in &placed[index + 1..] {
                self.judge_pair((*unit, *at), (*other, *there), &mut worth);
            }
        }
        worth.terms.retain(|_, points| *points != 0);
        worth.soft = worth.terms.values().sum();
        worth
    }

    /// The position of each unit, with the terms and refusals of each for itself.
    fn places(&self, plan: &Plan, worth: &mut Worth) -> Vec<Option<usize>> {
        let mean = self.mean_quality();
        let mut taken = BTreeSet::new();
        let mut places = vec![None; self.instance.units.len()];
        for (index, unit) in self.instance.units.iter().enumerate() {
            let Some(stalls) = plan.get(index).and_then(Option::as_ref) else {
                worth.unplaced += unit.priority;
                continue;
            };
            let Some(at) = self.position(stalls) else {
                worth.violations.push("not_a_position");
                continue;
            };
            places[index] = Some(at);
            worth.violations.extend(self.refusals(unit, &self.positions[at]));
            let fresh = stalls.iter().filter(|stall| taken.insert(**stall)).count();
            if fresh < stalls.len() {
                worth.violations.push("double_booked");
            }
            for (term, points) in self.own_terms(unit, &self.positions[at], mean) {
                *worth.terms.entry(term).or_default() += points;
            }
        }
        places
    }

    /// Circuits, categories and zones.
    fn judge_sums(&self, places: &[Option<usize>], worth: &mut Worth) {
        let mut load = vec![0; self.instance.circuits.len()];
        let mut slots = vec![0; self.caps.len()];
        let mut drawn = vec![0; self.share.len()];
        for (unit, at) in places.iter().enumerate().filter_map(|(unit, at)| at.map(|at| (unit, at))) {
            let (position, who) = (&self.positions[at], &self.instance.units[unit]);
            for fuse in position.fuses(who.power_w) {
                load[*fuse] += who.power_w;
            }
            slots[self.category[unit]] += position.stalls.len();
            drawn[position.zone] += who.draw;
        }
        if load.iter().zip(&self.instance.circuits).any(|(load, circuit)| *load > circuit.cap_w) {
            worth.violations.push("circuit_overload");
        }
        if slots.iter().zip(&self.caps).any(|(slots, cap)| cap.is_some_and(|cap| *slots > cap)) {
            worth.violations.push("category_cap");
        }
        let off: i64 = drawn.iter().zip(&self.share).map(|(drawn, share)| (drawn - share).abs()).sum();
        worth.terms.insert("balance", self.instance.weights.balance * off);
    }

    fn judge_pair(&self, (unit, at): (usize, usize), (other, there): (usize, usize), worth: &mut Worth) {
        let (d, touch) = (self.distance(at, there), self.touch(at, there));
        let apart = self.incompatible[unit].iter().find(|tie| tie.other == other);
        if apart.is_some_and(|tie| touch || d < tie.amount) {
            worth.violations.push("incompatible_neighbours");
        }
        if let Some(tie) = self.affine[unit].iter().find(|tie| tie.other == other) {
            *worth.terms.entry("affinity").or_default() += self.affinity(tie.amount, d);
        }
        *worth.terms.entry("noise").or_default() += self.noise(unit, other, d);
        if touch {
            let points = self.kin(unit, other);
            *worth.terms.entry(if points < 0 { "cluster" } else { "spread" }).or_default() += points;
            *worth.terms.entry("queue").or_default() += self.queues(unit, other);
        }
    }
}
