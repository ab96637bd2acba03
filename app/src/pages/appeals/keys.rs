//! Keys for programs that raise appeals: made, shown once, taken back.

use axum::http::StatusCode;
use kaishi_domain::appeal::MAX_GRID;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::desk::OpenKeys as Words;

/// A key in the list.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Its id.
    pub id: String,
    /// Whose program.
    pub name: String,
    /// `5月13日 10:42`
    pub made: String,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct KeyRing {
    /// The whole address of the interface.
    pub address: String,
    /// The living keys.
    pub keys: Vec<KeyRow>,
    /// The key that was just made.
    pub fresh: Option<String>,
    /// What was typed and was not right.
    pub typed: Option<String>,
}

/// The page.
pub fn keys(desk: &Desk, ring: KeyRing) -> Page {
    let words = Words(desk.lang);
    let wrong = ring.typed.is_some();
    let page = section(desk, Section::Units, words.title(), || {
        let none = ring.keys.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = ring
            .keys
            .into_iter()
            .map(|key| {
                let action = format!("/o/open311/{}/revoke", key.id);
                view! {
                    <li>
                        <h2>{key.name}</h2>
                        <p class="note">{key.made}</p>
                        <form method="post" action=action class="quiet"><button type="submit" class="small">{words.revoke()}</button></form>
                    </li>
                }
            })
            .collect_view();
        let fresh = ring.fresh.map(|key| {
            view! { <p class="reach" role="status">{words.made()}" "<code>{key}</code></p> }
        });
        let complaint = wrong.then(|| view! { <p class="complaint" role="alert">{words.wrong()}</p> });
        view! {
            <div class="duties">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                <p>{words.address()}" "<code>{ring.address}</code></p>
                {complaint}
                {fresh}
                {none}
                <ul class="grids">{rows}</ul>
                <form method="post" action="/o/open311" class="sow">
                    <label>{words.name()}<input name="name" value=ring.typed.unwrap_or_default() maxlength=MAX_GRID.to_string() autocomplete="off"/></label>
                    <button type="submit">{words.make()}</button>
                </form>
            </div>
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}
