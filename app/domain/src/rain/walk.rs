//! How far it is on foot: over areas and ways, round what stands there. A grid of about a metre, and the
//! straight line where nothing is in between.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::geometry::{Bounds, Point};
use crate::ground::Ground;

/// More cells than this are never laid: a long ground gets larger ones.
const MOST_CELLS: f64 = 20_000.0;
/// A straight and a slanted step, in thousandths of a cell.
const STEPS: (i64, i64) = (1_000, 1_414);

/// A ground as feet see it.
pub struct Walk {
    low: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    open: Vec<bool>,
}

/// Everything that is reached from one place.
pub struct Reach<'a> {
    walk: &'a Walk,
    from: Point,
    steps: Vec<i64>,
}

impl Walk {
    /// Lays the grid.
    pub fn new(ground: &Ground) -> Self {
        let floors = || ground.zones.iter().map(|area| &area.polygon).chain(&ground.walk);
        let corners = floors().flat_map(|polygon| polygon.points().iter().copied());
        let none = Bounds { low: Point::default(), high: Point::default() };
        let bounds = Bounds::of(corners).unwrap_or(none);
        let cell = (bounds.width() * bounds.height() / MOST_CELLS).sqrt().max(1.0);
        let count = |metres: f64| (metres / cell).ceil().clamp(1.0, MOST_CELLS) as usize;
        let (columns, rows) = (count(bounds.width()), count(bounds.height()));
        let mut walk = Self { low: bounds.low, cell, columns, rows, open: Vec::new() };
        let is_open = |at: Point| {
            floors().any(|floor| floor.contains(at))
                && !ground.obstacles.iter().any(|obstacle| obstacle.polygon.contains(at))
        };
        walk.open = (0..columns * rows).map(|index| is_open(walk.middle(index))).collect();
        walk
    }

    fn middle(&self, index: usize) -> Point {
        let (column, row) = (index % self.columns, index / self.columns);
        self.low.plus(Point::new(column as f64 + 0.5, row as f64 + 0.5).times(self.cell))
    }

    fn index(&self, at: Point) -> usize {
        let at = at.minus(self.low).times(1.0 / self.cell);
        let within = |value: f64, count: usize| value.floor().clamp(0.0, (count - 1) as f64) as usize;
        within(at.y, self.rows) * self.columns + within(at.x, self.columns)
    }

    /// The open cell of a place; the nearest one, where something stands.
    fn door(&self, at: Point) -> Option<usize> {
        let here = self.index(at);
        if self.open[here] {
            return Some(here);
        }
        let far = |index: &usize| self.middle(*index).minus(at).length();
        (0..self.open.len()).filter(|index| self.open[*index]).min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    fn around(&self, index: usize) -> impl Iterator<Item = (usize, i64)> + '_ {
        let (column, row) = (index % self.columns, index / self.columns);
        let near =
            move |at: usize, by: usize, count: usize| (at + by).checked_sub(1).filter(|at| *at < count);
        (0..9).filter(|step| *step != 4).filter_map(move |step| {
            let (column, row) = (near(column, step % 3, self.columns)?, near(row, step / 3, self.rows)?);
            let next = row * self.columns + column;
            self.open[next].then_some((next, if step % 2 == 1 { STEPS.0 } else { STEPS.1 }))
        })
    }

    /// Whether nothing stands between two places.
    fn sees(&self, from: Point, to: Point) -> bool {
        let way = to.minus(from);
        let steps = (way.length() / self.cell * 2.0).ceil().max(1.0);
        (1..steps as usize).all(|step| self.open[self.index(from.plus(way.times(step as f64 / steps)))])
    }

    /// Walks everywhere from one place (Dijkstra).
    pub fn from(&self, from: Point) -> Reach<'_> {
        let mut steps = vec![i64::MAX; self.open.len()];
        let mut queue = BinaryHeap::new();
        if let Some(door) = self.door(from) {
            steps[door] = 0;
            queue.push((Reverse(0), door));
        }
        while let Some((Reverse(length), at)) = queue.pop() {
            if length > steps[at] {
                continue;
            }
            for (next, step) in self.around(at) {
                if length + step < steps[next] {
                    steps[next] = length + step;
                    queue.push((Reverse(length + step), next));
                }
            }
        }
        Reach { walk: self, from, steps }
    }
}

impl Reach<'_> {
    /// On foot, in whole centimetres; the straight line where no way is known.
    pub fn to(&self, to: Point) -> i64 {
        let straight = to.minus(self.from).length();
        let steps = self.walk.door(to).map_or(i64::MAX, |door| self.steps[door]);
        let metres = if steps == i64::MAX || self.walk.sees(self.from, to) {
            straight
        } else {
            straight.max(steps as f64 / STEPS.0 as f64 * self.walk.cell)
        };
        (metres * 100.0).round() as i64
    }
}
