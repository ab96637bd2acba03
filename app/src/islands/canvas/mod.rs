//! What every drawing board stands on: which part of the ground it shows, and where on it a finger is.

mod camera;

use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Element;

pub(in crate::islands) use camera::Camera;

/// Width and height of an element on the page, in pixels.
pub(in crate::islands) fn size(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.width(), bounds.height())
}

/// A pointer's place within an element, in pixels.
pub(in crate::islands) fn within(element: &Element, x: i32, y: i32) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (f64::from(x) - bounds.left(), f64::from(y) - bounds.top())
}

/// The number that somebody typed. The browser reads it: what the standard library does it with is a table of ten
/// thousand bytes.
pub(in crate::islands) fn figure(typed: &str) -> Option<f64> {
    let typed = typed.replace('，', ".");
    let typed = typed.trim();
    let plain = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E');
    let number = (!typed.is_empty() && typed.chars().all(plain))
        .then(|| JsValue::from_str(typed).unchecked_into_f64());
    number.filter(|number| number.is_finite())
}

/// How far two fingers are apart, and their middle.
pub(in crate::islands) fn span(one: (f64, f64), other: (f64, f64)) -> (f64, (f64, f64)) {
    let apart = (one.0 - other.0).hypot(one.1 - other.1);
    (apart, (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1)))
}
