//! Who calls: language and signed-in actor as extractors, and the answer to those who are neither.

use axum::extract::{FromRef, FromRequestParts, MatchedPath, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::frame::{Desk, Section};
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::actor::{Actor, Admin, Auditor, Operator, Organizer, Reader, Role, Seat};
use tower_sessions::Session;

use crate::log::account_mark;
use crate::route::right;

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

/// A signed-in account, whatever it may do, and the frame of its pages.
pub struct Signed {
    /// Who and where.
    pub seat: Seat,
    /// Frame.
    pub desk: Desk,
}

/// A signed-in account that reads what happens at markets, and the frame of its pages.
pub struct SignedIn {
    /// Who.
    pub actor: Actor,
    /// Frame.
    pub desk: Desk,
}

impl Signed {
    /// The handle of whoever runs the server, or a page that says no.
    pub fn operator(&self) -> Result<Operator, No> {
        self.seat.operator().map_err(self.no())
    }

    /// Turns a failed verb into a page that says no.
    pub fn no<E: Into<Fault>>(&self) -> impl Fn(E) -> No + use<'_, E> {
        |error| No::new(&self.desk, error.into())
    }
}

impl SignedIn {
    /// The organizer's handle, or a page that says no.
    pub fn organizer(&self) -> Result<Organizer, No> {
        self.actor.organizer().map_err(self.no())
    }

    /// The handle of whoever reads drafts and rows, or a page that says no.
    pub fn reader(&self) -> Result<Reader, No> {
        self.actor.reader().map_err(self.no())
    }

    /// The admin's handle, or a page that says no.
    pub fn admin(&self) -> Result<Admin, No> {
        self.actor.admin().map_err(self.no())
    }

    /// The auditor's handle, or a page that says no.
    pub fn auditor(&self) -> Result<Auditor, No> {
        self.actor.auditor().map_err(self.no())
    }

    /// Turns a failed verb into a page that says no.
    pub fn no<E: Into<Fault>>(&self) -> impl Fn(E) -> No + use<'_, E> {
        |error| No::new(&self.desk, error.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Response> {
        let state = State::from_ref(inner);
        let lang = tongue(parts);
        let session = Session::from_request_parts(parts, inner).await.map_err(IntoResponse::into_response)?;
        let no = |fault: &Fault| refused(&state.site, lang, fault).into_response();
        let seat = state.seat(&session).await.map_err(|fault| no(&fault))?;
        let Some(seat) = seat else { return Err(Redirect::to("/login").into_response()) };
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        if state.is_bare(&seat) && !path.starts_with("/o/self") {
            return Err(Redirect::to("/o/self/second").into_response());
        }
        if !seat.roles.meets(right::roles(&parts.method, path)) {
            // Whoever runs the server has a beginning of its own.
            if path == "/o/" && seat.operator().is_ok() {
                return Err(Redirect::to("/o/platform").into_response());
            }
            tracing::info!(account = %account_mark(seat.account), roles = %seat.roles, path, "not allowed");
            return Err(no(&Fault::NotAllowed));
        }
        let desk = desk(&state, &seat, lang).await.map_err(|error| no(&error.into()))?;
        Ok(Self { seat, desk })
    }
}

async fn desk(state: &State, seat: &Seat, lang: Lang) -> kaishi_store::Result<Desk> {
    let node = state.store.node(seat.org).await?;
    let actor = seat.actor().ok();
    let runs = actor.as_ref().is_some_and(|actor| actor.organizer().is_ok());
    let tabs = [
        (Section::Street, actor.is_some() && node.kind.oversees()),
        (Section::Season, actor.is_some() && (runs || !node.kind.oversees())),
        (Section::Grounds, runs || seat.roles.holds(Role::Auditor)),
        (Section::Units, runs || seat.roles.holds(Role::Auditor)),
        (Section::People, actor.as_ref().is_some_and(|actor| actor.auditor().is_ok())),
        (Section::Platform, seat.operator().is_ok()),
    ];
    Ok(Desk {
        site: state.site.clone(),
        lang,
        organization: node.organization.name,
        login: state.store.login_of(seat.org, seat.account).await?,
        tabs: tabs.into_iter().filter(|(_, is)| *is).map(|(tab, _)| tab).collect(),
        may_change: runs,
        reads_rows: actor.as_ref().is_some_and(|actor| actor.reader().is_ok()),
        signs: actor.as_ref().is_some_and(|actor| actor.admin().is_ok()),
    })
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn
where
    State: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Response> {
        let Signed { seat, desk } = Signed::from_request_parts(parts, inner).await?;
        match seat.actor() {
            Ok(actor) => Ok(Self { actor, desk }),
            Err(refusal) => Err(No::new(&desk, refusal.into()).into_response()),
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
