//! The Saturdays beside each other, as a page and as a table to take away.

use axum::extract::State as Shared;
use axum::response::Response;
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::trend as pages;
use kaishi_app::state::State;
use kaishi_app::words::trend::Trend as Words;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::season::trend::{KEYS, Point, moved};

use crate::route::caller::{No, SignedIn};
use crate::route::unit::export::attachment;
use crate::sheet::{Rows, csv, xlsx};

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    let points = state.store.trend(&who.actor.viewer(), state.now()).await.map_err(who.no())?;
    Ok(pages::trend(&who.desk, who.actor.org(), points))
}

/// A line a Saturday, in the order of days; what was not counted is empty.
fn rows(points: &[Point]) -> Rows {
    let head = ["day", "no", "signed"].map(str::to_owned).into_iter();
    let head = head.chain(KEYS.map(|key| key.code().to_owned()));
    let head = head.chain(["encounters_change".to_owned()]).collect();
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let row = |(at, point): (usize, &Point)| {
        let change = at.checked_sub(1).and_then(|at| moved(&points[at], point, FigureKey::Encounters));
        let mut cells =
            vec![point.day.to_string(), point.ordinal.to_string(), i64::from(point.signed).to_string()];
        cells.extend(KEYS.map(|key| text(point.of(key))));
        cells.push(text(change.map(|change| change.by)));
        cells
    };
    std::iter::once(head).chain(points.iter().enumerate().map(row)).collect()
}

/// As CSV.
pub async fn as_csv(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let points = state.store.trend(&who.actor.viewer(), state.now()).await.map_err(who.no())?;
    Ok(attachment("text/csv; charset=utf-8", "trend.csv", csv::write(&rows(&points))))
}

/// As XLSX.
pub async fn as_xlsx(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let points = state.store.trend(&who.actor.viewer(), state.now()).await.map_err(who.no())?;
    let bytes = xlsx::write(Words(who.desk.lang).title(), &rows(&points)).map_err(|error| {
        tracing::error!(%error, "a trend could not be written");
        No::new(&who.desk, Fault::Broken)
    })?;
    Ok(attachment(KIND, "trend.xlsx", bytes))
}
