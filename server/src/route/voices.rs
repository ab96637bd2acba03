//! Public copies: written at the desk, read by everybody.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::resident::{self, No as Sorry, Retry, Top, Voice};
use kaishi_app::state::State;
use kaishi_app::words::desk::Copies as Words;
use kaishi_app::words::handle::Handle;
use kaishi_app::words::story::Story;
use kaishi_app::words::told::Told;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::appeal::{Again, found, show};
use crate::route::caller::{No, SignedIn, Tongue};
use crate::route::names::names;
use crate::route::organizer::market_of;
use crate::route::say::top;
use crate::route::square::Look;

/// What the desk's form sends.
#[derive(Deserialize)]
pub struct Edited {
    seen: i64,
    body: String,
    shown: Option<String>,
}

/// Writes a version of an appeal's public copy.
pub async fn write(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, slip)): Path<(MarketRef, String)>,
    Form(edited): Form<Edited>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let appeal = found(&state, &market, &slip, true).await.map_err(who.no())?;
    let copy = (edited.body, edited.shown.is_some());
    let done = state.store.copy_write(&by, &appeal, (&copy.0, copy.1), edited.seen, state.now()).await;
    let (words, handle) = (Words(who.desk.lang), Handle(who.desk.lang));
    let text = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/o/m/{at}/appeals/{slip}#public")).into_response()),
        Err(Error::Taken(_)) => words.moved(),
        Err(Error::Refused(Refusal::Missing(_))) => words.empty(),
        Err(Error::Refused(Refusal::TooLong(_))) => handle.words_long(),
        Err(Error::Refused(_)) => words.private(),
        Err(error) => return Err(who.no()(error)),
    };
    let again = Again { complaint: Some(text), copy: Some(copy), ..Again::default() };
    Ok(show(&state, &who, &market, &slip, again).await?.into_response())
}

/// What everybody reads.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
) -> Response {
    let (at, top) = match top(&state, lang, &at, &look, "voices").await {
        Ok(found) => found,
        Err(no) => return no,
    };
    match read(&state, &top, at).await {
        Ok(voices) => resident::voices(&state.site, &top, &format!("/m/{at}/say"), voices).into_response(),
        Err(error) => {
            tracing::warn!(%error, "public copies were not read");
            let busy = Sorry::Busy(Retry::Page(top.here.clone()));
            resident::no(&state.site, &top, None, &busy).into_response()
        }
    }
}

async fn read(state: &State, top: &Top, at: MarketRef) -> Result<Vec<Voice>, Error> {
    let market = state.store.market(at).await?;
    let (names, place) = (names(state, at, top.lang).await?, market.place()?);
    let told = Told(Story::whole(top.lang, &names));
    let mut voices = Vec::new();
    for (appeal, copy) in state.store.copies_shown(at).await? {
        let day = place.day(appeal.raised_at);
        voices.push(Voice {
            category: appeal.category,
            body: copy.body.as_str().to_owned(),
            standing: told.heading(&appeal.state),
            raised: top.lang.pick(day.zh(), day.en()),
            echoes: state.store.appeal_echoes(appeal.code).await?,
        });
    }
    Ok(voices)
}
