//! Between which units visitors go: noted and forgotten on the page of either.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Response;
use kaishi_app::pages::unit::one::{Forms, TieTyped};
use kaishi_app::state::State;
use kaishi_app::words::unit::Units;
use kaishi_domain::unit::{Flow, Tie};
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::Error;
use serde::Deserialize;

use super::one::{again, back};
use crate::route::caller::{No, SignedIn};

/// What the form sends.
#[derive(Deserialize)]
pub struct Tied {
    #[serde(default)]
    other: String,
    #[serde(default)]
    flow: String,
}

/// Notes that visitors go between two units, or how many by now.
pub async fn note(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Tied>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let tie = || -> Result<Tie, Refusal> {
        let other = form.other.parse().map_err(|_| Refusal::Malformed("tie"))?;
        Tie::between(id, other, Flow::from_code(&form.flow)?)
    };
    let done = match tie() {
        Ok(tie) => state.store.unit_tie(&by, tie, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(back(id, "ties")),
        Err(Error::Refused(_)) => {
            let wrong = Some(Units(who.desk.lang).wrong_tie());
            let tie = TieTyped { other: form.other, flow: form.flow, wrong };
            again(&state, &who, id, Forms { tie, ..Forms::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Forgets it.
pub async fn forget(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Tied>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let other: UnitId = form.other.parse().map_err(who.no::<Refusal>())?;
    state.store.unit_untie(&by, id, other, state.now()).await.map_err(who.no())?;
    Ok(back(id, "ties"))
}
