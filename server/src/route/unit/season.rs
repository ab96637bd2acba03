//! Units over the last and the next Saturdays.

use std::collections::BTreeMap;

use axum::extract::State as Shared;
use kaishi_app::document::Page;
use kaishi_app::pages::season::stage_name;
use kaishi_app::pages::unit::season::{self as pages, Column, Line};
use kaishi_app::state::State;
use kaishi_app::words::organizer::Season;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::season::presence::{Times, What, standing};
use kaishi_domain::{MarketId, MarketRef, UnitId};

use super::place;
use crate::route::caller::{No, SignedIn};

/// So many Saturdays back, and so many ahead.
const EACH_WAY: usize = 4;

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let by = who.reader()?;
    let viewer = by.viewer();
    let (lang, now) = (who.desk.lang, state.now());
    let today = place(&state, &who).await?.day(now);
    let rows = state.store.season(&viewer).await.map_err(who.no())?;
    let mut dated: Vec<(Day, Market)> = rows
        .into_iter()
        .filter_map(|row| Some((Day::parse(&row.market.held_on).ok()?, row.market)))
        .collect();
    dated.sort_by_key(|(day, market)| (*day, market.opens_at));
    let ahead = dated.iter().position(|(day, _)| *day >= today).unwrap_or(dated.len());
    let (first, last) = (ahead.saturating_sub(EACH_WAY), dated.len().min(ahead + EACH_WAY));
    let shown = &dated[first..last];
    let traces = match (shown.first(), shown.last()) {
        (Some((from, _)), Some((to, _))) => state.store.presences(&by, *from, *to).await.map_err(who.no())?,
        _ => Vec::new(),
    };
    let mut by_place: BTreeMap<(UnitId, MarketId), Vec<What>> = BTreeMap::new();
    for trace in traces {
        by_place.entry((trace.unit, trace.market)).or_default().push(trace.what);
    }
    let columns = shown
        .iter()
        .enumerate()
        .map(|(at, (day, market))| Column {
            market: MarketRef { org: market.org, market: market.id },
            day: lang.pick(day.zh(), day.en()),
            stage: stage_name(Season(lang), market.stage).0,
            first_ahead: first + at == ahead,
        })
        .collect();
    let units = state.store.units(&viewer).await.map_err(who.no())?;
    let lines = units.into_iter().map(|unit| {
        let standings = shown.iter().map(|(_, market)| {
            let traces = by_place.get(&(unit.id, market.id)).into_iter().flatten().copied();
            let times = Times { stage: market.stage, opens_at: market.opens_at, closes_at: market.closes_at };
            standing(traces, times, now)
        });
        let aside = unit.is_archived();
        (aside, Line { unit: unit.id, standings: standings.collect(), name: unit.name })
    });
    // Whoever is put aside stays where it came.
    let lines = lines.filter(|(aside, line)| !aside || line.standings.iter().any(Option::is_some));
    Ok(pages::season(&who.desk, columns, lines.map(|(_, line)| line).collect()))
}
