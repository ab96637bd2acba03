//! Which market files are read: figures within limits, indices within their lists.

use super::instance::{Instance, SCHEMA, Stall, Unit};
use crate::Refusal;

/// Largest figures that are read: centimetres, watts, points and counts all stay far from overflow.
const MOST: i64 = 1_000_000;
/// Weights, noise levels and qualities beyond these are no market either; with them every sum fits its number.
const MOST_WEIGHT: i64 = 10_000;
const MOST_LEVEL: i64 = 100;
const MOST_QUALITY: i64 = 1_000;
/// What past luck may cost one unit at the most, in points: own costs are kept in 32 bits.
const MOST_LUCK: i64 = 1_000_000_000;
/// More stalls or units than this are no market.
const MOST_PARTS: usize = 20_000;

fn sane(values: &[i64]) -> bool {
    values.iter().all(|value| value.abs() <= MOST)
}

impl Instance {
    /// Reads `market-assign/1`.
    pub fn parse(json: &str) -> Result<Self, Refusal> {
        let instance: Self = serde_json::from_str(json).map_err(|_| Refusal::Malformed("market file"))?;
        if instance.schema != SCHEMA {
            return Err(Refusal::Malformed("schema of the market file"));
        }
        instance.refuse_nonsense()?;
        Ok(instance)
    }

    fn refuse_nonsense(&self) -> Result<(), Refusal> {
        let (stalls, units) = (self.stalls.len(), self.units.len());
        if stalls > MOST_PARTS || units > MOST_PARTS {
            return Err(Refusal::TooLong("market file"));
        }
        let at = |index: &usize| *index < stalls;
        let who = |index: &usize| *index < units;
        let rows = self.rows.iter().flatten().all(at);
        let pairs = self.adjacent.iter().all(|(a, b)| at(a) && at(b));
        let ties = self
            .incompatible
            .iter()
            .chain(&self.affinity)
            .all(|(a, b, n)| who(a) && who(b) && a != b && (0..=MOST).contains(n));
        let w = &self.weights;
        let weights = [
            w.pref, w.fair, w.r#move, w.access, w.affinity, w.spread, w.cluster, w.noise, w.balance, w.short,
            w.zone, w.cable, w.tap, w.wet, w.stay, w.print, w.queue,
        ];
        let weights = weights.iter().all(|weight| (0..=MOST_WEIGHT).contains(weight));
        let best = self.stalls.iter().map(|stall| stall.quality).max().unwrap_or(0);
        let circuits = self.circuits.iter().all(|circuit| sane(&[circuit.cap_w]))
            && self
                .stalls
                .iter()
                .flat_map(|stall| {
                    stall.circuit.iter().chain(stall.feeds.iter().flat_map(|feed| &feed.circuits))
                })
                .all(|id| self.circuits.iter().any(|circuit| circuit.id == *id));
        if rows
            && pairs
            && ties
            && weights
            && circuits
            && self.stalls.iter().all(Stall::is_sound)
            && self.units.iter().all(|unit| unit.is_sound(stalls) && unit.luck(best, w.fair) <= MOST_LUCK)
        {
            Ok(())
        } else {
            Err(Refusal::Malformed("market file"))
        }
    }
}

impl Stall {
    fn is_sound(&self) -> bool {
        sane(&[self.x_cm, self.y_cm, self.w_cm, self.power_w, self.entr_cm, self.quality])
            && [self.entr_cm, self.tap_cm].iter().all(|far| (0..=MOST).contains(far))
            && self.feeds.iter().all(|feed| sane(&[feed.power_w]) && (0..=MOST).contains(&feed.cable_cm))
            && (0..=MOST_QUALITY).contains(&self.quality)
    }
}

impl Unit {
    /// The most points that past luck could cost where the best stall has the quality `best`.
    fn luck(&self, best: i64, weight: i64) -> i64 {
        let Some(markets) = self.hist_n else { return 0 };
        let luck = self.hist_sum.abs() + best + (markets + 1) * best;
        luck.saturating_mul(luck).saturating_mul(weight) / 200
    }

    fn is_sound(&self, stalls: usize) -> bool {
        let listed =
            self.lock.iter().flatten().chain(&self.forbid).chain(&self.pref_stalls).chain(&self.last);
        let listed = listed.chain(&self.now).chain(&self.printed);
        let figures = [
            self.power_w,
            self.min_w_cm,
            self.priority,
            self.elder,
            self.noise,
            self.quiet,
            self.draw,
            self.queue,
        ];
        listed.copied().all(|index| index < stalls)
            && sane(&figures)
            && figures.iter().all(|figure| *figure >= 0)
            && [self.elder, self.noise, self.quiet, self.queue].iter().all(|level| *level <= MOST_LEVEL)
            && sane(&[self.hist_sum, self.max_entr_cm.unwrap_or(0)])
            && (0..=MOST).contains(&self.hist_n.unwrap_or(0))
            && (1..=16).contains(&self.slots_min)
            && (self.slots_min..=16).contains(&self.slots_max)
    }
}
