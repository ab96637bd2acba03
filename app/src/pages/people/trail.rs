//! The audit trail.

use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::people::{People, Second, Trail};

/// One act.
#[derive(Clone, Debug)]
pub struct Line {
    /// `5月13日 10:42`
    pub at: String,
    /// Who.
    pub actor: String,
    /// What was done, as the trail writes it.
    pub verb: String,
    /// To what.
    pub object: String,
    /// How.
    pub detail: String,
}

/// A page of the trail.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its rows, the newest first.
    pub lines: Vec<Line>,
    /// The mark of the next page.
    pub earlier: Option<String>,
    /// There are newer ones.
    pub is_older: bool,
    /// Everybody's; else only those of whoever looks.
    pub is_whole: bool,
}

/// The page.
pub fn trail(desk: &Desk, shown: Shown) -> Page {
    let words = Trail(desk.lang);
    let Shown { lines, earlier, is_older, is_whole } = shown;
    let part = if is_whole { Section::People } else { Section::Own };
    section(desk, part, words.title(), || {
        let none = lines.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = lines.into_iter().map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.at}</th>
                    <td data-label=words.actor()>{line.actor}</td>
                    <td data-label=words.verb()><code>{line.verb}</code></td>
                    <td class="wide" data-label=words.object()><code>{line.object}</code></td>
                    <td class="wide" data-label=words.detail()>{line.detail}</td>
                </tr>
            }
        });
        let newest = is_older.then(|| view! { <a href="/o/audit">{words.newest()}</a> });
        let earlier = earlier.map(|mark| {
            let href = format!("/o/audit?before={mark}");
            view! { <a href=href rel="next">{words.earlier()}</a> }
        });
        view! {
            <div class="people trail labelled">
                {if is_whole {
                    view! { <p><a href="/o/people">{People(desk.lang).back()}</a></p> }
                } else {
                    view! { <p><a href="/o/self">{Second(desk.lang).back()}</a></p> }
                }}
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}" "{(!is_whole).then(|| words.own_only())}</p>
                {none}
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.at()}</th>
                        <th scope="col">{words.actor()}</th>
                        <th scope="col">{words.verb()}</th>
                        <th scope="col">{words.object()}</th>
                        <th scope="col">{words.detail()}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <p class="verbs">{newest}{earlier}</p>
            </div>
        }
    })
}
