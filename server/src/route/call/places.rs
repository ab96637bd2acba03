//! Where those who answered stand: which stall does not do for them, and who has more than one.

use kaishi_app::words::Lang;
use kaishi_app::words::call::Call as Words;
use kaishi_domain::assignment::Spot;
use kaishi_domain::call::{Claim, State};
use kaishi_domain::entry::Entry;
use kaishi_domain::{EntryId, Moment, StallId, UnitId};
use kaishi_store::Assigned;

use super::fit::unfit;

/// The stalls of a market with who stands on them.
pub(super) struct Places<'a> {
    pub(super) lang: Lang,
    pub(super) rain: bool,
    pub(super) spots: Vec<Spot>,
    pub(super) entries: &'a [Entry],
    pub(super) assigned: &'a [Assigned],
}

impl Places<'_> {
    fn stall_of(&self, entry: EntryId) -> Option<StallId> {
        self.assigned.iter().find(|one| one.held.entry == entry).map(|one| one.held.stall)
    }

    /// What is wrong with where an answer stands, in words: its stall does not do, or its unit has several.
    pub(super) fn flaws(&self, claim: &Claim, holds: &[(StallId, UnitId, Moment)]) -> Vec<String> {
        let entry = self.entries.iter().find(|entry| claim.state.entry() == Some(entry.id));
        let Some((entry, stall)) = entry.and_then(|entry| Some((entry, self.stall_of(entry.id)?))) else {
            return Vec::new();
        };
        let words = Words(self.lang);
        let spot = self.spots.iter().find(|spot| spot.stall == stall);
        let ill = spot.map(|spot| (spot, unfit(self.lang, entry, spot, self.rain)));
        let ill = ill.filter(|(_, why)| !why.is_empty());
        let ill = ill.map(|(spot, why)| words.ill_placed(&spot.no, &why.join(self.lang.pick("；", "; "))));
        let numbers = self.numbers(claim.unit, holds);
        let several = (numbers.len() > 1).then(|| words.several(&numbers));
        ill.into_iter().chain(several).collect()
    }

    /// The numbers of the stalls on which a unit stands or that it is looking at.
    fn numbers(&self, unit: UnitId, holds: &[(StallId, UnitId, Moment)]) -> Vec<&str> {
        let own = self.entries.iter().filter(|entry| entry.unit == Some(unit));
        let mut stalls: Vec<StallId> = own.filter_map(|entry| self.stall_of(entry.id)).collect();
        stalls.extend(holds.iter().filter(|(_, looks, _)| *looks == unit).map(|(stall, ..)| *stall));
        let spots = self.spots.iter().filter(|spot| stalls.contains(&spot.stall));
        spots.map(|spot| spot.no.as_str()).collect()
    }

    /// The units that have been told and have not said yes, each once: those that have a stall for all that they bring,
    /// and the others.
    pub(super) fn silent<'c>(&self, claims: &'c [Claim]) -> (Vec<&'c str>, Vec<&'c str>) {
        let silent = claims.iter().filter(|claim| matches!(claim.state, State::Accepted { .. }));
        let silent: Vec<&'c Claim> = silent.collect();
        let placed = |claim: &Claim| claim.state.entry().is_some_and(|entry| self.stall_of(entry).is_some());
        let (mut kept, mut without) = (Vec::new(), Vec::new());
        for (at, claim) in silent.iter().enumerate() {
            if silent[..at].iter().any(|earlier| earlier.unit == claim.unit) {
                continue;
            }
            let stands = silent.iter().filter(|other| other.unit == claim.unit).all(|other| placed(other));
            let names = if stands { &mut kept } else { &mut without };
            names.push(claim.unit_name.as_str());
        }
        (kept, without)
    }
}
