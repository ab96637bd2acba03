//! Booking by the hour, for residents: what there is, which hours are free, one look before it is booked, and the page
//! behind the code.

mod slip;

use axum::http::StatusCode;
use kaishi_domain::booking::Resource;
use kaishi_domain::queue::Standing;
use leptos::prelude::*;

pub use slip::{Slip, slip};

use super::{Top, page};
use crate::document::Page;
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::booking::Booking as Words;

/// Something that can be booked, in the list.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it is.
    pub resource: Resource,
    /// `/b/{ORG}/{RESOURCE}`
    pub path: String,
    /// `今天 14:00`: the next slot with a place left.
    pub next: Option<String>,
}

/// The form that finds a booking by its code.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What was typed.
    pub typed: String,
    /// What is wrong with it, and how that is answered.
    pub wrong: Option<(StatusCode, &'static str)>,
}

/// The list, at `/b/{ORG}`.
pub fn offers(site: &Site, top: &Top, offers: Vec<Offer>, find: Find) -> Page {
    let words = Words(top.lang);
    let status = find.wrong.map_or(StatusCode::OK, |(status, _)| status);
    page(site, top, words.title().to_owned(), |_| {
        let none = offers.is_empty().then(|| view! { <p class="kind">{words.none()}</p> });
        let rows = offers.iter().map(|offer| row(words, top, offer)).collect_view();
        view! {
            <h1 class="title">{words.title()}</h1>
            <p class="note left">{words.why()}</p>
            {none}
            <ul class="onward">{rows}</ul>
            {look_up(words, top, &find)}
        }
    })
    .status(status)
}

fn row(words: Words, top: &Top, offer: &Offer) -> impl IntoView + use<> {
    let resource = &offer.resource;
    let place = (!resource.place.is_empty()).then(|| view! { <span>{resource.place.clone()}</span> });
    let next = match (&offer.next, resource.standing) {
        (_, Standing::Closed | Standing::Off) => words.closed().to_owned(),
        (Some(next), _) => format!("{} {next}", words.free_day()),
        (None, _) => words.full().to_owned(),
    };
    view! {
        <li>
            <a href=top.sized(&offer.path)>
                <span class="what"><b>{resource.name.clone()}</b><span>{words.kind(resource.kind)}</span>{place}<span>{next}</span></span>
                {icon(Icon::Chevron)}
            </a>
        </li>
    }
}

fn look_up(words: Words, top: &Top, find: &Find) -> impl IntoView + use<> {
    let wrong = find.wrong.map(|(_, text)| view! { <p class="wrong" role="alert">{text}</p> });
    view! {
        <form class="find" method="get" action=format!("{}/code", top.here)>
            {wrong}
            <label for="code">{words.have_code()}</label>
            <input id="code" name="code" value=find.typed.clone() required maxlength="12" autocomplete="off"
                autocapitalize="characters" spellcheck="false"/>
            {top.big.then(|| view! { <input type="hidden" name="big" value="1"/> })}
            <button type="submit">{words.find()}</button>
        </form>
    }
}

/// What a day has to give.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fill {
    /// A place is left.
    Free,
    /// None is left.
    Full,
    /// It is not open then, or no more.
    Shut,
}

/// A day to choose.
#[derive(Clone, Debug)]
pub struct DayChoice {
    /// `5月13日`
    pub label: String,
    /// `星期六`
    pub weekday: String,
    /// Its page.
    pub path: String,
    /// What it has.
    pub fill: Fill,
    /// It is shown.
    pub here: bool,
}

/// A slot to choose.
#[derive(Clone, Debug)]
pub struct SlotChoice {
    /// `09:00–10:00`
    pub label: String,
    /// Where it is booked.
    pub path: String,
    /// Places that are left.
    pub left: i64,
}

/// What the page of a resource shows.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The resource.
    pub resource: Resource,
    /// The days on which somebody may book.
    pub days: Vec<DayChoice>,
    /// `5月13日 星期六`: the one that is shown.
    pub day: String,
    /// Its slots that have not begun.
    pub slots: Vec<SlotChoice>,
    /// What this phone has booked: when, and the page of the booking.
    pub mine: Vec<(String, String)>,
    /// Why the last tap booked nothing.
    pub wrong: Option<String>,
}

/// The page of a resource.
pub fn choice(site: &Site, top: &Top, choice: Choice) -> Page {
    let words = Words(top.lang);
    let status = if choice.wrong.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    page(site, top, choice.resource.name.clone(), |_| {
        let resource = &choice.resource;
        let wrong = choice.wrong.clone().map(|text| view! { <p class="wrong" role="alert">{text}</p> });
        let place =
            (!resource.place.is_empty()).then(|| view! { <p class="which">{resource.place.clone()}</p> });
        let body = if resource.standing == Standing::Open {
            view! {
                <h2>{format!("{} · {}", words.choose_slot(), choice.day)}</h2>
                {slots(words, top, &choice.slots)}
                <h2>{words.choose_day()}</h2>
                <ul class="days">{choice.days.iter().map(|day| day_link(words, top, day)).collect_view()}</ul>
            }
            .into_any()
        } else {
            view! { <p class="kind">{words.closed()}"。"{words.closed_why()}</p> }.into_any()
        };
        view! {
            <h1 class="title">{resource.name.clone()}</h1>
            {place}
            {wrong}
            {mine(words, top, &choice.mine)}
            {body}
            {rules(words, resource)}
        }
    })
    .status(status)
}

fn mine(words: Words, top: &Top, mine: &[(String, String)]) -> impl IntoView + use<> {
    let rows =
        mine.iter().map(|(when, path)| view! { <a href=top.sized(path)>{when.clone()}</a> }).collect_view();
    (!mine.is_empty()).then(|| view! { <h2>{words.mine()}</h2><nav class="ways">{rows}</nav> })
}

fn day_link(words: Words, top: &Top, day: &DayChoice) -> impl IntoView + use<> {
    let fill = match day.fill {
        Fill::Free => words.free_day(),
        Fill::Full => words.full(),
        Fill::Shut => words.shut(),
    };
    let (label, weekday, mark) = (day.label.clone(), day.weekday.clone(), day.here.then_some("page"));
    let inside = view! { <b>{label}</b><span>{weekday}</span><span>{fill}</span> };
    match day.fill {
        Fill::Shut => view! { <li class="none">{inside}</li> }.into_any(),
        _ => view! { <li><a href=top.sized(&day.path) aria-current=mark>{inside}</a></li> }.into_any(),
    }
}

fn slots(words: Words, top: &Top, slots: &[SlotChoice]) -> impl IntoView + use<> {
    let none = slots.is_empty().then(|| view! { <p class="kind">{words.shut()}</p> });
    let rows = slots
        .iter()
        .map(|slot| {
            let label = slot.label.clone();
            match slot.left {
                0 => view! { <li class="none"><b>{label}</b><span>{words.full()}</span></li> }.into_any(),
                left => view! { <li><a href=top.sized(&slot.path)><b>{label}</b><span>{words.left(left)}</span></a></li> }
                    .into_any(),
            }
        })
        .collect_view();
    view! { {none} <ul class="days">{rows}</ul> }
}

/// How it is booked, and what the no-show rule hangs on.
fn rules(words: Words, resource: &Resource) -> impl IntoView + use<> {
    let terms = &resource.terms;
    let rule = terms.no_show.map(|rule| {
        view! {
            <li>{words.no_show(rule)}</li>
            <li>{words.mark_why()}" "{words.mark_what()}</li>
            <li>{words.mark_end()}" "{words.mark_gone()}</li>
        }
    });
    view! {
        <h2>{words.rules()}</h2>
        <ul class="rules">
            <li>{words.minutes(terms.minutes)}</li>
            <li>{words.each(terms.each)}</li>
            <li>{words.cutoff(terms.cutoff)}</li>
            {rule}
            <li>{words.mark_desk()}</li>
        </ul>
    }
}

/// One look before it is booked.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// The resource.
    pub resource: Resource,
    /// `5月13日 星期六`, and `09:00–10:00` on a line of its own.
    pub when: String,
    /// Where the form goes.
    pub path: String,
    /// The sealed ticket of the form.
    pub ticket: String,
    /// The page of the resource.
    pub back: String,
    /// The form was too old.
    pub stale: bool,
}

/// The page before booking.
pub fn confirm(site: &Site, top: &Top, confirm: Confirm) -> Page {
    let words = Words(top.lang);
    let status = if confirm.stale { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(site, top, format!("{} · {}", words.book(), confirm.resource.name), |_| {
        let wrong = confirm.stale.then(|| view! { <p class="wrong" role="alert">{words.stale()}</p> });
        let place = &confirm.resource.place;
        let place = (!place.is_empty()).then(|| view! { <p class="which">{place.clone()}</p> });
        view! {
            <h1 class="title">{confirm.resource.name.clone()}</h1>
            {place}
            {wrong}
            <section class="now"><p class="standing">{confirm.when.clone()}</p><p>{words.sure()}</p></section>
            <form method="post" action=top.sized(&confirm.path)>
                <input type="hidden" name="ticket" value=confirm.ticket.clone()/>
                <button class="go" type="submit">{words.book()}</button>
            </form>
            <a class="go calm" href=top.sized(&confirm.back)>{words.back()}</a>
            {rules(words, &confirm.resource)}
        }
    })
    .status(status)
}
