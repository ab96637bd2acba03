//! The drawing tools: a stall, a row of stalls, an area full of stalls, a measured line.

use kaishi_domain::geometry::{Footprint, Point, Polygon};
use kaishi_domain::ground::Size;
use kaishi_domain::layout::place::{Fill, Hand, Place, Row};
use kaishi_domain::layout::{Layout, Stall, measure};

use super::browser;
use super::held::{Held, Hint, between};
use super::model::{Model, Tool};

/// How new stalls are set.
#[derive(Clone)]
pub(super) struct Brush {
    /// The slogan zone's letter.
    pub(super) zone: String,
    /// Metres between neighbours.
    pub(super) gap: f64,
    /// Where counters look in a filled area, in degrees counter-clockwise from east.
    pub(super) facing: f64,
    /// On which side of a row its counters are.
    pub(super) hand: Hand,
    /// Every other row of an area back to back with the next.
    pub(super) paired: bool,
}

impl Model {
    /// What a tool would do between two places.
    pub(super) fn draw(self, from: Point, to: Point) {
        let tool = self.tool.get_untracked();
        if tool == Tool::Measure {
            let way = measure(from, to);
            self.held.set(Held::Line(from, to));
            let text = format!("{:.2} m · {:.1}°", way.metres, way.angle);
            self.hint.set(Some(Hint { at: to, text, alarm: false }));
            return;
        }
        let places = self.places(tool, from, to);
        let text = match places.first() {
            Some(one) if tool == Tool::Place => format!("{:.1} × {:.1} m", one.w, one.d),
            _ => self.words.so_many(places.len()),
        };
        self.hint.set(Some(Hint { at: to, text, alarm: places.is_empty() }));
        self.held.set(Held::Ghosts(places));
    }

    /// Does it.
    pub(super) fn drawn(self, from: Point, to: Point, moved: bool) {
        let tool = self.tool.get_untracked();
        match tool {
            Tool::Measure => {
                if moved {
                    self.said.set(self.words.measured(measure(from, to).metres));
                }
                return;
            }
            Tool::Place if !moved => self.place(from),
            Tool::Place => self.place_sized(from, to),
            Tool::Row if moved => self.stand(&self.row(from, to)),
            Tool::Fill if moved => self.stand(&self.filling(from, to)),
            _ => return,
        }
        self.tool.set(Tool::Select);
    }

    /// What new stalls would cover.
    fn places(self, tool: Tool, from: Point, to: Point) -> Vec<Footprint> {
        let cover = |places: Vec<Place>| places.into_iter().map(|place| place.footprint).collect();
        match tool {
            Tool::Row => cover(self.row(from, to)),
            Tool::Fill => cover(self.filling(from, to)),
            _ => vec![self.sized(from, to)],
        }
    }

    fn sized(self, from: Point, to: Point) -> Footprint {
        let band = between(from, to);
        let side = |metres: f64| metres.clamp(0.5, 50.0);
        Footprint {
            centre: self.snapped_at(band.centre()),
            w: side(band.width()),
            d: side(band.height()),
            angle: 0.0,
        }
    }

    fn place_sized(self, from: Point, to: Point) {
        let Footprint { centre, w, d, .. } = self.sized(from, to);
        let no = self.layout.with_untracked(Layout::next_number);
        if let Some(stall) = self.usual(centre, no) {
            self.add(vec![Stall { w, d, ..stall }]);
        }
    }

    /// The usual size of a stall of the area there.
    pub(super) fn size(self, at: Point) -> Option<Size> {
        self.ground.area_at(at).or(self.ground.zones.first()).map(|area| area.stall)
    }

    /// A row along a line.
    pub(super) fn row(self, from: Point, to: Point) -> Vec<Place> {
        let brush = self.brush.borrow();
        let row = |size| Row { from, to, size, gap: brush.gap, counters: brush.hand };
        self.size(from).map(|size| row(size).places()).unwrap_or_default()
    }

    /// Rows in a rectangle.
    fn filling(self, from: Point, to: Point) -> Vec<Place> {
        let band = between(from, to);
        let corners = vec![
            band.low,
            Point::new(band.high.x, band.low.y),
            band.high,
            Point::new(band.low.x, band.high.y),
        ];
        Polygon::try_from(corners).map(|area| self.fill(&area, band.centre())).unwrap_or_default()
    }

    /// Rows in an area.
    pub(super) fn fill(self, area: &Polygon, at: Point) -> Vec<Place> {
        let (brush, ground) = (self.brush.borrow(), &self.ground);
        let Some(size) = self.size(at) else { return Vec::new() };
        let aisle = ground.area_at(at).or(ground.zones.first()).map_or(3.0, |area| area.aisle);
        let back = brush.paired.then_some(ground.rules.back_gap);
        let layout = self.layout.read_untracked();
        Fill { size, gap: brush.gap, aisle, facing: brush.facing, back }.places(ground, &layout, area)
    }

    /// New stalls on some places, as one mark, chosen.
    pub(super) fn stand(self, places: &[Place]) {
        if places.is_empty() {
            self.notice.set(Some(self.words.no_room().to_owned()));
            return;
        }
        let zone = self.brush.borrow().zone.clone();
        let edit = self.layout.with_untracked(|layout| layout.stand(places, &zone, browser::stall_id));
        self.add_all(Some(edit));
    }
}
