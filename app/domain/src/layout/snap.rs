//! Snapping: where a dragged selection comes to rest beside other things, and the lines that show why.
//!
//! Edges meet edges and middles meet middles on both axes; a gap repeats the gap beside it. Things win over the
//! grid. Made ready once a gesture; one step of a drag is then a few microseconds among a thousand stalls.

use super::{Axis, Layout};
use crate::StallId;
use crate::geometry::{Bounds, Point, edges};
use crate::ground::Ground;

/// Two places closer than this are one, in metres.
const SAME: f64 = 0.006;
/// Things that share less than this many metres of a row are no neighbours in it.
const BESIDE: f64 = 0.1;

/// Which line of a thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// An edge.
    Edge,
    /// A middle.
    Centre,
}

/// A line to draw while something is held, in metres on the ground.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Guide {
    /// Two things lie on one line.
    Line {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// Edges or middles.
        part: Part,
    },
    /// One of two or more equal gaps.
    Gap {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// How wide.
        metres: f64,
    },
}

/// A grid, and the point that comes to rest on it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Grid {
    /// Metres from line to line.
    pub step: f64,
    /// Where the point is before snapping: the middle of the stall that is held.
    pub point: Point,
}

/// What snapping says about one place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Snapped {
    /// How far to move from there, in metres: on each axis at most the tolerance or half a grid step.
    pub shift: Point,
    /// What to draw.
    pub guides: Vec<Guide>,
}

/// A line of something that stays, with its reach on the other axis.
#[derive(Clone, Copy)]
struct Mark {
    at: f64,
    part: Part,
    reach: (f64, f64),
}

/// Everything that stays while something is held.
#[derive(Clone)]
pub struct Snapper {
    /// Lines across, in order.
    across: Vec<Mark>,
    /// Lines along, in order.
    along: Vec<Mark>,
    solid: Vec<Bounds>,
    /// Angles of stalls between 0 and 90 degrees.
    angles: Vec<f64>,
}

impl Snapper {
    /// Everything on the ground but the stalls that are held. With `seen`, only what lies in that rectangle:
    /// nobody expects a stall to snap to something that is not on the screen.
    pub fn new(ground: &Ground, layout: &Layout, held: &[StallId], seen: Option<Bounds>) -> Self {
        let visible = |bounds: &Bounds| seen.is_none_or(|seen| seen.meets(*bounds));
        let held: std::collections::BTreeSet<&StallId> = held.iter().collect();
        let others = layout.stalls().values().filter(|stall| !held.contains(&stall.id));
        let mut angles: Vec<f64> = others.clone().map(|stall| stall.angle.rem_euclid(90.0)).collect();
        angles.sort_by(f64::total_cmp);
        angles.dedup();
        let stalls = others.map(|stall| stall.footprint().bounds());
        let obstacles = ground.obstacles.iter().map(|obstacle| obstacle.polygon.bounds());
        let solid: Vec<Bounds> = stalls.chain(obstacles).filter(visible).collect();
        let mut snapper = Self { across: Vec::new(), along: Vec::new(), solid, angles };
        for bounds in &snapper.solid {
            snapper.across.extend(marks(*bounds, Axis::Across));
            snapper.along.extend(marks(*bounds, Axis::Along));
        }
        let zones = ground.zones.iter().map(|area| &area.polygon);
        for (a, b) in
            zones.chain(ground.keep_clear.iter().map(|part| &part.polygon)).flat_map(|p| edges(p.points()))
        {
            snapper.straight(a, b);
        }
        snapper.across.sort_by(|a, b| a.at.total_cmp(&b.at));
        snapper.along.sort_by(|a, b| a.at.total_cmp(&b.at));
        snapper
    }

    /// Notes an edge of the ground, if it runs along an axis.
    fn straight(&mut self, a: Point, b: Point) {
        let mark =
            |at, from: f64, to: f64| Mark { at, part: Part::Edge, reach: (from.min(to), from.max(to)) };
        if (a.x - b.x).abs() < SAME {
            self.across.push(mark(a.x, a.y, b.y));
        } else if (a.y - b.y).abs() < SAME {
            self.along.push(mark(a.y, a.x, b.x));
        }
    }

    fn marks(&self, axis: Axis) -> &[Mark] {
        match axis {
            Axis::Across => &self.across,
            Axis::Along => &self.along,
        }
    }

    /// Where something that covers `bounds` comes to rest. `tolerance` in metres: some eight pixels at the
    /// zoom of the screen.
    pub fn snap(&self, bounds: Bounds, tolerance: f64, grid: Option<Grid>) -> Snapped {
        let mut shift = Point::default();
        for axis in [Axis::Across, Axis::Along] {
            let to_grid = || grid.map_or(0.0, |grid| to_step(axis.of(grid.point), grid.step));
            let by = self.best(axis, bounds, tolerance).unwrap_or_else(to_grid);
            shift = shift.plus(axis.shift(by));
        }
        let there = moved(bounds, shift);
        let mut guides = Vec::new();
        for axis in [Axis::Across, Axis::Along] {
            guides.extend(self.lines(axis, there));
            guides.extend(self.gaps(axis, there));
        }
        Snapped { shift, guides }
    }

    /// Where the edge that is pulled comes to rest: `at` on an axis, with its reach on the other.
    pub fn edge(&self, axis: Axis, at: f64, reach: (f64, f64), tolerance: f64) -> Option<(f64, Guide)> {
        let mark = self.nearest(axis, at, Part::Edge, reach, tolerance)?;
        Some((mark.at, line(axis, mark, reach)))
    }

    /// The angle at which something that is turned comes to rest, in degrees: a multiple of `step` or the
    /// angle of another stall (or at right angles to it) within `tolerance`, else as it is.
    pub fn angle(&self, angle: f64, step: f64, tolerance: f64) -> f64 {
        let others = self.angles.iter().map(|other| angle + to_step(angle - other, 90.0));
        let stepped = std::iter::once(angle + to_step(angle, step));
        let near = |there: &f64| (there - angle).abs() <= tolerance;
        let closest = |a: &f64, b: &f64| (a - angle).abs().total_cmp(&(b - angle).abs());
        stepped.chain(others).filter(near).min_by(closest).unwrap_or(angle)
    }

    /// The shortest shift on one axis that brings a line to a line or makes two gaps equal.
    fn best(&self, axis: Axis, bounds: Bounds, tolerance: f64) -> Option<f64> {
        let reach = reach(axis, bounds);
        let to_lines = own(axis, bounds)
            .into_iter()
            .filter_map(|(at, part)| Some(self.nearest(axis, at, part, reach, tolerance)?.at - at));
        let to_gaps = self.row(axis, bounds, tolerance).shifts(axis, bounds);
        let all = to_lines.chain(to_gaps.into_iter().filter(|by| by.abs() <= tolerance));
        all.min_by(|a, b| a.abs().total_cmp(&b.abs()))
    }

    /// The nearest line of a kind; of several at one place the one beside.
    fn nearest(&self, axis: Axis, at: f64, part: Part, reach: (f64, f64), tolerance: f64) -> Option<Mark> {
        let marks = self.marks(axis);
        let from = marks.partition_point(|mark| mark.at < at - tolerance);
        let near = marks[from..].iter().take_while(|mark| mark.at <= at + tolerance);
        let far = |mark: &Mark| (mark.reach.0 - reach.1).max(reach.0 - mark.reach.1).max(0.0);
        near.filter(|mark| mark.part == part).copied().min_by(|a, b| {
            let (one, other) = ((a.at - at).abs(), (b.at - at).abs());
            if (one - other).abs() < 1e-9 { far(a).total_cmp(&far(b)) } else { one.total_cmp(&other) }
        })
    }

    /// The lines that something at rest shares with others.
    fn lines(&self, axis: Axis, there: Bounds) -> Vec<Guide> {
        let reach = reach(axis, there);
        let shared = own(axis, there)
            .into_iter()
            .filter_map(|(at, part)| Some(line(axis, self.nearest(axis, at, part, reach, SAME)?, reach)));
        shared.collect()
    }

    /// The equal gaps round something at rest.
    fn gaps(&self, axis: Axis, there: Bounds) -> Vec<Guide> {
        let row = self.row(axis, there, SAME);
        let pairs = [
            (row.farther_low, row.low),
            (row.low, Some(there)),
            (Some(there), row.high),
            (row.high, row.farther_high),
        ];
        let gaps = pairs.map(|(one, other)| Some(gap(axis, one?, other?)).filter(|gap| gap.metres > BESIDE));
        let equal = |one: Option<Gap>, other: Option<Gap>| match (one, other) {
            (Some(one), Some(other)) => (one.metres - other.metres).abs() <= 2.0 * SAME,
            _ => false,
        };
        let alike = [equal(gaps[0], gaps[1]), equal(gaps[1], gaps[2]), equal(gaps[2], gaps[3])];
        let shown = [alike[0], alike[0] || alike[1], alike[1] || alike[2], alike[2]];
        let shown = gaps.into_iter().zip(shown).filter_map(|(gap, shown)| gap.filter(|_| shown));
        shown.map(|gap| Guide::Gap { from: gap.from, to: gap.to, metres: gap.metres }).collect()
    }

    /// The two things on either side in the same row.
    fn row(&self, axis: Axis, bounds: Bounds, tolerance: f64) -> Row {
        let (low, high) = (axis.of(bounds.low), axis.of(bounds.high));
        let mine = reach(axis, bounds);
        let beside = |other: &&Bounds| {
            let theirs = reach(axis, **other);
            mine.1.min(theirs.1) - mine.0.max(theirs.0) > BESIDE
        };
        let mut row = Row::default();
        for other in self.solid.iter().filter(beside) {
            if axis.of(other.high) <= low + tolerance {
                let farther =
                    |one: Option<Bounds>| one.is_none_or(|one| axis.of(one.high) < axis.of(other.high));
                if farther(row.low) {
                    row.low = Some(*other);
                }
            } else if axis.of(other.low) >= high - tolerance {
                let farther =
                    |one: Option<Bounds>| one.is_none_or(|one| axis.of(one.low) > axis.of(other.low));
                if farther(row.high) {
                    row.high = Some(*other);
                }
            }
        }
        for other in self.solid.iter().filter(beside) {
            if row.low.is_some_and(|near| axis.of(other.high) <= axis.of(near.low))
                && row.farther_low.is_none_or(|one| axis.of(one.high) < axis.of(other.high))
            {
                row.farther_low = Some(*other);
            }
            if row.high.is_some_and(|near| axis.of(other.low) >= axis.of(near.high))
                && row.farther_high.is_none_or(|one| axis.of(one.low) > axis.of(other.low))
            {
                row.farther_high = Some(*other);
            }
        }
        row
    }
}

/// The neighbours of something on one axis, nearest and second.
#[derive(Default)]
struct Row {
    farther_low: Option<Bounds>,
    low: Option<Bounds>,
    high: Option<Bounds>,
    farther_high: Option<Bounds>,
}

impl Row {
    /// Shifts after which two gaps are equal.
    fn shifts(&self, axis: Axis, bounds: Bounds) -> Vec<f64> {
        let between = |one: Bounds, other: Bounds| axis.of(other.low) - axis.of(one.high);
        let mut shifts = Vec::with_capacity(3);
        if let (Some(low), Some(high)) = (self.low, self.high) {
            shifts.push((between(bounds, high) - between(low, bounds)) / 2.0);
        }
        if let (Some(farther), Some(low)) = (self.farther_low, self.low) {
            shifts.push(between(farther, low) - between(low, bounds));
        }
        if let (Some(high), Some(farther)) = (self.high, self.farther_high) {
            shifts.push(between(bounds, high) - between(high, farther));
        }
        shifts
    }
}

#[derive(Clone, Copy)]
struct Gap {
    from: Point,
    to: Point,
    metres: f64,
}

/// The gap from one thing to the next on an axis, at the middle of what both reach.
fn gap(axis: Axis, one: Bounds, other: Bounds) -> Gap {
    let (a, b) = (reach(axis, one), reach(axis, other));
    let at = f64::midpoint(a.0.max(b.0), a.1.min(b.1));
    let (from, to) = (axis.of(one.high), axis.of(other.low));
    Gap { from: point(axis, from, at), to: point(axis, to, at), metres: to - from }
}

/// The line through a mark and something that lies on it.
fn line(axis: Axis, mark: Mark, reach: (f64, f64)) -> Guide {
    let (from, to) = (mark.reach.0.min(reach.0), mark.reach.1.max(reach.1));
    Guide::Line { from: point(axis, mark.at, from), to: point(axis, mark.at, to), part: mark.part }
}

/// A place from its coordinates on an axis and on the other.
const fn point(axis: Axis, at: f64, other: f64) -> Point {
    match axis {
        Axis::Across => Point::new(at, other),
        Axis::Along => Point::new(other, at),
    }
}

/// From where to where something lies on the other axis.
const fn reach(axis: Axis, bounds: Bounds) -> (f64, f64) {
    match axis {
        Axis::Across => (bounds.low.y, bounds.high.y),
        Axis::Along => (bounds.low.x, bounds.high.x),
    }
}

/// The three lines of something on an axis.
fn own(axis: Axis, bounds: Bounds) -> [(f64, Part); 3] {
    let (low, high) = (axis.of(bounds.low), axis.of(bounds.high));
    [(low, Part::Edge), (f64::midpoint(low, high), Part::Centre), (high, Part::Edge)]
}

fn marks(bounds: Bounds, axis: Axis) -> [Mark; 3] {
    let reach = reach(axis, bounds);
    own(axis, bounds).map(|(at, part)| Mark { at, part, reach })
}

fn moved(bounds: Bounds, by: Point) -> Bounds {
    Bounds { low: bounds.low.plus(by), high: bounds.high.plus(by) }
}

/// How far it is to the nearest multiple of a step.
fn to_step(value: f64, step: f64) -> f64 {
    if step > 0.0 { (value / step).round().mul_add(step, -value) } else { 0.0 }
}

#[cfg(test)]
mod tests;
