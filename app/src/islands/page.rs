//! What a page that the server has drawn is asked by those that take it over: what it says of itself, what happens, what
//! time it is.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::web_sys::{Event, EventTarget};
use serde::de::DeserializeOwned;

use super::value::read;

/// What the element of this id says in an attribute.
pub(super) fn said<T: DeserializeOwned>(id: &str, name: &str) -> Option<T> {
    read(&document().get_element_by_id(id)?.get_attribute(name)?)
}

/// Has something done at an event, as long as the page lasts.
pub(super) fn hear(target: &EventTarget, event: &str, act: impl FnMut(Event) + 'static) {
    let act: Box<dyn FnMut(Event)> = Box::new(act);
    let act = Closure::wrap(act).into_js_value();
    let _ = target.add_event_listener_with_callback(event, act.unchecked_ref());
}

/// Has something done again and again, after so many milliseconds each.
pub(super) fn every(milliseconds: i32, act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    let act = Closure::wrap(act).into_js_value();
    let _ =
        window().set_interval_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds);
}

/// Has something done once, after so many milliseconds.
#[cfg(feature = "pad")]
pub(super) fn after(milliseconds: i32, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), milliseconds);
}
