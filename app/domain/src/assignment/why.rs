//! Answers to "why here" and "why not there". Every number is one that a rule used; none is made up afterwards.

use serde::{Deserialize, Serialize};

use super::{Block, Board, Change, Pass, Sight, Term, change, market, rule, score};
use crate::order::Order as _;
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

/// The points of an entry on a stall and where they come from, everybody else staying unless somebody makes room.
/// `None` for ids that the board does not have.
pub fn why(board: &Board, entry: EntryId, stall: StallId) -> Option<Why> {
    let instance = market::instance(board);
    Sight::new(board, &instance).why(entry, stall)
}

impl Sight<'_> {
    /// [`why()`], for many questions to one board.
    pub fn why(&self, entry: EntryId, stall: StallId) -> Option<Why> {
        let (who, spot) = (self.board.entry(entry)?, self.board.spot(stall)?);
        let terms = self.terms(entry, stall, &change::put(self.board, entry, Some(stall)));
        Some(Why { points: score::total(&terms), terms, passes: rule::passes(self.board, who, spot) })
    }

    /// What dropping an entry on a stall would change for the whole market, term by term.
    pub fn what_if(&self, entry: EntryId, stall: StallId) -> Vec<(&'static str, i64)> {
        self.effect(&self.board.held, &change::put(self.board, entry, Some(stall)))
    }
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
    instead.order_by_key(|spot| spot.apart_squared(asked));
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
    let instance = market::instance(before);
    let terms = Sight::new(before, &instance).terms(change.entry, stall, &after.held);
    Because { points: score::total(&terms), terms, against: rule::blocks(after, entry, spot) }
}
