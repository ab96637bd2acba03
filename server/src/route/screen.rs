//! The big screen's page, by its signed link.

use axum::extract::{Path, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::refused::refused;
use kaishi_app::pages::screen::{self, View};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::token::Purpose;

use crate::route::caller::Tongue;

/// `GET /screen/{token}`
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    let drawn = match view(&state, &token).await {
        Ok(view) => screen::screen(&state.site, lang, view).map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    drawn.unwrap_or_else(|fault| refused(&state.site, lang, &fault))
}

async fn view(state: &State, token: &str) -> Result<View, Fault> {
    let link = state.keys.read(Purpose::Screen, token).map_err(|_| Fault::Missing)?;
    let now = state.now();
    let watcher = state.store.watcher(link, now).await?;
    let at = MarketRef { org: watcher.org, market: watcher.market };
    let market = state.store.market(at).await?;
    let (_, layout) = state.store.published(at, market.plan).await?;
    Ok(View {
        events: format!("{}/events", state.path(Purpose::Screen, link)),
        organization: state.store.organization(at.org).await?.name,
        ground: state.store.ground_of(at).await?,
        layout,
        seen: state.store.snapshot(at, now).await?,
        past: state.store.past(&market).await?,
        street: (state.store.same_day(&watcher).await?.len() > 1)
            .then(|| format!("{}/street", state.path(Purpose::Screen, link))),
        market,
    })
}
