//! The keyboard: every change that a finger can make, without one.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, KeyboardEvent};

use super::menu::Menu;
use super::model::{Model, Tool};
use super::pointer::Fingers;
use crate::islands::node::hear;

/// Listens on the whole page: the focus may be on something that has just gone.
pub(super) fn listen(model: Model, fingers: Fingers) {
    hear("keydown", move |event| down(model, fingers, event.unchecked_ref()));
    hear("keyup", move |event| up(fingers, event.unchecked_ref()));
}

/// A key went down.
fn down(model: Model, fingers: Fingers, event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector| target.as_ref().is_some_and(|it| it.closest(selector).ok().flatten().is_some());
    if event.default_prevented() || within("input, select, textarea, dialog, [role=menu]") {
        return;
    }
    let done = if event.ctrl_key() || event.meta_key() {
        command(model, event)
    } else {
        let button = within("button, a");
        act(model, fingers, event)
            || tool(model, event)
            || view(model, fingers, event, button)
            || within("svg.sheet") && pan(model, event)
    };
    if done {
        event.prevent_default();
    }
}

/// With Control or Command.
fn command(model: Model, event: &KeyboardEvent) -> bool {
    match event.key().to_ascii_lowercase().as_str() {
        "z" if event.shift_key() => model.redo(),
        "z" => model.undo(),
        "y" => model.redo(),
        "d" => model.duplicate(),
        "a" => model.select_all(),
        "c" => model.copy(),
        "v" => model.paste(),
        "x" => {
            model.copy();
            model.remove();
        }
        "g" if event.shift_key() => model.ungroup(),
        "g" => model.group(),
        "l" => model.toggle_lock(),
        _ => return false,
    }
    true
}

/// On what is chosen; without a choice the page scrolls as ever.
fn act(model: Model, fingers: Fingers, event: &KeyboardEvent) -> bool {
    let far = if event.shift_key() { 1.0 } else { 0.1 };
    let none = model.selected.with_untracked(kaishi_domain::map::Set::is_empty);
    match event.key().as_str() {
        "Escape" if fingers.busy() => fingers.drop_held(),
        "Escape" if model.menu.with_untracked(Option::is_some) => model.menu.set(None),
        "Escape" if model.tool.get_untracked() != Tool::Select => model.tool.set(Tool::Select),
        "Escape" => {
            model.clear();
            model.rows.borrow().take_focus();
        }
        _ if none => return false,
        "ArrowLeft" => model.nudge(-far, 0.0),
        "ArrowRight" => model.nudge(far, 0.0),
        "ArrowUp" => model.nudge(0.0, far),
        "ArrowDown" => model.nudge(0.0, -far),
        "Delete" | "Backspace" => model.remove(),
        "t" => model.turn(90.0),
        "T" => model.turn(-90.0),
        "[" => model.turn(15.0),
        "]" => model.turn(-15.0),
        "ContextMenu" | "F10" if event.key() == "ContextMenu" || event.shift_key() => {
            let camera = model.camera.get_untracked();
            let stall = model.chosen_stalls().into_iter().next();
            let at = camera.zip(stall).map_or((40.0, 40.0), |(camera, stall)| camera.pixel(stall.centre()));
            model.menu.set(Some(Menu { at }));
        }
        _ => return false,
    }
    true
}

fn tool(model: Model, event: &KeyboardEvent) -> bool {
    let tool = match event.key().to_ascii_lowercase().as_str() {
        "v" => Tool::Select,
        "h" => Tool::Pan,
        "m" => Tool::Measure,
        "s" if model.may_change => Tool::Place,
        "r" if model.may_change => Tool::Row,
        "f" if model.may_change => Tool::Fill,
        _ => return false,
    };
    model.tool.set(tool);
    true
}

fn view(model: Model, fingers: Fingers, event: &KeyboardEvent, button: bool) -> bool {
    match event.key().as_str() {
        "0" => model.fit(),
        // As large as it is drawn: letters have their natural size.
        "1" => model.look(|camera| camera.stepped(1.0 / camera.zoom())),
        "+" | "=" => model.zoom(1.25),
        "-" => model.zoom(0.8),
        " " if !button => fingers.space.set(true),
        _ => return false,
    }
    true
}

/// Pixels that an arrow moves the map by.
const STEP: f64 = 60.0;

/// Arrows move the map itself while nothing is chosen on it.
fn pan(model: Model, event: &KeyboardEvent) -> bool {
    let by = match event.key().as_str() {
        "ArrowLeft" => (STEP, 0.0),
        "ArrowRight" => (-STEP, 0.0),
        "ArrowUp" => (0.0, STEP),
        "ArrowDown" => (0.0, -STEP),
        _ => return false,
    };
    model.look(|camera| camera.panned(by));
    true
}

/// A key went up.
fn up(fingers: Fingers, event: &KeyboardEvent) {
    if event.key() == " " {
        fingers.space.set(false);
    }
}
