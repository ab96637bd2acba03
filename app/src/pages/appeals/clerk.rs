//! The form with which the desk writes an appeal down: told to it, from paper, or heard by the secretary.

use axum::http::StatusCode;
use kaishi_domain::appeal::{Category, Grid, MAX_CONTACT, MAX_WORDS};
use leptos::prelude::*;

use super::proposal::choice;
use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::appeal::Categories;
use crate::words::contact::Contacts;
use crate::words::desk::Slips;
use crate::words::handle::{Clerk as Words, Handle};

/// The form, with what was typed when it comes again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Clerk {
    /// Path of the list.
    pub base: String,
    /// Makes a resent form the same appeal.
    pub nonce: String,
    /// `staff`, `paper` or `secretary`
    pub how: String,
    /// The code that is printed on the slip.
    pub code: String,
    /// The kind.
    pub category: String,
    /// What was said.
    pub words: String,
    /// The grid.
    pub grid: String,
    /// Every grid.
    pub grids: Vec<Grid>,
    /// How to answer.
    pub contact: String,
    /// It is settled already.
    pub settled: bool,
    /// How.
    pub done: String,
    /// What is wrong with it.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn clerk(desk: &Desk, rail: &Rail, form: Clerk) -> Page {
    let lang = desk.lang;
    let wrong = form.wrong;
    let page = step(desk, rail, Step::Appeals, None, || {
        let words = Words(lang);
        view! {
            <p><a href=form.base.clone()>"‹ "{Handle(lang).back()}</a></p>
            <div class="head"><h1>{words.title()}</h1></div>
            <p class="note">{words.why()}</p>
            {wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {fields(lang, form)}
        }
    });
    if wrong.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

fn fields(lang: Lang, form: Clerk) -> impl IntoView {
    let words = Words(lang);
    let ways = [
        ("staff", words.by_staff(), ""),
        ("paper", words.by_paper(), ""),
        ("secretary", words.by_secretary(), words.secretary_why()),
    ]
    .map(|(code, name, why)| {
        let chosen = form.how == code || (form.how.is_empty() && code == "staff");
        view! { <label class="check"><input type="radio" name="how" value=code checked=chosen/>{name}" "<span class="note">{why}</span></label> }
    })
    .collect_view();
    let kinds = Category::ALL
        .map(|kind| {
            let chosen = form.category == kind.code();
            view! { <option value=kind.code() selected=chosen>{Categories(lang).name(kind)}</option> }
        })
        .collect_view();
    let said = Area {
        name: "words",
        id: Some("words"),
        text: form.words,
        rows: 4,
        most: MAX_WORDS,
        hint: words.words_hint(),
        ..Area::default()
    };
    view! {
        <form method="post" action=format!("{}/new", form.base) class="clerk">
            <input type="hidden" name="nonce" value=form.nonce/>
            <fieldset><legend>{words.how()}</legend>{ways}</fieldset>
            <label for="code">{Slips(lang).code_field()}</label>
            <input id="code" name="code" value=form.code maxlength="14" autocomplete="off"/>
            <label for="category">{words.kind()}</label>
            <select id="category" name="category"><option value="">"—"</option>{kinds}</select>
            <label for="words">{words.words()}</label>
            {textarea(said)}
            {(!form.grids.is_empty()).then(|| choice(lang, &form.grids, Some(form.grid.clone())))}
            <label for="contact">{words.contact()}</label>
            <input id="contact" name="contact" value=form.contact maxlength=MAX_CONTACT.to_string() autocomplete="off" aria-describedby="contact-ask"/>
            <p class="note" id="contact-ask">{Contacts(lang).ask()}</p>
            <label class="check"><input type="checkbox" name="settled" value="yes" checked=form.settled/>{words.settled()}</label>
            <label for="done">{words.settled_how()}</label>
            <input id="done" name="done" value=form.done maxlength="200" autocomplete="off"/>
            <button type="submit" class="primary">{words.save()}</button>
        </form>
    }
}
