//! Many units at once: a handful is lifted, and the best way to put it back is found exactly, as if the lifted
//! did not mind each other; kept where the whole is better.

use super::dice::Dice;
use super::state::State;
use super::table::{NONE, Table};
use crate::assignment::lap::{self, FORBIDDEN, Matrix};

/// Free places that are offered besides those just left.
const MOST_FREE: usize = 48;

/// One round with about `size` units; whether it made the plan better.
pub(super) fn relay(table: &Table, state: &mut State, dice: &mut Dice, size: usize) -> bool {
    let chosen = choose(table, state, dice, size);
    if chosen.len() < 2 {
        return false;
    }
    state.forget(table);
    let (before, soft) = (state.mark(), state.soft);
    let from: Vec<u32> = chosen.iter().map(|unit| state.place[*unit]).collect();
    for unit in &chosen {
        state.lift(table, *unit);
    }
    let places = offered(table, state, dice, &from);
    let prices = Matrix::new(chosen.len(), places.len(), |unit, at| {
        let (unit, at) = (chosen[unit], places[at] as usize);
        if state.may(table, unit, at) { state.price(table, unit, at) } else { FORBIDDEN }
    });
    let better = lap::solve(&prices).is_some_and(|found| {
        let all = chosen
            .iter()
            .zip(&found.columns)
            .all(|(unit, column)| place(table, state, *unit, places[*column]));
        all && state.soft < soft
    });
    if !better {
        state.back(table, before);
    }
    better
}

fn place(table: &Table, state: &mut State, unit: usize, at: u32) -> bool {
    let may = state.may(table, unit, at as usize);
    if may {
        let price = state.price(table, unit, at as usize);
        state.put(table, unit, at as usize, price);
    }
    may
}

/// Units on one stall each that draw as little or as much as the first: they can nearly always change places.
fn choose(table: &Table, state: &State, dice: &mut Dice, size: usize) -> Vec<usize> {
    let units = state.place.len();
    let single = |unit: &usize| {
        let at = state.place[*unit];
        at != NONE && table.arcs[*unit].len() > 1 && table.model.positions[at as usize].stalls.len() == 1
    };
    let start = dice.below(units);
    let Some(first) = (start..start + units).map(|unit| unit % units).find(single) else { return Vec::new() };
    let idle = table.figures[first].watts == 0;
    let mut all: Vec<usize> =
        (0..units).filter(single).filter(|unit| (table.figures[*unit].watts == 0) == idle).collect();
    let size = size.min(all.len());
    for index in 0..size {
        let other = index + dice.below(all.len() - index);
        all.swap(index, other);
    }
    all.truncate(size);
    all
}

fn offered(table: &Table, state: &State, dice: &mut Dice, from: &[u32]) -> Vec<u32> {
    let free = |at: &u32| {
        let stalls = &table.model.positions[*at as usize].stalls;
        stalls.len() == 1 && state.owner[stalls[0]] == NONE && !from.contains(at)
    };
    let mut more: Vec<u32> = (0..table.model.positions.len() as u32).filter(free).collect();
    let count = more.len().min(MOST_FREE);
    for index in 0..count {
        let other = index + dice.below(more.len() - index);
        more.swap(index, other);
    }
    more.truncate(count);
    more.extend_from_slice(from);
    more
}
