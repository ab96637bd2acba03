//! The checklist of a cell behind its head's link. No account; the link is the right to sign.

use std::collections::HashMap;

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::day::{HeadView, Signed, head as page_of};
use kaishi_app::pages::resident::community;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::cell::{Cells, Check as Words};
use kaishi_domain::MarketRef;
use kaishi_domain::actor::CellHead;
use kaishi_domain::cell::{Answer, Check, Point};
use kaishi_domain::token::Purpose;
use kaishi_store::{Error, Result};

use super::emergency::places;
use super::stalls;
use crate::route::caller::Tongue;

/// What the form sends: an answer to each point, a remark, a role.
type Sent = HashMap<String, String>;

/// The page.
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Response {
    shown(&state, lang, &token, None).await
}

async fn shown(state: &State, lang: Lang, token: &str, again: Option<(Sent, &'static str)>) -> Response {
    let read = async {
        let head = head(state, token).await?;
        view(state, lang, &head, again).await
    };
    match read.await {
        Ok(view) => {
            let status =
                if view.complaint.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            page_of(&state.site, view).status(status).into_response()
        }
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

async fn head(state: &State, token: &str) -> Result<CellHead> {
    let link = state.keys.read(Purpose::Cell, token)?;
    state.store.cell_head(link, state.now()).await
}

fn answers(sent: &Sent) -> impl Fn(Point) -> Option<Answer> + '_ {
    |point| sent.get(point.code()).and_then(|code| Answer::from_code(code).ok())
}

async fn view(
    state: &State,
    lang: Lang,
    head: &CellHead,
    again: Option<(Sent, &'static str)>,
) -> Result<HeadView> {
    let at = MarketRef { org: head.org, market: head.market };
    let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
    let cell = state.store.cells(at).await?.into_iter().find(|cell| cell.id == head.cell);
    let cell = cell.ok_or(Error::Missing("cell"))?;
    let names = stalls(state, at, lang).await?;
    let place = market.place()?;
    let (sent, complaint) = again.map_or_else(|| (Sent::new(), None), |(sent, why)| (sent, Some(why)));
    let answer = answers(&sent);
    let chosen =
        Point::ALL.iter().filter_map(|point| answer(*point).map(|answer| (*point, answer))).collect();
    let text = |name: &str| sent.get(name).cloned().unwrap_or_default();
    Ok(HeadView {
        lang,
        title: format!("{} {}", community(&organization.name), market.name),
        name: cell.name.clone(),
        action: state.path(Purpose::Cell, cell.link),
        partners: Cells(lang).partner_list(&cell.partners),
        stalls: names.into_iter().filter(|(id, _)| cell.stalls.contains(id)).map(|(_, name)| name).collect(),
        signed: cell.signed.as_ref().map(|signed| Signed {
            at: place.clock(signed.at),
            hazards: signed.check.unmet().next().is_some(),
            covers: cell.is_signed(),
        }),
        chosen,
        remark: text("remark"),
        signer: text("signer"),
        complaint,
        places: places(state, at, lang).await?,
    })
}

/// Signs.
pub async fn sign(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let text = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let done = async {
        let head = head(&state, &token).await?;
        let check = Check::of(answers(&sent), text("remark"))?;
        let signed = state.store.cell_sign(&head, &check, text("signer"), state.now()).await;
        signed.map(|()| format!("/cell/{token}"))
    };
    match done.await {
        Ok(path) => Redirect::to(&path).into_response(),
        Err(Error::Refused(why)) if Gone::because(&Error::Refused(why.clone())) == Gone::NotOurs => {
            let complaint = Words(lang).refused(&why);
            shown(&state, lang, &token, Some((sent, complaint))).await
        }
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}
