//! What the pad asks of the browser. On the server, where the pad is only drawn, none of it is there.

use kaishi_domain::Moment;
use kaishi_domain::pad::Journal;

#[cfg(feature = "browser")]
mod real {
    use super::{Journal, Moment};

    pub(in super::super) fn now() -> Moment {
        Moment::from_millis(js_sys::Date::now() as i64)
    }

    /// 128 random bits: also where the page has no TLS, and so no `randomUUID`.
    pub(in super::super) fn fresh() -> String {
        let mut bytes = [0_u8; 16];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        if !filled {
            bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
        }
        kaishi_domain::id::hex(&bytes)
    }

    pub(in super::super) fn vibrate() {
        if let Some(window) = web_sys::window() {
            window.navigator().vibrate_with_duration(30);
        }
    }

    fn place(token: &str) -> Option<(web_sys::Storage, String)> {
        let storage = web_sys::window()?.session_storage().ok()??;
        Some((storage, format!("pad:{token}")))
    }

    pub(in super::super) fn load(token: &str) -> Option<Journal> {
        let (storage, key) = place(token)?;
        serde_json::from_str(&storage.get_item(&key).ok()??).ok()
    }

    pub(in super::super) fn keep(token: &str, journal: &Journal) {
        if let (Some((storage, key)), Ok(text)) = (place(token), serde_json::to_string(journal)) {
            // A full or forbidden storage leaves the journal in memory.
            drop(storage.set_item(&key, &text));
        }
    }

    /// Empties the field with this id.
    pub(in super::super) fn clear(id: &str) {
        let field = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|page| page.get_element_by_id(id));
        if let Some(field) = field {
            drop(js_sys::Reflect::set(&field, &"value".into(), &"".into()));
        }
    }
}

#[cfg(not(feature = "browser"))]
mod real {
    use super::{Journal, Moment};

    pub(in super::super) const fn now() -> Moment {
        Moment::from_millis(0)
    }

    pub(in super::super) const fn fresh() -> String {
        String::new()
    }

    pub(in super::super) const fn vibrate() {}

    pub(in super::super) const fn load(_: &str) -> Option<Journal> {
        None
    }

    pub(in super::super) const fn keep(_: &str, _: &Journal) {}

    pub(in super::super) const fn clear(_: &str) {}
}

pub(super) use real::{clear, fresh, keep, load, now, vibrate};
