//! The organizer's list of what can be booked, and the form of one of it.

use axum::http::StatusCode;
use kaishi_domain::ResourceId;
use kaishi_domain::booking::{Described, Follows, Kind, MOST_NAME, MOST_PLACE, Resource};
use kaishi_domain::queue::Standing;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::parts::{Area, textarea};
use crate::words::booking::{Booking, Resources as Words};
use crate::words::season::Month;

/// A resource with how many bookings are to come.
pub type Listed = (Resource, usize);

/// The list.
pub fn list(desk: &Desk, listed: &[Listed]) -> Page {
    let (words, may_change) = (Words(desk.lang), desk.may_change);
    section(desk, Section::Season, words.title(), || {
        let none = listed.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = listed.iter().map(|one| row(words, may_change, one)).collect_view();
        let table = (!listed.is_empty()).then(|| {
            view! {
                <table class="season units entries">
                    <thead><tr>
                        <th scope="col">{words.name()}</th>
                        <th scope="col">{words.kind()}</th>
                        <th scope="col">{words.capacity()}</th>
                        <th scope="col">{words.upcoming()}</th>
                        <th scope="col"><span class="hidden">{words.edit()}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        });
        let add =
            may_change.then(|| view! { <a class="button primary" href="/o/resources/new">{words.add()}</a> });
        view! {
            <div class="roster labelled bookings">
                <div class="head">
                    <h1>{words.title()}</h1>
                    {add}
                    <a class="button" href="/o/bookings">{words.desk()}</a>
                </div>
                <p class="note">{words.why()}</p>
                {none}
                {table}
            </div>
        }
    })
}

fn row(words: Words, may_change: bool, (resource, upcoming): &Listed) -> impl IntoView + use<> {
    let path = format!("/o/resources/{}", resource.id);
    let name = if may_change {
        view! { <a href=path>{resource.name.clone()}</a> }.into_any()
    } else {
        resource.name.clone().into_any()
    };
    let turns: &[(Standing, &'static str)] = match resource.standing {
        Standing::Open => &[(Standing::Closed, words.turn_closed())],
        Standing::Closed => &[(Standing::Open, words.turn_open()), (Standing::Off, words.turn_off())],
        Standing::Off => &[(Standing::Open, words.turn_open())],
    };
    let turns = may_change.then(|| {
        let buttons = turns
            .iter()
            .map(|(to, label)| {
                view! { <button type="submit" class="small" name="to" value=to.code()>{*label}</button> }
            })
            .collect_view();
        let action = format!("/o/resources/{}/turn", resource.id);
        view! { <form method="post" action=action class="quiet acts" title=words.turn_why()>{buttons}</form> }
    });
    view! {
        <tr>
            <th scope="row">{name}" "<span class="chip">{words.state(resource.standing)}</span></th>
            <td>{Booking(words.0).kind(resource.kind)}</td>
            <td data-label=words.capacity()>{resource.terms.capacity}</td>
            <td data-label=words.upcoming()>{*upcoming}</td>
            <td>{turns}</td>
        </tr>
    }
}

/// What stands in the fields of the form.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Its code.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Way there.
    pub place: String,
    /// Bookings at once, minutes, days ahead, bookings a phone, hours without cancelling.
    pub numbers: [String; 5],
    /// Times, weeks, weeks of the no-show rule.
    pub rule: [String; 3],
    /// One line a weekday, Monday first.
    pub week: [String; 7],
    /// Whether it follows the calendar of work.
    pub work: bool,
    /// Days off.
    pub shut: String,
    /// How often it was changed when the form was shown.
    pub seen: String,
}

impl Fields {
    /// Of what an organizer said before.
    pub fn of(described: &Described, seen: i64) -> Self {
        let Described { kind, name, place, terms, opening } = described;
        let rule =
            terms.no_show.map(|rule| [rule.times, rule.within, rule.pause].map(|number| number.to_string()));
        let shut: Vec<String> = opening.shut.iter().map(ToString::to_string).collect();
        Self {
            kind: kind.code().to_owned(),
            name: name.clone(),
            place: place.clone(),
            numbers: [terms.capacity, terms.minutes, terms.ahead, terms.each, terms.cutoff]
                .map(|number| number.to_string()),
            rule: rule.unwrap_or_default(),
            week: opening.week.lines(),
            work: opening.follows == Follows::Work,
            shut: shut.join(" "),
            seen: seen.to_string(),
        }
    }
}

/// The form.
#[derive(Clone, Debug)]
pub struct Form {
    /// Which; a new one has no id yet.
    pub id: Option<ResourceId>,
    /// What stands in it.
    pub fields: Fields,
    /// What is wrong with it.
    pub wrong: Option<&'static str>,
}

/// The page with the form.
pub fn form(desk: &Desk, form: Form) -> Page {
    let words = Words(desk.lang);
    let status = if form.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = if form.id.is_some() { words.edit() } else { words.add() };
    section(desk, Section::Season, title, move || {
        let wrong = form.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let action = form.id.map_or_else(|| "/o/resources/new".to_owned(), |id| format!("/o/resources/{id}"));
        let fields = &form.fields;
        view! {
            <div class="head"><h1>{title}</h1><a class="button" href="/o/resources">{words.title()}</a></div>
            {wrong}
            <form method="post" action=action class="sheet booking-form">
                <input type="hidden" name="seen" value=fields.seen.clone()/>
                {what(words, fields)}
                {numbers(words, fields)}
                {opening(words, fields)}
                {rule(words, fields)}
                <p class="note">{words.save_why()}</p>
                <div class="actions"><button type="submit" class="primary">{words.save()}</button></div>
            </form>
        }
    })
    .status(status)
}

fn what(words: Words, fields: &Fields) -> impl IntoView + use<> {
    let kinds = Kind::ALL
        .map(|kind| {
            let selected = kind.code() == fields.kind;
            view! { <option value=kind.code() selected=selected>{Booking(words.0).kind(kind)}</option> }
        })
        .collect_view();
    view! {
        <div class="row">
            <p><label for="name">{words.name()}</label>
                <input id="name" name="name" value=fields.name.clone() maxlength=MOST_NAME.to_string() required/></p>
            <p><label for="kind">{words.kind()}</label><select id="kind" name="kind">{kinds}</select></p>
            <p><label for="place">{words.place()}</label>
                <input id="place" name="place" value=fields.place.clone() maxlength=MOST_PLACE.to_string() placeholder=words.place_hint()/></p>
        </div>
    }
}

/// A number to type.
fn figure(name: &'static str, label: &'static str, value: &str) -> impl IntoView + use<> {
    let value = value.to_owned();
    view! { <p><label for=name>{label}</label><input id=name name=name value=value inputmode="numeric" maxlength="4"/></p> }
}

fn numbers(words: Words, fields: &Fields) -> impl IntoView + use<> {
    let [capacity, minutes, ahead, each, cutoff] = &fields.numbers;
    view! {
        <div class="row">
            {figure("capacity", words.capacity(), capacity)}
            {figure("minutes", words.minutes(), minutes)}
            {figure("ahead", words.ahead(), ahead)}
            {figure("each", words.each(), each)}
            {figure("cutoff", words.cutoff(), cutoff)}
        </div>
    }
}

fn opening(words: Words, fields: &Fields) -> impl IntoView + use<> {
    let names = Month(words.0).weekdays();
    let days = fields
        .week
        .iter()
        .zip(names)
        .enumerate()
        .map(|(at, (line, name))| {
            let id = format!("day{at}");
            let name = words.0.pick(format!("星期{name}"), name.to_owned());
            view! { <p><label for=id.clone()>{name}</label><input id=id.clone() name=id value=line.clone() maxlength="80"/></p> }
        })
        .collect_view();
    let shut = Area {
        name: "shut",
        id: Some("shut"),
        text: fields.shut.clone(),
        rows: 2,
        most: 2400,
        hint: words.shut_hint(),
        wrong: None,
    };
    view! {
        <fieldset>
            <legend>{words.opening()}</legend>
            <p class="note">{words.opening_why()}</p>
            <div class="row">{days}</div>
            <p><label for="follows">{words.follows()}</label>
                <select id="follows" name="follows">
                    <option value="weekday" selected=!fields.work>{words.weekday()}</option>
                    <option value="work" selected=fields.work>{words.work()}</option>
                </select></p>
            <p class="note">{words.work_why()}</p>
            <p><label for="shut">{words.shut()}</label>{textarea(shut)}</p>
        </fieldset>
    }
}

fn rule(words: Words, fields: &Fields) -> impl IntoView + use<> {
    let [times, within, pause] = &fields.rule;
    view! {
        <fieldset>
            <legend>{words.no_show()}</legend>
            <p class="note">{words.no_show_why()}</p>
            <div class="row">
                {figure("times", words.times(), times)}
                {figure("within", words.within(), within)}
                {figure("pause", words.pause(), pause)}
            </div>
        </fieldset>
    }
}
