//! What a page follows: texts and attributes of marked elements, told by the same functions on both sides. The server
//! writes them into the page (`pages::still`), a browser writes them again where they are others (`shown`), and elements
//! that stand in a page neither come nor go. Pure.

use crate::parts::Markup;

/// What of an element follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum What {
    /// All that it says.
    Text,
    /// All that is in it.
    Markup,
    /// An attribute.
    Attr(&'static str),
}

/// One thing that follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    /// The `data-live` of the elements that it belongs to.
    pub mark: String,
    /// What of them.
    pub what: What,
    /// What it is now; an attribute of which there is none is taken away.
    pub value: Option<String>,
}

/// Tells, in an order that is the same every time.
#[derive(Default)]
pub(crate) struct Teller(Vec<Told>);

#[allow(dead_code, reason = "a bundle holds one family of islands, and not every family asks for everything")]
impl Teller {
    /// A text.
    pub(crate) fn text(&mut self, mark: &str, words: String) {
        self.tell(mark, What::Text, Some(words));
    }

    /// A figure.
    pub(crate) fn n(&mut self, mark: &str, n: i64) {
        self.text(mark, n.to_string());
    }

    /// Elements.
    pub(crate) fn markup(&mut self, mark: &str, markup: Markup) {
        self.tell(mark, What::Markup, Some(markup.whole()));
    }

    /// An attribute.
    pub(crate) fn attr(&mut self, mark: &str, name: &'static str, value: String) {
        self.tell(mark, What::Attr(name), Some(value));
    }

    /// A class.
    pub(crate) fn class(&mut self, mark: &str, class: &str) {
        self.attr(mark, "class", class.to_owned());
    }

    /// An attribute that is there or not.
    pub(crate) fn flag(&mut self, mark: &str, name: &'static str, on: bool) {
        self.tell(mark, What::Attr(name), on.then(String::new));
    }

    /// Something that is seen only while there is something to say.
    pub(crate) fn seen(&mut self, mark: &str, seen: bool) {
        self.flag(mark, "hidden", !seen);
    }

    fn tell(&mut self, mark: &str, what: What, value: Option<String>) {
        self.0.push(Told { mark: mark.to_owned(), what, value });
    }

    pub(crate) fn all(self) -> Vec<Told> {
        self.0
    }
}
