//! The map editor's page.

use axum::extract::{Path, Query, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::pages::layout;
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// Which of the two maps; the one in force, if none is asked for.
#[derive(Deserialize)]
pub struct Which {
    plan: Option<Plan>,
}

/// The editor of one plan.
pub async fn editor(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(which): Query<Which>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rail = rail(&state, &who, &market).await?;
    Ok(layout::layout(&who.desk, &rail, at, which.plan.unwrap_or(market.plan)))
}
