//! One appeal on the desk: what was said, where it stands, its clock, everything that can be done next, its history.

use axum::http::StatusCode;
use kaishi_domain::Moment;
use kaishi_domain::appeal::{Appeal, State, Step as Done, Template};
use kaishi_store::Reading;
use leptos::prelude::*;

use super::agency::agency;
use super::contact::{Reach, reach};
use super::photo::photos;
use super::proposal::{Advice, proposal};
use super::public::{Copies, copies};
use super::verb::form;
use super::{Tell, called, clock, history};
use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::appeal::{Categories, Desk as Words};
use crate::words::duty::Proposals;
use crate::words::handle::Handle;
use crate::words::story::{Names, Story};

/// What was typed into the form that was not right: it comes again with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    /// The verb whose form it was.
    pub verb: String,
    /// The unit that was chosen.
    pub unit: String,
    /// The words.
    pub words: String,
    /// The time.
    pub until: String,
    /// The grid.
    pub grid: String,
    /// Who does an errand.
    pub agent: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct One {
    /// Path of the list.
    pub base: String,
    /// The appeal.
    pub appeal: Appeal,
    /// What was done, in order.
    pub steps: Vec<Done>,
    /// Names behind ids.
    pub names: Names,
    /// Now.
    pub now: Moment,
    /// Open appeals that may be the same matter.
    pub alike: Vec<Appeal>,
    /// How many others raised it.
    pub echoes: i64,
    /// What the map of duties says.
    pub advice: Advice,
    /// Photos, by number.
    pub photos: Vec<i64>,
    /// The public copy.
    pub copies: Copies,
    /// Texts for answers.
    pub texts: Vec<Template>,
    /// How the resident can be reached.
    pub reach: Reach,
    /// Who has looked at that, the latest first.
    pub readings: Vec<Reading>,
    /// Nobody has told the resident anything for a day.
    pub unanswered: bool,
    /// What was typed, where a form was not right.
    pub typed: Typed,
    /// Why it was not right.
    pub complaint: Option<&'static str>,
    /// Whether whoever looks may also do something.
    pub may_change: bool,
}

/// The page.
pub fn one(desk: &Desk, rail: &Rail, view: One, tell: Tell<'_>) -> Page {
    let lang = desk.lang;
    let wrong = view.complaint.is_some();
    let page = step(desk, rail, Step::Appeals, None, || {
        let (words, handle) = (Words(lang), Handle(lang));
        let story = Story::whole(lang, &view.names).coded(view.may_change);
        let (appeal, name) = (&view.appeal, called(&view.appeal, view.may_change));
        let place = appeal.stall.map(|stall| format!(" · {}", story.stall(stall))).unwrap_or_default();
        let said =
            if appeal.words.is_empty() { words.no_words().into() } else { appeal.words.as_str().to_owned() };
        let readings: Vec<_> =
            view.readings.iter().map(|reading| (tell(reading.at), story.actor(reading.by))).collect();
        let contact = format!("{}/{name}/contact", view.base);
        let contact = reach(lang, contact, &view.reach, &readings);
        let echoes =
            (view.echoes > 0).then(|| view! { <p class="note">{handle.echoes()}" "<b>{view.echoes}</b></p> });
        view! {
            <p><a href=view.base.clone()>"‹ "{handle.back()}</a></p>
            <div class="head"><h1>{words.title()}" "<span class="code">{name.clone()}</span></h1></div>
            {view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            <section class="one">
                <p class="top">
                    <span class="chip kind">{Categories(lang).name(appeal.category)}</span>
                    {clock(lang, appeal, view.now, tell)}
                    <span class="note">{tell(appeal.raised_at)}{place}</span>
                </p>
                <p class="stands"><b>{story.standing(&appeal.state)}</b></p>
                {care(lang, &view, story, tell)}
                {agency(lang, appeal, tell)}
                <h2>{handle.said()}</h2>
                <p class="said">{said}</p>
                {photos(lang, &format!("{}/{name}", view.base), &view.photos)}
                {echoes}
                {contact}
                {view.may_change.then(|| view! {
                    <p><a href=format!("/a/{}?new=1", appeal.code)>{handle.slip()}</a></p>
                    <p class="note">{handle.reference()}" "<b>{appeal.reference().to_string()}</b>" · "{handle.reference_why()}</p>
                })}
            </section>
            {view.may_change.then(|| proposal(lang, &view, story))}
            {alike(lang, &view)}
            {view.may_change.then(|| view! { <section><h2>{handle.next()}</h2>{next(lang, &view)}</section> })}
            {copies(lang, &view, tell)}
            {(!view.steps.is_empty())
                .then(|| view! { <section><h2>{words.history()}</h2>{history(story, &view.steps, tell)}</section> })}
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

/// What goes on beside the state.
fn care(lang: Lang, view: &One, story: Story<'_>, tell: Tell<'_>) -> impl IntoView + use<> {
    let (words, appeal) = (Handle(lang), &view.appeal);
    let care = &appeal.care;
    let line = |name: &'static str, text: String| view! { <div><dt>{name}</dt><dd>{text}</dd></div> };
    let helpers: Vec<String> = care.helpers.iter().map(|unit| story.unit(*unit)).collect();
    let grid = care.grid.map(|grid| line(Proposals(lang).grid(), story.grid(grid)));
    let lead = appeal.state.unit().map(|unit| line(words.lead(), story.unit(unit)));
    let helpers = (!helpers.is_empty()).then(|| line(words.helpers(), helpers.join(lang.pick("、", ", "))));
    let pause = care
        .pause
        .as_ref()
        .map(|pause| line(words.paused(), format!("{} · {}", tell(pause.since), pause.why.as_str())));
    let extended = care.extended.map(|until| line(words.extended(), tell(until)));
    let urged = care.urged_at.map(|at| line(words.urged(), tell(at)));
    let returns = (care.returns > 0).then(|| line(words.returns(), care.returns.to_string()));
    let watched = appeal.is_watched().then(|| view! { <p class="late"><b>{words.watched()}</b></p> });
    let unanswered = view.unanswered.then(|| view! { <p class="late"><b>{words.unanswered()}</b></p> });
    view! { {watched} {unanswered} <dl class="care">{grid}{lead}{helpers}{pause}{extended}{urged}{returns}</dl> }
}

fn alike(lang: Lang, view: &One) -> impl IntoView + use<> {
    let (words, merge) = (Handle(lang), Words(lang).merge());
    let action = format!("{}/{}", view.base, called(&view.appeal, view.may_change));
    let rows = view
        .alike
        .iter()
        .map(|other| {
            let name = called(other, view.may_change);
            let href = format!("/o/m/{}/appeals/{name}", other.at());
            view! {
                <li>
                    <a class="code" href=href>{name.clone()}</a>" "<span class="said">{other.words.as_str().to_owned()}</span>
                    {view.may_change.then(|| view! {
                        <form method="post" action=action.clone() class="quiet">
                            <input type="hidden" name="words" value=name/>
                            <button type="submit" name="verb" value="merge" class="small">{merge}</button>
                        </form>
                    })}
                </li>
            }
        })
        .collect_view();
    (!view.alike.is_empty()).then(|| {
        view! { <section><h2>{words.alike()}</h2><p class="note">{words.alike_why()}</p><ul class="alike">{rows}</ul></section> }
    })
}

fn next(lang: Lang, view: &One) -> impl IntoView + use<> {
    let verbs = view.appeal.desk_verbs(view.now);
    if verbs.is_empty() {
        let words = Handle(lang);
        let waits = matches!(view.appeal.state, State::Resolved { .. });
        let text = if waits { words.wait_rating() } else { words.nothing_next() };
        return view! { <p class="note">{text}</p> }.into_any();
    }
    let forms =
        verbs.into_iter().enumerate().map(|(at, verb)| form(lang, view, verb, at == 0)).collect_view();
    view! { <div class="verbs">{forms}</div> }.into_any()
}
