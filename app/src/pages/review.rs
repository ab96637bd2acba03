//! What waits for a decision: in groups, each with its signs and a form; what was decided; how fast stalls serve.

use kaishi_domain::MarketRef;
use kaishi_domain::trust::{Labels, MOST_WORDS, Pace, Verdict};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::trust::{Pace as PaceWords, Review};

/// Whether a group can be decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Now.
    Open,
    /// From `10:55` on.
    Later(String),
    /// Somebody else said yes, for this reason; an admin's yes is needed.
    Proposed(String),
    /// The reader said yes, for this reason.
    ProposedOwn(String),
}

/// One group.
#[derive(Clone, Debug)]
pub struct Line {
    /// The stall's id, for the form.
    pub stall: String,
    /// Milliseconds of its beginning, for the form.
    pub from: i64,
    /// Its signs.
    pub labels: Labels,
    /// `3号 网格有约`
    pub name: String,
    /// `10:40–10:45`
    pub time: String,
    /// How many people.
    pub n: i64,
    /// Where it stands.
    pub standing: Standing,
    /// What was typed as reason.
    pub typed: String,
}

/// One decision.
#[derive(Clone, Debug)]
pub struct Past {
    /// `3号 网格有约`
    pub name: String,
    /// `10:40–10:45`
    pub time: String,
    /// Its signs.
    pub labels: Labels,
    /// How many people.
    pub n: i64,
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// The form of a pace as it was filled in.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The stall's id.
    pub stall: String,
    /// Minutes.
    pub minutes: String,
    /// Hands.
    pub hands: String,
    /// With code.
    pub code: bool,
}

/// What was wrong with what was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// A reason is missing.
    Reason,
    /// It was decided, or cannot be by this person.
    Gone,
    /// The pace makes no sense.
    Pace,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// Groups that wait.
    pub lines: Vec<Line>,
    /// Stalls that are faster than usual, in words.
    pub alarms: Vec<String>,
    /// What was decided.
    pub past: Vec<Past>,
    /// The stalls: id, `3号 网格有约`.
    pub stalls: Vec<(String, String)>,
    /// The paces that were said, by the stall's name.
    pub paces: Vec<(String, Pace)>,
    /// The form of a pace.
    pub filled: Filled,
    /// What was wrong.
    pub wrong: Option<Wrong>,
    /// Whether the reader may say the second yes.
    pub admits: bool,
}

/// The page.
pub fn review(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let (words, action) = (Review(lang), format!("/o/m/{}/review", view.market));
        let complaint = match view.wrong {
            Some(Wrong::Reason) => Some(words.no_reason()),
            Some(Wrong::Gone) => Some(words.gone()),
            Some(Wrong::Pace) | None => None,
        };
        let none = view.lines.is_empty().then(|| view! { <p>{words.none()}</p> });
        let may = (may_change, view.admits);
        let lines = view.lines.into_iter().map(|line| group(lang, &action, may, line)).collect_view();
        let no_past = view.past.is_empty().then(|| view! { <p>{words.none_decided()}</p> });
        let past = view.past.into_iter().map(|one| past(lang, one)).collect_view();
        let wrong = view.wrong == Some(Wrong::Pace);
        let form = may_change.then(|| pace_form(lang, &action, view.stalls, view.filled, wrong));
        view! {
            <div class="head"><h1>{words.title()}</h1></div>
            <p class="note">{words.why()}</p>
            {complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            {alarms(lang, view.alarms)}
            <h2>{words.waits()}</h2>
            {none}
            <ul class="batches">{lines}</ul>
            <h2>{words.decided()}</h2>
            {no_past}
            <ul class="batches">{past}</ul>
            <h2>{PaceWords(lang).title()}</h2>
            <p class="note">{PaceWords(lang).why()}</p>
            {form}
            {paces(lang, view.paces)}
        }
    })
}

fn alarms(lang: Lang, lines: Vec<String>) -> impl IntoView {
    let words = Review(lang);
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <h2>{words.fast()}</h2> <ul class="amber">{lines}</ul> }
    })
}

fn group(lang: Lang, action: &str, (may_change, admits): (bool, bool), line: Line) -> impl IntoView + use<> {
    let words = Review(lang);
    let told = match &line.standing {
        Standing::Open => None,
        Standing::Later(clock) => Some(words.ripe(clock)),
        Standing::Proposed(why) => Some(format!("{}：{why}", words.proposed())),
        Standing::ProposedOwn(why) => Some(format!("{} {}：{why}", words.own(), words.proposed())),
    };
    let (accept, reject) = match line.standing {
        Standing::Later(_) => (false, false),
        Standing::ProposedOwn(_) => (false, true),
        Standing::Proposed(_) => (admits, true),
        Standing::Open => (true, true),
    };
    let form = (may_change && reject).then(|| {
        let (action, field) = (action.to_owned(), format!("why-{}-{}-{}", line.stall, line.from, line.labels));
        let button = |on: bool, verdict: Verdict, label| {
            on.then(|| view! { <button type="submit" name="verdict" value=verdict.code() class="small">{label}</button> })
        };
        view! {
            <form method="post" action=action class="quiet verbs">
                <input type="hidden" name="stall" value=line.stall.clone()/>
                <input type="hidden" name="from" value=line.from.to_string()/>
                <input type="hidden" name="labels" value=line.labels.to_string()/>
                <label for=field.clone()>{words.reason()}</label>
                <input id=field name="reason" required maxlength=MOST_WORDS.to_string() placeholder=words.hint() value=line.typed.clone()/>
                {button(accept, Verdict::Accept, words.accept())}
                {button(reject, Verdict::Reject, words.reject())}
            </form>
        }
    });
    view! {
        <li>
            <p><strong>{line.name.clone()}</strong>" "{line.time.clone()}" · "<b>{line.n}</b>" "{words.people()}</p>
            <p class="note">{words.signs(line.labels)}</p>
            {told.map(|text| view! { <p class="note">{text}</p> })}
            {form}
        </li>
    }
}

fn past(lang: Lang, one: Past) -> impl IntoView {
    let words = Review(lang);
    let (class, verdict) = match one.verdict {
        Verdict::Accept => ("chip open", words.accepted()),
        Verdict::Reject => ("chip", words.rejected()),
    };
    view! {
        <li>
            <p><strong>{one.name}</strong>" "{one.time}" · "<b>{one.n}</b>" "{words.people()}" "<span class=class>{verdict}</span></p>
            <p class="note">{words.signs(one.labels)}" · "{one.reason}</p>
        </li>
    }
}

fn pace_form(
    lang: Lang,
    action: &str,
    stalls: Vec<(String, String)>,
    filled: Filled,
    wrong: bool,
) -> impl IntoView + use<> {
    let (words, action) = (PaceWords(lang), format!("{action}/pace"));
    let options = stalls
        .into_iter()
        .map(|(id, name)| view! { <option value=id.clone() selected=id == filled.stall>{name}</option> })
        .collect_view();
    let number = |name: &'static str, label, most: i64, value: String| {
        view! {
            <p class="half"><label for=name>{label}</label>
                <input id=name name=name type="number" inputmode="numeric" min="1" max=most value=value/></p>
        }
    };
    view! {
        {wrong.then(|| view! { <p class="complaint" role="alert">{words.wrong()}</p> })}
        <form method="post" action=action class="keyed">
            <p class="broad"><label for="stall">{words.stall()}</label><select id="stall" name="stall">{options}</select></p>
            {number("minutes", words.minutes(), Pace::LONGEST, filled.minutes)}
            {number("hands", words.hands(), Pace::MOST_HANDS, filled.hands)}
            <p class="broad tick"><label><input type="checkbox" name="code" value="yes" checked=filled.code/>" "{words.code()}</label></p>
            <p class="broad"><button type="submit" class="primary enter">{words.save()}</button></p>
        </form>
    }
}

fn paces(lang: Lang, paces: Vec<(String, Pace)>) -> impl IntoView {
    let words = PaceWords(lang);
    let none = paces.is_empty().then(|| view! { <p>{words.none()}</p> });
    let lines = paces
        .into_iter()
        .map(|(name, pace)| {
            let told = match pace.service() {
                Some((minutes, hands)) => words.told(minutes, hands),
                None => words.no_bound().to_owned(),
            };
            let code = pace.code.then(|| format!(" · {}", words.with_code()));
            view! { <li><p><strong>{name}</strong>" "{told}{code}</p></li> }
        })
        .collect_view();
    view! { {none} <ul class="batches">{lines}</ul> }
}

/// So many of the fastest stalls are told on the tile; the page of the review tells them all.
const TOLD: usize = 3;

/// The tile on the live desk: how many wait beside the count, and which stalls are faster than usual.
pub fn tile(lang: Lang, market: MarketRef, (waiting, mut lines): (i64, Vec<String>)) -> impl IntoView {
    let (words, href) = (Review(lang), format!("/o/m/{market}/review"));
    let more = lines.len().saturating_sub(TOLD);
    lines.truncate(TOLD);
    lines.extend((more > 0).then(|| words.more(more)));
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let told = if waiting > 0 {
        view! { <p class="amber" role="status"><strong>{waiting}</strong>" "{words.people()}</p> }.into_any()
    } else {
        view! { <p class="note">{words.none()}</p> }.into_any()
    };
    view! {
        <section class="tile">
            <h2>{words.title()}</h2>
            {told}
            <ul class="amber">{lines}</ul>
            <p><a href=href>{words.look()}</a></p>
        </section>
    }
}
