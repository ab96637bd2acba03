//! Several Saturdays in one step, each made from the latest one that was held.

use std::collections::BTreeSet;

use axum::extract::{Form, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::series::{self as pages, Made, View, day_name};
use kaishi_app::state::State;
use kaishi_app::words::season::Series;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::{Market, Plan, Planned};
use kaishi_domain::moment::Day;
use kaishi_domain::season::{self, MOST_AHEAD, series};
use kaishi_domain::{MarketId, MarketRef, Refusal};
use kaishi_store::{Copied, Published, Saturday, SeasonRow};
use serde::Deserialize;

use super::unit::place;
use crate::holiday;
use crate::route::caller::{No, SignedIn};

/// So many Saturdays are offered at first: a month of them.
pub const AT_FIRST: usize = 4;

/// Which days are asked for.
#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    many: String,
}

/// Days that have a market.
pub fn taken(rows: &[SeasonRow]) -> BTreeSet<Day> {
    rows.iter().filter_map(|row| Day::parse(&row.market.held_on).ok()).collect()
}

/// The Saturday that new ones are made from.
pub fn template(rows: &[SeasonRow]) -> Option<&Market> {
    season::template(rows, |row| (row.market.stage, row.stalls)).map(|row| &row.market)
}

/// The days to tick.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, No> {
    who.organizer()?;
    let (page, wrong) = offer(&state, &who, asked, false, None).await?;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page.status(status).into_response())
}

async fn offer(
    state: &State,
    who: &SignedIn,
    asked: Asked,
    roster: bool,
    wrong: Option<&'static str>,
) -> Result<(Page, bool), No> {
    let by = who.actor.viewer();
    let (lang, words) = (who.desk.lang, Series(who.desk.lang));
    let today = place(state, who).await?.day(state.now());
    let or = |text: String, other: String| if text.trim().is_empty() { other } else { text };
    let from = or(asked.from, today.plus_days(1).to_string());
    let many = or(asked.many, AT_FIRST.to_string());
    let rows = state.store.season(&by).await.map_err(who.no())?;
    let table = holiday::table(state, &by).await.map_err(who.no())?;
    let days = || -> Result<_, Refusal> {
        let many = many.trim().parse().map_err(|_| Refusal::Malformed("how many"))?;
        series(Day::parse(from.trim())?, many, &taken(&rows), &table)
    };
    let (days, wrong) = match days() {
        Ok(days) => (days, wrong),
        Err(_) => (Vec::new(), Some(words.wrong())),
    };
    let last = template(&rows).and_then(|market| Day::parse(&market.held_on).ok());
    let last = last.map(|day| day_name(lang, day));
    let view = View { from, many, last, days, roster, wrong };
    Ok((pages::offer(&who.desk, view), wrong.is_some()))
}

/// Makes what was ticked; days that have a market by now are named.
pub async fn create(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let one = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let roster = one("roster").is_some();
    let ticked = fields.iter().filter(|(key, _)| key == "day").map(|(_, value)| Day::parse(value));
    let ticked: Result<BTreeSet<Day>, Refusal> = ticked.collect();
    let rows = state.store.season(&by.viewer()).await.map_err(who.no())?;
    let (days, last) = match (ticked, template(&rows)) {
        (Ok(days), Some(last)) if (1..=MOST_AHEAD).contains(&days.len()) => (days, last),
        (read, _) => {
            let words = Series(who.desk.lang);
            let none = read.is_ok_and(|days| days.is_empty());
            let wrong = if none { words.unticked() } else { words.wrong() };
            let asked =
                Asked { from: one("from").unwrap_or_default(), many: one("many").unwrap_or_default() };
            let (page, _) = offer(&state, &who, asked, roster, Some(wrong)).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let free: Vec<Day> = days.difference(&taken(&rows)).copied().collect();
    let first = rows.iter().map(|row| row.market.ordinal).max().unwrap_or(0) + 1;
    let saturdays = plan(&state, &by, last, &free, first).map_err(who.no())?;
    let copied = Copied { from: last.id, map: true, roster };
    let made = state.store.market_series(&by, &saturdays, copied, state.now()).await.map_err(who.no())?;
    let mut told = Vec::with_capacity(made.len());
    for Saturday { market, .. } in saturdays.iter().filter(|one| made.contains(&one.market.id)) {
        let open = publish(&state, &by, last.id, market.id).await.map_err(who.no())?;
        let day = Day::parse(&market.held_on).map_err(who.no())?;
        let market = MarketRef { org: market.org, market: market.id };
        told.push(Made { market, day, unpublished: open });
    }
    let skipped = days.into_iter().filter(|day| told.iter().all(|one| one.day != *day)).collect();
    Ok(pages::told(&who.desk, told, skipped).into_response())
}

fn plan(
    state: &State,
    by: &Organizer,
    last: &Market,
    days: &[Day],
    first: i64,
) -> Result<Vec<Saturday>, Refusal> {
    let planned = Planned::after(last);
    days.iter()
        .zip(0..)
        .map(|(day, at)| {
            let id = MarketId::new(state.now().plus(at), state.random());
            let planned = Planned { held_on: day.to_string(), ..planned.clone() };
            let market = planned.market(by.org(), id, last.ground, first + at)?;
            Ok(Saturday { market, day_key: state.random() })
        })
        .collect()
}

/// Publishes the maps of a new Saturday that residents saw like this at the last one. Answers whether a map stays
/// a draft: it was one there, or the ground or the rules have changed.
pub async fn publish(
    state: &State,
    by: &Organizer,
    from: MarketId,
    to: MarketId,
) -> kaishi_store::Result<bool> {
    let at = |market| MarketRef { org: by.org(), market };
    let mut open = false;
    for plan in [Plan::Fair, Plan::Rain] {
        let (revision, layout) = state.store.layout(at(to), plan).await?;
        if layout.stalls().is_empty() {
            continue;
        }
        let (_, draft) = state.store.layout(at(from), plan).await?;
        let (_, seen) = state.store.published(at(from), plan).await?;
        let done = if draft == seen {
            let published = state.store.layout_publish(by, to, plan, revision, state.now()).await?;
            matches!(published, Published::Done { .. })
        } else {
            false
        };
        open |= !done;
    }
    Ok(open)
}
