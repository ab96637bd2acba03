//! The names behind the ids of appeals, and times as people read them.

use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::resident::Done;
use kaishi_app::words::story::Names;
use kaishi_domain::moment::Place;
use kaishi_domain::{MarketRef, Moment};
use kaishi_store::Result;

/// Every unit of the organization and every stall of the market.
pub async fn names(state: &State, at: MarketRef, lang: Lang) -> Result<Names> {
    let signs = state.store.signs(at, state.now()).await?;
    let stalls =
        signs.iter().map(|sign| (sign.stall, Done(lang).where_served(&sign.no, &sign.name))).collect();
    let grids = state.store.grids(at.org).await?.into_iter().map(|grid| (grid.id, grid.name)).collect();
    Ok(Names { units: state.store.unit_names(at.org).await?, stalls, grids })
}

/// `5月13日 10:42`
pub fn moment(place: &Place, lang: Lang, at: Moment) -> String {
    let day = place.day(at);
    format!("{} {}", lang.pick(day.zh(), day.en()), place.clock(at))
}
