//! Edges that run along no axis: a stall comes to rest against them, and in line with turned stalls.

use super::{Grid, Guide, Part, SAME, Snapped, Snapper, to_step};
use crate::geometry::{Bounds, Footprint, Point};

/// Sides within so many degrees of an edge run along it.
const ALONG: f64 = 0.6;
/// So many metres beyond its ends an edge still draws a side that runs along it.
const BEYOND: f64 = 6.0;

/// An edge that runs along no axis.
#[derive(Clone, Copy)]
pub(super) struct Slant {
    from: Point,
    /// One metre along it.
    along: Point,
    length: f64,
}

/// A shift onto a slanted edge.
struct Rest {
    by: Point,
    /// A whole side lies on it then, not only a corner.
    is_flush: bool,
    guide: Guide,
}

impl Slant {
    /// The edge between two places; `None` if it runs along an axis.
    pub(super) fn of(from: Point, to: Point) -> Option<Self> {
        let way = to.minus(from);
        let length = way.length();
        (way.x.abs() > SAME && way.y.abs() > SAME).then(|| Self {
            from,
            along: way.times(1.0 / length),
            length,
        })
    }

    /// How a rectangle comes to rest on this edge, on the side on which it is, if it is near enough.
    fn rest(self, foot: &Footprint, corners: &[Point; 4], tolerance: f64) -> Option<Rest> {
        let normal = Point::new(-self.along.y, self.along.x);
        let turn = self.along.y.atan2(self.along.x).to_degrees() - foot.angle;
        let is_flush = to_step(turn, 90.0).abs() < ALONG;
        let spare = if is_flush { BEYOND } else { 0.0 };
        let touching = corners.iter().filter_map(|corner| {
            let there = corner.minus(self.from);
            let far = there.dot(self.along);
            (far > -spare && far < self.length + spare).then(|| there.dot(normal))
        });
        let (low, high) =
            touching.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), by| (low.min(by), high.max(by)));
        let nearer = if low.abs() < high.abs() { low } else { high };
        (nearer.abs() <= tolerance).then(|| {
            let by = normal.times(-nearer);
            let own = corners.map(|corner| corner.plus(by).minus(self.from).dot(self.along));
            let reach = |start: f64, pick: fn(f64, f64) -> f64| {
                let end = if is_flush { own.into_iter().fold(start, pick) } else { start };
                self.from.plus(self.along.times(end))
            };
            let guide = Guide::Line {
                from: reach(0.0, f64::min),
                to: reach(self.length, f64::max),
                part: Part::Edge,
            };
            Rest { by, is_flush, guide }
        })
    }
}

impl Snapper {
    /// Where a held stall comes to rest, as [`Self::snap`] says for all that is held; but a slanted edge that
    /// one of its sides runs along comes first, and one that only a corner meets comes before the grid.
    pub fn rest(&self, lead: &Footprint, bounds: Bounds, tolerance: f64, grid: Option<Grid>) -> Snapped {
        let corners = lead.corners();
        let rests = self.slants.iter().filter_map(|slant| slant.rest(lead, &corners, tolerance));
        let nearest =
            rests.min_by(|a, b| b.is_flush.cmp(&a.is_flush).then(a.by.length().total_cmp(&b.by.length())));
        match nearest {
            Some(rest) if rest.is_flush || !self.draws(bounds, tolerance) => {
                Snapped { shift: rest.by, guides: vec![rest.guide] }
            }
            _ => self.snap(bounds, tolerance, grid),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Point, b: Point) -> bool {
        a.minus(b).length() < 1e-6
    }

    fn foot(x: f64, y: f64, angle: f64) -> Footprint {
        Footprint { centre: Point::new(x, y), w: 2.0, d: 2.0, angle }
    }

    fn snapper(from: Point, to: Point) -> Snapper {
        let slants = Slant::of(from, to).into_iter().collect();
        Snapper { across: Vec::new(), along: Vec::new(), solid: Vec::new(), angles: Vec::new(), slants }
    }

    #[test]
    fn a_side_that_runs_along_a_slanted_edge_lies_on_it() {
        let snapper = snapper(Point::new(40.0, 40.0), Point::new(50.0, 50.0));
        // A square turned by 45 degrees, its side 0.1 m from the diagonal.
        let half = std::f64::consts::SQRT_2 / 2.0;
        let lead = foot(45.0 + half + 0.1 * half, 45.0 - half - 0.1 * half, 45.0);
        let snapped = snapper.rest(&lead, lead.bounds(), 0.3, None);
        assert!(near(snapped.shift, Point::new(-0.1 * half, 0.1 * half)), "{:?}", snapped.shift);
        assert!(matches!(snapped.guides[..], [Guide::Line { .. }]));
        assert_eq!(snapper.rest(&lead, lead.bounds(), 0.05, None).shift, Point::default(), "too far");
    }

    #[test]
    fn a_corner_meets_a_slanted_edge_but_not_beyond_its_end() {
        let snapper = snapper(Point::new(40.0, 40.0), Point::new(50.0, 50.0));
        let lead = foot(46.1, 43.9, 0.0);
        let snapped = snapper.rest(&lead, lead.bounds(), 0.3, None);
        assert!(near(snapped.shift, Point::new(-0.1, 0.1)), "{:?}", snapped.shift);
        let beyond = foot(52.1, 49.9, 0.0);
        assert_eq!(snapper.rest(&beyond, beyond.bounds(), 0.3, None).shift, Point::default());
    }

    #[test]
    fn turned_stalls_come_into_one_line() {
        let row = foot(40.0, 40.0, 30.0).corners();
        let snapper = snapper(row[0], row[1]);
        let along = Point::toward(30.0);
        let lead = foot(40.0 + along.x * 4.0 + 0.05, 40.0 + along.y * 4.0, 30.0);
        let snapped = snapper.rest(&lead, lead.bounds(), 0.2, None);
        let off = lead.centre.plus(snapped.shift).minus(Point::new(40.0, 40.0)).cross(along);
        assert!(off.abs() < 1e-6, "{off}");
    }

    #[test]
    fn edges_along_an_axis_are_not_slanted() {
        assert!(Slant::of(Point::new(0.0, 0.0), Point::new(5.0, 0.0)).is_none());
        assert!(Slant::of(Point::new(1.0, 1.0), Point::new(1.0, 9.0)).is_none());
        assert!(Slant::of(Point::new(0.0, 0.0), Point::new(5.0, 1.0)).is_some());
    }
}
