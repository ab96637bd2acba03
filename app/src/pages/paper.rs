//! Paper sheets: the form that keys one in, and what has become of those that were. An organizer and a supervisor's
//! phone use the same.

use kaishi_domain::encounter::Kind;
use kaishi_domain::paper::{MOST, MOST_WORDS};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::staff::Pad;
use crate::words::tally::Paper;

/// The form as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// Makes a resent form the same batch.
    pub id: String,
    /// The stall's id.
    pub stall: String,
    /// How many, in the order of the kinds.
    pub counts: [String; 4],
    /// Role.
    pub counted_by: String,
    /// `09:00`
    pub from: String,
    /// `10:00`
    pub to: String,
    /// Anything else.
    pub remark: String,
}

/// Where a batch stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// For a second person; whether that may be the reader.
    Waits(bool),
    /// For a second person, and the reader is the first; whether they may think better of it here.
    WaitsOwn(bool),
    /// In the ledger.
    Counted,
    /// Not let in.
    Refused,
    /// Taken back, or about to be.
    TakenBack,
}

/// One batch.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// `3号 网格有约`
    pub stall: String,
    /// How many, in the order of the kinds.
    pub counts: [i64; 4],
    /// `09:00–10:00`
    pub time: String,
    /// Role of whoever counted.
    pub counted_by: String,
    /// Keyed in by an account, not by a phone.
    pub by_account: bool,
    /// Remark or reason.
    pub remark: String,
    /// It takes another one back.
    pub takes_back: bool,
    /// Where it stands.
    pub standing: Standing,
    /// The id of a taking back, should there be one.
    pub again: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Where the forms go.
    pub action: String,
    /// Where the sheets are printed, for organizers.
    pub print: Option<String>,
    /// The stalls: id, `3号 网格有约`.
    pub stalls: Vec<(String, String)>,
    /// The form.
    pub filled: Filled,
    /// What was wrong.
    pub complaint: Option<&'static str>,
    /// May key in.
    pub may_change: bool,
    /// What was keyed in.
    pub lines: Vec<Line>,
}

/// The organizer's page.
pub fn paper(desk: &Desk, rail: &Rail, view: View) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Live, None, move || {
        view! { <div class="head"><h1>{Paper(lang).title()}</h1></div> {body(lang, view)} }
    })
}

/// The form and the list, in whichever frame.
pub fn body(lang: Lang, view: View) -> impl IntoView {
    let words = Paper(lang);
    let print = view.print.map(|href| view! { <p><a class="button" href=href>{words.print()}</a></p> });
    let complaint = view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let action = view.action.clone();
    let form = view.may_change.then(|| form(lang, view.action, view.stalls, view.filled));
    let none = view.lines.is_empty().then(|| view! { <p>{words.none()}</p> });
    let may_change = view.may_change;
    let lines = view.lines.into_iter().map(|line| row(lang, &action, may_change, line)).collect_view();
    view! {
        <p class="note">{words.why()}</p>
        {print}
        {complaint}
        {form}
        <h2>{words.list()}</h2>
        {none}
        <ul class="batches">{lines}</ul>
    }
}

fn form(lang: Lang, action: String, stalls: Vec<(String, String)>, filled: Filled) -> impl IntoView {
    let words = Paper(lang);
    let options = stalls
        .into_iter()
        .map(|(id, name)| view! { <option value=id.clone() selected=id == filled.stall>{name}</option> })
        .collect_view();
    let numbers = Kind::ALL
        .into_iter()
        .zip(filled.counts)
        .map(|(kind, n)| {
            let name = kind.code();
            view! {
                <p><label for=name>{Pad(lang).kind(kind)}</label>
                    <input id=name name=name type="number" inputmode="numeric" min="0" max=MOST value=n/></p>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=action class="keyed">
            <input type="hidden" name="id" value=filled.id/>
            <p class="broad"><label for="stall">{words.stall()}</label><select id="stall" name="stall">{options}</select></p>
            <p><label for="from">{words.from()}</label><input id="from" name="from" type="time" required value=filled.from/></p>
            <p><label for="to">{words.to()}</label><input id="to" name="to" type="time" required value=filled.to/></p>
            {numbers}
            <p class="broad"><label for="counted_by">{words.counted_by()}</label>
                <input id="counted_by" name="counted_by" required maxlength=MOST_WORDS value=filled.counted_by
                    placeholder=words.counted_hint()/></p>
            <p class="broad"><label for="remark">{words.remark()}</label>
                <input id="remark" name="remark" maxlength=MOST_WORDS value=filled.remark/></p>
            <p class="broad"><button type="submit" class="primary enter">{words.enter()}</button></p>
        </form>
    }
}

fn row(lang: Lang, action: &str, may_change: bool, line: Line) -> impl IntoView + use<> {
    let words = Paper(lang);
    let (class, standing) = match line.standing {
        Standing::Waits(_) => ("chip calling", words.waits()),
        Standing::WaitsOwn(_) => ("chip calling", words.waits_own()),
        Standing::Counted => ("chip open", words.counted()),
        Standing::Refused => ("chip", words.refused()),
        Standing::TakenBack => ("chip", words.taken_back()),
    };
    let total: i64 = line.counts.iter().sum();
    let kinds: Vec<String> = Kind::ALL
        .into_iter()
        .zip(line.counts)
        .filter(|(_, n)| *n > 0)
        .map(|(kind, n)| format!("{} {n}", Pad(lang).kind(kind)))
        .collect();
    let by = if line.by_account { words.by_account() } else { words.by_device() };
    let to = format!("{action}/{}", line.id);
    let verbs = match line.standing {
        Standing::Waits(true) | Standing::WaitsOwn(true) if may_change => {
            let let_in = (line.standing == Standing::Waits(true)).then(|| {
                view! { <button type="submit" name="verb" value="let_in" class="small">{words.let_in()}</button> }
            });
            let refuse = view! { <button type="submit" name="verb" value="refuse" class="small">{words.refuse()}</button> };
            Some(
                view! { <form method="post" action=to class="quiet verbs">{let_in}{refuse}</form> }
                    .into_any(),
            )
        }
        Standing::Counted if may_change && !line.takes_back => {
            let field = format!("why-{}", line.id);
            Some(
                view! {
                    <details>
                        <summary>{words.take_back()}</summary>
                        <form method="post" action=to class="quiet verbs">
                            <input type="hidden" name="again" value=line.again/>
                            <label for=field.clone()>{words.reason()}</label>
                            <input id=field name="reason" required maxlength=MOST_WORDS/>
                            <button type="submit" name="verb" value="take_back" class="small">{words.take_back()}</button>
                        </form>
                    </details>
                }
                .into_any(),
            )
        }
        _ => None,
    };
    let back = line.takes_back.then(|| view! { <b>{words.takes_back()}" "</b> });
    view! {
        <li>
            <p>{back}<strong>{line.stall}</strong>" "{line.time}" · "<b>{total}</b>" "{words.people()}" "<span class=class>{standing}</span></p>
            <p class="note">{kinds.join(" · ")}" · "{line.counted_by}" · "{by}" "{line.remark}</p>
            {verbs}
        </li>
    }
}
