//! The emergency card: whom to call, who leads, where people gather, where AED and hydrants are.

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::day::Emergency as Words;

/// Everything that stands on the card, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Places {
    /// A role and where it is found.
    pub lead: String,
    /// Where people gather.
    pub assembly: Vec<String>,
    /// Where AEDs hang.
    pub aeds: Vec<String>,
    /// Where hydrants stand.
    pub hydrants: Vec<String>,
    /// What helps besides: rest, water, charging.
    pub comfort: Vec<String>,
}

/// The three numbers with their names.
pub(super) fn numbers(words: Words) -> [(&'static str, &'static str); 3] {
    [("110", words.police()), ("119", words.fire()), ("120", words.ambulance())]
}

/// The lines of the card that are known.
pub(super) fn lines(lang: Lang, places: &Places) -> Vec<(&'static str, String)> {
    let words = Words(lang);
    let list = |all: &[String]| all.join(lang.pick("；", "; "));
    let lines = [
        (words.lead(), places.lead.clone()),
        (words.assembly(), list(&places.assembly)),
        (words.aed(), list(&places.aeds)),
        (words.hydrant(), list(&places.hydrants)),
        (words.comfort(), list(&places.comfort)),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// The card as a part of another page.
pub fn card(lang: Lang, title: &str, places: &Places) -> impl IntoView + use<> {
    let numbers = numbers(Words(lang))
        .map(|(number, what)| view! { <a href=format!("tel:{number}")><b>{number}</b>" "{what}</a> })
        .collect_view();
    let lines = lines(lang, places)
        .into_iter()
        .map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> })
        .collect_view();
    view! {
        <section class="aid-card" aria-labelledby="aid-card">
            <h2 id="aid-card">{title.to_owned()}</h2>
            <p class="numbers">{numbers}</p>
            <dl class="facts">{lines}</dl>
        </section>
    }
}

/// What the organizer's page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// The card as it would be printed.
    pub places: Places,
    /// The form: who leads, assembly points and places that help, one a line.
    pub typed: (String, String, String),
    /// Why it was not saved.
    pub complaint: Option<&'static str>,
    /// It has just been saved.
    pub saved: bool,
}

/// The organizer's page.
pub fn emergency(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let words = Words(lang);
        let base = format!("/o/m/{}/emergency", view.market);
        let saved = view.saved.then(|| view! { <p class="said" role="status">{words.saved()}</p> });
        let form = may_change.then(|| form(words, &base, view.typed, view.complaint));
        view! {
            <div class="day">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <a class="button" href=format!("{base}/print?size=a4")>{words.print_a4()}</a>
                    <a class="button" href=format!("{base}/print?size=a5")>{words.print_a5()}</a>
                </div>
                <p class="note">{words.why()}</p>
                {saved}
                <div class="halves">{card(lang, words.title(), &view.places)}{form}</div>
            </div>
        }
    })
}

fn form(
    words: Words,
    base: &str,
    (lead, assembly, comfort): (String, String, String),
    complaint: Option<&'static str>,
) -> impl IntoView + use<> {
    let complaint = complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    view! {
        <form method="post" action=base.to_owned() class="unit-form">
            {complaint}
            <label for="lead">{words.lead()}</label>
            <input id="lead" name="lead" value=lead maxlength="40" placeholder=words.lead_hint() autocomplete="off"/>
            <p class="note">{words.role_only()}</p>
            <label for="assembly">{words.assembly()}</label>
            {textarea(Area { name: "assembly", id: Some("assembly"), text: assembly, rows: 3, most: 300, hint: words.assembly_hint(), wrong: None })}
            <label for="comfort">{words.comfort()}</label>
            {textarea(Area { name: "comfort", id: Some("comfort"), text: comfort, rows: 3, most: 300, hint: words.comfort_hint(), wrong: None })}
            <button type="submit" class="primary">{words.save()}</button>
        </form>
    }
}
