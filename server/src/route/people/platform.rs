//! The organizations of the server, for whoever runs it: names and places in the tree, nothing of their work.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::people::platform::{self, Line, Typed};
use kaishi_app::state::State;
use kaishi_app::words::people::Platform;
use kaishi_domain::moment::HOUR;
use kaishi_domain::organization::{self, Kind};
use kaishi_domain::token::Purpose;
use kaishi_domain::{OrgId, Refusal};
use kaishi_store::{Error, NewLink, Organization};
use serde::Deserialize;

use crate::route::caller::{No, Signed};

/// A set-up link opens so long.
const OPENS_FOR: i64 = 24 * HOUR;

/// What the form of a new organization sends.
#[derive(Deserialize)]
pub struct New {
    name: String,
    district: String,
    kind: String,
    #[serde(default)]
    above: String,
}

/// Under whom to put it.
#[derive(Deserialize)]
pub struct Under {
    above: OrgId,
}

async fn show(
    state: &State,
    who: &Signed,
    typed: Typed,
    wrong: Option<&'static str>,
    link: Option<(OrgId, String)>,
) -> Result<Page, No> {
    let mut lines = Vec::new();
    for node in state.store.tree(&who.operator()?).await.map_err(who.no())? {
        let org = node.organization.id;
        lines.push(Line {
            org,
            name: node.organization.name,
            district: node.organization.district,
            kind: node.kind,
            above: node.above,
            has_account: state.store.first_organizer(org).await.map_err(who.no())?.is_some(),
            link: link.as_ref().filter(|(of, _)| *of == org).map(|(_, address)| address.clone()),
        });
    }
    Ok(platform::platform(&who.desk, lines, typed, wrong))
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: Signed) -> Result<Page, No> {
    show(&state, &who, Typed::default(), None, None).await
}

/// Founds an organization.
pub async fn found(Shared(state): Shared<State>, who: Signed, Form(form): Form<New>) -> Result<Response, No> {
    let (by, words, now) = (who.operator()?, Platform(who.desk.lang), state.now());
    let read = || -> Result<_, Refusal> {
        let above = if form.above.is_empty() { None } else { Some(form.above.parse::<OrgId>()?) };
        let (name, district) = (organization::name(&form.name)?, organization::name(&form.district)?);
        let id = OrgId::from_bytes(state.random());
        let new = Organization { id, name: name.to_owned(), district: district.to_owned() };
        Ok((new, Kind::from_code(&form.kind)?, above))
    };
    let done = match read() {
        Ok((new, kind, above)) => state.store.found_under(&by, (&new, kind), above, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    let wrong = match done {
        Ok(()) => return Ok(Redirect::to("/o/platform").into_response()),
        Err(Error::Refused(Refusal::Malformed("superior"))) => words.wrong_above(),
        Err(Error::Refused(_)) => words.name_missing(),
        Err(error) => return Err(who.no()(error)),
    };
    let typed = Typed { name: form.name, district: form.district, kind: form.kind, above: form.above };
    let page = show(&state, &who, typed, Some(wrong), None).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Puts an organization under another.
pub async fn under(
    Shared(state): Shared<State>,
    who: Signed,
    Path(org): Path<OrgId>,
    Form(form): Form<Under>,
) -> Result<Response, No> {
    let by = who.operator()?;
    match state.store.put_under(&by, org, form.above, state.now()).await {
        Ok(()) => Ok(Redirect::to("/o/platform").into_response()),
        Err(Error::Refused(_)) => {
            let wrong = Platform(who.desk.lang).wrong_above();
            let page = show(&state, &who, Typed::default(), Some(wrong), None).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// A set-up link for the first account of an organization that has none.
pub async fn link(Shared(state): Shared<State>, who: Signed, Path(org): Path<OrgId>) -> Result<Page, No> {
    let (_, now) = (who.operator()?, state.now());
    state.store.node(org).await.map_err(who.no())?;
    if state.store.first_organizer(org).await.map_err(who.no())?.is_some() {
        return Err(No::new(&who.desk, Fault::Missing));
    }
    let new = NewLink {
        purpose: Purpose::Setup,
        org,
        market: None,
        stall: None,
        unit: None,
        expires_at: now.plus(OPENS_FOR),
    };
    let id = state.store.link_add(&new, now).await.map_err(who.no())?;
    let address = state.address(Purpose::Setup, id);
    show(&state, &who, Typed::default(), None, Some((org, address))).await
}
