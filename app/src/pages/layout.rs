//! The page of the map editor, which opens in the place that is sent for it (`islands::editor`).

use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use leptos::prelude::*;

use crate::document::{Family, Page};
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::layout::Editor;
use crate::words::organizer::Frame;

/// The map of one weather, to be changed.
pub fn layout(desk: &Desk, rail: &Rail, market: MarketRef, plan: Plan) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Layout, Some(Family::Editor), || {
        view! {
            <h1 class="hidden">{Frame(lang).layout()}</h1>
            <div class="editor" id="editor" data-market=market.to_string() data-plan=plan.code() data-lang=lang.tag()>
                <p class="opening" role="status">{Editor(lang).opening()}</p>
            </div>
        }
    })
}
