//! What the stalls on one fuse draw together.

use super::super::Edit;
use super::site::{Placed, Site};
use super::{Breach, Kind, Severity};
use crate::StallId;
use crate::ground::{Fuse, Outlet};
use crate::map::Map;
use crate::order::Order;

/// More than so many hundredths of what a fuse carries are a warning.
const FULL: u32 = 80;

/// The stalls on each fuse, with one of its outlets.
type Loads<'a> = Map<Fuse<'a>, (&'a Outlet, Vec<&'a Placed>)>;

/// How much is drawn on one fuse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Load {
    /// The circuit's or the outlet's id.
    pub fuse: String,
    /// Watts.
    pub load_w: u32,
    /// Watts that it carries.
    pub cap_w: u32,
}

impl Load {
    /// The share that is used, in hundredths.
    pub fn percent(&self) -> u32 {
        (u64::from(self.load_w) * 100 / u64::from(self.cap_w.max(1))).try_into().unwrap_or(u32::MAX)
    }
}

impl Site {
    /// Every fuse on which something is drawn, the fullest first.
    pub fn loads(&self) -> Vec<Load> {
        let stalls: Vec<&Placed> = self.standing().collect();
        let drawn = self.loads_if(&stalls, None);
        let load = |(fuse, (_, on)): (&Fuse, &(&Outlet, Vec<&Placed>))| Load {
            fuse: fuse.id.to_owned(),
            load_w: on.iter().map(|one| one.usage.watts).sum(),
            cap_w: fuse.cap_w,
        };
        let mut loads: Vec<Load> = drawn.iter().map(load).collect();
        loads.order_by(|a, b| b.percent().cmp(&a.percent()).then_with(|| a.fuse.cmp(&b.fuse)));
        loads
    }

    /// The fuses that carry too much or nearly too much.
    pub(super) fn overloads(&self, stalls: &[&Placed]) -> Vec<Breach> {
        self.overloads_if(stalls, None)
    }

    /// What hangs on each fuse, if one stall were wired to another outlet.
    fn loads_if<'a>(&'a self, stalls: &[&'a Placed], rewired: Option<(StallId, &Outlet)>) -> Loads<'a> {
        let mut loads = Loads::new();
        for one in stalls.iter().filter(|one| one.usage.watts > 0) {
            let other = rewired.filter(|(id, _)| *id == one.stall.id).map(|(_, outlet)| outlet.id.as_str());
            let wired = other.or(one.stall.outlet.as_deref());
            let Some((outlet, distance)) = self.floor.ground.feed(one.foot.centre, wired, one.usage.watts)
            else {
                continue;
            };
            // What is too far away to be plugged in draws nothing.
            if outlet.reaches(distance) {
                for fuse in self.floor.ground.fuses(outlet) {
                    loads.or_insert(fuse, || (outlet, Vec::new())).1.push(one);
                }
            }
        }
        loads
    }

    /// The overloads if one stall were wired to another outlet.
    fn overloads_if(&self, stalls: &[&Placed], rewired: Option<(StallId, &Outlet)>) -> Vec<Breach> {
        let loads = self.loads_if(stalls, rewired);
        let told = |(fuse, (outlet, on)): (&Fuse, &(&Outlet, Vec<&Placed>))| {
            // Where the same stalls hang on two fuses, the weaker one speaks.
            let weaker = self.floor.ground.fuses(outlet).any(|other| {
                let same = loads.get(&other).is_some_and(|(_, there)| there.len() == on.len());
                same && (other.cap_w, other.shared) < (fuse.cap_w, fuse.shared)
            });
            if weaker { None } else { overload(fuse, outlet, on) }
        };
        loads.iter().filter_map(told).collect()
    }

    /// Another outlet for one of the stalls on a fuse, after which no fuse is worse off than before.
    pub(super) fn rewire(&self, stalls: &[&Placed], breach: &Breach) -> Option<Edit> {
        let Kind::Overload { fuse, .. } = &breach.kind else { return None };
        let bad = |all: &[Breach]| {
            let errors = all.iter().filter(|other| other.severity == Severity::Error).count();
            (errors, all.len())
        };
        let now = bad(&self.overloads(stalls));
        let mut on: Vec<&Placed> = breach.stalls.iter().filter_map(|id| self.of(*id)).collect();
        on.order_by_key(|one| one.usage.watts);
        let mut best: Option<((usize, usize), bool, Edit)> = None;
        for one in on {
            for outlet in self.in_reach(one) {
                let after = self.overloads_if(stalls, Some((one.stall.id, outlet)));
                let same =
                    |other: &Breach| matches!(&other.kind, Kind::Overload { fuse: id, .. } if id == fuse);
                let cured = !after.iter().any(|other| same(other) && other.severity <= breach.severity);
                let trips = self.trips(one, outlet);
                let better =
                    best.as_ref().is_none_or(|(least, trip, _)| (bad(&after), trips) < (*least, *trip));
                if cured && bad(&after) < now && better {
                    let edit = Edit::SetOutlet { stall: one.stall.id, outlet: Some(outlet.id.clone()) };
                    best = Some((bad(&after), trips, edit));
                }
            }
        }
        best.map(|(_, _, edit)| edit)
    }

    /// The outlets whose cable gets to a stall, nearest first, without the one that feeds it now.
    pub(super) fn in_reach(&self, one: &Placed) -> Vec<&Outlet> {
        let now = self.feed(one).map(|(outlet, _)| outlet.id.as_str());
        let far = |outlet: &Outlet| outlet.at.minus(one.foot.centre).length();
        let ground = &self.floor.ground;
        let serves = |outlet: &&Outlet| {
            let strong = ground.most_watts(outlet) >= one.usage.watts;
            strong && outlet.reaches(far(outlet)) && Some(outlet.id.as_str()) != now
        };
        let mut all: Vec<&Outlet> = ground.outlets.iter().filter(serves).collect();
        all.order_by(|a, b| far(a).total_cmp(&far(b)));
        all
    }

    /// Whether a cable from that outlet would lie where people walk.
    fn trips(&self, one: &Placed, outlet: &Outlet) -> bool {
        let mut wired = one.clone();
        wired.stall.outlet = Some(outlet.id.clone());
        !self.cables(&wired, &[]).is_empty()
    }
}

fn overload(fuse: &Fuse, outlet: &Outlet, on: &[&Placed]) -> Option<Breach> {
    let load_w = on.iter().map(|one| one.usage.watts).fold(0, u32::saturating_add);
    let most = u64::from(fuse.cap_w) * u64::from(FULL) / 100;
    if u64::from(load_w) <= most {
        return None;
    }
    let kind = Kind::Overload { fuse: fuse.id.to_owned(), load_w, cap_w: fuse.cap_w };
    let stalls = on.iter().map(|one| one.stall.id).collect();
    Some(if load_w > fuse.cap_w {
        Breach::error(kind, stalls, outlet.at, f64::from(load_w - fuse.cap_w))
    } else {
        Breach::warning(kind, stalls, outlet.at, (u64::from(load_w) - most) as f64)
    })
}
