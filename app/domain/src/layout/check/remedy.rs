//! A way out of a breach: the shortest move, another side for the counter, another outlet. A remedy is tried
//! before it is offered, with the same rules that found the breach.

use super::super::{Edit, Stall};
use super::floor::{Barred, What};
use super::near::{Push, apart};
use super::need::{QUIET, WATER};
use super::site::{Placed, Site};
use super::way::{self, apart as apart_from};
use super::{Breach, Cause, Kind, Severity};
use crate::StallId;
use crate::geometry::{Point, disc, edges, extent};
use crate::order::Order;

/// Remedies move a stall no farther than so many metres.
const FAR: f64 = 6.0;
/// Places that are tried for one remedy, nearest first.
const TRIES: usize = 400;
/// Pushes that are combined for one remedy, shortest first.
const PUSHES: usize = 60;
/// Places that are tried for one list of breaches; what comes later has to be asked for on its own.
const PATIENCE: usize = 4_000;

impl Site {
    /// Adds remedies, worst breaches first.
    pub(super) fn with_remedies(&self, found: Vec<(Cause, Breach)>) -> Vec<Breach> {
        let mut left = PATIENCE;
        let cure = |(cause, mut breach): (Cause, Breach)| {
            breach.remedy = self.remedy(cause, &breach, &mut left);
            breach
        };
        found.into_iter().map(cure).collect()
    }

    fn remedy(&self, cause: Cause, breach: &Breach, left: &mut usize) -> Option<Edit> {
        match breach.kind {
            Kind::Overload { .. } => {
                let mut stalls: Vec<&Placed> = self.standing().collect();
                stalls.order_by_key(|one| one.stall.id);
                *left = left.saturating_sub(10);
                return if *left > 0 { self.rewire(&stalls, breach) } else { None };
            }
            Kind::CableShort { .. } | Kind::CableAcross { .. } => {
                if let Some(edit) = self.other_outlet(cause, breach, left) {
                    return Some(edit);
                }
            }
            _ => {}
        }
        let moves = breach.stalls.iter().filter_map(|id| {
            let one = self.of(*id).filter(|one| !one.stall.locked)?;
            let other = || breach.stalls.iter().find(|other| *other != id).copied();
            let cause = match cause {
                Cause::Stall(_) => Cause::Stall(other()?),
                Cause::Aisle(_) => Cause::Aisle(other()?),
                Cause::Noise(_) => Cause::Noise(other()?),
                Cause::Whole => return None,
                alone => alone,
            };
            self.way_out(one, cause, left).map(|(rank, shift)| (*id, rank, shift))
        });
        let best = moves.min_by(|(_, one, a), (_, other, b)| {
            one.cmp(other).then_with(|| a.length().total_cmp(&b.length()))
        });
        match best {
            Some((id, rank, shift)) if rank < Rank::Dirty || cause != Cause::Front => {
                Some(Edit::Move { stalls: vec![id], dx: shift.x, dy: shift.y })
            }
            Some((id, _, shift)) => self.other_side(breach, left).or(Some(Edit::Move {
                stalls: vec![id],
                dx: shift.x,
                dy: shift.y,
            })),
            None => self.other_side(breach, left),
        }
    }

    /// What a stall would break if it were so, seen against what it breaks now.
    fn rank(&self, before: &[(Cause, Breach)], stall: Stall, cause: Cause, left: &mut usize) -> Option<Rank> {
        *left = left.saturating_sub(1);
        let after = self.breaches(&self.placed(stall.sound().ok()?), &[]);
        if after.iter().any(|(other, _)| *other == cause) {
            return None;
        }
        let was = before.iter().find(|(other, _)| *other == cause);
        let severity = was.map_or(Severity::Error, |(_, breach)| breach.severity);
        let known = |cause: Cause| before.iter().any(|(other, _)| *other == cause);
        let fresh: Vec<Severity> =
            after.iter().filter(|(other, _)| !known(*other)).map(|(_, breach)| breach.severity).collect();
        // An error is not traded for another, nor a warning for a warning.
        if fresh.iter().any(|new| *new <= severity) {
            return None;
        }
        let error = after.iter().any(|(_, breach)| breach.severity == Severity::Error);
        Some(match (fresh.is_empty(), error) {
            (false, _) => Rank::Dirty,
            (true, true) => Rank::Fair,
            (true, false) => Rank::Clean,
        })
    }

    /// The shortest shift that cures one cause; one that breaks nothing else, if there is one.
    fn way_out(&self, one: &Placed, cause: Cause, left: &mut usize) -> Option<(Rank, Point)> {
        if *left == 0 {
            return None;
        }
        let before = self.breaches(one, &[]);
        let least = self.floor.ground.rules.min_aisle;
        let mut best: Option<(Rank, Point)> = None;
        let door = match cause {
            Cause::Barred(number) => self.floor.barred.get(number).and_then(Barred::door),
            _ => None,
        };
        for shift in shifts(self.pushes(one)).into_iter().take(TRIES) {
            let stall = &one.stall;
            let moved = Stall { x: stall.x + shift.x, y: stall.y + shift.y, ..stall.clone() };
            // Out of the mouth, and far enough for a way to lead to it.
            if door.is_some_and(|door| apart_from(&moved.footprint().corners(), door) < least - 0.005) {
                continue;
            }
            let Some(rank) = self.rank(&before, moved, cause, left) else { continue };
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, shift));
            }
            if rank == Rank::Clean {
                break;
            }
        }
        best
    }

    /// The counter on another side, where that cures the breach and breaks nothing.
    fn other_side(&self, breach: &Breach, left: &mut usize) -> Option<Edit> {
        let [id] = breach.stalls[..] else { return None };
        let Kind::AisleNarrow { .. } = breach.kind else { return None };
        let one = self.of(id).filter(|one| !one.stall.locked)?;
        let before = self.breaches(one, &[]);
        [180.0, 90.0, 270.0].into_iter().find_map(|turn| {
            let facing = (one.stall.facing + turn).rem_euclid(360.0);
            let turned = Stall { facing, ..one.stall.clone() };
            let rank = self.rank(&before, turned.clone(), Cause::Front, left)?;
            (rank < Rank::Dirty && self.is_reached(turned, left)).then_some(Edit::Face { stall: id, facing })
        })
    }

    /// Whether people get to a stall's counter if it stands so.
    fn is_reached(&self, stall: Stall, left: &mut usize) -> bool {
        *left = left.saturating_sub(PATIENCE / 20);
        let there = self.placed(stall);
        let others = self.standing().filter(|other| other.stall.id != there.stall.id);
        let stalls: Vec<&Placed> = others.chain(std::iter::once(&there)).collect();
        let cut_off = |breach: &Breach| breach.stalls.contains(&there.stall.id);
        *left > 0 && !way::breaches(self, &stalls, &[]).iter().any(cut_off)
    }

    /// Another outlet from which the cable gets there and trips nobody.
    fn other_outlet(&self, cause: Cause, breach: &Breach, left: &mut usize) -> Option<Edit> {
        let one = self.of(*breach.stalls.first()?)?;
        let before = self.breaches(one, &[]);
        self.in_reach(one).into_iter().find_map(|outlet| {
            let wired = Stall { outlet: Some(outlet.id.clone()), ..one.stall.clone() };
            let rank = self.rank(&before, wired, cause, left)?;
            let outlet = Some(outlet.id.clone());
            (rank < Rank::Dirty).then_some(Edit::SetOutlet { stall: one.stall.id, outlet })
        })
    }

    /// Every push that frees a stall of something near it, keeps it inside its area or meets a demand.
    fn pushes(&self, one: &Placed) -> Vec<Push> {
        let reach = one.reach.grown(FAR);
        let mut pushes = Vec::new();
        for (number, _) in self.floor.open_near(reach).filter(|(number, _)| self.may_shelter(one, *number)) {
            pushes.extend(into(&one.corners, &self.floor.open[number].outline));
        }
        for (_, barred) in self.floor.barred_near(reach) {
            pushes.extend(apart(&one.corners, &barred.outline));
            match &barred.what {
                What::Obstacle(_, solid) => pushes.extend(apart(&one.front, solid)),
                What::Mouth(door) => {
                    pushes.extend(apart(&one.corners, &disc(*door, self.floor.ground.rules.min_aisle)));
                }
                What::KeepClear(_) | What::Facility(_) => {}
            }
        }
        for other in self.others(reach, one.stall.id, &[]) {
            let (mine, theirs) = (one.strip(one.facing_aisle), other.strip(other.facing_aisle));
            pushes.extend(apart(&one.corners, &other.corners));
            pushes.extend(apart(&mine, &other.corners));
            pushes.extend(apart(&one.corners, &theirs));
        }
        pushes.extend(self.demands(one));
        pushes.retain(|push| push.by.abs() <= FAR);
        pushes.order_by(|a, b| a.by.abs().total_cmp(&b.by.abs()));
        pushes.dedup_by(|a, b| (a.by - b.by).abs() < 1e-6 && a.axis.minus(b.axis).length() < 1e-6);
        pushes.truncate(PUSHES);
        pushes
    }

    /// Whether a stall may be pushed into an area: its own, or one with a roof where it must stay dry.
    fn may_shelter(&self, one: &Placed, number: usize) -> bool {
        let roof = || self.floor.ground.zones.get(number).is_some_and(|area| area.shelter);
        number == one.area || (one.usage.shelter && roof())
    }

    /// The pushes toward what a stall asks for, and away from what it must not be near.
    fn demands(&self, one: &Placed) -> Vec<Push> {
        let here = one.foot.centre;
        let toward = |place: Point, most: f64| {
            let way = place.minus(here);
            Push { axis: way.times(1.0 / way.length().max(1e-9)), by: way.length() - most }
        };
        let mut pushes = Vec::new();
        let back = one.toward.times(-1.0);
        let room = self.breaches(one, &[]).into_iter().filter_map(|(cause, breach)| {
            matches!(cause, Cause::Front | Cause::Queue).then_some(Push { axis: back, by: breach.amount })
        });
        pushes.extend(room);
        if one.usage.watts > 0 || one.stall.outlet.is_some() {
            pushes.extend(self.feed(one).map(|(outlet, _)| toward(outlet.at, outlet.reach)));
        }
        if one.usage.water {
            pushes.extend(self.floor.ground.water.iter().map(|tap| toward(*tap, WATER)));
        }
        if one.usage.loud || one.usage.quiet {
            let around = one.bounds.grown(QUIET);
            pushes.extend(self.others(around, one.stall.id, &[]).map(|other| {
                let Push { axis, by } = toward(other.foot.centre, QUIET);
                Push { axis: axis.times(-1.0), by: -by }
            }));
        }
        for patch in self.floor.ground.patches.iter().filter(|patch| patch.kind == "steps") {
            if patch.polygon.bounds().meets(one.reach) {
                let outline = patch.polygon.wound();
                pushes.extend(apart(&one.corners, &outline).chain(apart(&one.front, &outline)));
            }
        }
        pushes
    }

    /// A remedy for one breach of an earlier list that had none because the list was long.
    pub fn cure(&self, breach: &Breach) -> Option<Edit> {
        let ids: &[StallId] = &breach.stalls;
        let one = self.of(*ids.first()?)?;
        let mut left = PATIENCE;
        let same = |other: &Breach| other.kind == breach.kind && other.stalls == breach.stalls;
        let local = self.breaches(one, &[]).into_iter().find(|(_, other)| same(other));
        let cause = local.map_or(Cause::Whole, |(cause, _)| cause);
        self.remedy(cause, breach, &mut left)
    }
}

/// How good a remedy is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    /// Nothing that must be cured is left.
    Clean,
    /// What else was wrong stays wrong.
    Fair,
    /// Something else becomes wrong.
    Dirty,
}

/// The pushes that bring a stall inside an outline.
fn into<'p>(corners: &'p [Point; 4], outline: &'p [Point]) -> impl Iterator<Item = Push> + 'p {
    edges(outline).map(|(a, b)| {
        let along = b.minus(a);
        let axis = Point::new(-along.y, along.x).times(1.0 / along.length().max(1e-9));
        Push { axis, by: a.dot(axis) - extent(corners, axis).0 }
    })
}

/// Shifts worth trying, nearest first: along each push, and where two of them meet.
fn shifts(pushes: Vec<Push>) -> Vec<Point> {
    let mut all: Vec<Point> = pushes.iter().filter(|p| p.by > 0.0).map(|p| p.axis.times(p.by)).collect();
    for (i, a) in pushes.iter().enumerate() {
        for b in &pushes[i + 1..] {
            let turn = a.axis.cross(b.axis);
            if turn.abs() > 0.05 && (a.by > 0.0 || b.by > 0.0) {
                let x = (a.by * b.axis.y - b.by * a.axis.y) / turn;
                let y = (a.axis.x * b.by - b.axis.x * a.by) / turn;
                all.push(Point::new(x, y));
            }
        }
    }
    let mut all: Vec<Point> = all.into_iter().map(outward).filter(|shift| shift.length() <= FAR).collect();
    all.order_by(|a, b| a.length().total_cmp(&b.length()));
    all.dedup();
    all
}

/// To the centimetre, never shorter.
fn outward(shift: Point) -> Point {
    let up = |metres: f64| ((metres.abs() * 100.0 - 1e-6).ceil() / 100.0).copysign(metres) + 0.0;
    Point::new(up(shift.x), up(shift.y))
}
