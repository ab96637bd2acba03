//! How two boards differ: assign, move, swap, vacate, fill and undo are all a list of changes, each with the
//! place it starts from, so that a change made on a stale board is noticed.

use serde::{Deserialize, Serialize};

use super::{Board, Held, rule};
use crate::{EntryId, StallId};

/// One entry's way from where it stood to where it stands next; `None` is the tray of those who wait.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Who.
    pub entry: EntryId,
    /// Where it must stand now.
    pub from: Option<StallId>,
    /// Where it goes.
    pub to: Option<StallId>,
    /// Whether it is pinned there.
    pub pinned: bool,
}

/// The changes that turn `before` into `after`.
pub fn between(before: &[Held], after: &[Held]) -> Vec<Change> {
    let find = |held: &[Held], entry| held.iter().copied().find(|held| held.entry == entry);
    let gone = before.iter().filter(|held| find(after, held.entry).is_none());
    let mut changes: Vec<_> = gone
        .map(|held| Change { entry: held.entry, from: Some(held.stall), to: None, pinned: false })
        .collect();
    changes.extend(after.iter().filter(|held| find(before, held.entry) != Some(**held)).map(|held| Change {
        entry: held.entry,
        from: find(before, held.entry).map(|held| held.stall),
        to: Some(held.stall),
        pinned: held.pinned,
    }));
    changes
}

/// Who stands where after some changes, wherever the entries stood before.
pub fn applied(held: &[Held], changes: &[Change]) -> Vec<Held> {
    let stays = |held: &&Held| changes.iter().all(|change| change.entry != held.entry);
    let mut after: Vec<Held> = held.iter().filter(stays).copied().collect();
    after.extend(
        changes.iter().filter_map(|change| {
            Some(Held { entry: change.entry, stall: change.to?, pinned: change.pinned })
        }),
    );
    after
}

/// Who stands where after an entry is put on a stall (or back into the tray). Whoever stood there takes the
/// place that the entry leaves, if it may stand there; else it goes into the tray.
pub fn put(board: &Board, entry: EntryId, to: Option<StallId>) -> Vec<Held> {
    let from = board.held_by(entry).map(|held| held.stall);
    if to == from {
        return board.held.clone();
    }
    let swaps = |other: EntryId, left: StallId| {
        let both = [(entry, to?), (other, left)].map(|(entry, stall)| Held { entry, stall, pinned: false });
        let rest = board.held.iter().copied().filter(|held| held.entry != entry && held.entry != other);
        let swapped = Board { held: rest.chain(both).collect(), ..board.clone() };
        let blocks = rule::blocks(&swapped, swapped.entry(other)?, swapped.spot(left)?);
        blocks.is_empty().then_some(())
    };
    let mut after = Vec::with_capacity(board.held.len() + 1);
    for held in board.held.iter().filter(|held| held.entry != entry) {
        match from {
            _ if Some(held.stall) != to => after.push(*held),
            Some(left) if swaps(held.entry, left).is_some() => {
                after.push(Held { stall: left, pinned: false, ..*held });
            }
            _ => {}
        }
    }
    after.extend(to.map(|stall| Held { entry, stall, pinned: false }));
    after
}

/// What made the organizer's board change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// One gesture: assign, move, swap, vacate, pin.
    Hand,
    /// Fill in, accepted.
    Fill,
    /// A step back.
    Undo,
    /// A step forward again.
    Redo,
}

impl Act {
    /// The verb of one change, as it stands in the audit trail.
    pub fn verb(self, change: &Change, all: &[Change]) -> &'static str {
        let meets = |other: &Change| other.entry != change.entry && other.from == change.to;
        match (self, change.from, change.to) {
            (Self::Fill, ..) => "assignment.fill",
            (Self::Undo, ..) => "assignment.undo",
            (Self::Redo, ..) => "assignment.redo",
            (Self::Hand, from, to) if from == to && change.pinned => "assignment.pin",
            (Self::Hand, from, to) if from == to => "assignment.unpin",
            (Self::Hand, Some(_), None) => "assignment.vacate",
            (Self::Hand, None, _) => "assignment.assign",
            (Self::Hand, ..) if all.iter().any(meets) => "assignment.swap",
            (Self::Hand, ..) => "assignment.move",
        }
    }
}
