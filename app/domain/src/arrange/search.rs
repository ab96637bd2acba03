//! Betters a zone stall by stall: puts one where one or two others stand in the way, fills what became free,
//! and keeps the change if no stall is lost and people still get everywhere.

use std::cmp::Ordering;

use super::board::{Board, Piece};
use super::lattice::{Spot, lie};

/// One in so many changes that lose neighbours and no stall is kept: order must not stand in the way.
const UNTIDY: usize = 4;
/// One in so many changes that lose a stall is kept.
const WORSE: usize = 160;

/// What a change costs on a ground of the usual size.
const CHANGE: usize = 17;

/// A reproducible sequence (`SplitMix64`, Steele, Lea and Flood 2014).
#[derive(Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `bound`, which is not zero.
    pub(super) const fn below(&mut self, bound: usize) -> usize {
        ((self.roll() >> 32).wrapping_mul(bound as u64) >> 32) as usize
    }
}

/// One change of the board, with what undoes it.
#[derive(Default)]
struct Change {
    gone: Vec<Piece>,
    come: Vec<Spot>,
    /// Neighbours won less neighbours lost: straight rows have many.
    neat: isize,
}

fn undo(board: &mut Board, change: &Change) {
    for spot in change.come.iter().rev() {
        if let Some(at) = board.pieces.iter().rposition(|piece| piece.spot == *spot) {
            board.take(at);
        }
    }
    for piece in &change.gone {
        board.put(*piece);
    }
}

/// Fills the board and tries changes, about so many on a ground of the usual size; leaves the best board it saw.
pub(super) fn better(board: &mut Board, dice: &mut Dice, tries: usize) {
    let spots = open_spots(board);
    if spots.is_empty() || tries == 0 {
        return;
    }
    fill_all(board, &spots, dice);
    walk(board, &spots, dice, tries * CHANGE);
}

/// Tries changes for so much work and leaves the best board it saw.
fn walk(board: &mut Board, spots: &[Spot], dice: &mut Dice, mut work: usize) {
    let (mut best, mut neat, mut neatest) = (board.pieces.clone(), 0, 0);
    let mut free = Vec::new();
    let [change_price, look_price] = board.prices(spots[spots.len() / 2]);
    while work > 0 {
        let Some(spot) = pick(board, spots, dice) else { break };
        let before = board.pieces.len();
        let bold = dice.below(WORSE) == 0;
        let Some(change) = force(board, spot, bold, dice, &mut free) else {
            work = work.saturating_sub(look_price);
            continue;
        };
        work = work.saturating_sub(change_price);
        let after = board.pieces.len();
        let keeps = match after.cmp(&before) {
            Ordering::Greater => true,
            Ordering::Equal => change.neat >= 0 || dice.below(UNTIDY) == 0,
            Ordering::Less => bold && after + 1 == before && after + 2 > best.len(),
        };
        if !keeps || !board.all_reached() {
            undo(board, &change);
            continue;
        }
        neat += change.neat;
        if (after, neat) >= (best.len(), neatest) {
            best.clone_from(&board.pieces);
            neatest = neat;
        }
    }
    if board.pieces != best {
        board.clear();
        for piece in best {
            board.put(piece);
        }
    }
}

fn open_spots(board: &Board) -> Vec<Spot> {
    let mut spots = Vec::new();
    for side in 0..4_usize {
        let k = lie(side);
        let (columns, rows) = (board.lattice.xs[k].len(), board.lattice.ys[k].len());
        for iy in 0..rows {
            for ix in 0..columns {
                let spot = Spot { side: side as u8, ix: ix as u16, iy: iy as u16 };
                if board.is_open(side, iy * columns + ix) && board.is_within_reach(spot) {
                    spots.push(spot);
                }
            }
        }
    }
    spots
}

/// A spot with one or two stalls in its way.
fn pick(board: &Board, spots: &[Spot], dice: &mut Dice) -> Option<Spot> {
    (0..400).find_map(|_| {
        let spot = spots[dice.below(spots.len())];
        board.is_cheap(spot).then_some(spot)
    })
}

/// Puts a stall on a spot, takes away what is in its way and fills what became free.
fn force(board: &mut Board, spot: Spot, bold: bool, dice: &mut Dice, free: &mut Vec<Spot>) -> Option<Change> {
    let piece = board.piece(spot);
    let mut way = Vec::new();
    for (at, other) in board.pieces.iter().enumerate() {
        if other.spot == spot {
            return None;
        }
        if board.clash(&piece, other) {
            way.push(at);
        }
    }
    let lost = match way[..] {
        [one, other] => !board.frees([one, other].map(|at| board.pieces[at].spot), spot),
        _ => way.len() > 2,
    };
    if lost && !bold {
        return None;
    }
    let mut change = Change::default();
    for at in way.into_iter().rev() {
        let gone = board.take(at);
        change.neat -= board.neighbours(&gone) as isize;
        change.gone.push(gone);
    }
    if board.too_long(&piece) {
        undo(board, &change);
        return None;
    }
    change.neat += board.neighbours(&piece) as isize;
    board.put(piece);
    change.come.push(spot);
    free.clear();
    for gone in &change.gone {
        board.free_near(gone, free);
    }
    change.neat += fill(board, free, dice, &mut change.come);
    Some(change)
}

/// Puts stalls on free spots, from one corner on that the dice choose; the neighbours they have.
fn fill(board: &mut Board, free: &mut Vec<Spot>, dice: &mut Dice, come: &mut Vec<Spot>) -> isize {
    let way = dice.below(8);
    let (east, north, steep) = (way & 1 == 0, way & 2 == 0, way & 4 == 0);
    let key = |board: &Board, spot: &Spot| {
        let rect = board.lattice.rect(*spot);
        let x = if east { rect.x0 } else { -rect.x1 };
        let y = if north { rect.y0 } else { -rect.y1 };
        if steep { x + y / 64.0 } else { y + x / 64.0 }
    };
    let mut order: Vec<(f64, Spot)> = free.drain(..).map(|spot| (key(board, &spot), spot)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.dedup_by_key(|(_, spot)| *spot);
    let mut won = 0;
    for (_, spot) in order {
        if board.try_put(spot) {
            won += board.pieces.last().map_or(0, |piece| board.neighbours(piece)) as isize;
            come.push(spot);
        }
    }
    won
}

/// Puts a stall wherever one still fits.
fn fill_all(board: &mut Board, spots: &[Spot], dice: &mut Dice) {
    let mut free: Vec<Spot> = spots.iter().copied().filter(|spot| board.is_free(*spot)).collect();
    let mut come = Vec::new();
    fill(board, &mut free, dice, &mut come);
    while !board.all_reached() {
        let Some(spot) = come.pop() else { break };
        if let Some(at) = board.pieces.iter().rposition(|piece| piece.spot == spot) {
            board.take(at);
        }
    }
}
