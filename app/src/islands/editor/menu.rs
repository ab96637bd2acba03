//! The menu of what is chosen: a long press, the right mouse button or Shift F10.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::model::Model;
use crate::parts::{Icon, icon};

/// Where it opens, in pixels of the canvas.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Menu {
    pub(super) at: (f64, f64),
}

/// So large it is at most, in pixels.
const ROOM: (f64, f64) = (200.0, 330.0);

pub(super) fn menu(model: Model) -> impl IntoView {
    move || model.menu.get().map(|menu| items(model, menu))
}

fn items(model: Model, menu: Menu) -> impl IntoView {
    let words = model.words;
    let some = model.may_change && model.selected.with_untracked(|chosen| !chosen.is_empty());
    // The finger that opened the menu by resting has yet to be lifted: that is no choice of what lies under it.
    let pressed = StoredValue::new(false);
    let press = move |_| pressed.set_value(true);
    let meant = move |event: &MouseEvent| pressed.get_value() || event.detail() == 0;
    let item = move |which: Icon, name: &'static str, act: fn(Model)| {
        let act = move |event: MouseEvent| {
            if meant(&event) {
                model.menu.set(None);
                act(model);
            }
        };
        view! { <button type="button" role="menuitem" class="plain" on:click=act>{icon(which)}<span>{name}</span></button> }
    };
    let some = some.then(|| {
        view! {
            {item(Icon::Turn, words.turn(), |model| model.turn(90.0))}
            {item(Icon::Copy, words.duplicate(), Model::duplicate)}
            {item(Icon::Clip, words.copy(), Model::copy)}
            {item(Icon::Bin, words.remove(), Model::remove)}
        }
    });
    let always = model.may_change.then(|| {
        view! {
            {item(Icon::Paste, words.paste(), Model::paste)}
            {item(Icon::Undo, words.undo(), Model::undo)}
        }
    });
    // Places are attributes, not styles: an SVG carries the menu to where it opens.
    let (wide, high) = model.camera.get_untracked().map_or((0.0, 0.0), |camera| camera.size());
    let x = menu.at.0.min(wide - ROOM.0).max(0.0);
    let y = menu.at.1.min(high - ROOM.1).max(0.0);
    let leave = move |event: MouseEvent| {
        if meant(&event) {
            model.menu.set(None);
        }
    };
    view! {
        <div class="shade" on:pointerdown=press on:click=leave on:contextmenu=move |event| { event.prevent_default(); model.menu.set(None); }></div>
        <svg class="carrier" aria-hidden="false" on:pointerdown=press>
            <foreignObject x=x y=y width=ROOM.0 height=ROOM.1>
                <div class="menu" role="menu" aria-label=words.menu()>
                    {some}
                    {always}
                    {item(Icon::Stall, words.all(), Model::select_all)}
                </div>
            </foreignObject>
        </svg>
    }
}
