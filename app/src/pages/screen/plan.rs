//! The stalls: on the real layout for the stage, as a list for a phone and where there is no layout.

use kaishi_domain::count::Snapshot;
use kaishi_domain::layout::drawing::{Drawing, Look, Shape};
use leptos::prelude::*;

use super::part::bar;
use super::tile::{self, Anchor, Rect, Tile};
use crate::islands::screen::figure::SHADES;
use crate::pages::still::Still;
use crate::words::screen::Screen;

/// Letters of a sign on the ground, in pixels of the stage.
const SIGN: f64 = 28.0;

/// What does not move on the map.
pub(super) struct Plan {
    /// `连廊`
    place: String,
    /// The map's view in map units.
    view: [f64; 4],
    /// Map units in a pixel of a stage 1920 pixels wide.
    pixel: f64,
    /// The stalls of the layout in force.
    tiles: Vec<Tile>,
    /// The room that their labels take.
    taken: Vec<Rect>,
    /// Every stall, number and name.
    stalls: Vec<(String, String)>,
}

impl Plan {
    pub(super) fn new(drawing: &Drawing, view: [f64; 4], place: String, seen: &Snapshot) -> Self {
        let told = |no: &str| {
            let stall = seen.stalls.iter().find(|stall| stall.no == no);
            stall.map(|stall| (stall.name.clone(), stall.waiting.is_some())).unwrap_or_default()
        };
        let (tiles, taken) = tile::tiles(&drawing.plates, view, told);
        let stalls = seen.stalls.iter().map(|stall| (stall.no.clone(), stall.name.clone())).collect();
        Self { place, view, pixel: tile::pixel(view), tiles, taken, stalls }
    }

    fn view_box(&self) -> String {
        let [x, y, w, h] = self.view;
        format!("{x} {y} {w} {h}")
    }
}

/// The block.
pub(super) fn each(words: Screen, still: &Still, plan: &Plan, drawing: &Drawing) -> impl IntoView + use<> {
    let class = if plan.tiles.is_empty() { "each bare" } else { "each" };
    let tiles = plan.tiles.iter().map(|tile| plate(still, tile, plan.pixel)).collect_view();
    view! {
        <section class=class>
            {legend(words, still, plan)}
            <div class="plan">
                {backdrop(plan, drawing)}
                <svg class="tiles" viewBox=plan.view_box() role="img" aria-label=words.each()>{tiles}</svg>
            </div>
            {list(words, still, plan)}
        </section>
    }
}

/// The head of the map: where it is, what the shades say, what the signs mean.
fn legend(words: Screen, still: &Still, plan: &Plan) -> impl IntoView + use<> {
    let shades = (1..=SHADES)
        .map(|shade| view! { <rect class=format!("shade-{shade}") x=((shade - 1) * 50).to_string() width="46" height="24"/> })
        .collect_view();
    let place = match (plan.place.as_str(), plan.tiles.is_empty()) {
        (_, true) => words.not_placed().to_owned(),
        ("", false) => words.true_place().to_owned(),
        (place, false) => format!("{} · {place}", words.true_place()),
    };
    view! {
        <div class="legend">
            <h2>{words.each()}<small>{place}</small></h2>
            <p>
                <span class="means" data-live="means.quiet" hidden=still.hidden("means.quiet")><b class="tag quiet">{words.quiet()}</b>{words.quiet_is()}</span>
                <span class="means" data-live="means.waits" hidden=still.hidden("means.waits")><b class="tag">{words.waits()}</b>{words.waits_are()}</span>
                <span data-live="colour">{still.text("colour")}</span>
                <span class="scale">{words.few()}<svg viewBox="0 0 246 24" aria-hidden="true">{shades}</svg>{words.many()}</span>
            </p>
        </div>
    }
}

/// One stall on the ground, shaded by its figures.
fn plate(still: &Still, tile: &Tile, pixel: f64) -> impl IntoView + use<> {
    let size = |pixels: f64| (pixels * pixel * 10.0).round() / 10.0;
    let number = size(44.0).min(tile.h * 0.8).to_string();
    let turn = (tile.turn != 0.0).then(|| format!("rotate({} {} {})", tile.turn, tile.x, tile.y));
    let [stall, n, tag] = marks(&tile.no);
    let label = tile.label.map(|(x, y, anchor)| {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (told, says) = (still.text(&n), still.text(&tag));
        view! {
            <g class="label" text-anchor=anchor>
                <text class="name" x=x.to_string() y=(y - size(8.0)).to_string() font-size=size(28.0).to_string()>{tile.name.clone()}</text>
                <text class="n" x=x.to_string() y=(y + size(34.0)).to_string() font-size=size(44.0).to_string()>
                    <tspan data-live=n>{told}</tspan>
                    <tspan class="tag" data-live=tag dx=size(8.0).to_string() font-size=size(28.0).to_string()>{says}</tspan>
                </text>
            </g>
        }
    });
    view! {
        <g class=still.class(&stall) data-live=stall>
            <rect class="face" x=(tile.x - tile.w / 2.0).to_string() y=(tile.y - tile.h / 2.0).to_string() width=tile.w.to_string() height=tile.h.to_string() rx="4" transform=turn/>
            <text class="no" x=tile.x.to_string() y=tile.y.to_string() dy="0.36em" font-size=number>{tile.no.clone()}</text>
            {label}
        </g>
    }
}

/// What of a stall follows: how it looks, its figure, what it tells.
fn marks(no: &str) -> [String; 3] {
    [format!("stall {no}"), format!("n {no}"), format!("tag {no}")]
}

/// The same as a list, for a phone.
fn list(words: Screen, still: &Still, plan: &Plan) -> impl IntoView + use<> {
    let nothing = plan.stalls.is_empty().then(|| view! { <li class="nothing">{words.nothing()}</li> });
    let rows = plan.stalls.iter().map(|(no, name)| row(still, no, name)).collect_view();
    view! { <ol class="list">{rows}{nothing}</ol> }
}

fn row(still: &Still, no: &str, name: &str) -> impl IntoView + use<> {
    let ([stall, n, tag], heat) = (marks(no), format!("heat {no}"));
    let (told, says, width) = (still.text(&n), still.text(&tag), still.attr(&heat, "width"));
    view! {
        <li class=still.class(&stall) data-live=stall>
            <span class="no">{no.to_owned()}</span>
            <span class="name">{name.to_owned()}</span>
            <b class="tag" data-live=tag>{says}</b>
            <span class="n" data-live=n>{told}</span>
            {bar(view! { <rect class="heat" data-live=heat width=width height="20"/> })}
        </li>
    }
}

/// The ground under the stalls: only what helps to find one's place from eight metres away.
fn backdrop(plan: &Plan, drawing: &Drawing) -> impl IntoView + use<> {
    let shapes =
        drawing.ground.iter().filter_map(|shape| ground(shape, plan.pixel, &plan.taken)).collect_view();
    view! {
        <svg class="ground" viewBox=plan.view_box() aria-hidden="true">
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
