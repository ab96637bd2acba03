//! Pages that say no: one plain sentence each, and a way on.

use axum::http::StatusCode;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::{Top, onward, page, ways};
use crate::document::Page;
use crate::state::Site;
use crate::words::resident::No as Words;

/// Why a scan does not count.
#[derive(Clone, Debug)]
pub enum No {
    /// Not signed by us.
    NotOurs,
    /// A genuine code of a place where nobody stands on a Saturday that is near.
    NobodyToday,
    /// Called back.
    Revoked,
    /// A newer poster hangs there.
    Replaced,
    /// The stall is gone; stalls that may help.
    Withdrawn(Vec<Sign>),
    /// Too early; counts from `9:00`.
    NotYet(String),
    /// Too late today.
    Over,
    /// For `5月20日`, which comes.
    DayToCome(String),
    /// From `5月6日`, which is past.
    DayPast(String),
    /// Nothing was written; how to try again.
    Busy(Retry),
    /// One phone, or one poster, too often; how to try again, and in how many milliseconds.
    Slow(Retry, i64),
    /// Too late, or another phone; the stall page.
    CannotTakeBack(String),
    /// No market at this address.
    NoMarket,
}

/// How to try again without any risk of counting twice.
#[derive(Clone, Debug)]
pub enum Retry {
    /// Ask for this path again.
    Page(String),
    /// Send the same form again: path, sealed ticket, number of people, what was typed as code.
    Form(String, String, i64, String),
}

impl No {
    const fn status(&self) -> StatusCode {
        match self {
            Self::NotOurs | Self::NoMarket => StatusCode::NOT_FOUND,
            Self::Revoked | Self::Replaced => StatusCode::GONE,
            Self::Slow(..) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::CannotTakeBack(_) => StatusCode::CONFLICT,
            _ => StatusCode::OK,
        }
    }

    /// The sentence, why, and the label and path of one more way on.
    fn texts(&self, words: Words) -> (&'static str, String, Option<(&'static str, String)>) {
        match self {
            Self::NotOurs => (words.not_ours(), words.not_ours_why().into(), None),
            Self::NobodyToday => (words.nobody_today(), words.nobody_today_why().into(), None),
            Self::Revoked => (words.revoked(), words.revoked_why().into(), None),
            Self::Replaced => (words.replaced(), words.replaced_why().into(), None),
            Self::Withdrawn(_) => (words.withdrawn(), words.withdrawn_why().into(), None),
            Self::NotYet(clock) => (words.not_yet(), words.from(clock), None),
            Self::Over => (words.over(), words.over_why().into(), None),
            Self::DayToCome(day) => (words.other_day(), words.comes(day), None),
            Self::DayPast(day) => (words.other_day(), words.past(day), None),
            Self::Busy(Retry::Page(path)) => {
                (words.busy(), words.busy_why().into(), Some((words.try_again(), path.clone())))
            }
            Self::Busy(Retry::Form(..)) => (words.busy(), words.busy_why().into(), None),
            Self::Slow(_, millis) => (words.slow(), words.slow_why(*millis), None),
            Self::CannotTakeBack(path) => (
                words.cannot_take_back(),
                words.cannot_take_back_why().into(),
                Some((words.to_stall(), path.clone())),
            ),
            Self::NoMarket => (words.no_market(), words.no_market_why().into(), None),
        }
    }
}

/// A page that says no. `sign` is the stall that the code stands for, where we know it.
pub fn no(site: &Site, top: &Top, sign: Option<&Sign>, why: &No) -> Page {
    let (sentence, reason, way) = why.texts(Words(top.lang));
    let page = page(site, top, sentence.to_owned(), |_| {
        let stall = sign.map(|sign| {
            view! { <p class="which"><b class="no">{sign.no.clone()}</b>" "{sign.name.clone()}</p> }
        });
        let near = match why {
            No::Withdrawn(signs) if !signs.is_empty() => Some(onward(top, signs)),
            _ => None,
        };
        let again = match why {
            No::Busy(Retry::Form(path, ticket, n, code))
            | No::Slow(Retry::Form(path, ticket, n, code), _) => Some(again(top, path, ticket, *n, code)),
            _ => None,
        };
        view! {
            <div class="no-page" role="status">
                {stall}
                <h1>{sentence}</h1>
                <p>{reason}</p>
            </div>
            {near}
            {again}
            {way.map(|(label, path)| view! { <a class="go calm" href=top.sized(&path)>{label}</a> })}
            {ways(top)}
        }
    });
    let page = page.status(why.status());
    match why {
        No::Busy(_) => page.retry_after(5),
        No::Slow(_, millis) => page.retry_after(u32::try_from((millis + 999) / 1000).unwrap_or(600)),
        _ => page,
    }
}

fn again(top: &Top, path: &str, ticket: &str, n: i64, code: &str) -> impl IntoView + use<> {
    let code = (!code.is_empty()).then(|| code.to_owned());
    let (action, ticket) = (top.sized(path), ticket.to_owned());
    view! {
        <form method="post" action=action>
            <input type="hidden" name="ticket" value=ticket/>
            <input type="hidden" name="n" value=n.to_string()/>
            {code.map(|code| view! { <input type="hidden" name="code" value=code/> })}
            <button class="go calm" type="submit">{Words(top.lang).try_again()}</button>
        </form>
    }
}
