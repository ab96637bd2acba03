//! The keyboard: every change that a finger can make, without one.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use super::model::{Model, Tool};
use super::pointer::Fingers;

/// Listens on the whole page: the focus may be on something that has just gone.
pub(super) fn listen(model: Model, fingers: Fingers) {
    let down = window_event_listener(leptos::ev::keydown, move |event| down(model, fingers, &event));
    let up = window_event_listener(leptos::ev::keyup, move |event| up(fingers, &event));
    on_cleanup(move || {
        down.remove();
        up.remove();
    });
}

/// A key went down.
fn down(model: Model, fingers: Fingers, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
    if tag == "INPUT" || tag == "SELECT" {
        return;
    }
    let button = tag == "BUTTON" || tag == "A";
    let command = event.ctrl_key() || event.meta_key();
    let far = if event.shift_key() { 1.0 } else { 0.1 };
    let key = event.key();
    let nothing = model.selected.with_untracked(std::collections::BTreeSet::is_empty);
    match (key.as_str(), command) {
        ("z" | "Z", true) if event.shift_key() => model.redo(),
        ("z" | "Z", true) => model.undo(),
        ("y" | "Y", true) => model.redo(),
        ("d" | "D", true) => model.duplicate(),
        (_, true) => return,
        // Without a selection the page scrolls as ever.
        ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Delete" | "Backspace" | "r" | "R", _)
            if nothing =>
        {
            return;
        }
        ("ArrowLeft", _) => model.nudge(-far, 0.0),
        ("ArrowRight", _) => model.nudge(far, 0.0),
        ("ArrowUp", _) => model.nudge(0.0, far),
        ("ArrowDown", _) => model.nudge(0.0, -far),
        ("Delete" | "Backspace", _) => model.remove(),
        ("r" | "R", _) => model.turn(if event.shift_key() { -90.0 } else { 90.0 }),
        ("Escape", _) if fingers.busy() => fingers.drop_held(),
        ("Escape", _) => {
            model.tool.set(Tool::Select);
            model.selected.update(std::collections::BTreeSet::clear);
        }
        ("v" | "V", _) => model.tool.set(Tool::Select),
        ("s" | "S", _) if model.may_change => model.tool.set(Tool::Place),
        ("h" | "H", _) => model.tool.set(Tool::Pan),
        (" ", _) if !button => fingers.space.set(true),
        _ => return,
    }
    event.prevent_default();
}

/// A key went up.
fn up(fingers: Fingers, event: &KeyboardEvent) {
    if event.key() == " " {
        fingers.space.set(false);
    }
}
