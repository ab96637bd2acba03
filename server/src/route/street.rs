//! Several markets of one day on one screen, by the signed link of any of them.

use axum::extract::{Path, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::refused::refused;
use kaishi_app::pages::screen::{Row, street};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::token::Purpose;

use crate::route::caller::Tongue;

/// `GET /screen/{token}/street`
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    let drawn = match rows(&state, &token).await {
        Ok((events, rows)) => street(&state.site, lang, events, rows).map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    drawn.unwrap_or_else(|fault| refused(&state.site, lang, &fault))
}

async fn rows(state: &State, token: &str) -> Result<(String, Vec<Row>), Fault> {
    let link = state.keys.read(Purpose::Screen, token).map_err(|_| Fault::Missing)?;
    let now = state.now();
    let watcher = state.store.watcher(link, now).await?;
    let own = state.path(Purpose::Screen, link);
    let mut rows = Vec::new();
    for at in state.store.same_day(&watcher).await? {
        rows.push(row(state, at, (at.market == watcher.market).then(|| own.clone())).await?);
    }
    Ok((format!("{own}/street/events"), rows))
}

async fn row(state: &State, at: MarketRef, screen: Option<String>) -> Result<Row, Fault> {
    Ok(Row {
        organization: state.store.organization(at.org).await?.name,
        market: state.store.market(at).await?,
        screen,
        seen: state.store.snapshot(at, state.now()).await?,
    })
}
