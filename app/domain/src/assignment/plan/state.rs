//! A plan while it is searched: who stands where, and what a step would cost, by differences.

use super::model::{CLOSED, NEAR_CM, root};
use super::table::{NONE, Table};

/// Everything that changes with a step. `soft` is exact at all times.
#[derive(Clone)]
pub(super) struct State {
    pub(super) place: Vec<u32>,
    pub(super) owner: Vec<u32>,
    load: Vec<i64>,
    slots: Vec<usize>,
    drawn: Vec<i64>,
    pub(super) soft: i64,
    pub(super) unplaced: i64,
}

impl State {
    /// Nobody stands anywhere.
    pub(super) fn empty(table: &Table) -> Self {
        let model = table.model;
        let off: i64 = model.share.iter().map(|share| share.abs()).sum();
        Self {
            place: vec![NONE; model.instance.units.len()],
            owner: vec![NONE; model.instance.stalls.len()],
            load: vec![0; model.instance.circuits.len()],
            slots: vec![0; model.caps.len()],
            drawn: vec![0; model.share.len()],
            soft: model.instance.weights.balance * off,
            unplaced: model.instance.units.iter().map(|unit| unit.priority).sum(),
        }
    }

    /// Fewer is better, first left out, then points.
    pub(super) const fn rank(&self) -> (i64, i64) {
        (self.unplaced, self.soft)
    }

    /// What a unit on a position has to do with all others that stand.
    pub(super) fn ties(&self, table: &Table, unit: usize, at: usize) -> i64 {
        let model = table.model;
        let mut sum = 0;
        for tie in &model.affine[unit] {
            let there = self.place[tie.other];
            if there != NONE {
                sum += model.affinity(tie.amount, root(table.square(at, there as usize)));
            }
        }
        if table.sensitive[unit] {
            sum += self.beside(table, unit, at);
        }
        sum
    }

    fn beside(&self, table: &Table, unit: usize, at: usize) -> i64 {
        let me = &table.figures[unit];
        let weight = table.model.instance.weights.noise;
        let queue = table.model.instance.weights.queue * me.queue;
        let mut sum = 0;
        for stall in table.near(at) {
            let other = self.owner[*stall as usize];
            if other == NONE || other as usize == unit || !table.sensitive[other as usize] {
                continue;
            }
            let there = self.place[other as usize] as usize;
            if table.spots[there].first != *stall {
                continue;
            }
            let you = &table.figures[other as usize];
            let square = table.square(at, there);
            let loud = me.noise * you.quiet + you.noise * me.quiet;
            if loud > 0 && square < NEAR_CM * NEAR_CM {
                sum += weight * loud * (NEAR_CM - root(square)) / NEAR_CM;
            }
            let kin = if me.category == you.category { me.beside } else { 0 };
            let points = kin + queue * you.queue;
            if points != 0 && table.touch(at, there, square) {
                sum += points;
            }
        }
        sum
    }

    fn balance(&self, table: &Table, zone: usize, by: i64) -> i64 {
        let weight = table.model.instance.weights.balance;
        if weight == 0 {
            return 0;
        }
        let share = table.model.share[zone];
        weight * ((self.drawn[zone] + by - share).abs() - (self.drawn[zone] - share).abs())
    }

    /// Takes a unit off its position and answers what that changed; the position stays open.
    pub(super) fn lift(&mut self, table: &Table, unit: usize) -> i64 {
        let at = self.place[unit] as usize;
        let change = -i64::from(table.model.cost(unit, at)) - self.ties(table, unit, at)
            + self.balance(table, table.model.positions[at].zone, -table.figures[unit].draw);
        self.clear(table, unit);
        self.soft += change;
        change
    }

    /// Whether a unit that stands nowhere may stand on a position as things are.
    pub(super) fn may(&self, table: &Table, unit: usize, at: usize) -> bool {
        let (model, position) = (table.model, &table.model.positions[at]);
        table.model.cost(unit, at) != CLOSED
            && position.stalls.iter().all(|stall| self.owner[*stall] == NONE)
            && self.fits(table, unit, at)
            && model.incompatible[unit].iter().all(|tie| !self.clashes(table, at, *tie))
    }

    /// Whether circuit and category carry it.
    pub(super) fn fits(&self, table: &Table, unit: usize, at: usize) -> bool {
        let (model, position) = (table.model, &table.model.positions[at]);
        let watts = table.figures[unit].watts;
        let powered = position
            .fuses(watts)
            .iter()
            .all(|fuse| self.load[*fuse] + watts <= model.instance.circuits[*fuse].cap_w);
        let kind = model.category[unit];
        powered && model.caps[kind].is_none_or(|cap| self.slots[kind] + position.stalls.len() <= cap)
    }

    /// The first fuse that would carry too much if the unit came here, and by how many watts.
    pub(super) fn excess(&self, table: &Table, unit: usize, at: usize) -> Option<(usize, i64)> {
        let watts = table.figures[unit].watts;
        let over = |fuse: usize| self.load[fuse] + watts - table.model.instance.circuits[fuse].cap_w;
        let mut fuses = table.model.positions[at].fuses(watts).iter().copied();
        fuses.find(|fuse| over(*fuse) > 0).map(|fuse| (fuse, over(fuse)))
    }

    /// Whether an incompatible other stands too near to a position.
    pub(super) fn clashes(&self, table: &Table, at: usize, tie: super::model::Tie) -> bool {
        let there = self.place[tie.other];
        if there == NONE {
            return false;
        }
        let square = table.square(at, there as usize);
        square < tie.amount * tie.amount || table.touch(at, there as usize, square)
    }

    /// What it costs to put a unit that stands nowhere on a position where it may stand.
    pub(super) fn price(&self, table: &Table, unit: usize, at: usize) -> i64 {
        i64::from(table.model.cost(unit, at))
            + self.ties(table, unit, at)
            + self.balance(table, table.model.positions[at].zone, table.figures[unit].draw)
    }

    /// Puts a unit on a position for a price that was asked before.
    pub(super) fn put(&mut self, table: &Table, unit: usize, at: usize, price: i64) {
        let (model, position) = (table.model, &table.model.positions[at]);
        self.place[unit] = at as u32;
        for stall in &position.stalls {
            self.owner[*stall] = unit as u32;
        }
        self.account(table, unit, at, 1);
        self.slots[model.category[unit]] += position.stalls.len();
        self.unplaced -= table.figures[unit].priority;
        self.soft += price;
    }

    /// Takes a unit off without asking what that changes: for taking back a step whose worth is known.
    pub(super) fn clear(&mut self, table: &Table, unit: usize) {
        let (model, at) = (table.model, self.place[unit] as usize);
        let position = &model.positions[at];
        self.place[unit] = NONE;
        for stall in &position.stalls {
            self.owner[*stall] = NONE;
        }
        self.account(table, unit, at, -1);
        self.slots[model.category[unit]] -= position.stalls.len();
        self.unplaced += table.figures[unit].priority;
    }

    fn account(&mut self, table: &Table, unit: usize, at: usize, sign: i64) {
        let (who, position) = (&table.figures[unit], &table.model.positions[at]);
        for fuse in position.fuses(who.watts) {
            self.load[*fuse] += sign * who.watts;
        }
        self.drawn[position.zone] += sign * who.draw;
    }
}
