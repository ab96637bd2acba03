//! What the live desk shows of the day.

use kaishi_app::pages::day::{Board, Told, ToldTyped as Typed};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::day::Opening;
use kaishi_app::words::incident::Incidents;
use kaishi_domain::MarketRef;
use kaishi_domain::actor::Viewer;
use kaishi_domain::incident::State as Stands;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::HOUR;
use kaishi_store::Result;

use super::{place, stalls};
use crate::route::names::moment;

/// Announcements, cells and open incidents.
pub async fn board(state: &State, lang: Lang, market: &Market, typed: Option<Typed>) -> Result<Board> {
    let (at, now, wall) = (MarketRef { org: market.org, market: market.id }, state.now(), market.place()?);
    let lines = state.store.announcements(at, now).await?;
    let told = lines.iter().filter(|line| line.until > now).map(|line| Told {
        when: format!("{}–{}", wall.clock(line.from), wall.clock(line.until)),
        now: line.is_shown(now),
        line: line.clone(),
    });
    let (cells, all) = (state.store.cells(at).await?, state.store.incidents(at).await?);
    let names = stalls(state, at, lang).await?;
    let words = Incidents(lang);
    let open = all.iter().filter(|one| one.state.is_open()).map(|one| {
        let what = format!("{}：{}", words.kind_name(one.kind), one.words);
        (what, place(&one.spot, &names, &cells), words.state_name(&one.state))
    });
    let fresh = || {
        // An hour, and not beyond the day on whose clock the form is read.
        let later = wall.clock(now.plus(HOUR));
        let from = wall.clock(now);
        let until = if later > from { later } else { "23:59".to_owned() };
        Typed { from, until, ..Typed::default() }
    };
    Ok(Board {
        told: told.collect(),
        typed: typed.unwrap_or_else(fresh),
        incidents: open.collect(),
        visits: all.iter().filter(|one| matches!(one.state, Stands::Visit { .. })).count(),
        cells,
    })
}

/// Openings and closings in words, latest first.
pub async fn steps(state: &State, lang: Lang, by: &Viewer, market: &Market) -> Result<Vec<String>> {
    let wall = market.place()?;
    let steps = state.store.stage_steps(by, market.id).await?;
    let told =
        steps.into_iter().filter(|step| matches!(step.stage, Stage::Open | Stage::Closed)).map(|step| {
            let when = format!("{} {}", moment(&wall, lang, step.at), step.by);
            Opening(lang).step(&when, step.stage == Stage::Open, step.warnings, &step.reason)
        });
    Ok(told.collect())
}
