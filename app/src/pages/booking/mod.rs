//! Booking by the hour at the desk: who comes today, booking for somebody, and the places that can be booked.

mod place;

use axum::http::StatusCode;
use kaishi_domain::booking::{Booking, Resource};
use kaishi_domain::queue::{Standing, State};
use leptos::prelude::*;

pub use place::{Fields, Form, Listed, form, list};

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::booking::Desk as Words;

/// A booking with its time as it is read.
pub type Line = (Booking, String);

/// A resource on a day.
#[derive(Clone, Debug)]
pub struct Room {
    /// The resource.
    pub resource: Resource,
    /// Its bookings of the day.
    pub lines: Vec<Line>,
    /// Its slots with a place left that are not over: the value of the field, and `09:00–10:00`.
    pub free: Vec<(String, String)>,
}

/// What the desk shows.
#[derive(Clone, Debug)]
pub struct View {
    /// `2023-05-13`
    pub day: String,
    /// `5月13日 星期六`
    pub title: String,
    /// The days beside it, and today.
    pub beside: [String; 3],
    /// What can be booked, and what was booked before it was taken from the list.
    pub rooms: Vec<Room>,
    /// The page that residents see.
    pub public: String,
    /// Makes a form that is sent twice one booking.
    pub nonce: String,
    /// A booking that was just made.
    pub made: Option<String>,
    /// Why the last button did nothing.
    pub wrong: Option<String>,
}

/// The page.
pub fn desk(frame: &Desk, view: View) -> Page {
    let (words, may_change) = (Words(frame.lang), frame.may_change);
    let status = if view.wrong.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    section(frame, Section::Season, words.title(), move || {
        let day = |day: &str| format!("/o/bookings?day={day}");
        let [before, today, after] = &view.beside;
        let wrong = view.wrong.clone().map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let made = view.made.clone().map(|code| {
            view! { <p class="told good" role="status">{words.booked()}" "<b class="booking-code">{code}</b></p> }
        });
        let none = view.rooms.is_empty().then(|| view! { <p class="note">{words.nothing()}</p> });
        let rooms = view.rooms.iter().map(|room| room_view(words, may_change, &view, room)).collect_view();
        view! {
            <div class="roster labelled bookings">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <a class="button" href="/o/resources">{words.manage()}</a>
                    <a class="button" href=view.public.clone()>{words.public()}</a>
                </div>
                <p class="note">{words.why()}</p>
                <nav class="views" aria-label=words.time()>
                    <a href=day(before)>{words.before()}</a>
                    <a href=day(today) aria-current=(*today == view.day).then_some("page")>{words.today()}</a>
                    <a href=day(after)>{words.after()}</a>
                </nav>
                <h2>{view.title.clone()}</h2>
                {made}
                {wrong}
                {none}
                {rooms}
            </div>
        }
    })
    .status(status)
}

fn room_view(words: Words, may_change: bool, view: &View, room: &Room) -> impl IntoView + use<> {
    let none = room.lines.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = room.lines.iter().map(|line| row(words, may_change, &view.day, line)).collect_view();
    let table = (!room.lines.is_empty()).then(|| {
        view! {
            <table class="season units entries">
                <thead><tr>
                    <th scope="col">{words.time()}</th>
                    <th scope="col">{words.code()}</th>
                    <th scope="col">{words.standing()}</th>
                    {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.came()}</span></th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let form = (may_change && room.resource.standing == Standing::Open).then(|| book(words, view, room));
    view! {
        <section>
            <h2>{room.resource.name.clone()}</h2>
            {none}
            {table}
            {form}
        </section>
    }
}

fn row(words: Words, may_change: bool, day: &str, (booking, when): &Line) -> impl IntoView + use<> {
    let acts: &[(&str, &'static str)] = match booking.state {
        State::Waiting { .. } | State::Called { .. } => {
            &[("came", words.came()), ("missed", words.missed()), ("cancel", words.cancel())]
        }
        State::Served { .. } | State::Lapsed { .. } => &[("undo", words.undo())],
        State::GivenUp { .. } => &[],
    };
    let code = booking.code.to_string();
    let buttons = acts
        .iter()
        .map(|(act, label)| {
            let (value, label) = (format!("{act}:{code}"), *label);
            view! { <button type="submit" class="small" name="act" value=value>{label}</button> }
        })
        .collect_view();
    let buttons = may_change.then(|| {
        view! {
            <td>
                <form method="post" action="/o/bookings" class="quiet acts">
                    <input type="hidden" name="day" value=day.to_owned()/>
                    {buttons}
                </form>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{when.clone()}</th>
            <td data-label=words.code()><b>{code.clone()}</b></td>
            <td><span class="chip">{words.state(booking.state)}</span></td>
            {buttons}
        </tr>
    }
}

fn book(words: Words, view: &View, room: &Room) -> AnyView {
    if room.free.is_empty() {
        return view! { <p class="note">{words.no_slot()}</p> }.into_any();
    }
    let id = format!("slot-{}", room.resource.id);
    let options = room
        .free
        .iter()
        .map(|(value, label)| view! { <option value=value.clone()>{label.clone()}</option> })
        .collect_view();
    view! {
        <form method="post" action="/o/bookings" class="finder">
            <input type="hidden" name="day" value=view.day.clone()/>
            <input type="hidden" name="nonce" value=view.nonce.clone()/>
            <input type="hidden" name="resource" value=room.resource.id.to_string()/>
            <div><label for=id.clone()>{words.slot()}</label><select id=id name="slot">{options}</select></div>
            <div class="verbs"><button type="submit" name="act" value="book">{words.book()}</button></div>
        </form>
    }
    .into_any()
}
