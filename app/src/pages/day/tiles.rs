//! What the live desk shows of the day: announcements, cells, open incidents, ways on.

use kaishi_domain::announcement::{Announcement, Topic};
use kaishi_domain::cell::Cell;
use leptos::prelude::*;

use super::cells::standing;
use crate::words::Lang;
use crate::words::cell::Cells;
use crate::words::day::{Announcements, Emergency};
use crate::words::incident::Incidents;

/// An announcement as it stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Code of the topic.
    pub topic: String,
    /// Own words.
    pub words: String,
    /// `10:00`
    pub from: String,
    /// `11:00`
    pub until: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// A line that is told or will be.
#[derive(Clone, Debug)]
pub struct Told {
    /// The line.
    pub line: Announcement,
    /// `10:00–11:00`
    pub when: String,
    /// It is shown now.
    pub now: bool,
}

/// The day on the desk.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Lines that are not over.
    pub told: Vec<Told>,
    /// The form of another one.
    pub typed: Typed,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Open hazards and incidents: what, where, how.
    pub incidents: Vec<(String, String, &'static str)>,
    /// Those that are to be looked at again.
    pub visits: usize,
}

/// The sections under the tiles of the desk.
pub fn board(
    lang: Lang,
    base: &str,
    (may_change, reads): (bool, bool),
    board: Board,
) -> impl IntoView + use<> {
    view! {
        <div class="day halves">
            {announcements(lang, base, may_change, &board)}
            <div>
                {reads.then(|| cells(lang, base, &board.cells))}
                {reads.then(|| open(lang, base, &board))}
                {ways_on(lang, base, may_change)}
            </div>
        </div>
    }
}

fn announcements(lang: Lang, base: &str, may_change: bool, board: &Board) -> impl IntoView + use<> {
    let words = Announcements(lang);
    let none = board.told.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = board
        .told
        .iter()
        .map(|Told { line, when, now }| {
            let label = format!("{} {}", words.end(), line.words);
            let end = may_change.then(|| {
                view! {
                    <form method="post" action=format!("{base}/announce/{}", line.id) class="quiet">
                        <button type="submit" class="small" aria-label=label>{words.end()}</button>
                    </form>
                }
            });
            let state = if *now { words.shown() } else { words.coming() };
            view! { <li><span><b>{line.words.clone()}</b><span class="what">{format!("{state} {when}")}</span></span>{end}</li> }
        })
        .collect_view();
    let form = may_change.then(|| tell(words, base, board.typed.clone()));
    view! {
        <section class="announce" id="told">
            <h2>{words.title()}</h2>
            <p class="note">{words.why()}</p>
            {none}
            <ul class="plain">{rows}</ul>
            {form}
        </section>
    }
}

fn tell(words: Announcements, base: &str, typed: Typed) -> impl IntoView + use<> {
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let topics = Topic::ALL
        .iter()
        .map(|topic| {
            let text = Announcements::template(*topic).unwrap_or_default();
            let name = words.topic_name(*topic);
            let name = if text.is_empty() { name.to_owned() } else { format!("{name}：{text}") };
            view! { <option value=topic.code() selected={topic.code() == typed.topic}>{name}</option> }
        })
        .collect_view();
    view! {
        <form method="post" action=format!("{base}/announce") class="unit-form">
            {wrong}
            <label for="topic">{words.topic()}</label><select id="topic" name="topic">{topics}</select>
            <label for="told-words">{words.words()}</label>
            <input id="told-words" name="words" value=typed.words maxlength="60" placeholder=words.words_hint() autocomplete="off"/>
            <div class="pair">
                <div><label for="told-from">{words.from()}</label><input id="told-from" type="time" name="from" value=typed.from required/></div>
                <div><label for="told-until">{words.until()}</label><input id="told-until" type="time" name="until" value=typed.until required/></div>
            </div>
            <button type="submit">{words.send()}</button>
        </form>
    }
}

fn cells(lang: Lang, base: &str, cells: &[Cell]) -> impl IntoView + use<> {
    let words = Cells(lang);
    let signed = cells.iter().filter(|cell| cell.is_signed()).count();
    let chip = (!cells.is_empty()).then(|| {
        view! { <span class="chip" class:open={signed == cells.len()} class:closed={signed < cells.len()}>{words.signed_of(signed, cells.len())}</span> }
    });
    let none = cells.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = cells
        .iter()
        .map(|cell| {
            let (state, class) = standing(words, cell);
            let href = format!("{base}/cells#c-{}", cell.id);
            view! { <li><a href=href>{cell.name.clone()}</a><span class=format!("chip {class}")>{state}</span></li> }
        })
        .collect_view();
    view! {
        <section>
            <div class="head"><h2><a href=format!("{base}/cells")>{words.title()}</a></h2>{chip}</div>
            {none}
            <ul class="plain">{rows}</ul>
        </section>
    }
}

fn open(lang: Lang, base: &str, board: &Board) -> impl IntoView + use<> {
    let words = Incidents(lang);
    let rows = board
        .incidents
        .iter()
        .map(|(what, place, state)| {
            view! { <li><span><b>{what.clone()}</b><span class="what">{place.clone()}</span></span><span class="chip bad">{*state}</span></li> }
        })
        .collect_view();
    let visits = (board.visits > 0)
        .then(|| view! { <p class="due">{format!("{} {}", words.visits(), board.visits)}</p> });
    view! {
        <section>
            <h2><a href=format!("{base}/incidents")>{words.title()}</a></h2>
            <ul class="plain">{rows}</ul>
            {visits}
        </section>
    }
}

fn ways_on(lang: Lang, base: &str, may_change: bool) -> impl IntoView + use<> {
    let add = may_change.then(|| {
        view! { <a class="button" href=format!("{base}/incidents#add")>{Incidents(lang).add()}</a> }
    });
    view! {
        <p class="verbs">
            {add}
            <a class="button" href=format!("{base}/emergency")>{Emergency(lang).title()}</a>
        </p>
    }
}
