//! What lies under a finger: a part, one of its corners, or the middle of one of its edges. Pure.

use kaishi_domain::geometry::{Point, edges};
use kaishi_domain::ground::{Ground, Kind, Part, Spot};

/// What is small lies above what is large.
const ORDER: [Kind; 11] = [
    Kind::Facility,
    Kind::Outlet,
    Kind::Water,
    Kind::Entrance,
    Kind::Exit,
    Kind::Obstacle,
    Kind::KeepClear,
    Kind::Patch,
    Kind::Zone,
    Kind::Walk,
    Kind::Outline,
];

/// The part at a place; points count within `near` metres.
pub(super) fn part(ground: &Ground, at: Point, near: f64) -> Option<Spot> {
    ORDER.into_iter().find_map(|kind| {
        let far = |part: &Part| match (part.polygon(), part.point()) {
            // The outline of the whole place is held by its edge: everything lies inside it.
            (Some(polygon), _) if kind == Kind::Outline => polygon.distance_to_edge(at) / near,
            (Some(polygon), _) if polygon.contains(at) => 0.0,
            (None, Some(place)) => place.minus(at).length() / near,
            _ => f64::INFINITY,
        };
        let parts = ground.parts(kind).map(|(spot, part)| (far(&part), spot));
        parts.filter(|(far, _)| *far <= 1.0).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, spot)| spot)
    })
}

/// The corner of an outline within `near` metres.
pub(super) fn corner(part: &Part, at: Point, near: f64) -> Option<usize> {
    nearest(part.polygon()?.points().iter().copied(), at, near)
}

/// The edge whose middle lies within `near` metres.
pub(super) fn middle(part: &Part, at: Point, near: f64) -> Option<usize> {
    nearest(edges(part.polygon()?.points()).map(|(a, b)| a.plus(b).times(0.5)), at, near)
}

fn nearest(points: impl Iterator<Item = Point>, at: Point, near: f64) -> Option<usize> {
    let far = points.map(|point| point.minus(at).length()).enumerate();
    far.filter(|(_, far)| *far <= near).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_lies_above_the_large() {
        let ground = Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap();
        let at = |x, y| part(&ground, Point::new(x, y), 0.5);
        assert_eq!(at(6.0, 10.0), Some(Spot { kind: Kind::Obstacle, index: 0 }));
        assert_eq!(at(40.0, 9.0), Some(Spot { kind: Kind::KeepClear, index: 0 }));
        assert_eq!(at(8.2, 10.0), Some(Spot { kind: Kind::Outlet, index: 3 }));
        assert_eq!(at(12.0, 17.0), Some(Spot { kind: Kind::Zone, index: 0 }));
        assert_eq!(at(-30.0, 0.0), None);
        let zone = ground.part(Spot { kind: Kind::Zone, index: 0 }).unwrap();
        assert_eq!(corner(&zone, Point::new(41.8, 0.1), 0.5), Some(1));
        assert_eq!(middle(&zone, Point::new(21.0, 0.2), 0.5), Some(0));
        assert_eq!(corner(&zone, Point::new(21.0, 5.0), 0.5), None);
    }
}
