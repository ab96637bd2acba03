//! What a drawing tool asks before it draws, and the way to do the same by typing.

use std::cell::Cell;
use std::rc::Rc;

use super::model::{Model, Tool};
use crate::islands::canvas::figure;
use crate::islands::node::{Node, button, el, of, text};
use kaishi_domain::geometry::Point;
use kaishi_domain::layout::place::Hand;
use kaishi_domain::market::Zone;

/// The panel of the tool in hand.
pub(super) fn brush(model: Model, tool: Tool) -> Vec<Node> {
    let words = model.words;
    let content = match tool {
        Tool::Row => row(model),
        Tool::Fill => fill(model),
        Tool::Place => vec![zones(model), note(words.place_how())],
        Tool::Measure => vec![note(words.measure_how())],
        Tool::Select | Tool::Pan => return Vec::new(),
    };
    vec![of("div", "brush").attr("role", "group").attr("aria-label", words.brush()).children(content)]
}

/// A quiet sentence.
pub(super) fn note(words: &str) -> Node {
    of("p", "note").text(words)
}

/// A field with its name.
pub(super) fn named(name: &str, field: Node) -> Node {
    el("label").child(text("span", name)).child(field)
}

/// One choice of a field.
pub(super) fn option(value: &str, name: &str, chosen: bool) -> Node {
    text("option", name).attr("value", value).flag("selected", chosen)
}

/// A slogan zone as a choice.
pub(super) fn zone_option(zone: &Zone, chosen: bool) -> Node {
    option(&zone.letter, &format!("{} {}", zone.letter, zone.name), chosen)
}

/// A field for a number with so fine a step.
pub(super) fn numeric(step: &str) -> Node {
    el("input").attr("type", "number").attr("inputmode", "decimal").attr("step", step)
}

/// The slogan zone of what comes.
fn zones(model: Model) -> Node {
    let now = model.brush.borrow();
    let options = model.zones.iter().map(|zone| zone_option(zone, zone.letter == now.zone));
    let set = move |zone: &str| zone.clone_into(&mut model.brush.borrow_mut().zone);
    named(model.words.zone(), el("select").children(options).changed(set))
}

fn gap(model: Model) -> Node {
    let now = model.brush.borrow().gap;
    let set = move |typed: &str| {
        if let Some(gap) = figure(typed) {
            model.brush.borrow_mut().gap = gap.clamp(0.0, 20.0);
        }
    };
    let field = numeric("0.1").attr("min", "0").attr("max", "20").figure("value", now);
    named(model.words.gap(), field.changed(set))
}

/// A row: between two places that are drawn or typed.
fn row(model: Model) -> Vec<Node> {
    let words = model.words;
    let middle = model.camera.get_untracked().map_or(Point::default(), |camera| {
        let (wide, high) = camera.size();
        model.snapped_at(camera.ground((wide / 2.0, high / 2.0)))
    });
    let ends = Rc::new([middle.x, middle.y, middle.x + 10.0, middle.y].map(Cell::new));
    let field = |at: usize, name: &str| {
        let (now, ends) = (ends[at].get(), ends.clone());
        let set = move |typed: &str| {
            if let Some(metres) = figure(typed) {
                ends[at].set(metres);
            }
        };
        named(name, numeric("0.1").figure("value", now).changed(set))
    };
    let other = move |hand: &str| {
        model.brush.borrow_mut().hand = if hand == "left" { Hand::Left } else { Hand::Right };
    };
    let left = model.brush.borrow().hand == Hand::Left;
    let counters = el("select")
        .child(option("right", words.right_hand(), !left))
        .child(option("left", words.left_hand(), left))
        .changed(other);
    let fields = of("div", "ends")
        .child(field(0, "X"))
        .child(field(1, "Y"))
        .child(field(2, "X₂"))
        .child(field(3, "Y₂"));
    let go = move || {
        let [x1, y1, x2, y2] = [0, 1, 2, 3].map(|at: usize| ends[at].get());
        model.stand(&model.row(Point::new(x1, y1), Point::new(x2, y2)));
        model.tool.set(Tool::Select);
    };
    vec![
        zones(model),
        gap(model),
        named(words.counters(), counters),
        el("details")
            .child(text("summary", words.type_it()))
            .child(fields.child(button("small", go).text(words.set_row()))),
        note(words.row_how()),
    ]
}

/// An area: a rectangle that is drawn, or all of an area of the ground.
fn fill(model: Model) -> Vec<Node> {
    let words = model.words;
    let (facing, paired) = {
        let brush = model.brush.borrow();
        (brush.facing, brush.paired)
    };
    let sides = [270.0, 90.0, 0.0, 180.0]
        .map(|side: f64| option(&side.to_string(), words.sky(side), (side - facing).abs() < 1.0));
    let set = move |side: &str| {
        if let Some(side) = figure(side) {
            model.brush.borrow_mut().facing = side;
        }
    };
    let pair = el("input").attr("type", "checkbox").flag("checked", paired);
    let whole = model.known().ground.zones.iter().map(|area| {
        let go = move || {
            model.stand(&model.fill(&area.polygon, area.polygon.centroid()));
            model.tool.set(Tool::Select);
        };
        button("small", go).text(&words.fill_all(&area.name))
    });
    let whole = of("div", "verbs-row").children(whole);
    vec![
        zones(model),
        gap(model),
        named(words.facing(), el("select").children(sides).changed(set)),
        of("label", "check")
            .child(pair.ticked(move |on| model.brush.borrow_mut().paired = on))
            .child(text("span", words.paired())),
        whole,
        note(words.fill_how()),
    ]
}
