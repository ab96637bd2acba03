//! Many units at once: the best way for a crowd to change places is found exactly, as if all others stood still, and
//! each ring of exchanges in it is kept where it makes the whole better.

use super::crowd::crowd;
use super::dice::Dice;
use super::sparse::Sparse;
use super::state::{Go, State};
use super::table::{Arc, NONE, Table};

/// Places that cost a unit so many points more than its own are not offered.
const REACH: i64 = 30;

/// One round with at most `size` units. Answers how many prices it had to ask: that is what it takes.
pub(super) fn relay(table: &Table, state: &mut State, dice: &mut Dice, size: usize) -> u64 {
    state.forget(table);
    let crowd = crowd(table, state, dice, size);
    let mut column = vec![NONE; table.spots.len()];
    let mut places: Vec<u32> = crowd.iter().map(|unit| state.place[*unit]).collect();
    places.extend((0..table.spots.len() as u32).filter(|at| {
        let stall = table.spots[*at as usize].stall;
        stall != NONE && state.owner[stall as usize] == NONE
    }));
    for (index, at) in places.iter().enumerate() {
        column[*at as usize] = index as u32;
    }
    let mut prices = Sparse::new(places.len());
    let mut asked = 0;
    for (index, unit) in crowd.iter().enumerate() {
        let now = state.stay(table, *unit);
        prices.cell(index, 0);
        for Arc { at, cost } in table.near(*unit) {
            let there = column[*at as usize];
            if there == NONE || there == index as u32 {
                continue;
            }
            asked += 1;
            if let Some(price) =
                state.offer(table, Go { unit: *unit, at: *at as usize, cost: *cost }, now + REACH)
            {
                prices.cell(there as usize, price - now);
            }
        }
        prices.end();
    }
    if let Some(found) = prices.solve() {
        let found: Vec<usize> = found.columns.iter().map(|at| *at as usize).collect();
        for ring in rings(&found, places.len()) {
            exchange(table, state, ring.iter().map(|(unit, at)| (crowd[*unit], places[*at] as usize)));
        }
    }
    asked
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
