//! What a stall is worth to the others: prices of the market by single units, by which a large search chooses what it
//! proposes. A stall that everybody wants is no bargain; where each pays its price, hardly anybody wants to move.

use super::model::Model;
use super::sparse::Sparse;
use super::state::State;
use super::table::{Arc, NONE, Table};

/// So many of its cheapest places are enough for nearly every unit.
const USUAL: usize = 160;

/// Each stall's price where everybody who has a place now gets the best one by itself.
pub(super) fn prices(table: &Table, state: &State) -> Option<Vec<i64>> {
    among(table, state, USUAL).or_else(|| among(table, state, usize::MAX))
}

/// The prices where each unit looks at so many of its cheapest places.
fn among(table: &Table, state: &State, most: usize) -> Option<Vec<i64>> {
    let model = table.model;
    let mut market = Sparse::new(state.owner.len());
    for (unit, place) in state.place.iter().enumerate().filter(|(_, place)| **place != NONE) {
        let arcs = &table.arcs[unit];
        let offers = offers(model, &arcs[..arcs.len().min(most)]);
        for _ in &model.positions[*place as usize].stalls {
            for (stall, cost) in &offers {
                market.cell(*stall, *cost);
            }
            market.end();
        }
    }
    market.solve().map(|found| found.prices)
}

/// What each stall of some places costs; a run is charged in equal parts to its stalls.
fn offers(model: &Model, arcs: &[Arc]) -> Vec<(usize, i64)> {
    let mut offers = Vec::with_capacity(arcs.len());
    for arc in arcs {
        let run = &model.positions[arc.at as usize].stalls;
        let share = i64::from(arc.cost).div_euclid(run.len() as i64);
        offers.extend(run.iter().map(|stall| (*stall, share)));
    }
    offers
}
