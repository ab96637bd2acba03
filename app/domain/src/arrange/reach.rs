//! Whether people get to every counter: the ground narrowed by half an aisle on all sides, flooded from the
//! entrances. Two neighbouring points that are open have an open stretch between them.

use super::bits::{spread, within};
use super::floor::Outline;
use super::lattice::Rect;
use super::tally::Tally;
use super::zone::Zone;
use crate::geometry::{Bounds, Point, edges};

/// How much narrower than the rule a way may seem, in metres: points of the raster stand apart.
const BLUR: f64 = 0.01;
/// More points than this are too many to flood again and again.
const MOST_POINTS: usize = 400_000;

/// More lines than this on one axis, likewise.
const MOST_LINES: usize = 500;

/// Points between two columns and two rows, the second ones not included.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Window {
    columns: (u32, u32),
    rows: (u32, u32),
}

impl Window {
    /// Whether one of its points is among some of a raster that has so many words in a row.
    fn has_some(self, points: &[u64], words: usize) -> bool {
        let (west, east) = (self.columns.0 as usize, self.columns.1 as usize);
        west < east
            && (west / 64..=(east - 1) / 64).any(|word| {
                let mask = within(west, east, word);
                (self.rows.0..self.rows.1).any(|iy| points[iy as usize * words + word] & mask != 0)
            })
    }
}

/// Points of a raster, each with the number of things that are too near.
#[derive(Clone)]
pub(super) struct Reach {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// How many stalls are too near; shut is where walls are.
    near: Tally,
    seeds: Vec<u64>,
    flood: Vec<u64>,
    /// What was flooded when nothing had come yet.
    first: Vec<u64>,
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
        let near = Tally::new(xs.len(), ys.len());
        let bits = near.words() * ys.len();
        let mut reach = Self {
            xs,
            ys,
            near,
            seeds: vec![0; bits],
            flood: vec![0; bits],
            first: Vec::new(),
            half,
            boundless: zone.entrances.is_empty(),
        };
        reach.settle(zone);
        reach
    }

    /// Marks what never changes.
    fn settle(&mut self, zone: &Zone) {
        let count = self.xs.len();
        let mut shut = vec![true; count * self.ys.len()];
        for outline in &zone.walk {
            self.fill(&mut shut, outline, false);
        }
        for outline in &zone.solid {
            self.fill(&mut shut, outline, true);
        }
        for (a, b) in zone.walls.iter().chain(&zone.seams) {
            self.wall(&mut shut, *a, *b);
        }
        for (at, _) in shut.iter().enumerate().filter(|(_, shut)| !**shut) {
            self.near.open(at / count, at % count);
        }
        let words = self.near.words();
        let far = 2.0 * (self.half + BLUR) - 0.1;
        for at in &zone.entrances {
            for iy in
                self.ys.partition_point(|y| *y < at.y - far)..self.ys.partition_point(|y| *y <= at.y + far)
            {
                let wide = (far * far - (self.ys[iy] - at.y) * (self.ys[iy] - at.y)).max(0.0).sqrt();
                for ix in self.xs.partition_point(|x| *x < at.x - wide)
                    ..self.xs.partition_point(|x| *x <= at.x + wide)
                {
                    self.seeds[iy * words + ix / 64] |= 1 << (ix % 64);
                }
            }
        }
    }

    fn fill(&self, shut: &mut [bool], outline: &Outline, with: bool) {
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
                shut[iy * count..][from..to].fill(with);
            }
        }
    }

    /// Marks every point nearer to a stretch than half an aisle.
    fn wall(&self, shut: &mut [bool], a: Point, b: Point) {
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
            shut[iy * count..][from..to].fill(true);
        }
    }

    /// A stall comes or goes.
    pub(super) fn stall(&mut self, rect: Rect, comes: bool) {
        let r = self.half;
        let west = self.xs.partition_point(|x| *x <= rect.x0 - r);
        let east = self.xs.partition_point(|x| *x < rect.x1 + r).max(west);
        let south = self.ys.partition_point(|y| *y < rect.y0);
        let north = self.ys.partition_point(|y| *y <= rect.y1);
        self.near.count(south..north, west..east, comes);
        // Round the corners the rows grow shorter, the farther the more.
        let corner = |near: &mut Tally, row: usize, dy: f64, columns: &mut std::ops::Range<usize>| {
            let wide = (r * r - dy * dy).max(0.0).sqrt();
            while columns.start < columns.end && self.xs[columns.start] <= rect.x0 - wide {
                columns.start += 1;
            }
            while columns.start < columns.end && self.xs[columns.end - 1] >= rect.x1 + wide {
                columns.end -= 1;
            }
            near.count(row..row + 1, columns.clone(), comes);
        };
        let mut columns = west..east;
        for row in (0..south).rev().take_while(|row| rect.y0 - self.ys[*row] < r) {
            corner(&mut self.near, row, rect.y0 - self.ys[row], &mut columns);
        }
        let mut columns = west..east;
        for row in (north..self.ys.len()).take_while(|row| self.ys[*row] - rect.y1 < r) {
            corner(&mut self.near, row, self.ys[row] - rect.y1, &mut columns);
        }
    }

    /// Words of sixty-four points.
    pub(super) fn words(&self) -> usize {
        self.flood.len()
    }

    /// Floods the ground on which nothing has come yet.
    pub(super) fn begin(&mut self) {
        self.flood();
        self.first.clone_from(&self.flood);
    }

    /// Floods the open points from the entrances.
    pub(super) fn flood(&mut self) {
        self.flood_until(|_| false);
    }

    /// Floods the open points from the entrances until it is enough; whether it ever is.
    pub(super) fn flood_until(&mut self, enough: impl Fn(&Self) -> bool) -> bool {
        let open = self.near.free();
        if self.boundless {
            self.flood.copy_from_slice(open);
            return enough(self);
        }
        let words = self.near.words();
        if words == 0 {
            return enough(self);
        }
        let rows = self.flood.chunks_exact_mut(words).zip(open.chunks_exact(words));
        for ((flood, open), seeds) in rows.zip(self.seeds.chunks_exact(words)) {
            flood.fill(0);
            if seeds.iter().any(|seeds| *seeds != 0) {
                let fresh = seeds.iter().zip(open).map(|(seeds, open)| seeds & open);
                flood.iter_mut().zip(fresh).for_each(|(flood, fresh)| *flood = fresh);
                spread(open, flood);
            }
        }
        loop {
            let changed = self.sweep();
            if enough(self) {
                return true;
            }
            if !changed {
                return false;
            }
        }
    }

    /// Floods from row to row, up and down again; whether that made a difference.
    fn sweep(&mut self) -> bool {
        let (words, rows, open) = (self.near.words(), self.ys.len(), self.near.free());
        let mut changed = false;
        let mut pass = |from: &[u64], open: &[u64], to: &mut [u64]| {
            let mut any = 0;
            for ((to, open), from) in to.iter_mut().zip(open).zip(from) {
                let fresh = from & open & !*to;
                *to |= fresh;
                any |= fresh;
            }
            if any != 0 {
                changed = true;
                spread(open, to);
            }
        };
        for row in 1..rows {
            let (below, here) = self.flood.split_at_mut(row * words);
            pass(&below[(row - 1) * words..], &open[row * words..][..words], &mut here[..words]);
        }
        for row in (1..rows).rev() {
            let (here, above) = self.flood.split_at_mut(row * words);
            let at = (row - 1) * words;
            pass(&above[..words], &open[at..][..words], &mut here[at..]);
        }
        changed
    }

    /// The points in a rectangle, or near it.
    pub(super) fn window(&self, rect: Rect) -> Window {
        let Rect { x0, y0, x1, y1 } = rect.grown(f64::midpoint(self.half, BLUR));
        let range = |lines: &[f64], low: f64, high: f64| {
            (lines.partition_point(|at| *at < low) as u32, lines.partition_point(|at| *at <= high) as u32)
        };
        Window { columns: range(&self.xs, x0, x1), rows: range(&self.ys, y0, y1) }
    }

    /// Whether flooded ground comes into a window.
    pub(super) fn reaches(&self, window: Window) -> bool {
        window.has_some(&self.flood, self.near.words())
    }

    /// Whether it did when nothing had come yet.
    pub(super) fn reaches_at_first(&self, window: Window) -> bool {
        window.has_some(&self.first, self.near.words())
    }

    /// The points inside an outline that may be slanted.
    pub(super) fn inside(&self, corners: &[Point]) -> Vec<(usize, u64)> {
        let outline = Outline::new(corners.to_vec());
        let box_ = outline.bounds;
        let range = |lines: &[f64], low: f64, high: f64| {
            lines.partition_point(|at| *at < low)..lines.partition_point(|at| *at <= high)
        };
        let mut points: Vec<(usize, u64)> = Vec::new();
        for iy in range(&self.ys, box_.low.y, box_.high.y) {
            for ix in range(&self.xs, box_.low.x, box_.high.x) {
                if outline.contains(Point::new(self.xs[ix], self.ys[iy])) {
                    let (word, bit) = (iy * self.near.words() + ix / 64, 1 << (ix % 64));
                    match points.last_mut() {
                        Some((last, bits)) if *last == word => *bits |= bit,
                        _ => points.push((word, bit)),
                    }
                }
            }
        }
        points
    }

    /// Whether one of some points is flooded.
    pub(super) fn reaches_one(&self, points: &[(usize, u64)]) -> bool {
        points.iter().any(|(word, bits)| self.flood[*word] & bits != 0)
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
