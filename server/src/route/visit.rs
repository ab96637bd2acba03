//! What stalls have besides their tap, for organizers: queues and rewards, switched on and off.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::visit::{self as pages, Given, Typed, View};
use kaishi_app::state::State;
use kaishi_app::words::queue::Visit as Words;
use kaishi_app::words::quiz::Bank;
use kaishi_domain::queue::{Standing, Terms};
use kaishi_domain::reward::{Cause, Reward};
use kaishi_domain::{MarketRef, Refusal, StallId};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the form of a queue sends.
#[derive(Deserialize)]
pub struct Queued {
    stall: String,
    #[serde(default)]
    capacity: String,
    #[serde(default)]
    minutes: String,
}

/// Which stall a button means.
#[derive(Deserialize)]
pub struct Stalled {
    stall: String,
}

impl Queued {
    fn read(&self) -> Result<(StallId, Terms), Refusal> {
        let figure = |text: &str| text.trim().parse::<i64>().map_err(|_| Refusal::Malformed("figure"));
        let minutes = if self.minutes.trim().is_empty() { None } else { Some(figure(&self.minutes)?) };
        Ok((self.stall.parse()?, Terms::new(figure(&self.capacity)?, minutes)?))
    }
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    show(&state, &who, at, (Typed::default(), None)).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    at: MarketRef,
    (typed, again): (Typed, Option<Given>),
) -> Result<Page, No> {
    let market = market_of(state, who, at).await?;
    let rail = rail(state, who, &market).await?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?.to_vec();
    let mut queues = state.store.queues(at).await.map_err(who.no())?;
    queues.sort_by_key(|queue| signs.iter().position(|sign| sign.stall == queue.stall));
    let known = state.store.rewards(&who.actor.viewer(), at.market).await.map_err(who.no())?;
    let given = |cause| {
        let known = known.iter().find(|(reward, ..)| reward.cause == cause);
        known.map_or_else(
            || blank(cause),
            |(reward, on, given, redeemed)| Given {
                cause,
                stall: reward.stall.to_string(),
                needs: reward.needs.to_string(),
                prize: reward.prize.clone(),
                most: reward.most.to_string(),
                on: *on,
                figures: Some((*given, reward.most, *redeemed)),
                wrong: None,
            },
        )
    };
    let rewards = Cause::ALL
        .into_iter()
        .map(|cause| again.clone().filter(|again| again.cause == cause).unwrap_or_else(|| given(cause)))
        .collect();
    Ok(pages::visit(&who.desk, &rail, View { market: at, signs, queues, typed, rewards }))
}

fn blank(cause: Cause) -> Given {
    let needs = if cause == Cause::Quiz { "2" } else { "5" };
    Given {
        cause,
        stall: String::new(),
        needs: needs.into(),
        prize: String::new(),
        most: "50".into(),
        on: false,
        figures: None,
        wrong: None,
    }
}

fn back(at: MarketRef) -> Response {
    Redirect::to(&format!("/o/m/{at}/visit")).into_response()
}

/// Switches a queue on, or changes its terms.
pub async fn queue_on(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Queued>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match form.read() {
        Ok((stall, terms)) => {
            state.store.queue_set(&by, market.id, stall, (terms, Standing::Open), state.now()).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(at)),
        Err(Error::Refused(_) | Error::Missing(_)) => {
            let Queued { stall, capacity, minutes } = form;
            let wrong = Some(Words(who.desk.lang).wrong_queue());
            let page = show(&state, &who, at, (Typed { stall, capacity, minutes, wrong }, None)).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Switches a queue off; who has a number keeps its page.
pub async fn queue_off(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Stalled>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let stall: StallId = form.stall.parse().map_err(who.no::<Refusal>())?;
    let terms = state.store.queue(at, stall).await.map_err(who.no())?.terms;
    let off = (terms, Standing::Off);
    state.store.queue_set(&by, market.id, stall, off, state.now()).await.map_err(who.no())?;
    Ok(back(at))
}

/// What the form of a reward sends.
#[derive(Deserialize)]
pub struct Rewarded {
    cause: String,
    stall: String,
    needs: String,
    most: String,
    prize: String,
    turn: String,
}

impl Rewarded {
    fn read(&self, cause: Cause) -> Result<Reward, Refusal> {
        let figure = |text: &str| text.trim().parse::<i64>().map_err(|_| Refusal::Malformed("figure"));
        let (needs, most) = (figure(&self.needs)?, figure(&self.most)?);
        Reward { cause, stall: self.stall.parse()?, prize: self.prize.clone(), needs, most }.sound()
    }
}

/// Switches a reward on or off.
pub async fn reward(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Rewarded>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let cause = Cause::from_code(&form.cause).map_err(who.no::<Refusal>())?;
    let on = form.turn == "on";
    let done = match form.read(cause) {
        Ok(reward) => state.store.reward_set(&by, market.id, reward, on, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(at)),
        Err(Error::Refused(_) | Error::Missing(_)) => {
            let Rewarded { stall, needs, most, prize, .. } = form;
            let wrong = Some(Bank(who.desk.lang).wrong());
            let again = Given { stall, needs, prize, most, on: !on, wrong, ..blank(cause) };
            let page = show(&state, &who, at, (Typed::default(), Some(again))).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}
