//! Planning a new Saturday: the form, filled in from the last one that was held, and what it makes.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::plan::{self, Copy, GroundChoice, Plan, View, Warning};
use kaishi_app::pages::series::day_name;
use kaishi_app::state::State;
use kaishi_app::words::season::Month;
use kaishi_domain::actor::Organizer;
use kaishi_domain::ground::Ground;
use kaishi_domain::market::{Market, Planned, USUAL_HOURS};
use kaishi_domain::moment::Day;
use kaishi_domain::season::Proposal;
use kaishi_domain::{GroundId, MarketId, MarketRef, Refusal};
use kaishi_store::{Copied, Saturday};
use serde::Deserialize;

use super::series::{AT_FIRST, publish, taken, template};
use super::unit::place;
use crate::holiday;
use crate::route::caller::{No, SignedIn};

/// Which day somebody came with.
#[derive(Deserialize, Default)]
pub struct Asked {
    day: Option<String>,
}

/// What the form sends.
#[derive(Default)]
struct Typed {
    planned: Planned,
    choice: GroundChoice,
    copy: Copy,
    /// The day whose warning was read.
    known: String,
}

/// The form.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Page, No> {
    who.organizer()?;
    let around = Around::look(&state, &who).await?;
    let last = around.last.as_ref();
    let choice = GroundChoice {
        known: last.map(|last| last.ground.to_string()).unwrap_or_default(),
        ..GroundChoice::default()
    };
    let mut planned = last.map_or_else(
        || Planned {
            opens: USUAL_HOURS.0.into(),
            closes: USUAL_HOURS.1.into(),
            name: "党员服务市集".into(),
            organizer: who.desk.organization.clone(),
            ..Planned::default()
        },
        |last| Planned { held_on: around.next.clone(), ..Planned::after(last) },
    );
    if let Some(day) = asked.day.and_then(|day| Day::parse(&day).ok()) {
        planned.held_on = day.to_string();
    }
    let from_last = last.and_then(|last| Day::parse(&last.held_on).ok());
    let from_last = from_last.map(|day| day_name(who.desk.lang, day));
    let typed = Typed { planned, choice, copy: Copy { map: true, roster: false }, ..Typed::default() };
    form(&state, &who, around, typed, Shown { from_last, ..Shown::default() }).await
}

/// What stands round a new Saturday.
struct Around {
    /// What it is made from.
    last: Option<Market>,
    /// A week after the one that is planned furthest ahead.
    next: String,
    taken: BTreeSet<Day>,
    today: Day,
    ordinal: i64,
}

impl Around {
    async fn look(state: &State, who: &SignedIn) -> Result<Self, No> {
        let rows = state.store.season(&who.actor.viewer()).await.map_err(who.no())?;
        Ok(Self {
            taken: taken(&rows),
            today: place(state, who).await?.day(state.now()),
            ordinal: rows.iter().map(|row| row.market.ordinal).max().unwrap_or(0) + 1,
            next: rows.first().map(|row| Planned::after(&row.market).held_on).unwrap_or_default(),
            last: template(&rows).cloned(),
        })
    }

    /// What speaks against a day.
    async fn warning(&self, state: &State, who: &SignedIn, held_on: &str) -> Result<Option<Warning>, No> {
        let Ok(day) = Day::parse(held_on.trim()) else { return Ok(None) };
        let table = holiday::table(state, &who.actor.viewer()).await.map_err(who.no())?;
        let proposal = Proposal::of(day, self.today, &self.taken, &table);
        let (lang, words) = (who.desk.lang, Month(who.desk.lang));
        let twice = proposal.taken.then(|| Plan(lang).twice().to_owned());
        let why: Vec<String> = twice
            .into_iter()
            .chain(proposal.concern.as_ref().map(|concern| words.warning(concern)))
            .collect();
        let instead =
            proposal.instead.map(|day| (format!("/o/new?day={day}"), words.instead(&day_name(lang, day))));
        Ok((!why.is_empty()).then(|| Warning { text: why.join(" "), instead }))
    }
}

/// What the form says besides its fields.
#[derive(Default)]
struct Shown {
    from_last: Option<String>,
    ask_again: bool,
    wrong: Option<&'static str>,
}

async fn form(state: &State, who: &SignedIn, around: Around, typed: Typed, shown: Shown) -> Result<Page, No> {
    let known = state.store.grounds(&who.actor.viewer()).await.map_err(who.no())?;
    let grounds = known.into_iter().map(|row| (row.id.to_string(), row.title)).collect();
    let warning = around.warning(state, who, &typed.planned.held_on).await?;
    let Typed { planned, choice, copy, .. } = typed;
    let Shown { from_last, ask_again, wrong } = shown;
    let copy = around.last.is_some().then_some(copy);
    let series = (around.today.plus_days(1).to_string(), AT_FIRST.to_string());
    let view = View { copy, warning, ask_again, series, planned, from_last, choice, grounds, wrong };
    Ok(plan::plan(&who.desk, view))
}

/// Makes the Saturday; on a mistake, or on a day that something speaks against, everything typed stays in the form.
pub async fn create(Shared(state): Shared<State>, who: SignedIn, body: Bytes) -> Result<Response, No> {
    let by = who.organizer()?;
    let typed = typed(&body);
    let around = Around::look(&state, &who).await?;
    let warning = around.warning(&state, &who, &typed.planned.held_on).await?;
    let shown = if warning.is_some() && typed.known.trim() != typed.planned.held_on.trim() {
        Shown { ask_again: true, ..Shown::default() }
    } else {
        match make(&state, &who, &by, &typed, &around).await? {
            Ok(at) => return Ok(Redirect::to(&format!("/o/m/{at}/layout")).into_response()),
            Err(refusal) => {
                Shown { wrong: Some(sentence(Plan(who.desk.lang), &refusal)), ..Shown::default() }
            }
        }
    };
    let page = form(&state, &who, around, typed, shown).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn typed(body: &[u8]) -> Typed {
    let Typed { mut planned, mut choice, mut copy, mut known } = Typed::default();
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
            "copy_map" => copy.map = true,
            "copy_roster" => copy.roster = true,
            "known" => known = value,
            _ => {}
        }
    }
    planned.zones = zones.join("\n");
    Typed { planned, choice, copy, known }
}

async fn make(
    state: &State,
    who: &SignedIn,
    by: &Organizer,
    typed: &Typed,
    around: &Around,
) -> Result<Result<MarketRef, Refusal>, No> {
    let (now, choice) = (state.now(), &typed.choice);
    let known = match choice.known.parse::<GroundId>() {
        Ok(id) => {
            state.store.ground(by.org(), id).await.map_err(who.no())?;
            Some(id)
        }
        Err(_) => None,
    };
    let id = known.unwrap_or_else(|| GroundId::new(now, state.random()));
    let market = MarketId::new(now, state.random());
    let market = match typed.planned.market(by.org(), market, id, around.ordinal) {
        Ok(market) => market,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if known.is_none() {
        let ground = match rectangle(choice) {
            Ok(ground) => ground,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let body = serde_json::to_string(&ground).map_err(|_| who.no()(kaishi_app::fault::Fault::Broken))?;
        state.store.ground_add(by, id, (&ground.title, &body), state.now()).await.map_err(who.no())?;
    }
    let at = MarketRef { org: market.org, market: market.id };
    let saturday = Saturday { market, day_key: state.random() };
    if let Some(last) = &around.last {
        let map = typed.copy.map && last.ground == id;
        let copied = Copied { from: last.id, map, roster: typed.copy.roster };
        state.store.market_after(by, &saturday, copied, now).await.map_err(who.no())?;
        if map {
            publish(state, by, last.id, at.market).await.map_err(who.no())?;
        }
    } else {
        let added = state.store.market_add(by, &saturday.market, saturday.day_key, now).await;
        added.map_err(who.no())?;
    }
    Ok(Ok(at))
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
