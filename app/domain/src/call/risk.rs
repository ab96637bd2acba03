//! What may leave a stall empty on the day, before it does.

use super::{Claim, State};
use crate::entry::Entry;
use crate::{EntryId, Moment};

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
const GRACE: i64 = 6;

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
            Some(State::Accepted { told, .. }) => {
                let hours = (now.millis() - told.millis()) / 3_600_000;
                if hours >= GRACE {
                    found.push(Risk::Silent(hours));
                }
            }
            Some(State::Leaving { .. }) => found.push(Risk::Leaving),
            _ => {}
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
