//! What keeps a zone from holding more stalls, as square metres of its floor.

use serde::Serialize;

use super::Place;
use crate::geometry::{Bounds, Point, clip, edges};
use crate::ground::{Facility, Ground};
use crate::layout::Stall;

/// A use of floor on which no stall stands; square metres.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(tag = "kind", content = "m2", rename_all = "snake_case")]
pub enum Limit {
    /// Strips before the counters.
    Aisle(f64),
    /// Fire lanes, entrances and doors.
    KeepClear(f64),
    /// Obstacles and the room round them.
    Obstacle(f64),
    /// Stalls that were there before.
    Locked(f64),
    /// Between runs of a row and between backs.
    Gap(f64),
    /// Left over: corners and strips too small for a stall with its aisle.
    Shape(f64),
}

impl Limit {
    /// In square metres.
    pub const fn area(self) -> f64 {
        match self {
            Self::Aisle(m2)
            | Self::KeepClear(m2)
            | Self::Obstacle(m2)
            | Self::Locked(m2)
            | Self::Gap(m2)
            | Self::Shape(m2) => m2,
        }
    }
}

/// A raster over a zone; each point belongs to what painted it first.
struct Raster {
    low: Point,
    step: f64,
    columns: usize,
    cells: Vec<u8>,
}

const OUTSIDE: u8 = 0;
const BARE: u8 = 1;
const STALL: u8 = 2;

impl Raster {
    fn new(bounds: Bounds) -> Self {
        let step = (bounds.width() * bounds.height() / 20_000.0).sqrt().clamp(0.25, 5.0);
        let columns = (bounds.width() / step).ceil() as usize + 1;
        let rows = (bounds.height() / step).ceil() as usize + 1;
        Self { low: bounds.low, step, columns, cells: vec![OUTSIDE; columns * rows] }
    }

    /// Paints the points inside an outline that are `from` so far.
    fn paint(&mut self, outline: &[Point], from: u8, to: u8) {
        let Some(bounds) = Bounds::of(outline.iter().copied()) else { return };
        let row = |y: f64| ((y - self.low.y) / self.step - 0.5).ceil().max(0.0) as usize;
        let rows = self.cells.len() / self.columns;
        for iy in row(bounds.low.y)..row(bounds.high.y).min(rows) {
            let y = self.low.y + (iy as f64 + 0.5) * self.step;
            let mut cuts: Vec<f64> = edges(outline)
                .filter(|(a, b)| (a.y > y) != (b.y > y))
                .map(|(a, b)| (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
                .collect();
            cuts.sort_by(f64::total_cmp);
            for pair in cuts.chunks_exact(2) {
                let column = |x: f64| ((x - self.low.x) / self.step - 0.5).ceil().max(0.0) as usize;
                let (west, east) = (column(pair[0]).min(self.columns), column(pair[1]).min(self.columns));
                for cell in &mut self.cells[iy * self.columns..][west..east.max(west)] {
                    if *cell == from {
                        *cell = to;
                    }
                }
            }
        }
    }

    fn area(&self, paint: u8) -> f64 {
        let count: usize = self.cells.iter().map(|cell| usize::from(*cell == paint)).sum();
        (count as f64 * self.step * self.step * 10.0).round() / 10.0
    }
}

/// Where the floor of a zone goes that bears no stall, most first.
pub(super) fn limits(ground: &Ground, id: &str, places: &[Place], locked: &[Stall]) -> Vec<Limit> {
    let Some(area) = ground.zones.iter().find(|area| area.id == id) else { return Vec::new() };
    let bounds = area.polygon.bounds();
    let mut raster = Raster::new(bounds);
    raster.paint(area.polygon.points(), OUTSIDE, BARE);
    let near = |place: &&Place| place.footprint().bounds().grown(area.aisle + 1.0).meets(bounds);
    for stall in locked {
        raster.paint(&stall.footprint().corners(), BARE, STALL + 1);
    }
    for place in places.iter().filter(near) {
        raster.paint(&place.footprint().corners(), BARE, STALL);
    }
    for part in &ground.keep_clear {
        raster.paint(part.polygon.points(), BARE, STALL + 2);
    }
    for around in ground.facilities.iter().filter_map(Facility::surround) {
        raster.paint(&around, BARE, STALL + 2);
    }
    for obstacle in &ground.obstacles {
        raster.paint(&obstacle.polygon.grown(obstacle.clear), BARE, STALL + 3);
    }
    for place in places.iter().filter(near) {
        raster.paint(&place.front(area.aisle).corners(), BARE, STALL + 4);
    }
    let (run, back) = (ground.rules.run_gap, ground.rules.back_gap);
    for place in places.iter().filter(near) {
        let foot = place.footprint();
        let wide = crate::geometry::Footprint { w: foot.w + 2.0 * run, d: foot.d + 2.0 * back, ..foot };
        raster.paint(&clip(area.polygon.points(), &wide.corners()), BARE, STALL + 5);
    }
    let mut limits = vec![
        Limit::Locked(raster.area(STALL + 1)),
        Limit::KeepClear(raster.area(STALL + 2)),
        Limit::Obstacle(raster.area(STALL + 3)),
        Limit::Aisle(raster.area(STALL + 4)),
        Limit::Gap(raster.area(STALL + 5)),
        Limit::Shape(raster.area(BARE)),
    ];
    limits.retain(|limit| limit.area() > 0.0);
    limits.sort_by(|a, b| b.area().total_cmp(&a.area()));
    limits
}
