//! The public page of a market, and the way from a slip's six characters to the appeal.

use axum::extract::{Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::resident::{self, No, Retry, Square, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::MarketRef;
use kaishi_domain::layout::drawing::{Drawing, Label, Labels, draw};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::moment::Day;
use kaishi_domain::poster::Sign;
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::news;

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    big: Option<String>,
    q: Option<String>,
}

/// What the look-up form sends.
#[derive(Deserialize)]
pub struct Slip {
    code: Option<String>,
}

/// The public page.
pub async fn market(
    Shared(state): Shared<State>,
    Tongue(lang): Tongue,
    Path(at): Path<String>,
    Query(look): Query<Look>,
) -> Page {
    let mut top = Top {
        lang,
        big: look.big.is_some(),
        here: "/".into(),
        title: String::new(),
        map: None,
        appeal: None,
    };
    let Ok(at) = at.parse::<MarketRef>() else {
        return resident::no(&state.site, &top, None, &No::NoMarket);
    };
    top.here = format!("/m/{at}");
    top.map = Some(top.here.clone());
    let query: String = look.q.unwrap_or_default().trim().chars().take(40).collect();
    match read(&state, &mut top, at, query).await {
        Ok(square) => resident::market(&state.site, &top, square),
        Err(Error::Missing(_)) => {
            top.map = None;
            resident::no(&state.site, &top, None, &No::NoMarket)
        }
        Err(error) => {
            tracing::warn!(%error, "a public page was not read");
            let retry = Retry::Page(top.here.clone());
            top.map = None;
            resident::no(&state.site, &top, None, &No::Busy(retry))
        }
    }
}

async fn read(state: &State, top: &mut Top, at: MarketRef, query: String) -> Result<Square, Error> {
    let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
    let signs = state.store.signs(at, state.now()).await?;
    let place = market.place()?;
    let map = drawing(state, at, market.plan, &signs, top.lang).await;
    let told = state.store.standings(at, state.now()).await?;
    top.title = format!("{} {}", resident::community(&organization.name), market.name);
    Ok(Square {
        day: day(&market, top.lang)?,
        hours: format!("{}–{}", place.clock(market.opens_at), place.clock(market.closes_at)),
        rain: market.plan == Plan::Rain,
        map,
        zones: market.zones.iter().map(|zone| (zone.letter.clone(), zone.name.clone())).collect(),
        signs: signs.iter().filter(|sign| !sign.withdrawn && matches(sign, &query)).cloned().collect(),
        theme: market.theme,
        weather: market.weather,
        query,
        moved: news::of_market(top.lang, &told, state.now()),
        places: news::places(top.lang, &told, &signs),
    })
}

/// The map of the plan in force. The page stands without it.
async fn drawing(state: &State, at: MarketRef, plan: Plan, signs: &[Sign], lang: Lang) -> Option<Drawing> {
    let (_, layout) = state.store.layout(at, plan).await.ok()?;
    let ground = state.store.ground_of(at).await.ok()?;
    if layout.in_order().is_empty() {
        return None;
    }
    let stalls = signs
        .iter()
        .map(|sign| (sign.stall, Label { name: sign.name.clone(), unit: sign.unit.clone() }))
        .collect();
    Some(draw(&ground, &layout, &Labels { stalls, english: lang == Lang::En }))
}

fn day(market: &Market, lang: Lang) -> Result<String, Error> {
    let day = Day::parse(&market.held_on)?;
    Ok(lang.pick(format!("{} {}", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en())))
}

/// A stall is found by its number, or by a part of its name, unit or services.
fn matches(sign: &Sign, query: &str) -> bool {
    let query = query.to_lowercase();
    let wanted = query.strip_suffix("号").unwrap_or(&query);
    query.is_empty()
        || sign.no.to_lowercase() == wanted
        || [&sign.name, &sign.unit]
            .into_iter()
            .chain(&sign.services)
            .any(|text| text.to_lowercase().contains(&query))
}

/// From the six characters on a slip to the page that follows the appeal.
pub async fn appeal(Path(at): Path<String>, Query(slip): Query<Slip>) -> Response {
    let Ok(at) = at.parse::<MarketRef>() else { return Redirect::to("/").into_response() };
    let code: String =
        slip.code.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    if code.is_empty() {
        return Redirect::to(&format!("/m/{at}")).into_response();
    }
    Redirect::to(&format!("/a/{}-{}", at.org, code.to_ascii_uppercase())).into_response()
}
