//! Texts for answers: the page on which the desk keeps them, and the links that put one into a field.

use axum::http::StatusCode;
use kaishi_domain::appeal::{ANSWERS, Category, MAX_TITLE, MAX_WORDS, Template};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::appeal::{Categories, Desk as Verbs};
use crate::words::desk::Answers as Words;

/// What was typed into the form that comes again, or the text that is edited.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Its id, where it is there already.
    pub id: String,
    /// Its kind.
    pub category: String,
    /// Its verb.
    pub verb: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
}

/// The page.
pub fn answers(desk: &Desk, texts: &[Template], form: Written, wrong: Option<&'static str>) -> Page {
    let lang = desk.lang;
    let words = Words(lang);
    let page = section(desk, Section::Units, words.title(), || {
        let none = texts.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = texts.iter().map(|text| row(lang, text)).collect_view();
        view! {
            <div class="duties">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                {wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
                {none}
                <ul class="grids">{rows}</ul>
                {write(lang, form)}
            </div>
        }
    });
    if wrong.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

fn kind(lang: Lang, category: Option<Category>) -> &'static str {
    category.map_or(Words(lang).any_kind(), |kind| Categories(lang).name(kind))
}

fn row(lang: Lang, text: &Template) -> impl IntoView + use<> {
    let words = Words(lang);
    let (edit, drop) = (format!("/o/answers?edit={}#text", text.id), format!("/o/answers/{}/drop", text.id));
    view! {
        <li>
            <h2>{text.title.clone()}</h2>
            <p class="note">{Verbs(lang).verb(text.verb)}" · "{kind(lang, text.category)}</p>
            <p class="said">{text.body.as_str().to_owned()}</p>
            <p class="row">
                <a class="button" href=edit>{words.edit()}</a>
                <button type="submit" form=format!("drop-{}", text.id) class="small">{words.drop()}</button>
            </p>
            <form method="post" action=drop id=format!("drop-{}", text.id)></form>
        </li>
    }
}

fn write(lang: Lang, form: Written) -> impl IntoView {
    let words = Words(lang);
    let kinds = Category::ALL
        .map(|kind| {
            let chosen = form.category == kind.code();
            view! { <option value=kind.code() selected=chosen>{Categories(lang).name(kind)}</option> }
        })
        .collect_view();
    let verbs = ANSWERS
        .map(|verb| {
            let chosen = form.verb == verb;
            view! { <option value=verb selected=chosen>{Verbs(lang).verb(verb)}</option> }
        })
        .collect_view();
    let area = Area { name: "body", rows: 4, most: MAX_WORDS, text: form.body, ..Area::default() };
    view! {
        <form method="post" action="/o/answers" class="sow" id="text">
            <input type="hidden" name="id" value=form.id/>
            <label>{words.verb()}<select name="verb">{verbs}</select></label>
            <label>{words.kind()}<select name="category"><option value="">{words.any_kind()}</option>{kinds}</select></label>
            <label>{words.name()}<input name="title" value=form.title maxlength=MAX_TITLE.to_string() autocomplete="off"/></label>
            <label class="wide">{words.body()}{textarea(area)}</label>
            <button type="submit">{words.save()}</button>
        </form>
    }
}

/// Links that put a text into the field of a verb; each leads to the same page with the form open.
pub(super) fn offered(
    lang: Lang,
    texts: &[Template],
    verb: &str,
    category: Category,
    page: &str,
) -> Option<impl IntoView + use<>> {
    let links: Vec<_> = texts
        .iter()
        .filter(|text| text.fits(verb, category))
        .map(|text| {
            let href = format!("{page}?verb={verb}&text={}#verb-{verb}", text.id);
            view! { <a href=href>{text.title.clone()}</a> }
        })
        .collect();
    let label = Words(lang).use_();
    (!links.is_empty()).then(|| view! { <p class="offered"><span class="note">{label}</span>{links}</p> })
}
