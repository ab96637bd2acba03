//! 诉求 at the stall in two taps: open the sheet, press a kind. Words are optional.

use kaishi_domain::appeal::{Category, MAX_WORDS};
use leptos::prelude::*;

use super::phone::Phone;
use super::{Setup, browser};
use crate::calls::tally::tally_appeal;
use crate::fault::Fault;
use crate::parts::{Area, Icon, icon, textarea};
use crate::words::appeal::Categories;
use crate::words::staff::Pad as Words;

/// What the last press led to.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    Nothing,
    /// The code, and whether it is settled.
    Raised(String, bool),
    Failed,
    /// There was no network; nothing is kept on the phone.
    Away,
}

/// What the sheet's pieces share.
#[derive(Clone, Copy)]
struct Sheet {
    phone: Phone,
    words: RwSignal<String>,
    nonce: RwSignal<String>,
    outcome: RwSignal<Outcome>,
    /// Raised here and settled.
    counts: RwSignal<(i64, i64)>,
    busy: RwSignal<bool>,
}

impl Sheet {
    fn raise(self, category: Category, settled: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let (words, nonce) = (self.words.get_untracked(), self.nonce.get_untracked());
        browser::run(Box::pin(async move {
            match tally_appeal(self.phone.token(), category, words, settled, nonce, self.phone.device()).await
            {
                Ok(code) => {
                    browser::vibrate();
                    browser::clear("words");
                    self.words.set(String::new());
                    self.nonce.set(browser::fresh());
                    self.counts.update(|(raised, done)| {
                        *raised += 1;
                        *done += i64::from(settled);
                    });
                    self.outcome.set(Outcome::Raised(code, settled));
                }
                // The nonce stays: pressed again it is the same appeal.
                Err(Fault::Unreachable(_)) => self.outcome.set(Outcome::Away),
                Err(_) => self.outcome.set(Outcome::Failed),
            }
            self.busy.set(false);
        }));
    }
}

/// The button and the sheet that it opens; without script it is the same, and each kind is a form's button.
pub(super) fn sheet(phone: Phone, setup: &Setup) -> impl IntoView + use<> {
    let words = Words(phone.lang);
    let outcome = match &setup.raised {
        Some((code, settled)) => Outcome::Raised(code.clone(), *settled),
        None => Outcome::Nothing,
    };
    let open = outcome != Outcome::Nothing;
    let sheet = Sheet {
        phone,
        words: RwSignal::new(String::new()),
        nonce: RwSignal::new(setup.nonce.clone()),
        outcome: RwSignal::new(outcome),
        counts: RwSignal::new(setup.appeals),
        busy: RwSignal::new(false),
    };
    let action = format!("/staff/{}/appeal", setup.token);
    let area = Area {
        name: "words",
        id: Some("words"),
        rows: 2,
        most: MAX_WORDS,
        hint: words.words(),
        ..Area::default()
    };
    view! {
        <details class="plea" open=open>
            <summary>
                <span class="to">{icon(Icon::Speech)}{words.appeal()}</span>
                <span class="back">{icon(Icon::Undo)}{words.close()}</span>
                <small>{move || here(sheet)}</small>
            </summary>
            <form class="sheet" method="post" action=action on:submit=|event| event.prevent_default()>
                <input type="hidden" name="nonce" value=setup.nonce.clone()/>
                <h2>{words.appeal_title()}</h2>
                <p class="note">{words.not_kept()}</p>
                <div aria-live="polite">{move || told(sheet)}</div>
                <div class="words" on:input=move |event| sheet.words.set(event_target_value(&event))>
                    <label for="words" class="hidden">{words.words()}</label>
                    {textarea(area)}
                </div>
                <ul>{Category::ALL.map(|category| row(sheet, category)).collect_view()}</ul>
            </form>
        </details>
    }
}

fn here(sheet: Sheet) -> String {
    let (raised, settled) = sheet.counts.get();
    let words = Words(sheet.phone.lang);
    format!("{} {raised} · {} {settled}", words.here(), words.here_settled())
}

fn told(sheet: Sheet) -> AnyView {
    let words = Words(sheet.phone.lang);
    match sheet.outcome.get() {
        Outcome::Nothing => ().into_any(),
        failed @ (Outcome::Failed | Outcome::Away) => {
            let text = if failed == Outcome::Away { words.away() } else { words.not_raised() };
            view! { <p class="failed">{text}</p> }.into_any()
        }
        Outcome::Raised(code, settled) => {
            let href = format!("/a/{code}?new=1");
            let slip = code.rsplit('-').next().unwrap_or_default().to_owned();
            view! {
                <p class="told">
                    {icon(Icon::Check)}
                    <span>{if settled { words.settled() } else { words.raised() }}" "<b>{slip}</b></span>
                    <a href=href>{words.show()}</a>
                </p>
            }
            .into_any()
        }
    }
}

fn row(sheet: Sheet, category: Category) -> impl IntoView {
    let words = Words(sheet.phone.lang);
    let name = Categories(sheet.phone.lang).name(category);
    let button = move |settled: bool, label: &'static str, class: &'static str| {
        let value = format!("{}:{}", if settled { "settle" } else { "raise" }, category.code());
        let press = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            sheet.raise(category, settled);
        };
        view! {
            <button type="submit" name="act" value=value class=class on:click=press>
                <span class="hidden">{name}" "</span>{label}
            </button>
        }
    };
    view! {
        <li>
            <b aria-hidden="true">{name}</b>
            {button(false, words.raise(), "pass")}
            {button(true, words.settle(), "done")}
        </li>
    }
}
