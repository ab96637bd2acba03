//! The big screen's page: the stage as a still picture with real figures, which an island keeps fresh.

mod street;
mod tile;

use kaishi_domain::count::Snapshot;
use kaishi_domain::course::Past;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::Layout;
use kaishi_domain::layout::drawing::{self, Drawing, Labels, Look, Shape};
use kaishi_domain::market::Market;
use kaishi_domain::{Moment, Refusal};
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::islands::screen::{LiveScreen, Stage};
use crate::state::Site;
use crate::words::Lang;
use crate::words::screen::Screen;
pub use street::{Row, street};
use tile::Rect;

/// Letters of a sign on the ground, in pixels of the stage.
const SIGN: f64 = 28.0;

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
    let (stage, taken) = stage(lang, &view, &drawing)?;
    let head = Head {
        lang,
        title: format!("{} · {}", Screen(lang).title(), stage.title),
        manner: Manner::Screen,
        islands: Some(Family::Screen),
        class: "screen",
    };
    let (seen, pixel, bounds) = (view.seen, stage.pixel, stage.view);
    Ok(document(site, &head, move || {
        view! { <LiveScreen first=seen stage=stage>{backdrop(&drawing, bounds, pixel, &taken)}</LiveScreen> }
    }))
}

/// What does not move, and the room that its labels take on the map.
fn stage(lang: Lang, view: &View, drawing: &Drawing) -> Result<(Stage, Vec<Rect>), Refusal> {
    let (market, place) = (&view.market, view.market.place()?);
    let day = place.day(market.opens_at);
    let midnight: Moment = place.at(day, 0, 0)?;
    let used = view
        .ground
        .zones
        .iter()
        .filter(|area| view.layout.stalls().values().any(|stall| area.polygon.contains(stall.centre())));
    let used: Vec<&str> = used.map(|area| area.name.as_str()).collect();
    let used = used.join("、");
    let weather: Vec<&str> =
        [market.weather.as_str(), used.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
    let bounds = drawing::view(drawing::focus(&view.ground, &view.layout));
    let told = |no: &str| {
        let stall = view.seen.stalls.iter().find(|stall| stall.no == no);
        stall.map(|stall| (stall.name.clone(), stall.waiting.is_some())).unwrap_or_default()
    };
    let (tiles, taken) = tile::tiles(&drawing.plates, bounds, told);
    let stage = Stage {
        lang,
        events: view.events.clone(),
        title: format!("{} {}", view.organization, market.name),
        day: lang.pick(
            format!("{}（{}）", day.zh(), day.weekday_zh()),
            format!("{}, {}", day.weekday_en(), day.en()),
        ),
        weather: weather.join(" · "),
        place: used,
        midnight,
        opens_at: market.opens_at,
        closes_at: market.closes_at,
        past: view.past.clone(),
        street: view.street.clone(),
        view: bounds,
        pixel: tile::pixel(bounds),
        tiles,
    };
    Ok((stage, taken))
}

/// The ground under the stalls: only what helps to find one's place from eight metres away.
fn backdrop(drawing: &Drawing, bounds: [f64; 4], pixel: f64, taken: &[Rect]) -> impl IntoView + use<> {
    let [x, y, w, h] = bounds;
    let shapes = drawing.ground.iter().filter_map(|shape| ground(shape, pixel, taken)).collect_view();
    view! {
        <svg class="ground" viewBox=format!("{x} {y} {w} {h}") aria-hidden="true">
            <defs>
                <pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse">
                    <path d="M-2 -2L10 10M-2 6L2 10M6 -2L10 2"/>
                </pattern>
            </defs>
            {shapes}
        </svg>
    }
}

fn ground(shape: &Shape, pixel: f64, taken: &[Rect]) -> Option<AnyView> {
    match shape.clone() {
        Shape::Area(look @ (Look::Zone | Look::Obstacle | Look::Tree), points) => {
            Some(view! { <polygon class=look.class() points=points/> }.into_any())
        }
        Shape::Area(Look::KeepClear | Look::FireLane, points) => {
            Some(view! { <polygon class="keep" points=points fill="url(#hatch)"/> }.into_any())
        }
        Shape::Words { look: Look::Sign | Look::KeepSign | Look::LaneSign, x, y, turn, text } => {
            let (long, high) = (text.chars().count() as f64 * SIGN * pixel, SIGN * pixel);
            let (w, h) = if turn == 0.0 { (long, high) } else { (high, long) };
            // A stall's own words matter more.
            if taken.iter().any(|label| label.meets(Rect::around(x, y, w, h))) {
                return None;
            }
            let turn = (turn != 0.0).then(|| format!("rotate({turn} {x} {y})"));
            let size = ((SIGN * pixel * 10.0).round() / 10.0).to_string();
            Some(view! { <text class="sign" x=x.to_string() y=y.to_string() dy="0.36em" font-size=size transform=turn>{text}</text> }.into_any())
        }
        _ => None,
    }
}
