//! The organizer's side: the letter, the wants, decisions, telling, links.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::call::{self as pages, Letter, Wanted};
use kaishi_app::state::State;
use kaishi_app::words::call::Call as Words;
use kaishi_domain::call::{Call, Decision, Policy, Want};
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::{ClaimId, MarketRef, Refusal, WantId};
use kaishi_store::{Error, Ruling};
use serde::Deserialize;

use super::standing::{lacks, view};
use crate::link::LinkBook;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the letter's form sends.
#[derive(Deserialize)]
pub struct Written {
    #[serde(default)]
    intro: String,
    #[serde(default)]
    rules: String,
    deadline: String,
    policy: String,
    listed: Option<String>,
}

/// What a want's form sends.
#[derive(Deserialize)]
pub struct Posted {
    title: String,
    #[serde(default)]
    seats: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    detail: String,
}

/// What the buttons at an answer send.
#[derive(Deserialize)]
pub struct Ruled {
    verb: String,
    #[serde(default)]
    reason: String,
}

/// What has just been told: to how many, and how many of them wait.
#[derive(Deserialize)]
pub struct Told {
    told: Option<usize>,
    waits: Option<usize>,
}

/// What is shown again when it was not right, or said when it was done.
#[derive(Default)]
pub(super) struct Again {
    pub(super) letter: Option<Letter>,
    pub(super) wanted: Wanted,
    pub(super) done: Option<String>,
    pub(super) complaint: Option<String>,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(Told { told, waits }): Query<Told>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let done = told.map(|told| Words(who.desk.lang).told_all(told, waits.unwrap_or(0)));
    show(&state, &who, &market, Again { done, ..Again::default() }).await
}

async fn show(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who, market, again).await.map_err(who.no())?;
    Ok(pages::desk(&who.desk, &rail, view))
}

impl Written {
    fn call(&self, market: &Market) -> Result<Call, Refusal> {
        let (day, clock) = self.deadline.split_once('T').ok_or(Refusal::Malformed("deadline"))?;
        // Some browsers send seconds as well.
        let clock: String = clock.chars().take(5).collect();
        Call {
            intro: self.intro.clone(),
            rules: self.rules.clone(),
            deadline: market.place()?.at_clock(Day::parse(day)?, &clock)?,
            listed: self.listed.is_some(),
            policy: Policy::from_code(&self.policy)?,
        }
        .sound()
    }

    fn again(self, wrong: &'static str) -> Letter {
        let Self { intro, rules, deadline, policy, listed } = self;
        Letter { intro, rules, deadline, policy, listed: listed.is_some(), wrong: Some(wrong) }
    }
}

pub(super) fn back(at: MarketRef, part: &str) -> Response {
    Redirect::to(&format!("/o/m/{at}/call{part}")).into_response()
}

async fn refused(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Response, No> {
    let page = show(state, who, market, again).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

pub(super) async fn complain(
    state: &State,
    who: &SignedIn,
    market: &Market,
    words: &str,
) -> Result<Response, No> {
    let complaint = Some(words.to_owned());
    refused(state, who, market, Again { complaint, ..Again::default() }).await
}

/// Back to the page, or the page again with the reason why it was not done.
async fn answer<T>(
    state: &State,
    who: &SignedIn,
    market: &Market,
    done: Result<T, Error>,
    part: &str,
) -> Result<Response, No> {
    let words = Words(who.desk.lang);
    match done {
        Ok(_) => Ok(back(MarketRef { org: who.actor.org(), market: market.id }, part)),
        Err(Error::Refused(refusal)) => complain(state, who, market, words.refused(&refusal)).await,
        Err(Error::Taken(_)) => complain(state, who, market, words.want_answered()).await,
        Err(error) => Err(who.no()(error)),
    }
}

/// Writes the letter.
pub async fn write(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Written>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let stood = state.store.call(at).await.map_err(who.no())?.map(|call| call.deadline);
    let (hours, now) = ((market.opens_at, market.closes_at), state.now());
    let done = match form.call(&market).and_then(|call| call.timely(stood, hours, now)) {
        Ok(call) => state.store.call_set(&by, at.market, &call, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(at, "")),
        Err(Error::Refused(refusal)) => {
            let letter = Some(form.again(Words(who.desk.lang).refused_letter(&refusal)));
            refused(&state, &who, &market, Again { letter, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Posts a want.
pub async fn want(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Posted>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let now = state.now();
    let known = form.zone.is_empty() || market.zone(&form.zone).is_some();
    let seats = form.seats.trim().parse().ok().filter(|_| known);
    let want = seats.map(|seats| Want {
        id: WantId::new(now, state.random()),
        title: form.title.clone(),
        zone: form.zone.clone(),
        detail: form.detail.clone(),
        seats,
        taken: 0,
    });
    let done = match want {
        Some(want) => state.store.want_put(&by, at.market, &want, now).await,
        None => Err(Refusal::Malformed("seats").into()),
    };
    match done {
        Ok(()) => Ok(back(at, "")),
        Err(Error::Refused(_)) => {
            let Posted { title, seats, zone, detail } = form;
            let wrong = Some(Words(who.desk.lang).wrong_want());
            let wanted = Wanted { title, zone, seats, detail, wrong };
            refused(&state, &who, &market, Again { wanted, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Takes a want off the call.
pub async fn unwant(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, want)): Path<(MarketRef, WantId)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = state.store.want_remove(&by, at.market, want, state.now()).await;
    answer(&state, &who, &market, done, "").await
}

impl Ruled {
    fn ruling(self) -> Result<Ruling, Refusal> {
        Ok(match self.verb.as_str() {
            "accept" => Ruling::Prepare(Decision::Accept),
            "waitlist" => Ruling::Prepare(Decision::Waitlist),
            "decline" => Ruling::Prepare(Decision::Decline(self.reason)),
            "reconsider" => Ruling::Reconsider,
            "let_go" => Ruling::Answer(true),
            "keep" => Ruling::Answer(false),
            "strike" => Ruling::Strike(self.reason),
            _ => return Err(Refusal::Malformed("verb")),
        })
    }
}

/// Decides about one answer.
pub async fn rule(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, claim)): Path<(MarketRef, ClaimId)>,
    Form(form): Form<Ruled>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    if form.verb == "accept" {
        let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
        let claims = state.store.claims(at).await.map_err(who.no())?;
        let known = claims.iter().find(|known| known.id == claim);
        let lack = known.and_then(|known| lacks(who.desk.lang, &market, &units, known).into_iter().next());
        if let Some(lack) = lack {
            return complain(&state, &who, &market, &lack).await;
        }
    }
    let done = match form.ruling() {
        Ok(ruling) => state.store.claim_rule(&by, at.market, claim, &ruling, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&state, &who, &market, done, &format!("#c-{claim}")).await
}

/// Tells every decision that has been prepared.
pub async fn tell(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = state.store.claims_tell(&by, at.market, state.now()).await;
    let part = done.as_ref().map(|told| {
        let waits = told.iter().filter(|claim| claim.state.code() == "waitlisted").count();
        format!("?told={}&waits={waits}", told.len())
    });
    let part = part.unwrap_or_default();
    answer(&state, &who, &market, done, &part).await
}

/// Reminds those who have not said yes, by a message to the organization's other programs.
pub async fn remind(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    state.store.claims_remind(&by, market.id, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/outbox#messages").into_response())
}

/// Makes a link for every unit that has none.
pub async fn links(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let welcome = units.iter().filter(|unit| unit.may_enter()).map(|unit| unit.id);
    LinkBook::invite(&state, &by, &market, welcome).await.map_err(who.no())?;
    Ok(back(at, "#links"))
}
