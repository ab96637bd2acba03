//! A resident before a poster: look, tap, see that it counted, take it back. No session, no script.
//!
//! GET and HEAD never write. What is counted is answered after its commit, by a redirect to a page that
//! reads the ledger and so cannot say more than it holds.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::pages::resident::{self, No, Retry, Tap};
use kaishi_app::state::Face;
use kaishi_domain::actor::Resident;
use kaishi_domain::encounter::{Encounter, MAX_GROUP};
use kaishi_domain::poster::Standing;
use kaishi_domain::token::Ticket;
use kaishi_domain::trust::{Answer, Labels};
use kaishi_domain::{EncounterId, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::door::Door;
use crate::route::network::Network;
use crate::route::sign;
use crate::route::visitor::{self, Visitor};

/// What the address may add.
#[derive(Deserialize, Default)]
pub struct Look {
    /// Text of 30 pixels.
    pub big: Option<String>,
    /// The ticket that the done page reads.
    pub t: Option<String>,
}

/// What the stall page's form sends.
#[derive(Deserialize)]
pub struct Sent {
    ticket: String,
    n: Option<String>,
    /// The stall's code, if the page asked for it.
    #[serde(default)]
    pub(super) code: String,
    /// A field that no person sees.
    #[serde(default)]
    pub(super) memo: String,
}

/// The stall page.
pub async fn page(door: Door, jar: CookieJar) -> Response {
    match door.standing() {
        Ok(Standing::Counts(_)) => tap_page(&door, jar, 1, false).await,
        Ok(other) => door.refuse(other).await.into_response(),
        Err(refusal) => door.broken(&refusal.into()).into_response(),
    }
}

/// The page with a fresh ticket, and a cookie for who has none.
async fn tap_page(door: &Door, jar: CookieJar, n: i64, stale: bool) -> Response {
    let Some(key) = door.scan.day_key else { return door.page(&No::Over).into_response() };
    let (visitor, jar) = visitor::known_or_new(&door.state, jar, door.scan.market.closes_at, door.now);
    let ticket = Ticket::mint(door.scan.poster.id, door.now, door.state.random(), visitor.tag(&key));
    let (ticket, shows) = (door.state.keys.seal(&ticket), face(door).await);
    let render = |face: &Face, ticket: &str| Ok(stall_page(door, face, ticket, (n, stale))?);
    let page = if n == 1 && !stale {
        door.state.faces().cast((door.path.clone(), door.lang, door.big), shows, &ticket, render)
    } else {
        render(&shows, &ticket)
    };
    match page {
        Ok(page) => (jar, page).into_response(),
        Err(error) => door.broken(&error).into_response(),
    }
}

/// What the stall page shows.
async fn face(door: &Door) -> Face {
    Face {
        scan: door.scan.clone(),
        asks_code: sign::pace(door).await.code,
        moved: door.moved().await,
        told: door.told().await,
        extra: crate::route::extra::of_stall(door).await,
    }
}

fn stall_page(door: &Door, face: &Face, ticket: &str, (n, stale): (i64, bool)) -> Result<Page, Refusal> {
    let tap = Tap {
        sign: door.scan.sign.clone(),
        card: door.scan.card.clone(),
        action: door.path.clone(),
        ticket: ticket.to_owned(),
        n,
        stale,
        code: door.number()?,
        asks_code: face.asks_code,
        moved: face.moved.clone(),
        told: face.told.clone(),
        extra: face.extra.clone(),
    };
    Ok(resident::stall(&door.state.site, &door.top(), &tap))
}

/// Counts one visit and answers after its commit.
pub async fn count(door: Door, jar: CookieJar, from: Network, Form(sent): Form<Sent>) -> Response {
    let resident = match door.standing() {
        Ok(Standing::Counts(resident)) => resident,
        Ok(other) => return door.refuse(other).await.into_response(),
        Err(refusal) => return door.broken(&refusal.into()).into_response(),
    };
    let n = people(sent.n.as_deref());
    let ticket = door.state.keys.open(&sent.ticket, resident.poster, door.now, door.state.limits.ticket_age);
    let (Some(n), Ok(ticket)) = (n, ticket) else {
        let again = tap_page(&door, jar, n.unwrap_or(1), true).await;
        return (StatusCode::UNPROCESSABLE_ENTITY, again).into_response();
    };
    let visitor = Visitor::sent(&door.state, &jar).and_then(|visitor| door.proves(&visitor, &ticket));
    let pace = sign::pace(&door).await;
    let labels = match sign::judge(&door, &sent, (n, &ticket, visitor), pace, from.0) {
        Answer::Take(labels) => labels,
        Answer::Wait(_) if sign::is_known(&door, &ticket, visitor).await => Labels::NONE,
        Answer::Wait(millis) => {
            let retry = Retry::Form(door.path.clone(), sent.ticket, n, sent.code);
            return door.page(&No::Slow(retry, millis)).into_response();
        }
    };
    match record(&door, &resident, n, &ticket, visitor, labels).await {
        Ok(()) => Redirect::to(&door.done(&sent.ticket)).into_response(),
        Err(Error::Missing(_)) => door.page(&No::NotOurs).into_response(),
        Err(error) => {
            tracing::warn!(%error, "a visit was not counted");
            let retry = Retry::Form(door.path.clone(), sent.ticket, n, sent.code);
            door.page(&No::Busy(retry)).into_response()
        }
    }
}

async fn record(
    door: &Door,
    resident: &Resident,
    n: i64,
    ticket: &Ticket,
    visitor: Option<[u8; 16]>,
    labels: Labels,
) -> Result<(), Error> {
    let id = EncounterId::new(door.now, door.state.random());
    let encounter = Encounter::scan(id, resident, n, ticket.nonce, visitor, door.now)?.labelled(labels);
    door.state.store.append(encounter).await.map(drop)
}

/// One when nothing was chosen; nothing for what the form cannot have sent.
fn people(sent: Option<&str>) -> Option<i64> {
    match sent {
        None | Some("") => Some(1),
        Some(text) => text.parse().ok().filter(|n| (1..=MAX_GROUP).contains(n)),
    }
}

/// What the form of the done page sends.
#[derive(Deserialize)]
pub struct Back {
    ticket: String,
}

/// The page after the tap: what the ledger holds of this ticket, or back to the stall.
pub async fn done(door: Door, Query(look): Query<Look>, jar: CookieJar) -> Response {
    let sealed = look.t.unwrap_or_default();
    match crate::route::done::read(&door, &sealed, &jar).await {
        Ok(Some(done)) => {
            let top = door.top_at(&door.done_path(&sealed));
            resident::done(&door.state.site, &top, &done).into_response()
        }
        Ok(None) => Redirect::to(&door.sized(&door.path)).into_response(),
        Err(error) => {
            tracing::warn!(%error, "a visit was not read");
            door.page(&No::Busy(Retry::Page(door.done_path(&sealed)))).into_response()
        }
    }
}

/// Takes one's own visit back, within ten minutes, by a counter-entry.
pub async fn take_back(door: Door, jar: CookieJar, Form(sent): Form<Back>) -> Response {
    match crate::route::done::take_back(&door, &sent.ticket, &jar).await {
        Ok(()) => Redirect::to(&door.done(&sent.ticket)).into_response(),
        Err(Error::Refused(Refusal::NotGenuine)) => Redirect::to(&door.sized(&door.path)).into_response(),
        Err(Error::Refused(_) | Error::Missing(_)) => {
            door.page(&No::CannotTakeBack(door.path.clone())).into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "a visit was not taken back");
            door.page(&No::Busy(Retry::Page(door.done_path(&sent.ticket)))).into_response()
        }
    }
}
