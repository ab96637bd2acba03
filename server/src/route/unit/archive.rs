//! Putting a unit aside, and bringing it back, each with its reason.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Response;
use kaishi_app::pages::unit::one::Forms;
use kaishi_app::state::State;
use kaishi_app::words::vetting::Archiving;
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::Error;
use serde::Deserialize;

use super::one::{again, back};
use crate::route::caller::{No, SignedIn};

/// What the form sends.
#[derive(Deserialize)]
pub struct Reasoned {
    #[serde(default)]
    why: String,
}

/// Puts it aside.
pub async fn put(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Reasoned>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = state.store.unit_archive(&by, id, &form.why, state.now()).await;
    answer(&state, &who, id, form.why, done).await
}

/// Brings it back.
pub async fn restore(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Reasoned>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = state.store.unit_restore(&by, id, &form.why, state.now()).await;
    answer(&state, &who, id, form.why, done).await
}

async fn answer(
    state: &State,
    who: &SignedIn,
    id: UnitId,
    why: String,
    done: kaishi_store::Result<()>,
) -> Result<Response, No> {
    let words = Archiving(who.desk.lang);
    let wrong = match done {
        Ok(()) => return Ok(back(id, "archive")),
        Err(Error::Refused(Refusal::WrongState(what))) if what == "coming" => words.coming(),
        Err(Error::Refused(Refusal::WrongState(_))) => words.moved(),
        Err(Error::Refused(_)) => words.wrong(),
        Err(error) => return Err(who.no()(error)),
    };
    again(state, who, id, Forms { archive: (why, Some(wrong)), ..Forms::default() }).await
}
