//! Holidays and worked days off: what is known of a year, and a file that brings another.

use axum::extract::{Multipart, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::holiday::{self as pages, View};
use kaishi_app::state::State;
use kaishi_app::words::season::Holidays;
use kaishi_domain::season::Year;
use kaishi_store::Error;

use super::unit::place;
use crate::holiday;
use crate::route::caller::{No, SignedIn};
use crate::route::upload;

/// More than a year's list ever has.
const MOST_BYTES: usize = 64 * 1024;

async fn this_year(state: &State, who: &SignedIn) -> Result<i16, No> {
    Ok(place(state, who).await?.day(state.now()).year())
}

/// This year.
pub async fn now(Shared(state): Shared<State>, who: SignedIn) -> Result<Redirect, No> {
    Ok(Redirect::to(&format!("/o/holidays/{}", this_year(&state, &who).await?)))
}

/// One year.
pub async fn page(Shared(state): Shared<State>, who: SignedIn, Path(year): Path<String>) -> Result<Page, No> {
    let year = year.parse::<i16>().ok().filter(|year| (2000..=2200).contains(year));
    let year = year.ok_or_else(|| No::new(&who.desk, Fault::Missing))?;
    show(&state, &who, year, None).await
}

async fn show(state: &State, who: &SignedIn, year: i16, wrong: Option<&'static str>) -> Result<Page, No> {
    let by = who.actor.viewer();
    let table = holiday::table(state, &by).await.map_err(who.no())?;
    let imported = state.store.holidays(&by).await.map_err(who.no())?;
    let view = View {
        year,
        days: table.of_year(year).cloned().collect(),
        imported: imported.into_iter().find(|one| one.year == year),
        wrong,
    };
    Ok(pages::holidays(&who.desk, view))
}

/// Imports a year: all of it, or nothing and why.
pub async fn import(
    Shared(state): Shared<State>,
    who: SignedIn,
    multipart: Multipart,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let words = Holidays(who.desk.lang);
    let read = match upload::file(multipart).await {
        None => Err(words.missing()),
        Some(bytes) if bytes.len() > MOST_BYTES => Err(words.heavy()),
        Some(bytes) => std::str::from_utf8(&bytes)
            .map_err(|_| words.not_json())
            .and_then(|text| Year::parse(text).map_err(|refusal| words.complaint(&refusal))),
    };
    let wrong = match read {
        Err(wrong) => wrong,
        Ok(year) => match state.store.holidays_set(&by, &year, state.now()).await {
            Ok(()) => return Ok(Redirect::to(&format!("/o/holidays/{}", year.year)).into_response()),
            Err(Error::Refused(refusal)) => words.complaint(&refusal),
            Err(error) => return Err(who.no()(error)),
        },
    };
    let page = show(&state, &who, this_year(&state, &who).await?, Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
