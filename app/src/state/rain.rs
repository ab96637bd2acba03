//! What the rain plan's page and its call have in common: both maps with the roster, and the proposal.

use kaishi_domain::MarketRef;
use kaishi_domain::assignment::Held;
use kaishi_domain::entry::Entry;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Diff, Layout};
use kaishi_domain::market::Plan;
use kaishi_domain::rain::{Cover, Pair, Proposal, Task, candidates, pairs, propose, shelters};

use super::State;

/// Two maps and one roster.
pub struct Twins {
    /// The ground.
    pub ground: Ground,
    /// The fair map with its revision.
    pub fair: (i64, Layout),
    /// The rain map with its revision.
    pub rain: (i64, Layout),
    /// Who comes.
    pub entries: Vec<Entry>,
    /// Who stands where.
    pub held: Vec<Held>,
}

impl State {
    /// Reads both maps and the roster of a market.
    pub async fn twins(&self, at: MarketRef) -> kaishi_store::Result<Twins> {
        let store = &self.store;
        let held = store.assignments(at).await?.into_iter().map(|assigned| assigned.held);
        Ok(Twins {
            ground: store.ground_of(at).await?,
            fair: store.layout(at, Plan::Fair).await?,
            rain: store.layout(at, Plan::Rain).await?,
            entries: store.entries(at).await?,
            held: held.collect(),
        })
    }
}

impl Twins {
    /// Where everybody would stand under cover: on the places of the rain map, and where it has not enough of
    /// them, on new ones.
    pub fn proposal(&self, cover: Cover) -> Proposal {
        let (fair, rain) = (&self.fair.1, &self.rain.1);
        let lacking = fair.stalls().keys().any(|stall| rain.stall(*stall).is_none());
        let room = if lacking { shelters(&self.ground, fair, rain, cover) } else { Vec::new() };
        let places = candidates(&self.ground, fair, rain, &room, cover);
        let task = Task {
            ground: &self.ground,
            fair,
            rain,
            entries: &self.entries,
            held: &self.held,
            places: &places,
            cover,
        };
        propose(&task)
    }

    /// What saves a proposal as the rain map.
    pub fn diff(&self, proposal: &Proposal) -> Diff {
        Diff::between(&self.rain.1, &proposal.layout)
    }

    /// The fair map and another one side by side.
    pub fn beside(&self, rain: &Layout, cover: Cover) -> Vec<Pair> {
        pairs(&self.ground, (&self.fair.1, rain), &self.entries, &self.held, cover)
    }
}
