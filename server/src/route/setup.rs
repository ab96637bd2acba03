//! Set-up links: the first account of an organization, somebody new, a new password. Each works once.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::door::{self, For, SetUp};
use kaishi_app::pages::refused::refused;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::people::Entrance;
use kaishi_domain::actor::{Role, Seat};
use kaishi_domain::token::Purpose;
use kaishi_domain::{AccountId, LinkId, organization};
use kaishi_store::{Account, Invitation, Organization};
use serde::Deserialize;
use tower_sessions::Session;

use crate::password::{self, Weak, hash};
use crate::route::caller::Tongue;

/// What the form sends; which of it counts, the link decides.
#[derive(Deserialize, Default)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    district: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    /// Whoever is signed in joins as who it is.
    join: Option<String>,
}

/// A living link with what it is for.
struct Opened {
    state: State,
    lang: Lang,
    token: String,
    link: LinkId,
    invitation: Invitation,
    organization: Organization,
    /// Who is signed in and might join.
    seat: Option<Seat>,
}

impl Opened {
    async fn find(state: &State, lang: Lang, token: String, session: &Session) -> Result<Self, Fault> {
        let link = state.keys.read(Purpose::Setup, &token)?;
        let invitation = state.store.invitation(link, state.now()).await?;
        let organization = state.store.organization(link.org()).await?;
        let seat = state.seat(session).await?;
        Ok(Self { state: state.clone(), lang, token, link, invitation, organization, seat })
    }

    /// The form, with what was typed and what is wrong with it.
    async fn page(&self, typed: &Typed, wrong: Option<&'static str>) -> Result<Page, Fault> {
        let words = Entrance(self.lang);
        let for_what = match &self.invitation {
            Invitation::First => For::First,
            Invitation::Password(_, login) => For::Password(login.clone()),
            Invitation::Join(roles) => {
                let join = match self.joining() {
                    Some(seat) => Some(self.state.store.login_of(seat.org, seat.account).await?),
                    None => None,
                };
                For::Join { organization: self.organization.name.clone(), roles: words.list(*roles), join }
            }
        };
        let known =
            |typed: &str, known: &str| if typed.is_empty() { known.to_owned() } else { typed.to_owned() };
        let typed = SetUp {
            name: known(&typed.name, &self.organization.name),
            district: known(&typed.district, &self.organization.district),
            login: typed.login.clone(),
        };
        let page = door::set_up(
            &self.state.site,
            self.lang,
            &format!("/setup/{}", self.token),
            for_what,
            typed,
            wrong,
        );
        Ok(if wrong.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
    }

    /// Somebody of another organization who is signed in and not here yet.
    fn joining(&self) -> Option<&Seat> {
        self.seat.as_ref().filter(|seat| seat.home != self.link.org())
    }

    /// What is wrong with what was typed, if anything.
    fn wrong(&self, typed: &Typed) -> Option<&'static str> {
        let words = Entrance(self.lang);
        let login = match &self.invitation {
            Invitation::Password(_, login) => login.as_str(),
            _ => typed.login.as_str(),
        };
        match password::check(&typed.password, &[login, &self.organization.name, &typed.name]) {
            Err(Weak::Length) => return Some(words.at_least()),
            Err(Weak::Guessable) => return Some(words.guessable()),
            Ok(()) => {}
        }
        let plain = (1..=64).contains(&login.len()) && login.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let named = !matches!(self.invitation, Invitation::First)
            || (organization::name(&typed.name).is_ok() && organization::name(&typed.district).is_ok());
        (!plain || !named).then_some(words.names_missing())
    }

    async fn take_up(&self, typed: &Typed) -> Result<&'static str, Fault> {
        let (store, now, link) = (&self.state.store, self.state.now(), self.link);
        let id = AccountId::new(now, self.state.random());
        if typed.join.is_some()
            && let (Invitation::Join(roles), Some(seat)) = (&self.invitation, self.joining())
        {
            let login = store.login_of(seat.org, seat.account).await?;
            store.invited_join((link, *roles), (seat.home, seat.account, &login), now).await?;
            return Ok("/o/self");
        }
        let hash = hash(typed.password.clone()).await?;
        match &self.invitation {
            Invitation::First => {
                store.link_use(Purpose::Setup, link, now).await?;
                let organization = Organization {
                    id: link.org(),
                    name: organization::name(&typed.name)?.to_owned(),
                    district: organization::name(&typed.district)?.to_owned(),
                };
                store.organization_name(&organization, id, now).await?;
                let account =
                    Account { org: link.org(), id, login: typed.login.clone(), role: Role::Organizer };
                store.account_add(&account, &hash, now).await?;
            }
            Invitation::Join(roles) => {
                store.invited_account((link, *roles), id, (&typed.login, &hash), now).await?;
            }
            Invitation::Password(account, _) => {
                store.invited_password(link, *account, &hash, now).await?;
            }
        }
        Ok("/login")
    }
}

fn gone(state: &State, lang: Lang, fault: &Fault) -> Response {
    match fault {
        Fault::Unavailable | Fault::Broken => refused(&state.site, lang, fault).into_response(),
        _ => door::link_gone(&state.site, lang).status(StatusCode::GONE).into_response(),
    }
}

/// The form behind its one-time link.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    session: Session,
    Path(token): Path<String>,
) -> Response {
    let page = match Opened::find(&state, lang, token, &session).await {
        Ok(opened) => opened.page(&Typed::default(), None).await,
        Err(fault) => Err(fault),
    };
    page.map_or_else(|fault| gone(&state, lang, &fault), IntoResponse::into_response)
}

/// Takes the link up.
pub async fn take_up(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    session: Session,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let opened = match Opened::find(&state, lang, token, &session).await {
        Ok(opened) => opened,
        Err(fault) => return gone(&state, lang, &fault),
    };
    let joins = typed.join.is_some() && opened.joining().is_some();
    let wrong = if joins { None } else { opened.wrong(&typed) };
    let done = match wrong {
        Some(wrong) => opened.page(&typed, Some(wrong)).await.map(IntoResponse::into_response),
        None => match opened.take_up(&typed).await {
            Ok(path) => Ok(Redirect::to(path).into_response()),
            Err(Fault::Taken(_)) => {
                let taken = Entrance(lang).login_taken();
                opened.page(&typed, Some(taken)).await.map(IntoResponse::into_response)
            }
            Err(fault) => Err(fault),
        },
    };
    done.unwrap_or_else(|fault| gone(&state, lang, &fault))
}
