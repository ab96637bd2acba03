//! The code of a stall, huge, on the phone of its staff; below it those to come.

use leptos::prelude::*;

use super::staff::head;
use crate::document::{Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::trust::Code as Words;

/// The page asks for itself again after so many seconds.
const FRESH: u32 = 30;

/// One code.
#[derive(Clone, Debug)]
pub struct Shown {
    /// `10:40`
    pub from: String,
    /// `10:45`
    pub until: String,
    /// Four digits.
    pub code: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// `/staff/{TOKEN}`
    pub back: String,
    /// `12 急救课堂`
    pub stall: String,
    /// That of now first; none where the stall uses none.
    pub codes: Vec<Shown>,
}

/// The page.
pub fn code(site: &Site, lang: Lang, view: View) -> Page {
    let words = Words(lang);
    let title = format!("{} · {}", words.title(), view.stall);
    let page = document(site, &head(lang, title, None, "staff counter"), || {
        let View { back, stall, codes } = view;
        let mut codes = codes.into_iter();
        let body = match codes.next() {
            Some(now) => shown(lang, now, codes.collect()).into_any(),
            None => view! { <p class="big">{words.off()}</p> }.into_any(),
        };
        view! {
            <main>
                <p class="brand"><a href=back>{words.back()}</a><span>{stall}</span></p>
                <h1>{words.title()}</h1>
                {body}
            </main>
        }
    });
    page.refresh(FRESH)
}

fn shown(lang: Lang, now: Shown, later: Vec<Shown>) -> impl IntoView {
    let words = Words(lang);
    let rows = later
        .into_iter()
        .map(|one| view! { <tr><td>{one.from}</td><td><b>{one.code}</b></td></tr> })
        .collect::<Vec<_>>();
    let later = (!rows.is_empty()).then(|| {
        view! {
            <details class="codes">
                <summary>{words.later()}</summary>
                <table>
                    <thead><tr><th scope="col">{words.from()}</th><th scope="col">{words.code()}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    });
    view! {
        <p class="stall-code"><b>{now.code}</b><span>{words.until()}" "{now.until}</span></p>
        <p class="quiet">{words.why()}</p>
        {later}
    }
}
