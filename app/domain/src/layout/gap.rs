//! How far it is from a stall to the nearest thing on each side, and what that is.
//!
//! The distance is the shortest between outlines, and a thing lies on the side to which that way mainly
//! leads. Where the stall runs into something the figure is negative: how far it must come back.

use super::check::TOUCH;
use super::{Layout, Stall};
use crate::StallId;
use crate::geometry::{Bounds, Point, clip, edges, nearest, signed_area};
use crate::ground::Ground;
use crate::order::Order;

/// A side of a stall as the map shows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Toward {
    /// West.
    Left,
    /// East.
    Right,
    /// North.
    Up,
    /// South.
    Down,
}

impl Toward {
    /// The side to which a way mainly leads.
    fn of(way: Point) -> Self {
        match (way.x.abs() >= way.y.abs(), way.x >= 0.0, way.y >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Up,
            (false, _, false) => Self::Down,
        }
    }
}

/// What stands beside a stall.
#[derive(Clone, PartialEq, Debug)]
pub enum Nearby {
    /// Another stall.
    Stall(StallId),
    /// An obstacle; `ground::label` names it.
    Obstacle {
        /// `tree`
        kind: String,
        /// Its diameter in metres, if it is round.
        across: Option<f64>,
    },
    /// A part that must stay free; `ground::label` names it.
    KeepClear(String),
    /// The edge of the area in which it stands.
    Edge,
}

/// The room on one side.
#[derive(Clone, PartialEq, Debug)]
pub struct Gap {
    /// Which side.
    pub toward: Toward,
    /// How far, in metres; negative: how far the stall runs into it.
    pub metres: f64,
    /// To what.
    pub to: Nearby,
}

/// The nearest thing on each side of a stall, left, right, up, down; sides with nothing are left out. The
/// stall may be held elsewhere than the layout has it.
pub fn gaps(ground: &Ground, layout: &Layout, stall: &Stall) -> Vec<Gap> {
    let corners = stall.footprint().corners();
    let others = layout
        .stalls()
        .values()
        .filter(|other| other.id != stall.id)
        .map(|other| (other.footprint().corners().to_vec(), Nearby::Stall(other.id)));
    let obstacles = ground.obstacles.iter().map(|obstacle| {
        let round = obstacle.polygon.points().len() > 6;
        let across = round.then(|| obstacle.polygon.bounds().width());
        (obstacle.polygon.wound(), Nearby::Obstacle { kind: obstacle.kind.clone(), across })
    });
    let lanes =
        ground.keep_clear.iter().map(|part| (part.polygon.wound(), Nearby::KeepClear(part.kind.clone())));
    let things = others.chain(obstacles).chain(lanes);
    let mut all: Vec<Gap> = things.filter_map(|(outline, to)| between(&corners, &outline, to)).collect();
    if let Some(area) = ground.area_at(stall.centre()) {
        all.extend(edges(&area.polygon.wound()).map(|(a, b)| to_edge(&corners, a, b)));
    }
    all.order_by(|a, b| a.toward.cmp(&b.toward).then(a.metres.total_cmp(&b.metres)));
    all.dedup_by_key(|gap| gap.toward);
    all
}

/// The gap between a stall and an outline.
fn between(corners: &[Point; 4], outline: &[Point], to: Nearby) -> Option<Gap> {
    let shared = clip(outline, corners);
    if signed_area(&shared) > TOUCH {
        let part = Bounds::of(shared)?;
        let (beside, metres) = (part.width() <= part.height(), part.width().min(part.height()));
        let way = part.centre().minus(middle(corners));
        let way = if beside { Point::new(way.x, 0.0) } else { Point::new(0.0, way.y) };
        return Some(Gap { toward: Toward::of(way), metres: -metres, to });
    }
    let way = shortest(corners, outline)?;
    let toward = if way.length() < 0.01 { touching(corners, outline)? } else { Toward::of(way) };
    Some(Gap { toward, metres: way.length(), to })
}

/// The gap between a stall and an edge of its area, which runs counter-clockwise round it.
fn to_edge(corners: &[Point; 4], a: Point, b: Point) -> Gap {
    let along = b.minus(a);
    let out = Point::new(along.y, -along.x).times(1.0 / along.length().max(1e-9));
    let beyond = corners.iter().map(|corner| corner.minus(a).dot(out)).fold(f64::NEG_INFINITY, f64::max);
    if beyond > -0.01 && !clip(&[a, b], corners).is_empty() {
        return Gap { toward: Toward::of(out), metres: -beyond, to: Nearby::Edge };
    }
    let way = shortest(corners, &[a, b]).unwrap_or(out);
    let toward = if way.length() < 0.01 { Toward::of(out) } else { Toward::of(way) };
    Gap { toward, metres: way.length(), to: Nearby::Edge }
}

fn middle(corners: &[Point; 4]) -> Point {
    corners[0].plus(corners[2]).times(0.5)
}

/// The shortest way from one outline to another that it does not meet.
fn shortest(from: &[Point], to: &[Point]) -> Option<Point> {
    let there = from.iter().flat_map(|p| edges(to).map(|(a, b)| nearest(*p, a, b).minus(*p)));
    let back = to.iter().flat_map(|p| edges(from).map(|(a, b)| p.minus(nearest(*p, a, b))));
    there.chain(back).min_by(|a, b| a.length().total_cmp(&b.length()))
}

/// On which side something lies that touches a stall: where both reach farther in common, they lie across.
fn touching(corners: &[Point; 4], outline: &[Point]) -> Option<Toward> {
    let (mine, theirs) = (Bounds::of(*corners)?, Bounds::of(outline.iter().copied())?);
    let wide = mine.high.x.min(theirs.high.x) - mine.low.x.max(theirs.low.x);
    let tall = mine.high.y.min(theirs.high.y) - mine.low.y.max(theirs.low.y);
    let way = theirs.centre().minus(mine.centre());
    Some(Toward::of(if tall >= wide { Point::new(way.x, 0.0) } else { Point::new(0.0, way.y) }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::stall;
    use super::*;

    fn ground() -> Ground {
        Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap()
    }

    /// `left 11 2.90` and so on.
    fn told(layout: &Layout, held: &Stall) -> Vec<(Toward, String)> {
        let name = |to: Nearby| match to {
            Nearby::Stall(id) => layout.stall(id).unwrap().no.clone(),
            Nearby::Obstacle { kind, across } => format!("{kind} {:.1}", across.unwrap_or(0.0)),
            Nearby::KeepClear(kind) => kind,
            Nearby::Edge => "edge".into(),
        };
        let gaps = gaps(&ground(), layout, held).into_iter();
        gaps.map(|gap| (gap.toward, format!("{:.2} {}", gap.metres, name(gap.to)))).collect()
    }

    #[test]
    fn each_side_of_stall_twelve_says_how_far_it_is_to_what() {
        let mut twelve = stall(12, 36.4, 11.0);
        twelve.w = 4.0;
        let layout = Layout::of([stall(11, 30.0, 11.0), twelve.clone()]).unwrap();
        let expected = [
            (Toward::Left, "2.90 11"),
            (Toward::Right, "-0.40 fire_lane"),
            (Toward::Up, "5.87 tree 1.6"),
            (Toward::Down, "2.98 tree 1.6"),
        ];
        assert_eq!(told(&layout, &twelve), expected.map(|(side, text)| (side, text.to_owned())));
    }

    #[test]
    fn stalls_that_touch_lie_side_by_side_or_one_above_the_other() {
        let here = stall(1, 12.0, 9.0);
        let layout = Layout::of([here.clone(), stall(2, 15.0, 9.0), stall(3, 12.0, 6.0)]).unwrap();
        let told = told(&layout, &here);
        assert!(told.contains(&(Toward::Right, "0.00 2".into())), "{told:?}");
        assert!(told.contains(&(Toward::Down, "0.00 3".into())), "{told:?}");
    }

    #[test]
    fn a_stall_that_leans_over_the_edge_of_its_area_is_told_by_how_much() {
        let here = stall(1, 1.2, 9.0);
        let told = told(&Layout::of([here.clone()]).unwrap(), &here);
        assert!(told.contains(&(Toward::Left, "-0.30 edge".into())), "{told:?}");
    }
}
