//! The page after the tap: unmistakable, and never colour alone.

use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::extra::{Extra, extras};
use super::{Top, onward, page, ways};
use crate::document::Page;
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::quiz::Quiz;
use crate::words::resident::Done as Words;

/// What the ledger holds of this visit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// This form was counted.
    Counted,
    /// An earlier one was, today, at this stall.
    Again,
    /// It was counted and taken back.
    TakenBack,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Done {
    /// What happened.
    pub outcome: Outcome,
    /// Where.
    pub sign: Sign,
    /// `10:42`, when it was counted.
    pub clock: String,
    /// How many people.
    pub n: i64,
    /// Numbers of the stalls where this visitor was today, in order.
    pub stamps: Vec<String>,
    /// How many stalls there are to visit.
    pub stalls: usize,
    /// Where to go next.
    pub onward: Vec<Sign>,
    /// Path and ticket of the form that takes it back, while that is possible.
    pub take_back: Option<(String, String)>,
    /// What else leads on from here.
    pub extra: Vec<Extra>,
}

/// Empty places beside the stamps, so that a row looks like a card.
const CARD: usize = 6;

/// The page after the tap.
pub fn done(site: &Site, top: &Top, done: &Done) -> Page {
    let words = Words(top.lang);
    let (class, word, why) = match done.outcome {
        Outcome::Counted => ("band", words.counted(), words.once()),
        Outcome::Again => ("band", words.again(), words.again_why()),
        Outcome::TakenBack => ("band back", words.taken_back(), words.taken_back_why()),
    };
    let title = format!("{word} · {}", words.where_served(&done.sign.no, &done.sign.name));
    page(site, top, title, |lang| {
        let when = format!("{} · {}", done.clock, words.people(done.n));
        let mark = if done.outcome == Outcome::TakenBack { Icon::Undo } else { Icon::Check };
        view! {
            <div class=class role="status">
                <span class="ring">{icon(mark)}</span>
                <div>
                    <h1>{word}</h1>
                    <p><b>{words.where_served(&done.sign.no, &done.sign.name)}</b></p>
                    <p>{when}</p>
                </div>
            </div>
            <p class="note left">{why}</p>
            {stamps(lang, &done.stamps, done.stalls)}
            {extras(top, &done.extra)}
            {(!done.onward.is_empty()).then(|| view! { <h2>{words.onward()}</h2> {onward(top, &done.onward)} })}
            {ways(top)}
            {done.take_back.clone().map(|(action, ticket)| view! {
                <form method="post" action=top.sized(&action) class="undo">
                    <input type="hidden" name="ticket" value=ticket/>
                    <button class="link" type="submit">{words.take_back()}</button>
                </form>
            })}
        }
    })
}

fn stamps(lang: Lang, stamps: &[String], stalls: usize) -> impl IntoView + use<> {
    let words = Words(lang);
    let (count, free) = (stamps.len(), CARD.min(stalls).saturating_sub(stamps.len()));
    let got = stamps.iter().cloned().map(|no| view! { <li>{no}</li> }).collect_view();
    let open = (0..free).map(|_| view! { <li class="open" aria-hidden="true"></li> }).collect_view();
    (count > 0).then(|| {
        view! {
            <h2>{words.stamps()}" "<small>{Quiz(lang).been(count)}</small></h2>
            <ol class="stamps">{got}{open}</ol>
        }
    })
}
