//! What the demo's stalls have besides their tap: a queue at the first-aid class, the stall of its kind.

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::Market;
use kaishi_domain::queue::{Standing, Terms};
use kaishi_domain::{MarketRef, StallId};

/// The first-aid class.
const QUEUE: &str = "12";

async fn stall(state: &State, market: &Market, no: &str) -> Result<StallId> {
    let at = MarketRef { org: market.org, market: market.id };
    let signs = state.store.signs(at, state.now()).await?;
    let sign = signs.iter().find(|sign| sign.no == no).context("the demo has lost a stall")?;
    Ok(sign.stall)
}

/// Switches it on.
pub(super) async fn seed(state: &State, by: &Organizer, market: &Market) -> Result<()> {
    let queue = (Terms::new(2, Some(8))?, Standing::Open);
    state.store.queue_set(by, market.id, stall(state, market, QUEUE).await?, queue, state.now()).await?;
    Ok(())
}
