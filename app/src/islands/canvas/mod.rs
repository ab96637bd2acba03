//! What every drawing board stands on: which part of the ground it shows, and where on it a finger is.

mod camera;

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

/// How far two fingers are apart, and their middle.
pub(in crate::islands) fn span(one: (f64, f64), other: (f64, f64)) -> (f64, (f64, f64)) {
    let apart = (one.0 - other.0).hypot(one.1 - other.1);
    (apart, (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1)))
}
