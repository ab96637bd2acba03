//! Outlines that cross themselves or lie on each other, with a place where they do.

use super::{Point, Polygon, edges};

/// Nearer than this, in metres, counts as touching.
const TOUCH: f64 = 1e-6;

impl Polygon {
    /// Where the outline meets itself, if it does: a crossing, a touch or a way back along itself.
    pub fn meets_itself(&self) -> Option<Point> {
        let sides: Vec<(Point, Point)> = edges(self.points()).collect();
        for (i, a) in sides.iter().enumerate() {
            for (j, b) in sides.iter().enumerate().skip(i + 1) {
                let next = j == i + 1;
                let met = if next || (i == 0 && j == sides.len() - 1) {
                    let (first, second) = if next { (*a, *b) } else { (*b, *a) };
                    back(first, second)
                } else {
                    meet(*a, *b)
                };
                if met.is_some() {
                    return met;
                }
            }
        }
        None
    }

    /// A point inside both outlines, if they share ground; a common border is no common ground.
    pub fn shares_ground(&self, other: &Self) -> Option<Point> {
        if !self.bounds().meets(other.bounds()) {
            return None;
        }
        let crossing = edges(self.points()).find_map(|a| edges(other.points()).find_map(|b| cross(a, b)));
        crossing.or_else(|| self.inside_of(other)).or_else(|| other.inside_of(self))
    }

    /// A corner, a middle of an edge, or the middle of this outline that lies well inside another.
    fn inside_of(&self, other: &Self) -> Option<Point> {
        let corners = self.points().iter().copied();
        let middles = edges(self.points()).map(|(a, b)| a.plus(b).times(0.5));
        let centre = Some(self.centroid()).filter(|at| self.contains(*at));
        corners
            .chain(middles)
            .chain(centre)
            .find(|at| other.contains(*at) && other.distance_to_edge(*at) > 0.01)
    }

    /// The narrowest it is between two parallel lines along one of its edges, in metres.
    pub fn narrowest(&self) -> f64 {
        let across = |(a, b): (Point, Point)| {
            let along = b.minus(a);
            let side = Point::new(-along.y, along.x).times(1.0 / along.length().max(1e-9));
            let (low, high) = super::extent(self.points(), side);
            high - low
        };
        edges(self.points()).map(across).fold(f64::INFINITY, f64::min)
    }
}

/// Where two stretches share a point, ends included.
fn meet(a: (Point, Point), b: (Point, Point)) -> Option<Point> {
    let ends = [a.0, a.1].into_iter().find(|p| super::distance(*p, b.0, b.1) < TOUCH);
    let others = || [b.0, b.1].into_iter().find(|p| super::distance(*p, a.0, a.1) < TOUCH);
    cross(a, b).or(ends).or_else(others)
}

/// Where two stretches cross, ends left out.
fn cross(a: (Point, Point), b: (Point, Point)) -> Option<Point> {
    let (along, other) = (a.1.minus(a.0), b.1.minus(b.0));
    let turn = along.cross(other);
    if turn.abs() < 1e-12 {
        return None;
    }
    let between = b.0.minus(a.0);
    let (s, t) = (between.cross(other) / turn, between.cross(along) / turn);
    let inner = 1e-9..1.0 - 1e-9;
    (inner.contains(&s) && inner.contains(&t)).then(|| a.0.plus(along.times(s)))
}

/// Where a side runs back along the one before it, or has no length.
fn back(first: (Point, Point), second: (Point, Point)) -> Option<Point> {
    let (along, next) = (first.1.minus(first.0), second.1.minus(second.0));
    let short = along.length() < TOUCH || next.length() < TOUCH;
    let flat = along.cross(next).abs() < TOUCH * along.length().max(next.length());
    (short || (flat && along.dot(next) < 0.0)).then_some(first.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Footprint;

    fn polygon(points: &[[f64; 2]]) -> Polygon {
        Polygon::try_from(points.iter().copied().map(Point::from).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_bow_a_touch_and_a_spike_meet_themselves_and_an_l_does_not() {
        let bow = polygon(&[[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 3.0]]);
        assert!(bow.meets_itself().is_some());
        let touch = polygon(&[[0.0, 0.0], [4.0, 0.0], [2.0, 2.0], [4.0, 4.0], [0.0, 4.0], [2.0, 2.0]]);
        assert_eq!(touch.meets_itself(), Some(Point::new(2.0, 2.0)));
        let spike = polygon(&[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [4.0, 6.0], [4.0, 4.0], [0.0, 4.0]]);
        assert!(spike.meets_itself().is_some());
        let l = polygon(&[[0.0, 0.0], [4.0, 0.0], [4.0, 1.0], [1.0, 1.0], [1.0, 4.0], [0.0, 4.0]]);
        assert_eq!(l.meets_itself(), None);
    }

    #[test]
    fn neighbours_share_a_border_and_no_ground() {
        let at = |x: f64, w: f64| polygon(&[[x, 0.0], [x + w, 0.0], [x + w, 3.0], [x, 3.0]]);
        assert_eq!(at(0.0, 4.0).shares_ground(&at(4.0, 4.0)), None);
        assert!(at(0.0, 4.0).shares_ground(&at(3.0, 4.0)).is_some());
        assert!(at(0.0, 4.0).shares_ground(&at(0.0, 4.0)).is_some());
        assert!(at(0.0, 9.0).shares_ground(&polygon(&[[2.0, 1.0], [3.0, 1.0], [3.0, 2.0]])).is_some());
        assert!((at(0.0, 9.0).narrowest() - 3.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn two_rectangles_share_ground_exactly_when_their_cut_has_an_area(
            x in -4.0..4.0f64, y in -4.0..4.0f64, angle in 0.0..360.0f64, w in 0.5..4.0f64, d in 0.5..4.0f64,
        ) {
            let one = Footprint { centre: Point::default(), w: 3.0, d: 2.0, angle: 20.0 }.corners();
            let other = Footprint { centre: Point::new(x, y), w, d, angle }.corners();
            let area = crate::geometry::signed_area(&crate::geometry::clip(&one, &other));
            let (a, b) = (Polygon::try_from(one.to_vec()).unwrap(), Polygon::try_from(other.to_vec()).unwrap());
            prop_assert_eq!(a.meets_itself(), None);
            if area > 0.01 {
                let at = a.shares_ground(&b);
                prop_assert!(at.is_some_and(|at| a.distance_to_edge(at) < 0.01 || a.contains(at)), "{area}");
            } else if area < 1e-9 {
                prop_assert_eq!(a.shares_ground(&b), None);
            }
        }
    }
}
