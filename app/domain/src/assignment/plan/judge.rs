//! The judge of every search: what a plan is worth, from first principles.

use std::collections::BTreeMap;

use super::model::{Model, UNRANKED};

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

/// The same while it is added up.
#[derive(Default)]
struct Sum {
    violations: Vec<&'static str>,
    unplaced: i64,
    terms: Vec<(&'static str, i64)>,
}

impl Sum {
    fn add(&mut self, term: &'static str, points: i64) {
        match self.terms.iter_mut().find(|(name, _)| *name == term) {
            _ if points == 0 => {}
            Some((_, sum)) => *sum += points,
            None => self.terms.push((term, points)),
        }
    }
}

impl Model<'_> {
    /// What a plan is worth, from first principles: the judge of every search.
    pub fn evaluate(&self, plan: &Plan) -> Worth {
        let Sum { violations, unplaced, terms } = self.sum(plan);
        let soft = terms.iter().map(|(_, points)| points).sum();
        let terms = terms.into_iter().filter(|(_, points)| *points != 0).collect();
        Worth { violations, unplaced, soft, terms }
    }

    /// The points of a plan by term, as [`Self::evaluate`] counts them.
    pub fn costs(&self, plan: &Plan) -> Vec<(&'static str, i64)> {
        self.sum(plan).terms
    }

    fn sum(&self, plan: &Plan) -> Sum {
        let mut sum = Sum::default();
        let places = self.places(plan, &mut sum);
        self.judge_sums(&places, &mut sum);
        let placed: Vec<(usize, usize)> =
            places.iter().enumerate().filter_map(|(unit, at)| at.map(|at| (unit, at))).collect();
        for (index, one) in placed.iter().enumerate() {
            for two in &placed[index + 1..] {
                self.judge_pair(*one, *two, &mut sum);
            }
        }
        sum
    }

    /// The position of each unit, with the terms and refusals of each for itself.
    fn places(&self, plan: &Plan, sum: &mut Sum) -> Vec<Option<usize>> {
        let mean = self.mean_quality();
        let mut taken = vec![false; self.instance.stalls.len()];
        let mut places = vec![None; self.instance.units.len()];
        for (index, unit) in self.instance.units.iter().enumerate() {
            let Some(stalls) = plan.get(index).and_then(Option::as_ref) else {
                sum.unplaced += unit.priority;
                continue;
            };
            let Some(at) = self.position(stalls) else {
                sum.violations.push("not_a_position");
                continue;
            };
            places[index] = Some(at);
            sum.violations.extend(self.refusals(unit, &self.positions[at]));
            if stalls.iter().any(|stall| taken[*stall]) {
                sum.violations.push("double_booked");
            }
            for stall in stalls {
                taken[*stall] = true;
            }
            for (term, points) in self.own_terms(unit, &self.positions[at], mean) {
                sum.add(term, points);
            }
        }
        places
    }

    /// Circuits, categories and zones.
    fn judge_sums(&self, places: &[Option<usize>], sum: &mut Sum) {
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
            sum.violations.push("circuit_overload");
        }
        if slots.iter().zip(&self.caps).any(|(slots, cap)| cap.is_some_and(|cap| *slots > cap)) {
            sum.violations.push("category_cap");
        }
        let off: i64 = drawn.iter().zip(&self.share).map(|(drawn, share)| (drawn - share).abs()).sum();
        sum.add("balance", self.instance.weights.balance * off);
    }

    fn judge_pair(&self, one: (usize, usize), two: (usize, usize), sum: &mut Sum) {
        let ((unit, at), (other, there)) = (one, two);
        let apart = self.incompatible[unit].iter().find(|tie| tie.other == other);
        if apart.is_some_and(|tie| self.touch(at, there) || self.distance(at, there) < tie.amount) {
            sum.violations.push("incompatible_neighbours");
        }
        for (term, points) in self.pair_terms(one, two) {
            sum.add(term, points);
        }
    }

    /// What a unit on a stall costs for itself, by term; nothing for a stall that is not given out.
    pub fn alone(&self, unit: usize, stall: usize) -> impl Iterator<Item = (&'static str, i64)> + use<> {
        let who = &self.instance.units[unit];
        let terms =
            self.position(&[stall]).map(|at| self.own_terms(who, &self.positions[at], self.mean_quality()));
        terms.into_iter().flatten()
    }

    /// What it costs by the crowds of the zones that a unit stands on a stall, beside others on theirs.
    pub fn crowd(&self, at: (usize, usize), others: impl Iterator<Item = (usize, usize)>) -> i64 {
        let draw = |unit: usize| self.instance.units[unit].draw;
        let zone = |stall: usize| Some(self.positions[self.position(&[stall])?].zone);
        let (weight, more) = (self.instance.weights.balance, draw(at.0));
        let Some(here) = zone(at.1).filter(|_| weight * more != 0) else { return 0 };
        let drawn: i64 = others.filter(|other| zone(other.1) == Some(here)).map(|other| draw(other.0)).sum();
        let off = |drawn: i64| (drawn - self.share[here]).abs();
        weight * (off(drawn + more) - off(drawn))
    }

    /// What two units on two stalls cost each other, by term.
    pub fn together(
        &self,
        (unit, stall): (usize, usize),
        (other, there): (usize, usize),
    ) -> impl Iterator<Item = (&'static str, i64)> + use<> {
        let both = self.position(&[stall]).zip(self.position(&[there]));
        both.map(|(at, there)| self.pair_terms((unit, at), (other, there))).into_iter().flatten()
    }

    /// What a unit costs on a place that says nothing: not wished, in no zone of its own, in the open, of the mean
    /// quality. Points that people see are counted from here, so that what is good about a place is a gain.
    pub fn neutral(&self, unit: usize) -> [(&'static str, i64); 4] {
        let (who, weights) = (&self.instance.units[unit], &self.instance.weights);
        let mean = self.mean_quality();
        let wishes = !who.pref_stalls.is_empty() || !who.pref_zones.is_empty();
        [
            ("pref", if wishes { weights.pref * UNRANKED } else { 0 }),
            ("zone", if who.home.is_some() { weights.zone } else { 0 }),
            ("wet", if self.instance.rain { weights.wet } else { 0 }),
            ("fair", self.luck(who, mean, mean)),
        ]
    }
}
