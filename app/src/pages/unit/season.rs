//! Units over several Saturdays: for each, how it stands to the last and the next ones.

use kaishi_domain::season::presence::Status;
use kaishi_domain::{MarketRef, UnitId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::season::Presences as Words;

/// A Saturday as a column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Which.
    pub market: MarketRef,
    /// `5月13日`
    pub day: String,
    /// Its stage, named.
    pub stage: &'static str,
    /// It is the first that is not over.
    pub first_ahead: bool,
}

/// A unit as a line: its name, and how it stands to each Saturday.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// In the order of the columns.
    pub standings: Vec<Option<Status>>,
}

/// The page.
pub fn season(desk: &Desk, columns: Vec<Column>, lines: Vec<Line>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    section(desk, Section::Units, words.title(), move || {
        let body = if columns.is_empty() || lines.is_empty() {
            view! { <p class="note">{words.none()}</p> }.into_any()
        } else {
            table(words, columns, lines).into_any()
        };
        view! {
            <p><a href="/o/units">{words.register()}</a></p>
            <h1>{words.title()}</h1>
            <p class="note">{words.why()}</p>
            {body}
        }
    })
}

fn table(words: Words, columns: Vec<Column>, lines: Vec<Line>) -> impl IntoView {
    let edge: Vec<bool> = columns.iter().map(|column| column.first_ahead).collect();
    let head = columns
        .into_iter()
        .map(|column| {
            let href = format!("/o/m/{}/call", column.market);
            view! { <th scope="col" class:ahead=column.first_ahead><a href=href>{column.day}</a><br/>{column.stage}</th> }
        })
        .collect_view();
    let rows = lines
        .into_iter()
        .map(|line| {
            let cells = line
                .standings
                .iter()
                .zip(&edge)
                .map(|(status, ahead)| cell(words, *status, *ahead))
                .collect_view();
            view! { <tr id=format!("unit-{}", line.unit)><th scope="row"><a href=format!("/o/units/{}", line.unit)>{line.name}</a></th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <p class="note swipe">{words.swipe()}</p>
        <div class="matrix-box" tabindex="0" role="region" aria-label=words.title()>
            <table class="matrix">
                <thead><tr><th scope="col">{words.unit()}</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn cell(words: Words, status: Option<Status>, ahead: bool) -> impl IntoView + use<> {
    let class = match status {
        None => "none",
        Some(Status::Confirmed | Status::OnTime) => "good",
        Some(Status::New | Status::Prepared | Status::Accepted | Status::Leaving | Status::Late(_)) => "warn",
        Some(Status::Absent | Status::Declined | Status::Struck) => "bad",
        Some(Status::Withdrawn | Status::Waitlisted | Status::Entered) => "",
    };
    let class = if ahead { format!("{class} ahead") } else { class.to_owned() };
    let body = match status {
        Some(status) => view! { {words.status(status)} }.into_any(),
        None => view! { <span aria-hidden="true">"—"</span><span class="hidden">{words.nothing()}</span> }
            .into_any(),
    };
    view! { <td class=class>{body}</td> }
}
