//! What stands near one stall, how far it runs into it, and the shortest way out.

use super::check::{Breach, Kind, Severity, pair};
use super::{Edit, Layout, Stall};
use crate::StallId;
use crate::geometry::{Bounds, Footprint, Point, centroid, clip, edges, extent, signed_area};
use crate::ground::{Area, Ground, KeepClear};

/// Two outlines that share less than this many square metres only touch.
pub(super) const TOUCH: f64 = 0.002;
/// Remedies move a stall no farther than so many metres.
const FAR: f64 = 6.0;
/// Places that are tried for one remedy, nearest first.
const TRIES: usize = 400;

/// What a breach comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cause {
    Stall(StallId),
    Edge,
    Barred(usize),
}

/// An outline in which no stall may stand.
struct Barred<'a> {
    /// Counter-clockwise, clearance included.
    outline: Vec<Point>,
    bounds: Bounds,
    what: What<'a>,
}

enum What<'a> {
    KeepClear(&'a KeepClear),
    Obstacle { kind: &'a str, clear: f64, solid: Vec<Point> },
}

/// A ground with its layout, made ready for many questions.
pub(super) struct Site<'a> {
    ground: &'a Ground,
    barred: Vec<Barred<'a>>,
    stalls: Vec<(&'a Stall, Bounds)>,
}

/// A push: the stall is clear of one thing when its shift goes at least `by` metres along `axis`.
#[derive(Clone, Copy)]
struct Push {
    axis: Point,
    by: f64,
}

impl<'a> Site<'a> {
    pub(super) fn new(ground: &'a Ground, layout: &'a Layout) -> Self {
        let lanes = ground.keep_clear.iter().map(|part| (part.polygon.wound(), What::KeepClear(part)));
        let obstacles = ground.obstacles.iter().map(|o| {
            let what = What::Obstacle { kind: &o.kind, clear: o.clear, solid: o.polygon.wound() };
            (o.polygon.grown(o.clear), what)
        });
        let barred = lanes
            .chain(obstacles)
            .filter_map(|(outline, what)| {
                Some(Barred { bounds: Bounds::of(outline.iter().copied())?, outline, what })
            })
            .collect();
        let stalls = layout.stalls().values().map(|stall| (stall, stall.footprint().bounds())).collect();
        Self { ground, barred, stalls }
    }

    /// Everything that is wrong with a stall, if it stood there instead of where the layout has it.
    pub(super) fn breaches(&self, stall: &Stall) -> Vec<(Cause, Breach)> {
        let foot = stall.footprint();
        let (corners, bounds) = (foot.corners(), foot.bounds());
        let mut found: Vec<_> =
            self.outside(stall, &foot, &corners).into_iter().map(|breach| (Cause::Edge, breach)).collect();
        for (index, barred) in self.barred.iter().enumerate().filter(|(_, b)| b.bounds.meets(bounds)) {
            found.extend(self.on(stall, &corners, barred).map(|breach| (Cause::Barred(index), breach)));
        }
        let others = self.stalls.iter().filter(|(other, b)| other.id != stall.id && b.meets(bounds));
        for (other, _) in others {
            found.extend(overlap(stall, &corners, other).map(|breach| (Cause::Stall(other.id), breach)));
        }
        found
    }

    /// The area that a stall belongs to: the one it covers most of, or else the nearest.
    fn home(&self, foot: &Footprint, corners: &[Point; 4]) -> Option<(&'a Area, f64)> {
        let covered = |area: &Area| signed_area(&clip(&area.polygon.wound(), corners));
        let distance = |area: &Area| area.polygon.distance_to_edge(foot.centre);
        self.ground.zones.iter().map(|area| (area, covered(area))).max_by(|(a, one), (b, other)| {
            one.total_cmp(other).then_with(|| distance(b).total_cmp(&distance(a)))
        })
    }

    fn outside(&self, stall: &Stall, foot: &Footprint, corners: &[Point; 4]) -> Option<Breach> {
        let (area, inside) = self.home(foot, corners)?;
        let beyond = foot.area() - inside;
        if beyond <= TOUCH {
            return None;
        }
        let out = corners.iter().filter(|corner| !area.polygon.contains(**corner));
        let (amount, at) = out
            .map(|corner| (area.polygon.distance_to_edge(*corner), *corner))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .unwrap_or((beyond / stall.w.max(stall.d), foot.centre));
        let stalls = vec![stall.id];
        Some(Breach { kind: Kind::OutOfZone, stalls, at, amount, severity: Severity::Error, remedy: None })
    }

    fn on(&self, stall: &Stall, corners: &[Point; 4], barred: &Barred) -> Option<Breach> {
        let shared = clip(&barred.outline, corners);
        if signed_area(&shared) <= TOUCH {
            return None;
        }
        let (kind, amount, severity) = match &barred.what {
            What::KeepClear(lane) if lane.is_fire_lane() => {
                let (overrun, clear) = self.clear_width(stall, &barred.outline, &shared);
                let required = lane.width.unwrap_or(self.ground.rules.fire_lane);
                (Kind::OnFireLane { clear, required }, overrun, Severity::Error)
            }
            What::KeepClear(part) => {
                (Kind::Blocks(part.kind.clone()), depth(corners, &barred.outline), Severity::Error)
            }
            What::Obstacle { kind, clear, solid } => {
                let hits = signed_area(&clip(solid, corners)) > TOUCH;
                let severity = if hits { Severity::Error } else { Severity::Warning };
                let kind = Kind::OnObstacle { kind: (*kind).to_owned(), clear: *clear };
                (kind, depth(corners, &barred.outline), severity)
            }
        };
        Some(Breach { kind, stalls: vec![stall.id], at: centroid(&shared), amount, severity, remedy: None })
    }

    /// How far a stall reaches across a lane, and the widest way that all stalls beside it leave there.
    fn clear_width(&self, stall: &Stall, lane: &[Point], shared: &[Point]) -> (f64, f64) {
        let longest = edges(lane)
            .map(|(a, b)| b.minus(a))
            .max_by(|a, b| a.length().total_cmp(&b.length()))
            .unwrap_or(Point::new(0.0, 1.0));
        let along = longest.times(1.0 / longest.length().max(1e-9));
        let across = Point::new(-along.y, along.x);
        let (here, width) = (extent(shared, along), extent(lane, across));
        let mine = extent(shared, across);
        let mut taken = vec![mine];
        for (other, _) in self.stalls.iter().filter(|(other, _)| other.id != stall.id) {
            let part = clip(lane, &other.footprint().corners());
            let there = extent(&part, along);
            if signed_area(&part) > TOUCH && there.0 < here.1 && here.0 < there.1 {
                taken.push(extent(&part, across));
            }
        }
        taken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut clear, mut from) = (0.0_f64, width.0);
        for (low, high) in taken {
            clear = clear.max(low - from);
            from = from.max(high);
        }
        (mine.1 - mine.0, clear.max(width.1 - from))
    }

    /// The shortest move after which a breach is gone; one that breaks no other rule, if there is one.
    pub(super) fn remedy(&self, cause: Cause, breach: &Breach) -> Option<Edit> {
        let moves = breach.stalls.iter().filter_map(|id| {
            let (stall, _) = self.stalls.iter().find(|(stall, _)| stall.id == *id)?;
            let cause = match cause {
                Cause::Stall(_) => Cause::Stall(*breach.stalls.iter().find(|other| *other != id)?),
                other => other,
            };
            self.way_out(stall, cause).map(|(clean, shift)| (stall.id, clean, shift))
        });
        let (id, _, shift) = moves.min_by(|(_, clean, a), (_, other, b)| {
            other.cmp(clean).then_with(|| a.length().total_cmp(&b.length()))
        })?;
        Some(Edit::Move { stalls: vec![id], dx: shift.x, dy: shift.y })
    }

    /// The shortest shift that cures one cause, and whether the stall breaks no rule there.
    fn way_out(&self, stall: &Stall, cause: Cause) -> Option<(bool, Point)> {
        let mut cure = None;
        for shift in shifts(&self.pushes(stall)).into_iter().take(TRIES) {
            let moved = Stall { x: stall.x + shift.x, y: stall.y + shift.y, ..stall.clone() }.sound().ok()?;
            let left = self.breaches(&moved);
            if left.is_empty() {
                return Some((true, shift));
            }
            if cure.is_none() && left.iter().all(|(other, _)| *other != cause) {
                cure = Some(shift);
            }
        }
        cure.map(|shift| (false, shift))
    }

    /// Every push that frees a stall of something near it or keeps it inside its area.
    fn pushes(&self, stall: &Stall) -> Vec<Push> {
        let foot = stall.footprint();
        let (corners, reach) = (foot.corners(), foot.bounds().grown(FAR));
        let mut pushes = Vec::new();
        if let Some((area, _)) = self.home(&foot, &corners) {
            for (a, b) in edges(&area.polygon.wound()) {
                let along = b.minus(a);
                let axis = Point::new(-along.y, along.x).times(1.0 / along.length().max(1e-9));
                pushes.push(Push { axis, by: a.dot(axis) - extent(&corners, axis).0 });
            }
        }
        for barred in self.barred.iter().filter(|barred| barred.bounds.meets(reach)) {
            pushes.extend(apart(&corners, &barred.outline));
        }
        for (other, _) in self.stalls.iter().filter(|(other, b)| other.id != stall.id && b.meets(reach)) {
            pushes.extend(apart(&corners, &other.footprint().corners()));
        }
        pushes.retain(|push| push.by.abs() <= FAR);
        pushes
    }
}

fn overlap(stall: &Stall, corners: &[Point; 4], other: &Stall) -> Option<Breach> {
    let there = other.footprint().corners();
    let shared = clip(corners, &there);
    (signed_area(&shared) > TOUCH).then(|| Breach {
        kind: Kind::Overlap,
        stalls: pair(stall, other),
        at: centroid(&shared),
        amount: depth(corners, &there),
        severity: Severity::Error,
        remedy: None,
    })
}

/// The pushes along the normals of both outlines that part them (separating axes).
fn apart<'p>(corners: &'p [Point; 4], outline: &'p [Point]) -> impl Iterator<Item = Push> + 'p {
    let inward = edges(corners).map(|(a, b)| b.minus(a)).map(|along| Point::new(-along.y, along.x));
    let outward = edges(outline).map(|(a, b)| b.minus(a)).map(|along| Point::new(along.y, -along.x));
    inward.chain(outward).map(move |normal| {
        let axis = normal.times(1.0 / normal.length().max(1e-9));
        Push { axis, by: extent(outline, axis).1 - extent(corners, axis).0 }
    })
}

/// How far two outlines run into each other: the shortest push that parts them.
fn depth(corners: &[Point; 4], outline: &[Point]) -> f64 {
    apart(corners, outline).map(|push| push.by).fold(f64::INFINITY, f64::min)
}

/// Shifts worth trying, nearest first: along each push, and where two of them meet.
fn shifts(pushes: &[Push]) -> Vec<Point> {
    let mut all: Vec<Point> = pushes.iter().filter(|p| p.by > 0.0).map(|p| p.axis.times(p.by)).collect();
    for (i, a) in pushes.iter().enumerate() {
        for b in &pushes[i + 1..] {
            let turn = a.axis.x * b.axis.y - a.axis.y * b.axis.x;
            if turn.abs() > 0.05 && (a.by > 0.0 || b.by > 0.0) {
                let x = (a.by * b.axis.y - b.by * a.axis.y) / turn;
                let y = (a.axis.x * b.by - b.axis.x * a.by) / turn;
                all.push(Point::new(x, y));
            }
        }
    }
    let mut all: Vec<Point> = all.into_iter().map(outward).filter(|shift| shift.length() <= FAR).collect();
    all.sort_by(|a, b| a.length().total_cmp(&b.length()));
    all.dedup();
    all
}

/// To the centimetre, never shorter.
fn outward(shift: Point) -> Point {
    let up = |metres: f64| ((metres.abs() * 100.0 - 1e-6).ceil() / 100.0).copysign(metres) + 0.0;
    Point::new(up(shift.x), up(shift.y))
}
