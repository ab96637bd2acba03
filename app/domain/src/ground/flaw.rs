//! What is wrong with a drawn ground as a whole, each with its part and its place.

use super::{Ground, Kind, Part, Spot};
use crate::geometry::{Point, Polygon};
use crate::order::Order;

/// A fire lane is at least so wide, in metres (GB 50016).
pub const FIRE_LANE: f64 = 4.0;
/// A polygon with less ground than this is none, in square metres.
const LEAST: f64 = 0.02;

/// Which rule is broken.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Mistake {
    /// The outline crosses itself.
    Crosses,
    /// Hardly any ground within the outline.
    Thin,
    /// A fire lane that is not wide enough: metres that it is, metres that it must be.
    Narrow(f64, f64),
    /// Two zones on the same ground.
    Overlaps(Spot),
    /// An obstacle on a fire lane.
    OnFireLane,
    /// Outside the outline of the place.
    Outside,
    /// Nobody can come in.
    NoWayIn,
}

/// One thing that is wrong.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Flaw {
    /// Which part.
    pub spot: Spot,
    /// Which rule.
    pub mistake: Mistake,
    /// Where on the ground.
    pub at: Point,
}

impl Flaw {
    /// Whether the ground cannot be kept before it is cured.
    pub const fn is_error(&self) -> bool {
        matches!(self.mistake, Mistake::Crosses | Mistake::Thin | Mistake::Narrow(..) | Mistake::Overlaps(_))
    }
}

/// Everything that is wrong with a ground, errors first.
pub fn flaws(ground: &Ground) -> Vec<Flaw> {
    let mut found: Vec<Flaw> = ground
        .all_parts()
        .filter_map(|(spot, part)| {
            let (mistake, at) = outline(part.polygon()?)?;
            Some(Flaw { spot, mistake, at })
        })
        .collect();
    found.extend(overlaps(ground));
    found.extend(lanes(ground));
    found.extend(outside(ground));
    if ground.entrances.is_empty() {
        let spot = Spot { kind: Kind::Entrance, index: 0 };
        found.push(Flaw { spot, mistake: Mistake::NoWayIn, at: ground.bounds().centre() });
    }
    found.order_by_key(|flaw| !flaw.is_error());
    found
}

fn outline(polygon: &Polygon) -> Option<(Mistake, Point)> {
    if let Some(at) = polygon.meets_itself() {
        return Some((Mistake::Crosses, at));
    }
    (polygon.area() < LEAST).then(|| (Mistake::Thin, polygon.bounds().centre()))
}

fn overlaps(ground: &Ground) -> impl Iterator<Item = Flaw> + '_ {
    let zones = ground.zones.iter().enumerate();
    zones.flat_map(move |(index, area)| {
        let others = ground.zones[..index].iter().enumerate();
        others.filter_map(move |(other, before)| {
            let at = area.polygon.shares_ground(&before.polygon)?;
            let spot = |index| Spot { kind: Kind::Zone, index };
            Some(Flaw { spot: spot(index), mistake: Mistake::Overlaps(spot(other)), at })
        })
    })
}

fn lanes(ground: &Ground) -> impl Iterator<Item = Flaw> + '_ {
    let lanes = ground.keep_clear.iter().enumerate().filter(|(_, part)| part.is_fire_lane());
    lanes.flat_map(move |(index, lane)| {
        let wanted = lane.width.unwrap_or(ground.rules.fire_lane);
        let wide = lane.polygon.narrowest();
        let least = wanted.max(FIRE_LANE);
        let narrow = (wanted < FIRE_LANE || wide < least - 0.01).then(|| Flaw {
            spot: Spot { kind: Kind::KeepClear, index },
            mistake: Mistake::Narrow(wide.min(wanted), least),
            at: lane.polygon.centroid(),
        });
        let obstacles = ground.obstacles.iter().enumerate();
        let blocked = obstacles.filter_map(move |(index, obstacle)| {
            let at = obstacle.polygon.shares_ground(&lane.polygon)?;
            Some(Flaw { spot: Spot { kind: Kind::Obstacle, index }, mistake: Mistake::OnFireLane, at })
        });
        narrow.into_iter().chain(blocked)
    })
}

fn outside(ground: &Ground) -> Vec<Flaw> {
    let Some(edge) = &ground.outline else { return Vec::new() };
    let beyond = |at: &Point| !edge.contains(*at) && edge.distance_to_edge(*at) > 0.05;
    let of = |(spot, part): (Spot, Part)| {
        let corners = match (part.polygon(), part.point()) {
            (Some(polygon), _) => polygon.points().to_vec(),
            (None, Some(at)) => vec![at],
            (None, None) => Vec::new(),
        };
        corners.into_iter().find(beyond).map(|at| Flaw { spot, mistake: Mistake::Outside, at })
    };
    let kinds = Kind::LISTS.iter().filter(|kind| **kind != Kind::Facility);
    kinds.flat_map(|kind| ground.parts(*kind)).filter_map(of).collect()
}
