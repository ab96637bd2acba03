//! The weather watch: looks at the forecast are noted, and the rule says what to do at the limits of the market.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::rain::{Typed, Weather};
use kaishi_app::state::State;
use kaishi_app::words::day::Limit;
use kaishi_app::words::weather::Weather as Words;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::rain::{Decision, due};
use kaishi_domain::safety::{Limits, Reading};
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::names::moment;
use crate::route::organizer::market_of;
use crate::route::rain::{Said, shown};

/// The weather of a Saturday as its page shows it.
pub async fn watched(state: &State, who: &SignedIn, market: &Market, typed: Typed) -> Result<Weather, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let noted = state.store.weather(&who.actor.viewer(), market.id).await.map_err(who.no())?;
    let safety = state.store.safety(at).await.map_err(who.no())?;
    let (place, limits) = (market.place().map_err(who.no())?, safety.limits());
    let latest = noted.first().map(|look| look.reading).filter(|reading| *reading != Reading::default());
    Ok(Weather {
        due: due(market.opens_at, state.now(), noted.first().map(|look| look.at)),
        advice: latest.map(|reading| limits.advise(reading, market.stage == Stage::Open)),
        limits,
        usual: safety.limits.is_none(),
        typed,
        noted: noted
            .into_iter()
            .map(|look| {
                let when = moment(&place, who.desk.lang, look.at);
                (format!("{when} {}", look.by), look.forecast, look.reading, look.decision)
            })
            .collect(),
    })
}

/// What the weather form sends.
#[derive(Deserialize)]
pub struct Watching {
    forecast: String,
    decision: Decision,
    #[serde(default)]
    wind: String,
    #[serde(default)]
    heat: String,
}

fn number(text: &str) -> Result<i64, Refusal> {
    text.trim().parse().map_err(|_| Refusal::Malformed("number"))
}

impl Watching {
    /// Wind and heat; an empty field is unknown.
    fn reading(&self) -> Result<Reading, Refusal> {
        let known = |text: &str| (!text.trim().is_empty()).then(|| number(text)).transpose();
        Reading::of(known(&self.wind)?, known(&self.heat)?)
    }
}

async fn refused(
    state: &State,
    who: &SignedIn,
    at: MarketRef,
    why: &str,
    typed: Typed,
) -> Result<Response, No> {
    let page =
        shown(state, who, at, Said { complaint: Some(why.to_owned()), typed, ..Said::default() }).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Notes a look at the forecast and the decision.
pub async fn note(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Watching>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, lang, now) = (who.organizer()?, who.desk.lang, state.now());
    let forecast = form.forecast.trim();
    let told =
        !forecast.is_empty() && forecast.chars().count() <= 40 && !forecast.chars().any(char::is_control);
    let why = match form.reading() {
        Ok(reading) if told => {
            let look = (forecast, reading);
            state.store.weather_note(&by, market.id, look, form.decision, now).await.map_err(who.no())?;
            return Ok(Redirect::to(&format!("/o/m/{at}/rain?done=noted")).into_response());
        }
        Ok(_) => Words(lang).too_long(),
        Err(_) => Limit(lang).wrong_reading(),
    };
    let Watching { forecast, wind, heat, decision } = form;
    let look = Some((forecast, wind, heat, decision));
    refused(&state, &who, at, why, Typed { look, limits: None }).await
}

/// What the form of the limits sends.
#[derive(Deserialize)]
pub struct Written {
    wind_stop: String,
    heat_shade: String,
    heat_stop: String,
}

impl Written {
    fn limits(&self) -> Result<Limits, Refusal> {
        Limits {
            wind_stop: number(&self.wind_stop)?,
            heat_shade: number(&self.heat_shade)?,
            heat_stop: number(&self.heat_stop)?,
        }
        .sound()
    }
}

/// Sets the limits.
pub async fn limit(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Written>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match form.limits() {
        Ok(limits) => state.store.limits_set(&by, market.id, limits, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/rain?done=limits#limits")).into_response()),
        Err(Error::Refused(_)) => {
            let limits = Some([form.wind_stop, form.heat_shade, form.heat_stop]);
            refused(&state, &who, at, Limit(who.desk.lang).wrong(), Typed { look: None, limits }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}
