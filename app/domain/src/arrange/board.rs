//! A zone while stalls are put on it and taken away: for every spot, how many stalls stand in its way.

use super::lattice::{HAIR, Lattice, Rect, SHUT, Spot, lie};
use super::reach::Reach;
use super::zone::Zone;
use crate::geometry::Point;

/// A stall on the board.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Piece {
    pub(super) spot: Spot,
    pub(super) rect: Rect,
    /// With the strip before its counter.
    pub(super) full: Rect,
}

/// What comes between one stall and another.
#[derive(Clone, Copy)]
struct Gaps {
    back: f64,
    run: f64,
    run_length: usize,
}

/// A zone in work.
#[derive(Clone)]
pub(super) struct Board<'a> {
    pub(super) lattice: &'a Lattice,
    gaps: Gaps,
    /// Strips of those that stood before and were reached while the zone was empty.
    fronts: Vec<&'a [Point]>,
    /// For each side and spot: how many stalls are in the way, or [`SHUT`] and more.
    pub(super) taken: [Vec<u8>; 4],
    pub(super) pieces: Vec<Piece>,
    reach: Reach,
    /// What has changed since the ground was last flooded.
    stale: Vec<(Rect, bool)>,
}

/// Index ranges on the crossings for one side, row by row.
struct Shadow {
    rows: std::ops::Range<usize>,
    /// Rows, and within them columns.
    parts: [(std::ops::Range<usize>, std::ops::Range<usize>); 3],
}

impl Shadow {
    fn columns(&self, row: usize) -> std::ops::Range<usize> {
        let (mut from, mut to) = (usize::MAX, 0);
        for (rows, part) in &self.parts {
            if rows.contains(&row) {
                (from, to) = (from.min(part.start), to.max(part.end));
            }
        }
        from.min(to)..to
    }
}

impl<'a> Board<'a> {
    pub(super) fn new(zone: &'a Zone, lattice: &'a Lattice) -> Self {
        let mut reach = Reach::new(zone, [&lattice.xs[1], &lattice.ys[0]]);
        reach.flood();
        let fronts =
            zone.fronts.iter().map(Vec::as_slice).filter(|front| reach.reaches_outline(front)).collect();
        let rules = &zone.rules;
        let gaps =
            Gaps { back: rules.back_gap, run: rules.run_gap, run_length: rules.max_run.max(1) as usize };
        Self {
            lattice,
            gaps,
            fronts,
            taken: lattice.open.clone(),
            pieces: Vec::new(),
            reach,
            stale: Vec::new(),
        }
    }

    pub(super) fn piece(&self, spot: Spot) -> Piece {
        let rect = self.lattice.rect(spot);
        Piece { spot, rect, full: rect.longer(usize::from(spot.side), self.lattice.aisle) }
    }

    pub(super) fn is_free(&self, spot: Spot) -> bool {
        self.taken[usize::from(spot.side)][self.lattice.index(spot)] == 0
    }

    /// Where stalls that look to `side` cannot stand beside a piece.
    fn shadow(&self, piece: &Piece, side: usize) -> Shadow {
        let k = lie(side);
        let (w, h) = self.lattice.size[k];
        let own = usize::from(piece.spot.side);
        let (xs, ys) = (&self.lattice.xs[k], &self.lattice.ys[k]);
        let range = |r: Rect, other: Rect| {
            // Low corners at which a rectangle that reaches from `other.x0` to `other.x1` round it meets `r`.
            let x0 = xs.partition_point(|x| x + other.x1 <= r.x0 + HAIR);
            let x1 = xs.partition_point(|x| x + other.x0 < r.x1 - HAIR).max(x0);
            let y0 = ys.partition_point(|y| y + other.y1 <= r.y0 + HAIR);
            let y1 = ys.partition_point(|y| y + other.y0 < r.y1 - HAIR).max(y0);
            (y0..y1, x0..x1)
        };
        let body = Rect { x0: 0.0, y0: 0.0, x1: w, y1: h };
        let rear = if (own + 2) % 4 == side { self.gaps.back } else { 0.0 };
        let parts = [
            range(piece.full, body),
            range(piece.rect, body.longer(side, self.lattice.aisle)),
            range(piece.rect.longer((own + 2) % 4, rear), body),
        ];
        let from = parts.iter().map(|(rows, _)| rows.start).min().unwrap_or(0);
        let to = parts.iter().map(|(rows, _)| rows.end).max().unwrap_or(0);
        Shadow { rows: from..to.max(from), parts }
    }

    fn shade(&mut self, piece: &Piece, comes: bool) {
        for side in 0..4 {
            let shadow = self.shadow(piece, side);
            let count = self.lattice.xs[lie(side)].len();
            for row in shadow.rows.clone() {
                let columns = shadow.columns(row);
                for taken in &mut self.taken[side][row * count..][columns] {
                    *taken = if comes { taken.wrapping_add(1) } else { taken.wrapping_sub(1) };
                }
            }
        }
    }

    /// Every free spot in the shadow of a piece.
    pub(super) fn free_near(&self, piece: &Piece, into: &mut Vec<Spot>) {
        for side in 0..4 {
            let shadow = self.shadow(piece, side);
            let count = self.lattice.xs[lie(side)].len();
            for row in shadow.rows.clone() {
                let columns = shadow.columns(row);
                for ix in columns {
                    if self.taken[side][row * count + ix] == 0 {
                        into.push(Spot { side: side as u8, ix: ix as u16, iy: row as u16 });
                    }
                }
            }
        }
    }

    /// Whether two stalls cannot stand together.
    pub(super) fn clash(&self, one: &Piece, other: &Piece) -> bool {
        let (a, b) = (usize::from(one.spot.side), usize::from(other.spot.side));
        one.full.meets(other.rect)
            || one.rect.meets(other.full)
            || ((a + 2) % 4 == b && one.rect.longer(b, self.gaps.back).meets(other.rect))
    }

    /// Whether a row would grow too long with this piece.
    pub(super) fn too_long(&self, piece: &Piece) -> bool {
        let gap = self.gaps.run - HAIR;
        let beside = |a: &Piece, b: &Piece| {
            let k = lie(usize::from(a.spot.side));
            if k != lie(usize::from(b.spot.side)) {
                return false;
            }
            let (a, b) = (a.rect, b.rect);
            let (along, across) = if k == 0 {
                ((b.x0 - a.x1).max(a.x0 - b.x1), a.y1.min(b.y1) - a.y0.max(b.y0))
            } else {
                ((b.y0 - a.y1).max(a.y0 - b.y1), a.x1.min(b.x1) - a.x0.max(b.x0))
            };
            across > HAIR && along > -HAIR && along < gap.max(HAIR * 2.0)
        };
        let mut run = vec![*piece];
        let mut at = 0;
        while at < run.len() {
            let from = run[at];
            for other in &self.pieces {
                if beside(&from, other) && !run.iter().any(|known| known.spot == other.spot) {
                    run.push(*other);
                    if run.len() > self.gaps.run_length {
                        return true;
                    }
                }
            }
            at += 1;
        }
        false
    }

    /// Stalls that stand in line with a piece and touch it.
    pub(super) fn neighbours(&self, piece: &Piece) -> usize {
        let touch = |other: &&Piece| {
            let (a, b) = (piece.rect, other.rect);
            let (along, off) = if lie(usize::from(piece.spot.side)) == 0 {
                ((b.x0 - a.x1).abs().min((a.x0 - b.x1).abs()), (a.y0 - b.y0).abs())
            } else {
                ((b.y0 - a.y1).abs().min((a.y0 - b.y1).abs()), (a.x0 - b.x0).abs())
            };
            other.spot.side == piece.spot.side && along < 0.02 && off < 0.02
        };
        self.pieces.iter().filter(touch).count()
    }

    pub(super) fn put(&mut self, piece: Piece) {
        self.shade(&piece, true);
        self.pieces.push(piece);
        self.note(piece.rect, true);
    }

    pub(super) fn take(&mut self, at: usize) -> Piece {
        let piece = self.pieces.swap_remove(at);
        self.shade(&piece, false);
        self.note(piece.rect, false);
        piece
    }

    /// The same stall that came goes again: nothing to tell.
    fn note(&mut self, rect: Rect, comes: bool) {
        match self.stale.iter().rposition(|(known, came)| *came != comes && *known == rect) {
            Some(at) => {
                self.stale.swap_remove(at);
            }
            None => self.stale.push((rect, comes)),
        }
    }

    /// Puts a stall on a spot if nothing is in the way.
    pub(super) fn try_put(&mut self, spot: Spot) -> bool {
        let piece = self.piece(spot);
        let fits = self.is_free(spot) && !self.too_long(&piece);
        if fits {
            self.put(piece);
        }
        fits
    }

    fn flood(&mut self) {
        for (rect, comes) in std::mem::take(&mut self.stale) {
            self.reach.stall(rect, comes);
        }
        self.reach.flood();
    }

    fn strip(&self, piece: &Piece) -> Rect {
        piece.rect.before(usize::from(piece.spot.side), self.lattice.aisle)
    }

    /// Whether people get to every counter, also to those that stood before.
    pub(super) fn all_reached(&mut self) -> bool {
        self.flood();
        self.pieces.iter().all(|piece| self.reach.reaches(self.strip(piece)))
            && self.fronts.iter().all(|front| self.reach.reaches_outline(front))
    }

    /// Takes away what nobody gets to; whether those that stood before are reached.
    pub(super) fn drop_unreached(&mut self) -> bool {
        self.flood();
        for at in (0..self.pieces.len()).rev() {
            let strip = self.strip(&self.pieces[at]);
            if !self.reach.reaches(strip) {
                self.take(at);
            }
        }
        self.fronts.iter().all(|front| self.reach.reaches_outline(front))
    }

    pub(super) fn clear(&mut self) {
        while !self.pieces.is_empty() {
            self.take(self.pieces.len() - 1);
        }
    }

    /// Whether a stall may stand on a spot of an empty zone.
    pub(super) fn is_open(&self, side: usize, index: usize) -> bool {
        self.lattice.open[side][index] < SHUT
    }
}
