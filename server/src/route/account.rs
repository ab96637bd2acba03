//! Sign-in, sign-out, language.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Extension, Form, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use governor::{DefaultKeyedRateLimiter, Quota};
use kaishi_app::fault::Fault;
use kaishi_app::pages::door;
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::organizer::Door;
use kaishi_store::Login;
use kaishi_store::session::{ACCOUNT, AGENT, BEGAN, ORG};
use serde::Deserialize;
use tower_sessions::Session;

pub use crate::password::hash;
use crate::password::verify;
use crate::route::caller::Tongue;

/// Ten tries a minute for one login name, wherever they come from.
#[derive(Clone)]
pub struct Tries(Arc<DefaultKeyedRateLimiter<String>>);

impl Default for Tries {
    fn default() -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(10).unwrap_or(NonZeroU32::MIN));
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(quota)))
    }
}

/// A name may stand in several organizations; so many of them are tried.
const SAME_NAME: usize = 4;

/// What the sign-in form sends.
#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
}

/// What the language switch sends.
#[derive(Deserialize)]
pub struct Language {
    lang: String,
}

/// The sign-in form.
pub async fn login_page(Shared(state): Shared<State>, Tongue(lang): Tongue) -> Response {
    door::sign_in(&state.site, lang, "", None).into_response()
}

/// Signs in: a new session id, whatever the browser had before.
pub async fn login(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Extension(tries): Extension<Tries>,
    session: Session,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    let no = |status, text| {
        door::sign_in(&state.site, lang, &form.login, Some(text)).status(status).into_response()
    };
    if tries.0.check_key(&form.login).is_err() {
        return no(StatusCode::TOO_MANY_REQUESTS, Door(lang).slow_down());
    }
    match enter(&state, &session, &headers, &form).await {
        Ok(true) => Redirect::to("/o/").into_response(),
        Ok(false) => no(StatusCode::UNAUTHORIZED, Door(lang).wrong()),
        Err(fault) => refused(&state.site, lang, &fault).into_response(),
    }
}

async fn enter(
    state: &State,
    session: &Session,
    headers: &HeaderMap,
    form: &SignIn,
) -> Result<bool, Fault> {
    let Some(login) = proved(state, form).await? else { return Ok(false) };
    let kept = |_| Fault::Unavailable;
    session.cycle_id().await.map_err(kept)?;
    session.clear().await;
    session.insert(ORG, login.org).await.map_err(kept)?;
    session.insert(ACCOUNT, login.id.to_string()).await.map_err(kept)?;
    session.insert(BEGAN, state.now().millis()).await.map_err(kept)?;
    session.insert(AGENT, agent(headers)).await.map_err(kept)?;
    Ok(true)
}

/// The account whose name and password these are.
async fn proved(state: &State, form: &SignIn) -> Result<Option<Login>, Fault> {
    let mut tried = 0;
    for organization in state.store.organizations().await? {
        let Some(login) = state.store.login(organization.id, &form.login).await? else { continue };
        tried += 1;
        if let Some(obsolete) = verify(form.password.clone(), login.password_hash.clone()).await? {
            if obsolete {
                let newer = hash(form.password.clone()).await?;
                state.store.account_rehash(login.org, login.id, &newer).await?;
            }
            return Ok(Some(login));
        }
        if tried == SAME_NAME {
            break;
        }
    }
    if tried == 0 {
        // The same work for a name that does not exist, so that time tells nothing.
        hash(form.password.clone()).await?;
    }
    Ok(None)
}

/// What a session was opened with, as much of it as its owner needs to know it again.
fn agent(headers: &HeaderMap) -> String {
    const MACHINES: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    const BROWSERS: [(&str, &str); 6] = [
        ("MicroMessenger", "WeChat"),
        ("QQBrowser", "QQ"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| said.contains(mark)).map(|(_, name)| *name)
    };
    [first(&MACHINES), first(&BROWSERS)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Signs out and forgets the session.
pub async fn logout(session: Session) -> Response {
    if let Err(error) = session.flush().await {
        tracing::warn!(%error, "a session could not be dropped");
    }
    Redirect::to("/login").into_response()
}

/// Keeps the chosen language in a cookie and goes back to the start.
pub async fn language(jar: CookieJar, headers: HeaderMap, Form(form): Form<Language>) -> Response {
    let tag = if form.lang == "en" { "en" } else { "zh" };
    let cookie = Cookie::build(("lang", tag)).path("/").same_site(SameSite::Lax).http_only(true).permanent();
    (jar.add(cookie), Redirect::to(&back(&headers))).into_response()
}

/// The path of the page that the form stood on, if it is one of ours by its shape; never another host.
fn back(headers: &HeaderMap) -> String {
    headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
        .filter(|path| !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or_else(|| "/o/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_known_again_by_little() {
        let with = |said: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, said.parse().unwrap());
            agent(&headers)
        };
        assert_eq!(with("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit MicroMessenger/8.0"), "iPhone · WeChat");
        assert_eq!(with("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120.0 Safari/537.36 Edg/120.0"), "Windows · Edge");
        assert_eq!(with("curl/8"), "");
        assert_eq!(agent(&HeaderMap::new()), "");
    }
}
