//! The menu of what is chosen: a long press, the right mouse button or Shift F10. Arrows go round it, Escape
//! leaves it for the map.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, request_animation_frame};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, KeyboardEvent, MouseEvent};

use super::browser::focus;
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
                leave(model);
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
    let within = list.element().clone();
    request_animation_frame(move || go(&within, |_, _| 0));
    let within = list.element().clone();
    let list = list.on("keydown", move |event| keys(model, &within, event.unchecked_ref()));
    let room = svg("foreignObject").figures([("x", x), ("y", y), ("width", ROOM.0), ("height", ROOM.1)]);
    let carrier = svg("svg").attr("class", "carrier").attr("aria-hidden", "false").child(room.child(list));
    vec![shade, press(carrier)]
}

/// Closes it; the keyboard goes on at the map.
fn leave(model: Model) {
    model.menu.set(None);
    if let Ok(Some(map)) = document().query_selector("svg.sheet") {
        focus(&map);
    }
}

/// Puts the focus on the item that is chosen by where the focus is and how many there are.
fn go(list: &Element, next: impl Fn(usize, usize) -> usize) {
    let Ok(items) = list.query_selector_all("[role=menuitem]") else { return };
    let all: Vec<Element> = (0..items.length()).filter_map(|at| items.item(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let now = all.iter().position(|item| Some(item) == active.as_ref()).unwrap_or(0);
    if let Some(item) = all.get(next(now, all.len())) {
        focus(item);
    }
}

fn keys(model: Model, list: &Element, event: &KeyboardEvent) {
    match event.key().as_str() {
        "ArrowDown" => go(list, |now, all| (now + 1) % all),
        "ArrowUp" => go(list, |now, all| (now + all - 1) % all),
        "Home" => go(list, |_, _| 0),
        "End" => go(list, |_, all| all - 1),
        "Escape" | "Tab" => leave(model),
        _ => return,
    }
    event.prevent_default();
}
