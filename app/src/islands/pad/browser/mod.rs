//! What the pad asks of the browser. On the server, where the pad is only drawn, none of it is there.

#[cfg(feature = "browser")]
mod keep;
#[cfg(feature = "browser")]
mod turn;

/// Lets something happen in its own time. All that the pad does so goes through here, because each kind of future that
/// is spawned costs the phone bytes.
pub(super) fn run(future: std::pin::Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(future);
}

#[cfg(feature = "browser")]
mod real {
    use kaishi_domain::Moment;
    use leptos::prelude::window;

    pub(in super::super) use super::keep::{change, look};
    pub(in super::super) use super::turn::turn;

    pub(in super::super) fn now() -> Moment {
        Moment::from_millis(js_sys::Date::now() as i64)
    }

    /// 128 random bits: also where the page has no TLS, and so no `randomUUID`.
    pub(in super::super) fn fresh() -> String {
        let mut bytes = [0_u8; 16];
        let filled =
            window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        if !filled {
            bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
        }
        kaishi_domain::id::hex(&bytes)
    }

    pub(in super::super) fn vibrate() {
        window().navigator().vibrate_with_duration(30);
    }

    pub(in super::super) fn hidden() -> bool {
        window().document().is_some_and(|page| page.hidden())
    }

    /// Lets the worker keep the page, so that it opens without a network. A browser without one goes on without.
    pub(in super::super) fn keep_page() {
        let navigator = window().navigator();
        if js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
            drop(navigator.service_worker().register("/staff/worker.js"));
        }
    }

    /// Writes texts into the `b` and `pre` of a hidden place, in their order, and shows it.
    pub(in super::super) fn fill(id: &str, texts: &[&str]) {
        let Some(place) = window().document().and_then(|page| page.get_element_by_id(id)) else { return };
        if let Ok(empty) = place.query_selector_all("b, pre") {
            for (at, text) in (0..).zip(texts) {
                if let Some(node) = empty.item(at) {
                    node.set_text_content(Some(text));
                }
            }
        }
        drop(place.remove_attribute("hidden"));
    }

    /// Empties the field with this id.
    pub(in super::super) fn clear(id: &str) {
        let field = window().document().and_then(|page| page.get_element_by_id(id));
        if let Some(field) = field {
            drop(js_sys::Reflect::set(&field, &"value".into(), &"".into()));
        }
    }
}

#[cfg(not(feature = "browser"))]
mod real {
    use std::future::ready;

    use kaishi_domain::Moment;
    use kaishi_domain::pad::Journal;

    pub(in super::super) const fn now() -> Moment {
        Moment::from_millis(0)
    }

    pub(in super::super) const fn fresh() -> String {
        String::new()
    }

    pub(in super::super) const fn vibrate() {}

    pub(in super::super) const fn hidden() -> bool {
        false
    }

    pub(in super::super) const fn keep_page() {}

    pub(in super::super) fn change<F: FnOnce(Journal) -> Journal>(
        _: &str,
        act: F,
    ) -> impl Future<Output = Option<Journal>> + use<F> {
        drop(act(Journal::default()));
        ready(None)
    }

    pub(in super::super) fn look(_: &str) -> impl Future<Output = Option<Journal>> + use<> {
        ready(None)
    }

    pub(in super::super) fn turn(_: &str) -> impl Future<Output = Option<()>> + use<> {
        ready(None)
    }

    pub(in super::super) const fn fill(_: &str, _: &[&str]) {}

    pub(in super::super) const fn clear(_: &str) {}
}

pub(super) use real::{change, clear, fill, fresh, hidden, keep_page, look, now, turn, vibrate};
