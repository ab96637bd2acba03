//! The roster of one Saturday: list, add, correct, withdraw.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::entry::{self as pages, Typed, View};
use kaishi_app::state::State;
use kaishi_app::words::entry::Roster as Words;
use kaishi_app::words::vetting::Vetting;
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::moment::Day;
use kaishi_domain::unit::Unit;
use kaishi_domain::{EntryId, MarketRef, Refusal, UnitId, call};
use kaishi_store::{Error, Ruling};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the form sends.
#[derive(Deserialize)]
pub struct Filled {
    name: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    zone: String,
    way: String,
    #[serde(default)]
    services: String,
    #[serde(default)]
    wishes: String,
    #[serde(default)]
    power: String,
    #[serde(default)]
    width: String,
    #[serde(default)]
    waiting: String,
    #[serde(default)]
    visitors: String,
    water: Option<String>,
    shelter: Option<String>,
    quiet: Option<String>,
    loud: Option<String>,
    queue: Option<String>,
    step_free: Option<String>,
}

/// `2.5` metres as centimetres, `12` as it is: whole steps of `1 / unit`.
fn figure(typed: &str, unit: i64, what: &'static str) -> Result<i64, Refusal> {
    let typed = typed.trim().replace(['，', ','], ".");
    if typed.is_empty() {
        return Ok(0);
    }
    let value: f64 = typed.parse().map_err(|_| Refusal::Malformed(what))?;
    let steps = (value * unit as f64).round();
    if (0.0..=1e6).contains(&steps) { Ok(steps as i64) } else { Err(Refusal::Malformed(what)) }
}

impl Filled {
    fn flags(&self) -> Needs {
        Needs {
            water: self.water.is_some(),
            shelter: self.shelter.is_some(),
            quiet: self.quiet.is_some(),
            loud: self.loud.is_some(),
            queue: self.queue.is_some(),
            step_free: self.step_free.is_some(),
            ..Needs::default()
        }
    }

    fn entry(&self, id: EntryId, units: &[Unit]) -> Result<Entry, Refusal> {
        let known = |id: &UnitId| units.iter().any(|unit| unit.id == *id);
        let unit = pages::unit_of(&self.unit).filter(|unit| unit.is_none_or(|id| known(&id)));
        let waiting = figure(&self.waiting, 1, "queue")?;
        let flags = self.flags();
        Entry {
            id,
            unit: unit.ok_or(Refusal::Missing("unit"))?,
            unit_name: String::new(),
            name: self.name.clone(),
            zone: self.zone.clone(),
            services: Unit::services_of(&self.services),
            needs: Needs {
                power_w: figure(&self.power, 1, "power")?,
                width_cm: figure(&self.width, 100, "width")?,
                queue: flags.queue || waiting > 0,
                waiting,
                visitors: figure(&self.visitors, 1, "visitors")?,
                ..flags
            },
            wishes: Unit::services_of(&self.wishes.replace(['，', ',', ' '], "、")),
            way: Way::from_code(&self.way)?,
            arrived: false,
        }
        .sound()
    }

    fn again(self, wrong: &'static str) -> Typed {
        let flags = self.flags();
        let Self { name, unit, zone, way, services, wishes, power, width, waiting, visitors, .. } = self;
        let wrong = Some(wrong);
        Typed { name, unit, zone, way, services, wishes, power, width, waiting, visitors, flags, wrong }
    }
}

async fn view(state: &State, who: &SignedIn, market: &Market, typed: Typed) -> Result<View, No> {
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let at = MarketRef { org: market.org, market: market.id };
    let day = Day::parse(&market.held_on).ok();
    let claims = state.store.claims(at).await.map_err(who.no())?;
    let said = claims.iter().filter_map(|claim| match claim.state {
        call::State::Accepted { entry, .. } => Some((entry, false)),
        call::State::Confirmed { entry, .. } => Some((entry, true)),
        _ => None,
    });
    Ok(View { market: at, zones: market.zones.clone(), units, said: said.collect(), day, typed })
}

async fn list(state: &State, who: &SignedIn, market: &Market, typed: Typed) -> Result<Page, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let entries = state.store.entries(at).await.map_err(who.no())?;
    let assigned = state.store.assignments(at).await.map_err(who.no())?;
    let mut layouts = Vec::new();
    for plan in [market.plan, if market.plan == Plan::Fair { Plan::Rain } else { Plan::Fair }] {
        layouts.push(state.store.layout(at, plan).await.map_err(who.no())?.1);
    }
    let stall_of = |entry: &Entry| {
        let stall = assigned.iter().find(|one| one.held.entry == entry.id)?.held.stall;
        layouts.iter().find_map(|layout| layout.stall(stall)).map(|stall| stall.no.clone())
    };
    let entries = entries.into_iter().map(|entry| (entry.clone(), stall_of(&entry))).collect();
    let rail = rail(state, who, market).await?;
    Ok(pages::roster(&who.desk, &rail, view(state, who, market, typed).await?, entries))
}

/// The roster.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    list(&state, &who, &market, Typed::default()).await
}

/// Adds an entry.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Filled>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let now = state.now();
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let done = match form.entry(EntryId::new(now, state.random()), &units) {
        Ok(entry) => state.store.entry_add(&by, at.market, &entry, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    let Some(wrong) = complaint(&who, done)? else { return Ok(back(at)) };
    let page = list(&state, &who, &market, form.again(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn back(at: MarketRef) -> Response {
    Redirect::to(&format!("/o/m/{at}/entries")).into_response()
}

async fn known(state: &State, who: &SignedIn, at: MarketRef, id: EntryId) -> Result<Entry, No> {
    let entries = state.store.entries(at).await.map_err(who.no())?;
    entries.into_iter().find(|entry| entry.id == id).ok_or(Error::Missing("entry")).map_err(who.no())
}

async fn form_again(
    state: &State,
    who: &SignedIn,
    market: &Market,
    entry: &Entry,
    typed: Typed,
) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    Ok(pages::edit(&who.desk, &rail, view(state, who, market, typed).await?, entry))
}

/// The page on which an entry is corrected.
pub async fn one(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, id)): Path<(MarketRef, EntryId)>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    who.organizer()?;
    let entry = known(&state, &who, at, id).await?;
    form_again(&state, &who, &market, &entry, Typed::of(&entry)).await
}

/// Corrects an entry.
pub async fn edit(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, id)): Path<(MarketRef, EntryId)>,
    Form(form): Form<Filled>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let entry = known(&state, &who, at, id).await?;
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    let done = match form.entry(id, &units) {
        Ok(entry) => state.store.entry_edit(&by, at.market, &entry, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    let Some(wrong) = complaint(&who, done)? else { return Ok(back(at)) };
    let page = form_again(&state, &who, &market, &entry, form.again(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Notes that a unit said by telephone that it comes.
pub async fn confirm(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, id)): Path<(MarketRef, EntryId)>,
) -> Result<Response, No> {
    market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let claims = state.store.claims(at).await.map_err(who.no())?;
    let claim = claims.into_iter().find(|claim| claim.state.entry() == Some(id));
    let claim = claim.ok_or(Error::Missing("claim")).map_err(who.no())?;
    let now = state.now();
    state.store.claim_rule(&by, at.market, claim.id, &Ruling::Confirm, now).await.map_err(who.no())?;
    Ok(back(at))
}

/// Takes an entry out of this Saturday.
pub async fn withdraw(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, id)): Path<(MarketRef, EntryId)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let entry = known(&state, &who, at, id).await?;
    match state.store.entry_withdraw(&by, at.market, id, state.now()).await {
        Ok(()) => Ok(back(at)),
        Err(Error::Taken(_)) => {
            let typed = Typed { wrong: Some(Words(who.desk.lang).standing()), ..Typed::of(&entry) };
            let page = form_again(&state, &who, &market, &entry, typed).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// What the form says when its values were refused; other failures are pages of their own.
fn complaint(who: &SignedIn, done: kaishi_store::Result<()>) -> Result<Option<&'static str>, No> {
    let words = Words(who.desk.lang);
    match done {
        Ok(()) => Ok(None),
        Err(Error::Refused(Refusal::Malformed("power" | "width" | "queue" | "visitors"))) => {
            Ok(Some(words.wrong_figures()))
        }
        Err(Error::Refused(Refusal::WrongState(_))) => Ok(Some(Vetting(who.desk.lang).stays_out())),
        Err(Error::Refused(_)) => Ok(Some(words.wrong())),
        Err(error) => Err(who.no()(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_type_them() {
        assert_eq!(figure(" 2.5 ", 100, "width"), Ok(250));
        assert_eq!(figure("2，5", 100, "width"), Ok(250));
        assert_eq!(figure("", 1, "power"), Ok(0));
        for bad in ["x", "-1", "NaN", "1e9"] {
            assert_eq!(figure(bad, 1, "power"), Err(Refusal::Malformed("power")), "{bad}");
        }
    }
}
