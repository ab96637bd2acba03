//! The register of units: find, add, and the page of each.

pub mod archive;
pub mod export;
pub mod import;
pub mod one;
pub mod season;
pub mod tie;
pub mod vetting;

use axum::Router;
use axum::extract::{Form, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::unit::Typed;
use kaishi_app::pages::unit::register::{self as pages, Filter, Register};
use kaishi_app::state::State;
use kaishi_app::words::unit::Units;
use kaishi_domain::moment::Place;
use kaishi_domain::unit::{Card, Edit, Service, Unit, UnitKind};
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};

/// The register, and the page of each. A file is brought elsewhere, where bodies may be larger.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/o/units", get(register).post(add))
        .route("/o/units/season", get(season::page))
        .route("/o/units/export.csv", get(export::as_csv))
        .route("/o/units/export.xlsx", get(export::as_xlsx))
        .route("/o/units/{unit}", get(one::page).post(one::edit))
        .route("/o/units/{unit}/services", post(one::service))
        .route("/o/units/{unit}/services/drop", post(one::service_drop))
        .route("/o/units/{unit}/papers", post(one::paper))
        .route("/o/units/{unit}/papers/drop", post(one::paper_drop))
        .route("/o/units/{unit}/ties", post(tie::note))
        .route("/o/units/{unit}/ties/drop", post(tie::forget))
        .route("/o/units/{unit}/vetting", post(vetting::step))
        .route("/o/units/{unit}/vetting/undo", post(vetting::undo))
        .route("/o/units/{unit}/archive", post(archive::put))
        .route("/o/units/{unit}/restore", post(archive::restore))
        .route("/o/units/{unit}/notes", post(one::note))
        .route("/o/units/{unit}/notes/drop", post(one::note_drop))
}

/// What the forms send.
#[derive(Deserialize)]
pub struct Filled {
    name: String,
    kind: String,
    contact_role: String,
    #[serde(default)]
    services: String,
    #[serde(default)]
    identity: String,
    #[serde(default)]
    duty: String,
    #[serde(default)]
    pledge: String,
}

impl Filled {
    fn unit(&self, id: UnitId) -> Result<Unit, Refusal> {
        let services = Unit::services_of(&self.services).iter().map(|name| Service::named(name)).collect();
        let kind = UnitKind::from_code(&self.kind)?;
        Unit { services, ..Unit::new(id, &self.name, kind, &self.contact_role) }.sound()
    }

    fn edit(&self) -> Result<Edit, Refusal> {
        let card =
            Card { identity: self.identity.clone(), duty: self.duty.clone(), pledge: self.pledge.clone() };
        Ok(Edit::Basics {
            name: self.name.clone(),
            kind: UnitKind::from_code(&self.kind)?,
            contact_role: self.contact_role.clone(),
            card,
        })
    }

    fn again(self, wrong: &'static str) -> Typed {
        let Self { name, kind, contact_role, services, identity, duty, pledge } = self;
        Typed { name, kind, contact_role, services, identity, duty, pledge, wrong: Some(wrong) }
    }
}

/// What the address may look for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    standing: String,
    ending: Option<String>,
    archived: Option<String>,
}

/// The clock of the square: that of the latest Saturday.
pub(in crate::route) async fn place(state: &State, who: &SignedIn) -> Result<Place, No> {
    let season = state.store.season(&who.actor.viewer()).await.map_err(who.no())?;
    let zone = season.first().map_or("Asia/Shanghai", |row| row.market.time_zone.as_str());
    Place::named(zone).map_err(|_| No::new(&who.desk, Fault::Broken))
}

async fn list(state: &State, who: &SignedIn, filter: Filter, typed: Typed) -> Result<Page, No> {
    let mut units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let all = units.iter().filter(|unit| unit.is_archived() == filter.archived).count();
    let today = place(state, who).await?.day(state.now());
    units.retain(|unit| filter.keeps(unit, today));
    Ok(pages::register(&who.desk, Register { units, all, filter, today, typed }))
}

/// The register, or what of it was looked for.
pub async fn register(
    Shared(state): Shared<State>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Page, No> {
    let filter = Filter {
        query: asked.q.chars().take(60).collect(),
        kind: asked.kind,
        standing: asked.standing,
        ending: asked.ending.is_some(),
        archived: asked.archived.is_some(),
    };
    list(&state, &who, filter, Typed::default()).await
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
    let page = list(&state, &who, Filter::default(), form.again(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// What the form says when its values were refused; other failures are pages of their own.
fn complaint<T>(who: &SignedIn, done: kaishi_store::Result<T>) -> Result<Option<&'static str>, No> {
    let words = Units(who.desk.lang);
    match done {
        Ok(_) => Ok(None),
        Err(Error::Taken(_)) => Ok(Some(words.taken())),
        Err(Error::Refused(refusal)) => Ok(Some(words.complaint(&refusal))),
        Err(error) => Err(who.no()(error)),
    }
}
