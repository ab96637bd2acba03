//! What lies above the stalls, in pixels of the canvas: breaches, the frame with its handles, what is held.

use std::fmt::Write as _;

use kaishi_domain::StallId;
use kaishi_domain::geometry::{Bounds, Footprint, Point};
use kaishi_domain::layout::Severity;
use kaishi_domain::layout::drawing::SCALE;
use kaishi_domain::layout::snap::Guide;

use super::held::{Frame, Held, between};
use super::model::Model;
use crate::calls::presence::Other;
use crate::islands::canvas::Camera;
use crate::islands::live::watch;
use crate::islands::node::{Node, svg};
use crate::parts::Markup;
use crate::parts::map::frame_at;

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

/// Everything above the stalls.
pub(super) fn overlay(model: Model) -> Node {
    let shown = move || model.frame.with(Option::is_some);
    let calm = move || model.held.with(|held| *held == Held::Nothing);
    let group = || svg("g");
    // Whatever is drawn needs to know what the canvas shows.
    let drawn = |node: Node, draw: fn(Model, &Camera, &mut Markup)| {
        node.drawn(move |markup| {
            if let Some(camera) = model.camera.get() {
                draw(model, &camera, markup);
            }
        })
    };
    group()
        .attr("class", "overlay")
        .live("transform", move || model.camera.get().map(|camera| camera.upright()))
        .child(drawn(group().attr("class", "patches"), patches))
        .child(
            drawn(group(), marks)
                .live("class", move || Some(if calm() { "marks" } else { "marks quiet" }.to_owned())),
        )
        .child(drawn(group(), letters))
        .child(drawn(group(), held))
        .child(drawn(group().attr("class", "guides"), guides))
        .hole_of(shown, move |shown| if *shown { vec![frame(model)] } else { Vec::new() })
        .child(drawn(group(), hint))
}

/// The pixel over a place, as a translation.
fn at(camera: &Camera, place: Point) -> String {
    let (x, y) = camera.pixel(place);
    format!("translate({x:.2} {y:.2})")
}

/// What stalls share with what they must not stand on.
fn patches(model: Model, camera: &Camera, markup: &mut Markup) {
    if model.held.with(|held| *held != Held::Nothing) {
        return;
    }
    let (all, mut path) = (model.breaches.read(), String::new());
    for breach in all.iter().take(MARKS).filter(|breach| !breach.shared.is_empty()) {
        for (n, corner) in breach.shared.iter().enumerate() {
            let (x, y) = camera.pixel(*corner);
            let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    markup.add("path", &[("d", &path)]);
}

/// Pixels between the marks of one stall.
const BESIDE: f64 = 20.0;

/// A mark where each breach is: one about a stall as a whole stands at its corner, where it hides neither number nor name.
fn marks(model: Model, camera: &Camera, markup: &mut Markup) {
    let layout = model.layout.read();
    let mut corners: Vec<StallId> = Vec::new();
    for breach in model.breaches.read().iter().take(MARKS) {
        let alone = match breach.stalls[..] {
            [id] if breach.shared.is_empty() => layout.stall(id).map(|stall| stall.footprint().bounds()),
            _ => None,
        };
        let place = match alone.filter(|bounds| bounds.meets(Bounds { low: breach.at, high: breach.at })) {
            Some(bounds) => {
                let (x, y) = camera.pixel(Point::new(bounds.low.x, bounds.high.y));
                let before = corners.iter().filter(|id| breach.stalls.contains(id)).count();
                corners.extend(&breach.stalls);
                format!("translate({:.2} {:.2})", x - 3.0 + before as f64 * BESIDE, y - 3.0)
            }
            None => at(camera, breach.at),
        };
        let class = if breach.severity == Severity::Error { "breach error" } else { "breach warning" };
        markup.open("g", &[("class", &class), ("transform", &place)]);
        markup.add("circle", &[("r", &9)]).add("path", &[("d", &"M0 -4.5V1M0 4V4.2")]).close("g");
    }
}

/// Where the stalls stand that somebody else has chosen.
fn chosen(model: Model, other: &Other) -> Vec<Frame> {
    let layout = model.layout.read();
    other.selected.iter().take(MARKS).filter_map(|id| layout.stall(*id)).map(Frame::of).collect()
}

/// Rings round what others have chosen: part of the map, so that they move with it by themselves.
pub(super) fn rings(model: Model) -> Node {
    svg("g").attr("class", "theirs").drawn(move |markup| {
        for frame in model.others.read().iter().flat_map(|other| chosen(model, other)) {
            let place = frame_at(frame.at.x * SCALE, -frame.at.y * SCALE, -frame.angle);
            rect(markup, (frame.w * SCALE, frame.d * SCALE), 3, &place);
        }
    })
}

/// A rectangle of a size round a place.
fn rect(markup: &mut Markup, (w, d): (f64, f64), rx: u8, place: &str) {
    let (x, y) = (-w / 2.0, -d / 2.0);
    markup.add(
        "rect",
        &[("x", &x), ("y", &y), ("width", &w), ("height", &d), ("rx", &rx), ("transform", &place)],
    );
}

/// Who has chosen it, at a corner of the first.
fn letters(model: Model, camera: &Camera, markup: &mut Markup) {
    for other in model.others.read().iter() {
        let Some(frame) = chosen(model, other).first().copied() else { continue };
        let stall = Footprint { centre: frame.at, w: frame.w, d: frame.d, angle: frame.angle };
        let place = at(camera, stall.bounds().high);
        markup.open("g", &[("class", &"letter-of"), ("transform", &place)]).add("circle", &[("r", &9)]);
        markup.say("text", &[("dy", &"0.35em")], &other.initial).close("g");
    }
}

/// The frame as it looks now.
fn live(model: Model) -> Option<Frame> {
    model.frame.get().map(|frame| model.held.with(|held| frame.with(held)))
}

/// Half its width and depth, in pixels.
fn half(model: Model) -> (f64, f64) {
    let metre = model.camera.get().map_or(1.0, |camera| camera.metre());
    live(model).map_or((0.0, 0.0), |frame| (frame.w * metre / 2.0, frame.d * metre / 2.0))
}

/// The frame round what is chosen. While a stall is dragged only its translation changes.
fn frame(model: Model) -> Node {
    let place = move || {
        let (frame, camera) = (live(model)?, model.camera.get()?);
        Some(format!("{} rotate({})", at(&camera, frame.at), -frame.angle))
    };
    let one = move || model.selected.with(|chosen| chosen.len() == 1);
    let handles = move |one: &bool| {
        let some = *one && model.may_change;
        if some { HANDLES.iter().map(|handle| handle_of(model, *handle)).collect() } else { Vec::new() }
    };
    let ring = figure(svg("rect").attr("class", "ring").attr("rx", "2"), move || {
        let (w, d) = half(model);
        vec![("x", -w), ("y", -d), ("width", w * 2.0), ("height", d * 2.0)]
    });
    let knob = move || half(model).1 + KNOB + if model.touch.get() { APART } else { 0.0 };
    let round = move |class, r| {
        figure(svg("circle").attr("class", class).attr("cx", "0").attr("r", r), move || vec![("cy", -knob())])
    };
    let stem = move || {
        figure(svg("line").attr("class", "stem").attr("x1", "0").attr("x2", "0"), move || {
            vec![("y1", -half(model).1), ("y2", -knob())]
        })
    };
    let turns = model.may_change.then(|| [stem(), round("knob grip", "22"), round("knob", "6")]);
    svg("g")
        .attr("class", "frame")
        .live_class("several", move || !one())
        .live("transform", place)
        .child(ring)
        .children(turns.into_iter().flatten())
        .hole_of(one, handles)
}

/// A shape whose figures follow.
fn figure(node: Node, figures: impl Fn() -> Vec<(&'static str, f64)> + 'static) -> Node {
    let shape = node.clone();
    let mut known = Vec::new();
    watch(move || {
        let next = figures();
        if next != known {
            for (name, value) in &next {
                let _ = shape.element().set_attribute(name, &value.to_string());
            }
            known = next;
        }
    });
    node
}

fn handle_of(model: Model, (name, east, north): (&'static str, f64, f64)) -> Node {
    let place = move || {
        let ((w, h), apart) = (half(model), if model.touch.get() { APART } else { 0.0 });
        Some(format!("translate({:.2} {:.2})", east * (w + apart), -north * (h + apart)))
    };
    let reach = move || Some(if model.touch.get() { "22" } else { "9" }.to_owned());
    let square =
        svg("rect").figures([("x", -4.0), ("y", -4.0), ("width", 8.0), ("height", 8.0), ("rx", 1.0)]);
    svg("g")
        .attr("class", &format!("handle {name}"))
        .attr("data-handle", name)
        .live("transform", place)
        .child(svg("circle").attr("class", "grip").live("r", reach))
        .child(square)
}

/// Lines on which a dragged stall lies with others, and the gaps that it repeats.
fn guides(model: Model, camera: &Camera, markup: &mut Markup) {
    for guide in model.guides.read().iter() {
        let (from, to, metres) = match *guide {
            Guide::Line { from, to, .. } => (from, to, None),
            Guide::Gap { from, to, metres } => (from, to, Some(metres)),
        };
        let ((x1, y1), (x2, y2)) = (camera.pixel(from), camera.pixel(to));
        line(markup, if metres.is_some() { "gap" } else { "line" }, [x1, y1, x2, y2]);
        if let Some(metres) = metres {
            let (x, y) = (f64::midpoint(x1, x2), f64::midpoint(y1, y2));
            let words = format!("{metres:.2}");
            markup.say("text", &[("x", &x), ("y", &y), ("dy", &"-0.4em")], &words);
        }
    }
}

fn line(markup: &mut Markup, class: &str, [x1, y1, x2, y2]: [f64; 4]) {
    markup.add("line", &[("class", &class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

/// A rubber band, a measured line, stalls that would come.
fn held(model: Model, camera: &Camera, markup: &mut Markup) {
    match &*model.held.read() {
        Held::Band(one, other) => {
            let band = between(*one, *other);
            let (x, y) = camera.pixel(Point::new(band.low.x, band.high.y));
            let (w, h) = (band.width() * camera.metre(), band.height() * camera.metre());
            markup.add("rect", &[("class", &"band"), ("x", &x), ("y", &y), ("width", &w), ("height", &h)]);
        }
        Held::Line(from, to) => {
            let ((x1, y1), (x2, y2)) = (camera.pixel(*from), camera.pixel(*to));
            markup.open("g", &[("class", &"tape")]);
            line(markup, "line", [x1, y1, x2, y2]);
            for (x, y) in [(x1, y1), (x2, y2)] {
                markup.add("circle", &[("cx", &x), ("cy", &y), ("r", &4)]);
            }
            markup.close("g");
        }
        Held::Ghosts(places) => ghosts(markup, camera, places),
        _ => {}
    }
    // What an arrangement would do.
    if let Some(offer) = &*model.offer.read() {
        ghosts(markup, camera, &offer.places);
    }
}

/// Stalls that are not there yet.
fn ghosts(markup: &mut Markup, camera: &Camera, places: &[Footprint]) {
    let metre = camera.metre();
    markup.open("g", &[("class", &"ghosts")]);
    for foot in places {
        let place = format!("{} rotate({})", at(camera, foot.centre), -foot.angle);
        rect(markup, (foot.w * metre, foot.d * metre), 2, &place);
    }
    markup.close("g");
}

/// A word below what is held.
fn hint(model: Model, camera: &Camera, markup: &mut Markup) {
    let hint = model.hint.read();
    let Some(hint) = &*hint else { return };
    let wide = 16.0 + hint.text.chars().map(|letter| if letter.is_ascii() { 7.5 } else { 13.5 }).sum::<f64>();
    let class = if hint.alarm { "pill alarm" } else { "pill" };
    markup.open("g", &[("class", &class), ("transform", &at(camera, hint.at))]);
    let left = -wide / 2.0;
    markup.add("rect", &[("x", &left), ("y", &10), ("width", &wide), ("height", &24), ("rx", &4)]);
    markup.say("text", &[("x", &0), ("y", &22), ("dy", &"0.35em")], &hint.text).close("g");
}
