//! Where a stall may not stand: outside its area, on what must stay free, on another stall.

use super::floor::{Barred, What};
use super::site::{Placed, Site, pair};
use super::{Breach, Cause, Kind};
use crate::geometry::{Point, clip, edges, extent, signed_area};
use crate::order::Order;

/// Two outlines that share less than this many square metres only touch.
pub(in super::super) const TOUCH: f64 = 0.002;

/// A push: the stall is clear of one thing when its shift goes at least `by` metres along `axis`.
#[derive(Clone, Copy)]
pub(super) struct Push {
    pub(super) axis: Point,
    pub(super) by: f64,
}

impl Site {
    /// What is wrong with the place itself.
    pub(super) fn misplaced(&self, one: &Placed, held: &[Placed]) -> Vec<(Cause, Breach)> {
        let mut found: Vec<_> = self.outside(one).into_iter().map(|breach| (Cause::Edge, breach)).collect();
        for (index, barred) in self.floor.barred_near(one.bounds) {
            found.extend(self.on(one, held, barred).map(|breach| (Cause::Barred(index), breach)));
        }
        for other in
            self.others(one.bounds, one.stall.id, held).filter(|other| other.bounds.meets(one.bounds))
        {
            found.extend(overlap(one, other).map(|breach| (Cause::Stall(other.stall.id), breach)));
        }
        found
    }

    fn outside(&self, one: &Placed) -> Option<Breach> {
        let beyond = one.foot.area() - one.inside;
        if beyond <= TOUCH {
            return None;
        }
        let (polygon, inside) =
            (&self.floor.area(one.area).polygon, clip(&self.floor.open[one.area].outline, &one.corners));
        let out = one.corners.iter().filter(|corner| !polygon.contains(**corner));
        let (amount, at) = out
            .map(|corner| (polygon.distance_to_edge(*corner), *corner))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .unwrap_or((beyond / one.foot.w.max(one.foot.d), one.foot.centre));
        let shared = without(&one.corners, &inside);
        Some(Breach { shared, ..Breach::error(Kind::OutOfZone, vec![one.stall.id], at, amount) })
    }

    fn on(&self, one: &Placed, held: &[Placed], barred: &Barred) -> Option<Breach> {
        let shared = clip(&barred.outline, &one.corners);
        if signed_area(&shared) <= TOUCH {
            return None;
        }
        let ground = &self.floor.ground;
        let (kind, amount) = match &barred.what {
            What::KeepClear(number) => {
                let part = &ground.keep_clear[*number];
                if part.is_fire_lane() {
                    let (overrun, clear) = self.clear_width(one, held, barred, &shared);
                    let required = part.width.unwrap_or(ground.rules.fire_lane);
                    (Kind::OnFireLane { clear, required }, overrun)
                } else {
                    (Kind::Blocks(part.kind.clone()), depth(&one.corners, &barred.outline))
                }
            }
            What::Obstacle(number, _) => {
                let obstacle = &ground.obstacles[*number];
                let kind = Kind::OnObstacle { kind: obstacle.kind.clone(), clear: obstacle.clear };
                (kind, depth(&one.corners, &barred.outline))
            }
            What::Facility(number) => {
                let facility = &ground.facilities[*number];
                let kind = Kind::OnObstacle { kind: facility.kind.clone(), clear: facility.clear() };
                (kind, depth(&one.corners, &barred.outline))
            }
            What::Mouth(_) => {
                let required = ground.rules.min_aisle;
                (Kind::InMouth { required }, depth(&one.corners, &barred.outline))
            }
        };
        Some(Breach::on_spot(kind, vec![one.stall.id], shared, amount))
    }

    /// How far a stall reaches across a lane, and the widest way that all stalls beside it leave there.
    fn clear_width(&self, one: &Placed, held: &[Placed], lane: &Barred, shared: &[Point]) -> (f64, f64) {
        let longest = edges(&lane.outline)
            .map(|(a, b)| b.minus(a))
            .max_by(|a, b| a.length().total_cmp(&b.length()))
            .unwrap_or(Point::new(0.0, 1.0));
        let along = longest.times(1.0 / longest.length().max(1e-9));
        let across = Point::new(-along.y, along.x);
        let (here, width) = (extent(shared, along), extent(&lane.outline, across));
        let mine = extent(shared, across);
        let mut taken = vec![mine];
        for other in self.others(lane.bounds, one.stall.id, held) {
            let part = clip(&lane.outline, &other.corners);
            let there = extent(&part, along);
            if signed_area(&part) > TOUCH && there.0 < here.1 && here.0 < there.1 {
                taken.push(extent(&part, across));
            }
        }
        taken.order_by(|a, b| a.0.total_cmp(&b.0));
        let (mut clear, mut from) = (0.0_f64, width.0);
        for (low, high) in taken {
            clear = clear.max(low - from);
            from = from.max(high);
        }
        (mine.1 - mine.0, clear.max(width.1 - from))
    }
}

/// Whether two stalls stand on one spot.
pub(super) fn collide(one: &Placed, other: &Placed) -> bool {
    one.bounds.meets(other.bounds) && signed_area(&clip(&one.corners, &other.corners)) > TOUCH
}

/// An outline round what is left of one when a part of it is taken out: round the whole, over to the part, round it
/// the other way and back. Filled as it runs, what is left is filled and the part is not.
fn without(whole: &[Point], part: &[Point]) -> Vec<Point> {
    let over = part.last().into_iter().chain(part.iter().rev().skip(1)).chain(part.last());
    let back = whole.first().filter(|_| !part.is_empty());
    whole.iter().chain(back).chain(over).copied().collect()
}

fn overlap(one: &Placed, other: &Placed) -> Option<Breach> {
    let (one, other) = if one.comes_before(other) { (one, other) } else { (other, one) };
    let shared = clip(&one.corners, &other.corners);
    (signed_area(&shared) > TOUCH).then(|| {
        let amount = depth(&one.corners, &other.corners);
        Breach::on_spot(Kind::Overlap, pair(one, other), shared, amount)
    })
}

/// The pushes along the normals of both outlines that part them (separating axes).
pub(super) fn apart<'p>(corners: &'p [Point], outline: &'p [Point]) -> impl Iterator<Item = Push> + 'p {
    let inward = edges(corners).map(|(a, b)| b.minus(a)).map(|along| Point::new(-along.y, along.x));
    let outward = edges(outline).map(|(a, b)| b.minus(a)).map(|along| Point::new(along.y, -along.x));
    inward.chain(outward).map(move |normal| {
        let axis = normal.times(1.0 / normal.length().max(1e-9));
        Push { axis, by: extent(outline, axis).1 - extent(corners, axis).0 }
    })
}

/// How far two outlines run into each other: the shortest push that parts them.
fn depth(corners: &[Point], outline: &[Point]) -> f64 {
    apart(corners, outline).map(|push| push.by).fold(f64::INFINITY, f64::min)
}
