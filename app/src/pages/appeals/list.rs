//! The desk's list of a Saturday's appeals: figures, filters, a row an appeal with its light.

use axum::http::StatusCode;
use kaishi_domain::appeal::{Appeal, Category, Light, State};
use kaishi_domain::count::Appeals;
use kaishi_domain::encounter::Source;
use kaishi_domain::{Moment, UnitId};
use leptos::prelude::*;

use super::bulk::{Bulk, form, outcome, tick};
use super::{Tell, called, clock};
use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::appeal::{Categories, Desk as Words};
use crate::words::desk::{Answers, Copies, Slips};
use crate::words::duty::Duties;
use crate::words::handle::{Handle, Handover};
use crate::words::story::{Names, Story};

/// The heaps on the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heap {
    /// Nobody has been sent, or it came back.
    ToDo,
    /// Somebody works on it.
    Running,
    /// Settled, as the handler says.
    ToRate,
    /// The Party committee watches.
    Watched,
    /// Nothing is to be done any more.
    Closed,
}

impl Heap {
    /// Every heap, in the order in which the desk looks at them.
    pub const ALL: [Self; 5] = [Self::ToDo, Self::Running, Self::ToRate, Self::Watched, Self::Closed];

    /// A word for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::Running => "running",
            Self::ToRate => "to-rate",
            Self::Watched => "watched",
            Self::Closed => "closed",
        }
    }

    const fn name(self, words: Handle) -> &'static str {
        match self {
            Self::ToDo => words.to_do(),
            Self::Running => words.running(),
            Self::ToRate => words.to_rate(),
            Self::Watched => words.watched(),
            Self::Closed => words.closed(),
        }
    }

    fn holds(self, appeal: &Appeal) -> bool {
        let waits = matches!(appeal.state, State::Raised | State::Accepted { .. } | State::Returned { .. });
        let settled = matches!(appeal.state, State::Resolved { .. });
        match self {
            Self::ToDo => waits,
            Self::Running => appeal.state.is_open() && !waits,
            Self::ToRate => settled,
            Self::Watched => appeal.is_watched(),
            Self::Closed => !appeal.state.is_open() && !settled,
        }
    }
}

/// What is asked for; whatever is `None` is not asked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// Which heap.
    pub heap: Option<Heap>,
    /// Which light.
    pub light: Option<Light>,
    /// Which kind.
    pub category: Option<Category>,
    /// Which unit has it or settled it.
    pub unit: Option<UnitId>,
    /// A part of the reference, of the words, or of the code.
    pub text: String,
}

impl Asked {
    /// Whether an appeal is among those that are asked for. A code finds it for whoever may hold codes (`coded`).
    pub fn fits(&self, appeal: &Appeal, coded: bool, now: Moment) -> bool {
        let text = self.text.trim().to_lowercase();
        let has = |name: String| name.to_lowercase().contains(&text);
        self.heap.is_none_or(|heap| heap.holds(appeal))
            && self.light.is_none_or(|light| appeal.light(now) == Some(light))
            && self.category.is_none_or(|category| appeal.category == category)
            && self.unit.is_none_or(|unit| {
                appeal.state.answers() == Some(unit) || appeal.care.helpers.contains(&unit)
            })
            && (text.is_empty()
                || has(appeal.reference().to_string())
                || (coded && has(appeal.code.slip.to_string()))
                || appeal.words.as_str().to_lowercase().contains(&text))
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct List {
    /// Path of the page; each appeal's lies below it.
    pub base: String,
    /// The counts of this Saturday.
    pub counts: Appeals,
    /// What is due first stands first. Whoever only watches gets them without words.
    pub appeals: Vec<Appeal>,
    /// What is asked for.
    pub asked: Asked,
    /// What came of several at once.
    pub bulk: Bulk,
    /// Names behind ids.
    pub names: Names,
    /// Now.
    pub now: Moment,
}

/// The page.
pub fn list(desk: &Desk, rail: &Rail, view: List, tell: Tell<'_>) -> Page {
    let (lang, may_change, reads) = (desk.lang, desk.may_change, desk.reads_rows);
    let wrong = view.bulk.is_wrong();
    let page = step(desk, rail, Step::Appeals, None, || {
        let words = Words(lang);
        let shown: Vec<&Appeal> =
            view.appeals.iter().filter(|appeal| view.asked.fits(appeal, may_change, view.now)).collect();
        let heaps = heaps(lang, &view);
        let n = shown.len();
        let rows = shown
            .into_iter()
            .map(|appeal| row(&view, appeal, (lang, may_change, reads), tell))
            .collect_view();
        let add = may_change.then(|| {
            view! {
                <a class="button" href=format!("{}/new", view.base)>{Handle(lang).add()}</a>
                <a class="button" href=format!("{}/slips", view.base)>{Slips(lang).title()}</a>
                <a class="button" href="/o/answers">{Answers(lang).title()}</a>
                <a class="button" href="/o/duty">{Duties(lang).title()}</a>
            }
        });
        let file = may_change.then(|| {
            view! { <a class="button" href=format!("{}/handover.csv", view.base) download="">{Handover(lang).file()}</a> }
        });
        let only = (!reads).then(|| {
            let market = view.base.trim_start_matches("/o/m/").trim_end_matches("/appeals");
            let shown = format!("/m/{market}/voices");
            view! { <p class="note">{words.figures_only()}" "<a href=shown>{Copies(lang).see()}</a></p> }
        });
        let body = if view.appeals.is_empty() {
            let none = view! { <p class="empty"><b>{words.none()}</b><br/>{words.none_why()}</p> };
            none.into_any()
        } else {
            let none = (n == 0).then(|| view! { <p class="empty">{Handle(lang).none_fits()}</p> });
            let many = (may_change && n > 0).then(|| form(lang, &view.base, &view.names, &view.bulk));
            view! { {heaps} {filters(lang, &view)} {none} <ol class="appeals">{rows}</ol> {many} }.into_any()
        };
        view! {
            <div class="head"><h1>{words.title()}</h1>{counts(words, view.counts)}{add}{file}</div>
            {only}
            {outcome(lang, &view.bulk)}
            {body}
        }
    });
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
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

/// The heaps with how many each holds, as links.
fn heaps(lang: Lang, view: &List) -> impl IntoView + use<> {
    let words = Handle(lang);
    let all = view! {
        <a href=view.base.clone() aria-current=view.asked.heap.is_none().then_some("true")>
            {words.all()}" "<b>{view.appeals.len()}</b>
        </a>
    };
    let heaps = Heap::ALL.map(|heap| {
        let n = view.appeals.iter().filter(|appeal| heap.holds(appeal)).count();
        let mark = (view.asked.heap == Some(heap)).then_some("true");
        let href = format!("{}?heap={}", view.base, heap.code());
        view! { <a href=href aria-current=mark>{heap.name(words)}" "<b>{n}</b></a> }
    });
    view! { <nav class="heaps" aria-label=words.standing()>{all}{heaps.collect_view()}</nav> }
}

fn filters(lang: Lang, view: &List) -> impl IntoView + use<> {
    let (words, asked) = (Handle(lang), view.asked.clone());
    let option = |value: String, name: String, chosen: bool| {
        view! { <option value=value selected=chosen>{name}</option> }
    };
    let lights = Light::ALL
        .map(|light| option(light.code().into(), words.light_name(light).into(), asked.light == Some(light)));
    let kinds = Category::ALL.map(|kind| {
        option(kind.code().into(), Categories(lang).name(kind).into(), asked.category == Some(kind))
    });
    let units: Vec<_> = view
        .names
        .units
        .iter()
        .map(|(id, name)| option(id.to_string(), name.clone(), asked.unit == Some(*id)))
        .collect();
    let heap = asked.heap.map(|heap| view! { <input type="hidden" name="heap" value=heap.code()/> });
    let filtered = asked != Asked::default();
    let clear = filtered.then(|| view! { <a href=view.base.clone()>{words.clear()}</a> });
    view! {
        <form class="sieve" method="get" action=view.base.clone() aria-label=words.filter()>
            {heap}
            <label>{words.light()}<select name="light"><option value="">{words.all()}</option>{lights.collect_view()}</select></label>
            <label>{words.kind()}<select name="category"><option value="">{words.all()}</option>{kinds.collect_view()}</select></label>
            <label>{words.unit()}<select name="unit"><option value="">{words.all()}</option>{units}</select></label>
            <label>{words.search()}<input name="q" value=asked.text maxlength="40" autocomplete="off"/></label>
            <button type="submit" class="small">{words.show()}</button>
            {clear}
        </form>
    }
}

fn row(
    view: &List,
    appeal: &Appeal,
    (lang, may_change, reads): (Lang, bool, bool),
    tell: Tell<'_>,
) -> impl IntoView + use<> {
    let (words, story) = (Words(lang), Story::whole(lang, &view.names).coded(may_change));
    let channel = match appeal.channel {
        Source::Scan => words.by_scan(),
        Source::Staff => words.by_staff(),
        Source::Paper => words.by_paper(),
    };
    let place = appeal.stall.map(|stall| format!("{} · ", story.stall(stall))).unwrap_or_default();
    let watched =
        appeal.is_watched().then(|| view! { <span class="chip late">{Handle(lang).watched()}</span> });
    let name = called(appeal, may_change);
    let code = if reads {
        let href = format!("{}/{name}", view.base);
        let tick = may_change.then(|| tick(lang, &view.bulk, &name));
        view! { {tick}<a class="code" href=href>{name.clone()}</a> }.into_any()
    } else {
        view! { <b class="code">{name.clone()}</b> }.into_any()
    };
    let reference = may_change.then(|| {
        let reference = appeal.reference().to_string();
        view! { <span class="note">{Handle(lang).reference()}" "{reference}</span> }
    });
    let told = if reads {
        let said =
            if appeal.words.is_empty() { words.no_words().into() } else { appeal.words.as_str().to_owned() };
        view! { <p class="said">{said}</p><p class="stands"><b>{story.standing(&appeal.state)}</b></p> }
            .into_any()
    } else {
        let heap = Heap::ALL.into_iter().find(|heap| heap.holds(appeal)).unwrap_or(Heap::Closed);
        view! { <p class="stands"><b>{heap.name(Handle(lang))}</b></p> }.into_any()
    };
    view! {
        <li id=name>
            <p class="top">
                {code}
                {reference}
                <span class="chip kind">{Categories(lang).name(appeal.category)}</span>
                {clock(lang, appeal, view.now, tell)}
                {watched}
                <span class="note">{place}{channel}" · "{tell(appeal.raised_at)}</span>
            </p>
            {told}
        </li>
    }
}
