//! The public copy of an appeal on the desk: edited apart, ticked to be shown, with every version.

use kaishi_domain::appeal::{MAX_WORDS, PublicCopy, masked};
use leptos::prelude::*;

use super::Tell;
use super::one::One;
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::desk::Copies as Words;

/// The copy with what was typed, where the form comes again.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// Every version, the latest first.
    pub versions: Vec<PublicCopy>,
    /// What was typed and whether it was ticked.
    pub typed: Option<(String, bool)>,
}

/// The section.
pub(super) fn copies(lang: Lang, view: &One, tell: Tell<'_>) -> impl IntoView + use<> {
    let words = Words(lang);
    if view.appeal.category.is_private() {
        return view! { <section><h2>{words.title()}</h2><p class="note">{words.private()}</p></section> }
            .into_any();
    }
    let latest = view.copies.versions.first();
    let state = match latest {
        Some(copy) if copy.shown => words.now_shown(),
        _ => words.now_hidden(),
    };
    let (text, ticked) = match (&view.copies.typed, latest) {
        (Some(typed), _) => typed.clone(),
        (None, Some(copy)) => (copy.body.as_str().to_owned(), copy.shown),
        (None, None) => (masked(view.appeal.words.as_str()), false),
    };
    let rows = view
        .copies
        .versions
        .iter()
        .map(|copy| {
            let state = if copy.shown { words.now_shown() } else { words.now_hidden() };
            view! { <li><span class="note">{copy.revision}". "{tell(copy.at)}" "{state}</span>" "{copy.body.as_str().to_owned()}</li> }
        })
        .collect_view();
    let n = view.copies.versions.len();
    let history = (n > 0).then(|| {
        view! { <details class="readings"><summary>{words.history()}" "{n}</summary><ol class="steps">{rows}</ol></details> }
    });
    let action = format!("{}/{}/public", view.base, view.appeal.code.slip);
    let area =
        Area { name: "body", id: Some("public-body"), rows: 3, most: MAX_WORDS, text, ..Area::default() };
    view! {
        <section class="copy" id="public">
            <h2>{words.title()}" "<span class="chip">{state}</span></h2>
            <p class="note">{words.why()}" "<a href=format!("/m/{}/voices", view.appeal.at())>{words.see()}</a></p>
            {view.may_change.then(|| view! {
                <form method="post" action=action class="clerk">
                    <input type="hidden" name="seen" value=latest.map_or(0, |copy| copy.revision).to_string()/>
                    <label for="public-body">{words.body()}</label>
                    {textarea(area)}
                    <label class="check"><input type="checkbox" name="shown" value="yes" checked=ticked/>{words.shown()}</label>
                    <button type="submit">{words.save()}</button>
                </form>
            })}
            {history}
        </section>
    }
    .into_any()
}
