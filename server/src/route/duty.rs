//! The map of duties: grids, who receives, and rules. Each form answers on the page with what was typed.

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Field, Sown};
use kaishi_app::state::State;
use kaishi_app::words::duty::Duties as Words;
use kaishi_domain::appeal::{Category, Duty, GridKind, Receiver};
use kaishi_domain::{GridId, Refusal};
use kaishi_store::{Error, Result as Done};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::unit::one::Fields;

async fn show(state: &State, who: &SignedIn, typed: Sown, wrong: Option<&'static str>) -> Result<Page, No> {
    let by = who.organizer()?;
    let view = Field {
        grids: state.store.grids(by.org()).await.map_err(who.no())?,
        duties: state.store.duties(&by.reader()).await.map_err(who.no())?,
        units: state.store.unit_names(by.org()).await.map_err(who.no())?,
        typed,
        wrong,
    };
    Ok(appeals::duty(&who.desk, view))
}

/// Back to the page, or the page with what was not right.
async fn answer(state: &State, who: &SignedIn, done: Done<()>, typed: Sown) -> Result<Response, No> {
    let words = Words(who.desk.lang);
    let wrong = match done {
        Ok(()) => return Ok(Redirect::to("/o/duty").into_response()),
        Err(Error::Refused(Refusal::Missing("lead"))) => words.wrong_lead(),
        Err(Error::Refused(_)) => words.wrong(),
        Err(Error::Missing(_)) => words.gone(),
        Err(error) => return Err(who.no()(error)),
    };
    Ok(show(state, who, typed, Some(wrong)).await?.into_response())
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, Sown::default(), None).await
}

/// A grid.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    kind: String,
    name: String,
    covers: String,
}

/// Adds a grid.
pub async fn grid(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Named>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let kind = GridKind::from_code(&form.kind).unwrap_or_default();
    let done = state.store.grid_add(&by, kind, (&form.name, &form.covers), state.now()).await.map(drop);
    answer(&state, &who, done, Sown { kind, name: form.name, covers: form.covers, ..Sown::default() }).await
}

/// Takes a grid out.
pub async fn retire(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(grid): Path<GridId>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = state.store.grid_retire(&by, grid, state.now()).await;
    answer(&state, &who, done, Sown::default()).await
}

/// Who receives.
#[derive(Deserialize)]
pub struct Received {
    role: String,
    #[serde(default)]
    unit: String,
}

/// Says who receives in a grid.
pub async fn receive(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(grid): Path<GridId>,
    Form(form): Form<Received>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let unit = (!form.unit.is_empty()).then(|| form.unit.parse()).transpose();
    let done = match unit {
        Ok(unit) => {
            let receiver = Receiver { role: form.role.clone(), unit };
            state.store.receiver_put(&by, grid, &receiver, state.now()).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&state, &who, done, Sown { role: (grid.to_string(), form.role), ..Sown::default() }).await
}

/// Takes a receiver out.
pub async fn receive_no_more(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(grid): Path<GridId>,
    Form(form): Form<Received>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = state.store.receiver_drop(&by, grid, &form.role, state.now()).await;
    answer(&state, &who, done, Sown::default()).await
}

/// For which kind and grid a form's rule is.
fn place(fields: &Fields) -> Result<(Option<Category>, Option<GridId>), Refusal> {
    let (category, grid) = (fields.one("category"), fields.one("grid"));
    let category = (!category.is_empty()).then(|| Category::from_code(&category)).transpose()?;
    Ok((category, (!grid.is_empty()).then(|| grid.parse()).transpose()?))
}

fn read(fields: &Fields) -> Result<Duty, Refusal> {
    let (category, grid) = place(fields)?;
    let lead = fields.one("lead").parse().map_err(|_| Refusal::Missing("lead"))?;
    let helpers = fields.all("helper").iter().map(|id| id.parse()).collect::<Result<_, _>>()?;
    Ok(Duty { category, grid, lead, helpers })
}

/// Writes a rule.
pub async fn rule(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = match read(&Fields(fields)) {
        Ok(duty) => state.store.duty_put(&by, &duty, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&state, &who, done, Sown::default()).await
}

/// Takes a rule out.
pub async fn rule_drop(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = match place(&Fields(fields)) {
        Ok((category, grid)) => state.store.duty_drop(&by, category, grid, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&state, &who, done, Sown::default()).await
}
