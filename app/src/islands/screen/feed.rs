//! The one `EventSource` of a screen: newest snapshots in, at most one look a second, stale sign out. Runs only in a
//! browser. Nothing is kept but the newest snapshot of each market.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Date;
use kaishi_domain::count::Snapshot;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventSource};

use crate::islands::page::{every, hear};
use crate::islands::value::{get, read};

/// Without data for so many milliseconds the figures are called stale. Comments are not data.
const STALE: f64 = 10_000.0;
/// A stream that the server refused is tried again after so long.
const AGAIN: f64 = 8_000.0;
/// What comes is shown at once, then not more often than this.
const PACE: i32 = 1_000;

type Act = Closure<dyn FnMut(Event)>;

/// The stream, and what has come and was not shown yet.
struct Feed {
    address: String,
    source: Option<EventSource>,
    /// What a message does.
    message: Option<Act>,
    tried: f64,
    heard: f64,
    shown: f64,
    /// The newest text of each market, by the beginning that names it.
    texts: Vec<(String, String)>,
    show: Box<dyn FnMut(Snapshot)>,
    stale: Box<dyn FnMut(bool)>,
}

impl Feed {
    /// Keeps the newest; what it replaces is never read.
    fn hear(&mut self, text: String) {
        self.heard = Date::now();
        let market = text.split('"').nth(3).unwrap_or_default();
        match self.texts.iter_mut().find(|(known, _)| known == market) {
            Some(held) => held.1 = text,
            None => self.texts.push((market.to_owned(), text)),
        }
        if self.heard - self.shown >= f64::from(PACE) {
            self.tell();
        }
    }

    fn tell(&mut self) {
        for (_, text) in std::mem::take(&mut self.texts) {
            if let Some(snapshot) = read(&text) {
                self.shown = Date::now();
                (self.stale)(false);
                (self.show)(snapshot);
            }
        }
    }

    /// Once a second. A browser comes back by itself after a broken line, but not after a refusal.
    fn look(&mut self) {
        if document().hidden() {
            return;
        }
        self.tell();
        if Date::now() - self.heard > STALE {
            (self.stale)(true);
        }
        let closed = self.source.as_ref().is_none_or(|source| source.ready_state() == EventSource::CLOSED);
        if closed && Date::now() - self.tried > AGAIN {
            self.connect();
        }
    }

    /// A page that nobody sees rests.
    fn turn(&mut self) {
        if document().hidden() {
            self.close();
        } else {
            self.texts.clear();
            self.heard = Date::now();
            self.connect();
        }
    }

    /// Opens the stream anew; the old one is closed, so there is never a second.
    fn connect(&mut self) {
        self.close();
        self.tried = Date::now();
        if let Ok(source) = EventSource::new(&self.address) {
            source.set_onmessage(self.message.as_ref().map(|act| act.as_ref().unchecked_ref()));
            self.source = Some(source);
        }
    }

    fn close(&mut self) {
        if let Some(source) = self.source.take() {
            source.set_onmessage(None);
            source.close();
        }
    }
}

/// Shows what the stream at `address` brings and says whether it is stale. Lasts as long as its page.
pub(super) fn watch(
    address: String,
    show: impl FnMut(Snapshot) + 'static,
    stale: impl FnMut(bool) + 'static,
) {
    let feed = Rc::new(RefCell::new(Feed {
        address,
        source: None,
        message: None,
        tried: 0.0,
        heard: Date::now(),
        shown: 0.0,
        texts: Vec::new(),
        show: Box::new(show),
        stale: Box::new(stale),
    }));
    let heard = feed.clone();
    let message = Closure::new(move |event: Event| {
        let text = get(&event, "data").ok().and_then(|data| data.as_string());
        heard.borrow_mut().hear(text.unwrap_or_default());
    });
    feed.borrow_mut().message = Some(message);
    feed.borrow_mut().connect();
    let (second, visible) = (feed.clone(), feed);
    every(PACE, move || second.borrow_mut().look());
    hear(&window(), "visibilitychange", move |_| visible.borrow_mut().turn());
}
