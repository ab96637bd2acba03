//! Taking a number, and the page of a number: how many are before it, and when it is its turn.

use axum::http::StatusCode;
use kaishi_domain::poster::Sign;
use kaishi_domain::queue::{Number, State};
use leptos::prelude::*;

use super::{Top, page, ways};
use crate::document::Page;
use crate::state::Site;
use crate::words::queue::Queue as Words;
use crate::words::resident::Done;

/// A number's page asks for itself again after so many seconds.
const FRESH: u32 = 20;

/// Where the queue of a stall stands for somebody without a number.
#[derive(Clone, Debug)]
pub struct Line {
    /// The stall.
    pub sign: Sign,
    /// `/s/{TOKEN}/queue`
    pub path: String,
    /// The sealed ticket of the form.
    pub ticket: String,
    /// Whether numbers are given.
    pub open: bool,
    /// It was noted that somebody missed out.
    pub noted: bool,
    /// How many wait.
    pub waiting: i64,
    /// About how many minutes a new number waits, if that is known.
    pub about: Option<i64>,
    /// What is wrong with what was sent.
    pub wrong: Option<Wrong>,
    /// What was typed as code.
    pub typed: String,
}

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The page was open too long.
    Stale,
    /// No number has this code.
    Code,
}

/// Taking a number.
pub fn queue(site: &Site, top: &Top, line: Line) -> Page {
    let words = Words(top.lang);
    let status = if line.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = if line.open { words.title() } else { words.closed() };
    page(site, top, title.to_owned(), |lang| {
        let at = Done(lang).where_served(&line.sign.no, &line.sign.name);
        let wrong = line.wrong.map(|wrong| {
            let text = match wrong {
                Wrong::Stale => words.stale(),
                Wrong::Code => words.not_found(),
            };
            view! { <p class="wrong" role="alert">{text}</p> }
        });
        let why = match (line.open, line.noted) {
            (true, _) => words.take_why(),
            (false, true) => words.noted_why(),
            (false, false) => words.closed_why(),
        };
        let heading = if line.noted { words.noted() } else { title };
        let waiting = if line.waiting > 0 { words.line(line.waiting) } else { words.nobody().to_owned() };
        let about = line.about.filter(|_| line.open).map(|about| view! { <p>{words.about(about)}</p> });
        let button = if line.open { words.take() } else { words.wanted() };
        let class = if line.open { "go" } else { "go calm" };
        let (action, search) = (top.sized(&line.path), line.path.clone());
        view! {
            <h1 class="title">{heading}</h1>
            <p class="which">{at}</p>
            {wrong}
            <section class="now"><p class="standing">{waiting}</p>{about}</section>
            <p class="note left">{why}</p>
            {(!line.noted).then(|| view! {
                <form method="post" action=action>
                    <input type="hidden" name="ticket" value=line.ticket.clone()/>
                    <button class=class type="submit">{button}</button>
                </form>
            })}
            <form class="find" method="get" action=search>
                <label for="code">{words.have_code()}</label>
                <input id="code" name="code" value=line.typed.clone() required maxlength="12" autocomplete="off"
                    autocapitalize="characters" spellcheck="false"/>
                {top.big.then(|| view! { <input type="hidden" name="big" value="1"/> })}
                <button type="submit">{words.find()}</button>
            </form>
            {ways(top)}
        }
    })
    .status(status)
}

/// A number and what is around it.
#[derive(Clone, Debug)]
pub struct Slip {
    /// The stall.
    pub sign: Sign,
    /// `/s/{TOKEN}/queue`
    pub path: String,
    /// The number.
    pub number: Number,
    /// How many are called before it.
    pub ahead: i64,
    /// About how many minutes it waits, if that is known.
    pub about: Option<i64>,
    /// The numbers that are being served.
    pub serving: Vec<i64>,
    /// The page does not ask for itself again.
    pub still: bool,
}

/// The page of a number.
pub fn number(site: &Site, top: &Top, slip: Slip) -> Page {
    let words = Words(top.lang);
    let (living, still) = (slip.number.state.is_living(), slip.still);
    let title = format!("{} {}", words.your_number(), slip.number.number);
    let page = page(site, top, title, |lang| {
        let at = Done(lang).where_served(&slip.sign.no, &slip.sign.name);
        let foot = if living {
            living_foot(words, top, &slip).into_any()
        } else {
            over_foot(words, top, &slip).into_any()
        };
        view! {
            <h1 class="sign">
                <span class="no">{slip.number.number}</span>
                <span class="what"><span class="label">{words.your_number()}</span><span class="name">{at}</span></span>
            </h1>
            {stands(words, &slip)}
            {foot}
            {ways(top)}
        }
    });
    if living && !still { page.refresh(FRESH) } else { page }
}

/// How it stands, unmistakable and never colour alone.
fn stands(words: Words, slip: &Slip) -> impl IntoView + use<> {
    let serving = slip.serving.iter().map(i64::to_string).collect::<Vec<_>>().join(words.0.pick("、", ", "));
    let serving = (!serving.is_empty()).then(|| {
        view! { <p>{words.now_serving()}" "<b>{serving}</b></p> }
    });
    let about = slip.about.map(|about| view! { <p>{words.about(about)}</p> });
    match slip.number.state {
        State::Waiting { missed, .. } => {
            let ahead = if slip.ahead == 0 { words.next().to_owned() } else { words.ahead(slip.ahead) };
            let missed = missed.then(|| view! { <p class="kind">{words.missed()}</p> });
            view! {
                <section class="now" role="status"><p class="standing">{ahead}</p>{about}{serving}</section>
                {missed}
            }
            .into_any()
        }
        State::Called { .. } => view! {
            <div class="band" role="status"><div><h2>{words.your_turn()}</h2><p>{words.come()}</p></div></div>
        }
        .into_any(),
        over => {
            let (heading, why) = words.over(over);
            view! {
                <section class="now" role="status"><p class="standing">{heading}</p><p>{why}</p></section>
            }
            .into_any()
        }
    }
}

fn living_foot(words: Words, top: &Top, slip: &Slip) -> impl IntoView + use<> {
    let own = format!("{}/{}", slip.path, slip.number.code);
    let (still, fresh) = (top.sized(&format!("{own}?still=1")), top.sized(&own));
    let again = if slip.still { (fresh.clone(), words.start()) } else { (still, words.stop()) };
    let leave = top.sized(&format!("{own}/leave"));
    view! {
        <p class="note left">{words.keep()}" "<b>{slip.number.code.to_string()}</b></p>
        <p class="note left">{(!slip.still).then(|| words.fresh())}</p>
        <div class="ways"><a href=fresh>{words.look()}</a><a href=again.0>{again.1}</a></div>
        <form method="post" action=leave class="undo">
            <button class="link" type="submit">{words.give_up()}</button>
        </form>
    }
}

fn over_foot(words: Words, top: &Top, slip: &Slip) -> impl IntoView + use<> {
    let href = top.sized(&slip.path);
    let again = !matches!(slip.number.state, State::Served { .. });
    again.then(|| view! { <a class="go calm" href=href>{words.again()}</a> })
}
