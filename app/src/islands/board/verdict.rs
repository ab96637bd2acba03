//! What the stalls are to a unit that is chosen, and who stands against a rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kaishi_domain::assignment::{Block, Board, Sight, Spot, market, rule};
use kaishi_domain::order::Gather as _;
use kaishi_domain::{EntryId, StallId};

use crate::words::Lang;
use crate::words::board::short;

/// What a stall is to the unit that is chosen or dragged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It stands here.
    Here,
    /// It may, for so many points.
    Yes(i64),
    /// It may not.
    No(Vec<Block>),
}

/// Who stands against a rule, in the order of the stalls, with the first one.
pub(super) fn broken(board: &Board) -> Vec<(EntryId, Block)> {
    let first = |spot: &Spot| {
        let held = board.held_at(spot.stall)?;
        Some((held.entry, refusals(board, held.entry, spot.stall).into_iter().next()?))
    };
    board.spots.iter().filter_map(first).collect()
}

/// What every stall is to a unit.
pub(super) fn verdicts(board: &Board, entry: EntryId) -> BTreeMap<StallId, Verdict> {
    let instance = market::instance(board);
    let sight = Sight::new(board, &instance);
    let judge = |stall| match refusals(board, entry, stall) {
        _ if board.held_by(entry).is_some_and(|held| held.stall == stall) => Verdict::Here,
        blocks if blocks.is_empty() => Verdict::Yes(sight.why(entry, stall).map_or(0, |why| why.points)),
        blocks => Verdict::No(blocks),
    };
    board.spots.iter().map(|spot| (spot.stall, judge(spot.stall))).gather()
}

/// Without a question: where the unit stands, else its best free stall.
pub(super) fn best(board: &Board, verdicts: &BTreeMap<StallId, Verdict>, entry: EntryId) -> Option<StallId> {
    if let Some(held) = board.held_by(entry) {
        return Some(held.stall);
    }
    let free = verdicts.iter().filter(|(stall, _)| board.held_at(**stall).is_none());
    free.filter_map(|(stall, verdict)| match verdict {
        Verdict::Yes(points) => Some((*points, Reverse(*stall))),
        _ => None,
    })
    .max()
    .map(|(_, Reverse(stall))| stall)
}

/// Why a unit may not stand on a stall.
pub(super) fn refusals(board: &Board, entry: EntryId, stall: StallId) -> Vec<Block> {
    match (board.entry(entry), board.spot(stall)) {
        (Some(entry), Some(spot)) => rule::blocks(board, entry, spot),
        _ => Vec::new(),
    }
}

impl Verdict {
    /// The first reason why not, as it fits on a plate.
    pub(super) fn short(&self, lang: Lang) -> Option<&'static str> {
        match self {
            Self::No(blocks) => blocks.first().map(|block| short(lang, block)),
            _ => None,
        }
    }
}
