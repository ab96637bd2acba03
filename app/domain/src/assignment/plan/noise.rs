//! Who hears whom: for every position and every way of being loud or quiet, what the neighbours cost, kept up to
//! date with each step, so that asking costs one look.

use super::model::{Model, NEAR_CM, root};
use super::state::State;
use super::table::NONE;

/// A market with more ways of being loud or quiet than this is asked neighbour by neighbour.
const MOST_VOICES: usize = 48;

/// What never changes: voices, and which positions are within hearing of each other.
pub(super) struct Noise {
    /// Per unit: its voice, `NONE` for one that is neither loud nor quiet.
    voice: Vec<u32>,
    voices: usize,
    /// Per pair of voices: points at no distance.
    loud: Vec<i64>,
    /// Per voice: whom it concerns, and the points at no distance, where the sums are kept.
    heard: Vec<Vec<(u32, u32)>>,
    /// Per position: those within hearing, with the centimetres that they are nearer than that.
    near: Vec<Vec<(u32, u32)>>,
    /// Per position: its middle and its first stall, at which its unit is found.
    spots: Vec<(i64, i64, u32)>,
}

/// What is kept while a plan is searched. A trial costs nothing here: units that have moved since are looked at one
/// by one, and the sums follow when the step is kept.
#[derive(Clone)]
pub(super) struct Heard {
    /// Per position and voice: what all units at their known places cost it; in 32 bits, for a browser's sake.
    sums: Vec<i32>,
    /// Per unit: the place at which the sums know it.
    known: Vec<u32>,
    /// Units that may be elsewhere by now.
    moved: Vec<u32>,
}

impl Heard {
    /// A unit comes or goes.
    pub(super) fn note(&mut self, noise: &Noise, unit: usize) {
        let unit = unit as u32;
        if noise.concerns(unit as usize) && !self.moved.contains(&unit) {
            self.moved.push(unit);
        }
    }

    /// The sums follow what has become of the units.
    pub(super) fn settle(&mut self, noise: &Noise, place: &[u32]) {
        while let Some(unit) = self.moved.pop() {
            let (was, is) = (self.known[unit as usize], place[unit as usize]);
            if was != is {
                noise.tell(&mut self.sums, unit as usize, was, -1);
                noise.tell(&mut self.sums, unit as usize, is, 1);
                self.known[unit as usize] = is;
            }
        }
    }
}

impl Noise {
    pub(super) fn new(model: &Model) -> Self {
        let weight = model.instance.weights.noise;
        let mut kinds: Vec<(i64, i64)> = Vec::new();
        let mut voice = Vec::new();
        for unit in &model.instance.units {
            let kind = (unit.noise, unit.quiet);
            if weight == 0 || kind == (0, 0) {
                voice.push(NONE);
            } else if let Some(known) = kinds.iter().position(|one| *one == kind) {
                voice.push(known as u32);
            } else {
                voice.push(kinds.len() as u32);
                kinds.push(kind);
            }
        }
        let points = |a: &(i64, i64), b: &(i64, i64)| weight * (a.0 * b.1 + b.0 * a.1);
        let loud: Vec<i64> = kinds.iter().flat_map(|a| kinds.iter().map(move |b| points(a, b))).collect();
        let near = if kinds.is_empty() { Vec::new() } else { near(model) };
        let heard = heard(&loud, kinds.len(), &near);
        let spots = model.positions.iter().map(|at| (at.x, at.y, at.stalls[0] as u32)).collect();
        Self { voice, voices: kinds.len(), loud, heard, near, spots }
    }

    /// Whether a unit is heard or hears.
    pub(super) fn concerns(&self, unit: usize) -> bool {
        self.voice[unit] != NONE
    }

    /// Where nobody stands.
    pub(super) fn silence(&self) -> Heard {
        let sums = vec![0; if self.is_counted() { self.voices * self.near.len() } else { 0 }];
        Heard { sums, known: vec![NONE; self.voice.len()], moved: Vec::new() }
    }

    const fn is_counted(&self) -> bool {
        !self.heard.is_empty()
    }

    fn between(&self, one: u32, other: u32, nearer: i64) -> i64 {
        self.loud[one as usize * self.voices + other as usize] * nearer / NEAR_CM
    }

    /// A unit comes to a position (`sign` 1) or leaves it (-1).
    fn tell(&self, sums: &mut [i32], unit: usize, at: u32, sign: i32) {
        if at == NONE || !self.is_counted() {
            return;
        }
        let heard = &self.heard[self.voice[unit] as usize];
        for (there, nearer) in &self.near[at as usize] {
            let sums = &mut sums[*there as usize * self.voices..][..self.voices];
            for (voice, loud) in heard {
                sums[*voice as usize] += sign * (loud * nearer / NEAR_CM as u32) as i32;
            }
        }
    }

    /// What all who stand cost a unit on a position by noise, but for itself and one other.
    pub(super) fn cost(&self, state: &State, unit: usize, at: usize, but: u32) -> i64 {
        let voice = self.voice[unit];
        if voice == NONE {
            return 0;
        }
        if !self.is_counted() {
            return self.ask(state, unit, at, but);
        }
        let heard = &state.heard;
        let from = |other: u32, there: u32| self.from(voice, at, other, there);
        let known = |other: u32| from(other, heard.known[other as usize]);
        let mut sum = i64::from(heard.sums[at * self.voices + voice as usize]) - known(unit as u32);
        if but != NONE {
            sum -= known(but);
        }
        for other in heard.moved.iter().filter(|other| **other != but && **other as usize != unit) {
            sum += from(*other, state.place[*other as usize]) - known(*other);
        }
        sum
    }

    /// What another unit at some place costs a voice on a position.
    fn from(&self, voice: u32, at: usize, unit: u32, there: u32) -> i64 {
        let other = self.voice[unit as usize];
        if there == NONE || other == NONE || self.loud[voice as usize * self.voices + other as usize] == 0 {
            return 0;
        }
        let (here, there) = (self.spots[at], self.spots[there as usize]);
        let square = (there.0 - here.0).pow(2) + (there.1 - here.1).pow(2);
        if square < NEAR_CM * NEAR_CM { self.between(voice, other, NEAR_CM - root(square)) } else { 0 }
    }

    fn ask(&self, state: &State, unit: usize, at: usize, but: u32) -> i64 {
        let mut sum = 0;
        for (there, nearer) in &self.near[at] {
            let other = state.owner[self.spots[*there as usize].2 as usize];
            let stands = other != NONE && state.place[other as usize] == *there;
            if stands && other != but && other as usize != unit && self.concerns(other as usize) {
                sum += self.between(self.voice[unit], self.voice[other as usize], i64::from(*nearer));
            }
        }
        sum
    }
}

/// Per voice: whom it concerns and how much; nothing where the sums are not kept, because there are too many voices or
/// because they could be too large.
fn heard(loud: &[i64], voices: usize, near: &[Vec<(u32, u32)>]) -> Vec<Vec<(u32, u32)>> {
    let crowd = near.iter().map(Vec::len).max().unwrap_or(0) as i64;
    let most = loud.iter().max().map_or(0, |most| most * crowd.max(NEAR_CM));
    if voices > MOST_VOICES || most > i64::from(i32::MAX) {
        return Vec::new();
    }
    let row = |row: &[i64]| {
        let concerned = row.iter().enumerate().filter(|(_, points)| **points != 0);
        concerned.map(|(voice, points)| (voice as u32, *points as u32)).collect()
    };
    loud.chunks(voices.max(1)).map(row).collect()
}

/// Per position: those within hearing.
fn near(model: &Model) -> Vec<Vec<(u32, u32)>> {
    let mut order: Vec<usize> = (0..model.positions.len()).collect();
    order.sort_by_key(|at| (model.positions[*at].x, *at));
    let by_x: Vec<i64> = order.iter().map(|at| model.positions[*at].x).collect();
    let around = |here: &super::position::Position| {
        let from = by_x.partition_point(|x| *x < here.x - NEAR_CM);
        let to = by_x.partition_point(|x| *x <= here.x + NEAR_CM);
        let hears = |at: &usize| {
            let there = &model.positions[*at];
            let square = (there.x - here.x).pow(2) + (there.y - here.y).pow(2);
            (square < NEAR_CM * NEAR_CM).then(|| (*at as u32, (NEAR_CM - root(square)) as u32))
        };
        order[from..to].iter().filter_map(hears).collect()
    };
    model.positions.iter().map(around).collect()
}

#[cfg(test)]
mod tests {
    use super::super::instance::{Instance, Stall, Unit};
    use super::super::{Effort, solve};
    use super::*;

    /// A hall of 90 stalls, and so many units, each loud and quiet in a way of its own.
    fn hall(units: i64) -> Instance {
        let mut hall = Instance::parse(include_str!("../../../../../server/tests/market.json")).unwrap();
        let stall = hall.stalls[5].clone();
        let place = |n: i64| (300 * (n % 10), 300 * (n / 10));
        hall.stalls = (0..90)
            .map(|n| (place(n), stall.clone()))
            .map(|((x_cm, y_cm), stall)| Stall { x_cm, y_cm, ..stall })
            .collect();
        let unit = hall.units[0].clone();
        hall.units = (0..units)
            .map(|n| Unit {
                noise: n % 9,
                quiet: n / 9,
                water: false,
                power_w: 0,
                shelter: false,
                ..unit.clone()
            })
            .collect();
        (hall.rows, hall.adjacent) = ((0..90).map(|n| vec![n]).collect(), Vec::new());
        (hall.incompatible, hall.affinity) = (Vec::new(), Vec::new());
        hall
    }

    #[test]
    fn sums_and_questions_say_what_the_judge_says() {
        for units in [20, 70] {
            let hall = hall(units);
            let model = Model::new(&hall);
            assert_eq!(Noise::new(&model).is_counted(), units < 50, "{units} voices");
            let found = solve(&model, Effort { seed: 3, steps: 60_000 }, &mut || false);
            let worth = model.evaluate(&found.plan);
            assert!(worth.terms["noise"] > 0 && worth.violations.is_empty());
            assert_eq!((found.unplaced, found.soft), (worth.unplaced, worth.soft), "{units} voices");
        }
    }
}
