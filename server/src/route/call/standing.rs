//! How the call stands, as the organizer's page shows it.

use std::collections::BTreeMap;

use kaishi_app::pages::call::{Letter, Line, Link, View};
use kaishi_app::state::State as Server;
use kaishi_app::words::Lang;
use kaishi_app::words::call::Call as Words;
use kaishi_app::words::unit::Units;
use kaishi_domain::call::{Call, Claim, State, risks};
use kaishi_domain::entry::Entry;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::Day;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::{Unit, gate};
use kaishi_domain::{MarketRef, Refusal, UnitId};

use super::desk::Again;
use super::{about, until};
use crate::poster::Code;
use crate::route::caller::SignedIn;
use crate::route::organizer::day_title;

/// Everything that the page shows, with the form that was not right.
pub(super) async fn view(
    state: &Server,
    who: &SignedIn,
    market: &Market,
    again: Again,
) -> kaishi_store::Result<View> {
    let (at, lang, now) = (MarketRef { org: market.org, market: market.id }, who.desk.lang, state.now());
    let words = Words(lang);
    let known = state.store.call(at).await?;
    let call = known.clone().unwrap_or_else(|| Call::blank(market.opens_at));
    let (wants, claims) = (state.store.wants(at).await?, state.store.claims(at).await?);
    let (_, layout) = state.store.layout(at, market.plan).await?;
    let addresses = addresses(state, who, market).await?;
    let day = day_title(market, lang);
    let demands = match who.actor.organizer() {
        Ok(by) if matches!(market.stage, Stage::Draft | Stage::Calling) => {
            state.store.demands(&by, market).await?
        }
        _ => Vec::new(),
    };
    let units = state.store.units(&who.actor.viewer()).await?;
    let lines = claims
        .iter()
        .map(|claim| {
            let link = addresses.get(&claim.unit).cloned().unwrap_or_default();
            let notice = words.notice(&day, &claim.unit_name, &claim.pitch.name, &claim.state, &link);
            let lacks = lacks(lang, market, &units, claim);
            Line { about: about(lang, claim, &wants, &layout), notice, lacks, claim: claim.clone() }
        })
        .collect();
    let entries = state.store.entries(at).await?;
    let assigned = state.store.assignments(at).await?;
    let missed: BTreeMap<UnitId, i64> = state.store.missed(at).await?.into_iter().collect();
    let found = risks(
        &entries,
        &claims,
        now,
        |id| assigned.iter().any(|one| one.held.entry == id),
        |entry| entry.unit.and_then(|unit| missed.get(&unit).copied()).unwrap_or(0),
    );
    let named = |id| entries.iter().find(|entry: &&Entry| entry.id == id);
    let risks = found
        .into_iter()
        .filter_map(|(id, why)| named(id).map(|entry| (entry, why)))
        .map(|(entry, why)| {
            let why = why.into_iter().map(|risk| words.risk(risk)).collect();
            (entry.name.clone(), entry.unit_name.clone(), why)
        })
        .collect();
    let mut links = Vec::new();
    for unit in units {
        if let Some(address) = addresses.get(&unit.id) {
            let code = Code::of(address)?;
            links.push(Link { unit: unit.name, address: address.clone(), code: (code.width(), code.path()) });
        }
    }
    let silent = claims.iter().filter(|claim| matches!(claim.state, State::Accepted { .. }));
    let silent: Vec<&str> = silent.map(|claim| claim.unit_name.as_str()).collect();
    let reminder = (!silent.is_empty()).then(|| words.reminder(&day, &silent));
    let letter = again.letter.map_or_else(|| written(market, &call), Ok)?;
    let reminds = who.actor.organizer().is_ok() && state.store.webhook(at.org).await?.is_some();
    Ok(View {
        reminds,
        market: at,
        zones: market.zones.clone(),
        letter,
        until: known.as_ref().map(|call| until(market, call, lang)).transpose()?,
        open: call.is_open(now),
        demands,
        wants,
        wanted: again.wanted,
        lines,
        risks,
        links,
        reminder,
        complaint: again.complaint,
    })
}

/// The papers that a unit lacks for what it would do; of an answer that has ended nobody asks.
pub(super) fn lacks(lang: Lang, market: &Market, units: &[Unit], claim: &Claim) -> Vec<String> {
    let unit = units.iter().find(|unit| unit.id == claim.unit && claim.state.is_living());
    let found = unit.zip(Day::parse(&market.held_on).ok());
    let found = found.map(|(unit, day)| gate(unit, &claim.pitch.services, day)).unwrap_or_default();
    found.iter().map(|lack| Units(lang).lack(lack)).collect()
}

/// The addresses of the units' pages that exist; none for those who may only look.
async fn addresses(
    state: &Server,
    who: &SignedIn,
    market: &Market,
) -> kaishi_store::Result<BTreeMap<UnitId, String>> {
    let Ok(by) = who.actor.organizer() else { return Ok(BTreeMap::new()) };
    let links = state.store.links(&by, market.id, state.now()).await?;
    let units = links.into_iter().filter_map(|link| {
        let unit = link.what.unit.filter(|_| link.what.purpose == Purpose::Unit)?;
        Some((unit, state.address(Purpose::Unit, link.id)))
    });
    Ok(units.collect())
}

fn written(market: &Market, call: &Call) -> Result<Letter, Refusal> {
    let place = market.place()?;
    Ok(Letter {
        intro: call.intro.clone(),
        rules: call.rules.clone(),
        deadline: format!("{}T{}", place.day(call.deadline), place.clock(call.deadline)),
        policy: call.policy.code().to_owned(),
        listed: call.listed,
        wrong: None,
    })
}
