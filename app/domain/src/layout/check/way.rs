//! Ways: whether people get from an entrance to every counter, out at every exit, and there without steps.

use super::floor::doors;
use super::rows::{Rows, Stretch, joined, without};
use super::site::{Placed, Site};
use super::{Breach, Cause, Kind, Severity, Steps};
use crate::StallId;
use crate::geometry::{Point, distance, edges, holds};
use crate::map::Set;
use crate::order::{Gather, Order};

/// A counter is reached when the middle of a way comes so much nearer than its half width, in metres.
const BESIDE: f64 = 0.1;
/// At most so many stalls are named for one blocked exit.
const NAMED: usize = 3;

/// Everything that is wrong with the ways. Stalls that are misplaced anyway are not told that they cannot be
/// reached.
pub(super) fn breaches(site: &Site, stalls: &[&Placed], found: &[(Cause, Breach)]) -> Vec<Breach> {
    let ground = &site.floor.ground;
    if stalls.is_empty() || (ground.entrances.is_empty() && ground.exits.is_empty()) {
        return Vec::new();
    }
    let rows = site.floor.rows();
    let net = Net::of(rows, taken(rows, stalls));
    let fronts: Vec<Set<u32>> = stalls.iter().map(|one| net.before(one)).collect();
    let mut breaches = blocked(site, stalls, &net, &fronts);
    breaches.retain(|breach| !found.iter().any(|(_, other)| in_mouth(other, breach.at)));
    if !ground.entrances.is_empty() {
        let misplaced: Set<StallId> = found
            .iter()
            .filter(|(_, breach)| breach.severity == Severity::Error && is_of_place(&breach.kind))
            .flat_map(|(_, breach)| breach.stalls.iter().copied())
            .gather();
        let reached = net.from(&ground.entrances);
        let cut_off = stalls
            .iter()
            .zip(&fronts)
            .filter(|(one, front)| !misplaced.contains(&one.stall.id) && front.is_disjoint(&reached));
        let required = ground.rules.min_aisle;
        breaches.extend(cut_off.map(|(one, _)| {
            Breach::error(Kind::Unreachable { required }, vec![one.stall.id], one.counter, required)
        }));
        breaches.extend(behind_steps(site, stalls, &reached, &fronts, found));
    }
    breaches
}

fn in_mouth(breach: &Breach, door: Point) -> bool {
    matches!(breach.kind, Kind::InMouth { required } if breach.at.minus(door).length() <= required)
}

const fn is_of_place(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Overlap
            | Kind::OutOfZone
            | Kind::Blocks(_)
            | Kind::OnObstacle { .. }
            | Kind::OnFireLane { .. }
            | Kind::AisleNarrow { .. }
    )
}

/// Where stalls bar the middle of a way, row by row.
fn taken(rows: &Rows, stalls: &[&Placed]) -> Vec<Vec<Stretch>> {
    let mut taken = vec![Vec::new(); rows.free.len()];
    for one in stalls {
        rows.spread(&one.corners, rows.radius, &mut taken);
    }
    taken
}

/// Doors to which no way of the least width leads, because of stalls.
fn blocked(site: &Site, stalls: &[&Placed], net: &Net, fronts: &[Set<u32>]) -> Vec<Breach> {
    let doors = doors(&site.floor.ground);
    let required = site.floor.ground.rules.min_aisle;
    let near: Vec<Set<u32>> = doors.iter().map(|door| net.from(&[*door])).collect();
    let meets = |ways: &Set<u32>, others: &[Set<u32>]| others.iter().any(|o| !o.is_disjoint(ways));
    let mut bare: Option<Net> = None;
    let mut found = Vec::new();
    for (number, door) in doors.iter().enumerate() {
        let others: Vec<_> = (0..doors.len()).filter(|other| *other != number).collect();
        if others.iter().any(|other| !near[*other].is_disjoint(&near[number])) || meets(&near[number], fronts)
        {
            continue;
        }
        // Only what stalls have taken away is their fault.
        let bare = bare.get_or_insert_with(|| Net::of(net.rows, vec![Vec::new(); net.rows.free.len()]));
        let once = bare.from(&[*door]);
        let led = others.iter().any(|other| !bare.from(&[doors[*other]]).is_disjoint(&once));
        if led || (near[number].is_empty() && !once.is_empty()) {
            let stalls = beside(stalls, *door);
            found.push(Breach::error(Kind::ExitBlocked { required }, stalls, *door, required));
        }
    }
    found
}

/// The stalls nearest to a door, in the order of their numbers.
fn beside(stalls: &[&Placed], door: Point) -> Vec<StallId> {
    let mut near: Vec<(f64, &Placed)> = stalls.iter().map(|one| (apart(&one.corners, door), *one)).collect();
    near.order_by(|a, b| a.0.total_cmp(&b.0));
    let nearest = near.first().map_or(0.0, |(metres, _)| *metres);
    near.retain(|(metres, _)| *metres <= nearest + 2.0);
    near.truncate(NAMED);
    near.order_by(
        |(_, a), (_, b)| {
            if a.comes_before(b) { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }
        },
    );
    near.into_iter().map(|(_, one)| one.stall.id).collect()
}

/// How far a place lies from a stall.
pub(super) fn apart(corners: &[Point], at: Point) -> f64 {
    if holds(corners, at) {
        return 0.0;
    }
    edges(corners).map(|(a, b)| distance(at, a, b)).fold(f64::INFINITY, f64::min)
}

/// Stalls that must be reached without steps, and to which every way goes over steps.
fn behind_steps(
    site: &Site,
    stalls: &[&Placed],
    reached: &Set<u32>,
    fronts: &[Set<u32>],
    found: &[(Cause, Breach)],
) -> Vec<Breach> {
    let steps = site.floor.ground.patches.iter().any(|patch| patch.kind == "steps");
    let on_steps = |one: &Placed| {
        found.iter().any(|(cause, breach)| *cause == Cause::Steps && breach.stalls.contains(&one.stall.id))
    };
    let asking: Vec<&Placed> = stalls
        .iter()
        .zip(fronts)
        .filter(|(one, front)| one.usage.step_free && !front.is_disjoint(reached) && !on_steps(one))
        .map(|(one, _)| *one)
        .collect();
    if !steps || asking.is_empty() {
        return Vec::new();
    }
    let rows = site.floor.rows();
    let mut taken = taken(rows, stalls);
    for (taken, steps) in taken.iter_mut().zip(stepped(site, rows)) {
        taken.extend(steps);
    }
    let net = Net::of(rows, taken);
    let reached = net.from(&site.floor.ground.entrances);
    let cut_off = asking.into_iter().filter(|one| net.before(one).is_disjoint(&reached));
    let kind = || Kind::NotStepFree(Steps::Behind);
    cut_off.map(|one| Breach::error(kind(), vec![one.stall.id], one.counter, 0.0)).collect()
}

impl Site {
    /// The stalls to which no wheelchair gets without steps, whoever stands there. The site must have been made with a
    /// [`super::Use::step_free`] for every stall.
    pub fn not_step_free(&self) -> Vec<StallId> {
        if self.floor.ground.patches.iter().all(|patch| patch.kind != "steps") {
            return Vec::new();
        }
        let found = self.found().into_iter().map(|(_, breach)| breach);
        let on = found.filter(|breach| matches!(breach.kind, Kind::NotStepFree(_)));
        on.filter_map(|breach| breach.stalls.first().copied()).collect()
    }
}

/// The steps of a ground without the ramps across them, row by row.
fn stepped(site: &Site, rows: &Rows) -> Vec<Vec<Stretch>> {
    let of_kind = |kind: &str| {
        let mut lie = vec![Vec::new(); rows.free.len()];
        for patch in site.floor.ground.patches.iter().filter(|patch| patch.kind == kind) {
            rows.fill(&patch.polygon.wound(), &mut lie);
        }
        lie
    };
    let steps = of_kind("steps").into_iter().map(|row| joined(row, 0.0));
    steps.zip(of_kind("step_free")).map(|(steps, ramps)| without(&steps, ramps)).collect()
}

/// Which free stretches hang together.
struct Net<'a> {
    rows: &'a Rows,
    /// West and east end of each stretch, and which part it belongs to.
    free: Vec<Vec<(Stretch, u32)>>,
    parts: Vec<u32>,
}

impl<'a> Net<'a> {
    fn of(rows: &'a Rows, taken: Vec<Vec<Stretch>>) -> Self {
        let mut next = 0;
        let free = rows.free.iter().zip(taken).map(|(free, taken)| {
            let left = if taken.is_empty() { free.clone() } else { without(free, taken) };
            let first = next;
            next += left.len() as u32;
            left.into_iter().zip(first..).collect()
        });
        let mut net = Self { rows, free: free.collect(), parts: Vec::new() };
        net.parts = (0..next).collect();
        for row in 1..net.free.len() {
            net.join(row);
        }
        for part in 0..net.parts.len() {
            net.parts[part] = root(&mut net.parts, part as u32);
        }
        net
    }

    /// Joins what overlaps in a row and the one before.
    fn join(&mut self, row: usize) {
        let (mut here, mut before) = (self.free[row].iter().peekable(), self.free[row - 1].iter().peekable());
        while let (Some(((west, east), one)), Some(((other_west, other_east), other))) =
            (here.peek(), before.peek())
        {
            if west <= other_east && other_west <= east {
                let (one, other) = (root(&mut self.parts, *one), root(&mut self.parts, *other));
                self.parts[one.max(other) as usize] = one.min(other);
            }
            if east < other_east {
                here.next()
            } else {
                before.next()
            };
        }
    }

    /// The parts that come within a distance of a shape without dents.
    fn touching(&self, points: &[Point], metres: f64) -> Set<u32> {
        let mut parts = Set::new();
        for (row, (west, east)) in self.rows.bands(points, metres) {
            let row = &self.free[row];
            let first = row.partition_point(|((_, end), _)| *end < west);
            let met = row[first..].iter().take_while(|((start, _), _)| *start <= east);
            parts.extend(met.map(|(_, number)| self.parts[*number as usize]));
        }
        parts
    }

    /// The parts that begin at some doors.
    fn from(&self, doors: &[Point]) -> Set<u32> {
        let near = 2.0f64.mul_add(self.rows.radius, BESIDE);
        doors.iter().flat_map(|door| self.touching(&[*door, *door], near.max(0.5))).gather()
    }

    /// The parts from which the counter of a stall is served.
    fn before(&self, one: &Placed) -> Set<u32> {
        self.touching(&one.front, self.rows.radius + BESIDE)
    }
}

fn root(parts: &mut [u32], mut part: u32) -> u32 {
    while parts[part as usize] != part {
        parts[part as usize] = parts[parts[part as usize] as usize];
        part = parts[part as usize];
    }
    part
}
