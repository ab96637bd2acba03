//! Campaigns: begun, laid over Saturdays, dropped.

use axum::extract::{Path, RawForm, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::campaign::{self as pages, View};
use kaishi_app::state::State;
use kaishi_app::words::trend::Campaigns as Words;
use kaishi_domain::season::campaign::SIX;
use kaishi_domain::{CampaignId, MarketId, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::day_title;

/// A new campaign.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, String::new(), None).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    typed: String,
    complaint: Option<&'static str>,
) -> Result<Page, No> {
    let by = who.actor.viewer();
    let season = state.store.season(&by).await.map_err(who.no())?;
    let markets = season.iter().map(|row| (row.market.id, day_title(&row.market, who.desk.lang)));
    let view = View {
        campaigns: state.store.campaigns(&by).await.map_err(who.no())?,
        markets: markets.collect(),
        points: state.store.trend(&by, state.now()).await.map_err(who.no())?,
        typed,
        complaint,
    };
    Ok(pages::campaigns(&who.desk, view))
}

fn back() -> Response {
    Redirect::to("/o/campaigns").into_response()
}

/// Begins one.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    axum::extract::Form(form): axum::extract::Form<Named>,
) -> Result<Response, No> {
    let (by, now) = (who.organizer()?, state.now());
    match state.store.campaign_add(&by, CampaignId::new(now, state.random()), &form.name, now).await {
        Ok(()) => Ok(back()),
        Err(Error::Refused(_) | Error::Taken(_)) => {
            let page = show(&state, &who, form.name, Some(Words(who.desk.lang).wrong())).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Begins the six that many districts run; those that are there already stay.
pub async fn six(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let (by, now) = (who.organizer()?, state.now());
    for (nth, name) in SIX.into_iter().enumerate() {
        // One after the other in the order of their names' list.
        let id = CampaignId::new(now.plus(nth as i64), state.random());
        match state.store.campaign_add(&by, id, name, now).await {
            Ok(()) | Err(Error::Taken(_)) => {}
            Err(error) => return Err(who.no()(error)),
        }
    }
    Ok(back())
}

/// Says which Saturdays carry it.
pub async fn set(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<CampaignId>,
    RawForm(form): RawForm,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let ticked = form_urlencoded::parse(&form).filter(|(name, _)| name == "market");
    let ticked: Result<Vec<MarketId>, Refusal> = ticked.map(|(_, id)| id.parse()).collect();
    let ticked = ticked.map_err(who.no())?;
    state.store.campaign_set(&by, id, &ticked, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/campaigns#c-{id}")).into_response())
}

/// Drops one that no Saturday carries.
pub async fn remove(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<CampaignId>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match state.store.campaign_drop(&by, id, state.now()).await {
        Ok(()) => Ok(back()),
        Err(Error::Taken(_)) => {
            let page = show(&state, &who, String::new(), Some(Words(who.desk.lang).carried())).await?;
            Ok(page.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}
