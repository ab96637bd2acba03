//! The assignment board: waiting units beside the map, drag or choose, fill in around pins, every answer with
//! its reasons. The rules run in the browser; the server checks and keeps.

mod answer;
mod drag;
mod face;
mod map;
mod stall;
mod strip;
mod table;
mod tray;
mod verdict;

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use crate::islands::fresh::Fresh;
use crate::words::Lang;
use crate::words::board::Board as Words;
use crate::words::common::Faults;
use table::{Status, Table};

/// The board of one market.
#[island]
pub fn Board(
    /// Which market.
    market: MarketRef,
    /// Language.
    lang: Lang,
) -> impl IntoView {
    let table = Table::new(market, lang);
    let words = Words(lang);
    Effect::new(move |_| table.load());
    let body = move || match table.status.get() {
        Status::Loading => view! { <p class="standby" role="status">{words.loading()}</p> }.into_any(),
        Status::Failed(fault) => view! {
            <div class="standby" role="alert">
                <p>{words.failed()}" "{Faults(lang).sentence(&fault)}</p>
                <button type="button" on:click=move |_| table.load()>{words.again()}</button>
            </div>
        }
        .into_any(),
        Status::Ready => desk(table).into_any(),
    };
    Fresh::new(view! {
        <div class="board">
            {body}
            <noscript><p class="standby">{words.needs_script()}</p></noscript>
        </div>
    })
}

fn desk(table: Table) -> impl IntoView {
    view! {
        {tray::tray(table)}
        <section class="field">
            {strip::strip(table)}
            {map::map(table)}
            {answer::answer(table)}
        </section>
        {drag::ghost(table)}
    }
}
