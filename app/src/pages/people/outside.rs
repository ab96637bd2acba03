//! Who an account is to an identity provider: on one's own page, and on that of somebody whom an admin looks after.

use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::outside::Outside as Words;
use crate::words::people::Second;

/// Who an account is to the provider of this server.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What the provider is called.
    pub name: String,
    /// Its name for the account, if it is linked.
    pub subject: Option<String>,
}

fn unlink(words: Words, action: String, subject: String) -> impl IntoView {
    view! {
        <p><span class="chip open">{words.linked()}</span>" "<code>{subject}</code></p>
        <form method="post" action=action class="unit-form">
            <input type="hidden" name="verb" value="unlink"/>
            <button type="submit">{words.unlink()}</button>
        </form>
    }
}

/// On one's own page. The password proves that whoever links is the owner.
pub(super) fn own(words: Words, outside: Outside, wrong: Option<&'static str>) -> impl IntoView {
    let complaint = wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let action = "/o/self/oidc";
    let verbs = match outside.subject {
        Some(subject) => unlink(words, action.to_owned(), subject).into_any(),
        None => view! {
            <p class="note">{words.why()}</p>
            <form method="post" action=action class="unit-form">
                <input type="hidden" name="verb" value="link"/>
                <label for="link-password">{words.password()}</label>
                <input id="link-password" name="password" type="password" autocomplete="current-password" required maxlength="256"/>
                <div class="verbs"><button type="submit">{words.link()}</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="add">
            <h2 id="outside">{words.title()}" · "{outside.name}</h2>
            {complaint}
            {verbs}
        </section>
    }
}

/// On the page of somebody whose account is kept here.
pub(super) fn of_person(words: Words, at: &str, outside: Outside) -> impl IntoView + use<> {
    let action = format!("{at}/oidc");
    let verbs = match outside.subject {
        Some(subject) => unlink(words, action, subject).into_any(),
        None => view! {
            <p class="note">{words.subject_why()}</p>
            <form method="post" action=action class="unit-form">
                <input type="hidden" name="verb" value="link"/>
                <label for="subject">{words.subject()}</label>
                <input id="subject" name="subject" required maxlength="255" autocomplete="off" autocapitalize="none"/>
                <div class="verbs"><button type="submit">{words.link()}</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="add">
            <h2>{words.title()}" · "{outside.name}</h2>
            {verbs}
        </section>
    }
}

/// The password was right: the way to the provider. A form may not lead there, a link may.
pub fn go(desk: &Desk, name: &str, to: String) -> Page {
    let words = Words(desk.lang);
    section(desk, Section::Own, words.title(), || {
        view! {
            <div class="people">
                <p><a href="/o/self">{Second(desk.lang).back()}</a></p>
                <div class="head"><h1>{words.title()}</h1></div>
                <p>{words.go_why()}</p>
                <p><a class="button primary" href=to rel="noreferrer">{words.go_to(name)}</a></p>
            </div>
        }
    })
}
