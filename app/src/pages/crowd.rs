//! The crowd: looks are keyed in, and the estimate stands beside its method. An organizer and a supervisor's phone use
//! the same.

use kaishi_domain::MarketRef;
use kaishi_domain::crowd::{Estimate, MOST, MOST_WORDS, Method};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::tally::Crowd;

/// The form as it was filled in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Makes a resent form the same look.
    pub id: String,
    /// Method.
    pub method: Method,
    /// Gate or zone.
    pub place: String,
    /// `09:00`
    pub from: String,
    /// `09:20`
    pub to: String,
    /// In, or there.
    pub came: String,
    /// Out.
    pub went: String,
}

/// One look.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Method.
    pub method: Method,
    /// Gate or zone.
    pub place: String,
    /// `09:00–09:20`
    pub time: String,
    /// In, or there.
    pub came: i64,
    /// Out.
    pub went: i64,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Where the forms go.
    pub action: String,
    /// An estimate a method that was used.
    pub estimates: Vec<Estimate>,
    /// How many are inside by the gates, if gates are counted.
    pub inside: Option<i64>,
    /// How many are approved to be inside, as it stands in the form.
    pub capacity: String,
    /// It was not a number.
    pub wrong_capacity: bool,
    /// The form.
    pub filled: Filled,
    /// It was not right.
    pub wrong: bool,
    /// May key in.
    pub may_change: bool,
    /// The looks.
    pub lines: Vec<Line>,
}

/// The organizer's page.
pub fn crowd(desk: &Desk, rail: &Rail, view: View) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Live, None, move || {
        let capacity = capacity(lang, &view);
        view! { <div class="head"><h1>{Crowd(lang).title()}</h1></div> {body(lang, view)} {capacity} }
    })
}

/// How many may be inside at once: what the gauge on the screen is measured by. Only at the desk.
fn capacity(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Crowd(lang);
    let wrong =
        view.wrong_capacity.then(|| view! { <p class="complaint" role="alert">{words.capacity_wrong()}</p> });
    let (action, number) = (format!("{}/capacity", view.action), view.capacity.clone());
    view.may_change.then(|| {
        view! {
            <section class="expected">
                {wrong}
                <form method="post" action=action class="verbs">
                    <label for="capacity">{words.capacity()}</label>
                    <input id="capacity" name="capacity" value=number inputmode="numeric" maxlength="6" autocomplete="off"/>
                    <span>{words.people()}</span>
                    <button type="submit">{words.save()}</button>
                </form>
                <p class="note">{words.capacity_why()}</p>
            </section>
        }
    })
}

/// The form, the estimates and the looks, in whichever frame.
pub fn body(lang: Lang, view: View) -> impl IntoView {
    let words = Crowd(lang);
    let wrong = view.wrong.then(|| view! { <p class="complaint" role="alert">{words.wrong()}</p> });
    let none = view.estimates.is_empty().then(|| view! { <p>{words.none()}</p> });
    let estimates = view.estimates.iter().map(|estimate| told(lang, estimate)).collect_view();
    let inside = view.inside.map(|n| view! { <p>{words.inside()}" "<b>{n}</b></p> });
    let (action, may_change) = (view.action.clone(), view.may_change);
    let form = may_change.then(|| form(lang, view.action, view.filled));
    let lines = view.lines.into_iter().map(|line| row(lang, &action, may_change, line)).collect_view();
    view! {
        <p class="note">{words.why()}</p>
        <h2>{words.estimate()}</h2>
        {none}
        <ul class="batches">{estimates}</ul>
        {inside}
        {wrong}
        {form}
        <h2>{words.looks()}</h2>
        <ul class="batches">{lines}</ul>
    }
}

fn told(lang: Lang, estimate: &Estimate) -> impl IntoView + use<> {
    let words = Crowd(lang);
    let how = match estimate.method {
        Method::Gate => words.gate_how(),
        Method::Sample => words.sample_how(),
        Method::Walk => words.walk_how(),
    };
    view! {
        <li>
            <p><strong>{words.told(estimate)}</strong>" · "{words.seen()}" "{estimate.seen}</p>
            <p class="note">{how}</p>
        </li>
    }
}

fn form(lang: Lang, action: String, filled: Filled) -> impl IntoView {
    let words = Crowd(lang);
    let methods = Method::ALL
        .into_iter()
        .map(|method| {
            let chosen = method == filled.method;
            view! { <option value=method.code() selected=chosen>{words.long(method)}</option> }
        })
        .collect_view();
    let number = |name: &'static str, label, value: String, required| {
        view! {
            <p><label for=name>{label}</label>
                <input id=name name=name type="number" inputmode="numeric" min="0" max=MOST value=value required=required/></p>
        }
    };
    view! {
        <form method="post" action=action class="keyed">
            <input type="hidden" name="id" value=filled.id/>
            <p class="broad"><label for="method">{words.method()}</label><select id="method" name="method">{methods}</select></p>
            <p class="broad"><label for="place">{words.place()}</label>
                <input id="place" name="place" required maxlength=MOST_WORDS value=filled.place/></p>
            <p><label for="from">{words.from()}</label><input id="from" name="from" type="time" required value=filled.from/></p>
            <p><label for="to">{words.to()}</label><input id="to" name="to" type="time" required value=filled.to/></p>
            {number("came", words.came(), filled.came, true)}
            {number("went", words.went(), filled.went, false)}
            <p class="broad"><button type="submit" class="primary enter">{words.enter()}</button></p>
        </form>
    }
}

fn row(lang: Lang, action: &str, may_change: bool, line: Line) -> impl IntoView + use<> {
    let words = Crowd(lang);
    let went = (line.went > 0).then(|| format!(" · {} {}", words.went(), line.went));
    let to = format!("{action}/{}", line.id);
    let drop = may_change.then(|| {
        view! {
            <form method="post" action=to class="quiet">
                <button type="submit" class="small">{words.drop()}<span class="hidden">" "{line.place.clone()}" "{line.time.clone()}</span></button>
            </form>
        }
    });
    view! {
        <li>
            <p><strong>{line.place.clone()}</strong>" "{line.time.clone()}" · "<b>{line.came}</b>{went}" "
                <span class="chip">{words.short(line.method)}</span>" "{drop}</p>
        </li>
    }
}

/// The tile on the live desk: the estimate, named as one, and the way to the counting.
pub fn tile(lang: Lang, market: MarketRef, estimate: Option<&Estimate>) -> impl IntoView + use<> {
    let words = Crowd(lang);
    let href = format!("/o/m/{market}/crowd");
    let told = estimate.map_or_else(|| words.none().to_owned(), |estimate| words.told(estimate));
    view! {
        <section class="tile">
            <h2>{words.estimate()}</h2>
            <p><strong>{told}</strong></p>
            <p><a href=href>{words.more()}</a></p>
        </section>
    }
}
