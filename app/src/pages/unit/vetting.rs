//! Vetting on a unit's page: where it stands, what was done and why, and the steps that are open.

use kaishi_domain::unit::vetting::{Cause, Step, Verb, may_take_back};
use kaishi_domain::{MarketId, MarketRef};
use kaishi_store::Vetted;
use leptos::prelude::*;

use super::one::{View, day_name};
use super::{complaint, option};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::vetting::Vetting;

/// The standing, the record, and a form with a button for each open step.
pub(super) fn vetting(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Vetting(lang);
    let class = format!("chip vetting-{}", view.unit.standing.code());
    let out = (!view.unit.standing.may_enter()).then(|| view! { <p class="warn">{words.stays_out()}</p> });
    let none = view.record.is_empty().then(|| view! { <p class="note">{words.no_record()}</p> });
    let record = view.record.iter().map(|done| line(lang, view, done)).collect_view();
    view! {
        <section id="vetting">
            <h2>{words.title()}" "<span class=class>{words.standing(&view.unit.standing)}</span></h2>
            {out}
            {none}
            <ol class="lines" aria-label=words.record()>{record}</ol>
            {undo(lang, view)}
            {view.may_change.then(|| form(lang, view))}
        </section>
    }
}

/// The button that takes the last step back, as long as it can be.
fn undo(lang: Lang, view: &View) -> impl IntoView + use<> {
    let words = Vetting(lang);
    let last = view.record.iter().rfind(|done| done.undone.is_none());
    let open = last.filter(|last| view.may_change && may_take_back(last.at, view.now));
    open.map(|last| {
        let label = format!("{}{}{}", words.undo(), lang.pick("：", ": "), words.done(last.step.verb()));
        view! {
            <form method="post" action=format!("{}/vetting/undo", view.base()) class="unit-form">
                <p class="note">{words.undo_why()}</p>
                <button type="submit" class="small">{label}</button>
            </form>
        }
    })
}

fn line(lang: Lang, view: &View, done: &Vetted) -> impl IntoView + use<> {
    let words = Vetting(lang);
    let mut what = words.done(done.step.verb()).to_owned();
    let mut links = Vec::new();
    if let Step::Delist { cause, markets, .. } = &done.step {
        what = format!("{what} · {}", words.cause_name(*cause));
        links = markets.iter().map(|market| saturday(lang, view, *market)).collect();
    }
    let when = format!("{} · {}", view.moment(done.at), done.actor);
    let said = done.step.words().to_owned();
    let undone = done.undone.as_ref().map(|(at, actor)| {
        let text = format!("{} · {} · {actor}", words.undone(), view.moment(*at));
        view! { <p class="note"><strong>{text}</strong></p> }
    });
    view! {
        <li>
            <p class="words"><strong>{what}</strong></p>
            <p class="words">{said}</p>
            {(!links.is_empty()).then(|| view! { <p class="links">{links}</p> })}
            <p class="note">{when}</p>
            {undone}
        </li>
    }
}

fn saturday(lang: Lang, view: &View, market: MarketId) -> impl IntoView + use<> {
    let day = view.history.iter().find(|one| one.market == market);
    let name = day.map_or_else(|| "…".to_owned(), |one| day_name(lang, &one.held_on));
    let href = format!("/o/m/{}/entries", MarketRef { org: view.org, market });
    view! { <a href=href>{name}</a> }
}

fn form(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Vetting(lang), view.forms.step.clone());
    let open = view.unit.standing.open();
    let (label, why) = match open.first() {
        Some(Verb::Delist) => (words.evidence(), words.evidence_why()),
        Some(Verb::Appeal) => (words.words(), words.words_why()),
        _ => (words.why(), words.why_vet()),
    };
    let delist = open.contains(&Verb::Delist).then(|| {
        let causes = Cause::ALL.iter().map(|cause| option(cause.code(), words.cause_name(*cause), &typed.cause));
        let mut days: Vec<(MarketId, String)> = Vec::new();
        for one in &view.history {
            if days.iter().all(|(market, _)| *market != one.market) {
                days.push((one.market, day_name(lang, &one.held_on)));
            }
        }
        let boxes = days.into_iter().take(20).map(|(market, day)| {
            let value = market.to_string();
            let on = typed.markets.contains(&value);
            view! { <label class="check"><input type="checkbox" name="market" value=value checked=on/>{day}</label> }
        });
        let boxes = boxes.collect_view();
        view! {
            <label for="step-cause">{words.cause()}</label>
            <select id="step-cause" name="cause">{causes.collect_view()}</select>
            {(!view.history.is_empty()).then(|| view! { <fieldset><legend>{words.markets()}</legend><div class="checks">{boxes}</div></fieldset> })}
        }
    });
    let buttons = open
        .iter()
        .map(
            |verb| view! { <button type="submit" name="verb" value=verb.code()>{words.verb(*verb)}</button> },
        )
        .collect_view();
    let area = Area {
        name: "words",
        id: Some("step-words"),
        text: typed.words,
        rows: 3,
        most: 500,
        hint: why,
        ..Area::default()
    };
    view! {
        <form method="post" action=format!("{}/vetting", view.base()) class="unit-form">
            {complaint(typed.wrong)}
            {delist}
            <label for="step-words">{label}</label>
            {textarea(area)}
            <div class="verbs">{buttons}</div>
        </form>
    }
}
