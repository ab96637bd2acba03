//! Editing the prose: what is wrong comes back with its reason, what was written meanwhile is not overwritten.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::bulletin::{self as pages, EditView, Written};
use kaishi_app::state::State;
use kaishi_app::words::bulletin::Bulletin as Words;
use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{Letter, Part, usual};
use kaishi_domain::market::Market;
use kaishi_store::Error;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The form.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    who.organizer()?;
    let market = market_of(&state, &who, at).await?;
    let (letter, revision) = state.store.letter(at).await.map_err(who.no())?;
    let seen = state.store.snapshot(at, state.now()).await.map_err(who.no())?;
    let usual = usual(&market, &seen);
    let parts = Part::ALL.map(|part| (part, letter.text(part, &usual), letter.is_own(part)));
    let written = Written { parts: parts.to_vec(), quotes: letter.quote_lines(), revision };
    show(&state, &who, &market, written, None).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    written: Written,
    wrong: Option<(Option<Part>, String)>,
) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = EditView { market: MarketRef { org: market.org, market: market.id }, written, wrong };
    Ok(pages::edit(&who.desk, &rail, view))
}

/// Keeps what was written.
pub async fn save(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let typed = |name: &str| form.get(name).cloned().unwrap_or_default();
    let seen = state.store.snapshot(at, state.now()).await.map_err(who.no())?;
    let texts = Part::ALL.map(|part| (part, typed(part.code())));
    let revision = typed("revision").parse().unwrap_or_default();
    let words = Words(who.desk.lang);
    let (wrong, status, revision) = match Letter::parse(&texts, &typed("quotes"), usual(&market, &seen)) {
        Err((part, flaw)) => ((part, words.flaw(&flaw)), StatusCode::UNPROCESSABLE_ENTITY, revision),
        Ok(letter) => match state.store.letter_set(&by, market.id, revision, &letter, state.now()).await {
            Ok(()) => return Ok(Redirect::to(&format!("/o/m/{at}/bulletin")).into_response()),
            Err(Error::Taken(_)) => {
                let (_, revision) = state.store.letter(at).await.map_err(who.no())?;
                ((None, words.stale().to_owned()), StatusCode::CONFLICT, revision)
            }
            Err(error) => return Err(who.no()(error)),
        },
    };
    let parts = texts.into_iter().map(|(part, text)| (part, text, false)).collect();
    let written = Written { parts, quotes: typed("quotes"), revision };
    let page = show(&state, &who, &market, written, Some(wrong)).await?;
    Ok(page.status(status).into_response())
}
