//! The day itself: the list before opening, cells, incidents, announcements, the emergency card, opening and closing.

pub mod announce;
pub mod board;
pub mod cells;
pub mod emergency;
pub mod head;
pub mod incidents;
pub mod preflight;
pub mod stage;
pub mod warning;
pub mod weather;

use axum::Router;
use axum::routing::{get, post};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::resident::Done;
use kaishi_domain::cell::Cell;
use kaishi_domain::incident::Spot;
use kaishi_domain::{MarketRef, StallId};
use kaishi_store::Result;

/// The day itself: what has to be in order, who stands by whom, what went wrong, what everybody is told.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/preflight", get(preflight::page))
        .route("/o/m/{market}/preflight/attendance", post(preflight::expect))
        .route("/o/m/{market}/preflight/{item}", post(preflight::mark))
        .route("/o/m/{market}/cells", get(cells::page).post(cells::make))
        .route("/o/m/{market}/cells/move", post(cells::shift))
        .route("/o/m/{market}/cells/{cell}", post(cells::describe))
        .route("/o/m/{market}/cells/{cell}/relink", post(cells::relink))
        .route("/o/m/{market}/incidents", get(incidents::page).post(incidents::add))
        .route("/o/m/{market}/incidents/{incident}", post(incidents::step))
        .route("/o/m/{market}/emergency", get(emergency::page).post(emergency::save))
        .route("/o/m/{market}/emergency/print", get(emergency::print))
        .route("/o/m/{market}/announce", post(announce::tell))
        .route("/o/m/{market}/announce/{line}", post(announce::end))
        .route("/o/m/{market}/stage", post(stage::stage))
}

/// The stalls of a market in the order of their numbers, as people call them: `8号摊 健康义诊`.
pub(super) async fn stalls(state: &State, at: MarketRef, lang: Lang) -> Result<Vec<(StallId, String)>> {
    let signs = state.store.signs(at, state.now()).await?;
    let here = signs.iter().filter(|sign| !sign.withdrawn);
    Ok(here
        .map(|sign| (sign.stall, Done(lang).where_served(&sign.no, &sign.name).trim().to_owned()))
        .collect())
}

/// Where something is, in words.
pub(super) fn place(spot: &Spot, stalls: &[(StallId, String)], cells: &[Cell]) -> String {
    match spot {
        Spot::Stall(id) => stalls.iter().find(|(stall, _)| stall == id).map(|(_, name)| name.clone()),
        Spot::Cell(id) => cells.iter().find(|cell| cell.id == *id).map(|cell| cell.name.clone()),
        Spot::Elsewhere(words) => Some(words.clone()),
    }
    .unwrap_or_default()
}
