//! Answers to "why here" and "why not there". Every number is one that a rule used; none is made up afterwards.

use serde::{Deserialize, Serialize};

use super::{Block, Board, Change, Pass, Term, rule, score};
use crate::{EntryId, StallId};

/// Why an entry stands well on a stall, or how well it would.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Why {
    /// Sum of the terms.
    pub points: i64,
    /// What it is worth, term by term.
    pub terms: Vec<Term>,
    /// Demands that the stall meets.
    pub passes: Vec<Pass>,
}

/// Why an entry may not stand on a stall.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WhyNot {
    /// Every reason; never empty.
    pub blocks: Vec<Block>,
    /// Free stalls that would do, the nearest to the asked one first.
    pub instead: Vec<StallId>,
}

/// The points of an entry on a stall and where they come from. `None` for ids that the board does not have.
pub fn why(board: &Board, entry: EntryId, stall: StallId) -> Option<Why> {
    let (entry, spot) = (board.entry(entry)?, board.spot(stall)?);
    let from = board.held_by(entry.id).map(|held| held.stall);
    let feed = spot.feed(entry.needs.power_w);
    let terms = score::terms(entry, spot, feed, from, board.rain, &board.weights);
    Some(Why { points: score::total(&terms), terms, passes: rule::passes(board, entry, spot) })
}

/// Why an entry may not stand on a stall, and which free stall would do. `None` where it may.
pub fn why_not(board: &Board, entry: EntryId, stall: StallId) -> Option<WhyNot> {
    let (entry, asked) = (board.entry(entry)?, board.spot(stall)?);
    let blocks = rule::blocks(board, entry, asked);
    if blocks.is_empty() {
        return None;
    }
    let mut instead: Vec<_> =
        board.free().filter(|spot| rule::blocks(board, entry, spot).is_empty()).collect();
    instead.sort_by_key(|spot| spot.apart_squared(asked));
    Some(WhyNot { blocks, instead: instead.into_iter().map(|spot| spot.stall).collect() })
}

/// The reason of a change as it is written beside it: what spoke for it, and which rules it was done against.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Because {
    /// Sum of the terms.
    pub points: i64,
    /// What the place is worth, term by term.
    pub terms: Vec<Term>,
    /// Rules that the organizer's word overruled; only a pinned entry may have any.
    pub against: Vec<Block>,
}

/// The reason of one of the changes that lead from one board to the next. Nothing speaks for the tray.
pub fn because(before: &Board, after: &Board, change: &Change) -> Because {
    let Some(stall) = change.to else { return Because::default() };
    let (Some(entry), Some(spot)) = (after.entry(change.entry), after.spot(stall)) else {
        return Because::default();
    };
    let Some(Why { points, terms, .. }) = why(before, change.entry, stall) else { return Because::default() };
    Because { points, terms, against: rule::blocks(after, entry, spot) }
}
