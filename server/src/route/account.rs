//! Sign-in, sign-out, first set-up, language.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kaishi_app::fault::Fault;
use kaishi_app::pages::door::{self, SetUp};
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::organizer::Door;
use kaishi_domain::actor::Role;
use kaishi_domain::token::Purpose;
use kaishi_domain::{AccountId, LinkId};
use kaishi_store::session::{ACCOUNT, ORG};
use kaishi_store::{Account, Login, Organization};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tower_sessions::Session;

use crate::route::caller::Tongue;
use crate::route::tries;

/// Slow by design, so at most two at once on a small machine.
static HASHERS: Semaphore = Semaphore::const_new(2);

/// What the sign-in form sends.
#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
}

/// What the set-up form sends.
#[derive(Deserialize)]
pub struct First {
    name: String,
    district: String,
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
    session: Session,
    Form(form): Form<SignIn>,
) -> Response {
    let no = |status, text| {
        door::sign_in(&state.site, lang, &form.login, Some(text)).status(status).into_response()
    };
    match tries::login_is_too_often(&state, &form.login).await {
        Ok(true) => return no(StatusCode::TOO_MANY_REQUESTS, Door(lang).slow_down()),
        Ok(false) => {}
        Err(error) => return refused(&state.site, lang, &error.into()).into_response(),
    }
    match enter(&state, &session, &form).await {
        Ok(true) => Redirect::to("/o/").into_response(),
        Ok(false) => no(StatusCode::UNAUTHORIZED, Door(lang).wrong()),
        Err(fault) => refused(&state.site, lang, &fault).into_response(),
    }
}

async fn enter(state: &State, session: &Session, form: &SignIn) -> Result<bool, Fault> {
    let mut found: Option<Login> = None;
    for organization in state.store.organizations().await? {
        found = state.store.login(organization.id, &form.login).await?;
        if found.is_some() {
            break;
        }
    }
    let Some(login) = found else {
        // The same work for a name that does not exist, so that time tells nothing.
        hash(form.password.clone()).await?;
        return Ok(false);
    };
    let Some(obsolete) = verify(form.password.clone(), login.password_hash).await? else { return Ok(false) };
    if obsolete {
        let newer = hash(form.password.clone()).await?;
        state.store.account_rehash(login.account.org, login.account.id, &newer).await?;
    }
    let kept = |_| Fault::Unavailable;
    session.cycle_id().await.map_err(kept)?;
    session.insert(ORG, login.account.org).await.map_err(kept)?;
    session.insert(ACCOUNT, login.account.id.to_string()).await.map_err(kept)?;
    Ok(true)
}

/// Hashes a password with argon2id, off the threads that serve.
pub async fn hash(password: String) -> Result<String, Fault> {
    let _turn = HASHERS.acquire().await.map_err(|_| Fault::Unavailable)?;
    tokio::task::spawn_blocking(move || password_auth::generate_hash(password))
        .await
        .map_err(|_| Fault::Broken)
}

/// `None` when the password is wrong; else whether the hash wants renewing.
async fn verify(password: String, stored: String) -> Result<Option<bool>, Fault> {
    let _turn = HASHERS.acquire().await.map_err(|_| Fault::Unavailable)?;
    tokio::task::spawn_blocking(move || {
        password_auth::verify_password(password, &stored)
            .ok()
            .map(|()| password_auth::is_hash_obsolete(&stored).unwrap_or(false))
    })
    .await
    .map_err(|_| Fault::Broken)
}

/// Signs out and forgets the session.
pub async fn logout(session: Session) -> Response {
    if let Err(error) = session.flush().await {
        tracing::warn!(%error, "a session could not be dropped");
    }
    Redirect::to("/login").into_response()
}

async fn setup_link(state: &State, token: &str) -> Result<LinkId, Fault> {
    let id = state.keys.read(Purpose::Setup, token)?;
    state.store.link(Purpose::Setup, id, state.now()).await?;
    Ok(id)
}

/// The set-up form behind its one-time link.
pub async fn set_up_page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
) -> Response {
    match setup_link(&state, &token).await {
        Ok(id) => {
            let known = state.store.organization(id.org()).await.ok();
            let typed = SetUp {
                name: known.as_ref().map(|known| known.name.clone()).unwrap_or_default(),
                district: known.map(|known| known.district).unwrap_or_default(),
                login: String::new(),
            };
            door::set_up(&state.site, lang, format!("/setup/{token}"), typed, None).into_response()
        }
        Err(_) => door::link_gone(&state.site, lang).status(StatusCode::GONE).into_response(),
    }
}

/// Makes the first organizer account.
pub async fn set_up(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(form): Form<First>,
) -> Response {
    let Ok(id) = setup_link(&state, &token).await else {
        return door::link_gone(&state.site, lang).status(StatusCode::GONE).into_response();
    };
    let plain = !form.login.is_empty() && form.login.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let wrong = if form.password.chars().count() < 10 {
        Some(Door(lang).at_least())
    } else if !plain || form.name.trim().is_empty() || form.district.trim().is_empty() {
        Some(Door(lang).names_missing())
    } else {
        None
    };
    if let Some(wrong) = wrong {
        let typed = SetUp { name: form.name, district: form.district, login: form.login };
        return door::set_up(&state.site, lang, format!("/setup/{token}"), typed, Some(wrong))
            .status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response();
    }
    match first_account(&state, id, form).await {
        Ok(()) => Redirect::to("/login").into_response(),
        Err(fault) => refused(&state.site, lang, &fault).into_response(),
    }
}

async fn first_account(state: &State, id: LinkId, form: First) -> Result<(), Fault> {
    let now = state.now();
    let password_hash = hash(form.password).await?;
    state.store.link_use(Purpose::Setup, id, now).await?;
    let organization =
        Organization { id: id.org(), name: form.name.trim().into(), district: form.district.trim().into() };
    state.store.organization_name(&organization).await?;
    let account = Account {
        org: id.org(),
        id: AccountId::new(now, state.random()),
        login: form.login,
        role: Role::Organizer,
    };
    Ok(state.store.account_add(&account, &password_hash, now).await?)
}

/// Keeps the chosen language in a cookie and goes back to the start.
pub async fn language(
    jar: CookieJar,
    headers: axum::http::HeaderMap,
    Form(form): Form<Language>,
) -> Response {
    let tag = if form.lang == "en" { "en" } else { "zh" };
    let cookie = Cookie::build(("lang", tag)).path("/").same_site(SameSite::Lax).http_only(true).permanent();
    (jar.add(cookie), Redirect::to(&back(&headers))).into_response()
}

/// The path of the page that the form stood on, if it is one of ours by its shape; never another host.
fn back(headers: &axum::http::HeaderMap) -> String {
    headers
        .get(axum::http::header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()))
        .filter(|path| !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or_else(|| "/o/".to_owned())
}
