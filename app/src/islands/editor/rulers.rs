//! Metres along the upper and the left edge of the canvas.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::model::Model;
use crate::islands::canvas::Camera;

/// Thickness of a ruler in pixels.
pub(super) const RULER: f64 = 20.0;

pub(super) fn rulers(model: Model) -> impl IntoView {
    move || {
        let camera = model.camera.get()?;
        let [x, y, ..] = camera.view;
        let upright = format!("translate({x} {y}) scale({})", 1.0 / camera.zoom());
        let (wide, high) = camera.size();
        let (across, ticks) = scale(&camera, true);
        let (along, more) = scale(&camera, false);
        let across = across
            .into_iter()
            .filter(|(at, _)| *at > RULER + 12.0)
            .map(|(at, text)| view! { <text x=at y="14">{text}</text> })
            .collect_view();
        let along = along
            .into_iter()
            .filter(|(at, _)| *at > RULER + 12.0)
            .map(|(at, text)| view! { <text x="10" y=at dy="0.35em">{text}</text> })
            .collect_view();
        Some(view! {
            <g class="rulers" transform=upright aria-hidden="true">
                <rect width=wide height=RULER/>
                <rect width=RULER height=high/>
                <path d=ticks + &more/>
                {across}
                {along}
            </g>
        })
    }
}

/// The labels of one ruler with their pixels, and its ticks as a path.
fn scale(camera: &Camera, across: bool) -> (Vec<(f64, String)>, String) {
    let metre = camera.metre();
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]
        .into_iter()
        .find(|step| step * metre >= 44.0)
        .unwrap_or(500.0);
    let (low, high) = (camera.ground((0.0, camera.size().1)), camera.ground((camera.size().0, 0.0)));
    let (from, to) = if across { (low.x, high.x) } else { (low.y, high.y) };
    let (mut labels, mut ticks) = (Vec::new(), String::new());
    let small = step / 5.0;
    let mut at = (from / small).floor();
    while at * small <= to {
        let place = kaishi_domain::geometry::Point::new(at * small, at * small);
        let (x, y) = camera.pixel(place);
        let long = at.rem_euclid(5.0) < 0.5;
        let from = if long { RULER - 6.0 } else { RULER - 3.0 };
        if across {
            let _ = write!(ticks, "M{x:.1} {from}V{RULER}");
        } else {
            let _ = write!(ticks, "M{from} {y:.1}H{RULER}");
        }
        if long {
            labels.push((if across { x } else { y }, format!("{}", (at * small).round())));
        }
        at += 1.0;
    }
    (labels, ticks)
}
