//! The organizer's side: the letter, the wants, decisions, telling, links.

use std::collections::BTreeMap;

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::call::{self as pages, Letter, Line, View, Wanted};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::call::Call as Words;
use kaishi_app::words::unit::Units;
use kaishi_domain::call::{Call, Claim, Decision, Policy, Want, risks};
use kaishi_domain::entry::Entry;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::{Unit, gate};
use kaishi_domain::{ClaimId, MarketRef, Refusal, UnitId, WantId};
use kaishi_store::{Error, Ruling};
use serde::Deserialize;

use super::{about, until};
use crate::link::LinkBook;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::{day_title, market_of};
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

/// What is shown again when it was not right.
#[derive(Default)]
struct Again {
    letter: Option<Letter>,
    wanted: Wanted,
    complaint: Option<String>,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, Again::default()).await
}

async fn show(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who, market, again).await.map_err(who.no())?;
    Ok(pages::desk(&who.desk, &rail, view))
}

async fn view(state: &State, who: &SignedIn, market: &Market, again: Again) -> kaishi_store::Result<View> {
    let (at, lang, now) = (MarketRef { org: market.org, market: market.id }, who.desk.lang, state.now());
    let words = Words(lang);
    let known = state.store.call(at).await?;
    let call = known.clone().unwrap_or_else(|| Call::blank(market.opens_at));
    let (wants, claims) = (state.store.wants(at).await?, state.store.claims(at).await?);
    let (_, layout) = state.store.layout(at, market.plan).await?;
    let addresses = addresses(state, who, market).await?;
    let day = day_title(market, lang);
    let units = state.store.units(&who.actor.viewer()).await?;
    let lines = claims
        .iter()
        .map(|claim| {
            let link = addresses.get(&claim.unit).cloned().unwrap_or_default();
            let notice = words.notice(&day, &claim.unit_name, &claim.pitch.name, &claim.state, &link);
            let lacks = lacks(lang, market, &units, claim);
            Line { about: about(lang, claim, &wants, &layout), notice, lacks, claim: claim.clone() }
        })
        .collect();
    let entries = state.store.entries(at).await?;
    let assigned = state.store.assignments(at).await?;
    let missed: BTreeMap<UnitId, i64> = state.store.missed(at).await?.into_iter().collect();
    let found = risks(
        &entries,
        &claims,
        now,
        |id| assigned.iter().any(|one| one.held.entry == id),
        |entry| entry.unit.and_then(|unit| missed.get(&unit).copied()).unwrap_or(0),
    );
    let named = |id| entries.iter().find(|entry: &&Entry| entry.id == id);
    let risks = found
        .into_iter()
        .filter_map(|(id, why)| named(id).map(|entry| (entry, why)))
        .map(|(entry, why)| {
            let why = why.into_iter().map(|risk| words.risk(risk)).collect();
            (entry.name.clone(), entry.unit_name.clone(), why)
        })
        .collect();
    let links =
        units.into_iter().filter_map(|unit| Some((unit.name, addresses.get(&unit.id)?.clone()))).collect();
    let letter = again.letter.map_or_else(|| written(market, &call), Ok)?;
    Ok(View {
        market: at,
        zones: market.zones.clone(),
        letter,
        until: known.as_ref().map(|call| until(market, call, lang)).transpose()?,
        open: call.is_open(now),
        wants,
        wanted: again.wanted,
        lines,
        risks,
        links,
        complaint: again.complaint,
    })
}

/// The papers that a unit lacks for what it would do; of an answer that has ended nobody asks.
fn lacks(lang: Lang, market: &Market, units: &[Unit], claim: &Claim) -> Vec<String> {
    let unit = units.iter().find(|unit| unit.id == claim.unit && claim.state.is_living());
    let found = unit.zip(Day::parse(&market.held_on).ok());
    let found = found.map(|(unit, day)| gate(unit, &claim.pitch.services, day)).unwrap_or_default();
    found.iter().map(|lack| Units(lang).lack(lack)).collect()
}

/// The addresses of the units' pages that exist; none for those who may only look.
async fn addresses(
    state: &State,
    who: &SignedIn,
    market: &Market,
) -> kaishi_store::Result<BTreeMap<UnitId, String>> {
    let Ok(by) = who.actor.organizer() else { return Ok(BTreeMap::new()) };
    let links = state.store.links(&by, market.id, state.now()).await?;
    let units = links.into_iter().filter_map(|link| {
        let unit = link.what.unit.filter(|_| link.what.purpose == Purpose::Unit)?;
        Some((unit, state.address(Purpose::Unit, link.id)))
    });
    Ok(units.collect())
}

fn written(market: &Market, call: &Call) -> Result<Letter, Refusal> {
    let place = market.place()?;
    Ok(Letter {
        intro: call.intro.clone(),
        rules: call.rules.clone(),
        deadline: format!("{}T{}", place.day(call.deadline), place.clock(call.deadline)),
        policy: call.policy.code().to_owned(),
        listed: call.listed,
        wrong: None,
    })
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

fn back(at: MarketRef, part: &str) -> Response {
    Redirect::to(&format!("/o/m/{at}/call{part}")).into_response()
}

async fn refused(state: &State, who: &SignedIn, market: &Market, again: Again) -> Result<Response, No> {
    let page = show(state, who, market, again).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
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
    let done = match form.call(&market) {
        Ok(call) => state.store.call_set(&by, at.market, &call, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(at, "")),
        Err(Error::Refused(_)) => {
            let letter = Some(form.again(Words(who.desk.lang).wrong_call()));
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
    match state.store.want_remove(&by, at.market, want, state.now()).await {
        Ok(()) => Ok(back(at, "")),
        Err(Error::Taken(_)) => {
            let complaint = Some(Words(who.desk.lang).want_answered().to_owned());
            refused(&state, &who, &market, Again { complaint, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
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
        if lack.is_some() {
            return refused(&state, &who, &market, Again { complaint: lack, ..Again::default() }).await;
        }
    }
    let done = match form.ruling() {
        Ok(ruling) => state.store.claim_rule(&by, at.market, claim, &ruling, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(at, &format!("#c-{claim}"))),
        Err(Error::Refused(refusal)) => {
            let complaint = Some(Words(who.desk.lang).refused(&refusal).to_owned());
            refused(&state, &who, &market, Again { complaint, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Tells every decision that has been prepared.
pub async fn tell(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    match state.store.claims_tell(&by, at.market, state.now()).await {
        Ok(_) => Ok(back(at, "")),
        Err(Error::Refused(refusal)) => {
            let complaint = Some(Words(who.desk.lang).refused(&refusal).to_owned());
            refused(&state, &who, &market, Again { complaint, ..Again::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
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
    let welcome = units.iter().filter(|unit| unit.standing.may_enter()).map(|unit| unit.id);
    LinkBook::invite(&state, &by, &market, welcome).await.map_err(who.no())?;
    Ok(back(at, "#links"))
}
