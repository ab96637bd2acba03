//! The bulletin in the forms in which it leaves the house: by an organizer at any time, by others once it is signed.

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kaishi_app::fault::Fault;
use kaishi_app::pages::bulletin::COPIES;
use kaishi_app::state::State;
use kaishi_domain::bulletin::draft;
use kaishi_domain::market::Market;
use kaishi_domain::{MarketRef, Refusal};

use crate::bulletin::{Copy, html, letter, share, text};
use crate::paper::in_turn;
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;

/// What a copy says: what was signed, or the draft as it is now.
async fn copied(state: &State, who: &SignedIn, market: &Market) -> Result<Copy, No> {
    let at = MarketRef { org: market.org, market: market.id };
    let copy = if let Some((bulletin, issues)) = state.store.bulletin(at).await.map_err(who.no())? {
        Copy::signed(market, bulletin, &issues)
    } else {
        who.reader()?;
        let basis = state.store.basis(at, state.now()).await.map_err(who.no())?;
        let (written, _) = state.store.letter(at).await.map_err(who.no())?;
        let bulletin = draft(market, &basis.seen, &written).map_err(who.no::<Refusal>())?;
        Copy::draft(market, bulletin, &basis)
    };
    copy.map_err(who.no())
}

/// `bulletin.pdf`, `.html`, `.txt`, `.png`: shown in the browser, which keeps or prints it.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    if !COPIES.contains(&name.as_str()) {
        return Err(No::new(&who.desk, Fault::Missing));
    }
    let copy = copied(&state, &who, &market).await?;
    let (kind, made) = match name.as_str() {
        "bulletin.html" => ("text/html; charset=utf-8", Ok(html::page(&copy).into_bytes())),
        "bulletin.txt" => ("text/plain; charset=utf-8", Ok(text::plain(&copy).into_bytes())),
        "bulletin.pdf" => ("application/pdf", in_turn(move || letter::pdf(&copy)).await),
        _ => ("image/png", in_turn(move || share::png(&copy)).await),
    };
    let made = made.map_err(|error| {
        tracing::error!(%error, "a copy of a bulletin was not made");
        No::new(&who.desk, Fault::Unavailable)
    })?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{}-{name}\"", market.held_on)),
    ];
    let mut answer = (headers, made).into_response();
    if name == "bulletin.html" {
        // It is pasted elsewhere; here it loads and runs nothing. A viewer of PDF would break under this.
        let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(answer)
}
