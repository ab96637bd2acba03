//! The whole ground in small, when the canvas does not show all of it: a press there goes there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kaishi_domain::geometry::Point;
use kaishi_domain::layout::drawing::{SCALE, place, view};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::svg::Svg;

use super::browser::corner;
use super::model::Model;
use crate::islands::canvas::size;
use crate::parts::map::zone_class;

pub(super) fn minimap(model: Model) -> impl IntoView {
    let whole = model.ground.with_value(|ground| view(ground.bounds().grown(2.0)));
    let needed = Memo::new(move |_| model.camera.get().is_some_and(|camera| !camera.shows(whole)));
    move || needed.get().then(|| small(model, whole))
}

fn small(model: Model, whole: [f64; 4]) -> impl IntoView {
    let node: NodeRef<Svg> = NodeRef::new();
    let go = move |event: PointerEvent| {
        let (Some(svg), true) = (node.get_untracked(), event.buttons() == 1) else { return };
        let ((left, top), (wide, high)) = (corner(&svg), size(&svg));
        let [x, y, w, h] = whole;
        let zoom = (wide / w).min(high / h).max(1e-6);
        let (dx, dy) = ((wide - w * zoom) / 2.0, (high - h * zoom) / 2.0);
        let at = (
            x + (f64::from(event.client_x()) - left - dx) / zoom,
            y + (f64::from(event.client_y()) - top - dy) / zoom,
        );
        let place = Point::new(at.0 / SCALE, -at.1 / SCALE);
        model.camera.update(|camera| *camera = camera.map(|camera| camera.centred(place)));
    };
    let outlines = model.ground.with_value(|ground| {
        ground
            .zones
            .iter()
            .map(|area| {
                let points: Vec<String> = area
                    .polygon
                    .points()
                    .iter()
                    .map(|point| {
                        let (x, y) = place(*point);
                        format!("{x},{y}")
                    })
                    .collect();
                view! { <polygon points=points.join(" ")/> }
            })
            .collect_view()
    });
    let shown = move || model.camera.get().map_or(whole, |camera| camera.view);
    let [x, y, w, h] = whole;
    view! {
        <svg class="minimap" node_ref=node viewBox=format!("{x} {y} {w} {h}") aria-hidden="true" on:pointerdown=go on:pointermove=go>
            {outlines}
            {move || dots(model)}
            <rect class="shown" x=move || shown()[0] y=move || shown()[1] width=move || shown()[2] height=move || shown()[3] vector-effect="non-scaling-stroke"/>
        </svg>
    }
}

/// The stalls, one path a slogan zone.
fn dots(model: Model) -> impl IntoView + use<> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    // Anew when the hand rests, not with every step.
    model.rested.track();
    model.layout.with_untracked(|layout| {
        for stall in layout.stalls().values() {
            let path = paths.entry(stall.zone.clone()).or_default();
            for (at, corner) in stall.footprint().corners().into_iter().enumerate() {
                let (x, y) = place(corner);
                let _ = write!(path, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
            }
            path.push('Z');
        }
    });
    paths
        .into_iter()
        .map(|(zone, path)| view! { <path class=format!("dots {}", zone_class(&zone)) d=path/> })
        .collect_view()
}
