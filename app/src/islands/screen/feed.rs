//! The one `EventSource` of a screen: newest snapshots in, at most one look a second, stale sign out. Runs only in a
//! browser. Nothing is kept but the newest snapshot of each market.

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
/// What comes is shown at once, then not more often than this.
const PACE: f64 = 1_000.0;

/// What has come and was not shown yet.
struct News {
    heard: f64,
    shown: f64,
    /// The newest text of each market, by the beginning that names it.
    texts: Vec<(String, String)>,
    show: Box<dyn FnMut(Snapshot)>,
}

impl News {
    /// Keeps the newest; what it replaces is never read.
    fn hear(&mut self, text: String) {
        self.heard = js_sys::Date::now();
        let market = text.split('"').nth(3).unwrap_or_default();
        match self.texts.iter_mut().find(|(known, _)| known == market) {
            Some(held) => held.1 = text,
            None => self.texts.push((market.to_owned(), text)),
        }
        if self.heard - self.shown >= PACE {
            self.tell();
        }
    }

    fn tell(&mut self) {
        for (_, text) in std::mem::take(&mut self.texts) {
            if let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text) {
                self.shown = js_sys::Date::now();
                (self.show)(snapshot);
            }
        }
    }
}

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

/// Shows what the stream at `address` brings and says in `stale` when nothing comes. Rests while hidden.
pub(super) fn watch(address: String, stale: RwSignal<bool>, mut show: impl FnMut(Snapshot) + 'static) {
    let show = move |snapshot| {
        stale.set(false);
        show(snapshot);
    };
    let news = News { heard: js_sys::Date::now(), shown: 0.0, texts: Vec::new(), show: Box::new(show) };
    let news = Rc::new(RefCell::new(news));
    let on_message = Closure::new({
        let news = news.clone();
        move |event: MessageEvent| news.borrow_mut().hear(event.data().as_string().unwrap_or_default())
    });
    let feed = Rc::new(RefCell::new(Feed { address, source: None, on_message, tried: 0.0 }));
    feed.borrow_mut().connect();
    set_interval(
        {
            let (feed, news) = (feed.clone(), news.clone());
            move || {
                if document().hidden() {
                    return;
                }
                let mut news = news.borrow_mut();
                news.tell();
                if js_sys::Date::now() - news.heard > STALE {
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
            let mut news = news.borrow_mut();
            news.texts.clear();
            news.heard = js_sys::Date::now();
            feed.connect();
        }
    });
    // A screen lives as long as its page.
    std::mem::forget(visible);
}
