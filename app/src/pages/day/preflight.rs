//! The list before opening: each item with its day, how it stands and why, and what a person may mark.

use kaishi_domain::MarketRef;
use kaishi_domain::preflight::{Item, Line, Mark, Standing, open_musts};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::preflight::Preflight as Words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// The items in their order.
    pub lines: Vec<Line>,
    /// How many are expected, as it stands in the form.
    pub attendance: String,
    /// `2023-05-13`: the day that a form offers.
    pub today: String,
    /// Why the number was not taken.
    pub wrong_attendance: Option<&'static str>,
    /// The item whose mark was not taken, and why.
    pub wrong: Option<(Item, &'static str, Typed)>,
}

/// A mark as it stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `done` or `exempt`.
    pub mark: String,
    /// By whom.
    pub by: String,
    /// When.
    pub on: String,
    /// Note or reason.
    pub note: String,
}

/// The page.
pub fn preflight(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Preflight, None, move || {
        let words = Words(lang);
        let open = open_musts(&view.lines).count();
        let base = format!("/o/m/{}/preflight", view.market);
        let expected = expected(words, may_change, &base, &view);
        let rows = view.lines.iter().map(|line| row(lang, may_change, &base, &view, line)).collect_view();
        view! {
            <div class="day">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <span class="chip" class:open={open == 0} class:bad={open > 0}>{words.musts(open)}</span>
                </div>
                <p class="note">{words.why()}</p>
                {expected}
                <table class="season preflight">
                    <thead><tr>
                        <th scope="col">{words.item()}</th>
                        <th scope="col">{words.due()}</th>
                        <th scope="col">{words.stands()}</th>
                        <th scope="col">{words.act()}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="note">{words.health()}</p>
            </div>
        }
    })
}

fn expected(words: Words, may_change: bool, base: &str, view: &View) -> impl IntoView + use<> {
    let wrong = view.wrong_attendance.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let number = view.attendance.clone();
    let body = if may_change {
        view! {
            <form method="post" action=format!("{base}/attendance") class="verbs">
                <label for="attendance">{words.attendance()}</label>
                <input id="attendance" name="attendance" value=number inputmode="numeric" maxlength="6" required autocomplete="off"/>
                <span>{words.attendance_unit()}</span>
                <button type="submit">{words.save()}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <p>{words.attendance()}" "<b>{number}</b>" "{words.attendance_unit()}</p> }.into_any()
    };
    view! { <section class="expected">{wrong}{body}<p class="note">{words.attendance_why()}</p></section> }
}

fn row(lang: Lang, may_change: bool, base: &str, view: &View, line: &Line) -> impl IntoView + use<> {
    let words = Words(lang);
    let (state, class) = match &line.standing {
        Standing::Open(_) if line.overdue => (words.overdue(), "bad"),
        Standing::Open(_) => (words.open(), "closed"),
        Standing::Met(_) => (words.met(), "open"),
        Standing::Idle(_) => (words.idle(), ""),
        Standing::Marked(Mark::Done { .. }, _) => (words.done(), "open"),
        Standing::Marked(Mark::Exempt { .. }, _) => (words.exempt(), ""),
    };
    let why = match &line.standing {
        Standing::Open(why) | Standing::Met(why) | Standing::Idle(why) => words.because(why),
        Standing::Marked(Mark::Done { by, on, note }, _) => {
            let day = lang.pick(on.zh(), on.en());
            let note = if note.is_empty() { String::new() } else { format!(" · {note}") };
            format!("{by} · {day}{note}")
        }
        Standing::Marked(Mark::Exempt { reason }, why) => {
            format!(
                "{reason}{}",
                lang.pick(format!("（{}）", words.because(why)), format!(" ({})", words.because(why)))
            )
        }
    };
    let due = lang.pick(line.due.zh(), line.due.en());
    let weight = if line.item.is_must() { words.must() } else { words.advised() };
    let acts = act(words, may_change, base, view, line);
    view! {
        <tr id=format!("i-{}", line.item.code())>
            <th scope="row">{words.name(line.item)}<span class="what">{weight}</span></th>
            <td class="due-day"><span class="lead">{words.due()}" "</span>{due}</td>
            <td><span class=format!("chip {class}")>{state}</span><span class="what">{why}</span></td>
            <td>{acts}</td>
        </tr>
    }
}

/// What can be done about an item: go where it is put in order, mark it, or take the mark off.
fn act(words: Words, may_change: bool, base: &str, view: &View, line: &Line) -> AnyView {
    let item = line.item;
    let place = words.place(item).filter(|_| line.is_open()).map(|(path, name)| {
        let href = match path {
            "units" => "/o/units".to_owned(),
            path => format!("/o/m/{}/{path}", view.market),
        };
        view! { <a href=href>{name}</a> }
    });
    if !may_change {
        return place.into_any();
    }
    let action = format!("{base}/{}", item.code());
    match &line.standing {
        Standing::Marked(..) => view! {
            <form method="post" action=action class="quiet">
                <input type="hidden" name="mark" value="none"/>
                <button type="submit" class="small" aria-label=format!("{} {}", words.unmark(), words.name(item))>{words.unmark()}</button>
            </form>
        }
        .into_any(),
        Standing::Open(_) => {
            let wrong = view.wrong.as_ref().filter(|(which, ..)| *which == item);
            let done = (!item.decides_itself()).then(|| done(words, &action, item, &view.today, wrong));
            view! { <div class="acts">{place}{done}{exempt(words, &action, item, wrong)}</div> }.into_any()
        }
        Standing::Met(_) | Standing::Idle(_) => ().into_any(),
    }
}

type Wrong<'a> = Option<&'a (Item, &'static str, Typed)>;

fn complaint(wrong: Wrong<'_>, mark: &str) -> (Typed, bool, impl IntoView + use<>) {
    let (typed, text) = match wrong {
        Some((_, text, typed)) if typed.mark == mark => (typed.clone(), Some(*text)),
        _ => (Typed::default(), None),
    };
    let open = text.is_some();
    (typed, open, text.map(|text| view! { <p class="complaint" role="alert">{text}</p> }))
}

fn done(words: Words, action: &str, item: Item, today: &str, wrong: Wrong<'_>) -> impl IntoView + use<> {
    let code = item.code();
    let (typed, open, complaint) = complaint(wrong, "done");
    let on = if typed.on.is_empty() { today.to_owned() } else { typed.on };
    view! {
        <details class="reasoned" open=open>
            <summary>{words.mark_done()}<span class="hidden">{words.name(item)}</span></summary>
            <form method="post" action=action.to_owned()>
                {complaint}
                <input type="hidden" name="mark" value="done"/>
                <label for=format!("by-{code}")>{words.by()}</label><input id=format!("by-{code}") name="by" value=typed.by required maxlength="20" autocomplete="off"/>
                <label for=format!("on-{code}")>{words.on()}</label><input id=format!("on-{code}") type="date" name="on" value=on required/>
                <label for=format!("note-{code}")>{words.note()}</label><input id=format!("note-{code}") name="note" value=typed.note maxlength="80" autocomplete="off"/>
                <button type="submit" class="small">{words.mark_done()}</button>
            </form>
        </details>
    }
}

fn exempt(words: Words, action: &str, item: Item, wrong: Wrong<'_>) -> impl IntoView + use<> {
    let code = item.code();
    let (typed, open, complaint) = complaint(wrong, "exempt");
    view! {
        <details class="reasoned" open=open>
            <summary>{words.mark_exempt()}<span class="hidden">{words.name(item)}</span></summary>
            <form method="post" action=action.to_owned()>
                {complaint}
                <input type="hidden" name="mark" value="exempt"/>
                <label for=format!("why-{code}")>{words.reason()}</label><input id=format!("why-{code}") name="note" value=typed.note required maxlength="80" autocomplete="off"/>
                <button type="submit" class="small">{words.mark_exempt()}</button>
            </form>
        </details>
    }
}
