//! What programs read: services with their attributes, requests, what became of a token.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::desk::Open311 as Words;
use kaishi_app::words::story::Names;
use kaishi_domain::appeal::{Appeal, Category, PublicCopy, State as Standing};
use kaishi_domain::moment::HOUR;
use kaishi_domain::{AppealId, MarketId, MarketRef, Moment, OrgId};

use super::form::{Field, Record, Wire};
use super::paper::{self, Kind};
use super::{Asked, No};
use crate::route::names::names;

/// Without a start, requests of so many days are listed; no span is longer.
const SPAN: i64 = 90 * 24 * HOUR;

fn tongue(asked: &Asked) -> Lang {
    Lang::from_tag(if asked.lang.is_empty() { "zh" } else { &asked.lang })
}

/// The services.
pub(super) fn services(asked: &Asked) -> Wire {
    let lang = tongue(asked);
    let all = Category::ALL.map(|category| paper::service(lang, category, true));
    Wire::List("services", "service", all.into())
}

/// The attributes of a service: in which grid, where there are grids.
pub(super) async fn definition(state: &State, org: OrgId, asked: &Asked, code: &str) -> Result<Wire, No> {
    let category = Category::from_code(code).map_err(|_| No::Missing("service_code"))?;
    let lang = tongue(asked);
    let grids = state.store.grids(org).await?;
    let values = grids
        .iter()
        .map(|grid| Record(vec![("key", grid.id.to_string().into()), ("name", grid.name.clone().into())]))
        .collect();
    let words = Words(lang);
    let attribute = Record(vec![
        ("variable", Field::Flag(true)),
        ("code", "grid".into()),
        ("datatype", "singlevaluelist".into()),
        ("required", Field::Flag(false)),
        ("datatype_description", words.grid_why().into()),
        ("order", Field::Number(1)),
        ("description", words.grid().into()),
        ("values", Field::List("value", values)),
    ]);
    let attributes = if grids.is_empty() { Vec::new() } else { vec![attribute] };
    Ok(Wire::One(
        "service_definition",
        Record(vec![
            ("service_code", category.code().into()),
            ("attributes", Field::List("attribute", attributes)),
        ]),
    ))
}

/// A moment as the protocol writes it: `2023-05-13T02:42:00Z`.
fn moment(text: &str) -> Result<Option<Moment>, No> {
    if text.is_empty() {
        return Ok(None);
    }
    Moment::from_iso(text).map(Some).map_err(|_| No::Bad("a date is not in the form of W3C"))
}

async fn records(state: &State, org: OrgId, lang: Lang, appeals: &[Appeal]) -> Result<Vec<Record>, No> {
    // What stands round an appeal is its market's: asked for once a market.
    let mut markets: BTreeMap<MarketId, (Names, BTreeMap<AppealId, PublicCopy>)> = BTreeMap::new();
    let mut records = Vec::new();
    for appeal in appeals {
        if let Entry::Vacant(place) = markets.entry(appeal.market) {
            let at = MarketRef { org, market: appeal.market };
            let copies = state.store.copies_shown(at).await?;
            let copies = copies.into_iter().map(|(appeal, copy)| (appeal.id, copy)).collect();
            place.insert((names(state, at, lang).await?, copies));
        }
        if let Some((names, copies)) = markets.get(&appeal.market) {
            records.push(paper::request(lang, names, appeal, copies.get(&appeal.id)));
        }
    }
    Ok(records)
}

/// The requests: those that are named, or those of a span of time.
pub(super) async fn requests(state: &State, org: OrgId, asked: &Asked) -> Result<Wire, No> {
    let mut found = Vec::new();
    if asked.service_request_id.is_empty() {
        let end = moment(&asked.end_date)?.unwrap_or(state.now());
        let start = moment(&asked.start_date)?.unwrap_or(end.plus(-SPAN)).max(end.plus(-SPAN));
        found = state.store.open_requests(org, start, end).await?;
    } else {
        for id in asked.service_request_id.split(',').take(100) {
            let id: AppealId = id.trim().parse().map_err(|_| No::Missing("service_request_id"))?;
            found.push(state.store.open_request(org, id).await?);
        }
    }
    let kinds: Vec<&str> = asked.service_code.split(',').filter(|code| !code.is_empty()).collect();
    let states: Vec<&str> = asked.status.split(',').filter(|code| !code.is_empty()).collect();
    if states.iter().any(|state| !matches!(*state, "open" | "closed")) {
        return Err(No::Bad("status is open or closed"));
    }
    found.retain(|appeal| {
        let standing = if appeal.state.closed_at().is_some() { "closed" } else { "open" };
        (kinds.is_empty() || kinds.contains(&appeal.category.code()))
            && (states.is_empty() || states.contains(&standing))
    });
    Ok(Wire::List("service_requests", "request", records(state, org, tongue(asked), &found).await?))
}

/// One request, as a list of one.
pub(super) async fn request(state: &State, org: OrgId, asked: &Asked, id: &str) -> Result<Wire, No> {
    let id: AppealId = id.parse().map_err(|_| No::Missing("service_request_id"))?;
    let appeal = state.store.open_request(org, id).await?;
    Ok(Wire::List("service_requests", "request", records(state, org, tongue(asked), &[appeal]).await?))
}

/// What became of a token: the id, once the desk has read it.
pub(super) async fn token(state: &State, org: OrgId, token: &str) -> Result<Wire, No> {
    let appeal = state.store.open_token(org, &format!("open311:{token}")).await?;
    let known = match Kind::of(appeal.category) {
        Kind::Realtime => true,
        Kind::Batch => !matches!(appeal.state, Standing::Raised),
        Kind::Blackbox => return Err(No::Missing("token")),
    };
    let id = known.then(|| appeal.id.to_string());
    let record = Record(vec![("service_request_id", id.into()), ("token", token.into())]);
    Ok(Wire::List("service_requests", "request", vec![record]))
}
