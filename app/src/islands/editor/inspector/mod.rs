//! Beside the map: the exact figures of what is chosen, and everything that can be done with it.

mod need;
mod one;
mod room;
mod several;

use kaishi_domain::StallId;
use leptos::prelude::*;

use super::model::{Leaf, Model};
use crate::parts::{Icon, icon};
use one::Panel;

/// What the panel is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Nothing,
    One(StallId),
    Several(usize),
}

pub(super) fn inspector(model: Model) -> impl IntoView {
    let words = model.words;
    let about = Memo::new(move |_| {
        model.selected.with(|all| match (all.first(), all.len()) {
            (Some(id), 1) => About::One(*id),
            (_, 0) => About::Nothing,
            (_, count) => About::Several(count),
        })
    });
    let content = move || match about.get() {
        About::Nothing => {
            view! { <h2>{words.nothing()}</h2> <p class="note">{words.nothing_why()}</p> }.into_any()
        }
        About::One(id) => {
            view! { <div class="fields">{Panel::new(model, id).view()}</div> {acts(model)} }.into_any()
        }
        About::Several(count) => {
            view! { <div class="fields">{several::several(model, count)}</div> {acts(model)} }.into_any()
        }
    };
    let open = move || model.leaf.get() == Some(Leaf::Figures);
    view! { <section class="inspector" class:open=open aria-label=words.position()>{content}</section> }
}

/// What can be done with one stall or with several.
fn acts(model: Model) -> impl IntoView {
    let words = model.words;
    let locked = move || if model.all_locked() { "true" } else { "false" };
    let lock = move || if model.all_locked() { words.unlock() } else { words.lock() };
    model.may_change.then(|| {
        view! {
            <div class="acts">
                <button type="button" class="plain" aria-pressed=locked title="Ctrl L" on:click=move |_| model.toggle_lock()>{icon(Icon::Lock)}{lock}</button>
                <button type="button" class="plain" title="T" on:click=move |_| model.turn(90.0)>{icon(Icon::Turn)}{words.turn()}</button>
                <button type="button" class="plain" title="Ctrl D" on:click=move |_| model.duplicate()>{icon(Icon::Copy)}{words.duplicate()}</button>
                <button type="button" class="plain" title="Delete" on:click=move |_| model.remove()>{icon(Icon::Bin)}{words.remove()}</button>
            </div>
        }
    })
}
