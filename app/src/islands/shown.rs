//! A page in the browser: finds what is told of, and writes what is another than before.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

use super::told::{Told, What};
use crate::parts::Markup;

/// Marked elements and what they say, in the order in which it is told.
#[derive(Default)]
pub(super) struct Shown(Vec<(Told, Vec<Element>)>);

impl Shown {
    /// Writes what is another than last time.
    pub(super) fn show(&mut self, all: Vec<Told>) {
        for (nth, told) in all.into_iter().enumerate() {
            if let Some((known, places)) = self.0.get_mut(nth) {
                if *known != told {
                    write(&told, places);
                    *known = told;
                }
            } else {
                let places = marked(&told.mark);
                write(&told, &places);
                self.0.push((told, places));
            }
        }
    }
}

fn write(told: &Told, places: &[Element]) {
    for place in places {
        match (told.what, &told.value) {
            // What says it already is not said again.
            (What::Text, value) if place.text_content() == *value => {}
            (What::Text, value) => place.set_text_content(value.as_deref()),
            (What::Markup, value) => Markup::again(value.as_deref().unwrap_or_default()).show(place),
            (What::Attr(name), Some(value)) => drop(place.set_attribute(name, value)),
            (What::Attr(name), None) => drop(place.remove_attribute(name)),
        }
    }
}

fn marked(mark: &str) -> Vec<Element> {
    // The number of a stall may hold anything.
    let mark = mark.replace('\\', "\\\\").replace('"', "\\\"");
    let Ok(found) = document().query_selector_all(&format!("[data-live=\"{mark}\"]")) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|nth| found.item(nth)?.dyn_into().ok()).collect()
}
