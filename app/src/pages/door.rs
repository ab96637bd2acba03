//! Sign-in and first set-up: plain forms that work without a script.

use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::organizer::Door;

fn door<V: IntoView + 'static>(
    site: &Site,
    lang: Lang,
    title: &'static str,
    body: impl FnOnce() -> V,
) -> Page {
    let common = Common(lang);
    let head = Head {
        lang,
        title: format!("{title} · {}", common.product()),
        manner: Manner::Organizer,
        islands: None,
        class: "organizer door",
    };
    document(site, &head, || {
        view! {
            <main id="main" class="card">
                <p class="brand"><span class="seal" aria-hidden="true">{common.seal()}</span>{common.product()}</p>
                <h1>{title}</h1>
                {body()}
            </main>
        }
    })
}

fn complaint(text: Option<&'static str>) -> impl IntoView + use<> {
    text.map(|text| view! { <p class="complaint" role="alert">{text}</p> })
}

/// The sign-in form; `login` is what was typed before, `wrong` why it did not work.
pub fn sign_in(site: &Site, lang: Lang, login: &str, wrong: Option<&'static str>) -> Page {
    let words = Door(lang);
    let login = login.to_owned();
    door(site, lang, words.sign_in(), move || {
        view! {
            {complaint(wrong)}
            <form method="post" action="/login">
                <label for="login">{words.login()}</label>
                <input id="login" name="login" value=login autocomplete="username" autocapitalize="none" required maxlength="64"/>
                <label for="password">{words.password()}</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256"/>
                <button type="submit" class="primary">{words.sign_in()}</button>
            </form>
        }
    })
}

/// What was typed into the set-up form.
#[derive(Clone, Debug, Default)]
pub struct SetUp {
    /// Name of the committee.
    pub name: String,
    /// Sub-district.
    pub district: String,
    /// First organizer.
    pub login: String,
}

/// The set-up form behind a one-time link.
pub fn set_up(site: &Site, lang: Lang, action: String, typed: SetUp, wrong: Option<&'static str>) -> Page {
    let words = Door(lang);
    door(site, lang, words.set_up(), move || {
        view! {
            <p>{words.set_up_why()}</p>
            {complaint(wrong)}
            <form method="post" action=action>
                <label for="name">{words.community()}</label>
                <input id="name" name="name" value=typed.name required maxlength="60"/>
                <label for="district">{words.district()}</label>
                <input id="district" name="district" value=typed.district required maxlength="60"/>
                <label for="login">{words.login()}</label>
                <input id="login" name="login" value=typed.login autocomplete="username" autocapitalize="none" required maxlength="64"/>
                <label for="password">{words.password()}</label>
                <input id="password" name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="256" aria-describedby="least"/>
                <p id="least" class="note">{words.at_least()}</p>
                <button type="submit" class="primary">{words.create()}</button>
            </form>
        }
    })
}

/// The set-up link was used or is over.
pub fn link_gone(site: &Site, lang: Lang) -> Page {
    let words = Door(lang);
    door(site, lang, words.set_up(), move || {
        view! { <p>{words.link_gone()}</p> <p><a href="/login">{words.sign_in()}</a></p> }
    })
}
