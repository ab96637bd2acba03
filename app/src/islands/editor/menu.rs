//! The menu of what is chosen: a long press, the right mouse button or Shift F10.

use std::cell::Cell;
use std::rc::Rc;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, MouseEvent};

use super::model::Model;
use crate::islands::node::{Node, icon, of, svg, text};
use crate::parts::Icon;

/// Where it opens, in pixels of the canvas.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Menu {
    pub(super) at: (f64, f64),
}

/// So large it is at most, in pixels.
const ROOM: (f64, f64) = (200.0, 330.0);

/// The menu, while it is open.
pub(super) fn menu(model: Model) -> Vec<Node> {
    model.menu.get().map(|menu| items(model, menu)).unwrap_or_default()
}

fn items(model: Model, menu: Menu) -> Vec<Node> {
    let words = model.words;
    // The finger that opened the menu by resting has yet to be lifted: that is no choice of what lies under it.
    let pressed = Rc::new(Cell::new(false));
    let press = |node: Node| {
        let pressed = pressed.clone();
        node.on("pointerdown", move |_| pressed.set(true))
    };
    let meant = |node: Node, act: Box<dyn Fn()>| {
        let pressed = pressed.clone();
        node.on("click", move |event: Event| {
            if pressed.get() || event.unchecked_ref::<MouseEvent>().detail() == 0 {
                model.menu.set(None);
                act();
            }
        })
    };
    let item = |which: Icon, name: &str, act: fn(Model)| {
        let item = of("button", "plain").attr("type", "button").attr("role", "menuitem");
        meant(item, Box::new(move || act(model))).child(icon(which)).child(text("span", name))
    };
    let mut all = Vec::new();
    if model.may_change && model.selected.with_untracked(|chosen| !chosen.is_empty()) {
        all.push(item(Icon::Turn, words.turn(), |model| model.turn(90.0)));
        all.push(item(Icon::Copy, words.duplicate(), Model::duplicate));
        all.push(item(Icon::Clip, words.copy(), Model::copy));
        all.push(item(Icon::Bin, words.remove(), Model::remove));
    }
    if model.may_change {
        all.push(item(Icon::Paste, words.paste(), Model::paste));
        all.push(item(Icon::Undo, words.undo(), Model::undo));
    }
    all.push(item(Icon::Stall, words.all(), Model::select_all));
    // Places are attributes, not styles: an SVG carries the menu to where it opens.
    let (wide, high) = model.camera.get_untracked().map_or((0.0, 0.0), |camera| camera.size());
    let x = menu.at.0.min(wide - ROOM.0).max(0.0);
    let y = menu.at.1.min(high - ROOM.1).max(0.0);
    let shade = press(meant(of("div", "shade"), Box::new(|| ()))).on("contextmenu", move |event| {
        event.prevent_default();
        model.menu.set(None);
    });
    let list = of("div", "menu").attr("role", "menu").attr("aria-label", words.menu()).children(all);
    let room = svg("foreignObject").figures([("x", x), ("y", y), ("width", ROOM.0), ("height", ROOM.1)]);
    let carrier = svg("svg").attr("class", "carrier").attr("aria-hidden", "false").child(room.child(list));
    vec![shade, press(carrier)]
}
