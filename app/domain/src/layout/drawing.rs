//! Draws a layout once: the same plain shapes for the editor, the public map, the screen and the poster.
//!
//! One metre is `SCALE` map units; the y axis is turned here and nowhere else, because it points up on a
//! ground and down in a picture. Colours belong to the style sheet: a shape only says what it is.

use std::fmt::Write as _;

use super::Layout;
pub use super::plate::{Plate, Side, fit};
pub use super::shape::{Look, Mark, Shape};
use super::surround;
pub use super::surround::photo;
use crate::StallId;
use crate::geometry::{Bounds, Point, edges, extent};
use crate::ground::{Area, Ground, KeepClear, Obstacle, Outlet, label};
use crate::map::Map;
use crate::order::Gather;

/// Map units in a metre: at this zoom a unit is a pixel and letters have their natural size.
pub const SCALE: f64 = 20.0;

/// What is written on and under a stall.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Label {
    /// `网格有约`
    pub name: String,
    /// `福中社区党委`
    pub unit: String,
}

/// What the picture says in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    /// Of each stall that has somebody.
    pub stalls: Map<StallId, Label>,
    /// English instead of Chinese.
    pub english: bool,
}

impl Labels {
    /// Those of some stalls.
    pub fn of(stalls: impl Iterator<Item = (StallId, Label)>, english: bool) -> Self {
        Self { stalls: stalls.gather(), english }
    }
}

/// A picture of a layout on its ground.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// The part to look at: left, top, width, height, in map units.
    pub view: [f64; 4],
    /// Below the stalls.
    pub ground: Vec<Shape>,
    /// The stalls in the order of their numbers.
    pub plates: Vec<Plate>,
    /// The outline of all areas, to cut things off at.
    pub outlines: Vec<String>,
}

/// Where a place on the ground lies in the picture.
pub fn place(at: Point) -> (f64, f64) {
    (tidy(at.x * SCALE), tidy(-at.y * SCALE))
}

/// To the hundredth of a map unit: half a millimetre.
pub(super) fn tidy(units: f64) -> f64 {
    (units * 100.0).round() / 100.0 + 0.0
}

pub(super) fn path(points: &[Point]) -> String {
    let mut text = String::new();
    for point in points {
        let (x, y) = place(*point);
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{x},{y}");
    }
    text
}

/// Metres as people write them: `4`, `12.5`.
pub fn metres(value: f64) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}

/// Draws a layout on its ground.
pub fn draw(ground: &Ground, layout: &Layout, labels: &Labels) -> Drawing {
    let mut shapes = Vec::new();
    surround::draw_outline(ground, &mut shapes);
    for walk in &ground.walk {
        shapes.push(Shape::Area(Look::Walk, path(walk.points())));
    }
    for area in &ground.zones {
        shapes.push(Shape::Area(Look::Zone, path(area.polygon.points())));
    }
    surround::draw_photo(ground, &mut shapes);
    for patch in &ground.patches {
        surround::draw_patch(patch, labels.english, &mut shapes);
    }
    for obstacle in &ground.obstacles {
        draw_obstacle(obstacle, labels.english, &mut shapes);
    }
    for part in &ground.keep_clear {
        draw_keep_clear(part, ground, labels.english, &mut shapes);
    }
    for at in &ground.entrances {
        shapes.push(surround::gate(*at, ground, false));
    }
    for at in &ground.exits {
        shapes.push(surround::gate(*at, ground, true));
    }
    for outlet in &ground.outlets {
        draw_outlet(outlet, ground, layout, &mut shapes);
    }
    for tap in &ground.water {
        let (x, y) = place(*tap);
        shapes.push(Shape::Tap { x, y });
    }
    for facility in &ground.facilities {
        surround::draw_facility(facility, labels.english, &mut shapes);
    }
    let plates = layout
        .in_order()
        .into_iter()
        .map(|stall| Plate::of(stall, labels.stalls.get(&stall.id).unwrap_or(&Label::default())));
    Drawing {
        view: view(focus(ground, layout).grown(2.5)),
        ground: shapes,
        plates: plates.collect(),
        outlines: ground.zones.iter().map(|area| path(area.polygon.points())).collect(),
    }
}

/// A rectangle on the ground as a picture's view.
pub fn view(bounds: Bounds) -> [f64; 4] {
    let (left, top) = place(Point::new(bounds.low.x, bounds.high.y));
    [left, top, tidy(bounds.width() * SCALE), tidy(bounds.height() * SCALE)]
}

/// The areas in which stalls stand; the whole ground while there are none.
pub fn focus(ground: &Ground, layout: &Layout) -> Bounds {
    let used = |area: &&Area| layout.stalls().values().any(|s| area.polygon.contains(s.centre()));
    let corners = ground.zones.iter().filter(used).flat_map(|area| area.polygon.points().iter().copied());
    Bounds::of(corners).unwrap_or_else(|| ground.bounds())
}

pub(super) fn word(kind: &str, english: bool) -> String {
    let (chinese, other) = label(kind);
    if english { other } else { chinese }.to_owned()
}

pub(super) fn sign(look: Look, at: Point, turn: f64, text: String) -> Shape {
    let (x, y) = place(at);
    Shape::Words { look, x, y, turn, text }
}

fn draw_obstacle(obstacle: &Obstacle, english: bool, shapes: &mut Vec<Shape>) {
    let bounds = obstacle.polygon.bounds();
    let tree = obstacle.kind == "tree";
    if obstacle.clear >= 0.3 {
        let (x, y) = place(bounds.centre());
        let r = tidy((bounds.width().min(bounds.height()) / 2.0 + obstacle.clear) * SCALE);
        let round = obstacle.polygon.points().len() > 6;
        shapes.push(if round {
            Shape::Ring { look: Look::Clearance, x, y, r }
        } else {
            Shape::Area(Look::Clearance, path(&obstacle.polygon.grown(obstacle.clear)))
        });
    }
    let look = if tree { Look::Tree } else { Look::Obstacle };
    shapes.push(Shape::Area(look, path(obstacle.polygon.points())));
    if bounds.width().min(bounds.height()) >= 1.2 {
        let tall = bounds.height() > 5.0;
        let at = if tall { Point::new(bounds.centre().x, bounds.high.y - 1.2) } else { bounds.centre() };
        shapes.push(sign(Look::Sign, at, 0.0, word(&obstacle.kind, english)));
    }
}

fn draw_keep_clear(part: &KeepClear, ground: &Ground, english: bool, shapes: &mut Vec<Shape>) {
    let bounds = part.polygon.bounds();
    let name = word(&part.kind, english);
    if !part.is_fire_lane() {
        shapes.push(Shape::Area(Look::KeepClear, path(part.polygon.points())));
        let turn = if bounds.height() > bounds.width() * 1.2 { -90.0 } else { 0.0 };
        shapes.push(sign(Look::KeepSign, bounds.centre(), turn, name));
        return;
    }
    shapes.push(Shape::Area(Look::FireLane, path(part.polygon.points())));
    for (a, b) in edges(part.polygon.points()) {
        let middle = a.plus(b).times(0.5);
        let inside = ground
            .zones
            .iter()
            .any(|area| area.polygon.contains(middle) && area.polygon.distance_to_edge(middle) > 0.05);
        if inside && b.minus(a).length() > part.width.unwrap_or(0.0) * 1.5 {
            shapes.push(Shape::Line(Look::LaneEdge, path(&[a, b])));
        }
    }
    let width = metres(part.width.unwrap_or(ground.rules.fire_lane));
    let text = if english { format!("{name} {width} m clear") } else { format!("{name} 净宽 {width} m") };
    let turn = if bounds.height() > bounds.width() { -90.0 } else { 0.0 };
    shapes.push(sign(Look::LaneSign, bounds.centre(), turn, text));
}

/// What of the ground's picture depends on where the stalls stand: how far the outlets in use reach, and the
/// cables.
pub fn wires(ground: &Ground, layout: &Layout) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for outlet in &ground.outlets {
        draw_wires(outlet, layout, &mut shapes);
    }
    shapes
}

fn draw_wires(outlet: &Outlet, layout: &Layout, shapes: &mut Vec<Shape>) {
    let mut wired =
        layout.stalls().values().filter(|s| s.outlet.as_deref() == Some(outlet.id.as_str())).peekable();
    if wired.peek().is_some() {
        let (x, y) = place(outlet.at);
        shapes.push(Shape::Ring { look: Look::Reach, x, y, r: tidy(outlet.reach * SCALE) });
    }
    for stall in wired {
        shapes.push(Shape::Line(Look::Cable, path(&cable(outlet.at, &stall.footprint().corners()))));
    }
}

fn draw_outlet(outlet: &Outlet, ground: &Ground, layout: &Layout, shapes: &mut Vec<Shape>) {
    draw_wires(outlet, layout, shapes);
    let (x, y) = place(outlet.at);
    shapes.push(Shape::Socket { x, y });
    let text = format!("{} {} kW", outlet.id, f64::from(outlet.cap_w) / 1_000.0);
    // Outside an area its name stands above it, inside to the left, where no cable leaves.
    let inside = ground.area_at(outlet.at).is_some_and(|area| area.polygon.distance_to_edge(outlet.at) > 2.0);
    let beside = if inside { Point::new(-2.2, 0.0) } else { Point::new(0.0, 1.0) };
    shapes.push(sign(Look::OutletSign, outlet.at.plus(beside), 0.0, text));
}

/// From an outlet at right angles to the middle of a stall's nearest edge.
pub(super) fn cable(from: Point, corners: &[Point; 4]) -> Vec<Point> {
    let (west, east) = extent(corners, Point::new(1.0, 0.0));
    let (south, north) = extent(corners, Point::new(0.0, 1.0));
    let centre = Point::new(f64::midpoint(west, east), f64::midpoint(south, north));
    if from.x < west || from.x > east {
        let door = if from.x < west { west } else { east };
        let bend = f64::midpoint(from.x, door);
        vec![from, Point::new(bend, from.y), Point::new(bend, centre.y), Point::new(door, centre.y)]
    } else {
        let door = if from.y < south { south } else { north };
        vec![from, Point::new(from.x, door)]
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "map units are tidied")]
mod tests {
    use super::super::tests::stall;
    use super::*;

    fn ground() -> Ground {
        Ground::parse(include_str!("../../../../server/demo/ground.json")).unwrap()
    }

    #[test]
    fn north_is_up() {
        assert_eq!(place(Point::new(1.0, 2.0)), (20.0, -40.0));
        let drawing = draw(&ground(), &Layout::of([stall(1, 12.0, 5.0)]).unwrap(), &Labels::default());
        assert_eq!(drawing.view, [-50.0, -570.0, 940.0, 620.0]);
        assert_eq!((drawing.plates[0].x, drawing.plates[0].y), (240.0, -100.0));
        assert_eq!(drawing.plates[0].counter, Side::Bottom);
    }

    #[test]
    fn the_picture_speaks_the_readers_language() {
        let words = |english| -> Vec<String> {
            let labels = Labels { english, ..Labels::default() };
            let shapes = draw(&ground(), &Layout::default(), &labels).ground;
            shapes
                .into_iter()
                .filter_map(|s| if let Shape::Words { text, .. } = s { Some(text) } else { None })
                .collect()
        };
        assert!(words(false).contains(&"消防通道 净宽 4 m".to_owned()));
        assert!(words(true).contains(&"Fire lane 4 m clear".to_owned()));
        assert!(words(false).contains(&"主入口".to_owned()));
    }

    #[test]
    fn an_outlet_shows_its_reach_and_cables_only_when_a_stall_is_wired_to_it() {
        let mut wired = stall(9, 11.5, 7.0);
        let count = |stall: &super::super::Stall| {
            let layout = Layout::of([stall.clone()]).unwrap();
            let shapes = draw(&ground(), &layout, &Labels::default()).ground;
            shapes
                .iter()
                .filter(|s| matches!(s, Shape::Ring { look: Look::Reach, .. } | Shape::Line(Look::Cable, _)))
                .count()
        };
        assert_eq!(count(&wired), 0);
        wired.outlet = Some("o4".into());
        assert_eq!(count(&wired), 2);
    }
}
