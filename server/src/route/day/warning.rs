//! What is still open when a market is to open or to close. Each source is one function; what it finds is shown on
//! the page that asks, and how much there was is kept with the reason.

use kaishi_app::pages::day::Warning;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::day::Opening as Words;
use kaishi_app::words::incident::Incidents;
use kaishi_app::words::preflight::Preflight;
use kaishi_app::words::tally::Devices;
use kaishi_domain::MarketRef;
use kaishi_domain::actor::Viewer;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::preflight::open_musts;
use kaishi_store::Result;

use super::preflight::lines;
use super::{place, stalls};

/// Everything that speaks against a step, the gravest source first.
pub async fn warnings(
    state: &State,
    lang: Lang,
    by: &Viewer,
    market: &Market,
    to: Stage,
) -> Result<Vec<Warning>> {
    let mut found = Vec::new();
    match to {
        Stage::Open => {
            found.extend(musts(state, lang, by, market).await?);
            found.extend(unsigned(state, lang, market).await?);
        }
        Stage::Closed => {
            found.extend(unsettled(state, lang, market).await?);
            found.extend(not_in(state, lang, market).await?);
            found.extend(absent(state, lang, market).await?);
        }
        Stage::Draft | Stage::Calling | Stage::Filed => {}
    }
    Ok(found)
}

const fn at(market: &Market) -> MarketRef {
    MarketRef { org: market.org, market: market.id }
}

/// What the list before opening must have and has not.
async fn musts(state: &State, lang: Lang, by: &Viewer, market: &Market) -> Result<Vec<Warning>> {
    let lines = lines(state, by, market).await?;
    let open = open_musts(&lines)
        .map(|line| Warning { words: Words(lang).must(Preflight(lang).name(line.item)), path: "preflight" });
    Ok(open.collect())
}

/// Cells whose head has not signed.
async fn unsigned(state: &State, lang: Lang, market: &Market) -> Result<Vec<Warning>> {
    let cells = state.store.cells(at(market)).await?;
    let open = cells
        .iter()
        .filter(|cell| !cell.is_signed())
        .map(|cell| Warning { words: Words(lang).unsigned(&cell.name), path: "cells" });
    Ok(open.collect())
}

/// Hazards and incidents that nobody has dealt with.
async fn unsettled(state: &State, lang: Lang, market: &Market) -> Result<Vec<Warning>> {
    let at = at(market);
    let (names, cells) = (stalls(state, at, lang).await?, state.store.cells(at).await?);
    let all = state.store.incidents(at).await?;
    let open = all.iter().filter(|one| one.state.is_open()).map(|one| Warning {
        words: Words(lang)
            .open_incident(Incidents(lang).kind_name(one.kind), &place(&one.spot, &names, &cells)),
        path: "incidents",
    });
    Ok(open.collect())
}

/// Phones whose records have not all arrived: what is counted now is too little.
async fn not_in(state: &State, lang: Lang, market: &Market) -> Result<Option<Warning>> {
    let missing = state.store.devices_missing(at(market)).await?;
    Ok((missing.devices > 0).then(|| Warning { words: Devices(lang).missing(missing), path: "devices" }))
}

/// Units that have not come and will be noted as absent.
async fn absent(state: &State, lang: Lang, market: &Market) -> Result<Option<Warning>> {
    let entries = state.store.entries(at(market)).await?;
    let missing = entries.iter().filter(|entry| entry.unit.is_some() && !entry.arrived);
    let names: Vec<&str> = missing.map(|entry| entry.unit_name.as_str()).collect();
    Ok((!names.is_empty()).then(|| Warning { words: Words(lang).absent(&names), path: "live" }))
}
