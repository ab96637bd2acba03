//! The page of the assignment board: the frame of a Saturday round one island.

use kaishi_domain::MarketRef;
use leptos::prelude::*;

use crate::document::{Family, Page};
use crate::islands::board::Board;
use crate::pages::frame::{Desk, Rail, Step, step};

/// The board of one Saturday.
pub fn board(desk: &Desk, rail: &Rail, market: MarketRef) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Board, Some(Family::Board), move || view! { <Board market=market lang=lang/> })
}
