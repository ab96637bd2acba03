//! Metres along the upper and the left edge of the canvas.

use std::fmt::Write as _;

use super::model::Model;
use crate::islands::canvas::Camera;
use crate::islands::node::{Node, svg};
use crate::parts::Markup;

/// Thickness of a ruler in pixels.
const RULER: f64 = 20.0;

/// Both rulers.
pub(super) fn rulers(model: Model) -> Vec<Node> {
    let Some(camera) = model.camera.get() else { return Vec::new() };
    let (wide, high) = camera.size();
    let (mut markup, mut labels) = (Markup::default(), Markup::default());
    let ticks = scale(&camera, true, &mut labels) + &scale(&camera, false, &mut labels);
    markup.add("rect", &[("width", &wide), ("height", &RULER)]);
    markup.add("rect", &[("width", &RULER), ("height", &high)]);
    markup.add("path", &[("d", &ticks)]).join(&labels);
    let node = svg("g").attr("class", "rulers").attr("transform", &camera.upright());
    vec![node.attr("aria-hidden", "true").markup(&markup)]
}

/// The ticks of one ruler as a path; its labels are written behind the others.
fn scale(camera: &Camera, across: bool, labels: &mut Markup) -> String {
    let metre = camera.metre();
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]
        .into_iter()
        .find(|step| step * metre >= 44.0)
        .unwrap_or(500.0);
    let (low, high) = (camera.ground((0.0, camera.size().1)), camera.ground((camera.size().0, 0.0)));
    let (from, to) = if across { (low.x, high.x) } else { (low.y, high.y) };
    let mut ticks = String::new();
    let small = step / 5.0;
    let mut at = (from / small).floor();
    while at * small <= to {
        let place = kaishi_domain::geometry::Point::new(at * small, at * small);
        let (x, y) = camera.pixel(place);
        let long = at.rem_euclid(5.0) < 0.5;
        let from = if long { RULER - 6.0 } else { RULER - 3.0 };
        let _ = if across {
            write!(ticks, "M{x:.1} {from}V{RULER}")
        } else {
            write!(ticks, "M{from} {y:.1}H{RULER}")
        };
        let text = (at * small).round();
        if long && across && x > RULER + 12.0 {
            labels.say("text", &[("x", &x), ("y", &14)], &text);
        } else if long && !across && y > RULER + 12.0 {
            labels.say("text", &[("x", &10), ("y", &y), ("dy", &"0.35em")], &text);
        }
        at += 1.0;
    }
    ticks
}
