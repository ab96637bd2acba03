//! A unit's own page behind its signed link. It only reads; the button that says that it comes is a verb of the call.

use axum::extract::{Path, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::pages::guest::{self, Presence, View};
use kaishi_app::pages::resident::community;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::cell::Cells;
use kaishi_domain::call::State as Answer;
use kaishi_domain::cell::{Cell, Lead};
use kaishi_domain::count::Appeals;
use kaishi_domain::entry::Entry;
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::pad::Today;
use kaishi_domain::token::Purpose;
use kaishi_domain::{ClaimId, MarketRef};
use kaishi_store::{Assigned, Result};

use crate::route::bulletin::thanks::has_sheet;
use crate::route::call::when;
use crate::route::caller::Tongue;

/// The page.
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(token): Path<String>) -> Page {
    match view(&state, lang, &token).await {
        Ok(view) => guest::guest(&state.site, view),
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)),
    }
}

async fn view(state: &State, lang: Lang, token: &str) -> Result<View> {
    let link = state.keys.read(Purpose::Unit, token)?;
    let guest = state.store.guest(link, state.now()).await?;
    let at = MarketRef { org: guest.org, market: guest.market };
    let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
    let assigned = state.store.assignments(at).await?;
    let cells = state.store.cells(at).await?;
    let claims = state.store.claims(at).await?;
    let mut presences = Vec::new();
    for entry in state.store.entries(at).await?.into_iter().filter(|entry| entry.unit == Some(guest.unit)) {
        let claim = claims.iter().find(|claim| claim.state.entry() == Some(entry.id));
        let claim = claim.map(|claim| (claim.id, claim.state.clone()));
        presences.push(presence(state, lang, &market, (entry, claim), (&assigned, &cells)).await?);
    }
    let waiting = state.store.appeals_of(&guest).await?.iter().filter(|one| one.state.is_open()).count();
    Ok(View {
        lang,
        title: format!("{} {}", community(&organization.name), market.name),
        unit: state.store.unit_names(at.org).await?.remove(&guest.unit).unwrap_or_default(),
        when: when(&market, lang)?,
        rain: market.plan == Plan::Rain,
        map: format!("/m/{at}"),
        call: format!("{}/call", state.path(Purpose::Unit, link)),
        thanks: has_sheet(state, &market, guest.unit)
            .await?
            .then(|| format!("{}/thanks", state.path(Purpose::Unit, link))),
        handed: (format!("{}/appeals", state.path(Purpose::Unit, link)), waiting),
        wishes: (
            format!("{}/wishes", state.path(Purpose::Unit, link)),
            state.store.wishes(&guest).await?.len(),
        ),
        calendar: format!("{}/calendar.ics?lang={}", state.address(Purpose::Unit, link), lang.tag()),
        told: state.store.told(at, state.now()).await?,
        presences,
    })
}

/// `北廊：保安队长 ＋ 物业、消防`
fn cell_line(lang: Lang, cell: &Cell) -> String {
    let words = Cells(lang);
    let lead = match &cell.lead {
        Lead::Open => words.lead_open().to_owned(),
        Lead::Role(role) => role.clone(),
        Lead::Unit(_) => cell.lead_unit.clone(),
    };
    let partners = words.partner_list(&cell.partners);
    let partners = if partners.is_empty() { partners } else { format!(" ＋ {partners}") };
    format!("{}：{lead}{partners}", cell.name)
}

async fn presence(
    state: &State,
    lang: Lang,
    market: &Market,
    (entry, claim): (Entry, Option<(ClaimId, Answer)>),
    (assigned, cells): (&[Assigned], &[Cell]),
) -> Result<Presence> {
    let (at, now) = (MarketRef { org: market.org, market: market.id }, state.now());
    let stall = assigned.iter().find(|one| one.held.entry == entry.id).map(|one| one.held.stall);
    let signs = state.store.signs(at, now).await?;
    let sign = signs.iter().find(|sign| Some(sign.stall) == stall).cloned();
    let (today, appeals) = match stall {
        Some(stall) => (
            state.store.stall_today(at, stall).await?,
            state.store.appeal_counts(at, Some(stall), now).await?,
        ),
        None => (Today::default(), Appeals::default()),
    };
    let letter = sign.as_ref().map_or_else(|| entry.zone.clone(), |sign| sign.zone.clone());
    let zone = market.zone(&letter).map_or_else(|| letter.clone(), |zone| format!("{letter} {}", zone.name));
    let cell = stall.and_then(|stall| cells.iter().find(|cell| cell.stalls.contains(&stall)));
    let cell = cell.map(|cell| cell_line(lang, cell));
    Ok(Presence { entry, claim, sign, zone, cell, today, appeals })
}
