//! The form of an appeal: what kind, in a few words, and a telephone number only if one wants.

use axum::http::StatusCode;
use kaishi_domain::appeal::{Category, Emergency, Grid, MAX_CONTACT, MAX_WORDS};
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::{Top, page};
use crate::document::Page;
use crate::parts::{Area, textarea};
use crate::state::Site;
use crate::words::Lang;
use crate::words::appeal::{Categories, Raise as Words};
use crate::words::contact::until;
use crate::words::desk::Voices;
use crate::words::duty::MyGrid;
use crate::words::resident::Done;

/// What is wrong with what was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// No kind was chosen.
    Kind,
    /// Nothing was said.
    Words,
    /// Too much was said.
    TooLong,
    /// The contact is too long.
    Contact,
    /// It sounds like danger: somebody should be called first.
    CallFirst(Emergency),
    /// The page was open too long.
    Stale,
    /// Nothing was written; worth another try.
    Busy,
}

impl Wrong {
    const fn sentence(self, words: Words) -> &'static str {
        match self {
            Self::Kind => words.pick_kind(),
            Self::Words => words.say_something(),
            Self::TooLong => words.too_long(),
            Self::Contact => words.contact_long(),
            Self::CallFirst(_) => words.call_then(),
            Self::Stale => words.stale(),
            Self::Busy => words.busy(),
        }
    }
}

/// What the form shows: empty at first, and with everything that was typed when it comes again.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where the form goes: the page's own path.
    pub action: String,
    /// The sealed ticket.
    pub ticket: String,
    /// The stall, where there is one.
    pub sign: Option<Sign>,
    /// The kind that is chosen.
    pub category: Option<Category>,
    /// What was typed.
    pub words: String,
    /// The grids to choose from, and the one that is chosen.
    pub grids: (Vec<Grid>, String),
    /// What was typed as contact.
    pub contact: String,
    /// Days after closing until a contact is deleted.
    pub kept_for: i64,
    /// What is wrong with it.
    pub wrong: Option<Wrong>,
}

/// The form.
pub fn raise(site: &Site, top: &Top, draft: Draft) -> Page {
    let wrong = draft.wrong;
    let title = Words(top.lang).title().to_owned();
    let page = page(site, top, title, |lang| {
        let words = Words(lang);
        let action = top.sized(&draft.action);
        let at = draft.sign.as_ref().map_or_else(
            || Voices(lang).at_home().to_owned(),
            |sign| Done(lang).where_served(&sign.no, &sign.name),
        );
        let complaint = wrong.map(|wrong| {
            let call = match wrong {
                Wrong::CallFirst(whom) => {
                    let (number, href) = (whom.number(), format!("tel:{}", whom.number()));
                    Some(view! { {words.call_first()}" "<a class="call-first" href=href>{number}</a>" " })
                }
                _ => None,
            };
            view! { <p class="wrong" id="wrong" role="alert">{call}{wrong.sentence(words)}</p> }
        });
        view! {
            <h1 class="title">{words.title()}</h1>
            <p class="which">{at}</p>
            <form class="plea" method="post" action=action>
                {complaint}
                <input type="hidden" name="ticket" value=draft.ticket/>
                {matches!(wrong, Some(Wrong::CallFirst(_))).then(|| view! { <input type="hidden" name="told" value="yes"/> })}
                {kinds(lang, draft.category)}
                <p class="kind">{words.danger()}</p>
                {grid(lang, draft.grids)}
                {fields(lang, draft.words, draft.contact, draft.kept_for, wrong)}
                <p class="honey" aria-hidden="true">
                    <label for="website">{words.honey()}</label>
                    <input id="website" name="website" tabindex="-1" autocomplete="off"/>
                </p>
                <button class="go send" type="submit">{words.send()}</button>
            </form>
            <p><a class="more" href=top.sized("/a")>{words.look_up()}</a></p>
        }
    });
    match wrong {
        None => page,
        Some(Wrong::Busy) => page.status(StatusCode::SERVICE_UNAVAILABLE).retry_after(5),
        Some(_) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

fn kinds(lang: Lang, chosen: Option<Category>) -> impl IntoView {
    let words = Categories(lang);
    let choices = Category::ALL
        .map(|category| {
            let id = format!("kind-{}", category.code());
            view! {
                <input type="radio" name="category" id=id.clone() value=category.code()
                    checked={chosen == Some(category)}/>
                <label for=id><b>{words.name(category)}</b><span>{words.why(category)}</span></label>
            }
        })
        .collect_view();
    view! { <fieldset class="kinds"><legend>{Words(lang).kind()}</legend>{choices}</fieldset> }
}

/// Which part of the neighbourhood, where it has parts.
fn grid(lang: Lang, (grids, chosen): (Vec<Grid>, String)) -> Option<impl IntoView> {
    let words = MyGrid(lang);
    let options = grids
        .iter()
        .map(|grid| {
            let (id, covers) = (grid.id.to_string(), grid.covers.clone());
            let name =
                if covers.is_empty() { grid.name.clone() } else { format!("{} · {covers}", grid.name) };
            let picked = id == chosen;
            view! { <option value=id selected=picked>{name}</option> }
        })
        .collect_view();
    (!grids.is_empty()).then(|| {
        view! {
            <p class="field"><label for="grid">{words.label()}</label>
                <select id="grid" name="grid"><option value="">{words.unknown()}</option>{options}</select></p>
        }
    })
}

fn fields(lang: Lang, text: String, contact: String, days: i64, wrong: Option<Wrong>) -> impl IntoView {
    let words = Words(lang);
    let about_words = matches!(wrong, Some(Wrong::Words | Wrong::TooLong)).then_some("wrong");
    let about_contact = if wrong == Some(Wrong::Contact) { "wrong contact-why" } else { "contact-why" };
    let area = Area {
        name: "words",
        id: Some("words"),
        text,
        rows: 5,
        most: MAX_WORDS,
        hint: words.words_hint(),
        wrong: about_words,
    };
    view! {
        <p class="field"><label for="words">{words.words()}</label>{textarea(area)}</p>
        <p class="field">
            <label for="contact">{words.contact()}</label>
            <input id="contact" name="contact" type="tel" autocomplete="tel" maxlength=MAX_CONTACT.to_string()
                value=contact aria-describedby=about_contact/>
            <small id="contact-why">{words.contact_why()}{lang.pick("", " ")}{until(lang, days)}</small>
        </p>
    }
}
