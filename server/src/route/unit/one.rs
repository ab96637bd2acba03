//! The page of one unit: basics, catalogue, papers, notes. Each form answers on the page with what was typed.

use axum::extract::{Form, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::unit::Typed;
use kaishi_app::pages::unit::one::{self as pages, Forms, PaperTyped, ServiceTyped, View};
use kaishi_app::state::State;
use kaishi_app::words::unit::Units;
use kaishi_domain::actor::Organizer;
use kaishi_domain::moment::Day;
use kaishi_domain::unit::{Audience, Category, Credential, CredentialKind, Edit, Service, Unit};
use kaishi_domain::{NoteId, Refusal, UnitId};
use kaishi_store::Error;
use serde::Deserialize;

use super::{Filled, complaint, place};
use crate::route::caller::{No, SignedIn};

/// The page with what was typed into its forms.
pub(super) async fn show(state: &State, who: &SignedIn, id: UnitId, forms: Forms) -> Result<Page, No> {
    let by = who.reader()?;
    let unit = state.store.unit(&who.actor.viewer(), id).await.map_err(who.no())?;
    let mut ties = state.store.unit_ties(&who.actor.viewer()).await.map_err(who.no())?;
    ties.retain(|tie| tie.beside(id).is_some());
    let units = state.store.units(&who.actor.viewer()).await.map_err(who.no())?;
    // One that is put aside is offered no more, and still named where there is a tie to it.
    let told = |other: &Unit| {
        other.id != id && (!other.is_archived() || ties.iter().any(|tie| tie.beside(id) == Some(other.id)))
    };
    let others = units.into_iter().filter(told).map(|other| (other.id, other.name)).collect();
    let basics = if forms.basics.wrong.is_some() { forms.basics.clone() } else { Typed::of(&unit) };
    let view = View {
        org: by.org(),
        unit,
        now: state.now(),
        place: place(state, who).await?,
        history: state.store.unit_history(&by, id).await.map_err(who.no())?,
        record: state.store.unit_vettings(&by, id).await.map_err(who.no())?,
        others,
        ties,
        notes: match who.actor.organizer() {
            Ok(by) => state.store.unit_notes(&by, id).await.map_err(who.no())?,
            Err(_) => Vec::new(),
        },
        forms: Forms { basics, ..forms },
        may_change: who.desk.may_change,
    };
    Ok(pages::one(&who.desk, view))
}

/// The same, as the answer to a form that was not right.
pub(super) async fn again(state: &State, who: &SignedIn, id: UnitId, forms: Forms) -> Result<Response, No> {
    let page = show(state, who, id, forms).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

pub(super) fn back(id: UnitId, part: &str) -> Response {
    Redirect::to(&format!("/o/units/{id}#{part}")).into_response()
}

/// The page.
pub async fn page(Shared(state): Shared<State>, who: SignedIn, Path(id): Path<UnitId>) -> Result<Page, No> {
    show(&state, &who, id, Forms::default()).await
}

/// Corrects basics and card.
pub async fn edit(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Filled>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = match form.edit() {
        Ok(edit) => state.store.unit_edit(&by, id, &edit, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    let Some(wrong) = complaint(&who, done)? else { return Ok(Redirect::to("/o/units").into_response()) };
    again(&state, &who, id, Forms { basics: form.again(wrong), ..Forms::default() }).await
}

/// Fields as they come; a name may come several times.
pub(in crate::route) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of a name; empty if there is none.
    pub(in crate::route) fn one(&self, name: &str) -> String {
        self.all(name).into_iter().next().unwrap_or_default()
    }

    /// Every value of a name.
    pub(in crate::route) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

/// Does one change, and says whether the rule refused it.
async fn change(
    state: &State,
    who: &SignedIn,
    id: UnitId,
    edit: Result<Edit, Refusal>,
) -> Result<Option<Refusal>, No> {
    let by: Organizer = who.organizer()?;
    let edit = match edit {
        Ok(edit) => edit,
        Err(refusal) => return Ok(Some(refusal)),
    };
    match state.store.unit_edit(&by, id, &edit, state.now()).await {
        Ok(_) => Ok(None),
        Err(Error::Refused(refusal)) => Ok(Some(refusal)),
        Err(error) => Err(who.no()(error)),
    }
}

/// A service comes, or takes the place of the one of its name.
pub async fn service(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let fields = Fields(fields);
    let (name, category, audiences) = (fields.one("name"), fields.one("category"), fields.all("audience"));
    let off_hours = fields.one("off_hours") == "1";
    let service = || -> Result<Edit, Refusal> {
        let category =
            if category.is_empty() { Category::of(&name) } else { Category::from_code(&category)? };
        let audiences = audiences.iter().map(|code| Audience::from_code(code)).collect::<Result<_, _>>()?;
        Ok(Edit::Service(Service { name: name.clone(), category, audiences, off_hours }))
    };
    if change(&state, &who, id, service()).await?.is_none() {
        return Ok(back(id, "services"));
    }
    let wrong = Some(Units(who.desk.lang).wrong_service());
    let service = ServiceTyped { name, category, audiences, off_hours, wrong };
    again(&state, &who, id, Forms { service, ..Forms::default() }).await
}

/// Which service goes.
#[derive(Deserialize)]
pub struct Named {
    name: String,
}

/// A service goes.
pub async fn service_drop(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Named>,
) -> Result<Response, No> {
    change(&state, &who, id, Ok(Edit::DropService(form.name))).await?;
    Ok(back(id, "services"))
}

/// What the form of a paper sends.
#[derive(Deserialize)]
pub struct Paper {
    kind: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    issued_by: String,
    #[serde(default)]
    valid_until: String,
}

/// A paper comes, or takes the place of the one of its kind and number.
pub async fn paper(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Paper>,
) -> Result<Response, No> {
    let credential = || -> Result<Edit, Refusal> {
        Ok(Edit::Credential(Credential {
            kind: CredentialKind::from_code(&form.kind)?,
            number: form.number.trim().to_owned(),
            issued_by: form.issued_by.clone(),
            valid_until: Day::parse(form.valid_until.trim())?,
        }))
    };
    if change(&state, &who, id, credential()).await?.is_none() {
        return Ok(back(id, "papers"));
    }
    let Paper { kind, number, issued_by, valid_until } = form;
    let wrong = Some(Units(who.desk.lang).wrong_paper());
    let paper = PaperTyped { kind, number, issued_by, valid_until, wrong };
    again(&state, &who, id, Forms { paper, ..Forms::default() }).await
}

/// A paper goes.
pub async fn paper_drop(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Paper>,
) -> Result<Response, No> {
    let kind = CredentialKind::from_code(&form.kind).map_err(who.no())?;
    change(&state, &who, id, Ok(Edit::DropCredential { kind, number: form.number })).await?;
    Ok(back(id, "papers"))
}

/// What the form of a note sends.
#[derive(Deserialize)]
pub struct Noted {
    words: String,
}

/// Writes a note.
pub async fn note(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Noted>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match state.store.unit_note_add(&by, id, &form.words, state.now()).await {
        Ok(_) => Ok(back(id, "notes")),
        Err(Error::Refused(_)) => {
            let note = (form.words, Some(Units(who.desk.lang).wrong_note()));
            again(&state, &who, id, Forms { note, ..Forms::default() }).await
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Which note goes.
#[derive(Deserialize)]
pub struct Struck {
    note: NoteId,
}

/// Takes a note away.
pub async fn note_drop(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<UnitId>,
    Form(form): Form<Struck>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.unit_note_drop(&by, id, form.note, state.now()).await.map_err(who.no())?;
    Ok(back(id, "notes"))
}
