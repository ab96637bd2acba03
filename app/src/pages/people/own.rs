//! One's own account.

use kaishi_domain::OrgId;
use leptos::prelude::*;

use super::outside::{self, Outside};
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::outside::Outside as OutsideWords;
use crate::words::people::{Entrance, Own, Second};
use crate::words::trail::Trail;

/// An organization where this account works.
#[derive(Clone, Debug)]
pub struct Place {
    /// Which.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// `组织者、管理员`
    pub roles: String,
    /// It works there now.
    pub here: bool,
}

/// A session that is open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// `5月13日 10:42`
    pub began: String,
    /// What with.
    pub agent: String,
    /// This very one.
    pub here: bool,
}

/// What just happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// Something went well.
    Done(&'static str),
    /// The password was not changed, and why.
    Wrong(&'static str),
    /// The account was not linked, and why.
    NotLinked(&'static str),
}

/// The page.
pub fn own(
    desk: &Desk,
    places: Vec<Place>,
    outside: Option<Outside>,
    opened: Vec<Opened>,
    told: Told,
) -> Page {
    let words = Own(desk.lang);
    section(desk, Section::Own, words.title(), || {
        let done = match told {
            Told::Done(text) => Some(view! { <p class="told" role="status">{text}</p> }),
            _ => None,
        };
        let wrong = match told {
            Told::NotLinked(text) => Some(text),
            _ => None,
        };
        let outside = outside.map(|outside| outside::own(OutsideWords(desk.lang), outside, wrong));
        let places = places.into_iter().map(|place| place_row(words, place)).collect_view();
        view! {
            <div class="people">
                <div class="head"><h1>{words.title()}</h1><span class="note">{desk.login.clone()}</span></div>
                {done}
                <section class="add">
                    <h2>{words.place()}</h2>
                    <ul class="rows">{places}</ul>
                </section>
                <section class="add">
                    <h2>{Second(desk.lang).title()}</h2>
                    <p><a href="/o/self/second">{Second(desk.lang).open()}</a></p>
                </section>
                {outside}
                {desk.may_change.then(|| view! { <p><a href="/o/audit">{Trail(desk.lang).own_link()}</a></p> })}
                {password(words, Entrance(desk.lang), told)}
                {sessions(words, opened)}
            </div>
        }
    })
}

fn place_row(words: Own, place: Place) -> impl IntoView {
    let go = if place.here {
        view! { <span class="chip open">{words.here()}</span> }.into_any()
    } else {
        view! {
            <form method="post" action="/o/self/at" class="quiet">
                <input type="hidden" name="org" value=place.org.to_string()/>
                <button type="submit" class="small">{words.go()}</button>
            </form>
        }
        .into_any()
    };
    view! { <li><span><strong>{place.name}</strong><span class="what">{place.roles}</span></span>{go}</li> }
}

fn password(words: Own, names: Entrance, told: Told) -> impl IntoView {
    let complaint = match told {
        Told::Wrong(text) => Some(view! { <p class="complaint" role="alert">{text}</p> }),
        _ => None,
    };
    view! {
        <section class="add">
            <h2>{words.password()}</h2>
            {complaint}
            <form method="post" action="/o/self/password" class="unit-form">
                <label for="old">{words.old()}</label>
                <input id="old" name="old" type="password" autocomplete="current-password" required maxlength="256"/>
                <label for="new">{words.fresh()}</label>
                <input id="new" name="new" type="password" autocomplete="new-password" required minlength="10" maxlength="256" aria-describedby="least"/>
                <p id="least" class="note">{names.at_least()}</p>
                <div class="verbs"><button type="submit">{words.save()}</button></div>
            </form>
        </section>
    }
}

fn sessions(words: Own, opened: Vec<Opened>) -> impl IntoView {
    let several = opened.len() > 1;
    let rows = opened.into_iter().map(|one| {
        let agent = if one.agent.is_empty() { words.unknown().to_owned() } else { one.agent };
        let here = one.here.then(|| view! { <span class="chip open">{words.this_one()}</span> });
        view! { <li><span><strong>{agent}</strong><span class="what">{one.began}</span></span>{here}</li> }
    });
    let end = several.then(|| {
        view! {
            <form method="post" action="/o/self/sessions" class="unit-form">
                <button type="submit">{words.end_others()}</button>
            </form>
        }
    });
    view! {
        <section class="add">
            <h2>{words.sessions()}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
            {end}
        </section>
    }
}
