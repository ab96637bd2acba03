//! The few things that only a browser can say: the time and randomness.

use kaishi_domain::{Moment, StallId};
use leptos::prelude::window;

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
