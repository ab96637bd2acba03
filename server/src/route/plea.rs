//! A resident raises an appeal at a poster: a form, a post, a slip. No session, no script.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::resident::{self, Draft, No, Wrong};
use kaishi_app::state::State;
use kaishi_domain::Refusal;
use kaishi_domain::appeal::{Appeal, Category, Contact, NewAppeal, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::poster::PosterState;
use kaishi_domain::token::Ticket;
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::door::Door;
use crate::route::scan::Look;

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    ticket: String,
    category: Option<String>,
    words: String,
    contact: String,
    /// The honey pot: people do not see it.
    website: String,
}

/// An appeal is welcome at every genuine poster that was not called back, on any day.
async fn open(
    state: State,
    lang: kaishi_app::words::Lang,
    token: &str,
    look: &Look,
) -> Result<Door, Response> {
    let door =
        Door::open(state, lang, token, look.big.is_some()).await.map_err(IntoResponse::into_response)?;
    if door.scan.poster.state == PosterState::Revoked {
        return Err(door.page(&No::Revoked).into_response());
    }
    Ok(door)
}

/// The form.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Query(look): Query<Look>,
) -> Response {
    match open(state, lang, &token, &look).await {
        Ok(door) => draft(&door, fresh(&door), &Sent::default(), None),
        Err(no) => no,
    }
}

impl Default for Sent {
    fn default() -> Self {
        let empty = String::new;
        Self { ticket: empty(), category: None, words: empty(), contact: empty(), website: empty() }
    }
}

fn fresh(door: &Door) -> String {
    let ticket = Ticket {
        poster: door.scan.poster.id,
        issued_at: door.now,
        nonce: door.state.random(),
        visitor: [0; 16],
    };
    door.state.keys.seal(&ticket)
}

fn draft(door: &Door, ticket: String, sent: &Sent, wrong: Option<Wrong>) -> Response {
    let path = format!("{}/appeal", door.path);
    let draft = Draft {
        action: path.clone(),
        ticket,
        sign: door.scan.sign.clone(),
        category: sent.category.as_deref().and_then(|code| Category::from_code(code).ok()),
        words: sent.words.clone(),
        contact: sent.contact.clone(),
        wrong,
    };
    resident::raise(&door.state.site, &door.top_at(&path), draft).into_response()
}

/// Raises it and answers after the commit with its slip.
pub async fn raise(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Query(look): Query<Look>,
    Form(sent): Form<Sent>,
) -> Response {
    let door = match open(state, lang, &token, &look).await {
        Ok(door) => door,
        Err(no) => return no,
    };
    if !sent.website.is_empty() {
        return Redirect::to(&door.path).into_response();
    }
    let poster = door.scan.poster.id;
    let Ok(ticket) = door.state.keys.open(&sent.ticket, poster, door.now, door.state.limits.ticket_age)
    else {
        return draft(&door, fresh(&door), &sent, Some(Wrong::Stale));
    };
    match write(&door, &sent, &ticket).await {
        Ok(appeal) => Redirect::to(&door.sized(&format!("/a/{}?new=1", appeal.code))).into_response(),
        Err(wrong) => draft(&door, sent.ticket.clone(), &sent, Some(wrong)),
    }
}

async fn write(door: &Door, sent: &Sent, ticket: &Ticket) -> Result<Appeal, Wrong> {
    let code = sent.category.as_deref().ok_or(Wrong::Kind)?;
    let category = Category::from_code(code).map_err(|_| Wrong::Kind)?;
    let words = Words::some(&sent.words).map_err(|refusal| match refusal {
        Refusal::TooLong(_) => Wrong::TooLong,
        _ => Wrong::Words,
    })?;
    let contact = Contact::parse(&sent.contact).map_err(|_| Wrong::Contact)?;
    let nonce = kaishi_domain::id::hex(&ticket.nonce);
    let at = door.market();
    let stall = Some(door.scan.sign.stall);
    let new = NewAppeal {
        org: at.org,
        market: at.market,
        stall,
        channel: Source::Scan,
        category,
        words,
        contact,
        nonce,
    };
    door.state.store.appeal_raise(&new, None, door.now).await.map_err(|error: Error| {
        tracing::warn!(%error, "an appeal was not raised");
        Wrong::Busy
    })
}
