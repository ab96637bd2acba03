//! Where on the ground a stall stands, as people say it: `连廊东侧，9号旁边`.

use serde::{Deserialize, Serialize};

use crate::StallId;
use crate::geometry::Point;
use crate::ground::Ground;
use crate::layout::Layout;

/// An area at least this many times as long as wide has two ends and a middle, and no corners.
const LONG: f64 = 2.0;
/// A stall farther than this from another is not beside it, in metres.
const BESIDE: f64 = 12.0;

/// The part of an area.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the points of the compass")]
pub enum Side {
    Middle,
    East,
    NorthEast,
    North,
    NorthWest,
    West,
    SouthWest,
    South,
    SouthEast,
}

/// An area and the part of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Whereabouts {
    /// `连廊`
    pub area: String,
    /// Which part.
    pub side: Side,
}

/// Where a place lies; `None` off every area.
pub fn whereabouts(ground: &Ground, at: Point) -> Option<Whereabouts> {
    let area = ground.area_at(at)?;
    let bounds = area.polygon.bounds();
    let third = |value: f64, low: f64, length: f64, other: f64| {
        let share = (value - low) / length.max(0.01);
        // Along the short side of a long area nobody tells one side from the other.
        if other > length * LONG || (0.35..=0.65).contains(&share) {
            0
        } else if share > 0.5 {
            1
        } else {
            -1
        }
    };
    let (w, h) = (bounds.width(), bounds.height());
    let side = match (third(at.x, bounds.low.x, w, h), third(at.y, bounds.low.y, h, w)) {
        (1, 0) => Side::East,
        (1, 1) => Side::NorthEast,
        (0, 1) => Side::North,
        (-1, 1) => Side::NorthWest,
        (-1, 0) => Side::West,
        (-1, -1) => Side::SouthWest,
        (0, -1) => Side::South,
        (1, -1) => Side::SouthEast,
        _ => Side::Middle,
    };
    Some(Whereabouts { area: area.name.clone(), side })
}

/// The printed numbers of the two stalls nearest to one, if they stand beside it.
pub fn neighbours(layout: &Layout, stall: StallId) -> Vec<String> {
    let Some(here) = layout.stall(stall) else { return Vec::new() };
    let far = |at: Point| at.minus(here.centre()).length();
    let mut near: Vec<_> = layout
        .in_order()
        .into_iter()
        .filter(|other| other.id != stall && far(other.centre()) <= BESIDE)
        .collect();
    near.sort_by(|a, b| far(a.centre()).total_cmp(&far(b.centre())));
    near.truncate(2);
    near.sort_by_cached_key(|stall| crate::layout::number_order(&stall.no));
    near.into_iter().map(|stall| stall.no.clone()).collect()
}
