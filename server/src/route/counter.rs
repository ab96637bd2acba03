//! What staff do at a stall besides counting, behind the same signed link: calling numbers, redeeming slips.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::counter::{self, Calling, Redeeming};
use kaishi_app::pages::staff::{Gone, gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::queue::Desk as Words;
use kaishi_app::words::quiz::Redeem;
use kaishi_app::words::trust::Code;
use kaishi_domain::actor::Device;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::queue::{Mark, Standing};
use kaishi_domain::{DeviceId, MarketRef, Refusal, reward};
use kaishi_store::{Error, Result};
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::staff::enrol::known;

/// What a button sends: `call`, `served:K7Q2M4`, `missed:K7Q2M4`, `close`, `open`.
#[derive(Deserialize)]
pub struct Act {
    act: String,
    seen: i64,
}

/// The links of a pad to what else its stall has. The pad stands without them.
pub async fn doors(state: &State, lang: Lang, token: &str, device: &Device) -> Vec<(String, &'static str)> {
    let at = MarketRef { org: device.org, market: device.market };
    let Ok(extras) = state.store.extras(at, state.now()).await else { return Vec::new() };
    let queue = extras.queues.contains(&device.stall);
    let gives = [extras.quiz, extras.stamps].contains(&Some(device.stall));
    let paces = state.store.paces(at, state.now()).await;
    let code = paces.is_ok_and(|paces| paces.get(&device.stall).is_some_and(|pace| pace.code));
    let doors = [
        (code, "code", Code(lang).title()),
        (queue, "queue", Words(lang).title()),
        (gives, "redeem", Redeem(lang).title()),
    ];
    doors
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, path, name)| (format!("/staff/{token}/{path}"), name))
        .collect()
}

/// `12 急救课堂`
pub async fn stall(state: &State, device: &Device) -> Result<String> {
    let at = MarketRef { org: device.org, market: device.market };
    let signs = state.store.signs(at, state.now()).await?;
    let sign = signs.iter().find(|sign| sign.stall == device.stall).ok_or(Error::Missing("stall"))?;
    Ok(format!("{} {}", sign.no, sign.name))
}

/// The queue as its staff see it.
pub async fn page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
) -> Response {
    show(&state, lang, &token, known(&jar), None).await
}

async fn show(
    state: &State,
    lang: Lang,
    token: &str,
    who: Option<DeviceId>,
    wrong: Option<&'static str>,
) -> Response {
    let view = async {
        let device = state.phone(token, who).await?.at;
        let at = MarketRef { org: device.org, market: device.market };
        let queue = match state.store.queue(at, device.stall).await {
            Ok(queue) => Some(queue).filter(|queue| queue.standing != Standing::Off),
            Err(Error::Missing(_)) => None,
            Err(error) => return Err(error),
        };
        let living = state.store.living_numbers(at, device.stall).await?;
        let base = format!("/staff/{token}");
        Ok(Calling { base, stall: stall(state, &device).await?, queue, living, wrong })
    };
    match view.await {
        Ok(calling) => counter::calling(&state.site, lang, calling).into_response(),
        Err(error) => gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

/// One button.
pub async fn act(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Form(form): Form<Act>,
) -> Response {
    let device = match state.phone(&token, known(&jar)).await {
        Ok(phone) => phone.at,
        Err(error) => return gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let words = Words(lang);
    match press(&state, &device, &form).await {
        Ok(()) => Redirect::to(&format!("/staff/{token}/queue")).into_response(),
        Err(Error::Taken(_)) => show(&state, lang, &token, known(&jar), Some(words.other())).await,
        Err(Error::Missing(_)) => show(&state, lang, &token, known(&jar), Some(words.empty())).await,
        Err(Error::Refused(refusal)) => {
            show(&state, lang, &token, known(&jar), Some(words.refused(&refusal))).await
        }
        Err(error) => gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

async fn press(state: &State, device: &Device, form: &Act) -> Result<()> {
    let (store, seen, now) = (&state.store, form.seen, state.now());
    let (verb, code) = form.act.split_once(':').unwrap_or((form.act.as_str(), ""));
    match verb {
        "call" => store.number_call(device, seen, now).await.map(drop),
        "served" => store.number_mark(device, code.parse()?, Mark::Served, seen, now).await,
        "missed" => store.number_mark(device, code.parse()?, Mark::Missed, seen, now).await,
        "close" => store.queue_turn(device, Standing::Closed, seen, now).await,
        "open" => store.queue_turn(device, Standing::Open, seen, now).await,
        _ => Err(Refusal::Malformed("act").into()),
    }
}

/// What the form of a slip sends, and what its answer leads back with.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// Where slips are redeemed.
pub async fn redeem_page(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Query(look): Query<Typed>,
) -> Response {
    let told = redeemed(&state, lang, &token, known(&jar), &look.code).await;
    redeem_show(&state, lang, &token, known(&jar), (String::new(), told.map(Ok))).await
}

/// What the slip that was just redeemed here is worth, as its row says; the page stands without it.
async fn redeemed(
    state: &State,
    lang: Lang,
    token: &str,
    who: Option<DeviceId>,
    code: &str,
) -> Option<String> {
    let device = state.phone(token, who).await.ok()?.at;
    let at = MarketRef { org: device.org, market: device.market };
    let pass = state.store.pass(at, code.parse().ok()?).await.ok()?;
    let here = pass.stall == device.stall && pass.state != reward::State::Open;
    here.then(|| Redeem(lang).done(&pass.prize))
}

async fn redeem_show(
    state: &State,
    lang: Lang,
    token: &str,
    who: Option<DeviceId>,
    (typed, told): (String, Option<std::result::Result<String, String>>),
) -> Response {
    let view = async {
        let device = state.phone(token, who).await?.at;
        let stall = stall(state, &device).await?;
        Ok(Redeeming { base: format!("/staff/{token}"), stall, typed, told })
    };
    match view.await {
        Ok(view) => counter::redeeming(&state.site, lang, view).into_response(),
        Err(error) => gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

/// Redeems a slip, once.
pub async fn redeem(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(token): Path<String>,
    jar: CookieJar,
    Form(form): Form<Typed>,
) -> Response {
    let words = Redeem(lang);
    let device = match state.phone(&token, known(&jar)).await {
        Ok(phone) => phone.at,
        Err(error) => return gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let done = match form.code.parse::<SlipCode>() {
        Ok(code) => state.store.pass_redeem(&device, code, state.now()).await.map(|()| code),
        Err(refusal) => Err(Error::from(refusal)),
    };
    let why = match done {
        Ok(code) => return Redirect::to(&format!("/staff/{token}/redeem?code={code}")).into_response(),
        Err(Error::Taken(_)) => words.used(),
        Err(Error::Refused(Refusal::NotAllowed)) => words.elsewhere(),
        Err(Error::Missing(_) | Error::Refused(_)) => words.unknown(),
        Err(error) => return gone(&state.site, lang, Gone::because(&error)).into_response(),
    };
    let typed = form.code.chars().take(12).collect();
    redeem_show(&state, lang, &token, known(&jar), (typed, Some(Err(why.to_owned())))).await
}
