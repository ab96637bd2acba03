//! A poster's number typed by hand: a way in for who cannot scan, and a check for who doubts a poster.

use axum::http::StatusCode;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use super::{Top, page, ways};
use crate::document::Page;
use crate::state::Site;
use crate::words::resident::PosterNumber as Words;

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    /// Nothing was typed.
    Ask,
    /// A poster of ours: its stall, its page, and whether it hangs there every Saturday.
    Genuine(Sign, String, bool),
    /// None has that number.
    Unknown,
    /// Too many wrong ones in this minute.
    SlowDown,
}

/// The page.
pub fn poster_number(site: &Site, top: &Top, typed: &str, found: &Found) -> Page {
    let words = Words(top.lang);
    let (status, title, reason) = match found {
        Found::Ask => (StatusCode::OK, words.title(), words.why()),
        Found::Genuine(_, _, false) => (StatusCode::OK, words.genuine(), ""),
        Found::Genuine(_, _, true) => (StatusCode::OK, words.genuine(), words.standing()),
        Found::Unknown => (StatusCode::NOT_FOUND, words.unknown(), words.unknown_why()),
        Found::SlowDown => (StatusCode::TOO_MANY_REQUESTS, words.slow_down(), words.slow_down_why()),
    };
    let page = page(site, top, title.into(), |_| {
        let (typed, big, action) = (typed.to_owned(), top.big, top.here.clone());
        let sign = match found {
            Found::Genuine(sign, path, _) => Some(view! {
                <p class="which"><b class="no">{sign.no.clone()}</b>" "{sign.name.clone()}</p>
                <a class="go" href=top.sized(path)>{words.go()}</a>
            }),
            _ => None,
        };
        view! {
            <div class="no-page" role="status">
                <h1>{title}</h1>
                {(!reason.is_empty()).then(|| view! { <p>{reason}</p> })}
            </div>
            {sign}
            <form class="find" method="get" action=action role="search">
                <label for="code">{words.field()}</label>
                <input id="code" name="code" value=typed required maxlength="24" autocomplete="off"
                    autocapitalize="characters" spellcheck="false" placeholder=words.hint()/>
                {big.then(|| view! { <input type="hidden" name="big" value="1"/> })}
                <button type="submit">{words.look()}</button>
            </form>
            {ways(top)}
        }
    });
    let page = page.status(status);
    if matches!(found, Found::SlowDown) { page.retry_after(60) } else { page }
}
