//! Sign-in in one step or two, sign-out, language.

use axum::extract::{Extension, Form, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kaishi_app::fault::Fault;
use kaishi_app::pages::door;
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::organizer::Door;
use kaishi_app::words::people::Second;
use kaishi_domain::OrgId;
use kaishi_domain::token::second::Owner;
use kaishi_store::Login;
use kaishi_store::session::{ACCOUNT, AGENT, BEGAN, HALF, ORG};
use serde::Deserialize;
use tower_sessions::Session;

use crate::log::account_mark;
pub use crate::password::hash;
use crate::password::verify;
use crate::route::caller::Tongue;
use crate::route::network::Network;
use crate::route::patience::Patience;
use crate::route::tries;
use crate::second as factor;

/// How often somebody may try: a name, a network and a device that is known each have buckets of their own, so that
/// whoever guesses a name never locks its owner out. Tries with a name are counted in the database, so that the same
/// bound holds whichever node answers.
#[derive(Clone)]
pub struct Tries {
    networks: Patience,
    known: Patience,
    seconds: Patience,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            networks: Patience::per_minute(120),
            known: Patience::per_minute(10),
            seconds: Patience::per_minute(5),
        }
    }
}

impl Tries {
    /// Counts a try of a network; whether it has to wait.
    pub fn network_waits(&self, network: Option<u64>) -> bool {
        network.is_some_and(|network| self.networks.wait(&network.to_string()))
    }
}

/// The cookie of a browser in which somebody signed in before.
fn known_name(state: &State) -> &'static str {
    if state.is_https() { "__Host-known" } else { "known" }
}

/// It is remembered so many days.
const KNOWN_DAYS: i64 = 180;

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

/// What the second step sends.
#[derive(Deserialize)]
pub struct Digits {
    code: String,
}

/// What the identity provider is called, where there is one.
fn provider(state: &State) -> Option<&str> {
    state.limits.provider.as_ref().map(|provider| provider.name.as_str())
}

/// The sign-in form.
pub async fn login_page(Shared(state): Shared<State>, Tongue(lang): Tongue) -> Response {
    door::sign_in(&state.site, lang, "", None, provider(&state)).into_response()
}

/// Signs in: a new session id, whatever the browser had before.
pub async fn login(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Extension(tries): Extension<Tries>,
    Network(network): Network,
    session: Session,
    (jar, headers): (CookieJar, HeaderMap),
    Form(form): Form<SignIn>,
) -> Response {
    let no = |status, text| {
        door::sign_in(&state.site, lang, &form.login, Some(text), provider(&state))
            .status(status)
            .into_response()
    };
    let same_name = match same_name(&state, &form.login).await {
        Ok(found) => found,
        Err(fault) => return refused(&state.site, lang, &fault).into_response(),
    };
    let mark = jar.get(known_name(&state)).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let known = same_name.iter().any(|login| known(&state, login).contains(&mark));
    let often = if known {
        Ok(tries.known.wait(&mark))
    } else {
        tries::login_is_too_often(&state, &form.login).await
    };
    let waits = match often {
        Ok(waits) => waits,
        Err(error) => return refused(&state.site, lang, &error.into()).into_response(),
    };
    if waits || tries.network_waits(network) {
        tracing::info!(known, "too many tries to sign in");
        return no(StatusCode::TOO_MANY_REQUESTS, Door(lang).slow_down());
    }
    match enter(&state, &session, &headers, (same_name, form.password.clone())).await {
        Ok(Some((login, half))) => {
            tracing::info!(account = %account_mark(login.id), half, "signed in");
            let path = if half { "/login/second" } else { "/o/" };
            (jar.add(remember(&state, &login)), Redirect::to(path)).into_response()
        }
        Ok(None) => {
            tracing::info!(known, "a password was wrong");
            no(StatusCode::UNAUTHORIZED, Door(lang).wrong())
        }
        Err(fault) => refused(&state.site, lang, &fault).into_response(),
    }
}

/// The accounts that sign in with a name.
async fn same_name(state: &State, name: &str) -> Result<Vec<Login>, Fault> {
    let mut found = Vec::new();
    for organization in state.store.organizations().await? {
        found.extend(state.store.login(organization.id, name).await?);
        if found.len() == SAME_NAME {
            break;
        }
    }
    Ok(found)
}

/// What a browser remembers of an account; another password makes it a stranger again.
fn known(state: &State, login: &Login) -> Vec<String> {
    let owner = Owner { home: login.org, account: login.id };
    state.keys.known(&owner, &login.password_hash)
}

/// What a browser keeps in which somebody signed in.
pub fn remember(state: &State, login: &Login) -> Cookie<'static> {
    Cookie::build((known_name(state), known(state, login).into_iter().next().unwrap_or_default()))
        .path("/")
        .same_site(SameSite::Lax)
        .http_only(true)
        .secure(state.is_https())
        .max_age(time::Duration::days(KNOWN_DAYS))
        .build()
}

/// Opens the session of whose password it is; whether it is half one.
async fn enter(
    state: &State,
    session: &Session,
    headers: &HeaderMap,
    (same_name, password): (Vec<Login>, String),
) -> Result<Option<(Login, bool)>, Fault> {
    let Some(login) = proved(state, same_name, password).await? else { return Ok(None) };
    let half = open(state, session, headers, &login).await?;
    Ok(Some((login, half)))
}

/// Opens the session of an account that has proved who it is; it is half one while a second step is due.
pub async fn open(
    state: &State,
    session: &Session,
    headers: &HeaderMap,
    login: &Login,
) -> Result<bool, Fault> {
    let owner = Owner { home: login.org, account: login.id };
    let half = state.store.second(&owner).await?.is_some_and(|second| second.confirmed);
    let kept = |_| Fault::Unavailable;
    session.cycle_id().await.map_err(kept)?;
    session.clear().await;
    session.insert(ORG, login.org).await.map_err(kept)?;
    session.insert(ACCOUNT, login.id.to_string()).await.map_err(kept)?;
    session.insert(BEGAN, state.now().millis()).await.map_err(kept)?;
    session.insert(AGENT, agent(headers)).await.map_err(kept)?;
    if half {
        session.insert(HALF, true).await.map_err(kept)?;
    }
    Ok(half)
}

/// The account whose password this is.
async fn proved(state: &State, same_name: Vec<Login>, password: String) -> Result<Option<Login>, Fault> {
    if same_name.is_empty() {
        // The same work for a name that does not exist, so that time tells nothing.
        hash(password).await?;
        return Ok(None);
    }
    for mut login in same_name {
        if let Some(obsolete) = verify(password.clone(), login.password_hash.clone()).await? {
            if obsolete {
                login.password_hash = hash(password).await?;
                state.store.account_rehash(login.org, login.id, &login.password_hash, state.now()).await?;
            }
            return Ok(Some(login));
        }
    }
    Ok(None)
}

/// Whose second step is due in a session.
async fn half(session: &Session) -> Result<Option<Owner>, Fault> {
    let kept = |_| Fault::Unavailable;
    if session.get::<bool>(HALF).await.map_err(kept)?.is_none() {
        return Ok(None);
    }
    let home: Option<OrgId> = session.get(ORG).await.map_err(kept)?;
    let account: Option<String> = session.get(ACCOUNT).await.map_err(kept)?;
    Ok(home.zip(account.and_then(|id| id.parse().ok())).map(|(home, account)| Owner { home, account }))
}

/// The form of the second step.
pub async fn second_page(Shared(state): Shared<State>, Tongue(lang): Tongue, session: Session) -> Response {
    match half(&session).await {
        Ok(Some(_)) => door::second(&state.site, lang, None).into_response(),
        Ok(None) => Redirect::to("/login").into_response(),
        Err(fault) => refused(&state.site, lang, &fault).into_response(),
    }
}

/// The second step: digits that were not used yet, or a recovery code.
pub async fn second(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Extension(tries): Extension<Tries>,
    session: Session,
    Form(form): Form<Digits>,
) -> Response {
    let no = |status, text| door::second(&state.site, lang, Some(text)).status(status).into_response();
    let done = async {
        let Some(owner) = half(&session).await? else { return Ok(Redirect::to("/login").into_response()) };
        if tries.seconds.wait(&owner.account.to_string()) {
            return Ok(no(StatusCode::TOO_MANY_REQUESTS, Door(lang).slow_down()));
        }
        if !factor::opens(&state, &owner, &form.code).await? {
            tracing::info!(account = %account_mark(owner.account), "a second step was wrong");
            return Ok(no(StatusCode::UNAUTHORIZED, Second(lang).used()));
        }
        let kept = |_| Fault::Unavailable;
        session.cycle_id().await.map_err(kept)?;
        session.remove::<bool>(HALF).await.map_err(kept)?;
        Ok(Redirect::to("/o/").into_response())
    };
    done.await.unwrap_or_else(|fault: Fault| refused(&state.site, lang, &fault).into_response())
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
        assert_eq!(
            with("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit MicroMessenger/8.0"),
            "iPhone · WeChat"
        );
        assert_eq!(
            with("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120.0 Safari/537.36 Edg/120.0"),
            "Windows · Edge"
        );
        assert_eq!(with("curl/8"), "");
        assert_eq!(agent(&HeaderMap::new()), "");
    }
}
