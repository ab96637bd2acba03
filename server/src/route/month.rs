//! A month of the season, and where the calendar begins.

use axum::extract::{Path, State as Shared};
use axum::response::Redirect;
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::month::{self as pages, Cell, Held, View};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::moment::Day;
use kaishi_domain::season::todo::todo;
use kaishi_domain::season::{Month, Table};
use kaishi_store::MonthRow;

use super::unit::place;
use crate::holiday;
use crate::route::caller::{No, SignedIn};

/// The calendar begins with this month.
pub async fn now(Shared(state): Shared<State>, who: SignedIn) -> Result<Redirect, No> {
    let today = place(&state, &who).await?.day(state.now());
    Ok(Redirect::to(&format!("/o/month/{}", Month::of(today))))
}

/// One month.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(month): Path<String>,
) -> Result<Page, No> {
    let missing = |_| No::new(&who.desk, Fault::Missing);
    let month: Month = month.parse().map_err(missing)?;
    let weeks = month.weeks().map_err(missing)?;
    let by = who.actor.viewer();
    let today = place(&state, &who).await?.day(state.now());
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        return Err(No::new(&who.desk, Fault::Missing));
    };
    let rows = state.store.month(&by, first[0], last[6]).await.map_err(who.no())?;
    let table = holiday::table(&state, &by).await.map_err(who.no())?;
    let weeks = weeks.into_iter().map(|week| week.map(|day| cell(day, &rows, &table))).collect();
    let untold = !table.knows(month.year());
    Ok(pages::month(&who.desk, View { month, today, weeks, untold }))
}

fn cell(day: Day, rows: &[MonthRow], table: &Table) -> Cell {
    let written = day.to_string();
    let held = rows.iter().filter(|row| row.market.held_on == written).map(|row| Held {
        market: MarketRef { org: row.market.org, market: row.market.id },
        stage: row.market.stage,
        theme: row.market.theme.clone(),
        filled: (row.filled, row.stalls),
        todo: todo(row.market.stage, &row.open),
    });
    Cell { day, concern: table.concern(day), held: held.collect() }
}
