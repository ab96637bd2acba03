//! The +1 pad of a staff phone. It counts on pointer-down, keeps every tap until its receipt, and is a plain
//! form for a browser without script.

mod browser;
pub mod left;
mod phone;
mod plea;
pub mod told;
mod tray;

use kaishi_domain::Moment;
use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::Journal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::islands::fresh::Fresh;
use crate::parts::{Icon, icon};
use crate::words::Lang;
use crate::words::staff::Pad as Words;
pub use left::Left;
use phone::{Line, Phone, Stop};

/// What the pad stands for and starts from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// The signed link; for a supervisor's phone with the stall, `TOKEN~STALL`.
    pub token: String,
    /// What the server calls this phone, if it was enrolled with a PIN.
    pub device: Option<String>,
    /// Language.
    pub lang: Lang,
    /// Number of the stall.
    pub no: String,
    /// Name on its sign.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The kind that is chosen at first.
    pub kind: Kind,
    /// The stall's figures and this phone's last taps.
    pub journal: Journal,
    /// Appeals raised at this stall, and how many of them are settled.
    pub appeals: (i64, i64),
    /// The server's time.
    pub now: Moment,
    /// The beginning of the market's day.
    pub midnight: Moment,
    /// Makes a resent form the same tap or appeal.
    pub nonce: String,
    /// The code of the appeal that a plain form has just raised, and whether it is settled.
    pub raised: Option<(String, bool)>,
}

/// The pad.
#[island]
pub fn Pad(setup: Setup) -> impl IntoView {
    let phone = Phone::new(&setup);
    phone.wake();
    let words = Words(setup.lang);
    let action = |verb: &str| format!("/staff/{}/{verb}", setup.token);
    let undo_of = setup.journal.undoable(setup.now).map(|tap| tap.id.clone());
    Fresh::new(view! {
        {state_line(phone)}
        <div class="pad">
            {sign(phone, &setup)}
            <form method="post" action=action("tap") id="tap" on:submit=|event| event.prevent_default()>
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
                {kinds(phone, setup.kind)}
                {key(phone, 1, "key plus")}
            </form>
            <form method="post" action=action("undo") id="undo" on:submit=|event| event.prevent_default()>
                <input type="hidden" name="of" value=undo_of/>
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
            </form>
            <div class="row">{key(phone, 5, "key")} {key(phone, 10, "key")} {undo(phone)}</div>
            <div class="seen">{tray::tray(phone)}</div>
            {plea::sheet(phone, &setup)}
            <ol class="last" aria-label=words.last()>{move || last(phone)}</ol>
        </div>
    })
}

/// Online, sending or offline: always in the same place.
fn state_line(phone: Phone) -> impl IntoView {
    let words = Words(phone.lang);
    let text = move || {
        let waiting = phone.journal.with(Journal::waiting);
        let count = phone.lang.pick(format!("{waiting} 条待上传"), format!("{waiting} waiting"));
        let count_or = |none: &str| if waiting == 0 { none.to_owned() } else { count.clone() };
        match phone.line.get() {
            None => ("plain", words.title(), words.plain().to_owned()),
            Some(Line::Online) => ("online", words.online(), count_or(words.all_sent())),
            Some(Line::Sending) => ("online", words.sending(), count),
            Some(Line::Offline) => ("offline", words.offline(), count_or(words.keep_tapping())),
            Some(Line::Stopped(why)) => ("stopped", stopped(words, why), count_or(words.ask_desk())),
        }
    };
    let calm = move || {
        let waits = phone.journal.with(Journal::waiting) > 0;
        match phone.line.get() {
            Some(Line::Offline) if waits => words.keep_tapping(),
            Some(Line::Stopped(_)) if waits => words.ask_desk(),
            _ => "",
        }
    };
    view! {
        <p class=move || format!("line {}", text().0) role="status">
            <span class="dot" aria-hidden="true"></span>
            <b>{move || text().1}</b>
            <span class="how">{move || text().2}</span>
            <span class="calm">{calm}</span>
        </p>
    }
}

const fn stopped(words: Words, why: Stop) -> &'static str {
    match why {
        Stop::Revoked => words.stopped(),
        Stop::Over => words.over(),
        Stop::Pin => words.asks_pin(),
    }
}

fn sign(phone: Phone, setup: &Setup) -> impl IntoView + use<> {
    let words = Words(phone.lang);
    let (no, name, unit) = (setup.no.clone(), setup.name.clone(), setup.unit.clone());
    let talks = move || {
        let talks = phone.journal.with(Journal::today).talks;
        (talks != 0).then(|| format!("{} {talks}", words.talks()))
    };
    view! {
        <header class="sign">
            <span class="no">{no}</span>
            <h1>{name}<small>{unit}</small></h1>
            <p class="today">
                <span>{words.today()}</span>
                <b>{move || phone.journal.with(Journal::today).served}</b>
                <small>{talks}</small>
            </p>
        </header>
    }
}

fn kinds(phone: Phone, chosen: Kind) -> impl IntoView {
    let words = Words(phone.lang);
    let choices = Kind::ALL
        .map(|kind| {
            let id = format!("kind-{}", kind.code());
            view! {
                <input type="radio" name="kind" id=id.clone() value=kind.code() checked=kind == chosen
                    on:change=move |_| phone.kind.set(kind)/>
                <label for=id>{words.kind(kind)}</label>
            }
        })
        .collect_view();
    view! { <fieldset class="kinds"><legend class="hidden">{words.kinds()}</legend>{choices}</fieldset> }
}

/// A key of `n` people. A pointer counts when it goes down; a keyboard's click has no pointer and counts too.
fn key(phone: Phone, n: i64, class: &'static str) -> impl IntoView {
    let down = move |event: leptos::ev::PointerEvent| {
        if event.button() == 0 {
            phone.tap(n);
        }
    };
    let click = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if event.detail() == 0 {
            phone.tap(n);
        }
    };
    let words = Words(phone.lang);
    view! {
        <button type="submit" form="tap" name="n" value=n class=class on:pointerdown=down on:click=click
            on:contextmenu=|event| event.prevent_default()>
            <b>{format!("+{n}")}</b>
            {(n == 1).then(|| view! { <span>{words.plus()}</span> })}
        </button>
    }
}

fn undo(phone: Phone) -> impl IntoView {
    let words = Words(phone.lang);
    let named = move || phone.undoable().map(|n| format!("{} +{n}", words.undo()));
    let click = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        phone.undo();
    };
    view! {
        <button type="submit" form="undo" class="key undo" disabled=move || named().is_none() on:click=click>
            {icon(Icon::Undo)}
            <span>{move || named().unwrap_or_else(|| words.undo().to_owned())}</span>
        </button>
    }
}

fn last(phone: Phone) -> impl IntoView {
    let words = Words(phone.lang);
    let rows = phone.journal.with(|journal| journal.last().to_vec());
    rows.into_iter()
        .map(|tap| {
            let (time, undone) = (phone.clock(tap.at), tap.undone);
            let mark = undone.then(|| view! { <span class="hidden">{words.undone()}</span> });
            view! { <li class:undone=undone>{time}" "<b>{format!("+{}", tap.n)}</b>{mark}</li> }
        })
        .collect_view()
}
