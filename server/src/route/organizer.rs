//! Organizer pages: the season, and where a Saturday begins.

use axum::extract::{Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::frame::Section;
use kaishi_app::pages::season::{self, Line, Visit};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::incident::Incidents;
use kaishi_domain::incident::{Incident, State as Stands};
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::{MarketId, MarketRef};

use super::unit::place;
use crate::route::caller::{No, SignedIn};

/// `5月13日（星期六）`
pub fn day_title(market: &Market, lang: Lang) -> String {
    Day::parse(&market.held_on).map_or_else(
        |_| market.held_on.clone(),
        |day| {
            lang.pick(
                format!("{}（{}）", day.zh(), day.weekday_zh()),
                format!("{}, {}", day.weekday_en(), day.en()),
            )
        },
    )
}

/// Every Saturday. Where others are looked after and no market is held, it begins with those.
pub async fn season(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let mut rows = state.store.season(&who.actor.viewer()).await.map_err(who.no())?;
    if rows.is_empty() && who.desk.tabs.first() == Some(&Section::Street) {
        return Ok(Redirect::to("/o/street").into_response());
    }
    let lang = who.desk.lang;
    let today = place(&state, &who).await?.day(state.now());
    // They come latest first. What is ahead stands in the order of its days, and what is past below it.
    let ahead = {
        let today = today.to_string();
        rows.iter().take_while(|row| row.market.held_on >= today).count()
    };
    rows[..ahead].reverse();
    let mut above = today.year();
    let lines = rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            let day = Day::parse(&row.market.held_on).ok();
            let year = day.map(Day::year).filter(|year| *year != above);
            above = year.unwrap_or(above);
            Line {
                market: MarketRef { org: row.market.org, market: row.market.id },
                year: year.map(|year| lang.pick(format!("{year}年"), year.to_string())),
                day: day.map_or_else(|| row.market.held_on.clone(), |day| lang.pick(day.zh(), day.en())),
                weekday: day
                    .map(|day| lang.pick(day.weekday_zh().to_owned(), day.weekday_en()))
                    .unwrap_or_default(),
                ordinal: row.market.ordinal,
                weather: row.market.weather,
                stage: row.market.stage,
                filled: (row.filled, row.stalls),
                encounters: row.encounters,
                appeals: row.appeals,
                theme: row.market.theme,
                at_hand: at == 0,
            }
        })
        .collect();
    let visits = visits(&state, &who).await?;
    Ok(season::season(&who.desk, lines, visits).into_response())
}

/// What has to be looked at again at any Saturday, the earliest day first.
async fn visits(state: &State, who: &SignedIn) -> Result<Vec<Visit>, No> {
    let lang = who.desk.lang;
    let today = place(state, who).await?.day(state.now());
    let due = state.store.visits(&who.actor.viewer()).await.map_err(who.no())?;
    let visit = |(market, incident): (MarketId, Incident)| {
        let Stands::Visit { promise, .. } = incident.state else { return None };
        Some(Visit {
            at: MarketRef { org: who.actor.org(), market },
            incident: incident.id,
            what: format!("{} · {}", Incidents(lang).kind_name(incident.kind), incident.words),
            due: format!("{} {}", lang.pick(promise.due.zh(), promise.due.en()), promise.by),
            late: promise.due < today,
        })
    };
    Ok(due.into_iter().filter_map(visit).collect())
}

/// A Saturday begins at its live desk.
pub async fn saturday(_: SignedIn, Path(market): Path<MarketRef>) -> Redirect {
    Redirect::to(&format!("/o/m/{market}/live"))
}

/// The market of an address, if it belongs to whoever asks.
pub async fn market_of(state: &State, who: &SignedIn, at: MarketRef) -> Result<Market, No> {
    if at.org != who.actor.org() {
        return Err(No::new(&who.desk, kaishi_app::fault::Fault::Missing));
    }
    state.store.market(at).await.map_err(who.no())
}
