//! Where stalls cannot stand because of one that stands: worked out once for every line of the lattice.

use std::ops::Range;

use super::lattice::{HAIR, Lattice, Rect, Spot, lie};

/// Lines from the first on and before the second.
type Lines = (u16, u16);

/// What is in the way: the stall with the strip before it for other stalls; the stall for the strips before
/// others; the stall with the gap behind it for those that turn their back to it.
const PARTS: usize = 3;

/// For each line on which a stall stands, the lines on which others are in its way.
#[derive(Clone)]
struct Axis(Vec<[Lines; PARTS]>);

/// The shadows of all stalls on a lattice.
#[derive(Clone)]
pub(super) struct Shadows {
    /// By the side the stall looks to, then the side the others look to: columns and rows.
    axes: Vec<[Axis; 2]>,
}

impl Shadows {
    pub(super) fn new(lattice: &Lattice, back_gap: f64) -> Self {
        let axes = (0..16).map(|index| {
            let (own, side) = (index / 4, index % 4);
            let here = |k: usize| Rect { x0: 0.0, y0: 0.0, x1: lattice.size[k].0, y1: lattice.size[k].1 };
            let (rect, body) = (here(lie(own)), here(lie(side)));
            let behind = (own + 2) % 4;
            let rear = if behind == side { back_gap } else { 0.0 };
            let parts = [
                (rect.longer(own, lattice.aisle), body),
                (rect, body.longer(side, lattice.aisle)),
                (rect.longer(behind, rear), body),
            ];
            let across = parts.map(|(it, other)| ((it.x0, it.x1), (other.x0, other.x1)));
            let along = parts.map(|(it, other)| ((it.y0, it.y1), (other.y0, other.y1)));
            [
                Axis::new(&lattice.xs[lie(own)], &lattice.xs[lie(side)], across),
                Axis::new(&lattice.ys[lie(own)], &lattice.ys[lie(side)], along),
            ]
        });
        Self { axes: axes.collect() }
    }

    /// Where no stall that looks to `side` can stand beside one on `spot`.
    pub(super) fn of(&self, spot: Spot, side: usize) -> Shadow {
        let [columns, rows] = &self.axes[usize::from(spot.side) * 4 + side];
        Shadow { columns: columns.0[usize::from(spot.ix)], rows: rows.0[usize::from(spot.iy)] }
    }

    /// Rectangles of rows and columns on which no stall that looks to `side` can stand beside one on `spot`.
    /// They do not overlap.
    pub(super) fn each(&self, spot: Spot, side: usize, mut say: impl FnMut(Range<usize>, Range<usize>)) {
        let [columns, rows] = &self.axes[usize::from(spot.side) * 4 + side];
        let (columns, rows) = (columns.0[usize::from(spot.ix)], rows.0[usize::from(spot.iy)]);
        let mut cuts = [0; 2 * PARTS];
        for (cut, (from, to)) in cuts.chunks_exact_mut(2).zip(rows) {
            (cut[0], cut[1]) = (from, to);
        }
        cuts.sort_unstable();
        for pair in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
            let (mut west, mut east) = (u16::MAX, 0);
            for part in (0..PARTS).filter(|part| rows[*part].0 <= pair[0] && pair[1] <= rows[*part].1) {
                (west, east) = (west.min(columns[part].0), east.max(columns[part].1));
            }
            if west < east {
                say(usize::from(pair[0])..usize::from(pair[1]), usize::from(west)..usize::from(east));
            }
        }
    }
}

/// Of one stall, where others cannot stand.
pub(super) struct Shadow {
    columns: [Lines; PARTS],
    rows: [Lines; PARTS],
}

impl Shadow {
    /// From its first row to its last.
    pub(super) fn rows(&self) -> Range<usize> {
        let from = self.rows.iter().map(|rows| rows.0).min().unwrap_or(0);
        usize::from(from)..usize::from(self.rows.iter().map(|rows| rows.1).max().unwrap_or(0))
    }

    /// Its columns in one row.
    pub(super) fn columns(&self, row: usize) -> Range<usize> {
        let (mut west, mut east) = (u16::MAX, 0);
        for (rows, columns) in self.rows.iter().zip(&self.columns) {
            if (usize::from(rows.0)..usize::from(rows.1)).contains(&row) {
                (west, east) = (west.min(columns.0), east.max(columns.1));
            }
        }
        usize::from(west.min(east))..usize::from(east)
    }
}

impl Axis {
    /// `parts`: from where to where a stall on line nought reaches, and likewise the others.
    fn new(own: &[f64], others: &[f64], parts: [((f64, f64), (f64, f64)); PARTS]) -> Self {
        let mut next = [(0, 0); PARTS];
        let lines = own.iter().map(|at| {
            for ((from, to), (it, other)) in next.iter_mut().zip(parts) {
                let (low, high) = (at + it.0 + HAIR, at + it.1 - HAIR);
                // Both only rise with the line.
                while *from < others.len() && others[*from] + other.1 <= low {
                    *from += 1;
                }
                while *to < others.len() && others[*to] + other.0 < high {
                    *to += 1;
                }
            }
            next.map(|(from, to)| (from as u16, to.max(from) as u16))
        });
        Self(lines.collect())
    }
}
