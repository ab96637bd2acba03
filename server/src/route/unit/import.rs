//! Importing a register in two steps: a preview that writes nothing, and the confirmation of just that preview.

use axum::body::Bytes;
use axum::extract::{Form, Multipart, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::unit::import::{self as pages, Cell, Does, Good, Preview, Wrong};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::sheet::{Sheet, Trouble};
use kaishi_app::words::unit::Units;
use kaishi_app::words::vetting::Archiving;
use kaishi_domain::UnitId;
use kaishi_domain::moment::Day;
use kaishi_domain::unit::Unit;
use kaishi_domain::unit::credential::ending;
use kaishi_store::{Error, Imported};
use serde::{Deserialize, Serialize};

use super::one::Fields;
use super::place;
use crate::route::caller::{No, SignedIn};
use crate::route::upload;
use crate::sheet::column::{Column, Head};
use crate::sheet::plan::{Line, Plan, Unfit, Verdict, plan};
use crate::sheet::{self, MOST_CELL, MOST_COLUMNS, Numbered, Rows, Unread, csv, row};

/// The headings and the rows that can be taken, on their way through the browser and back.
#[derive(Serialize, Deserialize)]
struct Held {
    head: Vec<String>,
    rows: Numbered,
}

const fn sentence(words: Sheet, unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::NoHead => words.no_head(),
        Unfit::NoRow => words.no_row(),
        Unfit::Unread(unread) => complaint(words, unread),
    }
}

/// Why a file cannot be read, in one sentence.
pub const fn complaint(words: Sheet, unread: Unread) -> &'static str {
    match unread {
        Unread::Empty => words.file_empty(),
        Unread::Heavy => words.file_heavy(),
        Unread::Large => words.file_large(),
        Unread::Old => words.file_old(),
        Unread::Foreign => words.file_foreign(),
        Unread::Damaged => words.file_damaged(),
    }
}

/// The form for a file.
pub async fn choose(who: SignedIn) -> Result<Page, No> {
    who.organizer()?;
    Ok(pages::choose(&who.desk, None))
}

fn refuse(who: &SignedIn, wrong: &'static str) -> Response {
    pages::choose(&who.desk, Some(wrong)).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

async fn units(state: &State, who: &SignedIn) -> Result<Vec<Unit>, No> {
    state.store.units(&who.actor.viewer()).await.map_err(who.no())
}

fn compare(state: &State, head: Head, body: Numbered, units: &[Unit]) -> Result<Plan, Unfit> {
    plan(head, body, units, || UnitId::new(state.now(), state.random()))
}

/// The rows of a file. Unpacking takes a while, and a file that makes the reader stumble is damaged and nothing more.
pub async fn rows(bytes: Bytes) -> Result<Rows, Unread> {
    tokio::task::spawn_blocking(move || sheet::read(&bytes)).await.unwrap_or(Err(Unread::Damaged))
}

/// Reads a file and shows what it would change.
pub async fn look(Shared(state): Shared<State>, who: SignedIn, multipart: Multipart) -> Result<Response, No> {
    who.organizer()?;
    let words = Sheet(who.desk.lang);
    let Some(bytes) = upload::file(multipart).await else {
        return Ok(refuse(&who, words.file_missing()));
    };
    let rows = match rows(bytes).await {
        Ok(rows) => rows,
        Err(unread) => return Ok(refuse(&who, sentence(words, Unfit::Unread(unread)))),
    };
    let Some((head, body)) = Head::find(rows) else { return Ok(refuse(&who, words.no_head())) };
    match compare(&state, head, body, &units(&state, &who).await?) {
        Ok(plan) => Ok(show(&who, &plan, today(&state, &who).await?, None).into_response()),
        Err(unfit) => Ok(refuse(&who, sentence(words, unfit))),
    }
}

async fn today(state: &State, who: &SignedIn) -> Result<Day, No> {
    Ok(place(state, who).await?.day(state.now()))
}

fn show(who: &SignedIn, plan: &Plan, today: Day, told: Option<(bool, String)>) -> Page {
    let lang = who.desk.lang;
    let good = plan.lines.iter().filter_map(|line| good(lang, plan, line, today)).collect();
    let wrong = plan.wrong().map(|(line, troubles)| Wrong {
        no: line.no,
        cells: cells(plan, line, troubles),
        troubles: troubles
            .iter()
            .map(|trouble| Sheet(lang).trouble(trouble))
            .chain(extra(lang, plan, line))
            .collect(),
    });
    let rows = plan.lines.iter().filter(|line| !matches!(line.verdict, Verdict::Wrong(_)));
    let held = Held {
        head: plan.head.texts.clone(),
        rows: rows.map(|line| (line.no, line.cells.clone())).collect(),
    };
    let shown = Preview {
        good,
        wrong: wrong.collect(),
        unused: plan.head.unknown().into_iter().map(str::to_owned).collect(),
        table: serde_json::to_string(&held).unwrap_or_default(),
        seal: plan.seal(),
        told,
    };
    pages::preview(&who.desk, shown)
}

fn good(lang: Lang, plan: &Plan, line: &Line, today: Day) -> Option<Good> {
    let mut warnings: Vec<String> = extra(lang, plan, line).into_iter().collect();
    let (does, changes) = match &line.verdict {
        Verdict::Wrong(_) => return None,
        Verdict::Same => (Does::Same, Vec::new()),
        Verdict::Does(import) => {
            let gone = ending(&import.after, today).into_iter().filter(|paper| !paper.holds(today));
            warnings.extend(gone.map(|paper| Units(lang).ends(paper, today)));
            if import.after.is_archived() {
                warnings.push(Archiving(lang).hint().to_owned());
            }
            let does = if import.before.is_some() { Does::Changes } else { Does::New };
            (does, changes(lang, import.before.as_ref(), &import.after))
        }
    };
    let name = plan.head.cell(&line.cells, Column::Name).unwrap_or_default().to_owned();
    Some(Good { no: line.no, name, does, changes, warnings })
}

/// What the row holds below no heading, told.
fn extra(lang: Lang, plan: &Plan, line: &Line) -> Option<String> {
    let surplus = plan.head.surplus(&line.cells);
    (!surplus.is_empty()).then(|| Sheet(lang).extra(&surplus))
}

/// Which columns change, from what to what; of a new unit, all that it says besides its name.
fn changes(lang: Lang, before: Option<&Unit>, after: &Unit) -> Vec<(&'static str, String, String)> {
    let old = before.map(|before| row::write(lang, before));
    let old = |at: usize| old.as_ref().map(|cells| cells[at].clone()).unwrap_or_default();
    let one_line = |text: String| text.replace('\n', "；");
    Column::ALL
        .into_iter()
        .zip(row::write(lang, after))
        .enumerate()
        .filter(|(at, (column, new))| old(*at) != *new && *column != Column::Name)
        .map(|(at, (column, new))| (column.heading(lang), one_line(old(at)), one_line(new)))
        .collect()
}

/// The cells of a wrong row as fields. A field holds one line, and `；` parts lines as well.
fn cells(plan: &Plan, line: &Line, troubles: &[Trouble]) -> Vec<Cell> {
    let wrong: Vec<Column> = troubles.iter().filter_map(Column::of_trouble).collect();
    let is_wrong = |at: usize| {
        plan.head.columns.get(at).copied().flatten().is_some_and(|column| wrong.contains(&column))
    };
    let wide = plan.head.texts.len().max(line.cells.len());
    let heading = |at: usize| plan.head.texts.get(at).filter(|text| !text.is_empty());
    (0..wide)
        .map(|at| {
            let text = line.cells.get(at).map(|cell| cell.replace('\n', "；")).unwrap_or_default();
            let heading = heading(at).cloned().unwrap_or_else(|| format!("#{}", at + 1));
            Cell { field: format!("c{}-{at}", line.no), heading, text, is_wrong: is_wrong(at) }
        })
        .collect()
}

/// The table that a preview's form carries: good rows as they were, wrong rows as they stand in their fields.
fn carried(fields: &Fields) -> Option<(Head, Numbered)> {
    let held: Held = serde_json::from_str(&fields.one("table")).ok()?;
    let mut body = held.rows;
    for (name, value) in &fields.0 {
        let Some((no, at)) = name.strip_prefix('c').and_then(|rest| rest.split_once('-')) else { continue };
        let (no, at) = (no.parse::<usize>().ok()?, at.parse::<usize>().ok().filter(|at| *at < MOST_COLUMNS)?);
        if body.last().is_none_or(|(last, _)| *last != no) {
            body.push((no, Vec::new()));
        }
        if let Some((_, row)) = body.last_mut() {
            row.resize(row.len().max(at + 1), String::new());
            row[at] = value.trim().chars().take(MOST_CELL).collect();
        }
    }
    body.sort_by_key(|(no, _)| *no);
    Some((Head::of(&held.head)?, body))
}

async fn planned(state: &State, who: &SignedIn, fields: &Fields) -> Result<Plan, No> {
    let broken = || No::new(&who.desk, Fault::Refused("table".into()));
    let (head, body) = carried(fields).ok_or_else(broken)?;
    compare(state, head, body, &units(state, who).await?).map_err(|_| broken())
}

/// Checks again after corrections.
pub async fn check(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Page, No> {
    who.organizer()?;
    let plan = planned(&state, &who, &Fields(fields)).await?;
    Ok(show(&who, &plan, today(&state, &who).await?, None))
}

/// Writes what was previewed, all of it or nothing. Wrong rows stay on the page.
pub async fn apply(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let fields = Fields(fields);
    let plan = planned(&state, &who, &fields).await?;
    let today = today(&state, &who).await?;
    let moved = |plan: &Plan| {
        let told = Some((false, Sheet(who.desk.lang).moved().to_owned()));
        show(&who, plan, today, told).status(StatusCode::CONFLICT).into_response()
    };
    if fields.one("seal") != plan.seal() {
        return Ok(moved(&plan));
    }
    let imports: Vec<Imported> = plan.imports();
    match state.store.unit_import(&by, &imports, state.now()).await {
        Ok(()) => {}
        Err(Error::Taken(_)) => return Ok(moved(&planned(&state, &who, &fields).await?)),
        Err(error) => return Err(who.no()(error)),
    }
    let body: Vec<_> = plan.wrong().map(|(line, _)| (line.no, line.cells.clone())).collect();
    match compare(&state, plan.head.clone(), body, &units(&state, &who).await?) {
        Ok(rest) => {
            let n = imports.len();
            let told = who.desk.lang.pick(
                format!("已写入 {n} 家。下面有错的行还没有导入，改好再检查。"),
                format!("{n} units were written. The wrong rows below were not: correct and check them."),
            );
            Ok(show(&who, &rest, today, Some((true, told))).into_response())
        }
        Err(_) => Ok(Redirect::to("/o/units").into_response()),
    }
}

/// The wrong rows as a file, each with what is wrong with it.
pub async fn wrong(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    who.organizer()?;
    let plan = planned(&state, &who, &Fields(fields)).await?;
    let words = Sheet(who.desk.lang);
    let wide =
        plan.lines.iter().map(|line| line.cells.len()).chain([plan.head.texts.len()]).max().unwrap_or(0);
    let padded = |cells: &[String], last: String| {
        let mut row = cells.to_vec();
        row.resize(wide, String::new());
        row.push(last);
        row
    };
    let mut rows = vec![padded(&plan.head.texts, words.problem().to_owned())];
    for (line, troubles) in plan.wrong() {
        let told: Vec<_> = troubles.iter().map(|trouble| words.trouble(trouble)).collect();
        rows.push(padded(&line.cells, told.join(" ")));
    }
    Ok(super::export::attachment("text/csv; charset=utf-8", "units-wrong.csv", csv::write(&rows)))
}
