//! The register of units: list, add, correct.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::unit::{self as pages, Typed};
use kaishi_app::state::State;
use kaishi_app::words::board::Units;
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};

/// What the form sends.
#[derive(Deserialize)]
pub struct Filled {
    name: String,
    kind: String,
    contact_role: String,
    #[serde(default)]
    services: String,
}

impl Filled {
    fn unit(&self, id: UnitId) -> Result<Unit, Refusal> {
        Unit {
            id,
            name: self.name.clone(),
            kind: UnitKind::from_code(&self.kind)?,
            contact_role: self.contact_role.clone(),
            services: Unit::services_of(&self.services),
        }
        .sound()
    }

    fn again(self, wrong: &'static str) -> Typed {
        let Self { name, kind, contact_role, services } = self;
        Typed { name, kind, contact_role, services, wrong: Some(wrong) }
    }
}

/// The register.
pub async fn register(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    Ok(pages::register(&who.desk, units, Typed::default()))
}

/// Adds a unit.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Filled>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let now = state.now();
    let done = match form.unit(UnitId::new(now, state.random())) {
        Ok(unit) => state.store.unit_add(&by, &unit, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    let Some(wrong) = complaint(&who, done)? else { return Ok(Redirect::to("/o/units").into_response()) };
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let page = pages::register(&who.desk, units, form.again(wrong));
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page on which a unit is corrected.
pub async fn one(Shared(state): Shared<State>, who: SignedIn, Path(id): Path<UnitId>) -> Result<Page, No> {
    who.organizer()?;
    let unit = state.store.unit(&who.actor.viewer(), id).await.map_err(who.no())?;
    Ok(pages::edit(&who.desk, &unit, Typed::of(&unit)))
}

/// Corrects a unit.
pub async fn edit(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Filled>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let known = state.store.unit(&who.actor.viewer(), id).await.map_err(who.no())?;
    let done = match form.unit(id) {
        Ok(unit) => state.store.unit_edit(&by, &unit, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    let Some(wrong) = complaint(&who, done)? else { return Ok(Redirect::to("/o/units").into_response()) };
    let page = pages::edit(&who.desk, &known, form.again(wrong));
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// What the form says when its values were refused; other failures are pages of their own.
fn complaint(who: &SignedIn, done: kaishi_store::Result<()>) -> Result<Option<&'static str>, No> {
    let words = Units(who.desk.lang);
    match done {
        Ok(()) => Ok(None),
        Err(Error::Taken(_)) => Ok(Some(words.taken())),
        Err(Error::Refused(_)) => Ok(Some(words.wrong())),
        Err(error) => Err(who.no()(error)),
    }
}
