//! Simulated annealing on the whole objective: move, exchange, push away and find another place.
//! Steps are counted, never timed. A place once given is taken back only for somebody who counts as much.

use super::dice::{Dice, Warmth};
use super::model::CLOSED;
use super::state::State;
use super::table::{NONE, Table};

/// How a run cools.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cooling {
    pub(super) steps: u64,
    pub(super) from: f64,
    pub(super) to: f64,
    /// How much cheap places are preferred when one is proposed.
    pub(super) bias: u32,
}

/// A run that was stopped is cooled in so many times fewer steps than it was meant to have.
const QUENCH: u64 = 14;
/// From so many degrees at most.
const LUKEWARM: f64 = 5.0;
/// Degrees change after so many steps.
const ROUND: u64 = 64;

pub(super) struct Anneal<'t, 'a, 'b> {
    table: &'t Table<'a, 'b>,
    pub(super) state: State,
    pub(super) best: State,
    dice: Dice,
    warmth: Warmth,
    /// Units that may move: where everybody stands, those with a choice; else all that are not pinned.
    movable: Vec<u32>,
    undo: Vec<(usize, u32, u32)>,
}

impl<'t, 'a, 'b> Anneal<'t, 'a, 'b> {
    pub(super) fn new(table: &'t Table<'a, 'b>, state: State, seed: u64) -> Self {
        let out = |unit: &usize| state.place[*unit] == NONE && !table.arcs[*unit].is_empty();
        let least = if (0..state.place.len()).any(|unit| out(&unit)) { 1 } else { 2 };
        let pinned = |unit: usize| table.model.instance.units[unit].lock.is_some();
        let movable = (0..state.place.len())
            .filter(|unit| table.arcs[*unit].len() >= least && (least > 1 || !pinned(*unit)))
            .map(|unit| unit as u32)
            .collect();
        let best = state.clone();
        Self { table, best, state, dice: Dice::new(seed), warmth: Warmth::new(), movable, undo: Vec::new() }
    }

    /// Runs to its end; `stop` is asked now and then, and where it ends a run early, a short one cools what there is.
    pub(super) fn run(&mut self, cooling: Cooling, stop: &mut dyn FnMut() -> bool) {
        if self.movable.is_empty() {
            return;
        }
        if let Some(heat) = self.cool(cooling, stop) {
            let steps = cooling.steps / QUENCH;
            self.cool(Cooling { steps, from: heat.min(LUKEWARM).max(cooling.to), ..cooling }, &mut || false);
        }
    }

    /// The degrees at which it was stopped, if it was.
    fn cool(&mut self, cooling: Cooling, stop: &mut dyn FnMut() -> bool) -> Option<f64> {
        let rounds = cooling.steps / ROUND;
        let mut heat = cooling.from;
        let factor = root(cooling.to / cooling.from, rounds.max(1));
        for round in 0..rounds {
            for _ in 0..ROUND {
                self.step(heat, cooling.bias);
                if self.state.rank() < self.best.rank() {
                    self.best.clone_from(&self.state);
                }
            }
            heat *= factor;
            if round % 16 == 0 && stop() {
                return Some(heat);
            }
        }
        None
    }

    fn step(&mut self, heat: f64, bias: u32) {
        let table = self.table;
        let unit = self.movable[self.dice.below(self.movable.len())] as usize;
        let arcs = &table.arcs[unit];
        let at = arcs[self.dice.biased(arcs.len(), bias)];
        let from = self.state.place[unit];
        if at == from {
            return;
        }
        let limit = (heat * self.warmth.draw(&mut self.dice)) as i64;
        if from == NONE {
            return self.challenge(unit, at as usize, bias, limit);
        }
        let (at, from) = (at as usize, from as usize);
        let mut pushed = [NONE; 16];
        let mut count = 0;
        for stall in &table.model.positions[at].stalls {
            let owner = self.state.owner[*stall];
            if owner != NONE && owner as usize != unit && !pushed[..count].contains(&owner) {
                pushed[count] = owner;
                count += 1;
            }
        }
        let elsewhere = count > 0 && self.dice.below(8) == 0;
        if self.hopeless(unit, at, from, &pushed[..count], elsewhere, limit) {
            return;
        }
        self.undo.clear();
        let before = self.state.soft;
        let done = if count == 0 {
            self.relocate(unit, at)
        } else {
            self.exchange(unit, at, from, &pushed[..count], elsewhere, bias)
        };
        if !done || self.state.soft - before > limit {
            self.take_back(before);
        }
    }

    /// Somebody without a place takes one: a free one, or that of others who then find a new one or count no more.
    fn challenge(&mut self, unit: usize, at: usize, bias: u32, limit: i64) {
        let Some(others) = self.in_the_way(unit, at) else { return };
        self.undo.clear();
        let (unplaced, before) = (self.state.unplaced, self.state.soft);
        for other in &others {
            self.lift(*other);
        }
        let done = self.place(unit, at);
        if done {
            for other in &others {
                self.find(*other, bias);
            }
        }
        let worse = self.state.unplaced > unplaced;
        let dear = self.state.unplaced == unplaced && self.state.soft - before > limit;
        if !done || worse || dear {
            self.take_back(before);
        }
    }

    /// Who stands there, who may not stand near, and who draws the most where it would draw too much; `None` where
    /// one of them is pinned.
    fn in_the_way(&self, unit: usize, at: usize) -> Option<Vec<usize>> {
        let (table, state) = (self.table, &self.state);
        let model = table.model;
        let mut others: Vec<usize> = Vec::new();
        let stalls = model.positions[at].stalls.iter().map(|stall| state.owner[*stall]);
        let owners = stalls.filter(|owner| *owner != NONE).map(|owner| owner as usize);
        let foes = model.incompatible[unit].iter().filter(|tie| state.clashes(table, at, **tie));
        for other in owners.chain(foes.map(|tie| tie.other)) {
            if !others.contains(&other) {
                others.push(other);
            }
        }
        if let Some((fuse, _)) = state.excess(table, unit, at) {
            let draws = |other: &usize| {
                let (there, watts) = (state.place[*other], table.figures[*other].watts);
                there != NONE && model.positions[there as usize].fuses(watts).contains(&fuse)
            };
            let most = (0..state.place.len()).filter(draws).max_by_key(|other| table.figures[*other].watts);
            others.extend(most.filter(|most| !others.contains(most)));
        }
        let pinned = |other: &usize| model.instance.units[*other].lock.is_some();
        (!others.iter().any(pinned)).then_some(others)
    }

    /// What the own costs alone say: most steps end here.
    fn hopeless(
        &self,
        unit: usize,
        at: usize,
        from: usize,
        pushed: &[u32],
        elsewhere: bool,
        limit: i64,
    ) -> bool {
        let model = self.table.model;
        let mut own =
            i64::from(model.cost(unit, at)) - i64::from(model.cost(unit, from)) - self.table.slack[unit];
        if elsewhere || pushed.len() > 1 || model.positions[at].stalls.len() > 1 {
            return pushed.is_empty() && own > limit;
        }
        if let Some(other) = pushed.first().map(|other| *other as usize) {
            let there = model.cost(other, from);
            if there != CLOSED {
                own += i64::from(there) - i64::from(model.cost(other, at)) - self.table.slack[other];
            }
        }
        own > limit
    }

    fn relocate(&mut self, unit: usize, at: usize) -> bool {
        self.lift(unit);
        self.place(unit, at)
    }

    fn exchange(
        &mut self,
        unit: usize,
        at: usize,
        from: usize,
        pushed: &[u32],
        elsewhere: bool,
        bias: u32,
    ) -> bool {
        self.lift(unit);
        for other in pushed {
            if self.table.arcs[*other as usize].len() < 2 {
                return false;
            }
            self.lift(*other as usize);
        }
        if !self.place(unit, at) {
            return false;
        }
        let turned = self.dice.below(2) == 1;
        let count = pushed.len();
        (0..count).all(|index| {
            let other = pushed[if turned { count - 1 - index } else { index }] as usize;
            (!elsewhere && self.inherit(other, from)) || self.find(other, bias)
        })
    }

    /// The pushed unit takes what became free, whole or in part.
    fn inherit(&mut self, other: usize, from: usize) -> bool {
        let parts = &self.table.parts[from];
        let start = self.dice.below(parts.len());
        (0..parts.len()).any(|index| {
            let at = parts[(start + index) % parts.len()] as usize;
            self.place(other, at)
        })
    }

    /// The pushed unit takes the first free one of a few cheap places.
    fn find(&mut self, other: usize, bias: u32) -> bool {
        let arcs = &self.table.arcs[other];
        (0..6).any(|_| {
            let at = arcs[self.dice.biased(arcs.len(), bias)] as usize;
            self.place(other, at)
        })
    }

    fn lift(&mut self, unit: usize) {
        let from = self.state.place[unit];
        self.state.lift(self.table, unit);
        self.undo.push((unit, from, NONE));
    }

    fn place(&mut self, unit: usize, at: usize) -> bool {
        if !self.state.may(self.table, unit, at) {
            return false;
        }
        let price = self.state.price(self.table, unit, at);
        self.state.put(self.table, unit, at, price);
        self.undo.push((unit, NONE, at as u32));
        true
    }

    fn take_back(&mut self, soft: i64) {
        while let Some((unit, from, to)) = self.undo.pop() {
            if to == NONE {
                self.state.put(self.table, unit, from as usize, 0);
            } else {
                self.state.clear(self.table, unit);
            }
        }
        self.state.soft = soft;
    }
}

/// The `n`-th root by bisection: products only, so that it is the same everywhere.
fn root(value: f64, n: u64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if power(middle, n) < value { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

fn power(base: f64, exponent: u64) -> f64 {
    let (mut result, mut base, mut exponent) = (1.0, base, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result *= base;
        }
        base *= base;
        exponent >>= 1;
    }
    result
}
