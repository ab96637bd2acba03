//! Asking for a rain map: who would stand where, and the diff that saves it through `layout/save`.

use kaishi_domain::MarketRef;
use kaishi_domain::layout::Diff;
use kaishi_domain::rain::{Cover, Left, Move};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use crate::fault::Fault;

/// A rain map that nobody has saved yet.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Proposed {
    /// The revision of the rain map that `diff` starts from.
    pub base: i64,
    /// What saves it.
    pub diff: Diff,
    /// Who moves where.
    pub moves: Vec<Move>,
    /// What no longer fits.
    pub left: Vec<Left>,
}

/// Proposes a rain map; writes nothing.
#[server(prefix = "/api/call", endpoint = "rain/propose", input = Json, output = Json)]
pub async fn rain_propose(market: MarketRef, cover: Cover) -> Result<Proposed, Fault> {
    let (state, actor) = (super::state()?, super::actor().await?);
    if market.org != actor.org() {
        return Err(Fault::Missing);
    }
    let twins = state.twins(market).await?;
    let proposal = twins.proposal(cover);
    let diff = twins.diff(&proposal);
    Ok(Proposed { base: twins.rain.0, diff, moves: proposal.moves, left: proposal.left })
}
