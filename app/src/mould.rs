//! A page that is the same for everybody but for a word: rendered once, cut where that word and the nonce stand, and
//! cast anew for each who asks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::nonce::Nonce;

use crate::document::Page;

/// So many moulds are kept; more than that are made again.
const MOST: usize = 4_096;

/// What stands between the cuts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Gap {
    Nonce,
    Word,
}

/// A text with gaps.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Cut {
    parts: Vec<(String, Gap)>,
    end: String,
}

impl Cut {
    fn new(text: &str, nonce: &str, word: &str) -> Self {
        let (mut parts, mut rest) = (Vec::new(), text);
        loop {
            let next = [(nonce, Gap::Nonce), (word, Gap::Word)]
                .into_iter()
                .filter(|(mark, _)| !mark.is_empty())
                .filter_map(|(mark, gap)| Some((rest.find(mark)?, mark.len(), gap)))
                .min_by_key(|(at, ..)| *at);
            let Some((at, long, gap)) = next else { break };
            parts.push((rest[..at].to_owned(), gap));
            rest = &rest[at + long..];
        }
        Self { parts, end: rest.to_owned() }
    }

    fn fill(&self, nonce: &str, word: &str) -> String {
        let gaps = self.parts.len() * nonce.len().max(word.len());
        let long = self.parts.iter().map(|(part, _)| part.len()).sum::<usize>() + self.end.len();
        let mut text = String::with_capacity(long + gaps);
        for (part, gap) in &self.parts {
            text.push_str(part);
            text.push_str(match gap {
                Gap::Nonce => nonce,
                Gap::Word => word,
            });
        }
        text.push_str(&self.end);
        text
    }
}

/// A page with gaps.
#[derive(Clone, Debug)]
pub struct Mould {
    html: Cut,
    policy: Cut,
}

impl Mould {
    /// Of a page that was rendered with a word which stands nowhere else in it.
    fn new(page: &Page, word: &str) -> Self {
        let cut = |text: &str| Cut::new(text, page.nonce(), word);
        Self { html: cut(page.html()), policy: cut(page.policy()) }
    }

    /// The page with a nonce of its own. The word is put in as it is: it may hold letters and digits only.
    fn cast(&self, word: &str) -> Page {
        let nonce = Nonce::new().to_string();
        Page::new(self.html.fill(&nonce, word), self.policy.fill(&nonce, word), nonce)
    }
}

/// The moulds of pages by address, each with what it was rendered from.
pub struct Moulds<K, T>(Mutex<Kept<K, T>>);

/// By address: what the page was rendered from, and the mould.
type Kept<K, T> = HashMap<K, (T, Arc<Mould>)>;

impl<K: std::hash::Hash + Eq, T: PartialEq> Moulds<K, T> {
    /// The page at an address with this word in it. It is rendered only where what it shows is not what it showed last;
    /// `render` gets a word to put where the real one will stand.
    pub fn cast<E>(
        &self,
        at: K,
        shows: T,
        word: &str,
        render: impl FnOnce(&T, &str) -> Result<Page, E>,
    ) -> Result<Page, E> {
        let known = self.kept().get(&at).filter(|(shown, _)| *shown == shows).map(|(_, mould)| mould.clone());
        if let Some(mould) = known {
            return Ok(mould.cast(word));
        }
        let blank = Nonce::new().to_string();
        let mould = Arc::new(Mould::new(&render(&shows, &blank)?, &blank));
        let page = mould.cast(word);
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(at, (shows, mould));
        Ok(page)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept<K, T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, T> Default for Moulds<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn a_text_is_cut_at_every_gap_and_filled_again() {
        let cut = Cut::new("a N b W c W", "N", "W");
        assert_eq!(cut.fill("nonce", "w"), "a nonce b w c w");
        assert_eq!(Cut::new("plain", "N", "").fill("x", "y"), "plain");
    }

    #[test]
    fn a_page_is_rendered_again_only_when_it_shows_something_else_and_never_with_the_same_nonce() {
        let (moulds, rendered) = (Moulds::<&str, u8>::default(), Cell::new(0));
        let page = |shows: u8, word: &str| {
            let made = moulds.cast("/s/A", shows, word, |shows, blank| {
                rendered.set(rendered.get() + 1);
                let html = format!("<style nonce=NONCE></style>{shows}<input value={blank}>");
                Ok::<_, Infallible>(Page::new(html, "style-src NONCE".into(), "NONCE".into()))
            });
            made.unwrap()
        };
        let (first, second) = (page(1, "AAA"), page(1, "BBB"));
        assert_eq!(rendered.get(), 1);
        assert!(
            first.html().ends_with("1<input value=AAA>") && second.html().ends_with("1<input value=BBB>")
        );
        assert!(!first.html().contains("NONCE") && first.policy() == format!("style-src {}", first.nonce()));
        assert_ne!(first.nonce(), second.nonce());
        assert!(page(2, "CCC").html().contains(">2<"), "what has changed is shown");
        assert_eq!(rendered.get(), 2);
    }
}
