//! What staff do at a stall besides counting, without script: calling numbers, redeeming slips.

use axum::http::StatusCode;
use kaishi_domain::queue::{Number, Queue, Standing, State};
use leptos::prelude::*;

use super::staff::head;
use crate::document::{Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::queue::{Desk as Words, Queue as QueueWords};
use crate::words::quiz::Redeem as RedeemWords;

/// A queue as its staff see it.
#[derive(Clone, Debug)]
pub struct Calling {
    /// `/staff/{TOKEN}`
    pub base: String,
    /// `12 急救课堂`
    pub stall: String,
    /// The queue; `None` where the stall has none.
    pub queue: Option<Queue>,
    /// The numbers that wait, first first, and those that are called.
    pub living: Vec<Number>,
    /// Why the last button did nothing.
    pub wrong: Option<&'static str>,
}

/// The page.
pub fn calling(site: &Site, lang: Lang, calling: Calling) -> Page {
    let words = Words(lang);
    let wrong = calling.wrong;
    let title = format!("{} · {}", words.title(), calling.stall);
    let fresh = calling.queue.is_some();
    let page = document(site, &head(lang, title, None, "staff counter"), || {
        let Calling { base, stall, queue, living, wrong } = calling;
        let back = base.clone();
        let body = match queue {
            Some(queue) => desk(lang, &format!("{base}/queue"), queue, &living).into_any(),
            None => view! { <p class="big">{words.off()}</p><p>{words.off_why()}</p> }.into_any(),
        };
        view! {
            <main>
                <p class="brand"><a href=back>{words.back()}</a><span>{stall}</span></p>
                <h1>{words.title()}</h1>
                {wrong.map(|text| view! { <p class="wrong" role="alert">{text}</p> })}
                {body}
            </main>
        }
    });
    match wrong {
        Some(_) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        None if fresh => page.refresh(15),
        None => page,
    }
}

fn desk(lang: Lang, action: &str, queue: Queue, living: &[Number]) -> impl IntoView + use<> {
    let words = Words(lang);
    let called: Vec<Number> =
        living.iter().filter(|one| matches!(one.state, State::Called { .. })).copied().collect();
    let waiting: Vec<Number> = living.iter().filter(|one| one.state.place().is_some()).copied().collect();
    let room = i64::try_from(called.len()).unwrap_or(i64::MAX) < queue.terms.capacity;
    let none = called.is_empty().then(|| view! { <p class="quiet">{words.nobody_called()}</p> });
    let rows = called.into_iter().map(|one| turn(lang, action, queue.steps, &one)).collect_view();
    let line = if waiting.is_empty() {
        view! { <p class="quiet">{words.nobody()}</p> }.into_any()
    } else {
        let numbers = waiting.iter().map(|one| view! { <li>{one.number}</li> }).collect_view();
        view! { <ol class="line-up">{numbers}</ol> }.into_any()
    };
    let call =
        (room && !waiting.is_empty()).then(|| form(action, queue.steps, "call".into(), words.call(), "go"));
    let turn = match queue.standing {
        Standing::Open => form(action, queue.steps, "close".into(), words.close(), "calm"),
        _ => form(action, queue.steps, "open".into(), words.open(), "calm"),
    };
    let closed =
        (queue.standing == Standing::Closed).then(|| view! { <p class="quiet">{words.is_closed()}</p> });
    let away = (queue.turned_away > 0)
        .then(|| view! { <p class="quiet">{words.away()}" "<b>{queue.turned_away}</b></p> });
    view! {
        {call}
        <section><h2>{words.in_turn()}</h2>{none}<ul class="turns">{rows}</ul></section>
        <section><h2>{words.waiting()}" "<small>{waiting.len()}</small></h2>{line}</section>
        <section>{closed}{away}{turn}<p class="quiet">{words.once()}</p></section>
    }
}

fn turn(lang: Lang, action: &str, steps: i64, one: &Number) -> impl IntoView + use<> {
    let words = Words(lang);
    let again = matches!(one.state, State::Called { missed: true, .. })
        .then(|| view! { <span class="quiet">{words.last()}</span> });
    view! {
        <li>
            <b>{QueueWords(lang).number(one.number)}</b>{again}
            <div class="verbs">
                {form(action, steps, format!("served:{}", one.code), words.here(), "yes")}
                {form(action, steps, format!("missed:{}", one.code), words.missed(), "calm")}
            </div>
        </li>
    }
}

/// One button. It carries what the page showed, so that pressed twice it does one thing.
fn form(
    action: &str,
    steps: i64,
    act: String,
    label: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="seen" value=steps.to_string()/>
            <button type="submit" name="act" value=act class=class>{label}</button>
        </form>
    }
}

/// What staff see of redeeming.
#[derive(Clone, Debug)]
pub struct Redeeming {
    /// `/staff/{TOKEN}`
    pub base: String,
    /// `10 啡你莫属`
    pub stall: String,
    /// What was typed.
    pub typed: String,
    /// What became of it: done, or why not.
    pub told: Option<Result<String, String>>,
}

/// The page.
pub fn redeeming(site: &Site, lang: Lang, view: Redeeming) -> Page {
    let words = RedeemWords(lang);
    let wrong = matches!(view.told, Some(Err(_)));
    let title = format!("{} · {}", words.title(), view.stall);
    let page = document(site, &head(lang, title, None, "staff counter"), || {
        let told = view.told.map(|told| match told {
            Ok(text) => view! { <p class="told" role="status">{text}</p> }.into_any(),
            Err(text) => view! { <p class="wrong" role="alert">{text}</p> }.into_any(),
        });
        view! {
            <main>
                <p class="brand"><a href=view.base.clone()>{Words(lang).back()}</a><span>{view.stall}</span></p>
                <h1>{words.title()}</h1>
                {told}
                <form method="post" action=format!("{}/redeem", view.base)>
                    <label for="code">{words.code()}</label>
                    <input id="code" name="code" value=view.typed required maxlength="12" autocomplete="off"
                        autocapitalize="characters" spellcheck="false"/>
                    <button type="submit" class="go">{words.press()}</button>
                </form>
            </main>
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}
