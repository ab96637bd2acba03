//! The live desk: links, arrivals, and what the day shows there.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::day::ToldTyped;
use kaishi_app::pages::live;
use kaishi_app::state::State;
use kaishi_domain::market::Market;
use kaishi_domain::token::Purpose;
use kaishi_domain::{EntryId, MarketRef};
use serde::Deserialize;

use crate::link::{Guard, LinkBook};
use crate::route::caller::{No, SignedIn};
use crate::route::day::board;
use crate::route::organizer::market_of;
use crate::route::rail::rail;
use crate::route::review;

/// What the arrival buttons send.
#[derive(Deserialize)]
pub struct Arrival {
    entry: String,
    arrived: String,
}

/// The desk itself.
pub async fn desk(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, None).await
}

/// The same, with an announcement that was not right.
pub(super) async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    typed: Option<ToldTyped>,
) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who, market, typed).await?;
    Ok(live::live(&who.desk, &rail, view))
}

async fn view(
    state: &State,
    who: &SignedIn,
    market: &Market,
    typed: Option<ToldTyped>,
) -> Result<live::View, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let links = match who.actor.organizer() {
        Ok(by) => Some(LinkBook::read(state, &by, market).await.map_err(who.no())?),
        Err(_) => None,
    };
    let path = |purpose, id: Option<kaishi_domain::LinkId>| id.map(|id| state.path(purpose, id));
    let (_, layout) = state.store.published(at, market.plan).await.map_err(who.no())?;
    let entries = state.store.entries(at).await.map_err(who.no())?;
    let held = state.store.assignments(at).await.map_err(who.no())?;
    let places = layout
        .in_order()
        .into_iter()
        .map(|stall| {
            let entry = held
                .iter()
                .find(|assigned| assigned.held.stall == stall.id)
                .and_then(|assigned| entries.iter().find(|entry| entry.id == assigned.held.entry));
            let unit = entry.and_then(|entry| entry.unit);
            live::Place {
                no: stall.no.clone(),
                name: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
                unit: entry.map(|entry| entry.unit_name.clone()).unwrap_or_default(),
                staff: links.as_ref().and_then(|links| path(Purpose::Staff, links.staff(stall.id))),
                unit_page: links
                    .as_ref()
                    .zip(unit)
                    .and_then(|(links, unit)| path(Purpose::Unit, links.unit(unit))),
                entry: entry.map(|entry| (entry.id, entry.arrived)),
            }
        })
        .collect();
    let screen =
        state.store.screen_link(&who.actor.viewer(), market.id, state.now()).await.map_err(who.no())?;
    let screen = path(Purpose::Screen, screen);
    let (lang, viewer) = (who.desk.lang, who.actor.viewer());
    let board = board::board(state, lang, market, typed).await.map_err(who.no())?;
    let steps = board::steps(state, lang, &viewer, market).await.map_err(who.no())?;
    let (plan, stage) = (market.plan, market.stage);
    let counts = state.store.snapshot(at, state.now()).await.map_err(who.no())?;
    let (missing, crowd) = (counts.devices_missing, counts.crowd);
    let waiting =
        (counts.encounters.pending_review, review::alarms(state, lang, &counts).await.map_err(who.no())?);
    Ok(live::View { market: at, plan, stage, screen, places, board, steps, missing, waiting, crowd })
}

/// Leads everybody who may look to the big screen.
pub async fn screen(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let found =
        state.store.screen_link(&who.actor.viewer(), market.id, state.now()).await.map_err(who.no())?;
    let path = found.map_or_else(|| format!("/o/m/{at}/live"), |id| state.path(Purpose::Screen, id));
    Ok(Redirect::to(&path).into_response())
}

/// Makes the links that are missing.
pub async fn links(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    LinkBook::complete(&state, &by, &market, Guard::Pin).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/live")).into_response())
}

/// Notes that an entry has come, or takes it back.
pub async fn arrived(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Arrival>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let entry: EntryId = form.entry.parse().map_err(who.no::<kaishi_domain::Refusal>())?;
    let here = form.arrived == "yes";
    state.store.entry_arrived(&by, market.id, entry, here, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/live")).into_response())
}
