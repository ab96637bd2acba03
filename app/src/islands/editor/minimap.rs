//! The whole ground in small, when the canvas does not show all of it: a press there goes there.

use std::fmt::Write as _;

use kaishi_domain::geometry::Point;
use kaishi_domain::layout::drawing::{SCALE, place, view};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, PointerEvent};

use super::browser::corner;
use super::model::Model;
use crate::islands::canvas::size;
use crate::islands::node::{Node, svg};
use crate::parts::Markup;
use crate::parts::map::zone_class;

/// The small map on its stage.
pub(super) fn minimap(model: Model, stage: Node) -> Node {
    let whole = view(model.ground.bounds().grown(2.0));
    let needed = move || model.camera.get().is_some_and(|camera| !camera.shows(whole));
    stage.hole_of(needed, move |needed| if *needed { vec![small(model, whole)] } else { Vec::new() })
}

/// Goes to where a pointer presses.
fn go(model: Model, [x, y, w, h]: [f64; 4], event: &PointerEvent) {
    let svg = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let (Some(svg), true) = (svg, event.buttons() == 1) else { return };
    let ((left, top), (wide, high)) = (corner(&svg), size(&svg));
    let zoom = (wide / w).min(high / h).max(1e-6);
    let (dx, dy) = ((wide - w * zoom) / 2.0, (high - h * zoom) / 2.0);
    let at = (
        x + (f64::from(event.client_x()) - left - dx) / zoom,
        y + (f64::from(event.client_y()) - top - dy) / zoom,
    );
    model.look(|camera| camera.centred(Point::new(at.0 / SCALE, -at.1 / SCALE)));
}

fn small(model: Model, whole: [f64; 4]) -> Node {
    let mut outlines = Markup::default();
    for area in &model.ground.zones {
        outlines.add("path", &[("class", &"outline"), ("d", &trace([area.polygon.points()]))]);
    }
    let (below, dots) = (svg("g").markup(&outlines), svg("g").drawn(move |markup| stalls(model, markup)));
    let shown = svg("rect").attr("class", "shown").attr("vector-effect", "non-scaling-stroke");
    let shown = ["x", "y", "width", "height"].into_iter().enumerate().fold(shown, |node, (at, name)| {
        node.live(name, move || Some(model.camera.get().map_or(whole, |camera| camera.view)[at].to_string()))
    });
    let [x, y, w, h] = whole;
    svg("svg")
        .attr("class", "minimap")
        .attr("viewBox", &format!("{x} {y} {w} {h}"))
        .attr("aria-hidden", "true")
        .on("pointerdown", move |event| go(model, whole, event.unchecked_ref()))
        .on("pointermove", move |event| go(model, whole, event.unchecked_ref()))
        .child(below)
        .child(dots)
        .child(shown)
}

/// Shapes as closed lines of a path.
fn trace<'a>(shapes: impl IntoIterator<Item = &'a [Point]>) -> String {
    let mut path = String::new();
    for corners in shapes {
        for (at, corner) in corners.iter().enumerate() {
            let (x, y) = place(*corner);
            let _ = write!(path, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    path
}

/// The stalls, one path a slogan zone.
fn stalls(model: Model, markup: &mut Markup) {
    // Anew when the hand rests, not with every step.
    model.rested.with(|_| ());
    let layout = model.layout.read_untracked();
    for zone in &model.zones {
        let mine = layout.stalls().values().filter(|stall| stall.zone == zone.letter);
        let corners: Vec<_> = mine.map(|stall| stall.footprint().corners()).collect();
        let class = format!("dots {}", zone_class(&zone.letter));
        markup.add(
            "path",
            &[
                ("class", &class),
                ("d", &trace(corners.iter().map(<[kaishi_domain::geometry::Point; 4]>::as_slice))),
            ],
        );
    }
}
