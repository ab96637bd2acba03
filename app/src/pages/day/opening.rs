//! What is still open when a market is to open or to close: a page that asks, with a reason to go on.

use kaishi_domain::MarketRef;
use kaishi_domain::market::Stage;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::day::Opening as Words;

/// One thing that is still open, and where it is put in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// In words.
    pub words: String,
    /// The last part of the Saturday's address where it is seen to.
    pub path: &'static str,
}

/// The page that asks.
pub fn ask(
    desk: &Desk,
    rail: &Rail,
    market: MarketRef,
    to: Stage,
    warnings: Vec<Warning>,
    (reason, missing): (String, bool),
) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Live, None, move || {
        let words = Words(lang);
        let (title, button) = if to == Stage::Open {
            (words.open_title(), words.open_all_the_same())
        } else {
            (words.close_title(), words.close_all_the_same())
        };
        let base = format!("/o/m/{market}");
        let place = |path: &str| match path {
            "preflight" => words.to_preflight(),
            "cells" => words.to_cells(),
            "incidents" => words.to_incidents(),
            _ => words.to_live(),
        };
        let list = warnings
            .into_iter()
            .map(|one| {
                let href = format!("{base}/{}", one.path);
                view! { <li><span>{one.words}</span><a href=href>{place(one.path)}</a></li> }
            })
            .collect_view();
        let wrong = missing.then(|| view! { <p class="complaint" role="alert">{words.need_reason()}</p> });
        view! {
            <div class="day asking">
                <h1>{title}</h1>
                <ul class="warnings">{list}</ul>
                <form method="post" action=format!("{base}/stage") class="unit-form">
                    {wrong}
                    <p class="note">{words.why()}</p>
                    <input type="hidden" name="stage" value=to.code()/>
                    <input type="hidden" name="asked" value="yes"/>
                    <label for="reason">{words.reason()}</label>
                    <input id="reason" name="reason" value=reason required maxlength="100" autocomplete="off"/>
                    <div class="verbs">
                        <button type="submit" class="primary">{button}</button>
                        <a class="button" href=format!("{base}/live")>{words.back()}</a>
                    </div>
                </form>
            </div>
        }
    })
}
