//! What may leave a stall empty on the day, before it does.

use super::{Claim, State};
use crate::entry::Entry;
use crate::moment::HOUR;
use crate::{EntryId, Moment, UnitId};

/// Why somebody may be missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Risk {
    /// No unit has been found for it.
    NoUnit,
    /// Told so many hours ago, and has not said that it comes.
    Silent(i64),
    /// Asks to be let go.
    Leaving,
    /// Has no stall.
    NoStall,
    /// Has stayed away so often without a word.
    StaysAway(i64),
}

/// A unit that was told less than so many hours ago may still be reading.
pub const GRACE: i64 = 6;

impl State {
    /// For how many hours it has been known to a unit that it comes, without a word from it.
    const fn silent(&self, now: Moment) -> Option<i64> {
        match self {
            Self::Accepted { told, .. } => Some(now.since(*told) / HOUR),
            _ => None,
        }
    }
}

/// The units that have been told so lately that their silence means nothing yet, in the order of their answers. Those
/// that are there need say nothing.
pub fn fresh(entries: &[Entry], claims: &[Claim], now: Moment) -> Vec<UnitId> {
    let there = |id: EntryId| entries.iter().any(|entry| entry.id == id && entry.arrived);
    let waits = |claim: &&Claim| {
        claim.state.silent(now).is_some_and(|hours| hours < GRACE) && !claim.state.entry().is_some_and(there)
    };
    let mut units: Vec<UnitId> = Vec::new();
    for claim in claims.iter().filter(waits) {
        if !units.contains(&claim.unit) {
            units.push(claim.unit);
        }
    }
    units
}

/// Everything on the roster that may go wrong, in the roster's order, each with its worst reason first.
///
/// `placed` says who has a stall, `missed` how often the unit of an entry stayed away before.
pub fn risks(
    entries: &[Entry],
    claims: &[Claim],
    now: Moment,
    placed: impl Fn(EntryId) -> bool,
    missed: impl Fn(&Entry) -> i64,
) -> Vec<(EntryId, Vec<Risk>)> {
    let of = |entry: &Entry| {
        let mut found = Vec::new();
        if entry.unit.is_none() {
            found.push(Risk::NoUnit);
        }
        match claims.iter().find(|claim| claim.state.entry() == Some(entry.id)).map(|claim| &claim.state) {
            Some(State::Leaving { .. }) => found.push(Risk::Leaving),
            Some(state) => {
                found.extend(state.silent(now).filter(|hours| *hours >= GRACE).map(Risk::Silent));
            }
            None => {}
        }
        if !placed(entry.id) {
            found.push(Risk::NoStall);
        }
        let often = missed(entry);
        if often > 0 {
            found.push(Risk::StaysAway(often));
        }
        found.sort_unstable();
        (entry.id, found)
    };
    entries.iter().filter(|entry| !entry.arrived).map(of).filter(|(_, found)| !found.is_empty()).collect()
}
