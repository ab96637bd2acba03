//! The big screen's page: the stage as a still picture with real figures. What follows later ones is marked with
//! `data-live` and written anew in the browser (`islands::screen`).

mod appeals;
mod curve;
mod part;
mod plan;
mod street;
mod tile;

use kaishi_domain::count::Snapshot;
use kaishi_domain::course::Past;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{self, Labels};
use kaishi_domain::market::Market;
use kaishi_domain::{Moment, Refusal};
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::screen::{Hours, Stage, sign, tell};
use crate::pages::still::Still;
use crate::state::Site;
use crate::words::Lang;
use crate::words::screen::Screen;
use plan::Plan;
pub use street::{Row, street};

/// What the screen shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Address of the stream.
    pub events: String,
    /// `福中社区党委`
    pub organization: String,
    /// The Saturday.
    pub market: Market,
    /// The ground it is held on.
    pub ground: Ground,
    /// The layout in force.
    pub layout: Layout,
    /// The figures so far.
    pub seen: Snapshot,
    /// What they are held against.
    pub past: Past,
    /// The markets of the same day, where there are others.
    pub street: Option<String>,
}

/// The whole screen.
pub fn screen(site: &Site, lang: Lang, view: View) -> Result<Page, Refusal> {
    let labels = Labels { english: lang == Lang::En, ..Labels::default() };
    let drawing = drawing::draw(&view.ground, &view.layout, &labels);
    let (market, place, words) = (&view.market, view.market.place()?, Screen(lang));
    let day = place.day(market.opens_at);
    let midnight: Moment = place.at(day, 0, 0)?;
    let hours = Hours { midnight, opens_at: market.opens_at, closes_at: market.closes_at };
    let title = format!("{} {}", view.organization, market.name);
    let head = Head {
        lang,
        title: format!("{} · {title}", words.title()),
        manner: Manner::Screen,
        islands: Some(Family::Screen),
        class: "screen",
    };
    let used = used(&view);
    let weather: Vec<&str> =
        [market.weather.as_str(), used.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let (day, weather) = (part::day(lang, day), weather.join(" · "));
    let bounds = drawing::view(drawing::focus(&view.ground, &view.layout));
    let plan = Plan::new(&drawing, bounds, used, &view.seen);
    let stage = Stage::of(lang, view.events, hours, view.past, &view.seen);
    let still = Still::of(tell(&stage, &view.seen).into_iter().chain(sign(words, false)));
    let stage = serde_json::to_string(&stage).map_err(|_| Refusal::Malformed("screen"))?;
    let street = view.street.map(|href| view! { <a class="street" href=href>{words.street()}</a> });
    Ok(document(site, &head, move || {
        view! {
            <main id="main" class="stage" data-stage=stage>
                <header class="top">
                    <span class="seal" aria-hidden="true">"市"</span>
                    <h1>{title}</h1>
                    <p class="day">{day}</p>
                    <p class="weather">{weather}</p>
                    {street}
                    {part::as_of(&still)}
                </header>
                {part::told(&still)}
                {part::served(words, &still)}
                {appeals::appeals(words, &still)}
                <section class="side">
                    {curve::curve(words, &still)}
                    {part::arrivals(words, &still)}
                    {part::gauge(words, &still)}
                </section>
                {plan::each(words, &still, &plan, &drawing)}
            </main>
        }
    }))
}

/// The parts of the ground on which stalls stand.
fn used(view: &View) -> String {
    let zones = view.ground.zones.iter();
    let used =
        zones.filter(|area| view.layout.stalls().values().any(|stall| area.polygon.contains(stall.centre())));
    used.map(|area| area.name.as_str()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests;
