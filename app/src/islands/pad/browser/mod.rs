//! What the pad asks of the browser.

mod keep;
mod turn;

use kaishi_domain::Moment;
use leptos::prelude::window;

pub(super) use keep::{change, look};
pub(super) use turn::turn;

pub(super) fn now() -> Moment {
    Moment::from_millis(js_sys::Date::now() as i64)
}

/// 128 random bits: also where the page has no TLS, and so no `randomUUID`.
pub(super) fn fresh() -> String {
    let mut bytes = [0_u8; 16];
    let filled =
        window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    kaishi_domain::id::hex(&bytes)
}

pub(super) fn vibrate() {
    window().navigator().vibrate_with_duration(30);
}

/// Lets the worker keep the page, so that it opens without a network. A browser without one goes on without.
pub(super) fn keep_page() {
    let navigator = window().navigator();
    if js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        drop(navigator.service_worker().register("/staff/worker.js"));
    }
}
