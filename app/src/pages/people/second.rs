//! One's own second factor.

use leptos::prelude::*;

use super::complaint;
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::people::{Own, Second};

/// How far it is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// There is none.
    Off,
    /// Waits for its digits.
    Begun {
        /// The code to scan as an SVG path.
        path: String,
        /// Modules on a side.
        width: usize,
        /// The same to type.
        typed: String,
    },
    /// Proved just now: the codes are shown this once.
    Proved {
        /// For the day on which the phone is lost.
        codes: Vec<String>,
    },
    /// In use.
    On {
        /// How many recovery codes are left.
        left: i64,
    },
}

/// The page; `required`: nothing else opens before it is proved.
pub fn second(desk: &Desk, stage: Stage, required: bool, wrong: Option<&'static str>) -> Page {
    let words = Second(desk.lang);
    section(desk, Section::Own, words.title(), || {
        let must = required.then(|| view! { <p class="complaint">{words.required()}</p> });
        let body = match stage {
            Stage::Off => view! {
                <p class="note">{words.why()}</p>
                <form method="post" action="/o/self/second/begin" class="unit-form">
                    <button type="submit" class="primary">{words.begin()}</button>
                </form>
            }
            .into_any(),
            Stage::Begun { path, width, typed } => begun(words, path, width, typed, wrong).into_any(),
            Stage::Proved { codes } => proved(words, codes).into_any(),
            Stage::On { left } => on(words, Own(desk.lang), left, wrong).into_any(),
        };
        view! {
            <div class="people second">
                <p><a href="/o/self">{words.back()}</a></p>
                <div class="head"><h1>{words.title()}</h1></div>
                {must}
                {body}
            </div>
        }
    })
}

fn begun(
    words: Second,
    path: String,
    width: usize,
    typed: String,
    wrong: Option<&'static str>,
) -> impl IntoView {
    let frame = format!("0 0 {width} {width}");
    view! {
        <ol class="steps">
            <li>
                <p>{words.scan()}</p>
                <svg class="scan" viewBox=frame role="img" aria-label=words.scan_label()>
                    <rect class="paper" width=width height=width/>
                    <path class="ink" d=path/>
                </svg>
                <p class="note">{words.or_type()}" "<code>{typed}</code></p>
            </li>
            <li>
                <p>{words.then_digits()}</p>
                {complaint(wrong)}
                <form method="post" action="/o/self/second/confirm" class="unit-form">
                    <label for="code">{words.digits()}</label>
                    <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"/>
                    <div class="verbs"><button type="submit" class="primary">{words.prove()}</button></div>
                </form>
            </li>
        </ol>
        <form method="post" action="/o/self/second/begin" class="unit-form">
            <button type="submit">{words.again()}</button>
        </form>
    }
}

fn proved(words: Second, codes: Vec<String>) -> impl IntoView {
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <p class="told" role="status">{words.proved()}</p>
        <section class="add">
            <h2>{words.codes()}</h2>
            <p class="note">{words.codes_why()}</p>
            <ul class="codes">{codes}</ul>
            <p><a class="button primary" href="/o/">{words.kept()}</a></p>
        </section>
    }
}

fn on(words: Second, own: Own, left: i64, wrong: Option<&'static str>) -> impl IntoView {
    view! {
        <p><span class="chip open">{words.on()}</span>" "<span class="note">{words.left(left)}</span></p>
        <section class="add">
            <h2>{words.off()}</h2>
            <p class="note">{words.off_why()}</p>
            {complaint(wrong)}
            <form method="post" action="/o/self/second/off" class="unit-form">
                <label for="password">{own.old()}</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256"/>
                <label for="code">{words.digits_or_code()}</label>
                <input id="code" name="code" autocomplete="one-time-code" required maxlength="16"/>
                <div class="verbs"><button type="submit">{words.off()}</button></div>
            </form>
        </section>
    }
}
