//! What a person has to see: records that the server would not take, taps that the phone could not keep, and all that
//! is not in, as text.

use kaishi_domain::device::Cleared;
use kaishi_domain::encounter::RecordKind;
use kaishi_domain::pad::{Act, Journal};
use leptos::prelude::*;

use super::phone::{Line, Phone};
use crate::words::staff::{Pad as Words, Tray};

/// What a person has to see now; most of the time nothing. One view of one kind, because each costs the phone bytes.
pub(super) fn tray(phone: Phone) -> impl IntoView {
    let words = Tray(phone.lang);
    move || {
        let mut seen = Vec::new();
        if !phone.kept.get() {
            seen.push(view! { <p class="unkept" role="alert">{words.unkept()}</p> }.into_any());
        }
        let refused = phone.journal.with(|journal| journal.tray().to_vec());
        if !refused.is_empty() {
            seen.push(view! { <p class="tray" role="alert">{words.title()}</p> }.into_any());
            seen.extend(refused.iter().map(|refused| row(phone, refused).into_any()));
        }
        let stuck =
            !matches!(phone.line.get(), None | Some(Line::Online | Line::Sending)) || !phone.kept.get();
        let left = phone.journal.with(|journal| journal.waiting() + journal.tray().len()) > 0;
        if stuck && left {
            let lines = phone.journal.with(|journal| lines(journal, |at| phone.clock(at)));
            seen.push(as_text(words, lines).into_any());
        }
        seen
    }
}

fn row(phone: Phone, refused: &Cleared) -> impl IntoView + use<> {
    let (record, why) = (&refused.record, refused.why);
    let words = Tray(phone.lang);
    let sign = if record.kind == RecordKind::Plus { "+" } else { "−" };
    let what =
        format!("{} {} {sign}{}", phone.clock(record.at), Words(phone.lang).kind(record.encounter), record.n);
    let button = move |label: &'static str, act: Act| {
        view! { <button type="button" on:click=move |_| phone.act(act.clone())>{label}</button> }
    };
    let clear = |reason: &'static str| button(reason, Act::Clear(record.id.clone(), reason.to_owned()));
    view! {
        <div class="refused">
            <p><b>{what}</b>" "{words.why(why)}</p>
            {button(words.again(), Act::Again(record.id.clone()))}
            {clear(words.mistake())}
            {clear(words.on_paper())}
        </div>
    }
}

/// Everything without a receipt, a line each.
pub(super) fn lines(journal: &Journal, clock: impl Fn(kaishi_domain::Moment) -> String) -> String {
    format!("{}\n{}", journal.device(), journal.text(clock))
}

/// The lines behind a word, so that they take no room.
fn as_text(words: Tray, lines: String) -> impl IntoView {
    view! {
        <details class="text">
            <summary>{words.as_text()}</summary>
            <p>{words.as_text_why()}</p>
            <pre tabindex="0">{lines}</pre>
        </details>
    }
}
