//! Who else has this map open, said and asked in one beat every five seconds.
#![allow(missing_docs, reason = "the argument structs that the macro writes carry none")]

use kaishi_domain::market::Plan;
use kaishi_domain::{MarketRef, StallId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;

/// Somebody else on the same map.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Other {
    /// The same from beat to beat, one a tab.
    pub seat: String,
    /// The name they sign in with.
    pub name: String,
    /// Its first letter.
    pub initial: String,
    /// The stalls that they have selected.
    pub selected: Vec<StallId>,
}

/// The map as it stands, and who is there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Here {
    /// The draft's revision: a higher one than mine means that somebody has saved.
    pub revision: i64,
    /// The version that residents see; 0 before the first.
    pub version: i64,
    /// The others, longest there first.
    pub others: Vec<Other>,
}

/// Says that this tab is here and what it has selected; answers the others. Silence of 15 seconds is a
/// goodbye. `seat` is the tab's own name, chosen when it opens the map.
#[server(prefix = "/api/call", endpoint = "layout/presence", input = Json, output = Json)]
pub async fn presence(
    market: MarketRef,
    plan: Plan,
    seat: String,
    selected: Vec<StallId>,
) -> Result<Here, Fault> {
    use kaishi_store::Seat;
    let (state, actor) = (super::state()?, super::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    if !(8..=40).contains(&seat.len()) || selected.len() > kaishi_domain::layout::MOST_STALLS {
        return Err(Fault::Refused("seat".into()));
    }
    let name = state.store.login_of(actor.org(), actor.account()).await?;
    let (revision, version) = state.store.layout_heads(market, plan).await?;
    let mine = Seat { id: seat, name, selected };
    let others = state.store.beat((market, plan), &mine, state.now()).await?;
    let others = others.into_iter().map(|Seat { id, name, selected }| Other {
        seat: id,
        initial: name.chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default(),
        name,
        selected,
    });
    Ok(Here { revision, version, others: others.collect() })
}
