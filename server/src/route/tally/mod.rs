//! What is counted without a phone, at the organizer's desk: tally sheets printed and keyed in, looks at the crowd.

pub mod crowd;
pub mod paper;
pub mod room;

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::resident::community;
use kaishi_app::pages::sheet::{self, Sheet};
use kaishi_app::pages::{crowd as crowd_pages, paper as paper_pages};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::moment::HOUR;
use room::Room;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::{day_title, market_of};
use crate::route::rail::rail;

/// The room at the desk.
async fn desk<'a>(state: &'a State, who: &SignedIn, at: MarketRef) -> Result<Room<'a>, No> {
    let market = market_of(state, who, at).await?;
    let clerk = who.actor.organizer().ok().map(|by| by.clerk(market.id));
    let (lang, viewer, base) = (who.desk.lang, who.actor.viewer(), format!("/o/m/{at}"));
    Ok(Room { state, market, lang, clerk, viewer, base, is_desk: true })
}

fn back(room: &Room<'_>, to: &str) -> Response {
    Redirect::to(&format!("{}/{to}", room.base)).into_response()
}

async fn show_paper(room: &Room<'_>, who: &SignedIn, view: paper_pages::View) -> Result<Page, No> {
    Ok(paper_pages::paper(&who.desk, &rail(room.state, who, &room.market).await?, view))
}

/// The sheets that were keyed in, and the form for another.
pub async fn paper_page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let room = desk(&state, &who, at).await?;
    let view = paper::view(&room, None, None).await.map_err(who.no())?;
    show_paper(&room, &who, view).await
}

/// Keys a sheet in.
pub async fn paper_enter(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<paper::Keyed>,
) -> Result<Response, No> {
    let room = desk(&state, &who, at).await?;
    match paper::enter(&room, &form).await.map_err(who.no())? {
        None => Ok(back(&room, "paper")),
        Some(view) => {
            let page = show_paper(&room, &who, view).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Lets a batch in or not, or takes one back.
pub async fn paper_rule(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, batch)): Path<(MarketRef, String)>,
    Form(form): Form<paper::Ruled>,
) -> Result<Response, No> {
    let room = desk(&state, &who, at).await?;
    let by = who.organizer()?;
    match paper::rule(&room, Some(&by), &batch, &form).await.map_err(who.no())? {
        None => Ok(back(&room, "paper")),
        Some(view) => {
            let page = show_paper(&room, &who, view).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// The sheets to be printed.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let room = desk(&state, &who, at).await?;
    let organization = state.store.organization(at.org).await.map_err(who.no())?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    let (opens, closes) = (room.market.opens_at, room.market.closes_at);
    let hours = (0..12).map(|nth| opens.plus(nth * HOUR)).take_while(|hour| *hour < closes);
    let hours = hours.map(|hour| room.clock(hour)).collect::<Result<_, _>>().map_err(who.no())?;
    let of = |sign: &kaishi_domain::poster::Sign| {
        let (no, name, unit) = (sign.no.clone(), sign.name.clone(), sign.unit.clone());
        Sheet { no, name, unit }
    };
    let view = sheet::View {
        market: at,
        title: format!("{} {}", community(&organization.name), room.market.name),
        day: day_title(&room.market, kaishi_app::words::Lang::Zh),
        hours,
        sheets: signs.iter().filter(|sign| !sign.withdrawn).map(of).collect(),
    };
    Ok(sheet::sheets(&who.desk.site, who.desk.lang, view))
}

/// The estimate and the looks behind it.
pub async fn crowd_page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let room = desk(&state, &who, at).await?;
    let view = crowd::view(&room, None).await.map_err(who.no())?;
    Ok(crowd_pages::crowd(&who.desk, &rail(&state, &who, &room.market).await?, view))
}

/// Keys a look in.
pub async fn crowd_enter(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<crowd::Keyed>,
) -> Result<Response, No> {
    let room = desk(&state, &who, at).await?;
    match crowd::enter(&room, &form).await.map_err(who.no())? {
        None => Ok(back(&room, "crowd")),
        Some(view) => {
            let page = crowd_pages::crowd(&who.desk, &rail(&state, &who, &room.market).await?, view);
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Notes how many may be inside at once.
pub async fn crowd_capacity(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<crowd::Approved>,
) -> Result<Response, No> {
    let room = desk(&state, &who, at).await?;
    let by = who.organizer()?;
    match crowd::approve(&room, &by, form).await.map_err(who.no())? {
        None => Ok(back(&room, "crowd")),
        Some(view) => {
            let page = crowd_pages::crowd(&who.desk, &rail(&state, &who, &room.market).await?, view);
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Takes a look out of the estimate.
pub async fn crowd_drop(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, look)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let room = desk(&state, &who, at).await?;
    crowd::drop_look(&room, &look).await.map_err(who.no())?;
    Ok(back(&room, "crowd"))
}
