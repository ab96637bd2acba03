//! Many units at once: the best way for a crowd to change places is found exactly, as if all others stood still, and
//! each ring of exchanges in it is kept where it makes the whole better.

use super::crowd::crowd;
use super::dice::Dice;
use super::state::State;
use super::table::{NONE, Table};
use crate::assignment::lap::{self, FORBIDDEN, Matrix};

/// One round with at most `size` units. Answers how many prices it had to ask: that is what it takes.
pub(super) fn relay(table: &Table, state: &mut State, dice: &mut Dice, size: usize) -> u64 {
    state.forget(table);
    let crowd = crowd(table, state, dice, size);
    let free = (0..table.model.positions.len() as u32).filter(|at| {
        let stall = table.spots[*at as usize].stall;
        stall != NONE && state.owner[stall as usize] == NONE
    });
    let places: Vec<u32> = crowd.iter().map(|unit| state.place[*unit]).chain(free).collect();
    let prices = Matrix::new(crowd.len(), places.len(), |unit, at| {
        state.offer(table, crowd[unit], places[at] as usize).unwrap_or(FORBIDDEN)
    });
    if let Some(found) = lap::solve(&prices) {
        for ring in rings(&found.columns, places.len()) {
            exchange(table, state, ring.iter().map(|(unit, at)| (crowd[*unit], places[*at] as usize)));
        }
    }
    (crowd.len() * places.len()) as u64
}

/// Who goes to whose place or to a free one, apart from those who have nothing to do with each other. The first
/// places are those of the crowd, in its order.
fn rings(to: &[usize], places: usize) -> Vec<Vec<(usize, usize)>> {
    let mut from = vec![None; places];
    for (unit, at) in to.iter().enumerate() {
        from[*at] = Some(unit);
    }
    let mut seen = vec![false; to.len()];
    let mut rings = Vec::new();
    for start in (0..to.len()).filter(|unit| to[*unit] != *unit) {
        if seen[start] {
            continue;
        }
        // Back to the one whose place nobody wants, or all the way round; from there on to the end.
        let mut first = start;
        while let Some(before) = from[first].filter(|before| *before != start) {
            first = before;
        }
        let mut ring = Vec::new();
        let mut next = first;
        while next < to.len() && !seen[next] {
            seen[next] = true;
            ring.push((next, to[next]));
            next = to[next];
        }
        rings.push(ring);
    }
    rings
}

/// Everybody in a ring goes, if they may and the whole is better for it.
fn exchange(table: &Table, state: &mut State, ring: impl Iterator<Item = (usize, usize)> + Clone) {
    state.forget(table);
    let (before, soft) = (state.mark(), state.soft);
    for (unit, _) in ring.clone() {
        state.lift(table, unit);
    }
    let done = ring.clone().all(|(unit, at)| state.enter(table, unit, at));
    if !done || state.soft >= soft {
        state.back(table, before);
    }
}
