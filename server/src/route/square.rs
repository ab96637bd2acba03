//! The public page of a market, and the way from a slip's six characters to the appeal.

use axum::extract::{Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::resident::{self, Aed, No, Retry, Square, Standing, Top};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::resident::Resident;
use kaishi_domain::MarketRef;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{Drawing, Label, Labels, draw};
use kaishi_domain::layout::way::{self, Around, around};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::moment::Day;
use kaishi_domain::poster::Sign;
use kaishi_store::Error;
use serde::Deserialize;

use crate::route::caller::Tongue;
use crate::route::day::emergency::on_card;
use crate::route::news;

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    big: Option<String>,
    large: Option<String>,
    q: Option<String>,
    at: Option<String>,
}

impl Look {
    /// Whether letters are to be larger.
    pub(super) const fn is_big(&self) -> bool {
        self.big.is_some() || self.large.is_some()
    }
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
    let mut top =
        Top { lang, big: look.is_big(), here: "/".into(), title: String::new(), map: None, appeal: None };
    let Ok(at) = at.parse::<MarketRef>() else {
        return resident::no(&state.site, &top, None, &No::NoMarket);
    };
    top.here = format!("/m/{at}");
    top.map = Some(top.here.clone());
    let query: String = look.q.unwrap_or_default().trim().chars().take(40).collect();
    match read(&state, &mut top, at, query, look.at.as_deref()).await {
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

async fn read(
    state: &State,
    top: &mut Top,
    at: MarketRef,
    query: String,
    from: Option<&str>,
) -> Result<Square, Error> {
    let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
    let signs = state.store.signs(at, state.now()).await?;
    let place = market.place()?;
    let told = state.store.standings(at, state.now()).await?;
    let (ground, layout) =
        (state.store.ground_of(at).await?, state.store.published(at, market.plan).await?.1);
    top.title = format!("{} {}", resident::community(&organization.name), market.name);
    // A stall that stands nowhere in this weather is not looked for in vain.
    let stands = |sign: &Sign| layout.stalls().is_empty() || layout.stall(sign.stall).is_some();
    let shown = |sign: &&Sign| !sign.withdrawn && stands(sign) && matches(sign, &query);
    let here = from.and_then(|no| layout.numbered(no)).map(|stall| around(&ground, &layout, stall));
    Ok(Square {
        day: day(&market, top.lang)?,
        hours: format!("{}–{}", place.clock(market.opens_at), place.clock(market.closes_at)),
        rain: market.plan == Plan::Rain,
        map: drawing(&ground, &layout, &signs, top.lang),
        zones: market.zones.iter().map(|zone| (zone.letter.clone(), zone.name.clone())).collect(),
        signs: signs.iter().filter(shown).cloned().collect(),
        aeds: aeds(&ground, here.as_ref()),
        here: from.zip(here).and_then(|(no, around)| standing(&signs, no, around)),
        told: state.store.told(at, state.now()).await?,
        help: on_card(state.store.safety(at).await?.card, &ground, top.lang),
        theme: market.theme,
        weather: market.weather,
        query,
        moved: news::of_market(top.lang, &told, state.now()),
        places: news::places(top.lang, &told, &signs),
        queues: crate::route::queue::serving(state, at, &signs).await?,
        booking: crate::route::booking::door(state, at.org).await?,
    })
}

/// The map that residents see. The page stands without it.
fn drawing(ground: &Ground, layout: &Layout, signs: &[Sign], lang: Lang) -> Option<Drawing> {
    if layout.stalls().is_empty() {
        return None;
    }
    let stalls = signs
        .iter()
        .map(|sign| (sign.stall, Label { name: sign.name.clone(), unit: sign.unit.clone() }))
        .collect();
    Some(draw(ground, layout, &Labels { stalls, english: lang == Lang::En }))
}

/// The stall that somebody came from, with the signs of its neighbours.
fn standing(signs: &[Sign], no: &str, around: Around) -> Option<Standing> {
    let neighbours = around.neighbours.into_iter().filter_map(|(stall, way)| {
        signs.iter().find(|sign| sign.stall == stall).map(|sign| (sign.clone(), way))
    });
    Some(Standing {
        sign: signs.iter().find(|sign| sign.no == no && !sign.withdrawn)?.clone(),
        entrance: around.entrance,
        neighbours: neighbours.collect(),
    })
}

/// The AED that is nearest to where somebody stands, or every one.
fn aeds(ground: &Ground, here: Option<&Around>) -> Vec<Aed> {
    match here.and_then(|around| around.aed.clone()) {
        Some((label, way)) => vec![Aed { label, way: Some(way) }],
        None => way::aeds(ground).map(|one| Aed { label: one.label.clone(), way: None }).collect(),
    }
}

fn day(market: &Market, lang: Lang) -> Result<String, Error> {
    let day = Day::parse(&market.held_on)?;
    Ok(lang.pick(format!("{} {}", day.zh(), day.weekday_zh()), format!("{}, {}", day.weekday_en(), day.en())))
}

/// A stall is found by its number, or by a part of its name, unit or services.
fn matches(sign: &Sign, query: &str) -> bool {
    let query = query.to_lowercase();
    let wanted = query.strip_suffix("号").unwrap_or(&query);
    let late = || [Lang::Zh, Lang::En].iter().any(|lang| Resident(*lang).off_hours() == query);
    query.is_empty()
        || sign.no.to_lowercase() == wanted
        || (!sign.off_hours.is_empty() && late())
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
