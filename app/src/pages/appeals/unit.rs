//! What a unit sees behind its signed link: the appeals that were sent to it, and one of them. A phone page.

use axum::http::StatusCode;
use kaishi_domain::appeal::{Appeal, MAX_WORDS, State, Step, Template};
use kaishi_domain::{Moment, UnitId};
use leptos::prelude::*;

use super::agency::{agency, plan, tick};
use super::answers::offered;
use super::contact::{Reach, reach};
use super::one::Typed;
use super::photo::photos;
use super::{Tell, clock, history};
use crate::document::{Page, document};
use crate::pages::staff::head;
use crate::parts::{Area, textarea};
use crate::state::Site;
use crate::words::Lang;
use crate::words::appeal::Categories;
use crate::words::common::Common;
use crate::words::duty::Agencies;
use crate::words::handle::Handed as Words;
use crate::words::story::{Names, Story};

/// The list.
#[derive(Clone, Debug)]
pub struct Handed {
    /// Language.
    pub lang: Lang,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// Path of the unit's own page.
    pub home: String,
    /// The unit.
    pub unit: UnitId,
    /// What is due first stands first.
    pub appeals: Vec<Appeal>,
    /// Names behind ids.
    pub names: Names,
    /// Now.
    pub now: Moment,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct HandedOne {
    /// The list that it is of.
    pub list: Handed,
    /// The appeal.
    pub appeal: Appeal,
    /// What was done, in order.
    pub steps: Vec<Step>,
    /// Photos, by number.
    pub photos: Vec<i64>,
    /// Texts for answers.
    pub texts: Vec<Template>,
    /// How the resident can be reached, while the unit works on it.
    pub reach: Reach,
    /// What was typed, where a form was not right.
    pub typed: Typed,
    /// Why it was not right.
    pub complaint: Option<&'static str>,
}

/// The list's page.
pub fn handed(site: &Site, view: Handed, tell: Tell<'_>) -> Page {
    let lang = view.lang;
    let words = Words(lang);
    document(site, &head(lang, words.title().to_owned(), None, "staff guest handed"), || {
        let none = view.appeals.is_empty().then(|| view! { <p>{words.none()}</p> });
        let rows = view.appeals.iter().map(|appeal| row(&view, appeal, tell)).collect_view();
        view! {
            <main>
                {brand(lang, &view.title)}
                <p><a href=view.home.clone()>"‹ "{words.back()}</a></p>
                <h1>{words.title()}</h1>
                {none}
                <ul class="handed-list">{rows}</ul>
            </main>
        }
    })
}

pub(super) fn brand(lang: Lang, title: &str) -> impl IntoView + use<> {
    view! { <p class="brand"><span class="seal" aria-hidden="true">{Common(lang).seal()}</span>{title.to_owned()}</p> }
}

fn role(view: &Handed, appeal: &Appeal) -> &'static str {
    let words = Words(view.lang);
    if appeal.care.helpers.contains(&view.unit) { words.we_help() } else { words.we_lead() }
}

/// The page of an appeal behind the unit's link. Its code would be the right to rate what the unit itself has done.
fn address(list: &Handed, appeal: &Appeal) -> String {
    format!("{}/appeals/{}", list.home, appeal.reference())
}

fn row(view: &Handed, appeal: &Appeal, tell: Tell<'_>) -> impl IntoView + use<> {
    let (lang, story) = (view.lang, Story::whole(view.lang, &view.names));
    let href = address(view, appeal);
    let first: String = appeal.words.as_str().chars().take(40).collect();
    view! {
        <li>
            <a href=href>
                <span class="top"><b>{appeal.reference().to_string()}</b>" "{Categories(lang).name(appeal.category)}</span>
                <span class="said">{first}</span>
                <span class="standing">{story.standing(&appeal.state)}</span>
            </a>
            <p class="top"><span class="chip">{role(view, appeal)}</span>{clock(lang, appeal, view.now, tell)}</p>
        </li>
    }
}

/// The page of one.
pub fn handed_one(site: &Site, view: HandedOne, tell: Tell<'_>) -> Page {
    let lang = view.list.lang;
    let words = Words(lang);
    let wrong = view.complaint.is_some();
    let title = format!("{} {}", words.title(), view.appeal.reference());
    let page = document(site, &head(lang, title, None, "staff guest handed"), || {
        let (list, appeal) = (&view.list, &view.appeal);
        let (name, own) = (appeal.reference().to_string(), address(list, appeal));
        let story = Story::whole(lang, &list.names);
        let stall = appeal.stall.map(|stall| format!(" · {}", story.stall(stall))).unwrap_or_default();
        let said =
            if appeal.words.is_empty() { words.no_words().into() } else { appeal.words.as_str().to_owned() };
        view! {
            <main>
                {brand(lang, &list.title)}
                <p><a href=format!("{}/appeals", list.home)>"‹ "{words.list()}</a></p>
                <h1>{Categories(lang).name(appeal.category)}" "{name}</h1>
                {view.complaint.map(|text| view! { <p class="wrong" role="alert">{text}</p> })}
                <p class="top"><span class="chip">{role(list, appeal)}</span>{clock(lang, appeal, list.now, tell)}</p>
                <p class="standing"><b>{story.standing(&appeal.state)}</b></p>
                <h2>{words.said()}</h2>
                <p class="said">{said}</p>
                {photos(lang, &own, &view.photos)}
                <p class="quiet">{tell(appeal.raised_at)}{stall}</p>
                {reach(lang, format!("{own}/contact"), &view.reach, &[])}
                {agency(lang, appeal, tell)}
                {verbs(&view)}
                <h2>{words.history()}</h2>
                {history(story, &view.steps, tell)}
            </main>
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

fn verbs(view: &HandedOne) -> impl IntoView + use<> {
    let words = Words(view.list.lang);
    let hint = match view.appeal.state {
        State::Dispatched { .. } | State::Reassigned { .. } => Some(words.take_first()),
        State::Taken { .. } | State::Handling { .. } => Some(words.kept()),
        State::Resolved { .. } => Some(words.settled_wait()),
        _ => None,
    };
    let hint = hint.map(|text| view! { <p class="quiet">{text}</p> });
    let forms =
        view.appeal.unit_verbs(view.list.unit).into_iter().map(|verb| form(view, verb)).collect_view();
    view! { {hint} <div class="acts">{forms}</div> }
}

fn form(view: &HandedOne, verb: &'static str) -> AnyView {
    let words = Words(view.list.lang);
    let action = address(&view.list, &view.appeal);
    let known = view.appeal.care.agency.as_ref();
    if verb == "tick" {
        return tick(view.list.lang, action, known, "big").unwrap_or_else(|| ().into_any());
    }
    if verb == "plan" {
        let (label, open) = (Agencies(view.list.lang).plan(view.appeal.category), view.typed.verb == verb);
        return view! {
            <details open=open>
                <summary>{label}</summary>
                <form method="post" action=action class="pitch">
                    {plan(view.list.lang, &view.appeal, &view.typed)}
                    <button type="submit" name="verb" value=verb class="big">{label}</button>
                </form>
            </details>
        }
        .into_any();
    }
    let (label, field) = match verb {
        "take" => (words.take(), None),
        "handle" => (words.handle(), None),
        "resolve" => (words.resolve(), Some(words.how())),
        "inform" => (words.inform(), Some(words.progress())),
        _ => (words.return_(), Some(words.why())),
    };
    let Some(field) = field else {
        let class = if verb == "take" { "big" } else { "" };
        return view! {
            <form method="post" action=action><button type="submit" name="verb" value=verb class=class>{label}</button></form>
        }
        .into_any();
    };
    let open = view.typed.verb == verb;
    let text = if open { view.typed.words.clone() } else { String::new() };
    let area = Area { name: "words", rows: 3, most: MAX_WORDS, text, ..Area::default() };
    view! {
        <details open=open id=format!("verb-{verb}")>
            <summary>{label}</summary>
            <form method="post" action=action.clone() class="pitch">
                {offered(view.list.lang, &view.texts, verb, view.appeal.category, &action)}
                <label>{field}{textarea(area)}</label>
                <button type="submit" name="verb" value=verb class="big">{label}</button>
            </form>
        </details>
    }
    .into_any()
}
