//! Photos of an appeal: sent and taken back behind its code, looked at by whoever handles it.

use axum::extract::{Multipart, Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::desk::MyPhotos as Words;
use kaishi_domain::MarketRef;
use kaishi_domain::appeal::Appeal;
use kaishi_store::{Error, Photo, Result};

use crate::photo::{self, Unfit};
use crate::route::caller::{No, SignedIn, Tongue};
use crate::route::handed::{Inside, gone};
use crate::route::organizer::market_of;
use crate::route::slip::Found;

fn file(photo: Photo) -> Response {
    let headers = [(header::CONTENT_TYPE, photo.kind), (header::CACHE_CONTROL, "no-store".to_owned())];
    (headers, photo.bytes).into_response()
}

async fn read(state: &State, appeal: &Appeal, n: i64) -> Result<Response> {
    Ok(file(state.store.appeal_photo(appeal, n).await?))
}

/// The file of the form, if there is one.
async fn sent(mut multipart: Multipart) -> Option<Vec<u8>> {
    while let Ok(Some(field)) = multipart.next_field().await {
        if field.name() == Some("photo") {
            return field.bytes().await.ok().map(|bytes| bytes.to_vec());
        }
    }
    None
}

/// The photo that is kept, or the sentence that says why there is none.
async fn made(lang: Lang, multipart: Multipart) -> std::result::Result<Photo, &'static str> {
    let words = Words(lang);
    let bytes = sent(multipart).await.ok_or(words.heavy())?;
    photo::make(bytes).await.map_err(|unfit| match unfit {
        Unfit::Heavy | Unfit::Large => words.heavy(),
        Unfit::Empty => words.pick(),
        Unfit::Foreign | Unfit::Damaged => words.unfit(),
    })
}

/// Adds one.
pub async fn add(found: Found, multipart: Multipart) -> Response {
    let (state, words) = (&found.state, Words(found.top.lang));
    let photo = match made(found.top.lang, multipart).await {
        Ok(photo) => photo,
        Err(wrong) => return found.unfit(wrong).await,
    };
    match state.store.appeal_photo_add(found.appeal.code, &photo, state.now()).await {
        Ok(()) => found.back("photo"),
        Err(Error::Taken(_)) => found.unfit(words.full()).await,
        Err(Error::Refused(_)) => found.unfit(words.closed()).await,
        Err(error) => found.busy(&error),
    }
}

/// Takes one back.
pub async fn remove(found: Found, Path((_, n)): Path<(String, i64)>) -> Response {
    let state = &found.state;
    match state.store.appeal_photo_drop(found.appeal.code, n, state.now()).await {
        Ok(()) | Err(Error::Missing(_)) => found.back("photo"),
        Err(error) => found.busy(&error),
    }
}

/// Whoever raised it looks. Photos of a quarrel are for the mediator alone: a slip is soon in other hands.
pub async fn mine(found: Found, Path((_, n)): Path<(String, i64)>) -> Response {
    if found.appeal.category.is_private() {
        return StatusCode::NOT_FOUND.into_response();
    }
    match read(&found.state, &found.appeal, n).await {
        Ok(photo) => photo,
        Err(Error::Missing(_)) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => found.busy(&error),
    }
}

/// The desk looks.
pub async fn at_the_desk(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name, n)): Path<(MarketRef, String, i64)>,
) -> std::result::Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    who.reader()?;
    let coded = who.desk.may_change;
    let appeal = crate::route::appeal::found(&state, &market, &name, coded).await.map_err(who.no())?;
    read(&state, &appeal, n).await.map_err(who.no())
}

/// The unit that has it looks.
pub async fn at_the_unit(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, name, n)): Path<(String, String, i64)>,
) -> Response {
    let shown = async {
        let inside = Inside::of(&state, lang, &token).await?;
        let appeal = inside.appeal(&state, &name).await?;
        read(&state, &appeal, n).await
    };
    shown.await.unwrap_or_else(|error: Error| gone(&state, lang, &error).into_response())
}
