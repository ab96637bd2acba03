//! The few things that only a browser can say: the time, randomness, how large an element is.

use kaishi_domain::{Moment, StallId};
use leptos::prelude::window;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlElement, Storage, SvgElement};

use crate::arrange::{Answer, Ask};
use crate::islands::canvas::size;
use crate::islands::value::read;

/// A new id for a stall that is drawn here.
pub(super) fn stall_id() -> StallId {
    let mut random = [0_u8; 10];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if filled.is_err() {
        // Only where crypto is forbidden; the store still refuses an id that is known.
        random = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    }
    StallId::new(Moment::from_millis(js_sys::Date::now() as i64), random)
}

/// Where an element begins on the page, in pixels.
pub(super) fn corner(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.left(), bounds.top())
}

/// Calls back with the size of an element now and whenever it changes.
pub(super) fn watch_size(element: &Element, told: impl Fn((f64, f64)) + 'static) {
    let watched = element.clone();
    let tell = Closure::<dyn Fn()>::new(move || told(size(&watched))).into_js_value();
    // By name: the typed binding would be one more thing that every crate of the page is compiled with.
    let observer = js_sys::Reflect::get(&window(), &"ResizeObserver".into()).and_then(|class| {
        js_sys::Reflect::construct(class.unchecked_ref::<js_sys::Function>(), &js_sys::Array::of1(&tell))
    });
    let Ok(observer) = observer else { return };
    call(&observer, "observe", element);
}

fn call(object: &JsValue, name: &str, with: &JsValue) {
    if let Ok(function) = js_sys::Reflect::get(object, &name.into()) {
        let _ = function.unchecked_ref::<js_sys::Function>().call1(object, with);
    }
}

/// Has the bundle that arranges loaded, once, and asks it. `None` when it cannot be loaded.
pub(super) async fn arrange(ask: &Ask) -> Option<Answer> {
    let function = js_sys::Reflect::get(&window(), &"kaishi_arrange".into()).ok()?;
    let ask = JsValue::from_str(&serde_json::to_string(ask).ok()?);
    let promise = function.dyn_ref::<js_sys::Function>()?.call1(&JsValue::UNDEFINED, &ask).ok()?;
    let answer = js_sys::futures::JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok()?;
    read(&answer.as_string()?)
}

/// Puts the keyboard's focus on an element without scrolling to it.
pub(super) fn focus(element: &Element) {
    if let Some(html) = element.dyn_ref::<HtmlElement>() {
        let _ = html.focus();
    } else if let Some(svg) = element.dyn_ref::<SvgElement>() {
        let _ = svg.focus();
    }
}

/// What this tab remembers until it is closed.
pub(super) fn memory() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
