//! The big screen: drawn on the server with real figures, then kept fresh by one stream of snapshots.

mod chart;
mod curve;
#[cfg(feature = "browser")]
mod feed;
mod figure;
mod live;
mod map;
mod part;
pub mod street;

use kaishi_domain::Moment;
use kaishi_domain::count::Snapshot;
use kaishi_domain::course::Past;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use self::chart::Hours;
use self::live::Live;
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
    /// Closing.
    pub closes_at: Moment,
    /// What the morning is held against.
    pub past: Past,
    /// The markets of the same day, where there are others.
    pub street: Option<String>,
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
    let stale = RwSignal::new(false);
    #[cfg(feature = "browser")]
    feed::watch(stage.events.clone(), stale, move |snapshot| {
        if !seen.with_untracked(|shown| figure::is_same_ground(shown, &snapshot)) {
            let _ = window().location().reload();
        }
        seen.set(snapshot);
    });
    let live = Live { words: Screen(stage.lang), seen };
    let hours = Hours { midnight: stage.midnight, opens_at: stage.opens_at, closes_at: stage.closes_at };
    let cells = map::cells(live);
    let street =
        stage.street.clone().map(|href| view! { <a class="street" href=href>{live.words.street()}</a> });
    view! {
        <main id="main" class="stage">
            <header class="top">
                <span class="seal" aria-hidden="true">"市"</span>
                <h1>{stage.title.clone()}</h1>
                <p class="day">{stage.day.clone()}</p>
                <p class="weather">{stage.weather.clone()}</p>
                {street}
                {part::as_of(live, stale, hours.midnight)}
            </header>
            {part::told(live)}
            {part::served(live, hours)}
            {part::appeals(live)}
            <section class="side">
                {curve::curve(live, stage.past.clone(), hours)}
                {part::arrivals(live)}
                {part::gauge(live, hours.midnight)}
            </section>
            <section class="each" class:bare=stage.tiles.is_empty()>
                {map::legend(live, &stage)}
                <div class="plan">
                    {children()}
                    {map::plan(live, &stage, cells)}
                </div>
                {map::list(live, cells)}
            </section>
        </main>
    }
}
