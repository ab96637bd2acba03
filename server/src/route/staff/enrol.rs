//! A phone is let in: the PIN of its link, typed once, or the short code and the PIN. It is known again by a cookie
//! that holds the name it got; the device table says what that name may open.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kaishi_app::document::Page;
use kaishi_app::pages::staff::{self, Asked, Wrong};
use kaishi_app::state::State;
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, LinkId, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::Tongue;

const COOKIE: &str = "pad";
/// A link that was handed out long before the market still finds its phone.
const LIVES: time::Duration = time::Duration::days(30);

/// What the PIN's form sends.
#[derive(Deserialize)]
pub struct Pin {
    pin: String,
}

/// What the short code's form sends.
#[derive(Deserialize)]
pub struct Coded {
    code: String,
    pin: String,
}

/// The name by which this phone was let in, if it was.
pub fn known(jar: &CookieJar) -> Option<DeviceId> {
    jar.get(COOKIE)?.value().parse().ok()
}

/// Takes the PIN and leads to the pad.
pub async fn pin(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(key): Path<String>,
    jar: CookieJar,
    Form(form): Form<Pin>,
) -> Response {
    let token = key.split('~').next().unwrap_or_default();
    let done = match state.keys.read(Purpose::Staff, token) {
        Ok(link) => enrol(&state, link, jar, &form.pin).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(jar) => (jar, Redirect::to(&format!("/staff/{key}"))).into_response(),
        Err(error) => match wrong(&error) {
            Some(wrong) => staff::pin(&state.site, lang, &key, Some(wrong)).into_response(),
            None => super::gone(&state, lang, &key, &error).into_response(),
        },
    }
}

/// Asks for a short code.
pub async fn ask(Shared(state): Shared<State>, Tongue(lang): Tongue) -> Page {
    staff::code(&state.site, lang, Asked::default())
}

/// Takes a short code with its PIN and leads to the pad.
pub async fn code(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    jar: CookieJar,
    Form(form): Form<Coded>,
) -> Response {
    let done = async {
        let link = state.store.link_by_code(&form.code, state.now()).await?;
        Ok::<_, Error>((enrol(&state, link, jar, &form.pin).await?, link))
    };
    match done.await {
        Ok((jar, link)) => (jar, Redirect::to(&state.path(Purpose::Staff, link))).into_response(),
        // Which of the two was wrong is nobody's business.
        Err(error) => match wrong(&error).or(matches!(error, Error::Missing(_)).then_some(Wrong::Pin)) {
            Some(wrong) => {
                staff::code(&state.site, lang, Asked { code: form.code, wrong: Some(wrong) }).into_response()
            }
            None => super::gone(&state, lang, "", &error).into_response(),
        },
    }
}

async fn enrol(state: &State, link: LinkId, jar: CookieJar, pin: &str) -> kaishi_store::Result<CookieJar> {
    let device = known(&jar).unwrap_or_else(|| DeviceId::new(state.now(), state.random()));
    state.store.enrol(link, device, pin.trim(), state.now()).await?;
    let cookie = Cookie::build((COOKIE, device.to_string()))
        .path("/staff")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.is_https())
        .max_age(LIVES);
    Ok(jar.add(cookie))
}

const fn wrong(error: &Error) -> Option<Wrong> {
    match error {
        Error::Refused(Refusal::NotGenuine) => Some(Wrong::Pin),
        Error::Taken(_) => Some(Wrong::Shut),
        _ => None,
    }
}
