//! The questions of the quiz, the pass slip, and the stamp card.

use axum::http::StatusCode;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::quiz::Question;
use leptos::prelude::*;

use super::{Top, page, ways};
use crate::document::Page;
use crate::state::Site;
use crate::words::quiz::Quiz as Words;

/// A question with what was answered.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What was chosen, from 0.
    pub chosen: Option<usize>,
}

/// What is to be said of the answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nothing was answered.
    Fresh,
    /// Something is missing.
    Missing,
    /// Something is wrong; worth another try.
    Again,
    /// The page was open too long.
    Stale,
}

/// The questions.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// `/s/{TOKEN}/quiz`
    pub path: String,
    /// The sealed ticket.
    pub ticket: String,
    /// What is asked.
    pub asked: Vec<Asked>,
    /// `到 10号摊 啡你莫属 领一杯咖啡`
    pub fetch: String,
    /// What is said.
    pub verdict: Verdict,
}

/// The questions.
pub fn quiz(site: &Site, top: &Top, quiz: Quiz) -> Page {
    let words = Words(top.lang);
    let verdict = quiz.verdict;
    let page = page(site, top, words.open().to_owned(), |_| {
        let told = match verdict {
            Verdict::Fresh => None,
            Verdict::Missing => Some(words.all()),
            Verdict::Again => Some(words.again()),
            Verdict::Stale => Some(words.stale()),
        };
        let rows = quiz.asked.iter().map(|asked| row(words, asked, verdict == Verdict::Again)).collect_view();
        view! {
            <h1 class="title">{words.open()}</h1>
            <p class="which">{quiz.fetch}</p>
            <p class="note left">{words.why()}</p>
            {told.map(|text| view! { <p class="wrong" role="alert">{text}</p> })}
            <form class="quiz" method="post" action=top.sized(&quiz.path)>
                <input type="hidden" name="ticket" value=quiz.ticket/>
                {rows}
                <button class="go send" type="submit">{words.send()}</button>
            </form>
            {ways(top)}
        }
    });
    match verdict {
        Verdict::Missing | Verdict::Stale => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        Verdict::Fresh | Verdict::Again => page,
    }
}

fn row(words: Words, asked: &Asked, judged: bool) -> impl IntoView + use<> {
    let (question, chosen) = (&asked.question, asked.chosen);
    let name = format!("q-{}", question.id());
    let options = question
        .options()
        .iter()
        .enumerate()
        .map(|(at, option)| {
            let id = format!("{name}-{at}");
            view! {
                <input type="radio" name=name.clone() id=id.clone() value=at.to_string() checked={chosen == Some(at)}/>
                <label for=id>{option.clone()}</label>
            }
        })
        .collect_view();
    let told = judged.then(|| {
        let text = if chosen == Some(question.answer()) { words.right() } else { question.why() };
        view! { <p class="kind">{text.to_owned()}</p> }
    });
    view! { <fieldset><legend>{question.text().to_owned()}</legend>{options}{told}</fieldset> }
}

/// A pass slip.
#[derive(Clone, Debug)]
pub struct PassSlip {
    /// What staff type.
    pub code: SlipCode,
    /// `到 10号摊 啡你莫属 领一杯咖啡`
    pub fetch: String,
    /// It was redeemed.
    pub redeemed: bool,
}

/// The slip.
pub fn pass(site: &Site, top: &Top, slip: &PassSlip) -> Page {
    let words = Words(top.lang);
    let (title, why) =
        if slip.redeemed { (words.redeemed(), words.redeemed_why()) } else { (words.passed(), words.one()) };
    page(site, top, format!("{title} {}", slip.code), |_| {
        view! {
            <div class="band" role="status"><div><h1>{title}</h1><p>{slip.fetch.clone()}</p></div></div>
            <section class="slip">
                {(!slip.redeemed).then(|| view! { <h2>{words.show()}</h2> })}
                <p class="code-big"><b>{slip.code.to_string()}</b></p>
            </section>
            <p class="note left">{why}</p>
            {ways(top)}
        }
    })
}

/// One plain sentence and why.
pub fn told(site: &Site, top: &Top, heading: &'static str, why: &'static str) -> Page {
    page(site, top, heading.to_owned(), |_| {
        view! {
            <div class="no-page" role="status"><h1>{heading}</h1><p>{why}</p></div>
            {ways(top)}
        }
    })
}

/// The stamp card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Where the form goes: the page's own path.
    pub path: String,
    /// Numbers of the stalls that were visited; `None` without a cookie.
    pub been: Option<Vec<String>>,
    /// So many give the reward.
    pub needs: i64,
    /// `一杯咖啡`
    pub prize: String,
    /// `到 10号摊 啡你莫属 领一杯咖啡`
    pub fetch: String,
    /// There are no more rewards.
    pub gone: bool,
}

/// The stamp card.
pub fn card(site: &Site, top: &Top, card: Card) -> Page {
    let words = Words(top.lang);
    page(site, top, words.stamps().to_owned(), |_| {
        let count = card.been.as_ref().map_or(0, Vec::len);
        let missing = card.needs - i64::try_from(count).unwrap_or(i64::MAX);
        let stand = match &card.been {
            None => view! { <p class="kind" role="status">{words.no_cookie()}</p> }.into_any(),
            Some(been) if been.is_empty() => {
                view! { <p class="kind" role="status">{words.no_visit()}</p> }.into_any()
            }
            Some(been) => {
                let got = been.iter().cloned().map(|no| view! { <li>{no}</li> }).collect_view();
                let open = (0..missing.max(0))
                    .map(|_| view! { <li class="open" aria-hidden="true"></li> })
                    .collect_view();
                view! { <h2>{words.been(count)}</h2><ol class="stamps">{got}{open}</ol> }.into_any()
            }
        };
        let way = match (&card.been, missing, card.gone) {
            (None, ..) => ().into_any(),
            (_, _, true) => view! { <p class="note left">{words.gone()}</p> }.into_any(),
            (_, 1.., _) => view! { <p class="note left">{words.missing(missing, &card.prize)}</p> }.into_any(),
            _ => view! {
                <p class="note left">{card.fetch.clone()}</p>
                <form method="post" action=top.sized(&card.path)><button class="go send" type="submit">{words.take()}</button></form>
            }
            .into_any(),
        };
        view! { <h1 class="title">{words.stamps()}</h1>{stand}{way}<p class="note left">{words.anonymous()}</p>{ways(top)} }
    })
}
