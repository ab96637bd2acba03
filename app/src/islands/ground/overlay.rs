//! What lies above the drawing: the chosen part with its corners, what is being drawn, and what is wrong.

use kaishi_domain::geometry::{Point, edges};
use kaishi_domain::ground::Part;
use kaishi_domain::layout::drawing::place;
use leptos::prelude::*;

use super::model::{Model, Tool};

pub(super) fn overlay(model: Model) -> impl IntoView {
    let zoom = model.camera.get().map_or(1.0, |camera| camera.zoom());
    let flaws = model.held.with(Option::is_none).then(|| flaws(model, zoom));
    let held = model.held.get();
    let chosen = held.or_else(|| model.part()).map(|part| chosen(model, &part, zoom));
    view! { <g class="overlay">{flaws}{chosen}{sketch(model, zoom)}</g> }
}

fn flaws(model: Model, zoom: f64) -> impl IntoView + use<> {
    model.flaws.with(|all| {
        all.iter()
            .map(|flaw| {
                let (x, y) = place(flaw.at);
                let class = if flaw.is_error() { "breach error" } else { "breach warning" };
                view! {
                    <g class=class transform=format!("translate({x} {y}) scale({})", 1.0 / zoom)>
                        <circle r="9"/>
                        <path d="M0 -4.5V1M0 4V4.2"/>
                    </g>
                }
            })
            .collect_view()
    })
}

fn path(points: &[Point]) -> String {
    let text = points.iter().map(|point| {
        let (x, y) = place(*point);
        format!("{x},{y}")
    });
    text.collect::<Vec<_>>().join(" ")
}

/// A ring round the part, a handle at each corner and a small one in the middle of each edge.
fn chosen(model: Model, part: &Part, zoom: f64) -> AnyView {
    let Some(polygon) = part.polygon() else {
        let Some(at) = part.point() else { return ().into_any() };
        let (x, y) = place(at);
        return view! { <circle class="ring" cx=x cy=y r=16.0 / zoom vector-effect="non-scaling-stroke"/> }
            .into_any();
    };
    let corners = polygon.points();
    let at = model.corner.get();
    let handles = model.may_change.then(|| {
        let middles = edges(corners).map(|(a, b)| {
            let (x, y) = place(a.plus(b).times(0.5));
            view! { <circle class="middle" cx=x cy=y r=4.5 / zoom vector-effect="non-scaling-stroke"/> }
        });
        let ends = corners.iter().enumerate().map(|(index, corner)| {
            let (x, y) = place(*corner);
            let side = 12.0 / zoom;
            let class = if at == Some(index) { "handle at" } else { "handle" };
            view! {
                <rect class=class x=x - side / 2.0 y=y - side / 2.0 width=side height=side rx=2.0 / zoom vector-effect="non-scaling-stroke"/>
            }
        });
        (middles.collect_view(), ends.collect_view())
    });
    view! {
        <polygon class="ring" points=path(corners) vector-effect="non-scaling-stroke"/>
        {handles}
    }
    .into_any()
}

/// The corners drawn so far, a line to the finger, and how long it is.
fn sketch(model: Model, zoom: f64) -> Option<AnyView> {
    let corners = model.sketch.get();
    let hover = model.hover.get();
    if corners.is_empty() {
        return None;
    }
    let tool = model.tool.get();
    let mut line = corners.clone();
    line.extend(hover.filter(|_| tool != Tool::Scale || corners.len() < 2));
    let dots = corners.iter().map(|corner| {
        let (x, y) = place(*corner);
        view! { <circle class="middle" cx=x cy=y r=6.0 / zoom vector-effect="non-scaling-stroke"/> }
    });
    let length = match line.as_slice() {
        [.., a, b] => Some((*a, *b)),
        _ => None,
    };
    let pill = length.map(|(a, b)| {
        let (x, y) = place(a.plus(b).times(0.5));
        let text = format!("{:.2} m", b.minus(a).length());
        view! {
            <g class="length" transform=format!("translate({x} {y}) scale({})", 1.0 / zoom)>
                <rect x="-36" y="-12" width="72" height="24" rx="4"/>
                <text x="0" y="0" dy="0.35em">{text}</text>
            </g>
        }
    });
    Some(
        view! {
            <polyline class="sketch" points=path(&line) vector-effect="non-scaling-stroke"/>
            {dots.collect_view()}
            {pill}
        }
        .into_any(),
    )
}
