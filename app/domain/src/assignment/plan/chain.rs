//! Placement by chains of exchanges: a unit takes a place, whoever stood in its way takes another, and so on.
//! This is what guarantees places; the search for points never gives one back.

use super::state::State;
use super::table::{NONE, Table};

/// How many units one step may push away.
const MOST_PUSHED: usize = 3;

/// A search for one chain.
pub(super) struct Chain<'t, 'a, 'b> {
    table: &'t Table<'a, 'b>,
    moved: Vec<bool>,
    /// Places that may still be tried.
    tries: usize,
}

impl<'t, 'a, 'b> Chain<'t, 'a, 'b> {
    /// Gives `unit` a place with chains of at most `depth` exchanges; changes nothing where it finds none.
    pub(super) fn insert(
        table: &'t Table<'a, 'b>,
        state: &mut State,
        unit: usize,
        depth: usize,
        tries: usize,
    ) -> bool {
        (0..=depth).any(|depth| {
            state.forget(table);
            let moved = vec![false; table.model.instance.units.len()];
            let mut chain = Chain { table, moved, tries };
            chain.step(state, unit, depth)
        })
    }

    fn step(&mut self, state: &mut State, unit: usize, depth: usize) -> bool {
        self.moved[unit] = true;
        let table = self.table;
        for at in &table.arcs[unit] {
            if self.tries == 0 {
                break;
            }
            let at = at.at as usize;
            let Some(pushed) = self.pushed(state, unit, at) else { continue };
            if pushed.is_empty() {
                let price = state.price(table, unit, at);
                state.put(table, unit, at, price);
                return true;
            }
            if depth == 0 {
                continue;
            }
            self.tries -= 1;
            if self.exchange(state, unit, at, &pushed, depth) {
                return true;
            }
        }
        self.moved[unit] = false;
        false
    }

    fn exchange(
        &mut self,
        state: &mut State,
        unit: usize,
        at: usize,
        pushed: &[usize],
        depth: usize,
    ) -> bool {
        let table = self.table;
        let before = state.mark();
        let known = self.moved.clone();
        for other in pushed {
            state.lift(table, *other);
        }
        if state.enter(table, unit, at) && pushed.iter().all(|other| self.step(state, *other, depth - 1)) {
            return true;
        }
        state.back(table, before);
        self.moved = known;
        false
    }

    /// Who would have to leave so that the unit may stand there; `None` where that cannot be asked.
    fn pushed(&self, state: &mut State, unit: usize, at: usize) -> Option<Vec<usize>> {
        let table = self.table;
        let mut pushed: Vec<usize> = Vec::new();
        for stall in &table.model.positions[at].stalls {
            let owner = state.owner[*stall];
            if owner != NONE && !pushed.contains(&(owner as usize)) {
                pushed.push(owner as usize);
            }
        }
        for tie in &table.model.incompatible[unit] {
            if state.clashes(table, at, *tie) && !pushed.contains(&tie.other) {
                pushed.push(tie.other);
            }
        }
        if pushed.len() > MOST_PUSHED || pushed.iter().any(|other| self.moved[*other]) {
            return None;
        }
        if !state.fits(table, unit, at) {
            let before = state.mark();
            let relieved = self.relieve(state, unit, at, &mut pushed);
            state.back(table, before);
            relieved?;
        }
        Some(pushed)
    }

    /// Adds the smallest consumer (or a unit of the same category) whose leaving makes room.
    fn relieve(&self, trial: &mut State, unit: usize, at: usize, pushed: &mut Vec<usize>) -> Option<()> {
        let (table, model) = (self.table, self.table.model);
        for other in &*pushed {
            trial.lift(table, *other);
        }
        let mut others: Vec<usize> = (0..trial.place.len())
            .filter(|other| {
                trial.place[*other] != NONE
                    && !self.moved[*other]
                    && model.instance.units[*other].lock.is_none()
            })
            .collect();
        others.sort_by_key(|other| (model.instance.units[*other].power_w, *other));
        while !trial.fits(table, unit, at) {
            if pushed.len() >= MOST_PUSHED {
                return None;
            }
            let excess = trial.excess(table, unit, at);
            let next = match excess {
                Some((fuse, watts)) => {
                    let draws = |other: &usize| {
                        let there = &model.positions[trial.place[*other] as usize];
                        there.fuses(model.instance.units[*other].power_w).contains(&fuse)
                    };
                    let enough = |other: &&usize| model.instance.units[**other].power_w >= watts;
                    let mut on = others.iter().filter(|other| draws(other));
                    // Where no single one is enough, the largest goes first.
                    on.clone().find(enough).or_else(|| on.next_back()).copied()
                }
                None => others.iter().copied().find(|other| model.category[*other] == model.category[unit]),
            }?;
            trial.lift(table, next);
            others.retain(|other| *other != next);
            pushed.push(next);
        }
        Some(())
    }
}
