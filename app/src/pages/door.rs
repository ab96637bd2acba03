//! Sign-in and first set-up: plain forms that work without a script.

use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::organizer::Door;
use crate::words::outside::Outside;
use crate::words::people::{Entrance, Second};

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

/// The sign-in form; `login` is what was typed before, `wrong` why it did not work, `outside` what the identity provider
/// is called, where there is one.
pub fn sign_in(
    site: &Site,
    lang: Lang,
    login: &str,
    wrong: Option<&'static str>,
    outside: Option<&str>,
) -> Page {
    let words = Door(lang);
    let login = login.to_owned();
    let outside = outside.map(|name| {
        view! { <p class="outside"><a class="button" href="/login/oidc">{Outside(lang).sign_in_by(name)}</a></p> }
    });
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
            {outside}
        }
    })
}

/// Why an account was not linked, and the way back to it.
pub fn not_linked(site: &Site, lang: Lang, why: &'static str) -> Page {
    door(site, lang, Outside(lang).title(), move || {
        view! {
            {complaint(Some(why))}
            <p><a href="/o/self#outside">{Second(lang).back()}</a></p>
        }
    })
}

/// The provider knows somebody whose account is not linked.
pub fn unlinked(site: &Site, lang: Lang, subject: &str) -> Page {
    let (words, subject) = (Outside(lang), subject.to_owned());
    door(site, lang, words.title(), move || {
        view! {
            <p role="alert">{words.unlinked()}</p>
            <p><code>{subject}</code></p>
            <p><a href="/login">{Door(lang).sign_in()}</a></p>
        }
    })
}

/// The form of the second step.
pub fn second(site: &Site, lang: Lang, wrong: Option<&'static str>) -> Page {
    let words = Second(lang);
    door(site, lang, words.at_door(), move || {
        view! {
            <p>{words.at_door_why()}</p>
            {complaint(wrong)}
            <form method="post" action="/login/second">
                <label for="code">{words.digits_or_code()}</label>
                <input id="code" name="code" autocomplete="one-time-code" autocapitalize="characters" required maxlength="16"/>
                <button type="submit" class="primary">{words.go_on()}</button>
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
    /// The name to sign in with.
    pub login: String,
}

/// What a set-up link is for.
#[derive(Clone, Debug)]
pub enum For {
    /// The first account of an organization.
    First,
    /// Somebody new.
    Join {
        /// Where.
        organization: String,
        /// `组织者、审计`
        roles: String,
        /// Who is signed in and may come as it is.
        join: Option<String>,
    },
    /// A new password for who signs in with this name.
    Password(String),
}

/// The form behind a one-time link.
pub fn set_up(
    site: &Site,
    lang: Lang,
    action: &str,
    for_what: For,
    typed: SetUp,
    wrong: Option<&'static str>,
) -> Page {
    let (words, new, action) = (Door(lang), Entrance(lang), action.to_owned());
    let title = match &for_what {
        For::First => words.set_up(),
        For::Join { .. } => new.join(),
        For::Password(_) => new.new_password(),
    };
    door(site, lang, title, move || {
        let why = match &for_what {
            For::First => words.set_up_why().to_owned(),
            For::Join { organization, roles, .. } => new.join_why(organization, roles),
            For::Password(login) => new.password_why(login),
        };
        let names = matches!(for_what, For::First).then(|| {
            view! {
                <label for="name">{words.community()}</label>
                <input id="name" name="name" value=typed.name required maxlength="60"/>
                <label for="district">{words.district()}</label>
                <input id="district" name="district" value=typed.district required maxlength="60"/>
            }
        });
        let login = (!matches!(for_what, For::Password(_))).then(|| {
            view! {
                <label for="login">{words.login()}</label>
                <input id="login" name="login" value=typed.login autocomplete="username" autocapitalize="none" required maxlength="64"/>
            }
        });
        let end = if matches!(for_what, For::Password(_)) { new.keep() } else { words.create() };
        let joins = match for_what {
            For::Join { join: Some(login), .. } => Some(login),
            _ => None,
        };
        let joins = joins.map(|login| {
            view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="join" value="yes"/>
                    <button type="submit" class="primary">{new.come_as(&login)}</button>
                </form>
                <p class="note">{new.or_new()}</p>
            }
        });
        view! {
            <p>{why}</p>
            {complaint(wrong)}
            {joins}
            <form method="post" action=action.clone()>
                {names}
                {login}
                <label for="password">{words.password()}</label>
                <input id="password" name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="256" aria-describedby="least"/>
                <p id="least" class="note">{new.at_least()}</p>
                <button type="submit" class="primary">{end}</button>
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
