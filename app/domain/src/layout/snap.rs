//! Snapping: where a dragged selection comes to rest beside other things, and the lines that show why.
//!
//! Edges meet edges and middles meet middles on both axes; a gap repeats the gap beside it. Things win over the
//! grid. Made ready once a gesture; one step of a drag is then a few microseconds among a thousand stalls.

mod row;
mod slant;

use super::{Axis, Layout, Stall};
use crate::StallId;
use crate::geometry::{Bounds, Footprint, Point, edges};
use crate::ground::Ground;
use crate::order::{Gather, Order};
use row::Neighbours;
use slant::Slant;

/// Two places closer than this are one, in metres.
const SAME: f64 = 0.006;

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
    /// Edges that run along no axis.
    slants: Vec<Slant>,
}

impl Snapper {
    /// Everything on the ground but the stalls that are held. With `seen`, only what lies in that rectangle:
    /// nobody expects a stall to snap to something that is not on the screen.
    pub fn new(ground: &Ground, layout: &Layout, held: &[StallId], seen: Option<Bounds>) -> Self {
        let visible = |bounds: &Bounds| seen.is_none_or(|seen| seen.meets(*bounds));
        let held: crate::map::Set<&StallId> = held.iter().gather();
        let others = layout.stalls().values().filter(|stall| !held.contains(&stall.id));
        let mut angles: Vec<f64> = others.clone().map(|stall| stall.angle.rem_euclid(90.0)).collect();
        angles.order_by(f64::total_cmp);
        angles.dedup();
        let feet = others.map(Stall::footprint);
        let stalls = feet.clone().map(|foot| foot.bounds());
        let obstacles = ground.obstacles.iter().map(|obstacle| obstacle.polygon.bounds());
        let solid: Vec<Bounds> = stalls.chain(obstacles).filter(visible).collect();
        let mut snapper = Self { across: Vec::new(), along: Vec::new(), solid, angles, slants: Vec::new() };
        for bounds in &snapper.solid {
            snapper.across.extend(marks(*bounds, Axis::Across));
            snapper.along.extend(marks(*bounds, Axis::Along));
        }
        // Round an obstacle the room that must stay free holds a stall as well.
        for obstacle in ground.obstacles.iter().filter(|obstacle| obstacle.clear > 0.0) {
            let round = obstacle.polygon.bounds().grown(obstacle.clear);
            if visible(&round) {
                let edges = |axis| marks(round, axis).into_iter().filter(|mark| mark.part == Part::Edge);
                snapper.across.extend(edges(Axis::Across));
                snapper.along.extend(edges(Axis::Along));
            }
        }
        let zones = ground.zones.iter().map(|area| &area.polygon);
        for (a, b) in
            zones.chain(ground.keep_clear.iter().map(|part| &part.polygon)).flat_map(|p| edges(p.points()))
        {
            snapper.straight(a, b);
        }
        let turned = feet.filter(|foot| visible(&foot.bounds())).flat_map(|foot| turned_edges(&foot));
        let round = ground.obstacles.iter().flat_map(|obstacle| edges(obstacle.polygon.points()));
        snapper.slants.extend(turned.chain(round).filter_map(|(a, b)| Slant::of(a, b)));
        snapper.across.order_by(|a, b| a.at.total_cmp(&b.at));
        snapper.along.order_by(|a, b| a.at.total_cmp(&b.at));
        snapper
    }

    /// Notes an edge of the ground.
    fn straight(&mut self, a: Point, b: Point) {
        let mark =
            |at, from: f64, to: f64| Mark { at, part: Part::Edge, reach: (from.min(to), from.max(to)) };
        if (a.x - b.x).abs() < SAME {
            self.across.push(mark(a.x, a.y, b.y));
        } else if (a.y - b.y).abs() < SAME {
            self.along.push(mark(a.y, a.x, b.x));
        } else {
            self.slants.extend(Slant::of(a, b));
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
            guides.extend(Neighbours::of(&self.solid, axis, there, SAME).gaps(axis, there));
        }
        Snapped { shift, guides }
    }

    /// Whether a line or a gap on either axis draws something to itself.
    fn draws(&self, bounds: Bounds, tolerance: f64) -> bool {
        [Axis::Across, Axis::Along].into_iter().any(|axis| self.best(axis, bounds, tolerance).is_some())
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
        let to_gaps = Neighbours::of(&self.solid, axis, bounds, tolerance).shifts(axis, bounds);
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
}

/// The sides of a stall that is turned.
fn turned_edges(foot: &Footprint) -> impl Iterator<Item = (Point, Point)> + use<> {
    let corners = foot.corners();
    let is_turned = foot.angle.rem_euclid(90.0) > 0.0;
    (0..4).filter(move |_| is_turned).map(move |n| (corners[n], corners[(n + 1) % 4]))
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
