//! The linear assignment problem: each row gets a column of its own, at the least total cost.
//!
//! Rectangular shortest augmenting paths with whole numbers. Gives the duals, too: they prove the optimum
//! (`row + column <= cost` everywhere, equal where matched, `column <= 0` and 0 where unmatched).

/// A cell that must not be used.
pub const FORBIDDEN: i64 = i64::MAX / 4;

/// Costs, row by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matrix {
    columns: usize,
    cells: Vec<i64>,
}

/// An optimal assignment and its proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The column of each row.
    pub columns: Vec<usize>,
    /// Sum of the costs used.
    pub cost: i64,
    /// Dual of each row.
    pub row_duals: Vec<i64>,
    /// Dual of each column: what the others would gain from one more of it, negated.
    pub column_duals: Vec<i64>,
}

impl Matrix {
    /// `rows` x `columns`, the cost of each cell by a function.
    pub fn new(rows: usize, columns: usize, mut cost: impl FnMut(usize, usize) -> i64) -> Self {
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { columns, cells: cells.map(|(row, column)| cost(row, column)).collect() }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// Cost of a cell.
    pub fn cost(&self, row: usize, column: usize) -> i64 {
        self.cells[row * self.columns + column]
    }
}

/// The best assignment of every row, or `None` where not every row can have a column.
pub fn solve(matrix: &Matrix) -> Option<Solution> {
    let (rows, columns) = (matrix.rows(), matrix.columns);
    let mut work = Work {
        matrix,
        row_duals: vec![0; rows],
        column_duals: vec![0; columns],
        row_of: vec![NONE; columns],
        distance: vec![0; columns],
        before: vec![NONE; columns],
        todo: Vec::with_capacity(columns),
        done: Vec::with_capacity(columns),
    };
    for row in work.bid() {
        work.augment(row)?;
    }
    let mut found = vec![0; rows];
    for (column, row) in work.row_of.iter().enumerate().filter(|(_, row)| **row != NONE) {
        found[*row] = column;
    }
    let cost = found.iter().enumerate().map(|(row, column)| matrix.cost(row, *column)).sum();
    Some(Solution { columns: found, cost, row_duals: work.row_duals, column_duals: work.column_duals })
}

const NONE: usize = usize::MAX;

struct Work<'a> {
    matrix: &'a Matrix,
    row_duals: Vec<i64>,
    column_duals: Vec<i64>,
    row_of: Vec<usize>,
    distance: Vec<i64>,
    before: Vec<usize>,
    todo: Vec<usize>,
    done: Vec<usize>,
}

impl Work<'_> {
    fn row(&self, row: usize) -> &[i64] {
        &self.matrix.cells[row * self.matrix.columns..][..self.matrix.columns]
    }

    /// Rows bid for their best column as much as it is better than their second (the reduction of Jonker and
    /// Volgenant 1987); cheap, and leaves few rows for `augment`: those it answers. A column keeps dual 0
    /// until it is taken, and is never given back.
    fn bid(&mut self) -> Vec<usize> {
        let rows = self.matrix.rows();
        let mut waiting: Vec<usize> = (0..rows).rev().collect();
        let mut left = Vec::new();
        let mut bids = 6 * rows;
        while let Some(row) = waiting.pop() {
            let (best, first, second) = self.two_least(row);
            self.row_duals[row] = first.0;
            let clear = second.0 < FORBIDDEN / 2;
            if bids == 0 || best == NONE || (self.row_of[first.1] != NONE && (!clear || first.0 == second.0))
            {
                if clear && bids > 0 && first.0 == second.0 && self.row_of[second.1] == NONE {
                    self.row_of[second.1] = row;
                } else {
                    left.push(row);
                }
                continue;
            }
            bids -= 1;
            let loser = std::mem::replace(&mut self.row_of[first.1], row);
            if clear {
                self.row_duals[row] = second.0;
                self.column_duals[first.1] -= second.0 - first.0;
            }
            if loser != NONE {
                waiting.push(loser);
            }
        }
        left
    }

    /// The column of a row's least reduced cost, that cost, and the second least, each with its column.
    fn two_least(&self, row: usize) -> (usize, (i64, usize), (i64, usize)) {
        let (mut first, mut second) = ((FORBIDDEN, NONE), (FORBIDDEN, NONE));
        for (column, (cost, dual)) in self.row(row).iter().zip(&self.column_duals).enumerate() {
            let reduced = cost - dual;
            if *cost < FORBIDDEN && reduced < second.0 {
                if reduced < first.0 {
                    (second, first) = (first, (reduced, column));
                } else {
                    second = (reduced, column);
                }
            }
        }
        (first.1, first, second)
    }

    /// Gives `start` a column along the cheapest path of exchanges (Dijkstra on reduced costs).
    fn augment(&mut self, start: usize) -> Option<()> {
        let columns = self.matrix.columns;
        self.distance.fill(FORBIDDEN);
        self.before.fill(NONE);
        self.todo.clear();
        self.todo.extend(0..columns);
        self.done.clear();
        let (mut row, mut via, mut length) = (start, NONE, 0);
        let end = loop {
            let near = self.scan(row, via, length)?;
            let column = self.todo.swap_remove(near);
            length = self.distance[column];
            if self.row_of[column] == NONE {
                break column;
            }
            self.done.push(column);
            (row, via) = (self.row_of[column], column);
        };
        self.row_duals[start] += length;
        for column in &self.done {
            let slack = length - self.distance[*column];
            self.column_duals[*column] -= slack;
            self.row_duals[self.row_of[*column]] += slack;
        }
        let mut column = end;
        while self.before[column] != NONE {
            self.row_of[column] = self.row_of[self.before[column]];
            column = self.before[column];
        }
        self.row_of[column] = start;
        Some(())
    }

    /// Looks from a row at all columns that are left; answers where in `todo` the nearest is.
    fn scan(&mut self, row: usize, via: usize, length: i64) -> Option<usize> {
        let costs = &self.matrix.cells[row * self.matrix.columns..][..self.matrix.columns];
        let base = length - self.row_duals[row];
        let (mut near, mut least) = (NONE, FORBIDDEN);
        for (index, column) in self.todo.iter().enumerate() {
            let cost = costs[*column];
            let reduced = base + cost - self.column_duals[*column];
            if cost < FORBIDDEN && reduced < self.distance[*column] {
                self.distance[*column] = reduced;
                self.before[*column] = via;
            }
            // Among equals a free column ends the search at once.
            let distance = self.distance[*column];
            if distance < least || (distance == least && near != NONE && self.row_of[*column] == NONE) {
                (near, least) = (index, distance);
            }
        }
        (near != NONE).then_some(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matrix(rows: &[&[i64]]) -> Matrix {
        Matrix::new(rows.len(), rows.first().map_or(0, |row| row.len()), |row, column| rows[row][column])
    }

    #[test]
    fn known_matrices_have_their_known_optimum() {
        for (rows, optimum) in [
            (&[&[4, 1, 3][..], &[2, 0, 5], &[3, 2, 2]][..], 5),
            (
                &[&[7, 53, 183, 439][..], &[497, 383, 563, 79], &[627, 343, 773, 959], &[447, 283, 463, 29]],
                892,
            ),
            (&[&[10, 2][..]], 2),
            (&[&[-5, 3, 2][..], &[-6, 4, 9]], -4),
            (&[&[FORBIDDEN, 1][..], &[2, 1]], 3),
        ] {
            assert_eq!(solve(&matrix(rows)).unwrap().cost, optimum, "{rows:?}");
        }
    }

    #[test]
    fn too_few_columns_or_none_allowed_is_no_answer() {
        assert_eq!(solve(&matrix(&[&[1], &[2]])), None);
        assert_eq!(solve(&matrix(&[&[FORBIDDEN, FORBIDDEN], &[1, 1]])), None);
        assert_eq!(solve(&matrix(&[])).unwrap().cost, 0);
    }

    fn brute(matrix: &Matrix, row: usize, used: u32) -> i64 {
        if row == matrix.rows() {
            return 0;
        }
        (0..matrix.columns)
            .filter(|column| used & 1 << column == 0 && matrix.cost(row, *column) < FORBIDDEN)
            .map(|column| (column, brute(matrix, row + 1, used | 1 << column)))
            .filter(|(_, rest)| *rest < FORBIDDEN)
            .map(|(column, rest)| matrix.cost(row, column) + rest)
            .min()
            .unwrap_or(FORBIDDEN)
    }

    fn any_matrix() -> impl Strategy<Value = Matrix> {
        let cell = prop_oneof![6 => -20_i64..100, 1 => Just(FORBIDDEN)];
        (1_usize..=5, 0_usize..=3).prop_flat_map(move |(rows, more)| {
            let columns = rows + more;
            prop::collection::vec(cell.clone(), rows * columns)
                .prop_map(move |cells| Matrix { columns, cells })
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_trying_everything_finds(matrix in any_matrix()) {
            let best = brute(&matrix, 0, 0);
            prop_assert_eq!(solve(&matrix).map_or(FORBIDDEN, |found| found.cost), best);
        }

        #[test]
        fn the_duals_prove_it(matrix in any_matrix()) {
            let Some(found) = solve(&matrix) else { return Ok(()) };
            let (u, v) = (&found.row_duals, &found.column_duals);
            for (row, u) in u.iter().enumerate() {
                for (column, v) in v.iter().enumerate() {
                    prop_assert!(u + v <= matrix.cost(row, column));
                }
                let column = found.columns[row];
                prop_assert_eq!(u + v[column], matrix.cost(row, column));
            }
            for (column, v) in v.iter().enumerate() {
                prop_assert!(*v <= 0);
                prop_assert!(*v == 0 || found.columns.contains(&column));
            }
            prop_assert_eq!(u.iter().sum::<i64>() + v.iter().sum::<i64>(), found.cost);
        }
    }
}
