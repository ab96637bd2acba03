//! Picking by place: what a marquee catches, what lies next to a stall, how far two points are apart.

use super::Layout;
use super::gap::Toward;
use crate::StallId;
use crate::geometry::{Bounds, Point, clip, signed_area};

/// Which stalls a marquee catches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marquee {
    /// All that it touches.
    Touching,
    /// Only those that lie wholly inside.
    Inside,
}

/// A way between two points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Measure {
    /// As the crow flies, in metres.
    pub metres: f64,
    /// Metres east.
    pub east: f64,
    /// Metres north.
    pub north: f64,
    /// Degrees counter-clockwise from east, 0 to 360.
    pub angle: f64,
}

/// How far it is from one point to another, and which way.
pub fn measure(from: Point, to: Point) -> Measure {
    let way = to.minus(from);
    let angle = way.y.atan2(way.x).to_degrees().rem_euclid(360.0);
    Measure { metres: way.length(), east: way.x, north: way.y, angle }
}

impl Layout {
    /// The stalls that a rectangle catches, by what they cover.
    pub fn within(&self, marquee: Bounds, how: Marquee) -> Vec<StallId> {
        let (low, high) = (marquee.low, marquee.high);
        let rectangle = [low, Point::new(high.x, low.y), high, Point::new(low.x, high.y)];
        let caught = self.stalls.values().filter(|stall| {
            let foot = stall.footprint();
            let bounds = foot.bounds();
            let inside = low.x <= bounds.low.x
                && low.y <= bounds.low.y
                && high.x >= bounds.high.x
                && high.y >= bounds.high.y;
            match how {
                Marquee::Inside => inside,
                Marquee::Touching => {
                    inside || bounds.meets(marquee) && signed_area(&clip(&foot.corners(), &rectangle)) > 0.0
                }
            }
        });
        caught.map(|stall| stall.id).collect()
    }

    /// The next stall on one side of another: where an arrow key moves to. Straight ahead counts for more than
    /// near but aside.
    pub fn beside(&self, id: StallId, toward: Toward) -> Option<StallId> {
        let from = self.stall(id)?.centre();
        let ahead = |at: Point| {
            let way = at.minus(from);
            let (far, aside) = match toward {
                Toward::Left => (-way.x, way.y),
                Toward::Right => (way.x, way.y),
                Toward::Up => (way.y, way.x),
                Toward::Down => (-way.y, way.x),
            };
            (far > 0.01 && far >= aside.abs() * 0.5).then(|| aside.abs().mul_add(2.0, far))
        };
        let others = self.stalls.values().filter(|stall| stall.id != id);
        let ahead = others.filter_map(|stall| Some((ahead(stall.centre())?, stall.id)));
        ahead.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edit;
    use super::super::tests::stall;
    use super::*;

    fn id(n: u8) -> StallId {
        stall(n, 0.0, 0.0).id
    }

    fn bounds(west: f64, south: f64, east: f64, north: f64) -> Bounds {
        Bounds { low: Point::new(west, south), high: Point::new(east, north) }
    }

    #[test]
    fn a_marquee_catches_what_it_touches_or_only_what_lies_inside() {
        let layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0), stall(3, 8.0, 0.0)]).unwrap();
        let marquee = bounds(-1.5, -1.5, 3.0, 1.5);
        assert_eq!(layout.within(marquee, Marquee::Touching), [id(1), id(2)]);
        assert_eq!(layout.within(marquee, Marquee::Inside), [id(1)]);
        assert!(layout.within(bounds(1.5, 0.0, 2.5, 1.0), Marquee::Touching).is_empty());
        // A marquee within a stall touches it.
        assert_eq!(layout.within(bounds(3.9, 0.0, 4.0, 0.1), Marquee::Touching), [id(2)]);
    }

    #[test]
    fn the_corner_of_a_turned_stalls_bounds_is_not_the_stall() {
        let mut layout = Layout::of([stall(1, 0.0, 0.0)]).unwrap();
        layout.apply(Edit::Rotate { stalls: vec![id(1)], by: 45.0 }).unwrap();
        assert!(layout.within(bounds(1.5, 1.5, 2.0, 2.0), Marquee::Touching).is_empty());
        assert_eq!(layout.within(bounds(1.0, 1.0, 2.0, 2.0), Marquee::Touching), [id(1)]);
    }

    #[test]
    fn an_arrow_key_moves_to_the_stall_ahead() {
        let layout =
            Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.2), stall(3, 8.0, 0.0), stall(4, 0.5, 6.0)])
                .unwrap();
        assert_eq!(layout.beside(id(1), Toward::Right), Some(id(2)));
        assert_eq!(layout.beside(id(3), Toward::Left), Some(id(2)));
        assert_eq!(layout.beside(id(1), Toward::Up), Some(id(4)));
        assert_eq!(layout.beside(id(1), Toward::Down), None);
    }

    #[test]
    fn a_measure_says_how_far_and_which_way() {
        let way = measure(Point::new(1.0, 1.0), Point::new(1.0, 5.0));
        assert_eq!((way.metres, way.east, way.north, way.angle), (4.0, 0.0, 4.0, 90.0));
    }
}
