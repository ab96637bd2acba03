//! The big screen: drawn on the server with real figures, then kept fresh by one stream of snapshots.

#[cfg(feature = "browser")]
mod feed;
mod figure;
mod part;

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::words::Lang;
use crate::words::screen::Screen;

/// Where a stall's name and figure stand.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// To the right of this point.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

/// A stall on the screen's map, in map units.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Tile {
    /// Printed number.
    pub no: String,
    /// Middle.
    pub x: f64,
    /// Middle.
    pub y: f64,
    /// Degrees clockwise.
    pub turn: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// The point beside which name and figure stand, and how; `None` where there is no room.
    pub label: Option<(f64, f64, Anchor)>,
}

/// What does not change while a screen is open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stage {
    /// Language.
    pub lang: Lang,
    /// Address of the stream.
    pub events: String,
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `5月13日（星期六）`
    pub day: String,
    /// `雨 22℃ · 连廊`
    pub weather: String,
    /// `连廊`
    pub place: String,
    /// The beginning of the market's day at its place.
    pub midnight: Moment,
    /// Opening.
    pub opens_at: Moment,
    /// The map's view in map units.
    pub view: [f64; 4],
    /// Map units in a pixel of a stage 1920 pixels wide.
    pub pixel: f64,
    /// The stalls of the layout in force.
    pub tiles: Vec<Tile>,
}

/// The whole stage. The children are the ground under the stalls, which does not move.
#[island]
pub fn LiveScreen(first: Snapshot, stage: Stage, children: Children) -> impl IntoView {
    let seen = RwSignal::new(first);
    let old = RwSignal::new(false);
    #[cfg(feature = "browser")]
    feed::watch(stage.events.clone(), seen, old);
    let words = Screen(stage.lang);
    let (midnight, opens_at) = (stage.midnight, stage.opens_at);
    view! {
        <main id="main" class="stage">
            <header class="top">
                <span class="seal" aria-hidden="true">"市"</span>
                <h1>{stage.title.clone()}</h1>
                <p class="day">{stage.day.clone()}</p>
                <p class="weather">{stage.weather.clone()}</p>
                {part::as_of(words, seen, old, midnight)}
            </header>
            {part::told(seen)}
            {part::served(words, seen)}
            {part::appeals(words, seen)}
            <section class="side">
                {part::curve(words, seen, opens_at, midnight)}
                {part::arrivals(words, seen)}
            </section>
            <section class="each">
                {part::legend(words, &stage.place)}
                <div class="plan">
                    {children()}
                    {part::plan(&stage, seen)}
                </div>
                {part::list(seen)}
            </section>
        </main>
    }
}
