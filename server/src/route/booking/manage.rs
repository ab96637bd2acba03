//! What can be booked, for organizers: added, described anew, paused, taken away.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::booking::{self as pages, Fields, Form as View};
use kaishi_app::state::State;
use kaishi_app::words::booking::Resources as Words;
use kaishi_domain::booking::{Described, Follows, Kind, NoShow, Opening, Terms, Week, Window};
use kaishi_domain::queue::Standing;
use kaishi_domain::{Refusal, ResourceId};
use kaishi_store::Error;
use serde::Deserialize;

use super::ahead;
use super::form::{Sent, read, wrong};
use crate::route::caller::{No, SignedIn};

/// The wall clock of what can be booked.
pub const ZONE: &str = "Asia/Shanghai";

/// The list.
pub async fn list(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let (org, now, mut listed) = (who.actor.org(), state.now(), Vec::new());
    for resource in state.store.resources(org).await.map_err(who.no())? {
        let held = ahead(&state, org, &resource, now).await.map_err(who.no())?;
        let upcoming = held.iter().filter(|one| one.is_open(now)).count();
        listed.push((resource, upcoming));
    }
    Ok(pages::list(&who.desk, &listed))
}

/// A place to begin from: nine to six on working days.
fn begin() -> Result<Fields, Refusal> {
    let opening =
        Opening { week: Week::daily(Window::new(9 * 60, 18 * 60)?), shut: [].into(), follows: Follows::Work };
    let no_show = Some(NoShow::new(2, 8, 2)?);
    let terms = Terms { capacity: 1, minutes: 60, ahead: 14, each: 2, cutoff: 2, no_show };
    let described = Described { kind: Kind::Room, name: String::new(), place: String::new(), terms, opening };
    Ok(Fields::of(&described, 0))
}

/// The form of another one.
pub async fn blank(who: SignedIn) -> Result<Page, No> {
    let fields = begin().map_err(who.no())?;
    Ok(pages::form(&who.desk, View { id: None, fields, wrong: None }))
}

fn back() -> Response {
    Redirect::to("/o/resources").into_response()
}

fn again(who: &SignedIn, id: Option<ResourceId>, fields: Fields, wrong: &'static str) -> Response {
    pages::form(&who.desk, View { id, fields, wrong: Some(wrong) }).into_response()
}

/// Adds one.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(sent): Form<Sent>,
) -> Result<Response, No> {
    let (by, now, fields) = (who.organizer()?, state.now(), sent.fields());
    let described = match read(&fields) {
        Ok((described, _)) => described,
        Err(refusal) => return Ok(again(&who, None, fields, wrong(Words(who.desk.lang), &refusal))),
    };
    let id = ResourceId::new(now, state.random());
    state.store.resource_add(&by, id, (described, ZONE), now).await.map_err(who.no())?;
    Ok(back())
}

/// The form of one.
pub async fn one(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<ResourceId>,
) -> Result<Page, No> {
    let resource = state.store.resource(who.actor.org(), id).await.map_err(who.no())?;
    let seen = resource.steps;
    let fields = Fields::of(&resource.described(), seen);
    Ok(pages::form(&who.desk, View { id: Some(id), fields, wrong: None }))
}

/// Describes one anew. Where somebody else did so meanwhile, what was typed stays and nothing is lost.
pub async fn edit(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<ResourceId>,
    Form(sent): Form<Sent>,
) -> Result<Response, No> {
    let (by, words, fields) = (who.organizer()?, Words(who.desk.lang), sent.fields());
    let resource = state.store.resource(by.org(), id).await.map_err(who.no())?;
    let (described, seen) = match read(&fields) {
        Ok(read) => read,
        Err(refusal) => return Ok(again(&who, Some(id), fields, wrong(words, &refusal))),
    };
    match state.store.resource_edit(&by, id, (described, seen), state.now()).await {
        Ok(()) => Ok(back()),
        Err(Error::Taken(_)) => {
            let fields = Fields { seen: resource.steps.to_string(), ..fields };
            Ok(again(&who, Some(id), fields, words.changed()))
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Which way.
#[derive(Deserialize)]
pub struct Turn {
    #[serde(default)]
    to: String,
}

/// Takes no more bookings, takes them again, or takes it away.
pub async fn turn(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<ResourceId>,
    Form(turn): Form<Turn>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let to = Standing::from_code(&turn.to).map_err(who.no())?;
    state.store.resource_turn(&by, id, to, state.now()).await.map_err(who.no())?;
    Ok(back())
}
