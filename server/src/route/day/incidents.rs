//! The log of hazards and incidents: written down, handled, looked at again.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::day::{IncidentLine, IncidentTyped as Typed, IncidentsView, incidents as page_of};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::incident::Incidents as Words;
use kaishi_domain::cell::Cell;
use kaishi_domain::incident::{
    Deed, Help, Incident, Kind, Promise, Severity, Spot, State as Stands, Step, figures,
};
use kaishi_domain::market::Market;
use kaishi_domain::moment::{Day, MINUTE, Place};
use kaishi_domain::{IncidentId, MarketRef, Moment, Refusal, StallId};
use kaishi_store::{Error, Result as Stored};
use serde::Deserialize;

use super::{place, stalls};
use crate::route::caller::{No, SignedIn};
use crate::route::names::moment;
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// A second look is offered for so many days later.
const LOOK_AFTER: i32 = 3;

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, None, None).await
}

async fn show(
    state: &State,
    who: &SignedIn,
    market: &Market,
    typed: Option<Typed>,
    complaint: Option<&'static str>,
) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who.desk.lang, market, typed, complaint).await.map_err(who.no())?;
    Ok(page_of(&who.desk, &rail, view))
}

async fn view(
    state: &State,
    lang: Lang,
    market: &Market,
    typed: Option<Typed>,
    complaint: Option<&'static str>,
) -> Stored<IncidentsView> {
    let (at, now, wall) = (MarketRef { org: market.org, market: market.id }, state.now(), market.place()?);
    let (names, cells) = (stalls(state, at, lang).await?, state.store.cells(at).await?);
    let all = state.store.incidents(at).await?;
    let today = wall.day(now);
    let fresh = || Typed { happened: format!("{today}T{}", wall.clock(now)), ..Typed::default() };
    Ok(IncidentsView {
        market: at,
        figures: figures(&all),
        lines: all.into_iter().map(|one| line(lang, &wall, today, one, &names, &cells)).collect(),
        stalls: names,
        cells: cells.into_iter().map(|cell| (cell.id, cell.name)).collect(),
        typed: typed.unwrap_or_else(fresh),
        look_by: today.plus_days(LOOK_AFTER).to_string(),
        complaint,
    })
}

fn line(
    lang: Lang,
    wall: &Place,
    today: Day,
    incident: Incident,
    names: &[(StallId, String)],
    cells: &[Cell],
) -> IncidentLine {
    let when = |at: Moment| moment(wall, lang, at);
    let told = |done: &Deed| {
        let helped: Vec<_> = done.helped.iter().map(|help| Words(lang).help_name(*help)).collect();
        let helped = if helped.is_empty() { String::new() } else { format!("（{}）", helped.join("、")) };
        format!("{} {}{helped}", when(done.at), done.words)
    };
    let (story, due) = match &incident.state {
        Stands::Warned | Stands::Handling => (Vec::new(), None),
        Stands::Visit { done, promise } => {
            let day = lang.pick(promise.due.zh(), promise.due.en());
            (vec![told(done)], Some((format!("{day} {}", promise.by), promise.due < today)))
        }
        Stands::Settled { done, visit } => {
            let looked =
                visit.as_ref().map(|(promise, found, at)| format!("{} {}：{found}", when(*at), promise.by));
            (std::iter::once(told(done)).chain(looked).collect(), None)
        }
    };
    let later = incident.written.since(incident.happened) > MINUTE;
    IncidentLine {
        place: place(&incident.spot, names, cells),
        happened: when(incident.happened),
        written: later.then(|| wall.clock(incident.written)),
        story,
        due,
        incident,
    }
}

/// What the form of a new one sends.
#[derive(Deserialize)]
pub struct Written {
    kind: String,
    state: String,
    severity: String,
    #[serde(default)]
    stall: String,
    #[serde(default)]
    cell: String,
    #[serde(default)]
    place: String,
    words: String,
    happened: String,
}

impl Written {
    fn incident(&self, id: IncidentId, wall: &Place, now: Moment) -> Result<Incident, Refusal> {
        let (day, clock) = self.happened.split_once('T').ok_or(Refusal::Malformed("time"))?;
        // Some browsers send seconds as well.
        let clock: String = clock.chars().take(5).collect();
        let spot = match (self.stall.parse(), self.cell.parse()) {
            (Ok(stall), _) => Spot::Stall(stall),
            (Err(_), Ok(cell)) => Spot::Cell(cell),
            (Err(_), Err(_)) => Spot::Elsewhere(self.place.clone()),
        };
        Incident {
            id,
            kind: Kind::from_code(&self.kind)?,
            spot,
            severity: Severity::from_code(&self.severity)?,
            words: self.words.clone(),
            point: None,
            happened: wall.at_clock(Day::parse(day)?, &clock)?,
            written: now,
            state: if self.state == Stands::Warned.code() { Stands::Warned } else { Stands::Handling },
        }
        .sound()
    }
}

async fn refused(
    state: &State,
    who: &SignedIn,
    market: &Market,
    typed: Option<Typed>,
    why: &'static str,
) -> Result<Response, No> {
    let page = show(state, who, market, typed, Some(why)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Writes one down.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Written>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let (now, wall) = (state.now(), market.place().map_err(who.no::<Refusal>())?);
    let id = IncidentId::new(now, state.random());
    let done = match form.incident(id, &wall, now) {
        Ok(incident) => state.store.incident_add(&by, market.id, &incident, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/incidents#n-{id}")).into_response()),
        Err(Error::Refused(_)) => {
            let Written { kind, state: stands, severity, stall, cell, place, words, happened } = form;
            let typed = Typed { kind, state: stands, severity, stall, cell, place, words, happened };
            refused(&state, &who, &market, Some(typed), Words(who.desk.lang).wrong()).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// What the buttons at an incident send.
#[derive(Deserialize)]
pub struct Stepped {
    verb: String,
    #[serde(default)]
    words: String,
    h110: Option<String>,
    h119: Option<String>,
    h120: Option<String>,
    #[serde(default)]
    due: String,
    #[serde(default)]
    by: String,
}

impl Stepped {
    fn step(self, now: Moment) -> Result<Step, Refusal> {
        let helped = [(Help::Police, self.h110), (Help::Fire, self.h119), (Help::Ambulance, self.h120)];
        let helped = helped.into_iter().filter(|(_, sent)| sent.is_some()).map(|(help, _)| help).collect();
        Ok(match self.verb.as_str() {
            "handle" => Step::Handle,
            "deal" => {
                let done = Deed { words: self.words, helped, at: now };
                // Nobody is named: then nobody looks again, whatever day stands there.
                let promise = if self.by.trim().is_empty() {
                    None
                } else {
                    Some(Promise { due: Day::parse(&self.due)?, by: self.by })
                };
                Step::Deal(done, promise)
            }
            "well" => Step::Look { found: self.words, well: true },
            "again" => Step::Look { found: self.words, well: false },
            _ => return Err(Refusal::Malformed("verb")),
        })
    }
}

/// Leads one a step on.
pub async fn step(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, incident)): Path<(MarketRef, IncidentId)>,
    Form(form): Form<Stepped>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, now) = (who.organizer()?, state.now());
    let done = match form.step(now) {
        Ok(step) => state.store.incident_step(&by, market.id, incident, &step, now).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/o/m/{at}/incidents#n-{incident}")).into_response()),
        Err(Error::Refused(why)) => {
            let why = Words(who.desk.lang).refused(&why);
            refused(&state, &who, &market, None, why).await
        }
        Err(error) => Err(who.no()(error)),
    }
}
