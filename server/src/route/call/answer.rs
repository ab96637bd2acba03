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
        let mut view = caller.view(&state).await?;
        let words = Words(lang);
        view.done = match look.done.as_deref() {
            Some("sent") => Some(words.sent()),
            Some("taken") => Some(words.taken_it()),
            _ => None,
        };
        if view.open {
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
    wrong: String,
    status: StatusCode,
) -> Response {
    match caller.view(state).await {
        Ok(view) => pages::answer(&state.site, View { filled, wrong: Some(wrong), ..view })
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
    let Ok(stall) = form.stall.parse::<StallId>() else { return caller.back("") };
    match state.store.stall_hold(&caller.guest, stall, state.now()).await {
        Ok(_) => caller.back(&format!("?stall={stall}")),
        Err(Error::Taken(_)) => {
            let wrong = lost(&state, &caller, stall, &Pitch { name: "-".into(), ..Pitch::default() }).await;
            again(&state, &caller, None, wrong, StatusCode::CONFLICT).await
        }
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

/// Why a stall is gone, and which one would do instead.
async fn lost(state: &State, caller: &Caller, stall: StallId, pitch: &Pitch) -> String {
    let words = Words(caller.lang);
    let next = match caller.nearest(state, stall, pitch).await.ok().flatten() {
        Some(no) => {
            caller.lang.pick(format!("{} {no} 号。", words.nearest()), format!("{} {no}.", words.nearest()))
        }
        None => words.none_fits().to_owned(),
    };
    format!("{} {next}", words.lost())
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
    let words = Words(lang);
    let caller = match Caller::of(&state, lang, &token).await {
        Ok(caller) => caller,
        Err(error) => return staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let view = match caller.view(&state).await {
        Ok(view) => view,
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
        (Ok(pitch), true) => (pitch, Some(words.must_agree().to_owned())),
        // A taken stall is nobody's decision but the unit's, so its papers have to be in order.
        (Ok(pitch), false) if stall.is_some() => {
            let lack = caller.lack(&pitch);
            (pitch, lack)
        }
        (Ok(pitch), false) => (pitch, None),
        (Err(_), _) => (Pitch::default(), Some(words.wrong().to_owned())),
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
    match (done, stall) {
        (Ok(_), Some(_)) => caller.back("?done=taken"),
        (Ok(_), None) => caller.back("?done=sent"),
        (Err(Error::Taken(_)), Some(stall)) => {
            let wrong = lost(&state, &caller, stall, &pitch).await;
            again(&state, &caller, None, wrong, StatusCode::CONFLICT).await
        }
        (Err(Error::Taken(_)), None) => {
            again(&state, &caller, None, words.twice().to_owned(), StatusCode::CONFLICT).await
        }
        (Err(Error::Refused(Refusal::Expired)), _) => {
            again(&state, &caller, None, words.over().to_owned(), StatusCode::CONFLICT).await
        }
        (Err(Error::Refused(Refusal::NotAllowed)), _) => {
            again(&state, &caller, None, words.barred().to_owned(), StatusCode::FORBIDDEN).await
        }
        (Err(Error::Refused(_)), _) => {
            let filled = Some(form.filled(about, None));
            again(&state, &caller, filled, words.wrong().to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        (Err(error), _) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
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
    match state.store.claim_reply(&caller.guest, claim, &reply, state.now()).await {
        // What is no longer possible shows as it stands now.
        Ok(()) | Err(Error::Refused(_) | Error::Missing(_)) => caller.back(""),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}
