//! Fill in (补齐): places as many entries as can stand, then for as many points as possible, around the pins.
//! Says for each why it stands there, and for each that stays out what closed every stall and what would help.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::circuit::{Found, Search};
use super::{Block, Board, Held, Line, Outlet, Spot, Term, rule, score};
use crate::entry::Entry;
use crate::{EntryId, StallId};

/// One entry on its stall.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Placement {
    /// Who.
    pub entry: EntryId,
    /// Where.
    pub stall: StallId,
    /// Which outlet feeds it.
    pub outlet: Option<String>,
    /// Why here, term by term.
    pub terms: Vec<Term>,
    /// The sum of the terms.
    pub points: i64,
    /// The organizer has said so.
    pub pinned: bool,
}

/// The cheapest single thing that would let an entry in, cheapest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relaxation {
    /// Let it stand outside its slogan zone.
    OtherZone,
    /// Let it be narrower.
    Narrower,
    /// It brings its own water.
    OwnWater,
    /// It does without mains power (or brings a battery).
    OwnPower,
    /// It stands in the rain.
    WithoutShelter,
    /// One more stall that meets its needs.
    AnotherStall,
}

/// An entry that stays out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unplaced {
    /// Who.
    pub entry: EntryId,
    /// For each stall every reason why not; never empty for a stall.
    pub blocks: Vec<(StallId, Vec<Block>)>,
    /// What would help.
    pub relaxation: Relaxation,
}

/// An outlet or a circuit on which the pinned entries alone draw too much.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Overload {
    /// Which outlet.
    pub outlet: String,
    /// Watts drawn.
    pub load_w: i64,
    /// Watts it carries.
    pub capacity_w: i64,
}

/// The answer of fill-in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Filled {
    /// Everybody who stands, in the order of the stalls.
    pub placements: Vec<Placement>,
    /// Everybody who stays out, in the order of the entries.
    pub unplaced: Vec<Unplaced>,
    /// Outlets that the pins alone overload.
    pub overloads: Vec<Overload>,
    /// Sum of all points.
    pub points: i64,
    /// Whether no other placement around the same pins is better (proved, on terms of one entry and one stall).
    pub optimal: bool,
}

impl Filled {
    /// The board's holdings after it is applied.
    pub fn held(&self) -> Vec<Held> {
        let held = |at: &Placement| Held { entry: at.entry, stall: at.stall, pinned: at.pinned };
        self.placements.iter().map(held).collect()
    }
}

/// Places everybody as well as possible; pinned entries stay where they are.
pub fn fill(board: &Board) -> Filled {
    let search = Search::new(board);
    let found = search.run();
    let held = holdings(board, &search, &found);
    let mut after = board.clone();
    after.held.clone_from(&held);
    let placements = placements(board, &held);
    let waiting = after.waiting().map(|entry| unplaced(board, &after, entry)).collect();
    Filled {
        points: placements.iter().map(|at| at.points).sum(),
        placements,
        unplaced: waiting,
        overloads: overloads(&after),
        optimal: found.optimal,
    }
}

fn holdings(board: &Board, search: &Search, found: &Found) -> Vec<Held> {
    let mut held: Vec<_> = board.held.iter().copied().filter(|held| held.pinned).collect();
    for (entry, spot) in search.rows().iter().zip(&found.spots) {
        if let Some(spot) = spot {
            held.push(Held { entry: entry.id, stall: search.spots()[*spot].stall, pinned: false });
        }
    }
    let order = |held: &Held| board.spots.iter().position(|spot| spot.stall == held.stall);
    held.sort_by_key(order);
    held
}

/// Each holding with its terms; the move tax is counted from where the board has the entry now.
pub fn placements(board: &Board, held: &[Held]) -> Vec<Placement> {
    let place = |held: &Held| {
        let (entry, spot) = (board.entry(held.entry)?, board.spot(held.stall)?);
        let from = board.held_by(entry.id).map(|held| held.stall);
        let feed = spot.feed(entry.needs.power_w);
        let terms = score::terms(entry, spot, feed, from, board.rain, &board.weights);
        Some(Placement {
            entry: held.entry,
            stall: held.stall,
            outlet: feed.map(|feed| feed.id.clone()),
            points: score::total(&terms),
            terms,
            pinned: held.pinned,
        })
    };
    held.iter().filter_map(place).collect()
}

fn overloads(after: &Board) -> Vec<Overload> {
    let lines: BTreeSet<Line> =
        after.spots.iter().flat_map(|spot| &spot.outlets).flat_map(Outlet::lines).collect();
    lines
        .into_iter()
        .map(|line| (line, after.load(line, None)))
        .filter(|(line, load_w)| *load_w > line.capacity_w)
        .map(|(line, load_w)| Overload { outlet: line.id.to_owned(), load_w, capacity_w: line.capacity_w })
        .collect()
}

fn unplaced(board: &Board, after: &Board, entry: &Entry) -> Unplaced {
    let closed = |spot: &Spot| {
        let mut blocks = rule::blocks(after, entry, spot);
        if let Some(held) = after.held_at(spot.stall).filter(|_| blocks.is_empty()) {
            blocks.push(Block::Taken { by: held.entry });
        }
        (spot.stall, blocks)
    };
    Unplaced {
        entry: entry.id,
        blocks: board.spots.iter().map(closed).collect(),
        relaxation: relaxation(board, after, entry),
    }
}

/// The first relaxation after which one more entry really finds a place.
fn relaxation(board: &Board, after: &Board, entry: &Entry) -> Relaxation {
    let needs = &entry.needs;
    let candidates = [
        (board.weights.strict_zones, Relaxation::OtherZone),
        (needs.width_cm > 0, Relaxation::Narrower),
        (needs.water, Relaxation::OwnWater),
        (needs.power_w > 0, Relaxation::OwnPower),
        (needs.shelter && board.rain, Relaxation::WithoutShelter),
    ];
    // Where every stall is given out, only one more stall helps.
    let full = after.free().next().is_none();
    let helps = |kind: Relaxation| {
        let relaxed = kind.applied(board, entry.id);
        let search = Search::new(&relaxed);
        let found = search.run();
        holdings(&relaxed, &search, &found).len() > after.held.len()
    };
    candidates
        .into_iter()
        .filter(|(asked, _)| *asked && !full)
        .map(|(_, kind)| kind)
        .find(|kind| helps(*kind))
        .unwrap_or(Relaxation::AnotherStall)
}

impl Relaxation {
    /// The board with this one demand of the entry lifted. For [`Relaxation::AnotherStall`] the board itself.
    #[must_use]
    pub fn applied(self, board: &Board, entry: EntryId) -> Board {
        let mut relaxed = board.clone();
        let Some(at) = relaxed.entries.iter_mut().find(|at| at.id == entry) else { return relaxed };
        match self {
            Self::OtherZone => at.zone.clear(),
            Self::Narrower => at.needs.width_cm = 0,
            Self::OwnWater => at.needs.water = false,
            Self::OwnPower => at.needs.power_w = 0,
            Self::WithoutShelter => at.needs.shelter = false,
            Self::AnotherStall => {}
        }
        relaxed
    }
}
