//! The bank of questions: pasted from a table or read from a file, all or none; taken out one by one.

use axum::extract::{Form, Multipart, Path, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::bank;
use kaishi_app::state::State;
use kaishi_app::words::quiz::Bank as Words;
use kaishi_app::words::sheet::Sheet;
use kaishi_domain::QuestionId;
use kaishi_domain::quiz::{MOST_OPTIONS, Question};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::unit::import;
use crate::route::upload;
use crate::sheet::{Rows, csv};

/// What the form sends.
#[derive(Deserialize)]
pub struct Pasted {
    rows: String,
}

/// The bank.
pub async fn page(Shared(state): Shared<State>, who: SignedIn) -> Result<Page, No> {
    show(&state, &who, String::new(), None).await
}

async fn show(state: &State, who: &SignedIn, pasted: String, wrong: Option<String>) -> Result<Page, No> {
    let questions = state.store.questions(who.actor.org()).await.map_err(who.no())?;
    Ok(bank::bank(&who.desk, &questions, pasted, wrong))
}

/// The questions of a table, or the number of the row that is wrong.
fn read(state: &State, rows: Rows) -> Result<Vec<Question>, usize> {
    let mut questions = Vec::new();
    for (row, at) in rows.into_iter().zip(1_usize..) {
        let headings = at == 1 && row.first().is_some_and(|cell| matches!(cell.trim(), "问题" | "Question"));
        if headings || row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let id = QuestionId::new(state.now().plus(i64::try_from(at).unwrap_or(0)), state.random());
        let cell = |column: usize| row.get(column).map(String::as_str).unwrap_or_default();
        let options = row.get(1..=MOST_OPTIONS).ok_or(at)?;
        let right: usize = cell(MOST_OPTIONS + 1).trim().parse().map_err(|_| at)?;
        // The right one is told by its column; empty columns before it do not count as options.
        let chosen =
            right.checked_sub(1).and_then(|nth| options.get(nth)).filter(|text| !text.trim().is_empty());
        let before =
            options.iter().take(right.saturating_sub(1)).filter(|text| !text.trim().is_empty()).count();
        chosen.ok_or(at)?;
        questions.push(Question::new(id, cell(0), options, before, cell(MOST_OPTIONS + 2)).map_err(|_| at)?);
    }
    if questions.is_empty() { Err(1) } else { Ok(questions) }
}

/// Adds what was pasted.
pub async fn add(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(form): Form<Pasted>,
) -> Result<Response, No> {
    let rows = csv::read(form.rows.as_bytes()).unwrap_or_default();
    keep(&state, &who, rows, form.rows).await
}

/// Adds what stands in a file. What is wrong stands in the form then, to be put right there.
pub async fn add_file(
    Shared(state): Shared<State>,
    who: SignedIn,
    multipart: Multipart,
) -> Result<Response, No> {
    let words = Sheet(who.desk.lang);
    let wrong = match upload::file(multipart).await {
        None => words.file_missing(),
        Some(bytes) => match import::rows(bytes).await {
            Ok(rows) => {
                let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
                return keep(&state, &who, rows, text).await;
            }
            Err(unread) => import::complaint(words, unread),
        },
    };
    who.organizer()?;
    refuse(&state, &who, String::new(), wrong.to_owned()).await
}

async fn keep(state: &State, who: &SignedIn, rows: Rows, text: String) -> Result<Response, No> {
    let by = who.organizer()?;
    match read(state, rows) {
        Ok(questions) => {
            state.store.questions_add(&by, &questions, state.now()).await.map_err(who.no())?;
            Ok(Redirect::to("/o/quiz").into_response())
        }
        Err(row) => {
            let wrong = Words(who.desk.lang).wrong_row(row);
            refuse(state, who, text, wrong).await
        }
    }
}

async fn refuse(state: &State, who: &SignedIn, text: String, wrong: String) -> Result<Response, No> {
    let page = show(state, who, text, Some(wrong)).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Takes a question out.
pub async fn remove(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(question): Path<QuestionId>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    state.store.question_retire(&by, question, state.now()).await.map_err(who.no())?;
    Ok(Redirect::to("/o/quiz").into_response())
}
