//! Rooms and pitches by the hour: residents book without an account, the desk sees who comes.

pub mod desk;
pub mod form;
pub mod manage;
pub mod public;
pub mod slip;

use axum::extract::{FromRef, FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use kaishi_app::pages::resident::{self, No, Retry, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::booking::Booking as Words;
use kaishi_domain::booking::{Booking, Resource, Slot};
use kaishi_domain::moment::Day;
use kaishi_domain::queue::Standing;
use kaishi_domain::season::Table;
use kaishi_domain::{Moment, OrgId};
use kaishi_store::{Error, Organization, Result};
use serde::Deserialize;

use crate::route::caller::tongue;
use crate::route::patience::Patience;

/// So many bookings a minute of one resource are taken from phones that keep no cookie, of all of them together.
const UNMARKED: u32 = 10;

/// How often phones without a mark have booked.
#[derive(Clone)]
pub struct Rush(Patience);

/// For residents.
pub fn residents() -> Router<State> {
    Router::new()
        .route("/b/{org}", get(public::list))
        .route("/b/{org}/code", get(slip::find))
        .route("/b/{org}/code/{code}", get(slip::page))
        .route("/b/{org}/code/{code}/cancel", post(slip::cancel))
        .route("/b/{org}/{resource}", get(public::choose))
        .route("/b/{org}/{resource}/{hour}", get(public::confirm).post(public::book))
        .layer(Extension(Rush(Patience::per_minute(UNMARKED))))
}

/// For the desk and for organizers.
pub fn desk() -> Router<State> {
    Router::new()
        .route("/o/bookings", get(desk::page).post(desk::act))
        .route("/o/resources", get(manage::list))
        .route("/o/resources/new", get(manage::blank).post(manage::add))
        .route("/o/resources/{resource}", get(manage::one).post(manage::edit))
        .route("/o/resources/{resource}/turn", post(manage::turn))
}

/// What every resident's address here begins with: an organization that there is.
pub struct Office {
    state: State,
    now: Moment,
    organization: Organization,
    lang: Lang,
    big: bool,
}

#[derive(Deserialize)]
struct Size {
    big: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Office
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> std::result::Result<Self, Response> {
        let (state, lang) = (State::from_ref(inner), tongue(parts));
        let big = Query::<Size>::try_from_uri(&parts.uri).is_ok_and(|Query(size)| size.big.is_some());
        let names =
            RawPathParams::from_request_parts(parts, inner).await.map_err(IntoResponse::into_response)?;
        let typed = names.iter().find(|(name, _)| *name == "org").map_or("", |(_, org)| org);
        let found = match typed.to_ascii_uppercase().parse() {
            Ok(org) => state.store.organization(org).await,
            Err(refusal) => Err(Error::from(refusal)),
        };
        match found {
            Ok(organization) => Ok(Self { now: state.now(), state, organization, lang, big }),
            Err(error) => Err(away(&state, &stranger(lang, big), &error)),
        }
    }
}

fn stranger(lang: Lang, big: bool) -> Top {
    Top { lang, big, here: "/".into(), title: String::new(), map: None, appeal: None }
}

/// What is not there, or what did not come through.
fn away(state: &State, top: &Top, error: &Error) -> Response {
    let why = match error {
        Error::Missing(_) | Error::Refused(_) => No::NoMarket,
        _ => {
            tracing::warn!(%error, "a page of bookings did not come through");
            No::Busy(Retry::Page(top.here.clone()))
        }
    };
    resident::no(&state.site, top, None, &why).into_response()
}

impl Office {
    const fn org(&self) -> OrgId {
        self.organization.id
    }

    fn words(&self) -> Words {
        Words(self.lang)
    }

    /// `/b/{ORG}`
    fn base(&self) -> String {
        format!("/b/{}", self.org())
    }

    fn top(&self, here: &str) -> Top {
        let title = resident::community(&self.organization.name).to_owned();
        Top { here: here.to_owned(), title, ..stranger(self.lang, self.big) }
    }

    fn away(&self, error: &Error) -> Response {
        away(&self.state, &self.top(&self.base()), error)
    }

    async fn table(&self) -> Result<Table> {
        self.state.store.special_days(self.org()).await
    }
}

/// Where an organization's rooms are booked, if it has any.
pub async fn door(state: &State, org: OrgId) -> Result<Option<String>> {
    let open = state.store.resources(org).await?.iter().any(|one| one.standing == Standing::Open);
    Ok(open.then(|| format!("/b/{org}")))
}

/// `5月13日 星期六`
fn day_name(lang: Lang, day: Day) -> String {
    lang.pick(format!("{} {}", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en()))
}

/// `09:00–10:00`
fn hours(resource: &Resource, slot: Slot) -> String {
    format!("{}–{}", resource.zone.clock(slot.from), resource.zone.clock(slot.to))
}

/// `5月13日 星期六 09:00–10:00`
fn when(lang: Lang, resource: &Resource, slot: Slot) -> String {
    format!("{} {}", day_name(lang, resource.zone.day(slot.from)), hours(resource, slot))
}

/// The same on two lines, for large letters.
fn when_large(lang: Lang, resource: &Resource, slot: Slot) -> String {
    format!("{}\n{}", day_name(lang, resource.zone.day(slot.from)), hours(resource, slot))
}

/// The whole of a day by the wall clock of a resource.
fn whole(resource: &Resource, first: Day, last: Day) -> Result<Slot> {
    Ok(Slot { from: resource.zone.at(first, 0, 0)?, to: resource.zone.at(last.plus_days(1), 0, 0)? })
}

/// The bookings of a resource on every day on which somebody may book now.
async fn ahead(state: &State, org: OrgId, resource: &Resource, now: Moment) -> Result<Vec<Booking>> {
    let today = resource.zone.day(now);
    let last = resource.days(now).last().unwrap_or(today);
    state.store.bookings(org, resource.id, whole(resource, today, last)?).await
}
