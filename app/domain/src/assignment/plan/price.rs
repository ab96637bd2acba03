//! What a stall is worth to the others: prices of the market by single units, by which a large search chooses what it
//! proposes. A stall that everybody wants is no bargain; where each pays its price, hardly anybody wants to move.

use super::state::State;
use super::table::{NONE, Table};
use crate::assignment::lap::{self, FORBIDDEN, Matrix};

/// Each stall's price where everybody who has a place now gets the best one by itself.
pub(super) fn prices(table: &Table, state: &State) -> Option<Vec<i64>> {
    let (model, stalls) = (table.model, state.owner.len());
    let mut cells: Vec<i64> = Vec::new();
    for (unit, place) in state.place.iter().enumerate().filter(|(_, place)| **place != NONE) {
        let mut row = vec![FORBIDDEN; stalls];
        for arc in &table.arcs[unit] {
            // A run is charged in equal parts to its stalls.
            let run = &model.positions[arc.at as usize].stalls;
            let share = i64::from(arc.cost).div_euclid(run.len() as i64);
            for stall in run {
                row[*stall] = share.min(row[*stall]);
            }
        }
        for _ in &model.positions[*place as usize].stalls {
            cells.extend_from_slice(&row);
        }
    }
    let rows = cells.len().checked_div(stalls)?;
    let found = lap::solve(&Matrix::new(rows, stalls, |row, stall| cells[row * stalls + stall]))?;
    Some(found.column_duals.iter().map(|dual| -dual).collect())
}
