//! The demo's ground and its two maps: the square when it is fair, the covered corridor when it rains.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Diff, Layout, Spot};
use kaishi_domain::market::Plan;
use kaishi_domain::{GroundId, MarketId, StallId};
use kaishi_store::Saved;

const GROUND: &str = include_str!("../../demo/ground.json");
const PLANS: [(Plan, &str); 2] = [
    (Plan::Fair, include_str!("../../demo/layout-fair.json")),
    (Plan::Rain, include_str!("../../demo/layout-rain.json")),
];

/// Adds the ground.
pub(super) async fn ground(state: &State, by: &Organizer) -> Result<GroundId> {
    let id = GroundId::new(state.now(), state.random());
    let title = Ground::parse(GROUND)?.title;
    state.store.ground_add(by, id, &title, GROUND).await?;
    Ok(id)
}

/// Lays both maps. A number is the same stall in either.
pub(super) async fn layouts(state: &State, by: &Organizer, market: MarketId) -> Result<()> {
    let mut known: BTreeMap<String, StallId> = BTreeMap::new();
    for (plan, file) in PLANS {
        let mut stalls = Vec::new();
        for spot in Spot::parse_all(file)? {
            let fresh = StallId::new(state.now(), state.random());
            let id = *known.entry(spot.no().to_owned()).or_insert(fresh);
            stalls.push(spot.stall(id)?);
        }
        let diff = Diff::between(&Layout::default(), &Layout::of(stalls)?);
        let saved = state.store.layout_save(by, market, plan, 0, &diff, state.now()).await?;
        ensure!(matches!(saved, Saved::Done { .. }), "the demo's map was not saved: {saved:?}");
    }
    Ok(())
}
