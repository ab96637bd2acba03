//! The staff pad behind its signed link: its page, and the plain forms for a browser without script.
//! The pad itself sends through its calls; both end in the same verbs.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::islands::pad::Setup;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::actor::Device;
use kaishi_domain::appeal::{AppealCode, Category};
use kaishi_domain::batch::{Outcome, Record};
use kaishi_domain::encounter::{Kind, RecordKind};
use kaishi_domain::pad::Journal;
use kaishi_domain::{MarketRef, Moment, Refusal};
use kaishi_store::{Error, Result};
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::{counter, news};

/// What the address may add after a plain form.
#[derive(Deserialize)]
pub struct Look {
    kind: Option<Kind>,
    raised: Option<String>,
}

/// What the plain +1 form sends.
#[derive(Deserialize)]
pub struct Tap {
    nonce: String,
    kind: Kind,
    n: i64,
}

/// What the plain undo form sends.
#[derive(Deserialize)]
pub struct Undo {
    nonce: String,
    of: String,
}

/// What the plain appeal form sends: `raise:consult` or `settle:consult`.
#[derive(Deserialize)]
pub struct Plea {
    nonce: String,
    words: String,
    act: String,
}

fn gone(state: &State, lang: Lang, error: &Error) -> Page {
    staff::gone(&state.site, lang, Gone::because(error))
}

/// The pad.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Query(look): Query<Look>,
) -> Page {
    match setup(&state, lang, token, look).await {
        Ok((setup, moved)) => {
            let doors = counter::doors(&state, lang, &setup.token).await;
            staff::pad(&state.site, setup, moved, doors)
        }
        Err(error) => gone(&state, lang, &error),
    }
}

async fn setup(state: &State, lang: Lang, token: String, look: Look) -> Result<(Setup, Option<String>)> {
    let (device, now) = (state.device(&token).await?, state.now());
    let at = MarketRef { org: device.org, market: device.market };
    let market = state.store.market(at).await?;
    let signs = state.store.signs(at, now).await?;
    let sign = signs.iter().find(|sign| sign.stall == device.stall).ok_or(Error::Missing("stall"))?;
    let appeals = state.store.appeal_counts(at, Some(device.stall), now).await?;
    let today = state.store.stall_today(at, device.stall).await?;
    let taps = state.store.taps(&device).await?;
    let moved = news::of_stall(lang, &*state.store.standings(at, now).await?, sign);
    let setup = Setup {
        lang,
        no: sign.no.clone(),
        name: sign.name.clone(),
        unit: sign.unit.clone(),
        kind: look.kind.unwrap_or_default(),
        journal: Journal::new(today, taps),
        appeals: (appeals.raised, appeals.settled_by_unit),
        now,
        midnight: midnight(&market.time_zone, now)?,
        nonce: nonce(state),
        raised: raised(state, &device, look.raised.as_deref()).await,
        token,
    };
    Ok((setup, moved))
}

fn midnight(zone: &str, now: Moment) -> std::result::Result<Moment, Refusal> {
    let place = kaishi_domain::moment::Place::named(zone)?;
    place.at(place.day(now), 0, 0)
}

fn nonce(state: &State) -> String {
    kaishi_domain::id::hex(&state.random::<16>())
}

/// The appeal that the plain form has just raised, if it was raised at this stall.
async fn raised(state: &State, device: &Device, code: Option<&str>) -> Option<(String, bool)> {
    let code: AppealCode = code?.parse().ok()?;
    let appeal = state.store.appeal(code).await.ok()?;
    let ours = code.org == device.org && appeal.stall == Some(device.stall);
    ours.then(|| (code.to_string(), appeal.state.settled_by_unit()))
}

/// One tap without script.
pub async fn tap(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(tap): Form<Tap>,
) -> Response {
    let record = Record {
        id: tap.nonce,
        seq: 0,
        at: state.now(),
        kind: RecordKind::Plus,
        n: tap.n,
        encounter: tap.kind,
        of: None,
    };
    let back = format!("/staff/{token}?kind={}", tap.kind.code());
    write(&state, lang, &token, record, &back).await
}

/// Takes a tap back without script.
pub async fn undo(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(undo): Form<Undo>,
) -> Response {
    let record = Record {
        id: undo.nonce,
        seq: 0,
        at: state.now(),
        kind: RecordKind::Undo,
        n: 1,
        encounter: Kind::default(),
        of: Some(undo.of),
    };
    let back = format!("/staff/{token}");
    write(&state, lang, &token, record, &back).await
}

/// One record into the ledger, answered after its commit.
async fn write(state: &State, lang: Lang, token: &str, record: Record, back: &str) -> Response {
    let done = async {
        let device = state.device(token).await?;
        state.store.tap_batch(&device, &[record], state.now()).await
    };
    match done.await {
        Ok(receipts) if receipts.iter().any(|receipt| receipt.result == Outcome::Refused) => {
            (StatusCode::UNPROCESSABLE_ENTITY, page_again(state, lang, token).await).into_response()
        }
        Ok(_) => Redirect::to(back).into_response(),
        Err(error) => gone(state, lang, &error).into_response(),
    }
}

async fn page_again(state: &State, lang: Lang, token: &str) -> Page {
    let look = Look { kind: None, raised: None };
    match setup(state, lang, token.to_owned(), look).await {
        Ok((setup, moved)) => {
            let doors = counter::doors(state, lang, &setup.token).await;
            staff::pad(&state.site, setup, moved, doors).status(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => gone(state, lang, &error),
    }
}

/// An appeal at the stall without script.
pub async fn appeal(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Form(plea): Form<Plea>,
) -> Response {
    let raised = async {
        let device = state.device(&token).await?;
        let (verb, category) = plea.act.split_once(':').ok_or(Refusal::Malformed("act"))?;
        let category = Category::from_code(category)?;
        state.raise_at(&device, category, &plea.words, verb == "settle", &plea.nonce).await
    };
    match raised.await {
        Ok(appeal) => Redirect::to(&format!("/staff/{token}?raised={}", appeal.code)).into_response(),
        Err(Error::Refused(Refusal::Malformed(_) | Refusal::TooLong(_))) => {
            page_again(&state, lang, &token).await.into_response()
        }
        Err(error) => gone(&state, lang, &error).into_response(),
    }
}
