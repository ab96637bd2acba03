//! Putting a unit aside on its page, and bringing it back.

use leptos::prelude::*;

use super::complaint;
use super::one::View;
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::vetting::Archiving;

/// Where it stands, and a form with the reason for whoever may change it.
pub(super) fn archive(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Archiving(lang);
    let away = view.unit.archived.as_ref().map(|archive| {
        let since = format!("{} {}", words.since(), view.moment(archive.at));
        let why = archive.why.clone();
        view! { <p class="warn">{since}</p> <p class="words">{why}</p> }
    });
    let form = view.may_change.then(|| form(words, view));
    (away.is_some() || form.is_some()).then(|| {
        view! {
            <section id="archive">
                <h2>{words.title()}</h2>
                {away}
                {form}
            </section>
        }
    })
}

fn form(words: Archiving, view: &View) -> impl IntoView + use<> {
    let (verb, label, note) = if view.unit.is_archived() {
        ("restore", words.restore(), words.restore_why())
    } else {
        ("archive", words.archive(), words.archive_why())
    };
    let (text, wrong) = view.forms.archive.clone();
    let area = Area { name: "why", id: Some("archive-why"), text, rows: 2, most: 200, ..Area::default() };
    view! {
        <form method="post" action=format!("{}/{verb}", view.base()) class="unit-form">
            <p class="note">{note}</p>
            {complaint(wrong)}
            <label for="archive-why">{words.why()}</label>
            {textarea(area)}
            <button type="submit">{label}</button>
        </form>
    }
}
