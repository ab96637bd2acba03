//! The desk's page of appeals: what is to decide, what is in hand, what waits for the resident. Plain forms.

use kaishi_domain::appeal::{Appeal, MAX_WORDS, State, Step as Done};
use kaishi_domain::count::Appeals;
use kaishi_domain::encounter::Source;
use kaishi_domain::{Moment, UnitId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::appeal::{Categories, Desk as Words};
use crate::words::story::{Names, Story};

/// One appeal with its history.
#[derive(Clone, Debug)]
pub struct Card {
    /// The appeal.
    pub appeal: Appeal,
    /// What was done, in order.
    pub steps: Vec<Done>,
}

/// Tells times as people read them.
pub type Tell<'a> = &'a dyn Fn(Moment) -> String;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Path of the page; the forms go below it.
    pub base: String,
    /// The counts of this Saturday.
    pub counts: Appeals,
    /// What is due first stands first.
    pub cards: Vec<Card>,
    /// Names behind ids.
    pub names: Names,
    /// Now.
    pub now: Moment,
    /// A sentence about the form that was just sent.
    pub complaint: Option<&'static str>,
}

/// The four heaps on the desk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heap {
    ToDo,
    Running,
    ToRate,
    Closed,
}

impl Heap {
    const fn of(state: &State) -> Self {
        match state {
            State::Raised | State::Accepted { .. } | State::Returned { .. } => Self::ToDo,
            State::Dispatched { .. }
            | State::Reassigned { .. }
            | State::Taken { .. }
            | State::Handling { .. } => Self::Running,
            State::Resolved { .. } => Self::ToRate,
            _ => Self::Closed,
        }
    }
}

/// The page.
pub fn appeals(desk: &Desk, rail: &Rail, view: View, tell: Tell<'_>) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Appeals, None, || {
        let words = Words(lang);
        let heaps = [
            (Heap::ToDo, words.to_do(), true),
            (Heap::Running, words.running(), true),
            (Heap::ToRate, words.to_rate(), false),
            (Heap::Closed, words.closed(), false),
        ]
        .map(|(heap, title, open)| {
            let cards: Vec<_> =
                view.cards.iter().filter(|card| Heap::of(&card.appeal.state) == heap).collect();
            let n = cards.len();
            let list =
                cards.into_iter().map(|card| card_view(lang, &view, card, may_change, tell)).collect_view();
            let nobody = (n == 0).then(|| view! { <p class="note">{words.nobody()}</p> });
            view! {
                <details class="heap" open=open>
                    <summary><h2>{title}" "<span class="chip">{n}</span></h2></summary>
                    {nobody}
                    <ol class="appeals">{list}</ol>
                </details>
            }
        })
        .collect_view();
        let none = view.cards.is_empty().then(|| {
            if may_change {
                view! { <p class="empty"><b>{words.none()}</b><br/>{words.none_why()}</p> }.into_any()
            } else {
                view! { <p class="empty">{words.figures_only()}</p> }.into_any()
            }
        });
        view! {
            <div class="head"><h1>{words.title()}</h1>{counts(words, view.counts)}</div>
            {view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {none}
            {(!view.cards.is_empty()).then_some(heaps)}
        }
    })
}

fn counts(words: Words, counts: Appeals) -> impl IntoView {
    let figure = |label: &'static str, n: i64| view! { <span>{label}" "<b>{n}</b></span> };
    let overdue = (counts.overdue > 0)
        .then(|| view! { <span class="late">{words.overdue()}" "<b>{counts.overdue}</b></span> });
    view! {
        <p class="figures">
            {figure(words.raised(), counts.raised)}
            {figure(words.on_spot(), counts.settled_on_spot)}
            {figure(words.by_unit(), counts.settled_by_unit)}
            {figure(words.confirmed(), counts.confirmed)}
            {overdue}
        </p>
    }
}

fn card_view(
    lang: Lang,
    view: &View,
    card: &Card,
    may_change: bool,
    tell: Tell<'_>,
) -> impl IntoView + use<> {
    let (words, story) = (Words(lang), Story { lang, names: &view.names });
    let appeal = &card.appeal;
    let channel = match appeal.channel {
        Source::Scan => words.by_scan(),
        Source::Staff => words.by_staff(),
        Source::Paper => words.by_paper(),
    };
    let place = appeal.stall.map(|stall| format!("{} · ", story.stall(stall))).unwrap_or_default();
    let due = appeal.due_at().map(|due| {
        let (class, label) =
            if appeal.is_overdue(view.now) { ("chip late", words.overdue()) } else { ("chip", words.due()) };
        view! { <span class=class>{label}" "{tell(due)}</span> }
    });
    let said =
        if appeal.words.is_empty() { words.no_words().into() } else { appeal.words.as_str().to_owned() };
    let contact = appeal.contact.clone().filter(|_| may_change).map(|contact| {
        view! { <p class="note">{words.contact()}" "<b>{contact.as_str().to_owned()}</b></p> }
    });
    let action = format!("{}/{}", view.base, appeal.code.slip);
    let forms = may_change.then(|| forms(lang, view, appeal, &action));
    let (id, slip) = (appeal.code.slip.to_string(), appeal.code.slip.to_string());
    view! {
        <li id=id>
            <p class="top">
                <b class="code">{slip}</b>
                <span class="chip kind">{Categories(lang).name(appeal.category)}</span>
                {due}
                <span class="note">{place}{channel}" · "{tell(appeal.raised_at)}</span>
            </p>
            <p class="said">{said}</p>
            {contact}
            <p class="standing"><b>{story.standing(&appeal.state)}</b></p>
            {history(lang, story, &card.steps, tell)}
            {forms}
        </li>
    }
}

fn history(lang: Lang, story: Story<'_>, steps: &[Done], tell: Tell<'_>) -> impl IntoView + use<> {
    let rows = steps
        .iter()
        .map(|step| {
            let what = story.step(&step.verb);
            view! { <li><span class="note">{tell(step.at)}" "{story.actor(step.by)}</span>" "{what}</li> }
        })
        .collect_view();
    (!steps.is_empty()).then(|| {
        view! { <details class="story"><summary>{Words(lang).history()}</summary><ol>{rows}</ol></details> }
    })
}

/// One plain form a verb: a button where nothing has to be said, else a field that opens.
fn forms(lang: Lang, view: &View, appeal: &Appeal, action: &str) -> impl IntoView + use<> {
    let list = appeal
        .state
        .desk_verbs(view.now)
        .iter()
        .enumerate()
        .map(|(at, verb)| form(lang, view, appeal, action, verb, at == 0))
        .collect_view();
    view! { <div class="verbs">{list}</div> }
}

fn form(lang: Lang, view: &View, appeal: &Appeal, action: &str, verb: &'static str, first: bool) -> AnyView {
    let words = Words(lang);
    let action = action.to_owned();
    let label = words.verb(verb);
    let class = if first { "first" } else { "small" };
    let field = match verb {
        "accept" | "take" | "handle" | "file" => None,
        "dispatch" => Some(units(words, view, None).into_any()),
        "reassign" => Some(
            view! { {units(words, view, appeal.state.unit())} {field(words.why(), 1)} }.into_any(),
        ),
        "refer" => Some(field(words.whom(), 1)),
        "merge" => Some(
            view! { <label>{words.into()}<input name="words" required maxlength="12" autocomplete="off"/></label> }
                .into_any(),
        ),
        "settle_on_spot" | "resolve" => Some(field(words.how(), 2)),
        _ => Some(field(words.why(), 2)),
    };
    match field {
        None => view! {
            <form method="post" action=action class="quiet">
                <button type="submit" name="verb" value=verb class=class>{label}</button>
            </form>
        }
        .into_any(),
        Some(field) => view! {
            <details class="verb">
                <summary class=class>{label}</summary>
                <form method="post" action=action>
                    {field}
                    <button type="submit" name="verb" value=verb>{label}</button>
                </form>
            </details>
        }
        .into_any(),
    }
}

fn field(label: &'static str, rows: u32) -> AnyView {
    let area = Area { name: "words", rows, most: MAX_WORDS, ..Area::default() };
    view! { <label>{label}{textarea(area)}</label> }.into_any()
}

fn units(words: Words, view: &View, except: Option<UnitId>) -> impl IntoView + use<> {
    let options = view
        .names
        .units
        .iter()
        .filter(|(id, _)| Some(**id) != except)
        .map(|(id, name)| view! { <option value=id.to_string()>{name.clone()}</option> })
        .collect_view();
    view! { <label>{words.unit()}<select name="unit">{options}</select></label> }
}
