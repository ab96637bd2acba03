//! Markup that is put together faster than elements are, for maps of many stalls. The one place that hands a page
//! markup as it is: what is written into it is escaped here, and only what stands in this source is not.

use std::fmt::{Display, Write as _};

use leptos::prelude::*;
use leptos::web_sys::Element;

/// Attributes by name, of whatever can be shown.
type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// Elements one after the other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Markup(String);

/// Writes text as text.
struct Escaped<'a>(&'a mut String);

impl std::fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                _ => self.0.push(letter),
            }
        }
        Ok(())
    }
}

impl Markup {
    /// What stands in this source.
    pub fn known(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Begins an element.
    pub fn open(&mut self, tag: &'static str, attributes: Attributes) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Ends an element.
    pub fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// An element with nothing in it.
    pub fn add(&mut self, tag: &'static str, attributes: Attributes) -> &mut Self {
        self.open(tag, attributes).close(tag)
    }

    /// An element with a text in it.
    pub fn say(&mut self, tag: &'static str, attributes: Attributes, words: &dyn Display) -> &mut Self {
        self.open(tag, attributes).text(words).close(tag)
    }

    /// A text.
    pub fn text(&mut self, words: &dyn Display) -> &mut Self {
        // Writing into a text does not fail.
        let _ = write!(Escaped(&mut self.0), "{words}");
        self
    }

    /// Another one behind it.
    pub fn join(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// All of it, for an element of a page.
    pub fn whole(self) -> String {
        self.0
    }

    /// The same once more from what [`Markup::whole`] gave; nothing else is told as markup.
    pub fn again(whole: &str) -> Self {
        Self(whole.to_owned())
    }

    /// A part of a picture.
    pub fn group(self) -> impl IntoView + use<> {
        view! { <g inner_html=self.0></g> }
    }

    /// All that is in an element of a browser's page.
    pub fn show(&self, within: &Element) {
        within.set_inner_html(&self.0);
    }

    /// One element more within another; answers it.
    pub fn append(&self, to: &Element) -> Option<Element> {
        to.insert_adjacent_html("beforeend", &self.0).ok()?;
        to.last_element_child()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_stays_text() {
        let mut markup = Markup::default();
        let wrote = "\"><script>alert(1)</script>&";
        markup.say("text", &[("class", &wrote), ("x", &1.5)], &wrote);
        let plain = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;";
        assert_eq!(markup.0, format!("<text class=\"{plain}\" x=\"1.5\">{plain}</text>"));
    }
}
