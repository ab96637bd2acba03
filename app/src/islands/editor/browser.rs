//! The few things that only a browser can say: the time, randomness, how large an element is.

use kaishi_domain::{Moment, StallId};
use leptos::prelude::window;
use leptos::web_sys::Element;

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

/// Width and height of an element on the page, in pixels.
pub(super) fn size(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.width(), bounds.height())
}

/// A pointer's place within an element, in pixels.
pub(super) fn within(element: &Element, x: i32, y: i32) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (f64::from(x) - bounds.left(), f64::from(y) - bounds.top())
}
