//! One's own account: password, sessions, the organization where one works now.

use std::sync::Arc;

use axum::extract::{Extension, Form, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::people::own::{self, Opened, Place, Told};
use kaishi_app::state::State;
use kaishi_app::words::people::{Entrance, Own};
use kaishi_domain::OrgId;
use kaishi_domain::moment::Place as Zone;
use kaishi_domain::token::second::Owner;
use kaishi_store::session::AT;
use serde::Deserialize;
use tower_sessions::Session;

use super::outside;
use crate::oidc::Outside;
use crate::password::{self, Weak};
use crate::route::caller::{No, Signed};
use crate::route::names::moment;
use crate::route::oidc::Provided;
use crate::route::patience::Patience;

/// Where nothing says otherwise, times are those of this place.
const TIME_ZONE: &str = "Asia/Shanghai";

/// Five tries a minute at password and digits of an account that is signed in.
#[derive(Clone)]
pub struct Tries(Patience);

impl Default for Tries {
    fn default() -> Self {
        Self(Patience::per_minute(5))
    }
}

impl Tries {
    /// Counts a try; whether it has to wait.
    pub fn wait(&self, account: &str) -> bool {
        self.0.wait(account)
    }
}

/// What the password form sends.
#[derive(Deserialize)]
pub struct Changed {
    old: String,
    new: String,
}

/// Where to work now.
#[derive(Deserialize)]
pub struct Going {
    org: OrgId,
}

/// The id of this very session, as the store writes it.
fn this(session: &Session) -> String {
    session.id().map(|id| id.to_string()).unwrap_or_default()
}

pub(super) async fn show(
    state: &State,
    who: &Signed,
    session: &Session,
    provider: Option<&Arc<Outside>>,
    told: Told,
) -> Result<Page, No> {
    let (home, account, lang) = (who.seat.home, who.seat.account, who.desk.lang);
    let zone = Zone::named(TIME_ZONE).map_err(who.no())?;
    let mine = this(session);
    let opened = state.store.sessions(home, account).await.map_err(who.no())?;
    let opened = opened
        .into_iter()
        .map(|one| Opened { began: moment(&zone, lang, one.began), here: one.id == mine, agent: one.agent })
        .collect();
    let mut places = Vec::new();
    for organization in state.store.postings(home, account).await.map_err(who.no())? {
        let seat = state.store.seat(organization.id, account).await.map_err(who.no())?;
        places.push(Place {
            org: organization.id,
            name: organization.name,
            roles: seat.map(|seat| Entrance(lang).list(seat.roles)).unwrap_or_default(),
            here: organization.id == who.seat.org,
        });
    }
    let outside = outside::shown(state, provider, &Owner { home, account }).await.map_err(who.no())?;
    Ok(own::own(&who.desk, places, outside, opened, told))
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: Signed,
    session: Session,
    Extension(outside): Provided,
) -> Result<Page, No> {
    show(&state, &who, &session, outside.as_ref(), Told::Nothing).await
}

/// A new password: the old one proves who it is, and every other session ends.
pub async fn password(
    Shared(state): Shared<State>,
    who: Signed,
    session: Session,
    (Extension(tries), Extension(outside)): (Extension<Tries>, Provided),
    Form(form): Form<Changed>,
) -> Result<Response, No> {
    let (home, account, words) = (who.seat.home, who.seat.account, Own(who.desk.lang));
    let told = if tries.wait(&account.to_string()) {
        Told::Wrong(words.slow_down())
    } else {
        let stored = state.store.password_hash(home, account).await.map_err(who.no())?;
        let names = [who.desk.login.as_str(), who.desk.organization.as_str()];
        match (
            password::verify(form.old, stored).await.map_err(who.no())?,
            password::check(&form.new, &names),
        ) {
            (None, _) => Told::Wrong(words.wrong_old()),
            (_, Err(Weak::Length)) => Told::Wrong(Entrance(who.desk.lang).at_least()),
            (_, Err(Weak::Guessable)) => Told::Wrong(Entrance(who.desk.lang).guessable()),
            (Some(_), Ok(())) => {
                let hash = password::hash(form.new).await.map_err(who.no())?;
                let mine = this(&session);
                let set = state.store.password_set((home, account), &hash, Some(&mine), state.now()).await;
                set.map_err(who.no())?;
                Told::Done(words.changed())
            }
        }
    };
    let status = match told {
        Told::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    Ok(show(&state, &who, &session, outside.as_ref(), told).await?.status(status).into_response())
}

/// Ends every session but this one.
pub async fn end_others(
    Shared(state): Shared<State>,
    who: Signed,
    session: Session,
    Extension(outside): Provided,
) -> Result<Page, No> {
    let ended = state.store.sessions_end(who.seat.home, who.seat.account, &this(&session)).await;
    ended.map_err(who.no())?;
    show(&state, &who, &session, outside.as_ref(), Told::Done(Own(who.desk.lang).ended())).await
}

/// Goes to another organization where this account works.
pub async fn go(
    Shared(state): Shared<State>,
    who: Signed,
    session: Session,
    Form(form): Form<Going>,
) -> Result<Redirect, No> {
    let seat = state.store.seat(form.org, who.seat.account).await.map_err(who.no())?;
    if seat.is_none_or(|seat| seat.roles.is_empty()) {
        return Err(No::new(&who.desk, Fault::Missing));
    }
    session.insert(AT, form.org).await.map_err(|_| No::new(&who.desk, Fault::Unavailable))?;
    Ok(Redirect::to("/o/"))
}
