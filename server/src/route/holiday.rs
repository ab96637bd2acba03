//! Holidays and worked days off: what is known of a year, and a file that brings another.

use axum::extract::{Multipart, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::holiday::{self as pages, View};
use kaishi_app::state::State;
use kaishi_app::words::season::Holidays;
use kaishi_domain::season::{Special, Year, YearChange};
use kaishi_store::Error;
use serde::Deserialize;

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

fn number(who: &SignedIn, year: &str) -> Result<i16, No> {
    let year = year.parse::<i16>().ok().filter(|year| (2000..=2200).contains(year));
    year.ok_or_else(|| No::new(&who.desk, Fault::Missing))
}

/// What has just been changed, as the address says it.
#[derive(Deserialize, Default)]
pub struct Asked {
    added: Option<usize>,
    removed: Option<usize>,
    changed: Option<usize>,
}

impl Asked {
    fn told(&self) -> Option<YearChange> {
        let Self { added, removed, changed } = self;
        Some(YearChange { added: (*added)?, removed: (*removed)?, changed: (*changed)? })
    }
}

/// One year.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(year): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, No> {
    let year = number(&who, &year)?;
    show(&state, &who, year, asked.told(), None).await
}

/// The days that an organization knows of a year.
async fn known(state: &State, who: &SignedIn, year: i16) -> Result<Vec<Special>, No> {
    let imported = state.store.holidays(&who.actor.viewer()).await.map_err(who.no())?;
    let year = imported.into_iter().find(|one| one.year == year).or_else(|| holiday::built_in_year(year));
    Ok(year.map(|year| year.days).unwrap_or_default())
}

/// To the page of a year, with what was changed of it.
fn changed(year: i16, before: &[Special], after: &[Special]) -> Response {
    let YearChange { added, removed, changed } = YearChange::between(before, after);
    let told = format!("added={added}&removed={removed}&changed={changed}");
    Redirect::to(&format!("/o/holidays/{year}?{told}")).into_response()
}

/// Goes back to what the program brings along of a year.
pub async fn restore(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(year): Path<String>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let year = number(&who, &year)?;
    let after = holiday::built_in_year(year).ok_or_else(|| No::new(&who.desk, Fault::Missing))?;
    let before = known(&state, &who, year).await?;
    state.store.holidays_restore(&by, year, state.now()).await.map_err(who.no())?;
    Ok(changed(year, &before, &after.days))
}

async fn show(
    state: &State,
    who: &SignedIn,
    year: i16,
    told: Option<YearChange>,
    wrong: Option<&'static str>,
) -> Result<Page, No> {
    let by = who.actor.viewer();
    let table = holiday::table(state, &by).await.map_err(who.no())?;
    let imported = state.store.holidays(&by).await.map_err(who.no())?;
    let view = View {
        year,
        days: table.of_year(year).cloned().collect(),
        imported: imported.into_iter().find(|one| one.year == year),
        built_in: holiday::built_in_year(year).is_some(),
        told,
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
        Some(bytes) if bytes.is_empty() => Err(words.blank()),
        Some(bytes) if bytes.len() > MOST_BYTES => Err(words.heavy()),
        Some(bytes) => std::str::from_utf8(&bytes)
            .map_err(|_| words.not_json())
            .and_then(|text| Year::parse(text).map_err(|refusal| words.complaint(&refusal))),
    };
    let wrong = match read {
        Err(wrong) => wrong,
        Ok(year) => {
            let before = known(&state, &who, year.year).await?;
            match state.store.holidays_set(&by, &year, state.now()).await {
                Ok(()) => return Ok(changed(year.year, &before, &year.days)),
                Err(Error::Refused(refusal)) => words.complaint(&refusal),
                Err(error) => return Err(who.no()(error)),
            }
        }
    };
    let page = show(&state, &who, this_year(&state, &who).await?, None, Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
