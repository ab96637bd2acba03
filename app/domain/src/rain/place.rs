//! Where a stall could stand: a rectangle without a number.

use serde::{Deserialize, Serialize};

use super::Cover;
use crate::arrange;
use crate::assignment::{Spot, spots};
use crate::geometry::{Footprint, Point, clip, signed_area};
use crate::ground::Ground;
use crate::layout::{Layout, Stall};
use crate::{Moment, StallId};

/// Two places that share less than this many square metres only touch.
const TOUCH: f64 = 0.002;
/// Corners are tried so far inside, as a share of the way to the middle: an edge may lie on the area's own.
const INSIDE: f64 = 0.01;

/// A place for a stall, in metres and degrees as in [`Stall`].
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Centre, metres east.
    pub x: f64,
    /// Centre, metres north.
    pub y: f64,
    /// Metres along the counter.
    pub w: f64,
    /// Metres from the counter to the back.
    pub d: f64,
    /// Degrees counter-clockwise.
    pub angle: f64,
    /// Where the counter looks.
    pub facing: f64,
    /// The outlet it is wired to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

impl Place {
    /// Where a stall stands.
    pub fn of(stall: &Stall) -> Self {
        let Stall { x, y, w, d, angle, facing, outlet, .. } = stall.clone();
        Self { x, y, w, d, angle, facing, outlet }
    }

    /// A stall, put here; everything else of it stays.
    #[must_use]
    pub fn with(&self, stall: &Stall, outlet: Option<String>) -> Stall {
        let Self { x, y, w, d, angle, facing, .. } = *self;
        Stall { x, y, w, d, angle, facing, outlet, ..stall.clone() }
    }

    /// Its middle.
    pub const fn centre(&self) -> Point {
        Point::new(self.x, self.y)
    }

    fn corners(&self) -> [Point; 4] {
        Footprint { centre: self.centre(), w: self.w, d: self.d, angle: self.angle }.corners()
    }

    fn meets(&self, other: &Self) -> bool {
        signed_area(&clip(&self.corners(), &other.corners())) > TOUCH
    }

    /// Whether all of it is under cover.
    pub fn is_under(&self, cover: Cover, ground: &Ground) -> bool {
        let centre = self.centre();
        let inside = |corner: Point| corner.plus(centre.minus(corner).times(INSIDE));
        cover.is_over(ground, centre)
            && self.corners().into_iter().all(|at| cover.is_over(ground, inside(at)))
    }
}

/// Where the stalls of the fair layout could stand: the places of the rain layout, then those of fair stalls
/// that are under cover already, then `more`. None meets an earlier one, or a stall that stays in the rain
/// layout because it is locked there or only there; none breaks a safety rule.
pub fn candidates(ground: &Ground, fair: &Layout, rain: &Layout, more: &[Place], cover: Cover) -> Vec<Place> {
    let (known, strangers): (Vec<&Stall>, Vec<&Stall>) =
        rain.in_order().into_iter().partition(|stall| fair.stall(stall.id).is_some() && !stall.locked);
    let strangers: Vec<Place> = strangers.into_iter().map(Place::of).collect();
    let mut places: Vec<Place> = known.into_iter().map(Place::of).collect();
    let own = fair.in_order().into_iter().map(Place::of);
    for place in own.chain(more.iter().cloned()).filter(|place| place.is_under(cover, ground)) {
        if !places.iter().chain(&strangers).any(|other| other.meets(&place)) {
            places.push(place);
        }
    }
    let safe = sites(ground, &places);
    places.into_iter().zip(safe).filter(|(_, spot)| !spot.closed).map(|(place, _)| place).collect()
}

/// Room that is made under cover, for as many stalls as the fair layout has and some to choose from. Stalls of
/// the rain layout, and fair ones that are under cover already, stay where they are.
pub fn shelters(ground: &Ground, fair: &Layout, rain: &Layout, cover: Cover) -> Vec<Place> {
    let dry = |stall: &&Stall| rain.stall(stall.id).is_none() && Place::of(stall).is_under(cover, ground);
    let locked: Vec<Stall> =
        rain.stalls().values().chain(fair.stalls().values().filter(dry)).cloned().collect();
    let roofed = ground.zones.iter().filter(|area| area.shelter).map(|area| area.id.clone());
    let (areas, target) = match cover {
        Cover::Rain => (Some(roofed.collect()), Some(fair.stalls().len() * 3 / 2 + locked.len())),
        // Shade has no area of its own: as many as fit, then those that stand in it.
        Cover::Heat => (None, None),
    };
    let wish = arrange::Wish { target, areas, locked, ..arrange::Wish::default() };
    let found = arrange::arrange(ground, &wish).stalls.into_iter().map(|place| {
        let arrange::Place { x, y, w, d, angle, facing, .. } = place;
        Place { x, y, w, d, angle, facing, outlet: None }
    });
    found.filter(|place| place.is_under(cover, ground)).collect()
}

/// The places as the rules of assignment see a stall, in the same order.
pub(super) fn sites(ground: &Ground, places: &[Place]) -> Vec<Spot> {
    let stalls = places.iter().zip(1_u32..).filter_map(|(place, n)| {
        let mut random = [0; 10];
        random[6..].copy_from_slice(&n.to_be_bytes());
        let id = StallId::new(Moment::from_millis(0), random);
        let Place { x, y, w, d, angle, facing, outlet } = place.clone();
        let (no, zone) = (n.to_string(), "A".to_owned());
        let stall = Stall { id, no, zone, x, y, w, d, angle, facing, outlet, locked: false, group: None };
        stall.sound().ok()
    });
    Layout::of(stalls).map(|layout| spots(ground, &layout)).unwrap_or_default()
}
