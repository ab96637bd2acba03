//! Whether people get to every counter: the ground narrowed by half an aisle on all sides, flooded from the
//! entrances. Two neighbouring points that are open have an open stretch between them.

use super::floor::Outline;
use super::lattice::Rect;
use super::zone::Zone;
use crate::geometry::{Bounds, Point, edges};

/// How much narrower than the rule a way may seem, in metres: points of the raster stand apart.
const BLUR: f64 = 0.01;
/// More points than this are too many to flood again and again.
const MOST_POINTS: usize = 400_000;

/// More lines than this on one axis, likewise.
const MOST_LINES: usize = 500;

/// Points of a raster, each with the number of things that are too near.
#[derive(Clone)]
pub(super) struct Reach {
    xs: Vec<f64>,
    ys: Vec<f64>,
    words: usize,
    near: Vec<u8>,
    open: Vec<u64>,
    seeds: Vec<u64>,
    flood: Vec<u64>,
    /// Half of the narrowest way.
    half: f64,
    /// Nobody comes in anywhere: everything counts as reached.
    boundless: bool,
}

impl Reach {
    /// `stacks`: lines on x and on y on which rows stand flush; a way along a row is seen in its middle.
    pub(super) fn new(zone: &Zone, stacks: [&[f64]; 2]) -> Self {
        let half = (zone.rules.min_aisle / 2.0 - BLUR).max(0.05);
        let all = zone.walk.iter().flat_map(|one| [one.bounds.low, one.bounds.high]);
        let bounds = Bounds::of(all).unwrap_or(zone.outline.bounds);
        let half_way = zone.rules.min_aisle / 2.0;
        let beside = |lines: &[f64]| -> Vec<f64> {
            lines.iter().flat_map(|at| [at - half_way, at + zone.d + half_way]).collect()
        };
        let mut step = (0.078 * half.max(0.3)).sqrt();
        while (bounds.width() / step) * (bounds.height() / step) > MOST_POINTS as f64 {
            step *= 1.5;
        }
        let xs = [beside(stacks[0]), zone.sides[0].clone()].concat();
        let ys = [beside(stacks[1]), zone.sides[1].clone()].concat();
        let xs = raster(bounds.low.x, bounds.high.x, step, xs);
        let ys = raster(bounds.low.y, bounds.high.y, step, ys);
        let words = xs.len().div_ceil(64);
        let (count, bits) = (xs.len() * ys.len(), words * ys.len());
        let mut reach = Self {
            xs,
            ys,
            words,
            near: vec![0; count],
            open: vec![0; bits],
            seeds: vec![0; bits],
            flood: vec![0; bits],
            half,
            boundless: zone.entrances.is_empty(),
        };
        reach.settle(zone);
        reach
    }

    /// Marks what never changes.
    fn settle(&mut self, zone: &Zone) {
        let count = self.xs.len();
        self.near.fill(1);
        for outline in &zone.walk {
            self.fill(outline, 0);
        }
        for outline in &zone.solid {
            self.fill(outline, 1);
        }
        for (a, b) in zone.walls.iter().chain(&zone.seams) {
            self.wall(*a, *b);
        }
        for iy in 0..self.ys.len() {
            for ix in 0..count {
                if self.near[iy * count + ix] == 0 {
                    self.open[iy * self.words + ix / 64] |= 1 << (ix % 64);
                }
            }
        }
        let far = 2.0 * (self.half + BLUR) - 0.1;
        for at in &zone.entrances {
            for iy in
                self.ys.partition_point(|y| *y < at.y - far)..self.ys.partition_point(|y| *y <= at.y + far)
            {
                let wide = (far * far - (self.ys[iy] - at.y) * (self.ys[iy] - at.y)).max(0.0).sqrt();
                for ix in self.xs.partition_point(|x| *x < at.x - wide)
                    ..self.xs.partition_point(|x| *x <= at.x + wide)
                {
                    self.seeds[iy * self.words + ix / 64] |= 1 << (ix % 64);
                }
            }
        }
    }

    fn fill(&mut self, outline: &Outline, with: u8) {
        let count = self.xs.len();
        for iy in 0..self.ys.len() {
            let y = self.ys[iy] + 1e-7;
            let mut cuts: Vec<f64> = edges(&outline.points)
                .filter(|(a, b)| (a.y > y) != (b.y > y))
                .map(|(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
                .collect();
            cuts.sort_by(f64::total_cmp);
            for pair in cuts.chunks_exact(2) {
                let from = self.xs.partition_point(|x| *x < pair[0]);
                let to = self.xs.partition_point(|x| *x <= pair[1]).max(from);
                self.near[iy * count..][from..to].fill(with);
            }
        }
    }

    /// Marks every point nearer to a stretch than half an aisle.
    fn wall(&mut self, a: Point, b: Point) {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        let (count, half) = (self.xs.len(), self.half);
        let along = high.minus(low);
        let out = Point::new(-along.y, along.x).times(half / along.length().max(1e-9));
        // The straight sides of the band round the stretch; round its ends there are discs.
        let band = [low.plus(out), high.plus(out), high.minus(out), low.minus(out)];
        let from = self.ys.partition_point(|y| *y <= low.y - half);
        let to = self.ys.partition_point(|y| *y < high.y + half).max(from);
        for iy in from..to {
            let y = self.ys[iy];
            let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
            for end in [low, high] {
                let dy = y - end.y;
                if dy.abs() < half {
                    let wide = (half * half - dy * dy).sqrt();
                    west = west.min(end.x - wide);
                    east = east.max(end.x + wide);
                }
            }
            for (from, to) in edges(&band).filter(|(from, to)| (from.y > y) != (to.y > y)) {
                let x = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
                west = west.min(x);
                east = east.max(x);
            }
            let from = self.xs.partition_point(|x| *x <= west);
            let to = self.xs.partition_point(|x| *x < east).max(from);
            self.near[iy * count..][from..to].fill(1);
        }
    }

    /// A stall comes or goes.
    pub(super) fn stall(&mut self, rect: Rect, comes: bool) {
        let count = self.xs.len();
        let r = self.half;
        let from = self.ys.partition_point(|y| *y <= rect.y0 - r);
        let to = self.ys.partition_point(|y| *y < rect.y1 + r).max(from);
        for iy in from..to {
            let dy = (rect.y0 - self.ys[iy]).max(self.ys[iy] - rect.y1).max(0.0);
            let wide = (r * r - dy * dy).max(0.0).sqrt();
            let west = self.xs.partition_point(|x| *x <= rect.x0 - wide);
            let east = self.xs.partition_point(|x| *x < rect.x1 + wide);
            if west >= east {
                continue;
            }
            let near = &mut self.near[iy * count..][west..east];
            let bits = &mut self.open[iy * self.words..][..self.words];
            if comes {
                for near in near {
                    *near = near.wrapping_add(1);
                }
                let words = bits.iter_mut().enumerate().take((east - 1) / 64 + 1).skip(west / 64);
                words.for_each(|(word, bits)| *bits &= !within(west, east, word));
            } else {
                for (ix, near) in (west..east).zip(near) {
                    *near = near.wrapping_sub(1);
                    bits[ix / 64] |= u64::from(*near == 0) << (ix % 64);
                }
            }
        }
    }

    /// Floods the open points from the entrances.
    pub(super) fn flood(&mut self) {
        let (words, rows) = (self.words, self.ys.len());
        if self.boundless {
            self.flood.copy_from_slice(&self.open);
            return;
        }
        self.flood.fill(0);
        let mut fresh: Vec<u64> = vec![0; words];
        let mut first = true;
        loop {
            let mut changed = false;
            for step in 0..2 * rows {
                let (row, from) = if step < rows {
                    (step, step.checked_sub(1))
                } else {
                    let row = 2 * rows - 1 - step;
                    (row, (row + 1 < rows).then_some(row + 1))
                };
                let at = row * words;
                let mut any = false;
                for (word, fresh) in fresh.iter_mut().enumerate() {
                    let mut bits = from.map_or(0, |from| self.flood[from * words + word]);
                    if first && step < rows {
                        bits |= self.seeds[at + word];
                    }
                    *fresh = bits & self.open[at + word] & !self.flood[at + word];
                    any |= *fresh != 0;
                }
                if any {
                    changed = true;
                    spread(&fresh, &self.open[at..at + words], &mut self.flood[at..at + words]);
                }
            }
            first = false;
            if !changed {
                break;
            }
        }
    }

    /// Whether flooded ground comes into a rectangle, or near it.
    pub(super) fn reaches(&self, rect: Rect) -> bool {
        let Rect { x0, y0, x1, y1 } = rect.grown(f64::midpoint(self.half, BLUR));
        let (west, east) = (self.xs.partition_point(|x| *x < x0), self.xs.partition_point(|x| *x <= x1));
        if west >= east {
            return false;
        }
        let from = self.ys.partition_point(|y| *y < y0);
        let to = self.ys.partition_point(|y| *y <= y1).max(from);
        (from..to).any(|iy| {
            (west / 64..=(east - 1) / 64)
                .any(|word| self.flood[iy * self.words + word] & within(west, east, word) != 0)
        })
    }

    /// Whether flooded ground comes near an outline that may be slanted.
    pub(super) fn reaches_outline(&self, corners: &[Point]) -> bool {
        let outline = Outline::new(corners.to_vec());
        let box_ = outline.bounds;
        let from = self.ys.partition_point(|y| *y < box_.low.y);
        let to = self.ys.partition_point(|y| *y <= box_.high.y).max(from);
        let (west, east) =
            (self.xs.partition_point(|x| *x < box_.low.x), self.xs.partition_point(|x| *x <= box_.high.x));
        (from..to).any(|iy| {
            (west..east).any(|ix| {
                self.flood[iy * self.words + ix / 64] >> (ix % 64) & 1 == 1
                    && outline.contains(Point::new(self.xs[ix], self.ys[iy]))
            })
        })
    }
}

/// Lines at most `step` apart, with some others among them.
fn raster(low: f64, high: f64, step: f64, others: Vec<f64>) -> Vec<f64> {
    let mut lines: Vec<f64> = others.into_iter().filter(|at| (low..=high).contains(at)).collect();
    lines.extend([low, high]);
    lines.sort_by(f64::total_cmp);
    let mut apart = BLUR * 0.8;
    lines.dedup_by(|a, b| (*a - *b).abs() < apart);
    while lines.len() > MOST_LINES {
        apart *= 2.0;
        lines.dedup_by(|a, b| (*a - *b).abs() < apart);
    }
    let mut all = Vec::with_capacity(lines.len() * 2);
    for pair in lines.windows(2) {
        let parts = ((pair[1] - pair[0]) / step).ceil().max(1.0);
        all.extend((0..parts as usize).map(|i| pair[0] + (pair[1] - pair[0]) * i as f64 / parts));
    }
    all.extend(lines.last());
    all
}

/// Spreads some bits along the open ones of a row, both ways, and adds them to what is flooded.
fn spread(fresh: &[u64], open: &[u64], flood: &mut [u64]) {
    let mut carry = 0_u64;
    for (word, open) in open.iter().enumerate() {
        let bits = rising((fresh[word] | carry) & open, *open);
        flood[word] |= bits;
        carry = bits >> 63;
    }
    let mut carry = 0_u64;
    for word in (0..open.len()).rev() {
        let bits = falling((flood[word] | carry) & open[word], open[word]);
        flood[word] |= bits;
        carry = (bits & 1) << 63;
    }
}

/// The bits of one word that stand for points from `west` on and before `east`.
const fn within(west: usize, east: usize, word: usize) -> u64 {
    let low = if word == west / 64 { u64::MAX << (west % 64) } else { u64::MAX };
    let high = if word == (east - 1) / 64 { u64::MAX >> (63 - (east - 1) % 64) } else { u64::MAX };
    low & high
}

fn rising(mut bits: u64, mut way: u64) -> u64 {
    if bits == 0 || bits == way {
        return bits;
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits |= way & (bits << shift);
        way &= way << shift;
    }
    bits
}

fn falling(mut bits: u64, mut way: u64) -> u64 {
    if bits == 0 || bits == way {
        return bits;
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits |= way & (bits >> shift);
        way &= way >> shift;
    }
    bits
}
