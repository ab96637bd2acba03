//! A zone while stalls are put on it and taken away: for every spot, how many stalls stand in its way.

use super::lattice::{HAIR, Lattice, Rect, SHUT, Spot, lie};
use super::reach::{Reach, Window};
use super::shadow::Shadows;
use super::tally::Tally;
use super::zone::Zone;

/// A stall on the board.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Piece {
    pub(super) spot: Spot,
    pub(super) rect: Rect,
    /// With the strip before its counter.
    pub(super) full: Rect,
    /// Where somebody must get to.
    strip: Window,
}

/// What comes between one stall and another.
#[derive(Clone, Copy)]
struct Gaps {
    back: f64,
    run: f64,
    run_length: usize,
}

/// Before the counter of a stall that stood before.
#[derive(Clone)]
struct Strip {
    points: Vec<(usize, u64)>,
    /// People got there while the zone was empty.
    matters: bool,
}

/// A zone in work.
#[derive(Clone)]
pub(super) struct Board<'a> {
    pub(super) lattice: &'a Lattice,
    gaps: Gaps,
    /// Strips of those that stood before, as points of the raster.
    strips: Vec<Strip>,
    shadows: Shadows,
    /// For each side and spot: how many stalls are in the way.
    taken: [Tally; 4],
    pub(super) pieces: Vec<Piece>,
    reach: Reach,
    /// What has changed since the ground was last flooded.
    stale: Vec<(Rect, bool)>,
}

impl<'a> Board<'a> {
    pub(super) fn new(zone: &'a Zone, lattice: &'a Lattice) -> Self {
        let mut reach = Reach::new(zone, [&lattice.xs[1], &lattice.ys[0]]);
        reach.begin();
        let strips = zone.fronts.iter().map(|front| reach.inside(front));
        let strips = strips.map(|points| Strip { matters: reach.reaches_one(&points), points }).collect();
        let rules = &zone.rules;
        let gaps =
            Gaps { back: rules.back_gap, run: rules.run_gap, run_length: rules.max_run.max(1) as usize };
        Self {
            lattice,
            gaps,
            strips,
            shadows: Shadows::new(lattice, rules.back_gap),
            taken: [0, 1, 2, 3].map(|side| open(lattice, side)),
            pieces: Vec::new(),
            reach,
            stale: Vec::new(),
        }
    }

    pub(super) fn piece(&self, spot: Spot) -> Piece {
        let (rect, side, aisle) = (self.lattice.rect(spot), usize::from(spot.side), self.lattice.aisle);
        let strip = self.reach.window(rect.before(side, aisle));
        Piece { spot, rect, full: rect.longer(side, aisle), strip }
    }

    pub(super) fn is_free(&self, spot: Spot) -> bool {
        self.taken[usize::from(spot.side)].is_free(usize::from(spot.iy), usize::from(spot.ix))
    }

    /// Whether no more than two stalls stand in the way of a spot that is open.
    pub(super) fn is_cheap(&self, spot: Spot) -> bool {
        self.taken[usize::from(spot.side)].at_most_two(usize::from(spot.iy), usize::from(spot.ix))
    }

    /// Whether a spot would be free without two stalls and with another instead, and none of them is there.
    pub(super) fn frees(&self, without: [Spot; 2], with: Spot) -> bool {
        self.taken.iter().enumerate().any(|(side, taken)| {
            let [one, other, but] = [without[0], without[1], with].map(|spot| self.shadows.of(spot, side));
            let (rows, more) = (one.rows(), other.rows());
            (rows.start.min(more.start)..rows.end.max(more.end))
                .any(|row| taken.frees(row, [&one.columns(row), &other.columns(row)], &but.columns(row)))
        })
    }

    fn shade(&mut self, spot: Spot, comes: bool) {
        for (side, taken) in self.taken.iter_mut().enumerate() {
            self.shadows.each(spot, side, |rows, columns| taken.count(rows, columns, comes));
        }
    }

    /// What it costs to try one change near a spot and to look whether one is worth trying.
    pub(super) fn prices(&self, spot: Spot) -> [usize; 2] {
        let mut words = 0;
        for side in 0..4 {
            self.shadows.each(spot, side, |rows, columns| words += rows.len() * columns.len().div_ceil(64));
        }
        let count = self.pieces.len();
        [4 + count / 14 + words / 16 + self.reach.words() / 100, 2 + count / 40 + words / 40]
    }

    /// Whether people could get to a stall on a spot if no other were there.
    pub(super) fn is_within_reach(&self, spot: Spot) -> bool {
        let strip = self.lattice.rect(spot).before(usize::from(spot.side), self.lattice.aisle);
        self.reach.reaches_at_first(self.reach.window(strip))
    }

    /// Every free spot in the shadow of a piece.
    pub(super) fn free_near(&self, piece: &Piece, into: &mut Vec<Spot>) {
        for (side, taken) in self.taken.iter().enumerate() {
            self.shadows.each(piece.spot, side, |rows, columns| {
                taken.each_free(rows, columns, |iy, ix| {
                    into.push(Spot { side: side as u8, ix: ix as u16, iy: iy as u16 });
                });
            });
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
        let lies = lie(usize::from(piece.spot.side));
        let gap = (self.gaps.run - HAIR).max(HAIR * 2.0);
        let beside = |a: Rect, b: Rect| {
            let (along, across) = if lies == 0 {
                ((b.x0 - a.x1).max(a.x0 - b.x1), a.y1.min(b.y1) - a.y0.max(b.y0))
            } else {
                ((b.y0 - a.y1).max(a.y0 - b.y1), a.x1.min(b.x1) - a.x0.max(b.x0))
            };
            across > HAIR && along > -HAIR && along < gap
        };
        // No run reaches farther that is not too long already.
        let (w, h) = self.lattice.size[lies];
        let near = piece.rect.grown((w.max(h) + gap) * self.gaps.run_length as f64);
        let mut others: Vec<Rect> = self
            .pieces
            .iter()
            .filter(|other| lie(usize::from(other.spot.side)) == lies)
            .map(|other| other.rect)
            .filter(|rect| rect.meets(near))
            .collect();
        let mut run = vec![piece.rect];
        let mut at = 0;
        while at < run.len() && run.len() <= self.gaps.run_length {
            let from = run[at];
            others.retain(|other| {
                let joins = beside(from, *other);
                if joins {
                    run.push(*other);
                }
                !joins
            });
            at += 1;
        }
        run.len() > self.gaps.run_length
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
        self.shade(piece.spot, true);
        self.pieces.push(piece);
        self.note(piece.rect, true);
    }

    pub(super) fn take(&mut self, at: usize) -> Piece {
        let piece = self.pieces.swap_remove(at);
        self.shade(piece.spot, false);
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
        if !self.is_free(spot) {
            return false;
        }
        let piece = self.piece(spot);
        let fits = !self.too_long(&piece);
        if fits {
            self.put(piece);
        }
        fits
    }

    fn settle(&mut self) {
        for (rect, comes) in std::mem::take(&mut self.stale) {
            self.reach.stall(rect, comes);
        }
    }

    /// Whether people get to every counter, also to those that stood before.
    pub(super) fn all_reached(&mut self) -> bool {
        self.settle();
        self.reach.flood_until(|reach| {
            self.pieces.iter().all(|piece| reach.reaches(piece.strip))
                && self.strips.iter().all(|strip| !strip.matters || reach.reaches_one(&strip.points))
        })
    }

    /// For each stall that stood before, whether people get to it.
    pub(super) fn reached_before(&mut self) -> Vec<bool> {
        self.settle();
        self.reach.flood();
        self.strips.iter().map(|strip| self.reach.reaches_one(&strip.points)).collect()
    }

    /// Takes away what nobody gets to; whether those that stood before are reached.
    pub(super) fn drop_unreached(&mut self) -> bool {
        self.settle();
        self.reach.flood();
        for at in (0..self.pieces.len()).rev() {
            if !self.reach.reaches(self.pieces[at].strip) {
                self.take(at);
            }
        }
        self.strips.iter().all(|strip| !strip.matters || self.reach.reaches_one(&strip.points))
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

/// Nothing stands anywhere.
fn open(lattice: &Lattice, side: usize) -> Tally {
    let count = lattice.xs[lie(side)].len();
    let mut taken = Tally::new(count, lattice.ys[lie(side)].len());
    for (at, _) in lattice.open[side].iter().enumerate().filter(|(_, open)| **open < SHUT) {
        taken.open(at / count, at % count);
    }
    taken
}
