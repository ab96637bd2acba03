//! Who calls: language and signed-in actor as extractors, and the answer to those who are neither.

use axum::extract::{FromRef, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::frame::Desk;
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::actor::{Actor, Organizer};
use tower_sessions::Session;

/// The language that a browser asks for: its cookie, else its settings.
pub struct Tongue(pub Lang);

/// The language of whoever asks: as chosen, or as the browser says.
pub fn tongue(parts: &Parts) -> Lang {
    if let Some(cookie) = CookieJar::from_headers(&parts.headers).get("lang") {
        return Lang::from_tag(cookie.value());
    }
    let asked = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::from_tag(asked.unwrap_or("zh"))
}

impl<S: Sync> FromRequestParts<S> for Tongue {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(tongue(parts)))
    }
}

/// A signed-in account and the frame of its pages.
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// Frame.
    pub desk: Desk,
}

impl SignedIn {
    /// The organizer's handle, or a page that says no.
    pub fn organizer(&self) -> Result<Organizer, No> {
        self.actor.organizer().map_err(|refusal| No::new(&self.desk, refusal.into()))
    }

    /// Turns a failed verb into a page that says no.
    pub fn no<E: Into<Fault>>(&self) -> impl Fn(E) -> No + use<'_, E> {
        |error| No::new(&self.desk, error.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Response> {
        let state = State::from_ref(inner);
        let lang = tongue(parts);
        let session = Session::from_request_parts(parts, inner).await.map_err(IntoResponse::into_response)?;
        let found = match state.actor(&session).await {
            Ok(found) => found,
            Err(fault) => return Err(refused(&state.site, lang, &fault).into_response()),
        };
        let Some(actor) = found else { return Err(Redirect::to("/login").into_response()) };
        match state.store.organization(actor.org()).await {
            Ok(organization) => Ok(Self {
                desk: Desk {
                    site: state.site.clone(),
                    lang,
                    organization: organization.name,
                    may_change: actor.organizer().is_ok(),
                },
                actor,
            }),
            Err(error) => Err(refused(&state.site, lang, &error.into()).into_response()),
        }
    }
}

/// A page that says no.
pub struct No(Box<Page>);

impl No {
    /// For somebody who is signed in.
    pub fn new(desk: &Desk, fault: Fault) -> Self {
        Self(Box::new(refused(&desk.site, desk.lang, &fault)))
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// An address that leads nowhere.
pub async fn nothing_here(
    axum::extract::State(state): axum::extract::State<State>,
    Tongue(lang): Tongue,
    _: Request,
) -> Page {
    refused(&state.site, lang, &Fault::Missing)
}
