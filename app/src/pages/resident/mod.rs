//! Pages for residents: one thing a page, no script, everything inside the page itself.
//! They know what to show and nothing of cookies, tickets' insides or the database.

mod appeal;
pub mod booking;
mod done;
mod extra;
mod market;
mod no;
mod number;
mod queue;
mod quiz;
mod rate;
mod slip;
mod stall;
mod voices;

use leptos::prelude::*;

pub use appeal::{Draft, Wrong, raise};
pub use done::{Done, Outcome, done};
pub use extra::Extra;
pub use market::{Aed, Serving, Square, Standing, market};
pub use no::{No, Retry, no};
pub use number::{Found, poster_number};
pub use queue::{Line, Slip as NumberSlip, Wrong as LineWrong, number, queue};
pub use quiz::{Asked, Card, PassSlip, Quiz, Verdict, card, pass, quiz, told};
pub use rate::RateForm;
pub use slip::{Event, Lookup, Progress, Qr, Slip, lookup, progress, slip};
pub use stall::{Tap, stall};
pub use voices::{Voice, voices};

use crate::document::{Head, Manner, Page, document};
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::resident::Resident;

/// What stands round every resident's page.
#[derive(Clone, Debug)]
pub struct Top {
    /// Language.
    pub lang: Lang,
    /// Text of 30 pixels.
    pub big: bool,
    /// This page's own path, for the switch of text size.
    pub here: String,
    /// `福中社区 党员服务市集`; empty where we do not know whose page it is.
    pub title: String,
    /// Path of the public page.
    pub map: Option<String>,
    /// Path of the appeal form.
    pub appeal: Option<String>,
}

impl Top {
    /// The same path in the same text size.
    pub fn sized(&self, path: &str) -> String {
        if self.big { with(path, "big=1") } else { path.to_owned() }
    }
}

/// Adds a parameter to a path.
fn with(path: &str, parameter: &str) -> String {
    format!("{path}{}{parameter}", if path.contains('?') { '&' } else { '?' })
}

/// A community's name without the committee: `福中社区`.
pub fn community(organization: &str) -> &str {
    organization.strip_suffix("党委").unwrap_or(organization)
}

/// A resident's page.
fn page<V: IntoView + 'static>(site: &Site, top: &Top, title: String, body: impl FnOnce(Lang) -> V) -> Page {
    let head = Head {
        lang: top.lang,
        title,
        manner: Manner::Resident,
        islands: None,
        class: if top.big { "resident big" } else { "resident" },
    };
    document(site, &head, || {
        let (words, common) = (Resident(top.lang), Common(top.lang));
        let (href, label) = if top.big {
            (top.here.clone(), words.normal())
        } else {
            (with(&top.here, "big=1"), words.larger())
        };
        let name = if top.title.is_empty() { common.market().to_owned() } else { top.title.clone() };
        view! {
            <header class="top">
                <p class="brand"><span class="seal" aria-hidden="true">{common.seal()}</span>{name}</p>
                <a class="size" href=href>{label}</a>
            </header>
            <main>{body(top.lang)}</main>
            {emergency(top.lang)}
        }
    })
}

/// The ways on from a page: an appeal, the map.
fn ways(top: &Top) -> impl IntoView + use<> {
    let words = Resident(top.lang);
    let way = |href: &Option<String>, which, label| {
        href.as_deref().map(|href| {
            let href = top.sized(href);
            view! { <a href=href>{icon(which)}<span>{label}</span></a> }
        })
    };
    let (appeal, map) =
        (way(&top.appeal, Icon::Speech, words.appeal()), way(&top.map, Icon::Map, words.map()));
    (appeal.is_some() || map.is_some()).then(|| view! { <nav class="ways">{appeal}{map}</nav> })
}

/// What everybody is told now.
fn news(lines: &[String]) -> impl IntoView + use<> {
    lines.iter().cloned().map(|line| view! { <p class="kind told">{line}</p> }).collect_view()
}

fn emergency(lang: Lang) -> impl IntoView {
    let words = Resident(lang);
    let line = [("110", words.police()), ("119", words.fire()), ("120", words.ambulance())]
        .map(|(number, what)| {
            let href = format!("tel:{number}");
            view! { <a href=href><b>{number}</b>" "{what}</a> }
        })
        .collect_view();
    view! { <footer class="emergency" aria-label=words.emergency()>{line}</footer> }
}

/// Where to go: a list of stalls with number, name and first service.
fn onward(top: &Top, signs: &[kaishi_domain::poster::Sign]) -> impl IntoView + use<> {
    let rows = signs
        .iter()
        .map(|sign| {
            let href = top.map.as_deref().map(|map| format!("{}#stall-{}", top.sized(map), sign.no));
            let (no, name) = (sign.no.clone(), sign.name.clone());
            let what = sign.services.first().cloned().unwrap_or_else(|| sign.unit.clone());
            view! {
                <li>
                    <a href=href>
                        <span class="no">{no}</span>
                        <span class="what"><b>{name}</b><span>{what}</span></span>
                        {icon(Icon::Chevron)}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="onward">{rows}</ul> }
}
