//! Two-part slips with printed codes: made before the market, printed again while they wait.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Printed};
use kaishi_app::pages::resident::{Qr, community};
use kaishi_app::state::State;
use kaishi_domain::MarketRef;
use kaishi_domain::appeal::{AppealCode, SlipCode};
use kaishi_store::Error;
use serde::Deserialize;

use crate::poster::{Code, address};
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

async fn show(state: &State, who: &SignedIn, at: MarketRef, wrong: Option<String>) -> Result<Page, No> {
    let market = market_of(state, who, at).await?;
    let by = who.organizer()?;
    let slips = state.store.slips(&by, market.id).await.map_err(who.no())?;
    let rail = rail(state, who, &market).await?;
    Ok(appeals::slips(&who.desk, &rail, &format!("/o/m/{at}/appeals"), &slips, wrong))
}

/// The page.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    show(&state, &who, at, None).await
}

/// How many.
#[derive(Deserialize)]
pub struct Wanted {
    count: String,
}

/// Makes slips and leads to the sheets.
pub async fn make(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Wanted>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let count = form.count.trim().parse().unwrap_or(0);
    match state.store.slips_print(&by, market.id, count, state.now()).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/m/{at}/appeals/slips/print")).into_response()),
        Err(Error::Refused(_)) => Ok(show(&state, &who, at, Some(form.count)).await?.into_response()),
        Err(error) => Err(who.no()(error)),
    }
}

/// The sheets: every slip that nobody has keyed in.
pub async fn print(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let slips = state.store.slips(&by, market.id).await.map_err(who.no())?;
    let printed = |slip: SlipCode| {
        let code = AppealCode { org: at.org, slip };
        let picture = Code::of(&address(&state.public_url, "a", &code.to_string()))?;
        Ok::<_, Error>(Printed { code, qr: Qr { side: picture.width(), path: picture.path() } })
    };
    let waiting = slips.into_iter().filter(|slip| slip.used_at.is_none());
    let sheets = waiting.map(|slip| printed(slip.code)).collect::<Result<_, _>>().map_err(who.no())?;
    let title = format!("{} {}", community(&who.desk.organization), market.name);
    let typed = format!("{}/a", state.public_url.split("://").last().unwrap_or_default());
    Ok(appeals::print(&who.desk, &title, &typed, sheets))
}
