//! Too many units for too few stalls: who they are, which stalls they are, and what closes every other one.
//!
//! Any placement leaves one of them out (Hall's theorem): each unit of the set may stand on the stalls of the set only,
//! and there is one unit more than there are stalls. Found along who stands in whose way.

use std::collections::BTreeSet;

use super::{Board, Spot, rule};
use crate::entry::Entry;
use crate::order::{Gather as _, Order as _};
use crate::{EntryId, StallId};

/// Units that compete for stalls, one more than there are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hall {
    /// Who, in the order of the list.
    pub entries: Vec<EntryId>,
    /// The stalls that would do for any of them, in the order of the numbers.
    pub stalls: Vec<StallId>,
    /// The codes of what closes every other stall to all of them, the one that closes most first; empty where no stall
    /// is left over.
    pub codes: Vec<&'static str>,
}

/// Everything that closes a stall to an entry without a pin, however the others without one stand.
fn closed(board: &Board, entry: &Entry, spot: &Spot) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> =
        rule::lacks(entry, spot, board.rain, &board.weights).iter().map(rule::Block::code).collect();
    if board.lacks_paper(entry.id).is_some() {
        codes.push("no_paper");
    }
    if board.held_at(spot.stall).is_some_and(|held| held.pinned) {
        codes.push("held_by_pin");
    }
    if board.reserved_at(spot.stall).is_some() {
        codes.push("reserved");
    }
    codes
}

/// The units among which one must stay out when `entry` waits on a board that is filled. `None` where it is not their
/// number: no stall at all would do, or a free one would and only its outlet or its neighbours are in the way.
pub fn hall(board: &Board, entry: EntryId) -> Option<Hall> {
    let (mut entries, mut stalls) = (vec![entry], BTreeSet::new());
    let mut next = 0;
    while let Some(at) = entries.get(next).copied() {
        next += 1;
        let who = board.entry(at)?;
        for spot in &board.spots {
            if !stalls.contains(&spot.stall) && closed(board, who, spot).is_empty() {
                entries.push(board.held_at(spot.stall)?.entry);
                stalls.insert(spot.stall);
            }
        }
    }
    if stalls.is_empty() {
        return None;
    }
    let place = |id: &EntryId| board.entry_index(*id);
    entries.order_by_key(place);
    let within = |spot: &&Spot| stalls.contains(&spot.stall);
    let codes = common(board, &entries, board.spots.iter().filter(|spot| !within(spot)));
    let stalls = board.spots.iter().filter(within).map(|spot| spot.stall).gather();
    Some(Hall { entries, stalls, codes })
}

/// What closes each of some stalls to all of some entries, the commonest first.
fn common<'b>(
    board: &'b Board,
    entries: &[EntryId],
    others: impl Iterator<Item = &'b Spot>,
) -> Vec<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for spot in others {
        let mut each = entries.iter().filter_map(|id| board.entry(*id)).map(|who| closed(board, who, spot));
        let mut all = each.next().unwrap_or_default();
        for codes in each {
            all.retain(|code| codes.contains(code));
        }
        for code in all {
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => counts.push((code, 1)),
            }
        }
    }
    counts.order_by(|(a, one), (b, other)| (other, a).cmp(&(one, b)));
    counts.into_iter().map(|(code, _)| code).collect()
}
