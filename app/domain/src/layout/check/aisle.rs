//! The room before a counter: for those who are served and for those who wait.

use super::floor::What;
use super::near::{TOUCH, collide};
use super::site::{Placed, Site, pair};
use super::{Barrier, Breach, Cause, Kind};
use crate::StallId;
use crate::geometry::{Bounds, Point, clip, extent, signed_area};

/// Room that lacks less than this is not worth a word, in metres.
const SLACK: f64 = 0.01;
/// A corner in the room before a counter that is smaller than this is no trouble, in square metres.
const CORNER: f64 = 0.02;
/// The room is felt with a line at least every so many metres along the counter.
const FEEL: f64 = 0.25;
/// Each person in a queue takes so much, in metres.
const PERSON: f64 = 0.5;
/// How wide a queue is, in metres.
const QUEUE: f64 = 0.8;

/// What ends a strip, and how many metres before.
type End = (f64, Barrier, Point);

impl Site {
    /// The rooms that this stall makes too narrow, before its own counter and before others.
    pub(super) fn aisles(&self, one: &Placed, held: &[Placed], astray: bool) -> Vec<(Cause, Breach)> {
        let mut found = Vec::new();
        for other in self.others(one.reach, one.stall.id, held) {
            found.extend(between(one, other).map(|breach| (Cause::Aisle(other.stall.id), breach)));
        }
        if !astray && let Some((clear, by, at)) = self.front(one) {
            let kind = Kind::AisleNarrow { clear, required: one.aisle, by };
            let breach = Breach::error(kind, vec![one.stall.id], at, one.aisle - clear);
            found.push((Cause::Front, breach));
        }
        found
    }

    /// What of the ground ends the room before a counter too early.
    fn front(&self, one: &Placed) -> Option<End> {
        let bounds = Bounds::of(one.front)?;
        let mut end: Option<End> = None;
        let mut nearer = |clear: f64, by: Barrier, at: Point| {
            if clear < one.aisle - SLACK && end.as_ref().is_none_or(|(nearest, ..)| clear < *nearest) {
                end = Some((clear.max(0.0), by, at));
            }
        };
        for (_, barred) in self.floor.barred_near(bounds) {
            let What::Obstacle(number, solid) = &barred.what else { continue };
            let shared = clip(solid, &one.front);
            if signed_area(&shared) > CORNER {
                let clear = extent(&shared, one.toward).0 - one.counter.dot(one.toward);
                let kind = self.floor.ground.obstacles[*number].kind.clone();
                nearer(clear, Barrier::Obstacle(kind), along(one, clear));
            }
        }
        let clear = self.walkable_width(one.counter, one.toward, one.width, one.aisle);
        nearer(clear, Barrier::Edge, along(one, clear));
        end
    }

    /// How far a strip of some width lies on the floor.
    fn walkable_width(&self, middle: Point, toward: Point, width: f64, length: f64) -> f64 {
        let half = (width / 2.0 - 0.05).max(0.0);
        let left = Point::new(-toward.y, toward.x);
        let lines = (2.0 * half / FEEL).ceil().max(1.0) as u32;
        (0..=lines)
            .map(|line| half * (2.0 * f64::from(line) / f64::from(lines) - 1.0))
            .map(|aside| self.floor.walkable(middle.plus(left.times(aside)), toward, length))
            .fold(length, f64::min)
    }

    /// Whether those who wait find room, straight on or round one corner.
    pub(super) fn queue(&self, one: &Placed, held: &[Placed]) -> Option<Breach> {
        let people = one.usage.queue;
        let required = f64::from(people) * PERSON;
        if people == 0 {
            return None;
        }
        let run = |from: Point, toward: Point, most: f64| self.run(one.stall.id, held, from, toward, most);
        let straight = run(one.counter, one.toward, required);
        let mut room = straight;
        let left = Point::new(-one.toward.y, one.toward.x);
        let mut turn = 2.0 * PERSON;
        while room + SLACK < required && turn + QUEUE / 2.0 <= straight + SLACK {
            let corner = one.counter.plus(one.toward.times(turn));
            for side in [left, left.times(-1.0)] {
                room = room.max(turn + run(corner, side, required - turn));
            }
            turn += PERSON;
        }
        (room + SLACK < required).then(|| {
            let kind = Kind::QueueShort { people, room, required };
            Breach::warning(kind, vec![one.stall.id], along(one, straight), required - room)
        })
    }

    /// How far a queue can go straight on before something stands in its way.
    fn run(&self, me: StallId, held: &[Placed], from: Point, toward: Point, most: f64) -> f64 {
        let left = Point::new(-toward.y, toward.x).times(QUEUE / 2.0);
        let far = from.plus(toward.times(most));
        let strip = [from.minus(left), far.minus(left), far.plus(left), from.plus(left)];
        let Some(bounds) = Bounds::of(strip) else { return 0.0 };
        let start = from.dot(toward);
        let before = |outline: &[Point]| {
            let shared = clip(outline, &strip);
            (signed_area(&shared) > TOUCH).then(|| (extent(&shared, toward).0 - start).max(0.0))
        };
        let barred = self.floor.barred_near(bounds).filter_map(|(_, barred)| match &barred.what {
            What::Obstacle(_, solid) => before(solid),
            _ => before(&barred.outline),
        });
        let stalls = self.others(bounds, me, held).filter_map(|other| before(&other.corners));
        let floor = self.walkable_width(from, toward, QUEUE, most);
        barred.chain(stalls).fold(floor, f64::min)
    }
}

fn along(one: &Placed, metres: f64) -> Point {
    one.counter.plus(one.toward.times(metres))
}

/// Two stalls of which one stands in the room before the other, told once: with the counter that lacks more.
fn between(one: &Placed, other: &Placed) -> Option<Breach> {
    let (one, other) = if one.comes_before(other) { (one, other) } else { (other, one) };
    let facing = one.toward.dot(other.toward) < -0.7;
    let mine = before(one, other, facing);
    let theirs = before(other, one, facing);
    let ((clear, required), owner) = match (mine, theirs) {
        (Some(mine), Some(theirs)) if theirs.1 - theirs.0 > mine.1 - mine.0 + SLACK => (theirs, other),
        (Some(mine), _) => (mine, one),
        (None, Some(theirs)) => (theirs, other),
        (None, None) => return None,
    };
    if collide(one, other) {
        return None;
    }
    let kind = Kind::AisleNarrow { clear, required, by: Barrier::Stall };
    Some(Breach::error(kind, pair(one, other), along(owner, clear / 2.0), required - clear))
}

/// The metres left before a counter and the metres there must be, if another stall stands in them.
fn before(owner: &Placed, other: &Placed, facing: bool) -> Option<(f64, f64)> {
    if !owner.reach.meets(other.bounds) {
        return None;
    }
    let required = if facing { owner.facing_aisle } else { owner.aisle };
    let shared = clip(&owner.strip(required), &other.corners);
    let clear = extent(&shared, owner.toward).0 - owner.counter.dot(owner.toward);
    (signed_area(&shared) > CORNER && clear < required - SLACK).then(|| (clear.max(0.0), required))
}
