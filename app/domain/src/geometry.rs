//! Plane geometry in metres: points, polygons, turned rectangles and exact clipping.
//!
//! The y axis points up (north), angles are degrees counter-clockwise from +x. Knows nothing of stalls.

mod cut;
mod disc;

use serde::{Deserialize, Serialize};

pub(crate) use cut::{holds, stretches};
pub use disc::disc;

use crate::Refusal;

mod cross;

/// Nothing on a ground lies farther from its origin than this, in metres.
pub const REACH: f64 = 10_000.0;

/// A place or a shift in metres.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Point {
    /// East.
    pub x: f64,
    /// North.
    pub y: f64,
}

impl From<[f64; 2]> for Point {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x: micrometre(x), y: micrometre(y) }
    }
}

/// To the micrometre: a place that is written and read again is the same place.
pub(crate) fn micrometre(metres: f64) -> f64 {
    (metres * 1e6).round() / 1e6 + 0.0
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

impl Point {
    /// From its coordinates in metres.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The unit vector at so many degrees.
    pub fn toward(degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self::new(cos, sin)
    }

    /// Whether both coordinates are real places on a ground.
    pub fn is_sound(self) -> bool {
        self.x.abs() <= REACH && self.y.abs() <= REACH
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x.mul_add(other.x, self.y * other.y)
    }

    pub(crate) fn cross(self, other: Self) -> f64 {
        self.x.mul_add(other.y, -(self.y * other.x))
    }

    /// Its distance from the origin.
    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// This point moved by `by`.
    #[must_use]
    pub fn plus(self, by: Self) -> Self {
        Self::new(self.x + by.x, self.y + by.y)
    }

    /// The shift from `other` to here.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    /// This vector, `by` times as long.
    #[must_use]
    pub fn times(self, by: f64) -> Self {
        Self::new(self.x * by, self.y * by)
    }

    /// This point turned about `centre` by so many degrees.
    #[must_use]
    pub fn turned(self, centre: Self, degrees: f64) -> Self {
        let (sin, cos) = quarter(degrees);
        let at = self.minus(centre);
        centre.plus(Self::new(at.x * cos - at.y * sin, at.x * sin + at.y * cos))
    }
}

/// Sine and cosine, exact at quarter turns: a stall at 90 degrees has straight coordinates.
fn quarter(degrees: f64) -> (f64, f64) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let exact = |share: f64| if share.abs() < 1e-12 { 0.0 } else { share };
    (exact(sin), exact(cos))
}

/// A rectangle along the axes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bounds {
    /// South-west corner.
    pub low: Point,
    /// North-east corner.
    pub high: Point,
}

impl Bounds {
    /// The smallest rectangle round some points; `None` round none.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |bounds, p| {
            Some(bounds.map_or(Self { low: p, high: p }, |b: Self| Self {
                low: Point::new(b.low.x.min(p.x), b.low.y.min(p.y)),
                high: Point::new(b.high.x.max(p.x), b.high.y.max(p.y)),
            }))
        })
    }

    /// Wider by `margin` metres on every side.
    #[must_use]
    pub fn grown(self, margin: f64) -> Self {
        let by = Point::new(margin, margin);
        Self { low: self.low.minus(by), high: self.high.plus(by) }
    }

    /// Whether the two share a point.
    pub fn meets(self, other: Self) -> bool {
        self.low.x <= other.high.x
            && other.low.x <= self.high.x
            && self.low.y <= other.high.y
            && other.low.y <= self.high.y
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        self.low.plus(self.high).times(0.5)
    }

    /// From west to east, in metres.
    pub fn width(self) -> f64 {
        self.high.x - self.low.x
    }

    /// From south to north, in metres.
    pub fn height(self) -> f64 {
        self.high.y - self.low.y
    }
}

/// A simple polygon of at least three corners.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Point>", into = "Vec<Point>")]
pub struct Polygon(Vec<Point>);

impl TryFrom<Vec<Point>> for Polygon {
    type Error = Refusal;
    fn try_from(points: Vec<Point>) -> Result<Self, Refusal> {
        if points.len() < 3 || points.len() > 1_000 || !points.iter().all(|p| p.is_sound()) {
            return Err(Refusal::Malformed("polygon"));
        }
        if signed_area(&points).abs() < 1e-6 {
            return Err(Refusal::Malformed("polygon"));
        }
        Ok(Self(points))
    }
}

impl From<Polygon> for Vec<Point> {
    fn from(polygon: Polygon) -> Self {
        polygon.0
    }
}

impl Polygon {
    /// Its corners, in the order in which they were written.
    pub fn points(&self) -> &[Point] {
        &self.0
    }

    /// In square metres.
    pub fn area(&self) -> f64 {
        signed_area(&self.0).abs()
    }

    /// The rectangle round it.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(self.0.iter().copied()).unwrap_or(Bounds { low: Point::default(), high: Point::default() })
    }

    /// Its centre of mass.
    pub fn centroid(&self) -> Point {
        centroid(&self.0)
    }

    /// Its corners counter-clockwise.
    pub(crate) fn wound(&self) -> Vec<Point> {
        let mut points = self.0.clone();
        if signed_area(&points) < 0.0 {
            points.reverse();
        }
        points
    }

    /// Whether a point lies inside (a point on the edge may count either way).
    pub fn contains(&self, at: Point) -> bool {
        holds(&self.0, at)
    }

    /// How far a point lies from its edge, in metres.
    pub fn distance_to_edge(&self, at: Point) -> f64 {
        edges(&self.0).map(|(a, b)| distance(at, a, b)).fold(f64::INFINITY, f64::min)
    }

    /// The corners of this polygon with every edge pushed outward by `by` metres (mitred corners).
    pub(crate) fn grown(&self, by: f64) -> Vec<Point> {
        let points = self.wound();
        if by == 0.0 {
            return points;
        }
        let count = points.len();
        let outward = |i: usize| {
            let along = points[(i + 1) % count].minus(points[i]);
            let length = along.length().max(1e-9);
            Point::new(along.y / length, -along.x / length)
        };
        (0..count)
            .map(|i| {
                let (before, after) = (outward((i + count - 1) % count), outward(i));
                let sum = before.plus(after);
                let share = (1.0 + before.dot(after)).max(0.1);
                points[i].plus(sum.times(by / share))
            })
            .collect()
    }
}

/// A rectangle of `w` by `d` metres round `centre`, turned by `angle` degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Footprint {
    /// Its middle.
    pub centre: Point,
    /// Along its own x axis.
    pub w: f64,
    /// Along its own y axis.
    pub d: f64,
    /// Degrees.
    pub angle: f64,
}

impl Footprint {
    /// Its corners counter-clockwise.
    pub fn corners(&self) -> [Point; 4] {
        let (w, d) = (self.w / 2.0, self.d / 2.0);
        [(-w, -d), (w, -d), (w, d), (-w, d)]
            .map(|(x, y)| Point::new(x, y).turned(Point::default(), self.angle).plus(self.centre))
    }

    /// The rectangle along the axes round it.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(self.corners()).unwrap_or(Bounds { low: self.centre, high: self.centre })
    }

    /// In square metres.
    pub fn area(&self) -> f64 {
        self.w * self.d
    }
}

/// The part of a polygon inside a convex one that runs counter-clockwise (Sutherland and Hodgman 1974).
/// Exact in area, also for polygons that are not convex.
pub fn clip(subject: &[Point], convex: &[Point]) -> Vec<Point> {
    let mut rest = subject.to_vec();
    for (a, b) in edges(convex) {
        let along = b.minus(a);
        let side = |p: Point| along.cross(p.minus(a));
        let mut kept = Vec::with_capacity(rest.len() + 2);
        for (p, q) in edges(&rest) {
            let (here, there) = (side(p), side(q));
            if here >= 0.0 {
                kept.push(p);
            }
            if (here > 0.0 && there < 0.0) || (here < 0.0 && there > 0.0) {
                kept.push(p.plus(q.minus(p).times(here / (here - there))));
            }
        }
        rest = kept;
    }
    rest
}

/// In square metres; positive when the points run counter-clockwise.
pub fn signed_area(points: &[Point]) -> f64 {
    let Some(first) = points.first().copied() else { return 0.0 };
    edges(points).map(|(a, b)| a.minus(first).cross(b.minus(first))).sum::<f64>() / 2.0
}

/// The centre of mass of the polygon through some points; their mean, if it has no area.
pub fn centroid(points: &[Point]) -> Point {
    let Some(first) = points.first().copied() else { return Point::default() };
    let area = signed_area(points);
    if area.abs() < 1e-9 {
        let sum = points.iter().fold(Point::default(), |sum, p| sum.plus(*p));
        return sum.times(1.0 / points.len() as f64);
    }
    let moment = edges(points).fold(Point::default(), |sum, (a, b)| {
        let (a, b) = (a.minus(first), b.minus(first));
        sum.plus(a.plus(b).times(a.cross(b)))
    });
    first.plus(moment.times(1.0 / (6.0 * area)))
}

/// Each corner with the next, and the last with the first.
pub fn edges(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    points.iter().copied().zip(points.iter().copied().cycle().skip(1))
}

/// The place on a stretch that is nearest to a point.
pub(crate) fn nearest(at: Point, a: Point, b: Point) -> Point {
    let along = b.minus(a);
    let share = (at.minus(a).dot(along) / along.dot(along).max(1e-12)).clamp(0.0, 1.0);
    a.plus(along.times(share))
}

/// How far a point lies from a stretch, in metres.
pub(crate) fn distance(at: Point, a: Point, b: Point) -> f64 {
    at.minus(nearest(at, a, b)).length()
}

/// The reach of some points along a direction: least and greatest.
pub(crate) fn extent(points: &[Point], direction: Point) -> (f64, f64) {
    points
        .iter()
        .map(|p| p.dot(direction))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

#[cfg(test)]
mod tests;
