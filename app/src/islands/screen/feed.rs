//! The one `EventSource` of a screen: newest snapshot in, stale sign out. Runs only in a browser.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use kaishi_domain::count::Snapshot;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

/// Without data for so many milliseconds the figures are called stale. Comments are not data.
const STALE: f64 = 10_000.0;
/// A stream that the server refused is tried again after so long.
const AGAIN: f64 = 8_000.0;

struct Feed {
    address: String,
    source: Option<EventSource>,
    on_message: Closure<dyn FnMut(MessageEvent)>,
    tried: f64,
}

impl Feed {
    /// Opens the stream anew; the old one is closed, so there is never a second.
    fn connect(&mut self) {
        self.close();
        self.tried = js_sys::Date::now();
        if let Ok(source) = EventSource::new(&self.address) {
            source.set_onmessage(Some(self.on_message.as_ref().unchecked_ref()));
            self.source = Some(source);
        }
    }

    fn close(&mut self) {
        if let Some(source) = self.source.take() {
            source.set_onmessage(None);
            source.close();
        }
    }

    /// A browser comes back by itself after a broken line, but not after a refusal.
    fn mend(&mut self) {
        let closed = self.source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED);
        if closed && js_sys::Date::now() - self.tried > AGAIN {
            self.connect();
        }
    }
}

/// Feeds `seen` from the stream at `address` and says in `stale` when nothing comes. Rests while hidden.
pub(super) fn watch(address: String, seen: RwSignal<Snapshot>, stale: RwSignal<bool>) {
    let heard = Rc::new(RefCell::new(js_sys::Date::now()));
    let map = seen.with_untracked(|first| first.map.clone());
    let on_message = Closure::new({
        let heard = heard.clone();
        move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text) else { return };
            *heard.borrow_mut() = js_sys::Date::now();
            if snapshot.map != map {
                let _ = window().location().reload();
            }
            stale.set(false);
            seen.set(snapshot);
        }
    });
    let feed = Feed { address, source: None, on_message, tried: 0.0 };
    let feed = Rc::new(RefCell::new(feed));
    feed.borrow_mut().connect();
    set_interval(
        {
            let (feed, heard) = (feed.clone(), heard.clone());
            move || {
                if document().hidden() {
                    return;
                }
                if js_sys::Date::now() - *heard.borrow() > STALE {
                    stale.set(true);
                }
                feed.borrow_mut().mend();
            }
        },
        Duration::from_secs(1),
    );
    let visible = window_event_listener(ev::visibilitychange, move |_| {
        let mut feed = feed.borrow_mut();
        if document().hidden() {
            feed.close();
        } else {
            *heard.borrow_mut() = js_sys::Date::now();
            feed.connect();
        }
    });
    // A screen lives as long as its page.
    std::mem::forget(visible);
}
