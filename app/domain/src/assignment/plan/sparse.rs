//! The linear assignment problem where each row may take only a few columns: shortest augmenting paths as in
//! [`lap`](crate::assignment::lap), in time that follows the cells there are and not the matrix.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::table::NONE;

/// Further than any path.
const FAR: i64 = i64::MAX / 4;

/// Rows one after the other, each with the columns that it may take and their costs.
pub(super) struct Sparse {
    columns: usize,
    ends: Vec<usize>,
    cells: Vec<(u32, i64)>,
}

impl Sparse {
    /// No rows yet.
    pub(super) const fn new(columns: usize) -> Self {
        Self { columns, ends: Vec::new(), cells: Vec::new() }
    }

    /// One more cell of the last row.
    pub(super) fn cell(&mut self, column: usize, cost: i64) {
        self.cells.push((column as u32, cost));
    }

    /// The row has all its cells.
    pub(super) fn end(&mut self) {
        self.ends.push(self.cells.len());
    }

    fn row(&self, row: usize) -> &[(u32, i64)] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cells[start..self.ends[row]]
    }

    /// The least total cost; `None` where not every row can have a column.
    pub(super) fn solve(&self) -> Option<Shared> {
        let rows = self.ends.len();
        let mut work = Work {
            matrix: self,
            row_duals: vec![0; rows],
            column_duals: vec![0; self.columns],
            column_of: vec![NONE; rows],
            row_of: vec![NONE; self.columns],
            distance: vec![FAR; self.columns],
            before: vec![NONE; self.columns],
            near: BinaryHeap::new(),
            seen: Vec::new(),
        };
        for row in work.bid() {
            work.augment(row)?;
        }
        let prices = work.column_duals.iter().map(|dual| -dual).collect();
        Some(Shared { columns: work.column_of, prices })
    }
}

/// An optimal assignment and its prices.
pub(super) struct Shared {
    /// The column of each row.
    pub(super) columns: Vec<u32>,
    /// Per column: what the others lose where one more row takes it.
    pub(super) prices: Vec<i64>,
}

struct Work<'a> {
    matrix: &'a Sparse,
    row_duals: Vec<i64>,
    column_duals: Vec<i64>,
    column_of: Vec<u32>,
    row_of: Vec<u32>,
    distance: Vec<i64>,
    /// Per column: the row from which it was reached.
    before: Vec<u32>,
    near: BinaryHeap<Reverse<(i64, u32)>>,
    /// Columns that have a distance.
    seen: Vec<u32>,
}

impl Work<'_> {
    /// Rows bid for their best column as much as it is better than their second; answers those left without one.
    fn bid(&mut self) -> Vec<usize> {
        let rows = self.column_of.len();
        let mut waiting: Vec<usize> = (0..rows).rev().collect();
        let mut left = Vec::new();
        let mut bids = 6 * rows;
        while let Some(row) = waiting.pop() {
            let (mut first, mut second) = ((FAR, NONE), FAR);
            for (column, cost) in self.matrix.row(row) {
                let reduced = cost - self.column_duals[*column as usize];
                if reduced < first.0 {
                    (second, first) = (first.0, (reduced, *column));
                } else if reduced < second {
                    second = reduced;
                }
            }
            let (least, column) = first;
            self.row_duals[row] = least;
            if column == NONE || bids == 0 {
                left.push(row);
                continue;
            }
            bids -= 1;
            let loser = self.row_of[column as usize];
            let raise = if second < FAR { second - least } else { 0 };
            if loser != NONE {
                if raise == 0 {
                    left.push(row);
                    continue;
                }
                self.column_of[loser as usize] = NONE;
                waiting.push(loser as usize);
            }
            self.row_of[column as usize] = row as u32;
            self.column_of[row] = column;
            self.row_duals[row] += raise;
            self.column_duals[column as usize] -= raise;
        }
        left
    }

    /// Gives a row a column along the cheapest path of exchanges.
    fn augment(&mut self, start: usize) -> Option<()> {
        self.near.clear();
        let (mut row, mut length) = (start, 0);
        let mut done: Vec<u32> = Vec::new();
        let end = loop {
            self.look(row, length);
            let (distance, column) = loop {
                let Reverse((distance, column)) = self.near.pop()?;
                if distance == self.distance[column as usize] {
                    break (distance, column);
                }
            };
            length = distance;
            row = self.row_of[column as usize] as usize;
            if row == NONE as usize {
                break column;
            }
            done.push(column);
        };
        self.row_duals[start] += length;
        for column in done.into_iter().map(|column| column as usize) {
            let slack = length - self.distance[column];
            self.column_duals[column] -= slack;
            self.row_duals[self.row_of[column] as usize] += slack;
        }
        let mut column = end;
        while column != NONE {
            let row = self.before[column as usize];
            self.row_of[column as usize] = row;
            column = std::mem::replace(&mut self.column_of[row as usize], column);
        }
        for column in self.seen.drain(..) {
            self.distance[column as usize] = FAR;
        }
        Some(())
    }

    /// Looks from a row at the columns it may take.
    fn look(&mut self, row: usize, length: i64) {
        let base = length - self.row_duals[row];
        for (column, cost) in self.matrix.row(row) {
            let at = *column as usize;
            let distance = base + cost - self.column_duals[at];
            if distance < self.distance[at] {
                if self.distance[at] == FAR {
                    self.seen.push(*column);
                }
                self.distance[at] = distance;
                self.before[at] = row as u32;
                self.near.push(Reverse((distance, *column)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignment::lap::{self, FORBIDDEN, Matrix};
    use proptest::prelude::*;

    fn any_cells() -> impl Strategy<Value = Vec<Vec<Option<i64>>>> {
        let cell = prop::option::weighted(0.6, -20_i64..60);
        (1_usize..=8, 0_usize..=4).prop_flat_map(move |(rows, more)| {
            prop::collection::vec(prop::collection::vec(cell.clone(), rows + more), rows)
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_the_full_matrix_gives_and_its_prices_prove_it(rows in any_cells()) {
            let columns = rows[0].len();
            let mut sparse = Sparse::new(columns);
            for row in &rows {
                for (column, cost) in row.iter().enumerate() {
                    if let Some(cost) = cost {
                        sparse.cell(column, *cost);
                    }
                }
                sparse.end();
            }
            let full = Matrix::new(rows.len(), columns, |row, column| rows[row][column].unwrap_or(FORBIDDEN));
            let (found, known) = (sparse.solve(), lap::solve(&full));
            prop_assert_eq!(found.is_some(), known.is_some());
            let Some((found, known)) = found.zip(known) else { return Ok(()) };
            let taken: Vec<i64> =
                rows.iter().zip(&found.columns).map(|(row, at)| row[*at as usize].unwrap()).collect();
            prop_assert_eq!(taken.iter().sum::<i64>(), known.cost);
            for ((row, at), cost) in rows.iter().zip(&found.columns).zip(taken) {
                let paid = cost + found.prices[*at as usize];
                for (cost, price) in row.iter().zip(&found.prices) {
                    prop_assert!(cost.is_none_or(|cost| paid <= cost + price));
                }
            }
            for (column, price) in found.prices.iter().enumerate() {
                prop_assert!(*price == 0 || (*price > 0 && found.columns.contains(&(column as u32))));
            }
        }
    }
}
