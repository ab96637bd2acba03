//! What stalls have besides their tap, for organizers: queues switched on and off.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::visit::{self as pages, Typed, View};
use kaishi_app::state::State;
use kaishi_app::words::queue::Visit as Words;
use kaishi_domain::queue::{Standing, Terms};
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
    show(&state, &who, at, Typed::default()).await
}

async fn show(state: &State, who: &SignedIn, at: MarketRef, typed: Typed) -> Result<Page, No> {
    let market = market_of(state, who, at).await?;
    let rail = rail(state, who, &market).await?;
    let signs = state.store.signs(at, state.now()).await.map_err(who.no())?.to_vec();
    let mut queues = state.store.queues(at).await.map_err(who.no())?;
    queues.sort_by_key(|queue| signs.iter().position(|sign| sign.stall == queue.stall));
    Ok(pages::visit(&who.desk, &rail, View { market: at, signs, queues, typed }))
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
            let page = show(&state, &who, at, Typed { stall, capacity, minutes, wrong }).await?;
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
