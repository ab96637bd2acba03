//! The organizer's page of the call: the letter, the wants, the answers with what is decided, what to tell.

use kaishi_domain::MarketRef;
use kaishi_domain::call::{Claim, State, Want};
use kaishi_domain::demand::Demand;
use kaishi_domain::market::Zone;
use leptos::prelude::*;

use super::demand::demands;
use super::letter::{letter, links, wants};
use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::call::Call as Words;
use crate::words::entry::Roster;

/// The call as it stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// Introduction.
    pub intro: String,
    /// Rules.
    pub rules: String,
    /// `2026-11-28T18:00`
    pub deadline: String,
    /// Code of the policy.
    pub policy: String,
    /// Whether it is listed.
    pub listed: bool,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// A want as it stands in its form.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What.
    pub title: String,
    /// The zone's letter.
    pub zone: String,
    /// How many.
    pub seats: String,
    /// Details.
    pub detail: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// One answer with what it is about and what there is to tell.
#[derive(Clone, Debug)]
pub struct Line {
    /// The answer.
    pub claim: Claim,
    /// The want's title or the stall's number.
    pub about: String,
    /// The text to paste.
    pub notice: Option<String>,
    /// What is wrong with it, in words: a paper that its unit lacks, a stall that does not do, more than one stall.
    pub flaws: Vec<String>,
}

/// The page of one unit, to be sent or shown.
#[derive(Clone, Debug)]
pub struct Link {
    /// Name of the unit.
    pub unit: String,
    /// Address of its page.
    pub address: String,
    /// Its code: modules on a side, and the dark ones as a path.
    pub code: (usize, String),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// Its slogan zones.
    pub zones: Vec<Zone>,
    /// The call.
    pub letter: Letter,
    /// `11月28日 18:00`, where the call has been written.
    pub until: Option<String>,
    /// Whether answers are taken now.
    pub open: bool,
    /// What the last Saturdays left undone; only for those who decide, and before the market opens.
    pub demands: Vec<Demand>,
    /// What is wanted.
    pub wants: Vec<Want>,
    /// The form of another want.
    pub wanted: Wanted,
    /// The answers.
    pub lines: Vec<Line>,
    /// Name of a presence, its unit, and what may go wrong.
    pub risks: Vec<(String, String, Vec<String>)>,
    /// The units' pages.
    pub links: Vec<Link>,
    /// How many units have been told so lately that nobody worries yet, and how many are on the roster.
    pub quiet: (usize, usize),
    /// The texts that remind whoever has not confirmed.
    pub reminders: Vec<String>,
    /// Whether the reminder can go to another program as well.
    pub reminds: bool,
    /// Wants for which more are to be accepted than have a place, in words.
    pub crowded: Vec<String>,
    /// What the last act came to.
    pub done: Option<String>,
    /// Why the last act was refused.
    pub complaint: Option<String>,
}

impl View {
    pub(super) fn base(&self) -> String {
        format!("/o/m/{}/call", self.market)
    }

    pub(super) fn zone(&self, letter: &str) -> String {
        let zone = self.zones.iter().find(|zone| zone.letter == letter);
        zone.map_or_else(|| letter.to_owned(), |zone| format!("{letter} {}", zone.name))
    }
}

/// The page.
pub fn desk(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Call, None, move || {
        let words = Words(lang);
        let complaint =
            view.complaint.clone().map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let done = view.done.clone().map(|text| view! { <p class="note" role="status">{text}</p> });
        let standing = match (view.letter.listed, view.open) {
            (false, _) => words.closed(),
            (true, true) => words.listed(),
            (true, false) => words.over(),
        };
        let until = view.until.clone().map(|until| {
            view! { <span class="until">{words.deadline()}" "<strong>{until}</strong></span> }
        });
        let public = format!("/m/{}/call", view.market);
        // Before the call is out there is nobody to decide about: what has to be written comes first.
        let somebody = !view.lines.is_empty() || !view.risks.is_empty();
        let begun = view.letter.listed || somebody;
        view! {
            <div class="roster call">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <span class="chip" class:on=view.open>{standing}</span>
                    {until}
                    <a class="button" href=public>{words.public()}</a>
                </div>
                <p class="note">{words.why()}</p>
                {complaint}
                {done}
                {begun.then(|| answers(lang, may_change, &view))}
                {somebody.then(|| risks(words, &view))}
                {demands(lang, &view)}
                {wants(lang, may_change, &view)}
                {may_change.then(|| letter(words, &view))}
                {may_change.then(|| links(words, &view))}
            </div>
        }
    })
}

fn answers(lang: Lang, may_change: bool, view: &View) -> impl IntoView + use<> {
    let (words, base) = (Words(lang), view.base());
    let ready = view.lines.iter().filter(|line| matches!(line.claim.state, State::Prepared { .. })).count();
    let tell = (may_change && ready > 0).then(|| {
        view! {
            <form method="post" action=format!("{base}/tell") class="tell">
                <button type="submit" class="primary">{words.tell_all(ready)}</button>
            </form>
        }
    });
    let none = view.lines.is_empty().then(|| view! { <p class="note">{words.no_claims()}</p> });
    let rows = view.lines.iter().map(|line| row(lang, may_change, &base, line)).collect_view();
    let table = (!view.lines.is_empty()).then(|| {
        view! {
            <table class="season units entries">
                <thead><tr>
                    <th scope="col">{words.unit()}</th>
                    <th scope="col">{words.asks()}</th>
                    <th scope="col">{words.brings()}</th>
                    <th scope="col">{words.stands()}</th>
                    {may_change.then(|| view! { <th scope="col">{words.decide()}</th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let crowded =
        view.crowded.iter().cloned().map(|text| view! { <p class="lack">{text}</p> }).collect_view();
    view! { <section><div class="head"><h2>{words.claims()}</h2>{tell}</div>{crowded}{none}{table}</section> }
}

fn row(lang: Lang, may_change: bool, base: &str, line: &Line) -> impl IntoView + use<> {
    let (words, roster) = (Words(lang), Roster(lang));
    let Line { claim, about, notice, flaws } = line.clone();
    let flaws = flaws.into_iter().map(|flaw| view! { <span class="what lack">{flaw}</span> }).collect_view();
    let services = claim.pitch.services.join(lang.pick("、", ", "));
    let note = (!claim.pitch.note.is_empty())
        .then(|| view! { <span class="what">{claim.pitch.note.clone()}</span> });
    let message = notice.map(|text| {
        view! {
            <details class="message">
                <summary>{words.message()}</summary>
                <p class="paste">{text}</p>
            </details>
        }
    });
    let acts = may_change.then(|| {
        let action = format!("{base}/claim/{}", claim.id);
        view! { <td>{acts(words, &action, &claim.state)}</td> }
    });
    let class = format!("chip {}", claim.state.code());
    view! {
        <tr id=format!("c-{}", claim.id)>
            <th scope="row">{claim.unit_name.clone()}</th>
            <td><span class="chip">{roster.way_name(claim.ask.way())}</span>" "{about}</td>
            <td>{claim.pitch.name.clone()}<span class="what">{services}" · "{roster.demands(&claim.pitch.needs)}</span>{note}{flaws}</td>
            <td><span class=class>{words.state(&claim.state)}</span>{message}</td>
            {acts}
        </tr>
    }
}

/// The buttons that this state allows. What asks for a reason is a form of its own: the enter key in its field
/// means that button and no other.
fn acts(words: Words, action: &str, state: &State) -> AnyView {
    let button = |verb: &'static str, name: &'static str| {
        view! { <button type="submit" class="small" name="verb" value=verb>{name}</button> }
    };
    let plain = |buttons: Vec<(&'static str, &'static str)>| {
        let buttons = buttons.into_iter().map(|(verb, name)| button(verb, name)).collect_view();
        view! { <form method="post" action=action.to_owned()>{buttons}</form> }
    };
    let reasoned = |verb: &'static str, name: &'static str| {
        view! {
            <details class="reasoned">
                <summary>{name}</summary>
                <form method="post" action=action.to_owned()>
                    <label>{words.reason()}<input name="reason" maxlength="120" autocomplete="off"/></label>
                    {button(verb, name)}
                </form>
            </details>
        }
    };
    let (accept, decline) = (("accept", words.accept()), || reasoned("decline", words.decline()));
    let acts = match state {
        State::New => view! { {plain(vec![accept, ("waitlist", words.waitlist())])} {decline()} }.into_any(),
        State::Waitlisted { .. } => view! { {plain(vec![accept])} {decline()} }.into_any(),
        State::Prepared { .. } => plain(vec![("reconsider", words.reconsider())]).into_any(),
        State::Accepted { .. } | State::Confirmed { .. } => reasoned("strike", words.strike()).into_any(),
        State::Leaving { .. } => plain(vec![("let_go", words.let_go()), ("keep", words.keep())]).into_any(),
        State::Declined { .. } | State::Withdrawn { .. } => ().into_any(),
    };
    view! { <div class="acts">{acts}</div> }.into_any()
}

fn risks(words: Words, view: &View) -> impl IntoView + use<> {
    let list = view
        .risks
        .iter()
        .map(|(name, unit, why)| {
            let who = if unit.is_empty() { name.clone() } else { format!("{name} · {unit}") };
            view! { <li><strong>{who}</strong><span>{why.join("；")}</span></li> }
        })
        .collect_view();
    let calm = match view.quiet {
        (0, 0) => Some(words.nobody().to_owned()).filter(|_| view.risks.is_empty()),
        (0, _) => Some(words.no_risks().to_owned()).filter(|_| view.risks.is_empty()),
        (fresh, _) => Some(words.fresh(fresh)),
    };
    let calm = calm.map(|text| view! { <p class="note">{text}</p> });
    let action = format!("/o/m/{}/call/remind", view.market);
    let push = view.reminds.then(|| {
        view! { <form method="post" action=action><button type="submit" class="small">{words.push()}</button></form> }
    });
    let texts =
        view.reminders.iter().cloned().map(|text| view! { <p class="paste">{text}</p> }).collect_view();
    let remind = (!view.reminders.is_empty()).then(|| {
        view! { <details class="message"><summary>{words.remind()}</summary>{texts}</details> {push} }
    });
    view! { <section><h2>{words.risks()}" "<span class="chip">{view.risks.len()}</span></h2>{calm}<ul class="risks">{list}</ul>{remind}</section> }
}
