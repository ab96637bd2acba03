//! Cells of stalls: made from the map in force, described, stalls moved, links replaced.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::day::{CellRow, CellsView, Link, cells as page_of};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::cell::Cells as Words;
use kaishi_domain::cell::{Cell, Described, Lead, Partner, group};
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{Drawing, Label, Labels, draw};
use kaishi_domain::market::Market;
use kaishi_domain::token::Purpose;
use kaishi_domain::{CellId, MarketRef, Refusal, StallId, UnitId};
use kaishi_store::{Error, Result as Stored};
use serde::Deserialize;

use super::stalls;
use crate::poster::Code;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    show(&state, &who, &market, None).await
}

async fn show(state: &State, who: &SignedIn, market: &Market, complaint: Option<&str>) -> Result<Page, No> {
    let rail = rail(state, who, market).await?;
    let view = view(state, who, market, complaint).await.map_err(who.no())?;
    Ok(page_of(&who.desk, &rail, view))
}

async fn view(state: &State, who: &SignedIn, market: &Market, complaint: Option<&str>) -> Stored<CellsView> {
    let (at, lang) = (MarketRef { org: market.org, market: market.id }, who.desk.lang);
    let (names, cells) = (stalls(state, at, lang).await?, state.store.cells(at).await?);
    let (_, layout) = state.store.published(at, market.plan).await?;
    let held = state.store.assignments(at).await?;
    let entries = state.store.entries(at).await?;
    let unit_at = |stall: StallId| {
        let entry = held.iter().find(|one| one.held.stall == stall).map(|one| one.held.entry)?;
        let entry = entries.iter().find(|known| known.id == entry)?;
        entry.unit.map(|unit| (unit, entry.unit_name.clone()))
    };
    let named = |stall: &StallId| names.iter().find(|(known, _)| known == stall).cloned();
    let place = market.place()?;
    let loose = names.iter().filter(|(stall, _)| {
        layout.stall(*stall).is_some() && !cells.iter().any(|cell| cell.stalls.contains(stall))
    });
    let loose = loose.cloned().collect();
    let map = drawing(state, at, lang, &layout, &cells).await?;
    let mut rows = Vec::new();
    for cell in cells {
        let mut units: Vec<(UnitId, String)> =
            cell.stalls.iter().filter_map(|stall| unit_at(*stall)).collect();
        if let Lead::Unit(unit) = &cell.lead {
            units.push((*unit, cell.lead_unit.clone()));
        }
        units.sort();
        units.dedup_by_key(|(unit, _)| *unit);
        let link = who.desk.may_change.then(|| link(state, &cell)).transpose()?;
        rows.push(CellRow {
            stalls: cell.stalls.iter().filter_map(named).collect(),
            units,
            link,
            signed_at: cell.signed.as_ref().map(|signed| place.clock(signed.at)),
            cell,
        });
    }
    Ok(CellsView { market: at, map, rows, loose, complaint: complaint.map(str::to_owned) })
}

fn link(state: &State, cell: &Cell) -> Result<Link, Refusal> {
    let address = state.address(Purpose::Cell, cell.link);
    let code = Code::of(&address)?;
    Ok(Link { address, code: (code.width(), code.path()) })
}

/// The map in force, each stall under the name of its cell.
async fn drawing(
    state: &State,
    at: MarketRef,
    lang: Lang,
    layout: &Layout,
    cells: &[Cell],
) -> Stored<Option<Drawing>> {
    if layout.stalls().is_empty() {
        return Ok(None);
    }
    let stalls = cells.iter().flat_map(|cell| {
        let label = Label { name: cell.name.clone(), unit: String::new() };
        cell.stalls.iter().map(move |stall| (*stall, label.clone()))
    });
    let labels = Labels { stalls: stalls.collect(), english: lang == Lang::En };
    Ok(Some(draw(&state.store.ground_of(at).await?, layout, &labels)))
}

fn back(at: MarketRef, cell: Option<CellId>) -> Response {
    let part = cell.map(|cell| format!("#c-{cell}")).unwrap_or_default();
    Redirect::to(&format!("/o/m/{at}/cells{part}")).into_response()
}

/// Where it leads, or the page with why not.
async fn answered(
    state: &State,
    who: &SignedIn,
    market: &Market,
    done: Stored<()>,
    cell: Option<CellId>,
) -> Result<Response, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let words = Words(who.desk.lang);
    let (complaint, status) = match done {
        Ok(()) => return Ok(back(at, cell)),
        Err(Error::Taken(what)) if what == "cell" && cell.is_none() => (words.kept(), StatusCode::CONFLICT),
        Err(Error::Taken(what)) if what == "cell" => (words.full(), StatusCode::CONFLICT),
        Err(Error::Taken(_)) => (words.stale_move(), StatusCode::CONFLICT),
        Err(Error::Refused(_)) => (words.wrong(), StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) => return Err(who.no()(error)),
    };
    let page = show(state, who, market, Some(complaint)).await?;
    Ok(page.status(status).into_response())
}

/// Groups the stalls of the map in force.
pub async fn make(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let (_, layout) = state.store.published(at, market.plan).await.map_err(who.no())?;
    // Names stay as they are whoever reads them: they stand on phones and in the log.
    let groups: Vec<_> = group(&layout)
        .into_iter()
        .zip(1..)
        .map(|(stalls, no)| (Words(Lang::Zh).default_name(no), stalls))
        .collect();
    let done = state.store.cells_make(&by, market.id, &groups, state.now()).await;
    answered(&state, &who, &market, done, None).await
}

/// What a cell's form sends.
#[derive(Deserialize)]
pub struct Written {
    name: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    role: String,
    property: Option<String>,
    security: Option<String>,
    fire: Option<String>,
}

impl Written {
    fn described(self) -> Result<Described, Refusal> {
        let partners = [
            (Partner::Property, self.property),
            (Partner::Security, self.security),
            (Partner::Fire, self.fire),
        ];
        Ok(Described {
            name: self.name,
            lead: Lead::of(self.unit.parse().ok(), &self.role)?,
            partners: partners.into_iter().filter(|(_, sent)| sent.is_some()).map(|(one, _)| one).collect(),
        })
    }
}

/// Gives a cell its name, lead and partners.
pub async fn describe(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, cell)): Path<(MarketRef, CellId)>,
    Form(form): Form<Written>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match form.described() {
        Ok(described) => state.store.cell_describe(&by, market.id, cell, &described, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    answered(&state, &who, &market, done, Some(cell)).await
}

/// What the form that moves a stall sends.
#[derive(Deserialize)]
pub struct Moved {
    stall: StallId,
    from: Option<CellId>,
    to: CellId,
}

/// Moves a stall to another cell.
pub async fn shift(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Moved>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = state.store.cell_move(&by, market.id, form.stall, (form.from, form.to), state.now()).await;
    answered(&state, &who, &market, done, Some(form.to)).await
}

/// Gives a cell another link.
pub async fn relink(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, cell)): Path<(MarketRef, CellId)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = state.store.cell_relink(&by, market.id, cell, state.now()).await;
    answered(&state, &who, &market, done, Some(cell)).await
}
