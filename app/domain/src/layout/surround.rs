//! What a ground has besides the places for stalls: its edge, the photo under it, what the floor is like,
//! ways out, and things that people look for.

use super::drawing::{SCALE, path, place, sign, tidy, word};
use super::shape::{Look, Mark, Shape};
use crate::geometry::Point;
use crate::ground::{Backdrop, Facility, Ground, Patch};

/// The edge of the whole place, under everything.
pub(super) fn draw_outline(ground: &Ground, shapes: &mut Vec<Shape>) {
    if let Some(outline) = &ground.outline {
        shapes.push(Shape::Area(Look::Outline, path(outline.points())));
    }
}

/// The photo lies on the paper of the areas and under all that is drawn; the areas' edges are drawn again.
pub(super) fn draw_photo(ground: &Ground, shapes: &mut Vec<Shape>) {
    let Some(backdrop) = &ground.backdrop else { return };
    shapes.push(photo(backdrop));
    for area in &ground.zones {
        let mut points = area.polygon.points().to_vec();
        points.extend(points.first().copied());
        shapes.push(Shape::Line(Look::ZoneEdge, path(&points)));
    }
}

/// A photo in map units.
pub fn photo(backdrop: &Backdrop) -> Shape {
    let (x, foot) = place(backdrop.at);
    let (w, h) = (tidy(backdrop.w * SCALE), tidy(backdrop.h * SCALE));
    Shape::Photo {
        image: backdrop.image.clone(),
        x,
        y: tidy(foot - h),
        w,
        h,
        turn: tidy(-backdrop.angle),
        opacity: f64::from(backdrop.opacity) / 100.0,
    }
}

/// Shade, step-free ground, steps.
pub(super) fn draw_patch(patch: &Patch, english: bool, shapes: &mut Vec<Shape>) {
    let look = match patch.kind.as_str() {
        "shade" => Look::Shade,
        "steps" => Look::Steps,
        _ => Look::StepFree,
    };
    shapes.push(Shape::Area(look, path(patch.polygon.points())));
    let bounds = patch.polygon.bounds();
    if bounds.width() >= 2.0 && bounds.height() >= 1.0 {
        let at = Point::new(bounds.centre().x, bounds.low.y + 0.6);
        shapes.push(sign(Look::PatchSign, at, 0.0, word(&patch.kind, english)));
    }
}

/// A thing that people look for, with what they are told about it below.
pub(super) fn draw_facility(facility: &Facility, english: bool, shapes: &mut Vec<Shape>) {
    let (x, y) = place(facility.at);
    let mark = Mark::of(&facility.kind);
    let name = word(&facility.kind, english);
    let text = if facility.label.is_empty() { name.clone() } else { facility.label.clone() };
    shapes.push(Shape::Mark { mark, x, y, name });
    // A seat says for itself what it is; a column of words under every one would hide the stalls.
    if mark != Mark::Seat || !facility.label.is_empty() {
        shapes.push(sign(Look::MarkSign, facility.at.minus(Point::new(0.0, 0.95)), 0.0, text));
    }
}

/// A triangle at an edge: inward just outside an entrance, outward for a way that only leads out.
pub(super) fn gate(at: Point, ground: &Ground, out: bool) -> Shape {
    let inward = [0.0, 90.0, 180.0, 270.0]
        .map(Point::toward)
        .into_iter()
        .find(|way| {
            let step = at.plus(way.times(0.5));
            let beside = Point::new(-way.y, way.x).times(0.1);
            ground.area_at(step.plus(beside)).is_some() && ground.area_at(step.minus(beside)).is_some()
        })
        .unwrap_or(Point::toward(90.0));
    let side = Point::new(-inward.y, inward.x).times(0.35);
    let (near, far) = (at.minus(inward.times(0.3)), at.minus(inward.times(0.75)));
    let (tip, foot) = if out { (far, near) } else { (near, far) };
    let look = if out { Look::Exit } else { Look::Entrance };
    Shape::Area(look, path(&[tip, foot.plus(side), foot.minus(side)]))
}

#[cfg(test)]
mod tests {
    use super::super::Layout;
    use super::super::drawing::{Labels, draw};
    use super::super::shape::{Look, Mark, Shape};
    use crate::ground::Ground;

    fn ground() -> Ground {
        let mut full: serde_json::Value =
            serde_json::from_str(include_str!("../../../../server/demo/ground.json")).unwrap();
        full["facilities"] = serde_json::json!([
            {"kind": "aed", "at": [3.0, 36.0], "label": "北馆服务台"},
            {"kind": "seat", "at": [2.0, 3.0]}, {"kind": "kiosk", "at": [5.0, 3.0]},
        ]);
        full["patches"] = serde_json::json!([{"kind": "shade", "polygon": [[0, 0], [5, 0], [5, 5]]}]);
        full["exits"] = serde_json::json!([[42, 9]]);
        full["outline"] = serde_json::json!([[-2, -2], [62, -2], [62, 48], [-2, 48]]);
        full["backdrop"] = serde_json::json!(
            {"image": "0f".repeat(16), "at": [-2, -3], "w": 60, "h": 45, "angle": 10, "opacity": 40}
        );
        Ground::parse(&full.to_string()).unwrap()
    }

    #[test]
    fn facilities_are_drawn_with_their_words_and_seats_without() {
        let labels = Labels { english: true, ..Labels::default() };
        let shapes = draw(&ground(), &Layout::default(), &labels).ground;
        let marks: Vec<_> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Mark { mark, x, y, name } => Some((*mark, *x, *y, name.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(
            marks,
            [
                (Mark::Aed, 60.0, -720.0, "AED"),
                (Mark::Seat, 40.0, -60.0, "Seats"),
                (Mark::Other, 100.0, -60.0, "kiosk")
            ]
        );
        let words: Vec<_> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Words { look: Look::MarkSign, text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(words, ["北馆服务台", "kiosk"]);
        assert!(shapes.iter().any(|shape| matches!(shape, Shape::Area(Look::Shade, _))));
        assert!(shapes.iter().any(|shape| matches!(shape, Shape::Area(Look::Exit, _))));
        assert!(matches!(shapes[0], Shape::Area(Look::Outline, _)));
    }

    #[test]
    fn the_photo_lies_over_the_paper_and_under_all_else() {
        let shapes = draw(&ground(), &Layout::default(), &Labels::default()).ground;
        let at = shapes.iter().position(|shape| matches!(shape, Shape::Photo { .. })).unwrap();
        let paper = |shape: &Shape| matches!(shape, Shape::Area(Look::Outline | Look::Walk | Look::Zone, _));
        assert!(shapes[..at].iter().all(paper) && !shapes[at..].iter().any(paper));
        let Shape::Photo { x, y, w, h, turn, opacity, .. } = &shapes[at] else { panic!("no photo") };
        assert_eq!((*x, *y, *w, *h, *turn, *opacity), (-40.0, -840.0, 1200.0, 900.0, -10.0, 0.4));
    }
}
