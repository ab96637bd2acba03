//! What a hand does on the pad: one listener for each kind of event, for all of its keys.

use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::Act;
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use super::phone::Phone;
use super::plea::raise;
use super::tray::DO;
use crate::islands::page::hear;

/// The button on which something happened: the button, its name or else its form, and its value.
fn button(event: &Event) -> Option<(Element, String, String)> {
    let button = event.target()?.dyn_ref::<Element>()?.closest("button").ok()??;
    let said = |name| button.get_attribute(name);
    let (name, value) = (said("name").or_else(|| said("form"))?, said("value").unwrap_or_default());
    Some((button, name, value))
}

/// The kind that is chosen.
fn kind() -> Kind {
    let chosen = document().query_selector("input[name=kind]:checked").ok().flatten();
    let chosen = chosen.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    chosen.and_then(|field| Kind::from_code(&field.value()).ok()).unwrap_or_default()
}

fn tap(phone: &'static Phone, n: &str) {
    if let Ok(n) = n.parse() {
        phone.tap(kind(), n);
    }
}

/// Listens to the pad. A pointer counts when it goes down; a keyboard's click has no pointer and counts too.
pub(super) fn take(phone: &'static Phone) {
    let Some(pad) = document().get_element_by_id("pad") else { return };
    hear(&pad, "submit", |event| event.prevent_default());
    hear(&pad, "pointerdown", move |event| {
        let first = event.dyn_ref::<MouseEvent>().is_some_and(|event| event.button() == 0);
        if let Some((_, name, n)) = button(&event).filter(|_| first)
            && name == "n"
        {
            tap(phone, &n);
        }
    });
    hear(&pad, "contextmenu", |event| {
        if button(&event).is_some_and(|(_, name, _)| name == "n") {
            event.prevent_default();
        }
    });
    hear(&pad, "click", move |event| {
        let Some((button, name, value)) = button(&event) else { return };
        event.prevent_default();
        match name.as_str() {
            "n" if event.dyn_ref::<MouseEvent>().is_some_and(|event| event.detail() == 0) => {
                tap(phone, &value);
            }
            "act" => raise(phone, &value),
            "undo" => phone.undo(),
            name if name == DO[0] => phone.act(Act::Again(value)),
            name if DO.contains(&name) => {
                phone.act(Act::Clear(value, button.text_content().unwrap_or_default()));
            }
            _ => {}
        }
    });
}
