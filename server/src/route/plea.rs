//! A resident raises an appeal at a poster: a form, a post, a slip. No session, no script.

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::resident::{self, Draft, No, Wrong};
use kaishi_app::state::State;
use kaishi_domain::appeal::{Appeal, Category, Contact, Emergency, Grid, NewAppeal, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::poster::PosterState;
use kaishi_domain::token::Ticket;
use kaishi_domain::{GridId, MarketRef, Refusal, StallId};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::door::Door;

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    pub(super) ticket: String,
    category: Option<String>,
    words: String,
    #[serde(default)]
    grid: String,
    contact: String,
    /// It sounded like danger, and the page has said whom to call.
    #[serde(default)]
    told: Option<String>,
    /// The honey pot: people do not see it.
    pub(super) website: String,
}

impl Sent {
    /// The form with what was typed.
    pub(super) fn draft(&self, action: String, ticket: String, grids: Vec<Grid>, kept_for: i64) -> Draft {
        Draft {
            action,
            ticket,
            sign: None,
            category: self.category.as_deref().and_then(|code| Category::from_code(code).ok()),
            words: self.words.clone(),
            grids: (grids, self.grid.clone()),
            contact: self.contact.clone(),
            kept_for,
            wrong: None,
        }
    }
}

/// An appeal is welcome at every genuine poster that was not called back, on any day.
fn called_back(door: &Door) -> Option<Response> {
    (door.scan.poster.state == PosterState::Revoked).then(|| door.page(&No::Revoked).into_response())
}

/// The form.
pub async fn page(door: Door) -> Response {
    match called_back(&door) {
        Some(no) => no,
        None => draft(&door, fresh(&door), &Sent::default(), None).await,
    }
}

impl Default for Sent {
    fn default() -> Self {
        let empty = String::new;
        Self {
            ticket: empty(),
            category: None,
            words: empty(),
            grid: empty(),
            contact: empty(),
            told: None,
            website: empty(),
        }
    }
}

fn fresh(door: &Door) -> String {
    let ticket = Ticket::mint(door.scan.poster.id, door.now, door.state.random(), [0; 16]);
    door.state.keys.seal(&ticket)
}

async fn draft(door: &Door, ticket: String, sent: &Sent, wrong: Option<Wrong>) -> Response {
    let path = format!("{}/appeal", door.path);
    // The form stands without its grids, where they cannot be read.
    let grids = door.state.store.grids(door.market().org).await.unwrap_or_default();
    let kept_for = door.state.limits.contact_days;
    let draft = Draft {
        sign: Some(door.scan.sign.clone()),
        wrong,
        ..sent.draft(path.clone(), ticket, grids, kept_for)
    };
    resident::raise(&door.state.site, &door.top_at(&path), draft).into_response()
}

/// Raises it and answers after the commit with its slip.
pub async fn raise(door: Door, Form(sent): Form<Sent>) -> Response {
    if let Some(no) = called_back(&door) {
        return no;
    }
    if !sent.website.is_empty() {
        return Redirect::to(&door.path).into_response();
    }
    let poster = door.scan.poster.id;
    let Ok(ticket) = door.state.keys.open(&sent.ticket, poster, door.now, door.state.limits.ticket_age)
    else {
        return draft(&door, fresh(&door), &sent, Some(Wrong::Stale)).await;
    };
    match write(&door, &sent, &ticket).await {
        Ok(appeal) => Redirect::to(&door.sized(&format!("/a/{}?new=1", appeal.code))).into_response(),
        Err(wrong) => draft(&door, sent.ticket.clone(), &sent, Some(wrong)).await,
    }
}

/// The grid that was chosen; one that was taken out meanwhile is none.
async fn grid(state: &State, at: MarketRef, typed: &str) -> Option<GridId> {
    let chosen: GridId = typed.parse().ok()?;
    let grids = state.store.grids(at.org).await.ok()?;
    grids.iter().any(|grid| grid.id == chosen).then_some(chosen)
}

async fn write(door: &Door, sent: &Sent, ticket: &Ticket) -> Result<Appeal, Wrong> {
    let at = door.market();
    let stall = Some(door.scan.sign.stall);
    let new = compose(&door.state, sent, (at, stall), ticket).await?;
    door.state.store.appeal_raise(&new, None, door.now).await.map_err(|error: Error| {
        tracing::warn!(%error, "an appeal was not raised");
        Wrong::Busy
    })
}

/// What is raised, from what the form sends.
pub(super) async fn compose(
    state: &State,
    sent: &Sent,
    (at, stall): (MarketRef, Option<StallId>),
    ticket: &Ticket,
) -> Result<NewAppeal, Wrong> {
    let code = sent.category.as_deref().ok_or(Wrong::Kind)?;
    let category = Category::from_code(code).map_err(|_| Wrong::Kind)?;
    let words = Words::some(&sent.words).map_err(|refusal| match refusal {
        Refusal::TooLong(_) => Wrong::TooLong,
        _ => Wrong::Words,
    })?;
    if let (Some(whom), None) = (Emergency::heard(words.as_str()), &sent.told) {
        return Err(Wrong::CallFirst(whom));
    }
    let contact = Contact::parse(&sent.contact).map_err(|_| Wrong::Contact)?;
    let nonce = kaishi_domain::id::hex(&ticket.nonce);
    Ok(NewAppeal {
        org: at.org,
        market: at.market,
        stall,
        channel: Source::Scan,
        category,
        words,
        grid: grid(state, at, &sent.grid).await,
        contact,
        code: None,
        nonce,
    })
}
