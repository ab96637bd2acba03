//! What is told, as a page says it before anything moves.

use std::collections::BTreeMap;

use crate::islands::told::{Told, What};

/// What each mark says.
pub(super) struct Still(BTreeMap<(String, What), Option<String>>);

impl Still {
    pub(super) fn of(told: impl IntoIterator<Item = Told>) -> Self {
        Self(told.into_iter().map(|told| ((told.mark, told.what), told.value)).collect())
    }

    fn find(&self, mark: &str, what: What) -> Option<String> {
        self.0.get(&(mark.to_owned(), what)).cloned().flatten()
    }

    /// The text of the element that is marked so.
    pub(super) fn text(&self, mark: &str) -> String {
        self.find(mark, What::Text).unwrap_or_default()
    }

    /// An attribute of it.
    pub(super) fn attr(&self, mark: &str, name: &'static str) -> String {
        self.find(mark, What::Attr(name)).unwrap_or_default()
    }

    /// Its class.
    pub(super) fn class(&self, mark: &str) -> String {
        self.attr(mark, "class")
    }

    /// Whether it has an attribute that is there or not.
    pub(super) fn flag(&self, mark: &str, name: &'static str) -> bool {
        self.find(mark, What::Attr(name)).is_some()
    }

    /// Whether it is hidden.
    pub(super) fn hidden(&self, mark: &str) -> bool {
        self.flag(mark, "hidden")
    }

    /// What a page does not say as it is told: every mark has an element, and each that has it says it.
    #[cfg(test)]
    pub(super) fn missing_in(&self, page: &str) -> Vec<String> {
        let says = |mark: &str, what: What, value: Option<&str>| {
            let marked = format!(" data-live=\"{mark}\"");
            let mut elements = page.match_indices(&marked).map(|(at, _)| {
                let (tag, end) = (page[..at].rfind('<').unwrap_or(0), page[at..].find('>').unwrap_or(0) + at);
                (&page[tag..end], &page[end + 1..])
            });
            let known = elements.clone().next().is_some();
            known
                && elements.all(|(tag, inside)| match (what, value.unwrap_or_default()) {
                    // The framework writes a blank for nothing.
                    (What::Text, "") => inside.trim_start().starts_with('<'),
                    (What::Text, text) => inside.starts_with(&format!("{}<", escaped(text))),
                    (What::Markup, markup) => inside.starts_with(&format!("{markup}</")),
                    (What::Attr(name), _) if value.is_none() => !tag.contains(&format!(" {name}")),
                    (What::Attr(name), "") => tag.contains(&format!(" {name}")),
                    (What::Attr(name), value) => tag.contains(&format!(" {name}=\"{}\"", escaped(value))),
                })
        };
        let lacks = self.0.iter().filter(|((mark, what), value)| !says(mark, *what, value.as_deref()));
        lacks.map(|(told, value)| format!("{told:?} {value:?}")).collect()
    }
}

#[cfg(test)]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
