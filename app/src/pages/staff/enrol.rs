//! How a phone is let in: the PIN once, or the short code with it where nobody can scan. Plain forms.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::head;
use crate::document::{Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::staff::Enrol;

/// What was wrong with the last try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// Another PIN, or another code.
    Pin,
    /// Too many tries.
    Shut,
}

/// What a form asks and where it goes.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The short code as it was typed.
    pub code: String,
    /// What was wrong with it.
    pub wrong: Option<Wrong>,
}

/// Asks for the PIN of a link.
pub fn pin(site: &Site, lang: Lang, key: &str, wrong: Option<Wrong>) -> Page {
    let words = Enrol(lang);
    form(site, lang, words.title(), words.why(), format!("/staff/{key}/pin"), None, wrong, words.wrong())
}

/// Asks for a short code and its PIN.
pub fn code(site: &Site, lang: Lang, asked: Asked) -> Page {
    let words = Enrol(lang);
    let field = view! {
        <label for="code">{words.code()}</label>
        <input id="code" name="code" value=asked.code required maxlength="16" autocomplete="off"
            autocapitalize="characters" spellcheck="false" placeholder="AB2CD-7K3M"/>
    };
    let (title, why) = (words.code_title(), words.code_why());
    form(site, lang, title, why, "/staff".into(), Some(field.into_any()), asked.wrong, words.code_wrong())
}

#[expect(clippy::too_many_arguments, reason = "two pages, one form: all of it differs")]
fn form(
    site: &Site,
    lang: Lang,
    title: &'static str,
    why: &'static str,
    action: String,
    field: Option<AnyView>,
    wrong: Option<Wrong>,
    sentence: &'static str,
) -> Page {
    let words = Enrol(lang);
    let complaint = wrong.map(|wrong| match wrong {
        Wrong::Pin => sentence,
        Wrong::Shut => words.shut(),
    });
    let page = document(site, &head(lang, title.into(), None, "staff enrol"), || {
        let complaint = complaint.map(|text| view! { <p class="failed" role="alert">{text}</p> });
        view! {
            <main>
                <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{Common(lang).market()}</p>
                <h1>{title}</h1>
                <p>{why}</p>
                {complaint}
                <form method="post" action=action>
                    {field}
                    <label for="pin">{words.pin()}</label>
                    <input id="pin" name="pin" required inputmode="numeric" pattern="[0-9]{4}" maxlength="4"
                        autocomplete="off"/>
                    <button type="submit" class="enter">{words.enter()}</button>
                </form>
            </main>
        }
    });
    match wrong {
        None => page,
        Some(Wrong::Pin) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        Some(Wrong::Shut) => page.status(StatusCode::TOO_MANY_REQUESTS),
    }
}
