//! The places worth trying in one zone: lines on which stalls stand flush, and which crossings are open.

use super::floor::Outline;
use super::zone::Zone;
use crate::geometry::{Point, edges};

/// Outlines that come nearer than this only touch, in metres.
pub(super) const HAIR: f64 = 1e-6;
/// Marks a crossing on which no stall may stand, whatever stands around it.
pub(super) const SHUT: u8 = 128;

/// A rectangle along the axes of a frame.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rect {
    pub(super) x0: f64,
    pub(super) y0: f64,
    pub(super) x1: f64,
    pub(super) y1: f64,
}

impl Rect {
    /// Whether the two share more than an edge.
    pub(super) fn meets(self, other: Self) -> bool {
        self.x0 + HAIR < other.x1
            && other.x0 + HAIR < self.x1
            && self.y0 + HAIR < other.y1
            && other.y0 + HAIR < self.y1
    }

    /// Longer on one side: 0 east, 1 north, 2 west, 3 south.
    pub(super) fn longer(self, side: usize, by: f64) -> Self {
        let mut rect = self;
        match side {
            0 => rect.x1 += by,
            1 => rect.y1 += by,
            2 => rect.x0 -= by,
            _ => rect.y0 -= by,
        }
        rect
    }

    /// What lies before one side.
    pub(super) fn before(self, side: usize, deep: f64) -> Self {
        let Self { x0, y0, x1, y1 } = self;
        match side {
            0 => Self { x0: x1, y0, x1: x1 + deep, y1 },
            1 => Self { x0, y0: y1, x1, y1: y1 + deep },
            2 => Self { x0: x0 - deep, y0, x1: x0, y1 },
            _ => Self { x0, y0: y0 - deep, x1, y1: y0 },
        }
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }
}

/// Where a stall may stand: which way it looks and on which crossing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Spot {
    /// 0 east, 1 north, 2 west, 3 south on the axes of the frame.
    pub(super) side: u8,
    pub(super) ix: u16,
    pub(super) iy: u16,
}

/// Stalls that look north or south lie along x, the others along y.
pub(super) const fn lie(side: usize) -> usize {
    (side + 1) % 2
}

/// Two families of lines, one for each way a stall lies, with what is open on their crossings.
#[derive(Clone)]
pub(super) struct Lattice {
    /// Width and depth of a footprint on the axes, for each way to lie.
    pub(super) size: [(f64, f64); 2],
    pub(super) xs: [Vec<f64>; 2],
    pub(super) ys: [Vec<f64>; 2],
    /// For each side 0 or [`SHUT`], row by row.
    pub(super) open: [Vec<u8>; 4],
    pub(super) aisle: f64,
}

impl Lattice {
    pub(super) fn new(zone: &Zone) -> Self {
        let size = sizes(zone);
        let xs = [0, 1].map(|k| zone.lines(false, size[k].0, k == 1));
        let ys = [0, 1].map(|k| zone.lines(true, size[k].1, k == 0));
        Self::on(zone, xs, ys)
    }

    /// With lines that are known already.
    pub(super) fn on(zone: &Zone, xs: [Vec<f64>; 2], ys: [Vec<f64>; 2]) -> Self {
        let size = sizes(zone);
        let open = [0, 1, 2, 3].map(|side| vec![0; xs[lie(side)].len() * ys[lie(side)].len()]);
        let mut lattice = Self { size, xs, ys, open, aisle: zone.aisle };
        lattice.shut_footprints(zone);
        lattice.shut_fronts(zone);
        lattice
    }

    pub(super) fn rect(&self, spot: Spot) -> Rect {
        let k = lie(usize::from(spot.side));
        let (x0, y0) = (self.xs[k][usize::from(spot.ix)], self.ys[k][usize::from(spot.iy)]);
        Rect { x0, y0, x1: x0 + self.size[k].0, y1: y0 + self.size[k].1 }
    }

    pub(super) fn index(&self, spot: Spot) -> usize {
        usize::from(spot.iy) * self.xs[lie(usize::from(spot.side))].len() + usize::from(spot.ix)
    }

    fn shut_footprints(&mut self, zone: &Zone) {
        for k in [0, 1] {
            let (w, h) = self.size[k];
            let mut grid = Grid::new(&self.xs[k], &self.ys[k], w, h);
            grid.shut_unless(std::slice::from_ref(&zone.outline));
            for outline in &zone.barred {
                grid.shut_on(outline);
            }
            for (a, b) in edges(&zone.outline.points) {
                grid.shut_across(a, b);
            }
            for side in [0, 1, 2, 3].into_iter().filter(|side| lie(*side) == k) {
                self.open[side].copy_from_slice(&grid.shut);
            }
        }
    }

    fn shut_fronts(&mut self, zone: &Zone) {
        for side in 0..4 {
            let k = lie(side);
            let (w, h) = self.size[k];
            let front = Rect { x0: 0.0, y0: 0.0, x1: w, y1: h }.before(side, self.aisle);
            let shift = |lines: &[f64], by: f64| lines.iter().map(|line| line + by).collect::<Vec<_>>();
            let (xs, ys) = (shift(&self.xs[k], front.x0), shift(&self.ys[k], front.y0));
            let mut grid = Grid::new(&xs, &ys, front.x1 - front.x0, front.y1 - front.y0);
            grid.shut_unless(&zone.walk);
            for outline in &zone.solid {
                grid.shut_on(outline);
            }
            for (a, b) in &zone.walls {
                grid.shut_across(*a, *b);
            }
            for (open, shut) in self.open[side].iter_mut().zip(&grid.shut) {
                *open |= shut;
            }
        }
    }
}

/// Width and depth of a footprint, for each way to lie.
fn sizes(zone: &Zone) -> [(f64, f64); 2] {
    [(zone.w, zone.d), (zone.d, zone.w)]
}

/// Rectangles of one size, one at each crossing of some lines.
struct Grid<'a> {
    xs: &'a [f64],
    ys: &'a [f64],
    w: f64,
    h: f64,
    shut: Vec<u8>,
}

impl<'a> Grid<'a> {
    fn new(xs: &'a [f64], ys: &'a [f64], w: f64, h: f64) -> Self {
        Self { xs, ys, w, h, shut: vec![0; xs.len() * ys.len()] }
    }

    /// Shuts what a stretch runs through.
    fn shut_across(&mut self, a: Point, b: Point) {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        let from = self.ys.partition_point(|y| y + self.h - HAIR <= low.y);
        let to = self.ys.partition_point(|y| y + HAIR < high.y);
        for iy in from..to.max(from) {
            let (bottom, top) = (self.ys[iy] + HAIR, self.ys[iy] + self.h - HAIR);
            let rise = high.y - low.y;
            let at = |y: f64| {
                if rise < 1e-12 {
                    low.x
                } else {
                    low.x + (high.x - low.x) * ((y - low.y) / rise).clamp(0.0, 1.0)
                }
            };
            let (one, other) = if rise < 1e-12 { (low.x, high.x) } else { (at(bottom), at(top)) };
            self.shut_row(iy, one.min(other), one.max(other));
        }
    }

    fn shut_row(&mut self, iy: usize, west: f64, east: f64) {
        let from = self.xs.partition_point(|x| x + self.w - HAIR <= west);
        let to = self.xs.partition_point(|x| x + HAIR < east).max(from);
        let row = iy * self.xs.len();
        self.shut[row + from..row + to].fill(SHUT);
    }

    /// Shuts what shares ground with an outline.
    fn shut_on(&mut self, outline: &Outline) {
        for (a, b) in edges(&outline.points) {
            self.shut_across(a, b);
        }
        let (low, high) = (outline.bounds.low.y, outline.bounds.high.y);
        let from = self.ys.partition_point(|y| y + self.h / 2.0 < low);
        let to = self.ys.partition_point(|y| y + self.h / 2.0 <= high).max(from);
        for iy in from..to {
            for (west, east) in spans(outline, self.ys[iy] + self.h / 2.0) {
                let from = self.xs.partition_point(|x| x + self.w / 2.0 <= west);
                let to = self.xs.partition_point(|x| x + self.w / 2.0 < east).max(from);
                let row = iy * self.xs.len();
                self.shut[row + from..row + to].fill(SHUT);
            }
        }
    }

    /// Shuts what has its middle in none of some outlines.
    fn shut_unless(&mut self, outlines: &[Outline]) {
        let count = self.xs.len();
        let mut covered = vec![false; count];
        for iy in 0..self.ys.len() {
            covered.fill(false);
            let y = self.ys[iy] + self.h / 2.0;
            for outline in outlines.iter().filter(|o| o.bounds.low.y <= y && y <= o.bounds.high.y) {
                for (west, east) in spans(outline, y) {
                    let from = self.xs.partition_point(|x| x + self.w / 2.0 < west);
                    let to = self.xs.partition_point(|x| x + self.w / 2.0 <= east).max(from);
                    covered[from..to].fill(true);
                }
            }
            for (shut, covered) in self.shut[iy * count..][..count].iter_mut().zip(&covered) {
                if !covered {
                    *shut = SHUT;
                }
            }
        }
    }
}

/// Where a line at height `y` runs inside an outline.
fn spans(outline: &Outline, y: f64) -> Vec<(f64, f64)> {
    let mut cuts: Vec<f64> = edges(&outline.points)
        .filter(|(a, b)| (a.y > y) != (b.y > y))
        .map(|(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
        .collect();
    cuts.sort_by(f64::total_cmp);
    cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}
