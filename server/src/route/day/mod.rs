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

use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::resident::Done;
use kaishi_domain::cell::Cell;
use kaishi_domain::incident::Spot;
use kaishi_domain::{MarketRef, StallId};
use kaishi_store::Result;

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
