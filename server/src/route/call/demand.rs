//! Deciding about a suggestion: it becomes a want, or is put aside with a reason. Nothing happens by itself.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Response;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::demand::Demands as Words;
use kaishi_domain::call::Want;
use kaishi_domain::{MarketRef, Refusal, WantId};
use kaishi_store::Error;
use serde::Deserialize;

use super::desk::{back, complain};
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;

/// What the buttons send.
#[derive(Deserialize)]
pub struct Decided {
    source: String,
    verb: String,
    #[serde(default)]
    reason: String,
}

/// Posts it, puts it aside or takes it up again.
pub async fn decide(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(form): Form<Decided>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let (by, now, words) = (who.organizer()?, state.now(), Words(who.desk.lang));
    let done = async {
        if form.verb == "reopen" {
            return state.store.demand_reopen(&by, at.market, &form.source, now).await;
        }
        let found = state.store.demands(&by, &market).await?;
        let found = found.into_iter().find(|demand| demand.source.key() == form.source);
        let source = found.ok_or(Error::Missing("demand"))?.source;
        match form.verb.as_str() {
            "want" => {
                // What is posted is read by the units, in Chinese.
                let words = Words(Lang::Zh);
                let (title, detail) = (words.want_title(&source), words.because(&source));
                let id = WantId::new(now, state.random());
                let want = Want { id, title, zone: String::new(), detail, seats: 1, taken: 0 };
                state.store.demand_want(&by, at.market, &source, &want, now).await
            }
            "dismiss" => state.store.demand_dismiss(&by, at.market, &source, &form.reason, now).await,
            _ => Err(Refusal::Malformed("verb").into()),
        }
    };
    match done.await {
        Ok(()) => Ok(back(at, "")),
        Err(Error::Refused(_)) => complain(&state, &who, &market, words.reason_missing()).await,
        Err(Error::Taken(_)) => complain(&state, &who, &market, words.decided()).await,
        Err(Error::Missing("demand")) => complain(&state, &who, &market, words.gone()).await,
        Err(error) => Err(who.no()(error)),
    }
}
