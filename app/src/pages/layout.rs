//! The page of the map editor. The editor itself is an island.

use kaishi_domain::MarketRef;
use kaishi_domain::market::Plan;
use leptos::prelude::*;

use crate::document::{Family, Page};
use crate::islands::editor::Editor;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::organizer::Frame;

/// The map of one weather, to be changed.
pub fn layout(desk: &Desk, rail: &Rail, market: MarketRef, plan: Plan) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Layout, Some(Family::Editor), || {
        view! {
            <h1 class="hidden">{Frame(lang).layout()}</h1>
            <Editor market=market plan=plan lang=lang/>
        }
    })
}
