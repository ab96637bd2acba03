//! Planning a new Saturday: the form, filled in from the last one, and what it makes.

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::plan::{self, GroundChoice, Plan, View};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::ground::Ground;
use kaishi_domain::market::{Market, Planned, USUAL_HOURS};
use kaishi_domain::{GroundId, MarketId, MarketRef, Refusal};

use crate::route::caller::{No, SignedIn};

/// The form.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    who.organizer()?;
    let last = last(&state, &who).await?;
    let choice = GroundChoice {
        known: last.as_ref().map(|last| last.ground.to_string()).unwrap_or_default(),
        ..GroundChoice::default()
    };
    let from_last = last.is_some();
    let planned = last.map_or_else(
        || Planned {
            opens: USUAL_HOURS.0.into(),
            closes: USUAL_HOURS.1.into(),
            name: "党员服务市集".into(),
            organizer: who.desk.organization.clone(),
            ..Planned::default()
        },
        |last| Planned::after(&last),
    );
    form(&state, &who, planned, from_last, choice, None).await
}

async fn last(state: &State, who: &SignedIn) -> Result<Option<Market>, No> {
    let season = state.store.season(&who.actor.viewer()).await.map_err(who.no())?;
    Ok(season.into_iter().next().map(|row| row.market))
}

async fn form(
    state: &State,
    who: &SignedIn,
    planned: Planned,
    from_last: bool,
    choice: GroundChoice,
    wrong: Option<&'static str>,
) -> Result<Page, No> {
    let known = state.store.grounds(&who.actor.viewer()).await.map_err(who.no())?;
    let grounds = known.into_iter().map(|row| (row.id.to_string(), row.title)).collect();
    Ok(plan::plan(&who.desk, View { planned, from_last, choice, grounds, wrong }))
}

/// Makes the Saturday; on a mistake everything typed stays in the form.
pub async fn create(Shared(state): Shared<State>, who: SignedIn, body: Bytes) -> Result<Response, No> {
    let by = who.organizer()?;
    let (planned, choice) = typed(&body);
    match make(&state, &who, &by, &planned, &choice).await? {
        Ok(at) => Ok(Redirect::to(&format!("/o/m/{at}/layout")).into_response()),
        Err(refusal) => {
            let wrong = sentence(Plan(who.desk.lang), &refusal);
            let page = form(&state, &who, planned, false, choice, Some(wrong)).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

fn typed(body: &[u8]) -> (Planned, GroundChoice) {
    let (mut planned, mut choice) = (Planned::default(), GroundChoice::default());
    let mut zones = Vec::new();
    for (name, value) in form_urlencoded::parse(body) {
        let value = value.into_owned();
        match name.as_ref() {
            "held_on" => planned.held_on = value,
            "opens" => planned.opens = value,
            "closes" => planned.closes = value,
            "weather" => planned.weather = value,
            "name" => planned.name = value,
            "theme" => planned.theme = value,
            "tagline" => planned.tagline = value,
            "host" => planned.host = value,
            "organizer" => planned.organizer = value,
            "participants" => planned.participants = value,
            "zone" => zones.push(value),
            "ground" => choice.known = value,
            "ground_title" => choice.title = value,
            "width" => choice.width = value,
            "depth" => choice.depth = value,
            _ => {}
        }
    }
    planned.zones = zones.join("\n");
    (planned, choice)
}

async fn make(
    state: &State,
    who: &SignedIn,
    by: &Organizer,
    planned: &Planned,
    choice: &GroundChoice,
) -> Result<Result<MarketRef, Refusal>, No> {
    let now = state.now();
    let rows = state.store.season(&by.viewer()).await.map_err(who.no())?;
    let ordinal = rows.iter().map(|row| row.market.ordinal).max().unwrap_or(0) + 1;
    let known = match choice.known.parse::<GroundId>() {
        Ok(id) => {
            state.store.ground(by.org(), id).await.map_err(who.no())?;
            Some(id)
        }
        Err(_) => None,
    };
    let id = known.unwrap_or_else(|| GroundId::new(now, state.random()));
    let market = match planned.market(by.org(), MarketId::new(now, state.random()), id, ordinal) {
        Ok(market) => market,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if known.is_none() {
        let ground = match rectangle(choice) {
            Ok(ground) => ground,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let body = serde_json::to_string(&ground).map_err(|_| who.no()(kaishi_app::fault::Fault::Broken))?;
        state.store.ground_add(by, id, &ground.title, &body).await.map_err(who.no())?;
    }
    state.store.market_add(by, &market, state.random(), now).await.map_err(who.no())?;
    Ok(Ok(MarketRef { org: market.org, market: market.id }))
}

/// A new ground of the size that was typed.
fn rectangle(choice: &GroundChoice) -> Result<Ground, Refusal> {
    let metres = |text: &str| text.trim().parse::<f64>().map_err(|_| Refusal::Malformed("ground"));
    Ground::rectangle(&choice.title, metres(&choice.width)?, metres(&choice.depth)?).map_err(|refusal| {
        if matches!(refusal, Refusal::Missing(_)) { Refusal::Malformed("ground") } else { refusal }
    })
}

fn sentence(words: Plan, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed("day") => words.day_wrong(),
        Refusal::Malformed("hours" | "time of day") => words.hours_wrong(),
        Refusal::TooLong(_) => words.too_long(),
        Refusal::Missing(_) => words.missing(),
        _ => words.ground_wrong(),
    }
}
