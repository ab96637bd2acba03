//! Which neighbourhoods the Saturdays reach: read by everybody at the desk, written by organizers.

use axum::extract::{Form, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::reach::{self as pages, View};
use kaishi_app::state::State;
use kaishi_app::words::reach::Reach as Words;
use kaishi_domain::GroundId;
use kaishi_domain::season::reach::{parse, written};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};

/// The list as it was typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    list: String,
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, None).await
}

async fn grounds(state: &State, who: &SignedIn) -> Result<Vec<(GroundId, String)>, No> {
    let rows = state.store.grounds(&who.actor.viewer()).await.map_err(who.no())?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

async fn show(state: &State, who: &SignedIn, again: Option<(String, String)>) -> Result<Page, No> {
    let list = state.store.neighbourhoods(&who.actor.viewer()).await.map_err(who.no())?;
    let grounds = grounds(state, who).await?.into_iter().map(|(_, title)| title).collect();
    let (typed, wrong) = match again {
        Some((typed, wrong)) => (typed, Some(wrong)),
        None => (written(&list), None),
    };
    Ok(pages::reach(&who.desk, View { list, grounds, typed, wrong }))
}

/// Replaces the list; a line that is wrong is named and nothing is changed.
pub async fn save(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Typed>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match parse(&form.list, &grounds(&state, &who).await?) {
        Ok(list) => {
            state.store.neighbourhoods_set(&by, &list, state.now()).await.map_err(who.no())?;
            Ok(Redirect::to("/o/reach").into_response())
        }
        Err((line, refusal)) => {
            let wrong = Words(who.desk.lang).wrong(&line, &refusal);
            let page = show(&state, &who, Some((form.list, wrong))).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}
