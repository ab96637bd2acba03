//! The rain plan: both maps side by side, a proposal to look at and to save, the switch, what to print again.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::rain::{self as pages, Preview, Row, Typed, View};
use kaishi_app::pages::resident::community;
use kaishi_app::state::{State, Twins};
use kaishi_app::words::Lang;
use kaishi_app::words::board::block;
use kaishi_app::words::day::Limit;
use kaishi_app::words::rain::{Rain as Words, lack, place, walk};
use kaishi_domain::MarketRef;
use kaishi_domain::assignment::Board;
use kaishi_domain::layout::{Diff, Stall};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::rain::{Capacity, Cover, Pair, Proposal, whereabouts};
use kaishi_store::{Error, Saved, Switched};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::day::weather::watched;
use crate::route::organizer::market_of;
use crate::route::printing;
use crate::route::rail::rail;

/// What the address may add.
#[derive(Deserialize, Default)]
pub struct Look {
    propose: Option<Cover>,
    done: Option<String>,
}

/// What the form under a proposal sends.
#[derive(Deserialize)]
pub struct Accepted {
    cover: Cover,
    seal: String,
}

/// What a switch sends.
#[derive(Deserialize)]
pub struct Switch {
    plan: Plan,
    #[serde(default)]
    cover: Cover,
    /// The desk, where it was pressed there.
    from: Option<String>,
}

/// What has just happened, if anything, and the proposal that is shown.
#[derive(Default)]
pub(super) struct Said {
    pub(super) done: Option<String>,
    pub(super) complaint: Option<String>,
    pub(super) propose: Option<Cover>,
    /// What was typed at the weather and was not right.
    pub(super) typed: Typed,
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(look): Query<Look>,
) -> Result<Page, No> {
    let words = Words(who.desk.lang);
    let done = match look.done.as_deref() {
        Some("saved") => Some(words.saved()),
        Some("switched") => Some(words.switched()),
        Some("already") => Some(words.already()),
        Some("noted") => Some(words.noted()),
        Some("limits") => Some(Limit(who.desk.lang).saved()),
        _ => None,
    };
    let said = Said { done: done.map(str::to_owned), propose: look.propose, ..Said::default() };
    shown(&state, &who, at, said).await
}

pub(super) async fn shown(state: &State, who: &SignedIn, at: MarketRef, said: Said) -> Result<Page, No> {
    let market = market_of(state, who, at).await?;
    let twins = state.twins(at).await.map_err(who.no())?;
    let rail = rail(state, who, &market).await?;
    let view = view(state, who, &market, &twins, said).await?;
    Ok(pages::rain(&who.desk, &rail, view))
}

async fn view(state: &State, who: &SignedIn, market: &Market, twins: &Twins, said: Said) -> Result<View, No> {
    let (at, lang) = (MarketRef { org: market.org, market: market.id }, who.desk.lang);
    let standings = state.store.standings(at, state.now()).await.map_err(who.no())?;
    let cover = standings.cover.unwrap_or_default();
    let proposal = said.propose.map(|cover| (cover, twins.proposal(cover)));
    let (shelter, map) = proposal.as_ref().map_or((cover, &twins.rain.1), |(cover, p)| (*cover, &p.layout));
    let pairs = twins.beside(map, shelter);
    let print = match who.actor.organizer() {
        Ok(by) => Some(printing::due(state, &by, market, twins).await.map_err(who.no())?),
        Err(_) => None,
    };
    let figures = (!map.stalls().is_empty())
        .then(|| (Capacity::of(&twins.ground, &twins.fair.1), Capacity::of(&twins.ground, map)));
    Ok(View {
        market: at,
        plan: market.plan,
        cover,
        stalls: (twins.fair.1.stalls().len(), twins.rain.1.stalls().len()),
        rows: pairs.iter().map(|pair| row(lang, twins, pair)).collect(),
        figures,
        preview: proposal.map(|(cover, proposal)| preview(lang, twins, cover, &proposal)),
        weather: watched(state, who, market, said.typed).await?,
        print,
        said: said.done,
        complaint: said.complaint,
    })
}

fn row(lang: Lang, twins: &Twins, pair: &Pair) -> Row {
    let stands = |stall: &Option<Stall>| stall.as_ref().map(|stall| written(lang, twins, stall));
    let nobody = Board::default();
    Row {
        no: pair.no.clone(),
        name: pair.entry.as_ref().map(|entry| entry.name.clone()).unwrap_or_default(),
        fair: stands(&pair.fair),
        rain: stands(&pair.rain),
        walk: pair.walk_cm.filter(|_| pair.is_moved()).map(|cm| walk(lang, cm)),
        heed: pair.lacks.iter().map(|lacking| block(lang, lacking, &nobody)).collect(),
    }
}

/// A place in words; off every area, in metres.
fn written(lang: Lang, twins: &Twins, stall: &Stall) -> String {
    whereabouts(&twins.ground, stall.centre())
        .map_or_else(|| format!("{:.1}, {:.1}", stall.x, stall.y), |at| place(lang, &at))
}

fn preview(lang: Lang, twins: &Twins, cover: Cover, proposal: &Proposal) -> Preview {
    let left = proposal.left.iter().map(|left| {
        let entry = left.entry.and_then(|id| twins.entries.iter().find(|entry| entry.id == id));
        let name = entry.map(|entry| format!(" {}", entry.name)).unwrap_or_default();
        let who = lang.pick(format!("{}号{name}", left.no), format!("{}{name}", left.no));
        let why: Vec<String> = left.lacks.iter().map(|lacking| lack(lang, lacking)).collect();
        (who, why.join(lang.pick("；", "; ")))
    });
    let diff = twins.diff(proposal);
    Preview {
        cover,
        seal: seal(twins, &diff),
        changes: !diff.is_empty(),
        placed: proposal.moves.len(),
        summary: Words(lang).summary(proposal.moves.len(), proposal.left.len(), proposal.walk_cm),
        left: left.collect(),
    }
}

/// Says which proposal was looked at: both revisions and the diff itself.
fn seal(twins: &Twins, diff: &Diff) -> String {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = std::hash::DefaultHasher::new();
    (twins.fair.0, twins.rain.0).hash(&mut hasher);
    serde_json::to_string(diff).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Saves the proposal that was looked at, as one diff. Where maps or roster have changed since, shows the new
/// proposal and saves nothing.
pub async fn save(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Accepted>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, words) = (who.organizer()?, Words(who.desk.lang));
    let twins = state.twins(at).await.map_err(who.no())?;
    let diff = twins.diff(&twins.proposal(form.cover));
    let complaint = if seal(&twins, &diff) == form.seal {
        let known = |stall: &Stall| market.zone(&stall.zone).is_some();
        if diff.steps().filter_map(|(_, _, is)| is).all(known) {
            let saved =
                state.store.layout_save(&by, market.id, Plan::Rain, twins.rain.0, &diff, state.now()).await;
            match saved {
                Ok(Saved::Done { .. }) => {
                    return Ok(Redirect::to(&format!("/o/m/{at}/rain?done=saved")).into_response());
                }
                Ok(Saved::Held(_)) => words.held(),
                Ok(Saved::Stale { .. } | Saved::Taken { .. }) | Err(Error::Taken(_)) => words.stale(),
                Err(error) => return Err(who.no()(error)),
            }
        } else {
            words.zone_gone()
        }
    } else {
        words.stale()
    };
    let said = Said { complaint: Some(complaint.into()), propose: Some(form.cover), ..Said::default() };
    let page = shown(&state, &who, at, said).await?;
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

/// Switches between the plans; says in one sentence why not.
pub async fn switch(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Switch>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, words) = (who.organizer()?, Words(who.desk.lang));
    let switched = state.store.plan_switch(&by, market.id, form.plan, form.cover, state.now()).await;
    let desk = form.from.as_deref() == Some("live");
    let back = |done: &str| {
        let path = if desk { "live".to_owned() } else { format!("rain?done={done}") };
        Redirect::to(&format!("/o/m/{at}/{path}")).into_response()
    };
    let complaint = match switched.map_err(who.no())? {
        Switched::Done => return Ok(back("switched")),
        Switched::Already => return Ok(back("already")),
        Switched::NoLayout if form.plan == Plan::Rain => words.no_layout().to_owned(),
        Switched::NoLayout => words.no_fair_layout().to_owned(),
        Switched::Lacking(numbers) => words.lacking(&numbers),
    };
    let page = shown(&state, &who, at, Said { complaint: Some(complaint), ..Said::default() }).await?;
    Ok(page.status(StatusCode::CONFLICT).into_response())
}

/// Which place signs, and for whom.
#[derive(Deserialize, Default)]
pub struct Which {
    changed: Option<String>,
}

/// The place signs: all that moved, or only those that changed since they were printed.
pub async fn signs(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Query(which): Query<Which>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let twins = state.twins(at).await.map_err(who.no())?;
    let mut signs = printing::place_signs(&twins);
    if which.changed.is_some() {
        let due = printing::due(&state, &by, &market, &twins).await.map_err(who.no())?;
        signs.retain(|sign| due.signs.contains(&sign.no));
    }
    let title = format!("{} {}", community(&who.desk.organization), market.name);
    Ok(pages::signs(&state.site, who.desk.lang, &format!("/o/m/{at}"), &title, signs))
}

/// Which sheets were printed.
#[derive(Deserialize)]
pub struct Noted {
    stalls: String,
}

/// Notes that place signs are printed.
pub async fn signs_printed(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(noted): Form<Noted>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let twins = state.twins(at).await.map_err(who.no())?;
    printing::note_signs(&state, &by, &market, &twins, &noted.stalls).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/rain?done=noted")).into_response())
}

/// Notes that posters are printed.
pub async fn posters_printed(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(noted): Form<Noted>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    printing::note_posters(&state, &by, &market, &noted.stalls).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/rain?done=noted")).into_response())
}
