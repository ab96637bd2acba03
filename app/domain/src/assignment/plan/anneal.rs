//! Simulated annealing on the whole objective: move, exchange, push away and find another place.
//! Steps are counted, never timed. A place once given is taken back only for somebody who counts as much.

use super::cooling::Cooling;
use super::dice::{Dice, Warmth};
use super::model::CLOSED;
use super::state::{Go, State};
use super::table::{Arc, NONE, Table};

/// A run that was stopped is cooled in so many times fewer steps than it was meant to have.
const QUENCH: u64 = 14;
/// From so many degrees at most.
const LUKEWARM: f64 = 5.0;
/// Degrees change after so many steps.
const ROUND: u64 = 64;

/// One step in so many asks anew what the others cost a unit.
const ANEW: usize = 16;
/// That may have become worse meanwhile by so many points.
const MARGIN: i64 = 12;
/// Where there are prices, places dearer than a unit's best by about so many points are offered at any heat.
const WIDTH: f64 = 4.0;
/// More than so many are not pushed away at once.
const MOST_PUSHED: usize = 16;

pub(super) struct Anneal<'t, 'a, 'b> {
    table: &'t Table<'a, 'b>,
    state: State,
    /// The best plan so far and its rank.
    best: Vec<u32>,
    rank: (i64, i64),
    dice: Dice,
    warmth: Warmth,
    /// Units that may move: where everybody stands, those with a choice; else all that are not pinned.
    movable: Vec<u32>,
    /// Per unit: what the others cost it where it stands, as it was when last asked.
    tied: Vec<i64>,
    /// About how many points dearer than its best the places are that a unit is offered.
    width: f64,
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
        let (best, rank) = (state.place.clone(), state.rank());
        let tied = table.slack.clone();
        Self {
            table,
            best,
            rank,
            state,
            dice: Dice::new(seed),
            warmth: Warmth::new(),
            movable,
            tied,
            width: WIDTH,
        }
    }

    /// The best plan that was met.
    pub(super) fn best(self) -> State {
        State::standing(self.table, &self.best)
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
        let factor = cooling.factor(rounds.max(1));
        for round in 0..rounds {
            self.width = heat + WIDTH;
            for _ in 0..ROUND {
                self.step(heat, cooling.bias);
                if self.state.rank() < self.rank {
                    self.rank = self.state.rank();
                    self.best.clone_from(&self.state.place);
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
        let Arc { at, cost } = self.draw(unit, bias);
        let from = self.state.place[unit];
        if at == from {
            return;
        }
        let limit = (heat * self.warmth.draw(&mut self.dice)) as i64;
        if from == NONE {
            return self.challenge(unit, at as usize, bias, limit);
        }
        let mut pushed = [NONE; MOST_PUSHED];
        let Some(count) = self.pushed(unit, at as usize, &mut pushed) else { return };
        let go = Go { unit, at: at as usize, cost };
        match pushed[..count] {
            [] => self.relocate(go, limit),
            [other] if table.spots[at as usize].stall != NONE => self.swap(go, other as usize, bias, limit),
            _ => self.exchange(go, &pushed[..count], bias, limit),
        }
    }

    /// One of a unit's places: by price, within what the heat can pay; else cheap ones more often.
    fn draw(&mut self, unit: usize, bias: u32) -> Arc {
        let arcs = &self.table.arcs[unit];
        let index = match self.table.within.get(unit) {
            None => self.dice.biased(arcs.len(), bias),
            Some(within) => {
                let more = (self.width * self.warmth.draw(&mut self.dice)) as usize;
                match within.get(more) {
                    Some(count) => self.dice.below(usize::from(*count)),
                    None => self.dice.biased(arcs.len(), bias),
                }
            }
        };
        arcs[index]
    }

    /// Who stands there already; `None` where they are too many.
    fn pushed(&self, unit: usize, at: usize, pushed: &mut [u32; MOST_PUSHED]) -> Option<usize> {
        let mut count = 0;
        let mut push = |owner: u32| {
            if owner == NONE || owner as usize == unit || pushed[..count].contains(&owner) {
                return true;
            }
            let room = pushed.get_mut(count);
            count += 1;
            room.map(|room| *room = owner).is_some()
        };
        let stall = self.table.spots[at].stall;
        let all = if stall == NONE {
            self.table.model.positions[at].stalls.iter().all(|stall| push(self.state.owner[*stall]))
        } else {
            push(self.state.owner[stall as usize])
        };
        all.then_some(count)
    }

    /// Somebody without a place takes one: a free one, or that of others who then find a new one or count no more.
    fn challenge(&mut self, unit: usize, at: usize, bias: u32, limit: i64) {
        let Some(others) = self.in_the_way(unit, at) else { return };
        self.state.forget(self.table);
        let before = self.state.mark();
        let (unplaced, soft) = self.state.rank();
        for other in &others {
            self.state.lift(self.table, *other);
        }
        let done = self.place(unit, at);
        if done {
            for other in &others {
                self.find(*other, bias);
            }
        }
        let worse = self.state.unplaced > unplaced;
        let dear = self.state.unplaced == unplaced && self.state.soft - soft > limit;
        if !done || worse || dear {
            self.state.back(self.table, before);
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

    /// What a unit gains at the most by going, as a cost; nearly always exact enough without asking the others.
    fn gain(&mut self, go: Go) -> i64 {
        let most = self.table.slack[go.unit];
        let slack = if self.dice.below(ANEW) == 0 { most } else { most.min(self.tied[go.unit] + MARGIN) };
        i64::from(go.cost) - i64::from(self.state.own[go.unit]) - slack
    }

    /// To a free place.
    fn relocate(&mut self, go: Go, limit: i64) {
        if self.gain(go) > limit {
            return;
        }
        let change = self.state.shift(self.table, go, None, &mut self.tied);
        if change <= limit {
            self.go(change, [go]);
        }
    }

    /// To the place of another, who comes back in its place or finds one elsewhere.
    fn swap(&mut self, go: Go, other: usize, bias: u32, limit: i64) {
        let (table, from) = (self.table, self.state.place[go.unit] as usize);
        let home = table.cost(other, from);
        let back = if home == CLOSED || table.spots[from].stall == NONE || self.dice.below(8) == 0 {
            let Some(free) = self.free(other, bias) else { return };
            free
        } else {
            Go { unit: other, at: from, cost: home }
        };
        if self.gain(go) + self.gain(back) > limit {
            return;
        }
        // What the two are to each other is left out; it stays the same where they change places.
        let change = self.state.shift(table, go, Some(back), &mut self.tied);
        if back.at == from {
            if change <= limit {
                self.go(change, [go, back]);
            }
        } else if change - MARGIN <= limit {
            self.attempt(limit, |search| {
                search.state.lift(table, go.unit);
                search.state.lift(table, other);
                search.place(go.unit, go.at) && search.place(other, back.at)
            });
        }
    }

    /// To where several stand, or one on a part of it: they inherit what becomes free or find something.
    fn exchange(&mut self, go: Go, pushed: &[u32], bias: u32, limit: i64) {
        let (table, from) = (self.table, self.state.place[go.unit] as usize);
        let elsewhere = self.dice.below(8) == 0;
        if pushed.iter().any(|other| table.arcs[*other as usize].len() < 2) {
            return;
        }
        self.attempt(limit, |search| {
            search.state.lift(table, go.unit);
            for other in pushed {
                search.state.lift(table, *other as usize);
            }
            let turned = search.dice.below(2) == 1;
            let count = pushed.len();
            search.place(go.unit, go.at)
                && (0..count).all(|index| {
                    let other = pushed[if turned { count - 1 - index } else { index }] as usize;
                    (!elsewhere && search.inherit(other, from)) || search.find(other, bias)
                })
        });
    }

    /// Everybody goes, if they may, where it is known what that changes.
    fn go<const N: usize>(&mut self, change: i64, all: [Go; N]) {
        let table = self.table;
        self.state.forget(table);
        let before = self.state.mark();
        for go in all {
            self.state.take(table, go.unit);
        }
        for go in all {
            if !self.state.may(table, go.unit, go.at) {
                return self.state.back(table, before);
            }
            self.state.put(table, go.unit, go.at, 0);
        }
        self.state.soft += change;
    }

    /// Keeps what was done if it can be done and costs no more than the limit.
    fn attempt(&mut self, limit: i64, act: impl FnOnce(&mut Self) -> bool) {
        self.state.forget(self.table);
        let (before, soft) = (self.state.mark(), self.state.soft);
        if !act(self) || self.state.soft - soft > limit {
            self.state.back(self.table, before);
        }
    }

    /// One of a few cheap places where nobody stands.
    fn free(&mut self, unit: usize, bias: u32) -> Option<Go> {
        (0..6).find_map(|_| {
            let Arc { at, cost } = self.draw(unit, bias);
            let at = at as usize;
            let empty =
                self.table.model.positions[at].stalls.iter().all(|stall| self.state.owner[*stall] == NONE);
            empty.then_some(Go { unit, at, cost })
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
        (0..6).any(|_| {
            let at = self.draw(other, bias).at as usize;
            self.place(other, at)
        })
    }

    fn place(&mut self, unit: usize, at: usize) -> bool {
        self.state.enter(self.table, unit, at)
    }
}
