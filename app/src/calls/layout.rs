//! Opening and saving a map.
#![allow(missing_docs, reason = "the argument structs that the macro writes carry none")]

use kaishi_domain::map::Map;

use kaishi_domain::MarketRef;
use kaishi_domain::StallId;
use kaishi_domain::ground::Ground;
#[cfg(feature = "ssr")]
use kaishi_domain::layout::Stall;
use kaishi_domain::layout::{Conflict, Diff, Layout, Uses};
use kaishi_domain::market::{Plan, Zone};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;

/// What stands on one stall's plate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sign {
    /// Which stall.
    pub stall: StallId,
    /// Name on the sign.
    pub name: String,
    /// Unit; empty while it is still to be found.
    pub unit: String,
}

/// Everything the editor needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Opened {
    /// The ground.
    pub ground: Ground,
    /// The layout that stands.
    pub layout: Layout,
    /// Its revision.
    pub revision: i64,
    /// The numbers of the other plan's stalls.
    pub elsewhere: Map<StallId, String>,
    /// The areas of the ground on which the other plan's stalls stand.
    pub areas: Map<StallId, String>,
    /// Whether the market goes by the other plan.
    pub aside: bool,
    /// Slogan zones, in order.
    pub zones: Vec<Zone>,
    /// Names of those who are assigned.
    pub signs: Vec<Sign>,
    /// What will stand at each stall in this weather, for the checks.
    pub uses: Uses,
    /// Whether this account may change it.
    pub may_change: bool,
}

/// A stall that cannot go, and what hangs on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Its number.
    pub no: String,
    /// Somebody is assigned to it.
    pub assigned: bool,
    /// Posters that lead to it.
    pub posters: i64,
    /// Rows of the ledger that name it.
    pub encounters: i64,
}

#[cfg(feature = "ssr")]
impl From<kaishi_store::InUse> for Held {
    fn from(one: kaishi_store::InUse) -> Self {
        Self { no: one.no, assigned: one.assigned, posters: one.posters, encounters: one.encounters }
    }
}

/// What became of a save.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Stored.
    Done {
        /// The revision it made.
        revision: i64,
        /// The whole layout when others saved in between.
        merged: Option<Layout>,
        /// `10:21` on the wall of the square.
        at: String,
    },
    /// Others changed the same stalls.
    Stale {
        /// The revision that stands.
        revision: i64,
        /// The layout that stands.
        layout: Layout,
        /// Which stalls, with both versions.
        conflict: Conflict,
    },
    /// Something hangs on the stalls that were to go.
    Held(Vec<Held>),
    /// Stalls of the other plan have these stalls' numbers by now.
    Taken {
        /// Which.
        stalls: Vec<StallId>,
        /// The numbers of the other plan.
        elsewhere: Map<StallId, String>,
    },
}

/// Opens one plan of a market.
#[server(prefix = "/api/call", endpoint = "layout/load", input = Json, output = Json)]
pub async fn load(market: MarketRef, plan: Plan) -> Result<Opened, Fault> {
    let (state, actor) = (super::state()?, super::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    let (revision, layout) = state.store.layout(market, plan).await?;
    let (_, other) = state.store.layout(market, plan.other()).await?;
    let labels = state.store.labels(market).await?;
    let known = state.store.market(market).await?;
    let ground = state.store.ground_of(market).await?;
    let area = |stall: &Stall| ground.area_at(stall.centre()).map(|area| (stall.id, area.name.clone()));
    Ok(Opened {
        areas: other.stalls().values().filter_map(area).collect(),
        ground,
        aside: known.plan != plan,
        zones: known.zones,
        elsewhere: other.stalls().values().map(|stall| (stall.id, stall.no.clone())).collect(),
        layout,
        revision,
        signs: labels.into_iter().map(|(stall, l)| Sign { stall, name: l.name, unit: l.unit }).collect(),
        uses: state.store.uses(market, plan).await?,
        may_change: actor.organizer().is_ok(),
    })
}

/// Saves a diff that was made on a revision.
#[server(prefix = "/api/call", endpoint = "layout/save", input = Json, output = Json)]
pub async fn save(market: MarketRef, plan: Plan, base: i64, diff: Diff) -> Result<Kept, Fault> {
    use kaishi_store::Saved;
    let (state, by) = (super::state()?, super::actor().await?.organizer()?);
    if market.org != by.org() {
        return Err(Fault::Missing);
    }
    let known = state.store.market(market).await?;
    if diff.steps().filter_map(|(_, _, is)| is).any(|stall| known.zone(&stall.zone).is_none()) {
        return Err(Fault::Refused("zone".into()));
    }
    let now = state.now();
    Ok(match state.store.layout_save(&by, market.market, plan, base, &diff, now).await? {
        Saved::Done { revision, merged } => Kept::Done { revision, merged, at: known.place()?.clock(now) },
        Saved::Stale { revision, layout, conflict } => Kept::Stale { revision, layout, conflict },
        Saved::Held(held) => Kept::Held(held.into_iter().map(Held::from).collect()),
        Saved::Taken { stalls, elsewhere } => Kept::Taken { stalls, elsewhere },
    })
}
