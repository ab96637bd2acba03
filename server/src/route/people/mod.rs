//! Who works here and as what: the pages of whoever looks after accounts.

pub mod operations;
pub mod outside;
pub mod own;
pub mod platform;
pub mod second;
pub mod street;
pub mod trail;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::people::{self, Invitation, Line};
use kaishi_app::state::State;
use kaishi_app::words::people::People;
use kaishi_domain::actor::{Admin, Role, Roles};
use kaishi_domain::moment::{HOUR, Place};
use kaishi_domain::token::Purpose;
use kaishi_domain::token::second::Owner;
use kaishi_domain::{AccountId, LinkId, Refusal};
use kaishi_store::{Error, Person};

use crate::oidc::Outside;
use crate::route::caller::{No, SignedIn};
use crate::route::names::moment;
use crate::route::oidc::Provided;
use crate::route::unit::place;

/// An invitation opens so long.
const INVITED_FOR: i64 = 72 * HOUR;

/// Everything about people, one's own account and the organizations above and below.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/o/people", get(page))
        .route("/o/people/invite", post(invite))
        .route("/o/people/invite/{link}/revoke", post(revoke))
        .route("/o/people/{account}", get(one))
        .route("/o/people/{account}/roles", post(roles))
        .route("/o/people/{account}/password", post(new_password))
        .route("/o/people/{account}/second", post(second_off))
        .route("/o/people/{account}/oidc", post(outside::of_person))
        .route("/o/people/{account}/leave", post(leave))
        .route("/o/people/{account}/return", post(come_back))
        .route("/o/self", get(own::page))
        .route("/o/self/password", post(own::password))
        .route("/o/self/sessions", post(own::end_others))
        .route("/o/self/at", post(own::go))
        .route("/o/self/oidc", post(outside::own))
        .route("/o/self/second", get(second::page))
        .route("/o/self/second/begin", post(second::begin))
        .route("/o/self/second/confirm", post(second::confirm))
        .route("/o/self/second/off", post(second::off))
        .route("/o/street", get(street::page))
        .route("/o/audit", get(trail::page))
        .route("/o/operations", get(operations::page))
        .route("/o/operations/backup", post(operations::back_up))
        .route("/o/operations/verify", post(operations::verify))
        .route("/o/platform", get(platform::page).post(platform::found))
        .route("/o/platform/{org}/under", post(platform::under))
        .route("/o/platform/{org}/link", post(platform::link))
}

/// The ticked roles of a form: a field each.
fn ticked(form: &[(String, String)]) -> Roles {
    let is = |role: &Role| form.iter().any(|(name, value)| name == "role" && value == role.code());
    Role::GIVEN.into_iter().filter(is).collect()
}

async fn line(
    state: &State,
    who: &SignedIn,
    provider: Option<&Arc<Outside>>,
    place: &Place,
    person: Person,
) -> Result<Line, No> {
    let lang = who.desk.lang;
    let owner = Owner { home: person.home, account: person.id };
    let second = state.store.second(&owner).await.map_err(who.no())?;
    let here = person.home == who.actor.org();
    let provider = provider.filter(|_| here);
    let outside = outside::shown(state, provider, &owner).await.map_err(who.no())?;
    Ok(Line {
        outside,
        second: second.is_some_and(|second| second.confirmed) && here,
        id: person.id,
        login: person.login,
        roles: person.roles,
        since: moment(place, lang, person.joined_at),
        left: person.left_at.map(|at| moment(place, lang, at)),
        elsewhere: !here,
        yourself: person.id == who.actor.account(),
    })
}

async fn show(state: &State, who: &SignedIn, wrong: Option<&'static str>) -> Result<Page, No> {
    let (mut lines, place) = (Vec::new(), place(state, who).await?);
    for person in state.store.people(&who.auditor()?).await.map_err(who.no())? {
        lines.push(line(state, who, None, &place, person).await?);
    }
    let mut open = Vec::new();
    if let Ok(by) = who.actor.admin() {
        for one in state.store.invitations(&by, state.now()).await.map_err(who.no())? {
            open.push(Invitation {
                link: one.link,
                address: state.address(Purpose::Setup, one.link),
                for_what: People(who.desk.lang).link_for(one.roles, one.login.as_deref()),
                until: moment(&place, who.desk.lang, one.until),
            });
        }
    }
    Ok(people::people(&who.desk, who.actor.admin().is_ok(), lines, open, wrong))
}

/// Everybody, and the invitations that are open.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, None).await
}

/// Invites somebody.
pub async fn invite(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let (by, now) = (who.admin()?, state.now());
    match state.store.invite(&by, ticked(&form), now.plus(INVITED_FOR), now).await {
        Ok(_) => Ok(Redirect::to("/o/people#links").into_response()),
        Err(Error::Refused(Refusal::Missing(_))) => {
            let page = show(&state, &who, Some(People(who.desk.lang).no_role())).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Takes an invitation back.
pub async fn revoke(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(link): Path<String>,
) -> Result<Redirect, No> {
    let by = who.admin()?;
    let link: LinkId = link.parse().map_err(|_| No::new(&who.desk, Fault::Missing))?;
    state.store.invitation_revoke(&by, link, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/people#links"))
}

async fn show_one(
    state: &State,
    who: &SignedIn,
    provider: Option<&Arc<Outside>>,
    account: AccountId,
    wrong: Option<&'static str>,
) -> Result<Page, No> {
    let person = state.store.person(&who.auditor()?, account).await.map_err(who.no())?;
    let line = line(state, who, provider, &place(state, who).await?, person).await?;
    Ok(people::one(&who.desk, who.actor.admin().is_ok(), line, wrong))
}

/// One of them.
pub async fn one(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
) -> Result<Page, No> {
    show_one(&state, &who, outside.as_ref(), account, None).await
}

/// What an admin does to one person; a refusal is told on that person's page.
async fn done(
    state: &State,
    who: &SignedIn,
    provider: Option<&Arc<Outside>>,
    account: AccountId,
    done: Result<(), Error>,
) -> Result<Response, No> {
    let words = People(who.desk.lang);
    let wrong = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/o/people/{account}")).into_response()),
        Err(Error::Refused(Refusal::Missing(_))) => words.no_role(),
        Err(Error::Refused(Refusal::WrongState(_))) => words.last_admin(),
        Err(error) => return Err(who.no()(error)),
    };
    let page = show_one(state, who, provider, account, Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Gives somebody other roles.
pub async fn roles(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by: Admin = who.admin()?;
    let given = state.store.person_roles(&by, account, ticked(&form), state.now()).await;
    done(&state, &who, outside.as_ref(), account, given).await
}

/// A link for a new password.
pub async fn new_password(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(account): Path<AccountId>,
) -> Result<Redirect, No> {
    let (by, now) = (who.admin()?, state.now());
    state.store.invite_password(&by, account, now.plus(INVITED_FOR), now).await.map_err(who.no())?;
    Ok(Redirect::to("/o/people#links"))
}

/// Takes the second factor of somebody away whose phone is lost.
pub async fn second_off(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
) -> Result<Response, No> {
    let by = who.admin()?;
    let gone = state.store.person_second_off(&by, account, state.now()).await;
    done(&state, &who, outside.as_ref(), account, gone).await
}

/// Somebody works here no more.
pub async fn leave(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
) -> Result<Response, No> {
    let by = who.admin()?;
    let left = state.store.person_leave(&by, account, state.now()).await;
    done(&state, &who, outside.as_ref(), account, left).await
}

/// Somebody works here again.
pub async fn come_back(
    Shared(state): Shared<State>,
    who: SignedIn,
    Extension(outside): Provided,
    Path(account): Path<AccountId>,
) -> Result<Response, No> {
    let by = who.admin()?;
    let back = state.store.person_return(&by, account, state.now()).await;
    done(&state, &who, outside.as_ref(), account, back).await
}
