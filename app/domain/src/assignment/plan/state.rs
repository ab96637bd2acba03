//! A plan while it is searched: who stands where, and what a step would cost, by differences.

use super::model::{CLOSED, Tie, root};
use super::noise::Heard;
use super::table::{NONE, Table};

/// Everything that changes with a step. `soft` is exact at all times.
#[derive(Clone)]
pub(super) struct State {
    pub(super) place: Vec<u32>,
    pub(super) owner: Vec<u32>,
    /// Per unit: what it costs by itself where it stands, 0 where it stands nowhere.
    pub(super) own: Vec<i32>,
    pub(super) heard: Heard,
    load: Vec<i64>,
    slots: Vec<usize>,
    drawn: Vec<i64>,
    pub(super) soft: i64,
    pub(super) unplaced: i64,
    /// Who was put where (`true`) or taken away from there, since it was last forgotten.
    steps: Vec<(u32, u32, bool)>,
}

/// One unit on its way: where to, and what it costs there by itself.
#[derive(Clone, Copy)]
pub(super) struct Go {
    pub(super) unit: usize,
    pub(super) at: usize,
    pub(super) cost: i32,
}

/// A moment to which a plan can go back.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    steps: usize,
    soft: i64,
}

impl State {
    /// Nobody stands anywhere.
    pub(super) fn empty(table: &Table) -> Self {
        let model = table.model;
        let off: i64 = model.share.iter().map(|share| share.abs()).sum();
        Self {
            place: vec![NONE; model.instance.units.len()],
            owner: vec![NONE; model.instance.stalls.len()],
            own: vec![0; model.instance.units.len()],
            heard: table.noise.silence(),
            load: vec![0; model.instance.circuits.len()],
            slots: vec![0; model.caps.len()],
            drawn: vec![0; model.share.len()],
            soft: model.instance.weights.balance * off,
            unplaced: model.instance.units.iter().map(|unit| unit.priority).sum(),
            steps: Vec::new(),
        }
    }

    /// Everybody stands where a list of positions says.
    pub(super) fn standing(table: &Table, places: &[u32]) -> Self {
        let mut state = Self::empty(table);
        for (unit, at) in places.iter().enumerate().filter(|(_, at)| **at != NONE) {
            let price = state.price(table, unit, *at as usize);
            state.put(table, unit, *at as usize, price);
        }
        state.forget(table);
        state
    }

    /// Fewer is better, first left out, then points.
    pub(super) const fn rank(&self) -> (i64, i64) {
        (self.unplaced, self.soft)
    }

    /// Where `back` would come to.
    pub(super) const fn mark(&self) -> Mark {
        Mark { steps: self.steps.len(), soft: self.soft }
    }

    /// Takes back all that was done since a mark.
    pub(super) fn back(&mut self, table: &Table, to: Mark) {
        while self.steps.len() > to.steps {
            match self.steps.pop() {
                Some((unit, at, true)) => self.out(table, unit as usize, at as usize),
                Some((unit, at, false)) => self.come(table, unit as usize, at as usize),
                None => break,
            }
        }
        self.soft = to.soft;
    }

    /// There is no way back any more to what was.
    pub(super) fn forget(&mut self, table: &Table) {
        self.heard.settle(&table.noise, &self.place);
        self.steps.clear();
    }

    /// What a unit on a position has to do with all others that stand, but for one of them.
    pub(super) fn ties(&self, table: &Table, unit: usize, at: usize, but: u32) -> i64 {
        let model = table.model;
        let mut sum = table.noise.cost(self, unit, at, but);
        for tie in &model.affine[unit] {
            let there = self.place[tie.other];
            if there != NONE && tie.other != but as usize {
                sum += model.affinity(tie.amount, root(table.square(at, there as usize)));
            }
        }
        if table.choosy[unit] { sum + self.beside(table, unit, at, but) } else { sum }
    }

    fn beside(&self, table: &Table, unit: usize, at: usize, but: u32) -> i64 {
        let me = &table.figures[unit];
        let queue = table.model.instance.weights.queue * me.queue;
        let near = &table.beside[at];
        let owner = |index: usize| self.owner[near[index] as usize];
        let mut sum = 0;
        for index in 0..near.len() {
            let other = owner(index);
            // A run beside a run touches it with several stalls and counts once.
            if other == NONE
                || other == but
                || other as usize == unit
                || (0..index).any(|one| owner(one) == other)
            {
                continue;
            }
            let you = &table.figures[other as usize];
            sum += queue * you.queue + if me.category == you.category { me.beside } else { 0 };
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

    /// What it changes when a unit goes to another position and whoever stood there to one more, but for what the
    /// two are to each other. `tied` learns what the others cost each of them now.
    pub(super) fn shift(&self, table: &Table, go: Go, back: Option<Go>, tied: &mut [i64]) -> i64 {
        let mut change = |go: Go, but: u32| {
            let from = self.place[go.unit] as usize;
            tied[go.unit] = self.ties(table, go.unit, from, but);
            i64::from(go.cost) - i64::from(self.own[go.unit]) + self.ties(table, go.unit, go.at, but)
                - tied[go.unit]
        };
        let mut sum = change(go, back.map_or(NONE, |back| back.unit as u32));
        if let Some(back) = back {
            sum += change(back, go.unit as u32);
        }
        sum + self.drift(table, go, back)
    }

    /// What that changes in how the visitors are spread over the zones.
    fn drift(&self, table: &Table, go: Go, back: Option<Go>) -> i64 {
        if table.model.instance.weights.balance == 0 {
            return 0;
        }
        let zone = |at: usize| table.model.positions[at].zone;
        let mut changes = [(0, 0); 4];
        for (index, go) in [Some(go), back].into_iter().enumerate() {
            let Some(go) = go else { continue };
            let draw = table.figures[go.unit].draw;
            changes[2 * index] = (zone(self.place[go.unit] as usize), -draw);
            changes[2 * index + 1] = (zone(go.at), draw);
        }
        let first = |index: &usize| !changes[..*index].iter().any(|(zone, _)| *zone == changes[*index].0);
        let all = |zone: usize| changes.iter().filter(|change| change.0 == zone).map(|change| change.1).sum();
        (0..4).filter(first).map(|index| self.balance(table, changes[index].0, all(changes[index].0))).sum()
    }

    /// Takes a unit off its position and answers what that changed; the position stays open.
    pub(super) fn lift(&mut self, table: &Table, unit: usize) -> i64 {
        let at = self.place[unit] as usize;
        let change = -i64::from(self.own[unit]) - self.ties(table, unit, at, NONE)
            + self.balance(table, table.model.positions[at].zone, -table.figures[unit].draw);
        self.take(table, unit);
        self.soft += change;
        change
    }

    /// Takes a unit off its position where it is known already what that changes.
    pub(super) fn take(&mut self, table: &Table, unit: usize) {
        let at = self.place[unit];
        self.out(table, unit, at as usize);
        self.steps.push((unit as u32, at, false));
    }

    /// Whether a unit that stands nowhere may stand on a position as things are.
    pub(super) fn may(&self, table: &Table, unit: usize, at: usize) -> bool {
        let (model, position) = (table.model, &table.model.positions[at]);
        table.cost(unit, at) != CLOSED
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
    pub(super) fn clashes(&self, table: &Table, at: usize, tie: Tie) -> bool {
        let there = self.place[tie.other];
        there != NONE
            && (table.square(at, there as usize) < tie.amount * tie.amount
                || table.beside[at].iter().any(|stall| self.owner[*stall as usize] as usize == tie.other))
    }

    /// What a unit costs where it stands, with all that the others cost it.
    pub(super) fn stay(&self, table: &Table, unit: usize) -> i64 {
        i64::from(self.own[unit]) + self.ties(table, unit, self.place[unit] as usize, NONE)
    }

    /// What a unit would cost on a single stall if whoever stands there left and all others stayed; `None` where that
    /// is more than so much, or it may not stand there then.
    pub(super) fn offer(&self, table: &Table, go: Go, most: i64) -> Option<i64> {
        let Go { unit, at, cost } = go;
        if i64::from(cost) - table.slack[unit] > most {
            return None;
        }
        let but = self.owner[table.spots[at].stall as usize];
        let price = i64::from(cost) + self.ties(table, unit, at, but);
        let clash = |tie: &Tie| tie.other != but as usize && self.clashes(table, at, *tie);
        let closed = price > most
            || self.overloads(table, unit, at, but)
            || table.model.incompatible[unit].iter().any(clash);
        (!closed).then_some(price)
    }

    /// Whether a fuse would carry too much if a unit went from where it stands to where `but` leaves.
    fn overloads(&self, table: &Table, unit: usize, at: usize, but: u32) -> bool {
        let positions = &table.model.positions;
        let watts = table.figures[unit].watts;
        let theirs = table.figures.get(but as usize).map_or(0, |figures| figures.watts);
        let (mine, left) = (positions[self.place[unit] as usize].fuses(watts), positions[at].fuses(theirs));
        positions[at].fuses(watts).iter().any(|fuse| {
            let gone =
                if mine.contains(fuse) { watts } else { 0 } + if left.contains(fuse) { theirs } else { 0 };
            self.load[*fuse] + watts - gone > table.model.instance.circuits[*fuse].cap_w
        })
    }

    /// What it costs to put a unit that stands nowhere on a position where it may stand.
    pub(super) fn price(&self, table: &Table, unit: usize, at: usize) -> i64 {
        i64::from(table.cost(unit, at))
            + self.ties(table, unit, at, NONE)
            + self.balance(table, table.model.positions[at].zone, table.figures[unit].draw)
    }

    /// Puts a unit on a position for a price that was asked before.
    pub(super) fn put(&mut self, table: &Table, unit: usize, at: usize, price: i64) {
        self.come(table, unit, at);
        self.steps.push((unit as u32, at as u32, true));
        self.soft += price;
    }

    /// Puts a unit that stands nowhere on a position if it may stand there.
    pub(super) fn enter(&mut self, table: &Table, unit: usize, at: usize) -> bool {
        let may = self.may(table, unit, at);
        if may {
            let price = self.price(table, unit, at);
            self.put(table, unit, at, price);
        }
        may
    }

    fn come(&mut self, table: &Table, unit: usize, at: usize) {
        let (model, position) = (table.model, &table.model.positions[at]);
        self.place[unit] = at as u32;
        self.own[unit] = table.cost(unit, at);
        for stall in &position.stalls {
            self.owner[*stall] = unit as u32;
        }
        self.account(table, unit, at, 1);
        self.slots[model.category[unit]] += position.stalls.len();
        self.unplaced -= table.figures[unit].priority;
    }

    fn out(&mut self, table: &Table, unit: usize, at: usize) {
        let (model, position) = (table.model, &table.model.positions[at]);
        self.place[unit] = NONE;
        self.own[unit] = 0;
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
        self.heard.note(&table.noise, unit);
    }
}
