//! The log of hazards and incidents, each with the next step of its loop, and the form that writes one down.

use kaishi_domain::incident::{Figures, Help, Incident, Kind, Severity, State};
use kaishi_domain::{CellId, MarketRef, StallId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Area, textarea};
use crate::words::Lang;
use crate::words::cell::Check;
use crate::words::incident::Incidents as Words;

/// One incident as people read it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The incident.
    pub incident: Incident,
    /// `8号 健康义诊`
    pub place: String,
    /// `5月13日 10:42`
    pub happened: String,
    /// When it was written down, if that was later.
    pub written: Option<String>,
    /// What was done and found so far, each with its moment.
    pub story: Vec<String>,
    /// The day of the second look, and whether it is over.
    pub due: Option<(String, bool)>,
}

/// A new one as it stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Code of the kind.
    pub kind: String,
    /// `warned` or `handling`.
    pub state: String,
    /// Code of the severity.
    pub severity: String,
    /// A stall.
    pub stall: String,
    /// A cell.
    pub cell: String,
    /// Elsewhere.
    pub place: String,
    /// What was seen.
    pub words: String,
    /// `2023-05-13T10:42`
    pub happened: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// All of them, latest first.
    pub lines: Vec<Line>,
    /// How many stand where.
    pub figures: Figures,
    /// The stalls.
    pub stalls: Vec<(StallId, String)>,
    /// The cells.
    pub cells: Vec<(CellId, String)>,
    /// The form.
    pub typed: Typed,
    /// `2023-05-16`: the day that a second look is offered for.
    pub look_by: String,
    /// Why the last act was refused.
    pub complaint: Option<&'static str>,
}

/// The page.
pub fn incidents(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let words = Words(lang);
        let base = format!("/o/m/{}/incidents", view.market);
        let complaint = view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let figures = words
            .figures(view.figures)
            .map(|(name, n)| view! { <div><dt>{name}</dt><dd>{n}</dd></div> })
            .collect_view();
        let none = view.lines.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
        let rows = view
            .lines
            .iter()
            .map(|line| one(lang, may_change, &base, &view.look_by, line.clone()))
            .collect_view();
        let form = may_change.then(|| form(lang, &base, &view));
        view! {
            <div class="day">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                <p class="due">{words.no_names()}</p>
                {complaint}
                <dl class="tallies">{figures}</dl>
                {none}
                <ol class="incidents">{rows}</ol>
                {form}
            </div>
        }
    })
}

fn one(lang: Lang, may_change: bool, base: &str, look_by: &str, line: Line) -> impl IntoView + use<> {
    let words = Words(lang);
    let Line { incident, place, happened, written, story, due } = line;
    let class = match &incident.state {
        State::Warned | State::Handling => "chip bad",
        State::Visit { .. } => "chip closed",
        State::Settled { .. } => "chip open",
    };
    let point = incident.point.map(|point| {
        view! { <p class="note">{words.from_check()}"："{Check(lang).point(point)}</p> }
    });
    let written = written.map(|written| format!(" · {} {written}", words.written()));
    let story = story.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let due = due.map(|(day, late)| {
        let late = late.then(|| view! { <span class="chip bad">{words.overdue()}</span> });
        view! { <p class="due">{words.visit_by_day(&day)}" "{late}</p> }
    });
    let action = format!("{base}/{}", incident.id);
    let acts = may_change.then(|| acts(words, &action, &incident, look_by));
    view! {
        <li class="incident" id=format!("n-{}", incident.id)>
            <div class="head">
                <h2>{words.kind_name(incident.kind)}" · "{place}</h2>
                <span class=class>{words.state_name(&incident.state)}</span>
                <span class="chip">{words.severity_name(incident.severity)}</span>
            </div>
            <p class="note">{happened}{written}</p>
            <p class="words">{incident.words.clone()}</p>
            {point}
            <ul class="story">{story}</ul>
            {due}
            {acts}
        </li>
    }
}

/// What may be done next, by where it stands.
fn acts(words: Words, action: &str, incident: &Incident, look_by: &str) -> AnyView {
    let id = incident.id.to_string();
    let name = words.kind_name(incident.kind);
    match &incident.state {
        State::Warned => view! {
            <div class="acts">
                <form method="post" action=action.to_owned() class="quiet"><button type="submit" class="small" name="verb" value="handle">{words.handle()}</button></form>
                {deal(words, action, &id, name, look_by)}
            </div>
        }
        .into_any(),
        State::Handling => view! { <div class="acts">{deal(words, action, &id, name, look_by)}</div> }.into_any(),
        State::Visit { .. } => view! { <div class="acts">{look(words, action, &id, name)}</div> }.into_any(),
        State::Settled { .. } => ().into_any(),
    }
}

fn deal(words: Words, action: &str, id: &str, name: &'static str, look_by: &str) -> impl IntoView + use<> {
    let helped = Help::ALL
        .iter()
        .map(|help| {
            let field = format!("h{}", help.code());
            view! { <label class="check"><input type="checkbox" name=field value="yes"/>{words.help_name(*help)}</label> }
        })
        .collect_view();
    view! {
        <details class="reasoned">
            <summary>{words.deal()}<span class="hidden">{name}</span></summary>
            <form method="post" action=action.to_owned()>
                <label for=format!("done-{id}")>{words.done()}</label><input id=format!("done-{id}") name="words" required maxlength="200" autocomplete="off"/>
                <fieldset class="verbs"><legend>{words.helped()}</legend>{helped}</fieldset>
                <label for=format!("due-{id}")>{words.visit_due()}</label><input id=format!("due-{id}") type="date" name="due" value=look_by.to_owned()/>
                <label for=format!("by-{id}")>{words.visit_by()}</label><input id=format!("by-{id}") name="by" maxlength="20" autocomplete="off"/>
                <p class="note">{words.visit_note()}</p>
                <button type="submit" class="small" name="verb" value="deal">{words.deal()}</button>
            </form>
        </details>
    }
}

fn look(words: Words, action: &str, id: &str, name: &'static str) -> impl IntoView + use<> {
    view! {
        <details class="reasoned">
            <summary>{words.look()}<span class="hidden">{name}</span></summary>
            <form method="post" action=action.to_owned()>
                <label for=format!("found-{id}")>{words.found()}</label><input id=format!("found-{id}") name="words" required maxlength="200" autocomplete="off"/>
                <div class="verbs">
                    <button type="submit" class="small" name="verb" value="well">{words.well()}</button>
                    <button type="submit" class="small" name="verb" value="again">{words.not_well()}</button>
                </div>
            </form>
        </details>
    }
}

fn form(lang: Lang, base: &str, view: &View) -> impl IntoView + use<> {
    let (words, typed) = (Words(lang), view.typed.clone());
    let kinds = Kind::ALL
        .iter()
        .map(|kind| view! { <option value=kind.code() selected={kind.code() == typed.kind}>{words.kind_name(*kind)}</option> })
        .collect_view();
    let severities = Severity::ALL
        .iter()
        .map(|one| view! { <option value=one.code() selected={one.code() == typed.severity}>{words.severity_name(*one)}</option> })
        .collect_view();
    let stalls = view
        .stalls
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string() selected={id.to_string() == typed.stall}>{name.clone()}</option> })
        .collect_view();
    let cells = view
        .cells
        .iter()
        .map(|(id, name)| view! { <option value=id.to_string() selected={id.to_string() == typed.cell}>{name.clone()}</option> })
        .collect_view();
    let nowhere = words.place_none();
    let warned = typed.state == State::Warned.code();
    view! {
        <section class="add" id="add">
            <h2>{words.add()}</h2>
            <form method="post" action=base.to_owned() class="unit-form">
                <div class="pair">
                    <div><label for="kind">{words.kind()}</label><select id="kind" name="kind">{kinds}</select></div>
                    <div><label for="state">{words.stage()}</label><select id="state" name="state">
                        <option value="handling">{words.is_incident()}</option>
                        <option value="warned" selected=warned>{words.is_hazard()}</option>
                    </select></div>
                    <div><label for="severity">{words.severity()}</label><select id="severity" name="severity">{severities}</select></div>
                </div>
                <div class="pair">
                    <div><label for="stall">{words.place_stall()}</label><select id="stall" name="stall"><option value="">{nowhere}</option>{stalls}</select></div>
                    <div><label for="cell">{words.place_cell()}</label><select id="cell" name="cell"><option value="">{nowhere}</option>{cells}</select></div>
                    <div><label for="place">{words.place_words()}</label><input id="place" name="place" value=typed.place maxlength="40" placeholder=words.place_hint() autocomplete="off"/></div>
                </div>
                <label for="words">{words.words()}</label>
                {textarea(Area { name: "words", id: Some("words"), text: typed.words, rows: 2, most: 200, hint: words.words_hint(), wrong: None })}
                <label for="happened">{words.happened()}</label>
                <input id="happened" type="datetime-local" name="happened" value=typed.happened required/>
                <button type="submit" class="primary">{words.save()}</button>
            </form>
        </section>
    }
}
