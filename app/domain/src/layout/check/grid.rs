//! Rectangles in the cells of a coarse grid, so that a question looks only at what is near.

use crate::geometry::{Bounds, Point};
use crate::order::Order;

/// A side has at most so many cells.
const MOST: f64 = 128.0;
/// Cells are not smaller than this, in metres.
const LEAST: f64 = 5.0;

/// Numbers of things by the cells that their rectangles touch. What lies outside is kept in the border cells.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    low: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
}

impl Grid {
    pub(super) fn new(over: Bounds) -> Self {
        let cell = (over.width().max(over.height()) / MOST).max(LEAST);
        let count = |metres: f64| (metres / cell).ceil().clamp(1.0, MOST) as usize;
        let (columns, rows) = (count(over.width()), count(over.height()));
        Self { low: over.low, cell, columns, rows, cells: vec![Vec::new(); columns * rows] }
    }

    fn touched(&self, bounds: Bounds) -> impl Iterator<Item = usize> + use<> {
        let at = |metres: f64, most: usize| ((metres / self.cell).max(0.0) as usize).min(most - 1);
        let (low, high) = (bounds.low.minus(self.low), bounds.high.minus(self.low));
        let (west, east) = (at(low.x, self.columns), at(high.x, self.columns));
        let (south, north) = (at(low.y, self.rows), at(high.y, self.rows));
        let columns = self.columns;
        (south..=north).flat_map(move |row| (west..=east).map(move |column| row * columns + column))
    }

    pub(super) fn insert(&mut self, number: u32, bounds: Bounds) {
        for cell in self.touched(bounds) {
            self.cells[cell].push(number);
        }
    }

    /// Takes a thing out that was put in with the same bounds.
    pub(super) fn remove(&mut self, number: u32, bounds: Bounds) {
        for cell in self.touched(bounds) {
            self.cells[cell].retain(|other| *other != number);
        }
    }

    /// Whatever may touch a rectangle, each once, in order.
    pub(super) fn near(&self, bounds: Bounds) -> Vec<u32> {
        let mut found: Vec<u32> =
            self.touched(bounds).flat_map(|cell| self.cells[cell].iter().copied()).collect();
        found.order_by(Ord::cmp);
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(x: f64, y: f64, w: f64, h: f64) -> Bounds {
        Bounds { low: Point::new(x, y), high: Point::new(x + w, y + h) }
    }

    #[test]
    fn what_touches_is_found_wherever_it_lies() {
        let mut grid = Grid::new(bounds(0.0, 0.0, 60.0, 45.0));
        let places = [bounds(1.0, 1.0, 3.0, 3.0), bounds(-50.0, 10.0, 3.0, 3.0), bounds(2.0, 2.0, 50.0, 1.0)];
        for (number, place) in (0..).zip(places) {
            grid.insert(number, place);
        }
        assert_eq!(grid.near(bounds(2.0, 2.0, 1.0, 1.0)), vec![0, 2]);
        assert!(grid.near(bounds(-60.0, 8.0, 20.0, 20.0)).contains(&1));
        assert_eq!(grid.near(bounds(40.0, 40.0, 1.0, 1.0)), Vec::<u32>::new());
        grid.remove(0, places[0]);
        assert_eq!(grid.near(bounds(2.0, 2.0, 1.0, 1.0)), vec![2]);
    }
}
