//! Organizer pages: the season, a Saturday, its live desk.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::live;
use kaishi_app::pages::season::{self, Line};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::MarketRef;
use kaishi_domain::market::{Market, Plan, Stage};
use kaishi_domain::moment::Day;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::rail::rail;

/// What the rain switch sends.
#[derive(Deserialize)]
pub struct Switch {
    plan: Plan,
}

/// What opening and closing send.
#[derive(Deserialize)]
pub struct Staging {
    stage: Stage,
}

/// `5月13日（星期六）`
pub fn day_title(market: &Market, lang: Lang) -> String {
    Day::parse(&market.held_on).map_or_else(
        |_| market.held_on.clone(),
        |day| {
            lang.pick(
                format!("{}（{}）", day.zh(), day.weekday_zh()),
                format!("{}, {}", day.weekday_en(), day.en()),
            )
        },
    )
}

/// Every Saturday.
pub async fn season(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let rows = state.store.season(&who.actor.viewer()).await.map_err(who.no())?;
    let lang = who.desk.lang;
    let lines = rows
        .into_iter()
        .map(|row| {
            let day = Day::parse(&row.market.held_on).ok();
            Line {
                market: MarketRef { org: row.market.org, market: row.market.id },
                day: day.map_or_else(|| row.market.held_on.clone(), |day| lang.pick(day.zh(), day.en())),
                weekday: day
                    .map(|day| lang.pick(day.weekday_zh().to_owned(), day.weekday_en()))
                    .unwrap_or_default(),
                ordinal: row.market.ordinal,
                weather: row.market.weather,
                stage: row.market.stage,
                filled: (row.filled, row.stalls),
                encounters: row.encounters,
                appeals: row.appeals,
                theme: row.market.theme,
            }
        })
        .collect();
    Ok(season::season(&who.desk, lines))
}

/// A Saturday begins at its live desk.
pub async fn saturday(Path(market): Path<MarketRef>) -> Redirect {
    Redirect::to(&format!("/o/m/{market}/live"))
}

/// The market of an address, if it belongs to whoever asks.
pub async fn market_of(state: &State, who: &SignedIn, at: MarketRef) -> Result<Market, No> {
    if at.org != who.actor.org() {
        return Err(No::new(&who.desk, kaishi_app::fault::Fault::Missing));
    }
    state.store.market(at).await.map_err(who.no())
}

/// The live desk.
pub async fn live(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rail = rail(&state, &who, &market).await?;
    let view =
        live::View { market: at, plan: market.plan, stage: market.stage, screen: None, places: Vec::new() };
    Ok(live::live(&who.desk, &rail, view))
}

/// Switches between fair and rain.
pub async fn switch_plan(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Switch>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    state.store.switch_plan(&by, market.id, form.plan, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/live")).into_response())
}

/// Opens or closes.
pub async fn stage(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Staging>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    state.store.stage(&by, market.id, form.stage, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/live")).into_response())
}
