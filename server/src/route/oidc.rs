//! The door to the identity provider and back. Where no provider is named, nothing here answers.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Query, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kaishi_app::fault::Fault;
use kaishi_app::pages::door;
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::outside::Outside as Words;
use kaishi_domain::Refusal;
use kaishi_domain::token::errand::{AWAY_FOR, Errand};
use kaishi_domain::token::second::Owner;
use kaishi_store::{Error, Identity};
use serde::Deserialize;
use tower_sessions::Session;

use crate::log::account_mark;
use crate::oidc::{Lost, Outside};
use crate::route::account::{self, Tries};
use crate::route::caller::Tongue;
use crate::route::network::Network;

/// The provider as handlers get it.
pub type Provided = Extension<Option<Arc<Outside>>>;

/// There and back.
pub fn routes() -> Router<State> {
    Router::new().route("/login/oidc", get(leave)).route(crate::oidc::BACK, get(back))
}

/// The provider, where the settings name one.
pub fn provided(state: &State) -> Option<Arc<Outside>> {
    let outside = Outside::new(state.limits.provider.as_ref()?);
    let outside = outside.inspect_err(|error| {
        tracing::error!(%error, "nothing can be asked of the identity provider");
    });
    outside.ok().map(Arc::new)
}

/// What the provider sends back with the browser.
#[derive(Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// No code and no state of a provider is longer.
const LONGEST: usize = 4096;

/// The cookie of an errand.
fn cookie(state: &State, value: String) -> Cookie<'static> {
    let name = if state.is_https() { "__Host-errand" } else { "errand" };
    Cookie::build((name, value))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(state.is_https())
        .max_age(time::Duration::milliseconds(AWAY_FOR))
        .build()
}

/// Begins an errand: the cookie that goes with the browser, and where it goes.
pub async fn begin(
    state: &State,
    outside: &Outside,
    links: Option<Owner>,
) -> Result<(Cookie<'static>, String), Lost> {
    let errand = state.keys.errand(state.random(), state.now(), links);
    let to = outside.leave(state, &errand).await?;
    let carried = state.keys.carried(&errand).map_err(|_| Lost::Refused)?;
    Ok((cookie(state, carried), to))
}

/// What somebody went for.
#[derive(Clone, Copy)]
enum For<'a> {
    /// To sign in by a provider of this name.
    SignIn(&'a str),
    Link,
}

/// What somebody reads who was not let in.
const fn sentence(words: Words, lost: Lost) -> (StatusCode, &'static str) {
    match lost {
        Lost::Down => (StatusCode::SERVICE_UNAVAILABLE, words.down()),
        Lost::Refused => (StatusCode::UNAUTHORIZED, words.refused()),
    }
}

/// The sign-in form with a sentence, or for whoever came to link, the way back; whoever is to come again later is told so.
fn no(state: &State, lang: Lang, why: For<'_>, (status, text): (StatusCode, &'static str)) -> Response {
    let page = match why {
        For::SignIn(name) => door::sign_in(&state.site, lang, "", Some(text), Some(name)),
        For::Link => door::not_linked(&state.site, lang, text),
    };
    let mut answer = page.status(status).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    answer
}

fn nothing_here(state: &State, lang: Lang) -> Response {
    refused(&state.site, lang, &Fault::Missing).into_response()
}

/// What a network reads that tries too often.
fn hasty(
    state: &State,
    lang: Lang,
    outside: &Outside,
    tries: &Tries,
    network: Option<u64>,
) -> Option<Response> {
    let told = (StatusCode::TOO_MANY_REQUESTS, Words(lang).slow_down());
    tries.network_waits(network).then(|| no(state, lang, For::SignIn(outside.name()), told))
}

/// Goes to the provider to sign in.
pub async fn leave(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Extension(outside): Provided,
    Extension(tries): Extension<Tries>,
    Network(network): Network,
    jar: CookieJar,
) -> Response {
    let Some(outside) = outside else { return nothing_here(&state, lang) };
    let words = Words(lang);
    if let Some(told) = hasty(&state, lang, &outside, &tries, network) {
        return told;
    }
    match begin(&state, &outside, None).await {
        Ok((errand, to)) => (jar.add(errand), Redirect::to(&to)).into_response(),
        Err(lost) => no(&state, lang, For::SignIn(outside.name()), sentence(words, lost)),
    }
}

/// Comes back from the provider: the errand is over, whatever comes of it.
pub async fn back(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    (Extension(outside), Extension(tries)): (Provided, Extension<Tries>),
    Network(network): Network,
    session: Session,
    (jar, headers): (CookieJar, HeaderMap),
    Query(back): Query<Back>,
) -> Response {
    let Some(outside) = outside else { return nothing_here(&state, lang) };
    let words = Words(lang);
    if let Some(told) = hasty(&state, lang, &outside, &tries, network) {
        return told;
    }
    let gone = cookie(&state, String::new());
    let carried = jar.get(gone.name()).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let jar = jar.remove(gone);
    let errand = state.keys.returned(&carried, state.now());
    let why = match &errand {
        Ok(Errand { links: Some(_), .. }) => For::Link,
        _ => For::SignIn(outside.name()),
    };
    let told = |told| no(&state, lang, why, told);
    let answer = match shown(&state, &outside, errand, back).await {
        Ok((errand, identity)) => match errand.links {
            None => enter(&state, lang, &session, &headers, identity).await,
            Some(owner) => link(&state, lang, &session, owner, identity).await,
        },
        Err(Unshown::Stale) => Ok((None, told((StatusCode::BAD_REQUEST, words.stale())))),
        Err(Unshown::Declined) => Ok((None, told((StatusCode::UNAUTHORIZED, words.declined())))),
        Err(Unshown::Lost(lost)) => Ok((None, told(sentence(words, lost)))),
        Err(Unshown::Fault(fault)) => Err(fault),
    };
    match answer {
        Ok((Some(known), answer)) => (jar.add(known), answer).into_response(),
        Ok((None, answer)) => (jar, answer).into_response(),
        Err(fault) => (jar, refused(&state.site, lang, &fault)).into_response(),
    }
}

/// Why it is not known who came back.
enum Unshown {
    /// The errand is nobody's, another's, over, or was done before.
    Stale,
    /// The provider says no.
    Declined,
    /// The provider is not to be had, or not to be believed.
    Lost(Lost),
    /// Ours.
    Fault(Fault),
}

/// Who came back from which errand.
async fn shown(
    state: &State,
    outside: &Outside,
    errand: Result<Errand, Refusal>,
    back: Back,
) -> Result<(Errand, Identity), Unshown> {
    let errand = errand.map_err(|_| Unshown::Stale)?;
    if back.state.as_deref() != Some(&errand.state()) {
        return Err(Unshown::Stale);
    }
    let used = state.store.errand_use(&errand, state.now()).await;
    if !used.map_err(|error| Unshown::Fault(error.into()))? {
        tracing::warn!("a return from the identity provider was sent twice");
        return Err(Unshown::Stale);
    }
    if back.iss.is_some_and(|issuer| issuer != outside.issuer()) {
        return Err(Unshown::Lost(Lost::Refused));
    }
    match back.code.filter(|code| !code.is_empty() && code.len() <= LONGEST) {
        Some(code) if back.error.is_none() => {
            let identity = outside.arrived(state, &errand, code).await.map_err(Unshown::Lost)?;
            Ok((errand, identity))
        }
        _ => Err(Unshown::Declined),
    }
}

type Answered = Result<(Option<Cookie<'static>>, Response), Fault>;

/// Opens the session of the account that is linked; the second step stays as it is.
async fn enter(
    state: &State,
    lang: Lang,
    session: &Session,
    headers: &HeaderMap,
    identity: Identity,
) -> Answered {
    let Some(login) = state.store.identified(&identity).await? else {
        tracing::info!("somebody whom the identity provider knows is linked to no account");
        let page = door::unlinked(&state.site, lang, &identity.subject);
        return Ok((None, page.status(StatusCode::FORBIDDEN).into_response()));
    };
    let half = account::open(state, session, headers, &login).await?;
    tracing::info!(account = %account_mark(login.id), half, "signed in by the identity provider");
    let to = if half { "/login/second" } else { "/o/" };
    Ok((Some(account::remember(state, &login)), Redirect::to(to).into_response()))
}

/// Links the account that is signed in, if it is the one that went.
async fn link(state: &State, lang: Lang, session: &Session, owner: Owner, identity: Identity) -> Answered {
    let words = Words(lang);
    let seat = state.seat(session).await?;
    if seat.is_none_or(|seat| seat.home != owner.home || seat.account != owner.account) {
        return Ok((None, no(state, lang, For::Link, (StatusCode::FORBIDDEN, words.other_account()))));
    }
    match state.store.identity_link(&owner, &identity, state.now()).await {
        Ok(()) => Ok((None, Redirect::to("/o/self#outside").into_response())),
        Err(Error::Taken(_)) => Ok((None, no(state, lang, For::Link, (StatusCode::CONFLICT, words.taken())))),
        Err(error) => Err(error.into()),
    }
}
