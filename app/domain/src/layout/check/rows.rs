//! The floor in narrow rows from south to north, each a list of stretches that are exact from west to east:
//! where the middle of a way of the least width may run. A row costs as much as the things that cross it.

use super::floor::{Floor, What};
use crate::geometry::{Bounds, Point, edges, extent, holds};
use crate::order::Order;

/// Between two rows, in metres.
const STEP: f64 = 0.08;
/// A way may lack so much on either side, in metres: more than half a step, so that a way of exactly the least
/// width never falls between two rows.
const GRACE: f64 = 0.05;
/// More rows than this are never looked at; on a ground so large they lie farther apart.
const MOST: f64 = 4_000.0;
/// Gaps in the floor that nobody notices, in metres.
const CRACK: f64 = 0.02;
/// Nothing shorter counts as free, in metres.
const SPECK: f64 = 1e-9;

/// West and east end, in metres.
pub(super) type Stretch = (f64, f64);

#[derive(Clone, Debug)]
pub(super) struct Rows {
    south: f64,
    step: f64,
    /// Half the least width of a way, less the grace.
    pub(super) radius: f64,
    /// In order, apart from each other.
    pub(super) free: Vec<Vec<Stretch>>,
}

impl Rows {
    pub(super) fn of(floor: &Floor) -> Self {
        let bounds = floor.bounds();
        let step = (bounds.height() / MOST).max(STEP);
        let radius = (floor.ground.rules.min_aisle / 2.0 - GRACE * step / STEP).max(0.0);
        let count = (bounds.height() / step).ceil().max(1.0) as usize;
        let mut rows = Self { south: bounds.low.y, step, radius, free: vec![Vec::new(); count] };
        let mut open = vec![Vec::new(); count];
        for one in &floor.open {
            rows.fill(&one.outline, &mut open);
        }
        let mut taken = vec![Vec::new(); count];
        for (a, b) in rims(floor) {
            rows.spread(&[a, b], radius, &mut taken);
        }
        for barred in &floor.barred {
            if let What::Obstacle(_, solid) = &barred.what {
                rows.occupy(solid, radius, &mut taken);
            }
        }
        rows.free =
            open.into_iter().zip(taken).map(|(open, taken)| without(&joined(open, CRACK), taken)).collect();
        rows
    }

    fn y(&self, row: usize) -> f64 {
        (row as f64 + 0.5).mul_add(self.step, self.south)
    }

    /// The rows between two heights.
    fn between(&self, low: f64, high: f64) -> std::ops::Range<usize> {
        let at =
            |y: f64| ((y - self.south) / self.step - 0.5).ceil().clamp(0.0, self.free.len() as f64) as usize;
        at(low)..at(high).max(at(low))
    }

    /// Where an outline that bulges nowhere inward, grown by a radius, crosses each row.
    pub(super) fn bands<'a>(
        &'a self,
        points: &'a [Point],
        radius: f64,
    ) -> impl Iterator<Item = (usize, Stretch)> + 'a {
        let (low, high) = extent(points, Point::new(0.0, 1.0));
        let rows = self.between(low - radius, high + radius);
        rows.filter_map(move |row| Some((row, band(points, radius, self.y(row))?)))
    }

    /// Notes a shape without dents, grown by a radius.
    pub(super) fn spread(&self, points: &[Point], radius: f64, taken: &mut [Vec<Stretch>]) {
        for (row, stretch) in self.bands(points, radius) {
            taken[row].push(stretch);
        }
    }

    /// Notes any outline, grown by a radius.
    fn occupy(&self, points: &[Point], radius: f64, taken: &mut [Vec<Stretch>]) {
        if is_convex(points) {
            return self.spread(points, radius, taken);
        }
        self.fill(points, taken);
        for (a, b) in edges(points) {
            self.spread(&[a, b], radius, taken);
        }
    }

    /// Notes the inside of any outline.
    pub(super) fn fill(&self, points: &[Point], taken: &mut [Vec<Stretch>]) {
        let (low, high) = extent(points, Point::new(0.0, 1.0));
        for row in self.between(low, high) {
            let y = self.y(row);
            let mut cuts: Vec<f64> = edges(points)
                .filter(|(a, b)| (a.y > y) != (b.y > y))
                .map(|(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
                .collect();
            cuts.order_by(f64::total_cmp);
            taken[row].extend(cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])));
        }
    }
}

/// Where a shape without dents, grown by a radius, crosses a height.
fn band(points: &[Point], radius: f64, y: f64) -> Option<Stretch> {
    let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut note = |x: f64| (west, east) = (west.min(x), east.max(x));
    for (a, b) in edges(points) {
        let high = y - a.y;
        if high.abs() <= radius {
            let aside = radius.mul_add(radius, -(high * high)).sqrt();
            note(a.x - aside);
            note(a.x + aside);
        }
        let along = b.minus(a);
        let out = Point::new(along.y, -along.x).times(radius / along.length().max(1e-9));
        let (a, b) = (a.plus(out), b.plus(out));
        if (a.y <= y) != (b.y <= y) {
            note((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
        }
    }
    (west <= east).then_some((west, east))
}

fn is_convex(points: &[Point]) -> bool {
    let next = points.iter().copied().cycle().skip(2);
    edges(points).zip(next).all(|((a, b), c)| b.minus(a).cross(c.minus(b)) >= -1e-9)
}

/// The edges of the whole floor: pieces of outlines beyond which nobody walks.
fn rims(floor: &Floor) -> Vec<(Point, Point)> {
    let mut rims = Vec::new();
    for (number, open) in floor.open.iter().enumerate() {
        for (a, b) in edges(&open.outline) {
            let along = b.minus(a);
            let length = along.length();
            let Some(line) = Bounds::of([a, b]).filter(|_| length > 1e-6) else { continue };
            let near: Vec<&[Point]> = floor
                .open_near(line.grown(0.05))
                .filter(|(other, _)| *other != number)
                .map(|(_, other)| other.outline.as_slice())
                .collect();
            let mut cuts = vec![0.0, 1.0];
            cuts.extend(
                near.iter().flat_map(|outline| edges(outline)).flat_map(|edge| cuts_of((a, along), edge)),
            );
            cuts.retain(|share| (0.0..=1.0).contains(share));
            cuts.order_by(f64::total_cmp);
            // Just outside: an outline runs counter-clockwise.
            let out = Point::new(along.y, -along.x).times(0.01 / length);
            for pair in cuts.windows(2).filter(|pair| (pair[1] - pair[0]) * length > 1e-6) {
                let beyond = a.plus(along.times(f64::midpoint(pair[0], pair[1]))).plus(out);
                if !near.iter().any(|outline| holds(outline, beyond)) {
                    rims.push((a.plus(along.times(pair[0])), a.plus(along.times(pair[1]))));
                }
            }
        }
    }
    rims
}

/// Where an edge meets or passes along a line that starts at a point; shares of the line.
fn cuts_of((from, along): (Point, Point), (a, b): (Point, Point)) -> [f64; 3] {
    let (edge, start) = (b.minus(a), a.minus(from));
    let turn = along.cross(edge);
    let square = along.dot(along);
    let meet = if turn.abs() > 1e-12 { start.cross(edge) / turn } else { f64::NAN };
    // Ends that lie beside the line cut it too: there another outline begins to cover its far side.
    let beside = |end: Point| {
        let share = end.minus(from).dot(along) / square;
        let off = end.minus(from.plus(along.times(share))).length();
        if off < 0.05 { share } else { f64::NAN }
    };
    [meet, beside(a), beside(b)]
}

/// Stretches in order; those less than `crack` apart are one.
pub(super) fn joined(mut all: Vec<Stretch>, crack: f64) -> Vec<Stretch> {
    all.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<Stretch> = Vec::with_capacity(all.len());
    for (west, east) in all {
        match out.last_mut().filter(|last| west <= last.1 + crack) {
            Some(last) => last.1 = last.1.max(east),
            None => out.push((west, east)),
        }
    }
    out
}

/// What is left of stretches that are in order, without others.
pub(super) fn without(open: &[Stretch], taken: Vec<Stretch>) -> Vec<Stretch> {
    let taken = joined(taken, 0.0);
    let mut left = Vec::with_capacity(open.len() + taken.len());
    let mut next = 0;
    for &(west, east) in open {
        let mut from = west;
        while next < taken.len() && taken[next].0 < east {
            if taken[next].0 - from > SPECK {
                left.push((from, taken[next].0));
            }
            from = from.max(taken[next].1);
            if taken[next].1 > east {
                // It reaches into the next stretch too.
                break;
            }
            next += 1;
        }
        if east - from > SPECK {
            left.push((from, east));
        }
    }
    left
}
