//! The staff pad behind its signed link: its page, and the plain forms for a browser without script.
//! The pad itself sends through its calls; both end in the same verbs.

pub mod clerk;
pub mod code;
pub mod enrol;

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::document::Page;
use kaishi_app::islands::pad::Setup;
use kaishi_app::pages::staff::{self, Around, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::common::Common;
use kaishi_domain::actor::Device;
use kaishi_domain::appeal::{AppealCode, Category};
use kaishi_domain::batch::{Outcome, Record};
use kaishi_domain::device::About;
use kaishi_domain::encounter::{Kind, RecordKind};
use kaishi_domain::pad::Journal;
use kaishi_domain::{DeviceId, MarketRef, Moment, Refusal};
use kaishi_store::{Error, Result};
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::day::emergency;
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

fn gone(state: &State, lang: Lang, key: &str, error: &Error) -> Page {
    let midnight = midnight("Asia/Shanghai", state.now()).unwrap_or_else(|_| state.now());
    staff::gone_pad(&state.site, lang, Gone::because(error), key.to_owned(), midnight)
}

/// The page of whoever comes with a link that opens no pad: the PIN is asked for, a supervisor chooses a stall.
async fn other(state: &State, lang: Lang, key: &str, device: Option<DeviceId>, error: &Error) -> Page {
    match error {
        Error::Refused(Refusal::NotAllowed) => staff::pin(&state.site, lang, key, None),
        Error::Missing("stall") => match clerk::stalls(state, lang, key, device).await {
            Ok(page) => page,
            Err(error) => gone(state, lang, key, &error),
        },
        _ => gone(state, lang, key, error),
    }
}

/// The pad.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    Query(look): Query<Look>,
    jar: CookieJar,
) -> Page {
    let known = enrol::known(&jar);
    match setup(&state, lang, token.clone(), known, look).await {
        Ok((setup, around)) => draw(&state, setup, around),
        Err(error) => other(&state, lang, &token, known, &error).await,
    }
}

/// The pad; only a supervisor's has the stall in its key, and a way back to the others.
fn draw(state: &State, setup: Setup, around: Around) -> Page {
    let all = setup.token.split_once('~').map(|(token, _)| format!("/staff/{token}"));
    staff::pad(&state.site, setup, Around { all, ..around })
}

async fn setup(
    state: &State,
    lang: Lang,
    token: String,
    known: Option<DeviceId>,
    look: Look,
) -> Result<(Setup, Around)> {
    let (phone, now) = (state.phone(&token, known).await?, state.now());
    let device = phone.at;
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
        name: if sign.name.is_empty() { Common(lang).unit_open().to_owned() } else { sign.name.clone() },
        unit: sign.unit.clone(),
        kind: look.kind.unwrap_or_default(),
        device: known.map(|id| id.to_string()),
        journal: Journal::new(today, taps, now),
        appeals: (appeals.raised, appeals.settled_by_unit),
        now,
        midnight: midnight(&market.time_zone, now)?,
        nonce: nonce(state),
        raised: raised(state, &device, look.raised.as_deref()).await,
        token,
    };
    let (told, places) = (state.store.told(at, now).await?, emergency::places(state, at, lang).await?);
    let doors = counter::doors(state, lang, &setup.token, &device).await;
    Ok((setup, Around { market: at, moved, told, all: None, doors, places }))
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
    jar: CookieJar,
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
    write(&state, lang, (&token, enrol::known(&jar)), record, &back).await
}

/// Takes a tap back without script.
pub async fn undo(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
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
    write(&state, lang, (&token, enrol::known(&jar)), record, &back).await
}

/// One record into the ledger, answered after its commit.
async fn write(
    state: &State,
    lang: Lang,
    (token, known): (&str, Option<DeviceId>),
    record: Record,
    back: &str,
) -> Response {
    let done = async {
        let phone = state.phone(token, known).await?;
        state.receive(&phone, &[record], &About::default()).await
    };
    match done.await {
        Ok(receipts) if receipts.iter().any(|receipt| receipt.result == Outcome::Refused) => {
            (StatusCode::UNPROCESSABLE_ENTITY, page_again(state, lang, token, known).await).into_response()
        }
        Ok(_) => Redirect::to(back).into_response(),
        Err(error) => other(state, lang, token, known, &error).await.into_response(),
    }
}

async fn page_again(state: &State, lang: Lang, token: &str, known: Option<DeviceId>) -> Page {
    let look = Look { kind: None, raised: None };
    match setup(state, lang, token.to_owned(), known, look).await {
        Ok((setup, around)) => draw(state, setup, around).status(StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) => gone(state, lang, token, &error),
    }
}

/// An appeal at the stall without script.
pub async fn appeal(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Form(plea): Form<Plea>,
) -> Response {
    let known = enrol::known(&jar);
    let raised = async {
        let device = state.phone(&token, known).await?.at;
        let (verb, category) = plea.act.split_once(':').ok_or(Refusal::Malformed("act"))?;
        let category = Category::from_code(category)?;
        state.raise_at(&device, category, &plea.words, verb == "settle", &plea.nonce).await
    };
    match raised.await {
        Ok(appeal) => Redirect::to(&format!("/staff/{token}?raised={}", appeal.code)).into_response(),
        Err(Error::Refused(Refusal::Malformed(_) | Refusal::TooLong(_))) => {
            page_again(&state, lang, &token, known).await.into_response()
        }
        Err(error) => other(&state, lang, &token, known, &error).await.into_response(),
    }
}
