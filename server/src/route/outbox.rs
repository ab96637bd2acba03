//! Where an organization's messages go: set, tested, stopped, and what became of each.

use axum::Router;
use axum::extract::{Form, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kaishi_app::document::Page;
use kaishi_app::pages::outbox::{self as pages, View};
use kaishi_app::state::State;
use kaishi_app::words::outbox::Outbox as Words;
use kaishi_domain::Refusal;
use kaishi_domain::outbox::Target;
use serde::Deserialize;

use super::unit::place;
use crate::outbox::written;
use crate::route::caller::{No, SignedIn};

/// Every address of it.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/o/outbox", get(page).post(set))
        .route("/o/outbox/renew", post(renew))
        .route("/o/outbox/stop", post(stop))
        .route("/o/outbox/test", post(test))
        .route("/o/outbox/again", post(again))
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Typed {
    url: String,
}

/// Which message.
#[derive(Deserialize)]
pub struct Which {
    message: String,
}

async fn show(
    state: &State,
    who: &SignedIn,
    typed: Option<String>,
    wrong: Option<&'static str>,
) -> Result<Page, No> {
    let by = who.organizer()?;
    let hook = state.store.webhook(by.org()).await.map_err(who.no())?;
    let key = |turn| state.keys.message_secrets(by.org(), turn).first().map(written).unwrap_or_default();
    let view = View {
        hosts: state.limits.hosts.iter().map(ToString::to_string).collect(),
        typed: typed.or_else(|| hook.as_ref().map(|hook| hook.url.clone())).unwrap_or_default(),
        is_set: hook.is_some(),
        key: hook.map(|hook| key(hook.turn)).unwrap_or_default(),
        messages: state.store.outbox(&by).await.map_err(who.no())?,
        place: place(state, who).await?,
        wrong,
    };
    Ok(pages::outbox(&who.desk, view))
}

fn back() -> Response {
    Redirect::to("/o/outbox").into_response()
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, None, None).await
}

/// Sets the address, if its host is on the operator's list.
pub async fn set(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Typed>,
) -> Result<Response, No> {
    let (by, words) = (who.organizer()?, Words(who.desk.lang));
    let wrong = match Target::read(&form.url, &state.limits.hosts) {
        Ok(target) => {
            state.store.webhook_set(&by, &target.url, state.now()).await.map_err(who.no())?;
            return Ok(back());
        }
        Err(Refusal::NotAllowed) => words.not_listed(),
        Err(_) => words.wrong(),
    };
    let page = show(&state, &who, Some(form.url), Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Renews the signing key.
pub async fn renew(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.webhook_renew(&by, state.now()).await.map_err(who.no())?;
    Ok(back())
}

/// Sends nothing any more.
pub async fn stop(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.webhook_drop(&by, state.now()).await.map_err(who.no())?;
    Ok(back())
}

/// Posts a message that says nothing.
pub async fn test(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let by = who.organizer()?;
    let body = serde_json::json!({ "organization": who.desk.organization });
    state.store.outbox_post(&by, "test", &body, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/outbox#messages").into_response())
}

/// Sends a message again that was given up.
pub async fn again(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Which>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.outbox_again(&by, &form.message, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/outbox#messages").into_response())
}
