//! How the call stands, as the organizer's page shows it.

use std::collections::BTreeMap;

use kaishi_app::pages::call::{Letter, Line, Link, View};
use kaishi_app::state::State as Server;
use kaishi_app::words::Lang;
use kaishi_app::words::call::Call as Words;
use kaishi_app::words::unit::Units;
use kaishi_domain::assignment::spots;
use kaishi_domain::call::{Ask, Call, Claim, Decision, State, Want, fresh, risks};
use kaishi_domain::entry::Entry;
use kaishi_domain::market::{Market, Plan, Stage};
use kaishi_domain::moment::Day;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::{Unit, gate};
use kaishi_domain::{MarketRef, Refusal, UnitId};

use super::desk::Again;
use super::places::Places;
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
    let call = match known.clone() {
        Some(call) => call,
        // A call that nobody has written begins with the rules that held the last time.
        None => Call {
            rules: state.store.rules_before(at).await?,
            ..Call::proposed(&market.place()?, (market.opens_at, market.closes_at), now)?
        },
    };
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
    let entries = state.store.entries(at).await?;
    let assigned = state.store.assignments(at).await?;
    let holds = state.store.stall_holds(at, now).await?;
    let spots = spots(&state.store.ground_of(at).await?, &layout);
    let rain = market.plan == Plan::Rain;
    let places = Places { lang, rain, spots, entries: &entries, assigned: &assigned };
    let lines = claims
        .iter()
        .map(|claim| {
            let link = addresses.get(&claim.unit).cloned().unwrap_or_default();
            let notice = words.notice(&day, &claim.unit_name, &claim.pitch.name, &claim.state, &link);
            let mut flaws = lacks(lang, market, &units, claim);
            flaws.extend(places.flaws(claim, &holds));
            Line { about: about(lang, claim, &wants, &layout), notice, flaws, claim: claim.clone() }
        })
        .collect();
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
    let (kept, without) = places.silent(&claims);
    let reminders = words.reminders(&day, (&kept, &without));
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
        wanted: again.wanted,
        lines,
        risks,
        links,
        quiet: (fresh(&entries, &claims, now).len(), entries.len()),
        reminders,
        crowded: crowded(words, &wants, &claims),
        wants,
        done: again.done,
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

/// The wants for which more are to be accepted than have a place, in words.
fn crowded(words: Words, wants: &[Want], claims: &[Claim]) -> Vec<String> {
    let accepted = |claim: &&Claim| matches!(claim.state, State::Prepared { decision: Decision::Accept, .. });
    let bids =
        |want: &Want| claims.iter().filter(accepted).filter(|claim| claim.ask == Ask::Bid(want.id)).count();
    let counted = wants.iter().map(|want| (want, i64::try_from(bids(want)).unwrap_or(i64::MAX)));
    let over = counted.filter(|(want, bids)| *bids > 0 && *bids > want.left());
    over.map(|(want, bids)| words.too_many(&want.title, want.left(), bids)).collect()
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
