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
    let rows = matrix.rows();
    let mut work = Work {
        matrix,
        row_duals: vec![0; rows],
        column_duals: vec![0; matrix.columns],
        row_of: vec![None; matrix.columns],
    };
    for row in 0..rows {
        work.augment(row)?;
    }
    let mut columns = vec![0; rows];
    for (column, row) in work.row_of.iter().enumerate() {
        if let Some(row) = row {
            columns[*row] = column;
        }
    }
    let cost = columns.iter().enumerate().map(|(row, column)| matrix.cost(row, *column)).sum();
    Some(Solution { columns, cost, row_duals: work.row_duals, column_duals: work.column_duals })
}

struct Work<'a> {
    matrix: &'a Matrix,
    row_duals: Vec<i64>,
    column_duals: Vec<i64>,
    row_of: Vec<Option<usize>>,
}

impl Work<'_> {
    /// Gives `start` a column along the cheapest path of exchanges (Dijkstra on reduced costs).
    fn augment(&mut self, start: usize) -> Option<()> {
        let columns = self.matrix.columns;
        let mut distance = vec![FORBIDDEN; columns];
        let mut before: Vec<Option<usize>> = vec![None; columns];
        let mut done = vec![false; columns];
        let (mut row, mut via, mut length) = (start, None, 0);
        let end = loop {
            for column in (0..columns).filter(|column| !done[*column]) {
                let cost = self.matrix.cost(row, column);
                let reduced = length + cost - self.row_duals[row] - self.column_duals[column];
                if cost < FORBIDDEN && reduced < distance[column] {
                    distance[column] = reduced;
                    before[column] = via;
                }
            }
            let near = (0..columns).filter(|column| !done[*column]).min_by_key(|column| distance[*column])?;
            if distance[near] == FORBIDDEN {
                return None;
            }
            length = distance[near];
            let Some(next) = self.row_of[near] else { break near };
            done[near] = true;
            (row, via) = (next, Some(near));
        };
        self.row_duals[start] += length;
        for column in (0..columns).filter(|column| done[*column]) {
            let slack = length - distance[column];
            self.column_duals[column] -= slack;
            if let Some(row) = self.row_of[column] {
                self.row_duals[row] += slack;
            }
        }
        let mut column = end;
        while let Some(previous) = before[column] {
            self.row_of[column] = self.row_of[previous];
            column = previous;
        }
        self.row_of[column] = Some(start);
        Some(())
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
