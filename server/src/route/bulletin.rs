//! The bulletin: a draft that follows the day, then signed and frozen.

use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::bulletin;
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::draft;
use kaishi_domain::market::{Market, Stage};

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The bulletin of a Saturday.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rail = rail(&state, &who, &market).await?;
    let signed = state.store.bulletin(at).await.map_err(who.no())?;
    let is_signed = signed.is_some();
    let (bulletin, ledger_rows) = match signed {
        Some(kept) => kept,
        None => written(&state, &who, at, &market).await?,
    };
    let place = market.place().map_err(who.no())?;
    let view = bulletin::View {
        market: at,
        as_of: place.clock(bulletin.as_of),
        bulletin,
        ledger_rows,
        signed: is_signed,
        may_sign: !is_signed && market.stage == Stage::Closed && who.desk.may_change,
    };
    Ok(bulletin::bulletin(&who.desk, &rail, view))
}

async fn written(
    state: &State,
    who: &SignedIn,
    at: MarketRef,
    market: &Market,
) -> Result<(kaishi_domain::bulletin::Bulletin, i64), No> {
    let snapshot = state.store.snapshot(at, state.now()).await.map_err(who.no())?;
    let rows = state.store.ledger_rows(at).await.map_err(who.no())?;
    Ok((draft(market, &snapshot).map_err(who.no())?, rows))
}

/// Signs and files it.
pub async fn sign(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let (bulletin, rows) = written(&state, &who, at, &market).await?;
    state.store.bulletin_sign(&by, market.id, &bulletin, rows, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/bulletin")).into_response())
}
