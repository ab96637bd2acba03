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
    let up = window_event_listener(leptos::ev::keyup, move |event| {
        if event.key() == " " {
            fingers.space.set(false);
        }
    });
    on_cleanup(move || {
        down.remove();
        up.remove();
    });
}

fn down(model: Model, fingers: Fingers, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let tag = target.as_ref().map(Element::tag_name).unwrap_or_default();
    if matches!(tag.as_str(), "INPUT" | "SELECT" | "TEXTAREA") {
        return;
    }
    let button = matches!(tag.as_str(), "BUTTON" | "A" | "SUMMARY");
    let command = event.ctrl_key() || event.meta_key();
    let far = if event.shift_key() { 1.0 } else { 0.1 };
    let nothing = model.chosen.with_untracked(Option::is_none);
    let drawing = model.sketch.with_untracked(|sketch| !sketch.is_empty());
    let draws = |tool| model.may_change.then(|| model.take(tool)).is_some();
    match (event.key().as_str(), command) {
        ("z" | "Z", true) if event.shift_key() => model.redo(),
        ("z" | "Z", true) => model.undo(),
        ("y" | "Y", true) => model.redo(),
        ("s" | "S", true) => model.save(),
        (_, true) => return,
        ("Enter", _) if drawing && !button => model.finish(),
        ("Backspace", _) if drawing => model.sketch.update(|sketch| {
            sketch.pop();
        }),
        ("Escape", _) if fingers.busy() => fingers.let_go(),
        ("Escape", _) if drawing || model.tool.get_untracked() != Tool::Select => model.stop(),
        ("Escape", _) if model.corner.with_untracked(Option::is_some) => model.corner.set(None),
        ("Escape", _) => model.choose(None),
        ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Delete" | "Backspace", _) if nothing => {
            return;
        }
        ("ArrowLeft", _) => model.nudge(-far, 0.0),
        ("ArrowRight", _) => model.nudge(far, 0.0),
        ("ArrowUp", _) => model.nudge(0.0, far),
        ("ArrowDown", _) => model.nudge(0.0, -far),
        ("Delete" | "Backspace", _) => model.remove(),
        ("v" | "V", _) => model.take(Tool::Select),
        ("h" | "H", _) => model.take(Tool::Pan),
        ("r" | "R", _) if draws(Tool::Rectangle) => {}
        ("p" | "P", _) if draws(Tool::Polygon) => {}
        ("t" | "T", _) if draws(Tool::Point) => {}
        ("l" | "L", _) if draws(Tool::Lane) => {}
        (" ", _) if !button => fingers.space.set(true),
        _ => return,
    }
    event.prevent_default();
}
