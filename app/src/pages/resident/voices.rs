//! What the community has made public of what was raised, and the way to raise something from anywhere.

use kaishi_domain::appeal::Category;
use leptos::prelude::*;

use super::{Top, page};
use crate::document::Page;
use crate::state::Site;
use crate::words::appeal::Categories;
use crate::words::desk::Voices as Words;

/// One public copy.
#[derive(Clone, Debug)]
pub struct Voice {
    /// What kind.
    pub category: Category,
    /// What everybody reads.
    pub body: String,
    /// Where it stands, in a few words.
    pub standing: String,
    /// `5月13日`
    pub raised: String,
    /// How many others raised the same.
    pub echoes: i64,
}

/// The page.
pub fn voices(site: &Site, top: &Top, say: &str, voices: Vec<Voice>) -> Page {
    let words = Words(top.lang);
    page(site, top, words.title().to_owned(), |lang| {
        let none = voices.is_empty().then(|| view! { <p class="note left">{words.none()}</p> });
        let rows = voices
            .into_iter()
            .map(|voice| {
                let echoes = (voice.echoes > 0).then(|| format!(" +{}", voice.echoes));
                view! {
                    <li>
                        <span>{voice.raised}" "{Categories(lang).name(voice.category)}{echoes}</span>
                        <b>{voice.body}</b>
                        <span class="stands">{voice.standing}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h1 class="title">{words.title()}</h1>
            <p class="note left">{words.why()}</p>
            {none}
            <ol class="history voices">{rows}</ol>
            <p><a class="go calm" href=top.sized(say)>{words.say()}</a></p>
        }
    })
}
