//! The register as a file that can be imported again.

use axum::extract::State as Shared;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kaishi_app::fault::Fault;
use kaishi_app::state::State;
use kaishi_app::words::unit::Units;

use crate::route::caller::{No, SignedIn};
use crate::sheet::{Rows, csv, plan, xlsx};

/// A file to be saved.
pub(in crate::route) fn attachment(kind: &'static str, file: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

async fn rows(state: &State, who: &SignedIn) -> Result<Rows, No> {
    who.reader()?;
    let mut units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    units.retain(|unit| !unit.is_archived());
    Ok(plan::table(who.desk.lang, &units))
}

/// As CSV.
pub async fn as_csv(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    let rows = rows(&state, &who).await?;
    Ok(attachment("text/csv; charset=utf-8", "units.csv", csv::write(&rows)))
}

/// As XLSX.
pub async fn as_xlsx(Shared(state): Shared<State>, who: SignedIn) -> Result<Response, No> {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let rows = rows(&state, &who).await?;
    let title = Units(who.desk.lang).title();
    let bytes = xlsx::write(title, &rows).map_err(|error| {
        tracing::error!(%error, "a register could not be written");
        No::new(&who.desk, Fault::Broken)
    })?;
    Ok(attachment(KIND, "units.xlsx", bytes))
}
