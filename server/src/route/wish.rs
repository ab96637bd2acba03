//! Small wishes that units take behind their link: of two at once one has it, the other is told.

use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Handed};
use kaishi_app::state::State;
use kaishi_domain::appeal::{Reference, Verb};
use kaishi_store::{Error, Hand, Result};

use crate::route::caller::Tongue;
use crate::route::handed::{Inside, gone};
use crate::route::names::moment;

async fn show(state: &State, inside: Inside, lost: bool) -> Result<Page> {
    let Inside { guest, place, list } = inside;
    let lang = list.lang;
    let view = Handed { appeals: state.store.wishes(&guest).await?, ..list };
    Ok(appeals::wishes(&state.site, view, lost, &|at| moment(&place, lang, at)))
}

/// The wishes.
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    let shown = async { show(&state, Inside::of(&state, lang, &token).await?, false).await };
    shown.await.unwrap_or_else(|error| gone(&state, lang, &error))
}

/// Takes one and leads to it.
pub async fn claim(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, name)): Path<(String, String)>,
) -> Response {
    let done = async {
        let inside = Inside::of(&state, lang, &token).await?;
        let reference: Reference = name.parse().map_err(|_| Error::Missing("appeal"))?;
        let code = state.store.wish_called(&inside.guest, reference).await?.code;
        match state.store.appeal_step(Hand::Guest(&inside.guest), code, Verb::Claim, state.now()).await {
            Ok(_) => Ok(Redirect::to(&format!("{}/appeals/{reference}", inside.list.home)).into_response()),
            Err(Error::Taken(_) | Error::Refused(_)) => Ok(show(&state, inside, true).await?.into_response()),
            Err(error) => Err(error),
        }
    };
    done.await.unwrap_or_else(|error: Error| gone(&state, lang, &error).into_response())
}
