//! The organizer's bank of questions for the quiz.

use kaishi_domain::quiz::Question;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Area, textarea};
use crate::words::quiz::Bank as Words;

/// The bank, and the rows that were pasted and are wrong.
pub fn bank(desk: &Desk, questions: &[Question], pasted: String, wrong: Option<String>) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    let words = Words(lang);
    section(desk, Section::Season, words.title(), || {
        let none = questions.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = questions.iter().map(|question| row(words, may_change, question)).collect_view();
        let table = (!questions.is_empty()).then(|| {
            view! {
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.question()}</th>
                        <th scope="col">{words.options()}</th>
                        <th scope="col">{words.right()}</th>
                        <th scope="col">{words.reason()}</th>
                        {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.drop()}</span></th> })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        });
        view! {
            <div class="roster labelled">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                {none}
                {table}
                {may_change.then(|| paste(words, pasted, wrong))}
            </div>
        }
    })
}

fn row(words: Words, may_change: bool, question: &Question) -> impl IntoView + use<> {
    let drop = may_change.then(|| {
        let action = format!("/o/quiz/{}/drop", question.id());
        view! { <td><form method="post" action=action class="quiet"><button type="submit" class="small">{words.drop()}</button></form></td> }
    });
    let right = question.options()[question.answer()].clone();
    view! {
        <tr>
            <th scope="row">{question.text().to_owned()}</th>
            <td data-label=words.options()>{question.options().join(" · ")}</td>
            <td data-label=words.right()>{right}</td>
            <td data-label=words.reason()>{question.why().to_owned()}</td>
            {drop}
        </tr>
    }
}

fn paste(words: Words, text: String, wrong: Option<String>) -> impl IntoView {
    let complaint = wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let area = Area { name: "rows", id: Some("rows"), text, rows: 6, most: 20_000, hint: "", wrong: None };
    view! {
        <form method="post" action="/o/quiz" class="unit-form">
            {complaint}
            <label for="rows">{words.paste()}</label>
            <p class="note">{words.columns()}</p>
            {textarea(area)}
            <div class="verbs"><button type="submit">{words.add()}</button></div>
        </form>
        <form method="post" action="/o/quiz/file" enctype="multipart/form-data" class="unit-form import">
            <label for="quiz-file">{words.file()}</label>
            <input id="quiz-file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx" required/>
            <div class="verbs"><button type="submit">{words.upload()}</button></div>
        </form>
    }
}
