//! Pictures beside a bulletin: each is made anew from what came in, and only after somebody has looked for faces.

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::fault::Fault;
use kaishi_app::pages::bulletin::Album;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::ground::Grounds;
use kaishi_app::words::picture::Pictures as Words;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Error, Photo};

use super::{Shown, show};
use crate::photo::{self, Unfit};
use crate::route::caller::{No, SignedIn};
use crate::route::ground::{picture as served, sentence};
use crate::route::organizer::market_of;

/// The pictures of a bulletin, with the form for those who may add one.
pub(super) async fn album(state: &State, who: &SignedIn, market: &Market) -> Result<Album, Error> {
    let pictures = state.store.pictures(MarketRef { org: market.org, market: market.id }).await?;
    Ok(Album { pictures, open: who.desk.may_change && market.stage != Stage::Filed, ..Album::default() })
}

/// What the form sends.
#[derive(Default)]
struct Sent {
    bytes: Vec<u8>,
    caption: String,
    looked: bool,
}

async fn receive(mut form: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await? {
        match field.name().unwrap_or_default() {
            "caption" => sent.caption = field.text().await?,
            "looked" => sent.looked = true,
            "file" => sent.bytes = field.bytes().await?.to_vec(),
            _ => {}
        }
    }
    Ok(sent)
}

/// The picture that is to be kept, or why there is none.
async fn made(lang: Lang, sent: &mut Sent) -> Result<Photo, &'static str> {
    if !sent.looked {
        return Err(Words(lang).not_looked());
    }
    let made = photo::make(std::mem::take(&mut sent.bytes)).await;
    made.map_err(|unfit: Unfit| sentence(Grounds(lang), unfit))
}

/// Adds one.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    form: Multipart,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, words) = (who.organizer()?, Words(who.desk.lang));
    let mut sent = receive(form).await.map_err(|_| No::new(&who.desk, Fault::Refused("form".into())))?;
    let complaint = match made(who.desk.lang, &mut sent).await {
        Err(why) => why,
        Ok(photo) => {
            match state.store.picture_add(&by, market.id, &photo, &sent.caption, state.now()).await {
                Ok(()) => {
                    return Ok(Redirect::to(&format!("/o/m/{at}/bulletin#pictures")).into_response());
                }
                Err(Error::Taken(_)) => words.enough(),
                Err(Error::Refused(Refusal::TooLong(_) | Refusal::Malformed(_))) => words.caption_long(),
                Err(error) => return Err(who.no()(error)),
            }
        }
    };
    let again = Shown { album: Some((sent.caption, complaint)), ..Shown::default() };
    let page = show(&state, &who, &market, again).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Takes one away.
pub async fn remove(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, hash)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match state.store.picture_drop(&by, at.market, &hash, state.now()).await {
        // Gone already is gone as well.
        Ok(()) | Err(Error::Taken(_)) => {
            Ok(Redirect::to(&format!("/o/m/{at}/bulletin#pictures")).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// The file of one: while the bulletin is a draft for organizers, then for whoever may read it.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, hash)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    if market.stage != Stage::Filed && who.organizer().is_err() {
        return Err(No::new(&who.desk, Fault::Missing));
    }
    Ok(served(state.store.picture(at, &hash).await.map_err(who.no())?))
}
