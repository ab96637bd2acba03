//! Posters for organizers: make, print, rotate, revoke, and the code as a picture.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::poster as pages;
use kaishi_app::pages::resident::community;
use kaishi_app::state::State;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::poster::{Poster, Sign, number};
use kaishi_domain::token::Purpose;
use kaishi_domain::{MarketRef, PosterId, Refusal};
use serde::Deserialize;

use crate::poster::{Code, text};
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::printing::posters_due;
use crate::route::rail::rail;
use crate::route::standing;

/// Which sheets are printed.
#[derive(Deserialize)]
pub struct Which {
    no: Option<String>,
    /// Only those whose text is not the one that was printed last.
    changed: Option<String>,
}

/// Which poster a form means.
#[derive(Deserialize)]
pub struct Named {
    pub(super) poster: String,
}

/// The code that is printed on a poster.
pub fn code(state: &State, poster: PosterId) -> Result<Code, Refusal> {
    Code::of(&text(&state.public_url, &state.keys.token(Purpose::Poster, poster)))
}

fn sheet(state: &State, day: Day, sign: &Sign, poster: &Poster) -> Result<pages::Sheet, Refusal> {
    let code = code(state, poster.id)?;
    Ok(pages::Sheet {
        poster: poster.id.to_string(),
        revision: poster.revision,
        number: number(day, &sign.no, &state.keys.eye_code(poster.id)),
        opens: state.path(Purpose::Poster, poster.id),
        code: code.path(),
        width: code.width(),
    })
}

/// Every stall that stands, with its poster if it has one.
pub(super) async fn rows(state: &State, who: &SignedIn, market: &Market) -> Result<Vec<pages::Row>, No> {
    let by = who.organizer()?;
    let at = MarketRef { org: market.org, market: market.id };
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    let posters = state.store.posters(&by, market.id).await.map_err(who.no())?;
    let day = Day::parse(&market.held_on).map_err(who.no())?;
    signs
        .iter()
        .filter(|sign| !sign.withdrawn)
        .map(|sign| {
            let poster = posters.iter().find(|poster| poster.stall == sign.stall);
            Ok(pages::Row {
                sign: sign.clone(),
                zone_name: market.zone(&sign.zone).map(|zone| zone.name.clone()).unwrap_or_default(),
                sheet: poster
                    .map(|poster| sheet(state, day, sign, poster))
                    .transpose()
                    .map_err(who.no::<Refusal>())?,
            })
        })
        .collect()
}

/// The list of posters.
pub async fn list(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let rows = rows(&state, &who, &market).await?;
    let rail = rail(&state, &who, &market).await?;
    let places = standing::places(&state, at).await.map_err(who.no())?;
    Ok(pages::list(&who.desk, &rail, at, rows, places))
}

/// The sheets, ready to print: all, one stall's, or only those that changed.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(which): Query<Which>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let mut rows = rows(&state, &who, &market).await?;
    rows.retain(|row| which.no.as_ref().is_none_or(|no| *no == row.sign.no));
    if which.changed.is_some() {
        let due = posters_due(&state, &who.organizer()?, &market).await.map_err(who.no())?;
        rows.retain(|row| due.contains(&row.sign.no));
    }
    let brand = brand(&state, &who, &market)?;
    Ok(pages::sheets(&state.site, who.desk.lang, at, &brand, rows))
}

/// What stands on every sheet.
pub fn brand(state: &State, who: &SignedIn, market: &Market) -> Result<pages::Brand, No> {
    let (day, place) = (Day::parse(&market.held_on).map_err(who.no())?, market.place().map_err(who.no())?);
    Ok(pages::Brand {
        title: format!("{} {}", community(&who.desk.organization), market.name),
        theme: market.theme.clone(),
        day: day.zh(),
        weekday: day.weekday_zh().to_owned(),
        host: market.host.clone(),
        organizer: market.organizer.clone(),
        domain: state.public_url.split_once("://").map_or(&*state.public_url, |(_, host)| host).to_owned(),
        printed: place.day(state.now()).zh(),
        standing: false,
    })
}

/// `{no}.png`: one stall's code, for an organizer's own print.
pub async fn picture(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, file)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let missing = || No::new(&who.desk, Fault::Missing);
    let no = file.strip_suffix(".png").ok_or_else(missing)?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    let posters = state.store.posters(&by, market.id).await.map_err(who.no())?;
    let stall = signs.iter().find(|sign| sign.no == no && !sign.withdrawn).ok_or_else(missing)?.stall;
    let poster = posters.iter().find(|poster| poster.stall == stall).ok_or_else(missing)?;
    let png = code(&state, poster.id).map_err(who.no())?.png().map_err(|error| {
        tracing::error!(%error, "a code has no picture");
        No::new(&who.desk, Fault::Broken)
    })?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, png).into_response())
}

/// Makes a poster for every stall that has none.
pub async fn make(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Redirect, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?;
    for sign in signs.iter().filter(|sign| !sign.withdrawn) {
        state.store.poster_make(&by, market.id, sign.stall, state.now()).await.map_err(who.no())?;
    }
    Ok(back(at))
}

/// Replaces a poster by a new code.
pub async fn rotate(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(named): Form<Named>,
) -> Result<Redirect, No> {
    let by = who.organizer()?;
    let poster = named.poster.parse().map_err(who.no::<Refusal>())?;
    state.store.poster_rotate(&by, poster, state.now()).await.map_err(who.no())?;
    Ok(back(at))
}

/// Calls a poster back.
pub async fn revoke(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(named): Form<Named>,
) -> Result<Redirect, No> {
    let by = who.organizer()?;
    let poster = named.poster.parse().map_err(who.no::<Refusal>())?;
    state.store.poster_revoke(&by, poster, state.now()).await.map_err(who.no())?;
    Ok(back(at))
}

fn back(at: MarketRef) -> Redirect {
    Redirect::to(&format!("/o/m/{at}/posters"))
}
