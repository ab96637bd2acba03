//! A map as a file: JSON to be read again, and the A3 sheet as SVG, PNG and PDF, or for the browser's print.

use axum::body::Bytes;
use axum::extract::{Path, Query, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::version;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::publish::Publish as Words;
use kaishi_domain::MarketRef;
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{Label, Labels, draw};
use kaishi_domain::layout::file::File;
use kaishi_domain::layout::sheet::{Line, Sheet, sheet};
use kaishi_domain::market::{Market, Plan};
use kaishi_store::Error;
use serde::Deserialize;

use crate::paper::{self, Kind};
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::{day_title, market_of};

/// Which plan is printed.
#[derive(Deserialize)]
pub struct Which {
    plan: Option<Plan>,
}

/// `fair.json`, `rain.pdf`: the draft as a file.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let missing = || No::new(&who.desk, Fault::Missing);
    let (plan, kind) = name.split_once('.').ok_or_else(missing)?;
    let plan = Plan::from_code(plan).map_err(|_| missing())?;
    if kind == "json" {
        let text = json(&state, at, plan).await.map_err(who.no())?;
        return Ok(answer("application/json", Some((&market, plan, "json")), text.into()));
    }
    let svg = drawn(&state, &market, plan, who.desk.lang).await.map_err(who.no())?;
    let kind = match kind {
        "svg" => return Ok(answer("image/svg+xml", None, svg.into())),
        "png" => Kind::Png,
        "pdf" => Kind::Pdf,
        _ => return Err(missing()),
    };
    let made = paper::make(kind, svg).await.map_err(|error| {
        tracing::error!(%error, "a sheet was not made");
        No::new(&who.desk, Fault::Unavailable)
    })?;
    let (mime, extension) = kind.names();
    Ok(answer(mime, Some((&market, plan, extension)), made.into()))
}

/// A file; with a name it is saved, without one it is shown.
fn answer(mime: &'static str, name: Option<(&Market, Plan, &str)>, body: Bytes) -> Response {
    let headers = [(header::CONTENT_TYPE, mime), (header::CACHE_CONTROL, "no-store")];
    let mut response = (headers, body).into_response();
    let named = name.map(|(market, plan, extension)| {
        format!("attachment; filename=\"{}-{}.{extension}\"", market.held_on, plan.code())
    });
    if let Some(value) = named.and_then(|named| named.parse().ok()) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

async fn json(state: &State, at: MarketRef, plan: Plan) -> Result<String, Error> {
    let (ground, (_, layout)) = (state.store.ground_of(at).await?, state.store.layout(at, plan).await?);
    Ok(File::of(&layout, &ground.name, plan).text()?)
}

/// The A3 sheet of the draft.
pub(super) async fn drawn(state: &State, market: &Market, plan: Plan, lang: Lang) -> Result<String, Error> {
    let at = MarketRef { org: market.org, market: market.id };
    let (ground, (_, layout)) = (state.store.ground_of(at).await?, state.store.layout(at, plan).await?);
    let (version, seen) = state.store.published(at, plan).await?;
    let labels = Labels { stalls: state.store.labels(at).await?, english: lang == Lang::En };
    let words = Words(lang);
    let name = if plan == Plan::Fair { words.fair_map() } else { words.rain_map() };
    let sheet_of = Sheet {
        title: format!("{} · {}", market.name, day_title(market, lang)),
        subtitle: format!("{name} · {} · {}", words.standing(version, layout != seen), ground.title),
        zones: market.zones.iter().map(|zone| (zone.letter.clone(), zone.name.clone())).collect(),
        lines: lines(&layout, &labels),
        english: labels.english,
    };
    Ok(sheet(&draw(&ground, &layout, &labels), &sheet_of))
}

fn lines(layout: &Layout, labels: &Labels) -> Vec<Line> {
    let line = |stall: &kaishi_domain::layout::Stall| {
        let Label { name, unit } = labels.stalls.get(&stall.id).cloned().unwrap_or_default();
        Line { no: stall.no.clone(), zone: stall.zone.clone(), name, unit }
    };
    layout.in_order().into_iter().map(line).collect()
}

/// The sheet for the browser's own print.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(which): Query<Which>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let plan = which.plan.unwrap_or(market.plan);
    let words = Words(who.desk.lang);
    let name = if plan == Plan::Fair { words.fair_map() } else { words.rain_map() };
    Ok(version::print(&who.desk, at, plan, &format!("{name} · {}", day_title(&market, who.desk.lang))))
}
