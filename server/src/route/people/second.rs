//! One's own second factor: begun with a code to scan, proved by its digits, taken away by who has password and digits.

use axum::extract::{Extension, Form, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::people::second::{self, Stage};
use kaishi_app::state::State;
use kaishi_app::words::people::{Own, Second as Words};
use kaishi_domain::token::second::Owner;
use serde::Deserialize;

use super::own::Tries;
use crate::password;
use crate::route::caller::{No, Signed};
use crate::second as factor;

/// The digits of now.
#[derive(Deserialize)]
pub struct Digits {
    code: String,
}

/// What takes it away.
#[derive(Deserialize)]
pub struct Off {
    password: String,
    code: String,
}

const fn owner(who: &Signed) -> Owner {
    Owner { home: who.seat.home, account: who.seat.account }
}

async fn show(state: &State, who: &Signed, wrong: Option<&'static str>) -> Result<Page, No> {
    let owner = owner(who);
    let stage = match state.store.second(&owner).await.map_err(who.no())? {
        None => Stage::Off,
        Some(second) if !second.confirmed => {
            let shown = factor::shown(state, &owner, &who.desk.login, &second).map_err(who.no())?;
            Stage::Begun { path: shown.path, width: shown.width, typed: shown.typed }
        }
        Some(_) => Stage::On { left: state.store.recovery_left(&owner).await.map_err(who.no())? },
    };
    let required = state.is_bare(&who.seat);
    let page = second::second(&who.desk, stage, required, wrong);
    Ok(if wrong.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: Signed) -> Result<Page, No> {
    show(&state, &who, None).await
}

/// Begins, or begins again.
pub async fn begin(Shared(state): Shared<State>, who: Signed) -> Result<Redirect, No> {
    let (key, salt) = (state.keys.current(), state.random());
    state.store.second_begin(&owner(&who), key, salt, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/self/second"))
}

/// Proved by the digits of now; the recovery codes are shown this once.
pub async fn confirm(
    Shared(state): Shared<State>,
    who: Signed,
    Extension(tries): Extension<Tries>,
    Form(form): Form<Digits>,
) -> Result<Response, No> {
    let (owner, words) = (owner(&who), Words(who.desk.lang));
    if tries.wait(&owner.account.to_string()) {
        return Ok(show(&state, &who, Some(Own(who.desk.lang).slow_down())).await?.into_response());
    }
    let begun = state.store.second(&owner).await.map_err(who.no())?.filter(|second| !second.confirmed);
    let Some(second) = begun else { return Ok(Redirect::to("/o/self/second").into_response()) };
    let Some(step) = factor::step(&state, &owner, &second, &form.code).map_err(who.no())? else {
        return Ok(show(&state, &who, Some(words.wrong())).await?.into_response());
    };
    let (codes, kept) = factor::recovery(&state, &owner);
    state.store.second_confirm(&owner, step, &kept, state.now()).await.map_err(who.no())?;
    Ok(second::second(&who.desk, Stage::Proved { codes }, false, None).into_response())
}

/// Taken away by who knows the password and has the digits.
pub async fn off(
    Shared(state): Shared<State>,
    who: Signed,
    Extension(tries): Extension<Tries>,
    Form(form): Form<Off>,
) -> Result<Response, No> {
    let (owner, words) = (owner(&who), Words(who.desk.lang));
    let wrong = if tries.wait(&owner.account.to_string()) {
        Some(Own(who.desk.lang).slow_down())
    } else {
        let stored = state.store.password_hash(owner.home, owner.account).await.map_err(who.no())?;
        let known = password::verify(form.password, stored).await.map_err(who.no())?.is_some();
        if known && factor::opens(&state, &owner, &form.code).await.map_err(who.no())? {
            state.store.second_off(&owner, state.now()).await.map_err(who.no())?;
            None
        } else {
            Some(words.wrong_both())
        }
    };
    match wrong {
        None => Ok(Redirect::to("/o/self/second").into_response()),
        Some(wrong) => Ok(show(&state, &who, Some(wrong)).await?.into_response()),
    }
}
