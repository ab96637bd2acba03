//! What stands at a stall asks for: quiet, water, a roof, a way without steps, room to wait.

use super::site::{Placed, Site, pair};
use super::{Breach, Cause, Kind, Steps};
use crate::geometry::{Bounds, Point, clip, signed_area};

use super::near::TOUCH;

/// Between a loud stall and a quiet one, from middle to middle, in metres.
pub(super) const QUIET: f64 = 9.0;
/// Water farther away than this is carried with trouble, in metres.
pub(super) const WATER: f64 = 30.0;

impl Site {
    /// The demands that the place does not meet.
    pub(super) fn unmet(&self, one: &Placed, held: &[Placed]) -> Vec<(Cause, Breach)> {
        let mut found = self.noises(one, held);
        found.extend(self.dry(one).map(|breach| (Cause::Water, breach)));
        let roof = self.floor.area(one.area).shelter;
        if one.usage.shelter && !roof {
            let breach = Breach::error(Kind::NoShelter, vec![one.stall.id], one.foot.centre, 0.0);
            found.push((Cause::Shelter, breach));
        }
        found.extend(self.stepped(one).map(|breach| (Cause::Steps, breach)));
        found.extend(self.queue(one, held).map(|breach| (Cause::Queue, breach)));
        found
    }

    fn noises(&self, one: &Placed, held: &[Placed]) -> Vec<(Cause, Breach)> {
        if !one.usage.loud && !one.usage.quiet {
            return Vec::new();
        }
        let here = one.foot.centre;
        let around = Bounds { low: here, high: here }.grown(QUIET);
        let mut found = Vec::new();
        for other in self.others(around, one.stall.id, held) {
            let disturbs = |a: &Placed, b: &Placed| a.usage.loud && b.usage.quiet;
            let distance = here.minus(other.foot.centre).length();
            if distance < QUIET && (disturbs(one, other) || disturbs(other, one)) {
                let kind = Kind::Noise { distance, required: QUIET };
                let at = here.plus(other.foot.centre).times(0.5);
                let breach = Breach::warning(kind, pair(one, other), at, QUIET - distance);
                found.push((Cause::Noise(other.stall.id), breach));
            }
        }
        found
    }

    fn dry(&self, one: &Placed) -> Option<Breach> {
        if !one.usage.water {
            return None;
        }
        let taps = self.floor.ground.water.iter();
        let distance = taps.map(|tap| tap.minus(one.foot.centre).length()).min_by(f64::total_cmp);
        let beyond = distance.map_or(0.0, |distance| distance - WATER);
        (distance.is_none() || beyond > 0.0).then(|| {
            let kind = Kind::WaterFar { distance, limit: WATER };
            Breach::warning(kind, vec![one.stall.id], one.foot.centre, beyond)
        })
    }

    /// Steps under a stall or before its counter: an error where a wheelchair must get there.
    fn stepped(&self, one: &Placed) -> Option<Breach> {
        let shares = |outline: &[Point], part: &[Point; 4]| signed_area(&clip(outline, part)) > TOUCH;
        let under = self.floor.ground.patches.iter().any(|patch| {
            patch.kind == "steps" && patch.polygon.bounds().meets(one.reach) && {
                let outline = patch.polygon.wound();
                shares(&outline, &one.corners) || shares(&outline, &one.front)
            }
        });
        let make = if one.usage.step_free { Breach::error } else { Breach::warning };
        under.then(|| make(Kind::NotStepFree(Steps::On), vec![one.stall.id], one.counter, 0.0))
    }
}
