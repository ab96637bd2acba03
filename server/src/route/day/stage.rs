//! Opening and closing: what is still open is asked about first; whoever goes on says why.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::day::ask;
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::market::Stage;
use kaishi_domain::safety::reason;
use kaishi_store::Because;
use serde::Deserialize;

use super::warning::warnings;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What opening and closing send.
#[derive(Deserialize)]
pub struct Staging {
    stage: Stage,
    #[serde(default)]
    reason: String,
    /// The page that asks was seen.
    asked: Option<String>,
}

/// Opens or closes, or asks first.
pub async fn stage(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Staging>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let found = warnings(&state, who.desk.lang, &by.viewer(), &market, form.stage).await.map_err(who.no())?;
    let why = if found.is_empty() { Ok(String::new()) } else { reason(&form.reason) };
    let Ok(why) = why else {
        let rail = rail(&state, &who, &market).await?;
        let missing = form.asked.is_some();
        let status = if missing { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = ask(&who.desk, &rail, at, form.stage, found, (form.reason, missing));
        return Ok(page.status(status).into_response());
    };
    let because = Because { warnings: found.len(), reason: &why };
    state.store.stage_because(&by, market.id, form.stage, because, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to(&format!("/o/m/{at}/live")).into_response())
}
