//! Calendars to subscribe to: an organizer's of all Saturdays, a unit's of its own.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State as Shared};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::feed as pages;
use kaishi_app::pages::resident::community;
use kaishi_app::pages::season::stage_name;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::organizer::Season;
use kaishi_app::words::season::Feeds as Words;
use kaishi_domain::actor::Viewer;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::token::Purpose;
use kaishi_domain::{GroundId, MarketRef};
use kaishi_store::{Result, UnitDate};
use serde::Deserialize;

use crate::calendar::{Entry, write};
use crate::route::caller::{No, SignedIn};

/// The language that the address asks for: a calendar has no cookie.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    lang: String,
}

impl Asked {
    fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang)
    }
}

/// The address of the calendar, or the button that makes one.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> std::result::Result<Page, No> {
    let by = who.organizer()?;
    let feed = state.store.feed_of(&by).await.map_err(who.no())?;
    let tag = who.desk.lang.tag();
    let address = feed.map(|id| format!("{}/calendar.ics?lang={tag}", state.address(Purpose::Feed, id)));
    Ok(pages::feed(&who.desk, address))
}

/// Makes the address.
pub async fn make(Shared(state): Shared<State>, who: SignedIn) -> std::result::Result<Redirect, No> {
    let by = who.organizer()?;
    state.store.feed_make(&by, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/feed"))
}

/// Takes the address out of service.
pub async fn revoke(Shared(state): Shared<State>, who: SignedIn) -> std::result::Result<Redirect, No> {
    let by = who.organizer()?;
    state.store.feed_revoke(&by, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/feed"))
}

fn answer(state: &State, lang: Lang, text: Result<String>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"kaishi.ics\""),
        (header::CACHE_CONTROL, "private, max-age=300"),
    ];
    match text {
        Ok(text) => (headers, text).into_response(),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)).into_response(),
    }
}

/// All Saturdays and the deadlines of their calls.
pub async fn saturdays(
    Shared(state): Shared<State>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let lang = asked.lang();
    answer(&state, lang, organizers(&state, lang, &token).await)
}

/// The titles of the grounds.
async fn grounds(state: &State, by: &Viewer) -> Result<BTreeMap<GroundId, String>> {
    Ok(state.store.grounds(by).await?.into_iter().map(|row| (row.id, row.title)).collect())
}

async fn organizers(state: &State, lang: Lang, token: &str) -> Result<String> {
    let by = state.store.feed(state.keys.read(Purpose::Feed, token)?).await?;
    let words = Words(lang);
    let (rows, places) = (state.store.season(&by).await?, grounds(state, &by).await?);
    let organization = state.store.organization(by.org()).await?;
    let mut entries = Vec::with_capacity(rows.len());
    let markets: BTreeMap<_, &Market> = rows.iter().map(|row| (row.market.id, &row.market)).collect();
    for row in &rows {
        let market = &row.market;
        let (stage, _) = stage_name(Season(lang), market.stage);
        let at = MarketRef { org: market.org, market: market.id };
        entries.push(Entry {
            uid: market.id.to_string(),
            span: (market.opens_at, market.closes_at),
            title: lang.pick(format!("{}（{stage}）", market.name), format!("{} ({stage})", market.name)),
            place: places.get(&market.ground).cloned().unwrap_or_default(),
            words: format!("{}\n{}", market.theme, words.filled(row.filled, row.stalls)),
            page: format!("{}/o/m/{at}", state.public_url),
            certain: market.stage != Stage::Draft,
        });
    }
    for (id, until) in state.store.deadlines(&by).await? {
        let Some(market) = markets.get(&id) else { continue };
        let at = MarketRef { org: market.org, market: id };
        entries.push(Entry {
            uid: format!("{id}-deadline"),
            span: (until.plus(-15 * MINUTE), until),
            title: format!("{} {} {}", words.deadline(), market.held_on, market.name),
            place: String::new(),
            words: String::new(),
            page: format!("{}/o/m/{at}/call", state.public_url),
            certain: true,
        });
    }
    Ok(write(&format!("{} {}", community(&organization.name), words.saturdays()), entries, state.now()))
}

/// The Saturdays of a unit.
pub async fn unit(
    Shared(state): Shared<State>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let lang = asked.lang();
    answer(&state, lang, guests(&state, lang, &token).await)
}

async fn guests(state: &State, lang: Lang, token: &str) -> Result<String> {
    let (by, opens) = state.store.feed_guest(state.keys.read(Purpose::Unit, token)?, state.now()).await?;
    // A link that has run out tells dates; it hands out no other link.
    let links = if opens { state.store.unit_links(&by, state.now()).await? } else { BTreeMap::new() };
    let places = grounds(state, &by.viewer()).await?;
    let organization = state.store.organization(by.org).await?;
    let entries = state.store.unit_dates(&by).await?.into_iter().map(|date| {
        let at = MarketRef { org: date.market.org, market: date.market.id };
        let page = links.get(&date.market.id).map_or_else(
            || format!("{}/m/{at}", state.public_url),
            |link| state.address(Purpose::Unit, *link),
        );
        date_entry(lang, date, places_of(&places), page)
    });
    let name = format!("{} {}", community(&organization.name), Words(lang).saturdays());
    Ok(write(&name, entries.collect(), state.now()))
}

fn places_of(places: &BTreeMap<GroundId, String>) -> impl Fn(GroundId) -> String + use<'_> {
    |ground| places.get(&ground).cloned().unwrap_or_default()
}

fn date_entry(lang: Lang, date: UnitDate, place: impl Fn(GroundId) -> String, page: String) -> Entry {
    let words = Words(lang);
    let UnitDate { market, entry, sign, stall, confirmed } = date;
    let over = matches!(market.stage, Stage::Closed | Stage::Filed);
    let stall = stall.map_or_else(
        || words.no_stall().to_owned(),
        |no| lang.pick(format!("{no} 号摊"), format!("stall {no}")),
    );
    let ask = (!confirmed && !over).then(|| words.unconfirmed());
    Entry {
        uid: format!("{}-{entry}", market.id),
        span: (market.opens_at, market.closes_at),
        title: format!("{}：{sign}", market.name),
        place: format!("{} · {stall}", place(market.ground)),
        words: [Some(market.theme.as_str()), ask].into_iter().flatten().collect::<Vec<_>>().join("\n"),
        page,
        certain: confirmed || over,
    }
}
