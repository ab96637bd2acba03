//! A unit's side, behind its signed link: read the call, bid, take a stall, offer, confirm, leave.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::call::{self as pages, AnswerView as View, Filled};
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::call::Answer as Words;
use kaishi_domain::call::{Ask, Pitch};
use kaishi_domain::entry::{Needs, Way};
use kaishi_domain::unit::Unit;
use kaishi_domain::{ClaimId, Refusal, StallId, WantId};
use kaishi_store::{Error, Reply, Result};
use serde::Deserialize;

use super::caller::Caller;
use super::fit::{No, Square};
use crate::route::caller::Tongue;

/// What the address may add: what is being filled in, and what has just gone well.
#[derive(Deserialize, Default)]
pub struct Look {
    pub(super) want: Option<String>,
    pub(super) stall: Option<String>,
    pub(super) offer: Option<String>,
    done: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    #[serde(default)]
    want: String,
    #[serde(default)]
    stall: String,
    /// The stall that was suggested in its place, where that button was pressed.
    #[serde(default)]
    instead: String,
    name: String,
    #[serde(default)]
    services: String,
    #[serde(default)]
    power: String,
    #[serde(default)]
    note: String,
    water: Option<String>,
    shelter: Option<String>,
    step_free: Option<String>,
    agree: Option<String>,
}

/// The stall that somebody wants to look at.
#[derive(Deserialize)]
pub struct Looked {
    stall: String,
}

/// What the buttons at an answer send.
#[derive(Deserialize)]
pub struct Replied {
    verb: String,
    #[serde(default)]
    reason: String,
    /// `own` where the buttons stand on the unit's own page.
    #[serde(default)]
    page: String,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Query(look): Query<Look>,
) -> Page {
    let read = async {
        let caller = Caller::of(&state, lang, &token).await?;
        let mut view = caller.view(&state, &Square::of(&state, &caller).await?).await?;
        let words = Words(lang);
        view.done = match look.done.as_deref() {
            Some("sent") => Some(words.sent()),
            Some("taken") => Some(words.taken_it()),
            _ => None,
        };
        if view.open && view.stays_out.is_none() {
            let kept = kept(&state, &caller, &look).await?;
            view.filled = caller.form(&view, &look, kept);
        }
        Ok(view)
    };
    match read.await {
        Ok(view) => pages::answer(&state.site, view),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)),
    }
}

/// Until when the stall that is being filled in is kept.
async fn kept(state: &State, caller: &Caller, look: &Look) -> Result<Option<String>> {
    let Some(stall) = look.stall.as_deref().and_then(|id| id.parse::<StallId>().ok()) else {
        return Ok(None);
    };
    let holds = state.store.stall_holds(caller.at(), state.now()).await?;
    let mine = holds.into_iter().find(|(held, unit, _)| *held == stall && *unit == caller.guest.unit);
    let place = caller.market.place()?;
    Ok(mine.map(|(_, _, until)| place.clock(until)))
}

/// The page again with what went wrong; nothing that was typed is lost.
async fn again(
    state: &State,
    caller: &Caller,
    filled: Option<Filled>,
    No { why, instead }: No,
    status: StatusCode,
) -> Response {
    let read = async { caller.view(state, &Square::of(state, caller).await?).await };
    match read.await {
        Ok(view) => pages::answer(&state.site, View { filled, wrong: Some(why), instead, ..view })
            .status(status)
            .into_response(),
        Err(error) => staff::gone(&state.site, caller.lang, Gone::because(&error)).into_response(),
    }
}

/// Keeps a stall for some minutes and leads to its form.
pub async fn hold(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(form): Form<Looked>,
) -> Response {
    let caller = match Caller::of(&state, lang, &token).await {
        Ok(caller) => caller,
        Err(error) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let stall = form.stall.parse::<StallId>().ok().filter(|_| caller.stays_out().is_none());
    let Some(stall) = stall else { return caller.back("") };
    match keep(&state, &caller, stall).await {
        Ok(None) => caller.back(&format!("?stall={stall}")),
        Ok(Some((no, status))) => again(&state, &caller, None, no, status).await,
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

/// Keeps a stall for the unit; says why not, where it is gone or nothing can stand there.
async fn keep(state: &State, caller: &Caller, stall: StallId) -> Result<Option<(No, StatusCode)>> {
    // What the unit brings is not known yet.
    let entry = caller.entry(&Pitch { name: "-".into(), ..Pitch::default() })?;
    let square = Square::of(state, caller).await?;
    if let Some(no) = square.refuses(caller.lang, stall, &entry) {
        return Ok(Some((no, StatusCode::UNPROCESSABLE_ENTITY)));
    }
    match state.store.stall_hold(&caller.guest, stall, state.now()).await {
        Ok(_) => Ok(None),
        Err(Error::Taken(_)) => {
            let no = Square::of(state, caller).await?.gone(caller.lang, stall, &entry);
            Ok(Some((no, StatusCode::CONFLICT)))
        }
        Err(error) => Err(error),
    }
}

/// The page after a stall was lost: what was typed stands in the form of the nearest one that would do, which is kept
/// for the unit, or else in the form of an offer.
async fn lost(
    state: &State,
    caller: &Caller,
    form: Sent,
    (stall, pitch): (StallId, &Pitch),
) -> Result<(Filled, No)> {
    let square = Square::of(state, caller).await?;
    let no = square.gone(caller.lang, stall, &caller.entry(pitch)?);
    let (next, about) = no.instead.unzip();
    let held = match next {
        Some(next) => state.store.stall_hold(&caller.guest, next, state.now()).await.ok(),
        None => None,
    };
    let place = caller.market.place()?;
    let kept = held.map(|until| place.clock(until));
    let filled = Filled { stall: next, ..form.filled(about.unwrap_or_default(), kept) };
    Ok((filled, No::because(no.why)))
}

impl Sent {
    fn pitch(&self, caller: &Caller, zone: String) -> std::result::Result<Pitch, Refusal> {
        let power = self.power.trim();
        let power_w =
            if power.is_empty() { 0 } else { power.parse().map_err(|_| Refusal::Malformed("power"))? };
        let needs = Needs {
            power_w,
            water: self.water.is_some(),
            shelter: self.shelter.is_some(),
            step_free: self.step_free.is_some(),
            ..Needs::default()
        };
        let services = Unit::services_of(&self.services);
        Pitch { name: self.name.clone(), zone, services, needs, note: self.note.clone() }
            .sound(caller.guest.unit, Way::Offer)
    }

    /// The form with the stall whose button was pressed.
    fn chosen(self) -> Self {
        if self.instead.is_empty() { self } else { Self { stall: self.instead.clone(), ..self } }
    }

    fn filled(self, about: String, kept: Option<String>) -> Filled {
        Filled {
            want: self.want.parse().ok(),
            stall: self.stall.parse().ok(),
            about,
            kept,
            name: self.name,
            services: self.services,
            power: self.power,
            note: self.note,
            water: self.water.is_some(),
            shelter: self.shelter.is_some(),
            step_free: self.step_free.is_some(),
            agree: self.agree.is_some(),
        }
    }
}

/// Bids, takes or offers.
pub async fn send(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(form): Form<Sent>,
) -> Response {
    let (words, form) = (Words(lang), form.chosen());
    let read = async {
        let caller = Caller::of(&state, lang, &token).await?;
        let square = Square::of(&state, &caller).await?;
        let view = caller.view(&state, &square).await?;
        Ok::<_, Error>((caller, square, view))
    };
    let (caller, square, view) = match read.await {
        Ok(read) => read,
        Err(error) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let want: Option<WantId> = form.want.parse().ok();
    let stall: Option<StallId> = form.stall.parse().ok();
    let wanted = want.and_then(|id| view.wants.iter().find(|(known, ..)| known.id == id));
    let zone = wanted.map(|(want, ..)| want.zone.clone()).unwrap_or_default();
    let no = view.stalls.iter().find(|open| Some(open.id) == stall).map(|open| open.no.clone());
    let about = wanted.map(|(want, ..)| want.title.clone()).or_else(|| no.clone()).unwrap_or_default();
    let must_agree = view.letter.as_ref().is_some_and(|(_, rules)| !rules.is_empty()) && form.agree.is_none();
    let pitch = form.pitch(&caller, zone);
    let (pitch, wrong) = match (pitch, must_agree) {
        (Ok(pitch), true) => (pitch, Some(No::because(words.must_agree()))),
        (Ok(pitch), false) => {
            let no = stall.and_then(|stall| caller.refused(&square, stall, &pitch));
            (pitch, no)
        }
        (Err(_), _) => (Pitch::default(), Some(No::because(words.wrong()))),
    };
    if let Some(wrong) = wrong {
        let filled = Some(form.filled(about, None));
        return again(&state, &caller, filled, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let now = state.now();
    let done = match (want, stall) {
        (Some(want), _) => state.store.claim_add(&caller.guest, Ask::Bid(want), &pitch, now).await,
        (None, Some(stall)) => {
            let no = no.unwrap_or_default();
            state.store.claim_take(&caller.guest, stall, &no, &pitch, now).await
        }
        (None, None) => state.store.claim_add(&caller.guest, Ask::Offer, &pitch, now).await,
    };
    let (filled, no, status) = match (done, stall) {
        (Ok(_), Some(_)) => return caller.back("?done=taken"),
        (Ok(_), None) => return caller.back("?done=sent"),
        (Err(Error::Taken(_)), Some(stall)) => match lost(&state, &caller, form, (stall, &pitch)).await {
            Ok((filled, no)) => (Some(filled), no, StatusCode::CONFLICT),
            Err(error) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
        },
        (Err(Error::Taken(_)), None) => (None, No::because(words.twice()), StatusCode::CONFLICT),
        (Err(Error::Refused(Refusal::Expired)), _) => (None, No::because(words.over()), StatusCode::CONFLICT),
        (Err(Error::Refused(Refusal::NotAllowed)), _) => {
            (None, No::because(words.barred()), StatusCode::FORBIDDEN)
        }
        (Err(Error::Refused(_)), _) => {
            (Some(form.filled(about, None)), No::because(words.wrong()), StatusCode::UNPROCESSABLE_ENTITY)
        }
        (Err(error), _) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    again(&state, &caller, filled, no, status).await
}

/// Confirms or leaves.
pub async fn reply(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path((token, claim)): Path<(String, ClaimId)>,
    Form(form): Form<Replied>,
) -> Response {
    let caller = match Caller::of(&state, lang, &token).await {
        Ok(caller) => caller,
        Err(error) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let reply = match form.verb.as_str() {
        "confirm" => Reply::Confirm,
        "leave" => Reply::Leave(form.reason),
        _ => return caller.back(""),
    };
    let own = form.page == "own";
    match state.store.claim_reply(&caller.guest, claim, &reply, state.now()).await {
        // What is no longer possible shows as it stands now.
        Ok(()) | Err(Error::Refused(_) | Error::Missing(_)) if own => caller.home(),
        Ok(()) | Err(Error::Refused(_) | Error::Missing(_)) => caller.back(""),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}
