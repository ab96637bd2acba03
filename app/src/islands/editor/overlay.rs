//! What lies above the stalls, in pixels of the canvas: breaches, the frame with its handles, what is held.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kaishi_domain::geometry::{Footprint, Point};
use kaishi_domain::layout::Severity;
use kaishi_domain::layout::drawing::SCALE;
use kaishi_domain::layout::snap::Guide;
use leptos::prelude::*;

use super::held::{Frame, Held, between};
use super::model::Model;
use crate::calls::presence::Other;
use crate::islands::canvas::Camera;
use crate::parts::map;

/// Pixels between a frame and its turning knob.
const KNOB: f64 = 26.0;
/// Pixels between a frame and its handles under a finger, so that the stall itself stays within reach.
const APART: f64 = 22.0;
/// More breaches than this are not marked on the map; the list names all.
const MARKS: usize = 300;

/// The eight handles: where on the frame, east and north.
pub(super) const HANDLES: [(&str, f64, f64); 8] = [
    ("n", 0.0, 1.0),
    ("s", 0.0, -1.0),
    ("e", 1.0, 0.0),
    ("w", -1.0, 0.0),
    ("ne", 1.0, 1.0),
    ("nw", -1.0, 1.0),
    ("se", 1.0, -1.0),
    ("sw", -1.0, -1.0),
];

pub(super) fn overlay(model: Model) -> impl IntoView {
    let upright = move || {
        model.camera.get().map(|camera| {
            let [x, y, ..] = camera.view;
            format!("translate({x} {y}) scale({})", 1.0 / camera.zoom())
        })
    };
    view! {
        <g class="overlay" transform=upright>
            {patches(model)}
            {marks(model)}
            {letters(model)}
            {move || held(model)}
            {move || offer(model)}
            {move || guides(model)}
            {frame(model)}
            {move || hint(model)}
        </g>
    }
}

/// The pixel over a place, as a translation.
fn at(model: Model, place: Point) -> String {
    let (x, y) = model.camera.get().map_or((0.0, 0.0), |camera| camera.pixel(place));
    format!("translate({x:.2} {y:.2})")
}

/// What stalls share with what they must not stand on.
fn patches(model: Model) -> impl IntoView {
    let path = move || {
        let camera = model.camera.get()?;
        if model.held.with(|held| *held != Held::Nothing) {
            return None;
        }
        Some(model.breaches.with(|all| {
            let mut path = String::new();
            for breach in all.iter().take(MARKS).filter(|breach| !breach.shared.is_empty()) {
                for (n, corner) in breach.shared.iter().enumerate() {
                    let (x, y) = camera.pixel(*corner);
                    let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
                }
                path.push('Z');
            }
            path
        }))
    };
    view! { <path class="patches" d=path/> }
}

fn marks(model: Model) -> impl IntoView {
    let quiet = Memo::new(move |_| model.held.with(|held| *held != Held::Nothing));
    let class = move || if quiet.get() { "marks quiet" } else { "marks" };
    let each = move || {
        model.breaches.with(|all| {
            all.iter()
                .take(MARKS)
                .map(|breach| {
                    let class = match breach.severity {
                        Severity::Error => "breach error",
                        Severity::Warning => "breach warning",
                    };
                    let place = breach.at;
                    view! {
                        <g class=class transform=move || at(model, place)>
                            <circle r="9"/>
                            <path d="M0 -4.5V1M0 4V4.2"/>
                        </g>
                    }
                })
                .collect_view()
        })
    };
    view! { <g class=class>{each}</g> }
}

/// Whose stalls are chosen by others, and which.
fn theirs<T: Send + 'static>(model: Model, draw: fn(Model, &Other, Vec<Frame>) -> T) -> impl Fn() -> Vec<T> {
    let one = move |other: &Other| {
        let chosen = other.selected.iter().take(MARKS);
        let frames =
            model.layout.with(|layout| chosen.filter_map(|id| layout.stall(*id)).map(Frame::of).collect());
        draw(model, other, frames)
    };
    move || model.others.with(|others| others.iter().map(one).collect())
}

/// Rings round what others have chosen: part of the map, so that they move with it by themselves.
pub(super) fn rings(model: Model) -> impl IntoView {
    let rings = theirs(model, |_, _, frames| {
        let ring = |frame: &Frame| {
            let (w, d) = (frame.w * SCALE, frame.d * SCALE);
            let place = map::frame_at(frame.at.x * SCALE, -frame.at.y * SCALE, -frame.angle);
            view! { <rect x=-w / 2.0 y=-d / 2.0 width=w height=d rx="3" transform=place/> }
        };
        frames.iter().map(ring).collect_view()
    });
    view! { <g class="theirs">{rings}</g> }
}

/// Who has chosen it, at a corner of the first.
fn letters(model: Model) -> impl IntoView {
    theirs(model, |model, other, frames| {
        let initial = other.initial.clone();
        frames.first().map(|frame| {
            let stall = Footprint { centre: frame.at, w: frame.w, d: frame.d, angle: frame.angle };
            let corner = stall.bounds().high;
            view! {
                <g class="letter-of" transform=move || at(model, corner)>
                    <circle r="9"/>
                    <text dy="0.35em">{initial}</text>
                </g>
            }
        })
    })
}

/// The frame round what is chosen. While a stall is dragged only its translation changes.
fn frame(model: Model) -> impl IntoView {
    let live = Memo::new(move |_| model.held.with(|held| model.frame.get().map(|frame| frame.with(held))));
    let half = Memo::new(move |_| {
        let metre = model.camera.get().map_or(1.0, |camera| camera.metre());
        live.get().map_or((0.0, 0.0), |frame| (frame.w * metre / 2.0, frame.d * metre / 2.0))
    });
    let one = Memo::new(move |_| model.selected.with(BTreeSet::len) == 1);
    let shown = Memo::new(move |_| live.with(Option::is_some));
    let place = move || {
        live.get()
            .map(|frame| format!("{} rotate({})", at(model, frame.at), -frame.angle))
            .unwrap_or_default()
    };
    let knob = move || half.get().1 + KNOB + if model.touch.get() { APART } else { 0.0 };
    move || {
        shown.get().then(|| {
            let handles = move || (one.get() && model.may_change).then(|| handles(model, half));
            let turns = model.may_change.then(|| {
                view! {
                    <line class="stem" x1="0" y1=move || -half.get().1 x2="0" y2=move || -knob()/>
                    <circle class="knob grip" cx="0" cy=move || -knob() r="22"/>
                    <circle class="knob" cx="0" cy=move || -knob() r="6"/>
                }
            });
            view! {
                <g class="frame" class:several=move || !one.get() transform=place>
                    <rect class="ring" x=move || -half.get().0 y=move || -half.get().1 width=move || half.get().0 * 2.0 height=move || half.get().1 * 2.0 rx="2"/>
                    {turns}
                    {handles}
                </g>
            }
        })
    }
}

fn handles(model: Model, half: Memo<(f64, f64)>) -> impl IntoView {
    HANDLES
        .iter()
        .map(|(name, east, north)| {
            let place = move || {
                let ((w, h), apart) = (half.get(), if model.touch.get() { APART } else { 0.0 });
                format!("translate({:.2} {:.2})", east * (w + apart), -north * (h + apart))
            };
            let reach = move || if model.touch.get() { "22" } else { "9" };
            view! {
                <g class=format!("handle {name}") data-handle=*name transform=place>
                    <circle class="grip" r=reach/>
                    <rect x="-4" y="-4" width="8" height="8" rx="1"/>
                </g>
            }
        })
        .collect_view()
}

/// Lines on which a dragged stall lies with others, and the gaps that it repeats.
fn guides(model: Model) -> Option<AnyView> {
    let camera = model.camera.get()?;
    let lines = model.guides.with(|guides| {
        guides
            .iter()
            .map(|guide| {
                let (from, to, metres) = match *guide {
                    Guide::Line { from, to, .. } => (from, to, None),
                    Guide::Gap { from, to, metres } => (from, to, Some(metres)),
                };
                let ((x1, y1), (x2, y2)) = (camera.pixel(from), camera.pixel(to));
                let text = metres.map(|metres| {
                    let (x, y) = (f64::midpoint(x1, x2), f64::midpoint(y1, y2));
                    view! { <text x=x y=y dy="-0.4em">{format!("{metres:.2}")}</text> }
                });
                let class = if metres.is_some() { "gap" } else { "line" };
                view! { <line class=class x1=x1 y1=y1 x2=x2 y2=y2/> {text} }
            })
            .collect_view()
    });
    Some(view! { <g class="guides">{lines}</g> }.into_any())
}

/// A rubber band, a measured line, stalls that would come.
fn held(model: Model) -> Option<AnyView> {
    let camera = model.camera.get()?;
    model.held.with(|held| match held {
        Held::Band(one, other) => {
            let band = between(*one, *other);
            let (x, y) = camera.pixel(Point::new(band.low.x, band.high.y));
            let (w, h) = (band.width() * camera.metre(), band.height() * camera.metre());
            Some(view! { <rect class="band" x=x y=y width=w height=h/> }.into_any())
        }
        Held::Line(from, to) => {
            let ((x1, y1), (x2, y2)) = (camera.pixel(*from), camera.pixel(*to));
            Some(
                view! {
                    <g class="tape">
                        <line x1=x1 y1=y1 x2=x2 y2=y2/>
                        <circle cx=x1 cy=y1 r="4"/>
                        <circle cx=x2 cy=y2 r="4"/>
                    </g>
                }
                .into_any(),
            )
        }
        Held::Ghosts(places) => Some(ghosts(&camera, places)),
        _ => None,
    })
}

/// What an arrangement would do.
fn offer(model: Model) -> Option<AnyView> {
    let camera = model.camera.get()?;
    model.offer.with(|offer| offer.as_ref().map(|offer| ghosts(&camera, &offer.places)))
}

/// Stalls that are not there yet.
fn ghosts(camera: &Camera, places: &[Footprint]) -> AnyView {
    let metre = camera.metre();
    let ghosts = places
        .iter()
        .map(|foot| {
            let (x, y) = camera.pixel(foot.centre);
            let (w, d) = (foot.w * metre, foot.d * metre);
            let place = format!("translate({x:.2} {y:.2}) rotate({})", -foot.angle);
            view! { <rect x=-w / 2.0 y=-d / 2.0 width=w height=d rx="2" transform=place/> }
        })
        .collect_view();
    view! { <g class="ghosts">{ghosts}</g> }.into_any()
}

/// A word below what is held.
fn hint(model: Model) -> Option<AnyView> {
    let hint = model.hint.get()?;
    let wide = 16.0 + hint.text.chars().map(|letter| if letter.is_ascii() { 7.5 } else { 13.5 }).sum::<f64>();
    let class = if hint.alarm { "pill alarm" } else { "pill" };
    Some(
        view! {
            <g class=class transform=at(model, hint.at)>
                <rect x=-wide / 2.0 y="10" width=wide height="24" rx="4"/>
                <text x="0" y="22" dy="0.35em">{hint.text}</text>
            </g>
        }
        .into_any(),
    )
}
