//! Open311 `GeoReport` v2: services, requests and tokens, as JSON and as XML, under `/api/v1/open311/`.
//!
//! A request is known by an id that is not the code on its slip, so that nobody who lists requests can rate one. Its
//! description is the public copy; a quarrel is never listed, and a program gets nothing back for one that it raises.

mod form;
mod paper;
mod read;
mod write;

use axum::Router;
use axum::extract::{Path, Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use kaishi_app::state::State;
use kaishi_domain::{OrgId, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use form::{Form, Wire};

/// The addresses.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/api/v1/open311/{file}", get(list).post(raise))
        .route("/api/v1/open311/{kind}/{file}", get(one))
}

/// Why there is no answer.
pub(super) enum No {
    /// A parameter is missing or wrong.
    Bad(&'static str),
    /// The key is missing or not good.
    Key,
    /// There is no such thing.
    Missing(&'static str),
    /// The database does not answer.
    Away,
}

impl From<Error> for No {
    fn from(error: Error) -> Self {
        match error {
            Error::Missing(what) => Self::Missing(what),
            Error::Refused(Refusal::NotGenuine) => Self::Key,
            Error::Refused(_) => Self::Bad("a parameter is not valid"),
            error => {
                tracing::warn!(%error, "an Open311 request was not answered");
                Self::Away
            }
        }
    }
}

/// What every address may ask for.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    jurisdiction_id: String,
    service_request_id: String,
    service_code: String,
    start_date: String,
    end_date: String,
    status: String,
    lang: String,
}

/// The organization that is meant; none has to be named where there is one.
async fn jurisdiction(state: &State, named: &str) -> Result<OrgId, No> {
    if !named.is_empty() {
        let org = named.parse().map_err(|_| No::Missing("jurisdiction_id"))?;
        state.store.organization(org).await.map_err(|_| No::Missing("jurisdiction_id"))?;
        return Ok(org);
    }
    match state.store.organizations().await?.as_slice() {
        [only] => Ok(only.id),
        _ => Err(No::Bad("jurisdiction_id was not provided")),
    }
}

/// `requests.json`: what is asked for and in which form.
fn split(file: &str) -> Option<(&str, Form)> {
    let (name, ending) = file.rsplit_once('.')?;
    Some((name, Form::of(ending)?))
}

/// The lists.
pub async fn list(
    Shared(state): Shared<State>,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((name, form)) = split(&file) else { return Form::Json.no(&No::Missing("format")) };
    let wire: Result<Wire, No> = async {
        let org = jurisdiction(&state, &asked.jurisdiction_id).await?;
        match name {
            "services" => Ok(read::services(&asked)),
            "requests" => read::requests(&state, org, &asked).await,
            _ => Err(No::Missing("resource")),
        }
    }
    .await;
    form.answer(wire)
}

/// One service, one request, or what became of a token.
pub async fn one(
    Shared(state): Shared<State>,
    Path((kind, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((name, form)) = split(&file) else { return Form::Json.no(&No::Missing("format")) };
    let wire: Result<Wire, No> = async {
        let org = jurisdiction(&state, &asked.jurisdiction_id).await?;
        match kind.as_str() {
            "services" => read::definition(&state, org, &asked, name).await,
            "requests" => read::request(&state, org, &asked, name).await,
            "tokens" => read::token(&state, org, name).await,
            _ => Err(No::Missing("resource")),
        }
    }
    .await;
    form.answer(wire)
}

/// Raises an appeal.
pub async fn raise(
    Shared(state): Shared<State>,
    Path(file): Path<String>,
    headers: HeaderMap,
    axum::extract::Form(sent): axum::extract::Form<Vec<(String, String)>>,
) -> Response {
    let Some((name, form)) = split(&file) else { return Form::Json.no(&No::Missing("format")) };
    if name != "requests" {
        return form.no(&No::Missing("resource"));
    }
    form.answer(write::raise(&state, &headers, &sent).await)
}
