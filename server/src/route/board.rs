//! The assignment board's page; its calls are server functions.

use axum::extract::{Path, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::pages::board;
use kaishi_app::state::State;
use kaishi_domain::MarketRef;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The board of one Saturday.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rail = rail(&state, &who, &market).await?;
    Ok(board::board(&who.desk, &rail, at))
}
