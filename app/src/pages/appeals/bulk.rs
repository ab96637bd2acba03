//! Several appeals at once: boxes on the cards, one form below, what was not possible said by code.

use std::collections::BTreeSet;

use kaishi_domain::UnitId;
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::desk::{Bulk as Words, done};
use crate::words::story::Names;

/// What came of the last form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bulk {
    /// Codes that stay ticked.
    pub picked: BTreeSet<String>,
    /// The unit that was chosen.
    pub unit: String,
    /// How many were done.
    pub done: Option<usize>,
    /// Codes that were not done, and why.
    pub failed: Vec<(String, &'static str)>,
    /// Nothing was ticked.
    pub nothing: bool,
}

impl Bulk {
    /// Whether the page says that something was not possible.
    pub const fn is_wrong(&self) -> bool {
        self.nothing || !self.failed.is_empty()
    }
}

/// The box of a card.
pub(super) fn tick(lang: Lang, bulk: &Bulk, slip: &str) -> impl IntoView + use<> {
    let (label, slip, picked) =
        (format!("{} {slip}", Words(lang).pick()), slip.to_owned(), bulk.picked.contains(slip));
    view! { <input type="checkbox" name="pick" value=slip form="bulk" aria-label=label checked=picked class="pick"/> }
}

/// What came of it.
pub(super) fn outcome(lang: Lang, bulk: &Bulk) -> impl IntoView + use<> {
    let words = Words(lang);
    let rows = bulk
        .failed
        .iter()
        .map(|(slip, why)| view! { <li><b class="code">{slip.clone()}</b>" "{*why}</li> })
        .collect_view();
    let failed = (!bulk.failed.is_empty()).then(|| {
        view! { <div class="complaint" role="alert"><p>{words.not_done()}</p><ul>{rows}</ul></div> }
    });
    let nothing = bulk.nothing.then(|| view! { <p class="complaint" role="alert">{words.nothing()}</p> });
    let told = bulk.done.map(|n| view! { <p class="note" role="status">{done(lang, n)}</p> });
    view! { {nothing} {failed} {told} }
}

/// The form.
pub(super) fn form(lang: Lang, base: &str, names: &Names, bulk: &Bulk) -> impl IntoView + use<> {
    let words = Words(lang);
    let option = |(id, name): (&UnitId, &String)| {
        let id = id.to_string();
        let picked = id == bulk.unit;
        view! { <option value=id selected=picked>{name.clone()}</option> }
    };
    let units = names.units.iter().map(option).collect_view();
    view! {
        <form method="post" action=format!("{base}/bulk") id="bulk" class="bulk" aria-label=words.title()>
            <h2>{words.title()}</h2>
            <p class="note">{words.why()}</p>
            <p class="row">
                <button type="submit" name="do" value="route">{words.route()}</button>
                <button type="submit" name="do" value="urge">{words.urge()}</button>
                <button type="submit" name="do" value="file">{words.file()}</button>
            </p>
            <p class="row">
                <label>{words.unit()}<select name="unit">{units}</select></label>
                <button type="submit" name="do" value="dispatch">{words.dispatch()}</button>
            </p>
        </form>
    }
}
