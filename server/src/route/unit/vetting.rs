//! Steps of vetting, each with its reason; a slip is taken back.

use axum::extract::{Form, Path, State as Shared};
use axum::response::Response;
use kaishi_app::pages::unit::one::{Forms, StepTyped};
use kaishi_app::state::State;
use kaishi_app::words::vetting::Vetting;
use kaishi_domain::unit::vetting::{Cause, Step, Verb};
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::Error;

use super::one::{Fields, again, back};
use crate::route::caller::{No, SignedIn};

fn read(fields: &Fields) -> Result<Step, Refusal> {
    let words = fields.one("words");
    Ok(match Verb::from_code(&fields.one("verb"))? {
        Verb::Vet => Step::Vet { why: words },
        Verb::Refuse => Step::Refuse { why: words },
        Verb::Appeal => Step::Appeal { words },
        Verb::Readmit => Step::Readmit { why: words },
        Verb::Uphold => Step::Uphold { why: words },
        Verb::Delist => Step::Delist {
            cause: Cause::from_code(&fields.one("cause"))?,
            evidence: words,
            markets: fields.all("market").iter().map(|id| id.parse()).collect::<Result<_, _>>()?,
        },
    })
}

/// Takes one step.
pub async fn step(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let fields = Fields(fields);
    let done = match read(&fields) {
        Ok(step) => state.store.unit_vet(&by, id, &step, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    let wrong = match done {
        Ok(_) => return Ok(back(id, "vetting")),
        Err(Error::Refused(refusal)) => Vetting(who.desk.lang).complaint(&refusal),
        Err(error) => return Err(who.no()(error)),
    };
    let step = StepTyped {
        words: fields.one("words"),
        cause: fields.one("cause"),
        markets: fields.all("market"),
        wrong: Some(wrong),
    };
    again(&state, &who, id, Forms { step, ..Forms::default() }).await
}

/// Takes the last step back.
pub async fn undo(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match state.store.unit_unvet(&by, id, state.now()).await {
        Ok(_) => Ok(back(id, "vetting")),
        Err(Error::Refused(refusal)) => {
            let wrong = Some(Vetting(who.desk.lang).complaint(&refusal));
            let step = StepTyped { wrong, ..StepTyped::default() };
            again(&state, &who, id, Forms { step, ..Forms::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}
