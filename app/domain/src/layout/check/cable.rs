//! The cable of one stall: whether there is one, whether it gets there, and whom it trips.

use super::super::drawing;
use super::site::{Placed, Site};
use super::{Breach, Cause, Kind};
use crate::geometry::{Bounds, Point, stretches};
use crate::ground::Outlet;
use crate::order::Order;

/// So many metres across a way are a step over the edge, not a cable across.
const EDGE: f64 = 0.1;

/// A piece of the cable that lies across something: where it starts and ends along the cable, and what it is.
struct Crossing {
    from: f64,
    to: f64,
    middle: Point,
    rank: u8,
    over: String,
}

impl Site {
    /// The outlet that feeds a stall and its distance in metres.
    pub(super) fn feed(&self, one: &Placed) -> Option<(&Outlet, f64)> {
        self.floor.ground.feed(one.foot.centre, one.stall.outlet.as_deref(), one.usage.watts)
    }

    pub(super) fn cables(&self, one: &Placed, held: &[Placed]) -> Vec<(Cause, Breach)> {
        let stalls = vec![one.stall.id];
        let watts = one.usage.watts;
        if watts == 0 && one.stall.outlet.is_none() {
            return Vec::new();
        }
        let Some((outlet, distance)) = self.feed(one) else {
            let breach = Breach::error(Kind::NoPower, stalls, one.foot.centre, f64::from(watts));
            return if watts > 0 { vec![(Cause::Cable, breach)] } else { Vec::new() };
        };
        if outlet.reaches(distance) {
            return self
                .across(one, held, outlet)
                .map(|breach| (Cause::Across, breach))
                .into_iter()
                .collect();
        }
        let kind = Kind::CableShort { outlet: outlet.id.clone(), distance, reach: outlet.reach };
        let make = if watts > 0 { Breach::error } else { Breach::warning };
        vec![(Cause::Cable, make(kind, stalls, one.foot.centre, distance - outlet.reach))]
    }

    /// The metres of a stall's cable on which people walk: lanes, ways, the room before counters.
    fn across(&self, one: &Placed, held: &[Placed], outlet: &Outlet) -> Option<Breach> {
        let path = drawing::cable(outlet.at, &one.corners);
        let bounds = Bounds::of(path.iter().copied())?;
        let ground = &self.floor.ground;
        let zones = ground.zones.len();
        let mut ways: Vec<(u8, &str, &[Point])> = Vec::new();
        for (number, open) in self.floor.open_near(bounds).filter(|(number, _)| *number >= zones) {
            let part = (number - zones).checked_sub(ground.walk.len());
            let (rank, name) = part.map_or((1, "walk"), |part| (0, ground.keep_clear[part].kind.as_str()));
            ways.push((rank, name, &open.outline));
        }
        let fronts = self.others(bounds, one.stall.id, held).chain(std::iter::once(one));
        ways.extend(fronts.map(|other| (2, "aisle", other.front.as_slice())));
        let crossings = crossings(&path, &ways);
        let metres = union(&crossings);
        let worst = crossings
            .into_iter()
            .min_by(|a, b| a.rank.cmp(&b.rank).then_with(|| (b.to - b.from).total_cmp(&(a.to - a.from))))?;
        (metres > EDGE).then(|| {
            let kind = Kind::CableAcross { outlet: outlet.id.clone(), over: worst.over };
            Breach::warning(kind, vec![one.stall.id], worst.middle, metres)
        })
    }
}

fn crossings(path: &[Point], ways: &[(u8, &str, &[Point])]) -> Vec<Crossing> {
    let mut found = Vec::new();
    let mut start = 0.0;
    for step in path.windows(2) {
        let length = step[1].minus(step[0]).length();
        let toward = step[1].minus(step[0]).times(1.0 / length.max(1e-9));
        for (rank, name, outline) in ways {
            for (from, to) in stretches(outline, step[0], step[1]) {
                let middle = step[0].plus(toward.times(f64::midpoint(from, to)));
                let (from, to) = (start + from, start + to);
                found.push(Crossing { from, to, middle, rank: *rank, over: (*name).to_owned() });
            }
        }
        start += length;
    }
    found
}

/// Metres of a cable that lie across at least one thing.
fn union(crossings: &[Crossing]) -> f64 {
    let mut parts: Vec<(f64, f64)> = crossings.iter().map(|part| (part.from, part.to)).collect();
    parts.order_by(|a, b| a.0.total_cmp(&b.0));
    let (mut metres, mut far) = (0.0, f64::NEG_INFINITY);
    for (from, to) in parts {
        metres += (to - far.max(from)).max(0.0);
        far = far.max(to);
    }
    metres
}
