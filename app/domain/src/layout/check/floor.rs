//! A ground made ready for many questions: what bars a stall, where people walk. Knows nothing of stalls.

use std::sync::OnceLock;

use super::grid::Grid;
use super::rows::Rows;
use crate::geometry::{Bounds, Footprint, Point, clip, disc, signed_area, stretches};
use crate::ground::{Area, Ground};
use crate::order::Order;

/// Gaps in the floor that nobody notices, in metres: zones are drawn side by side by hand.
const CRACK: f64 = 0.02;

/// An outline in which no stall may stand.
#[derive(Clone, Debug)]
pub(super) struct Barred {
    /// Counter-clockwise, clearance included.
    pub(super) outline: Vec<Point>,
    pub(super) bounds: Bounds,
    pub(super) what: What,
}

impl Barred {
    /// The entrance or exit whose mouth this is.
    pub(super) const fn door(&self) -> Option<Point> {
        if let What::Mouth(at) = self.what { Some(at) } else { None }
    }
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// An index into the ground's list.
    KeepClear(usize),
    /// An index into the ground's list, and the thing itself without clearance.
    Obstacle(usize, Vec<Point>),
    /// The way through an entrance or an exit.
    Mouth(Point),
    /// An index into the ground's list.
    Facility(usize),
}

/// An outline on which people walk.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) outline: Vec<Point>,
    pub(super) bounds: Bounds,
}

#[derive(Clone, Debug)]
pub(super) struct Floor {
    pub(super) ground: Ground,
    pub(super) barred: Vec<Barred>,
    barred_grid: Grid,
    /// Zones, walks and what must stay free: the zones first, in the ground's order.
    pub(super) open: Vec<Open>,
    open_grid: Grid,
    rows: OnceLock<Rows>,
}

impl Floor {
    pub(super) fn new(ground: &Ground) -> Self {
        let barred = barred(ground);
        let zones = ground.zones.iter().map(|area| &area.polygon);
        let ways = ground.walk.iter().chain(ground.keep_clear.iter().map(|part| &part.polygon));
        let open: Vec<Open> =
            zones.chain(ways).map(|one| Open { outline: one.wound(), bounds: one.bounds() }).collect();
        let over = around(open.iter().map(|one| one.bounds).chain(barred.iter().map(|one| one.bounds)));
        let (mut barred_grid, mut open_grid) = (Grid::new(over), Grid::new(over));
        for (number, one) in (0..).zip(&barred) {
            barred_grid.insert(number, one.bounds);
        }
        for (number, one) in (0..).zip(&open) {
            open_grid.insert(number, one.bounds);
        }
        Self { ground: ground.clone(), barred, barred_grid, open, open_grid, rows: OnceLock::new() }
    }

    /// The rectangle round everything.
    pub(super) fn bounds(&self) -> Bounds {
        around(self.open.iter().map(|one| one.bounds))
    }

    /// Where the middle of a way of the least width may run while no stall stands anywhere.
    pub(super) fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| Rows::of(self))
    }

    /// What bars stalls near a rectangle.
    pub(super) fn barred_near(&self, bounds: Bounds) -> impl Iterator<Item = (usize, &Barred)> {
        let near = self.barred_grid.near(bounds).into_iter().map(|number| number as usize);
        near.map(|number| (number, &self.barred[number])).filter(move |(_, one)| one.bounds.meets(bounds))
    }

    /// What people walk on near a rectangle.
    pub(super) fn open_near(&self, bounds: Bounds) -> impl Iterator<Item = (usize, &Open)> {
        let near = self.open_grid.near(bounds).into_iter().map(|number| number as usize);
        near.map(|number| (number, &self.open[number])).filter(move |(_, one)| one.bounds.meets(bounds))
    }

    /// The area that a rectangle belongs to and the square metres that lie in it: the area it covers most of,
    /// or else the nearest. A ground has at least one.
    pub(super) fn home(&self, foot: &Footprint) -> (usize, f64) {
        let (corners, bounds) = (foot.corners(), foot.bounds());
        let covered = |number: usize| {
            let open = &self.open[number];
            if open.bounds.meets(bounds) { signed_area(&clip(&open.outline, &corners)) } else { 0.0 }
        };
        let distance = |number: usize| self.ground.zones[number].polygon.distance_to_edge(foot.centre);
        let areas = (0..self.ground.zones.len()).map(|number| (number, covered(number)));
        let most = areas.max_by(|(a, one), (b, other)| {
            one.total_cmp(other).then_with(|| distance(*b).total_cmp(&distance(*a)))
        });
        most.unwrap_or((0, 0.0))
    }

    pub(super) fn area(&self, number: usize) -> &Area {
        &self.ground.zones[number]
    }

    /// How far people can walk straight on from a point before the floor ends, at most `length` metres.
    pub(super) fn walkable(&self, from: Point, toward: Point, length: f64) -> f64 {
        let to = from.plus(toward.times(length));
        let line = Bounds::of([from, to]).unwrap_or(Bounds { low: from, high: to });
        let mut open: Vec<(f64, f64)> =
            self.open_near(line).flat_map(|(_, one)| stretches(&one.outline, from, to)).collect();
        open.order_by(|a, b| a.0.total_cmp(&b.0));
        let far = open.into_iter().fold(
            0.0,
            |far: f64, (start, end)| {
                if start <= far + CRACK { far.max(end) } else { far }
            },
        );
        if far + CRACK >= length { length } else { far }
    }
}

fn around(all: impl Iterator<Item = Bounds>) -> Bounds {
    let corners = all.flat_map(|bounds| [bounds.low, bounds.high]);
    Bounds::of(corners).unwrap_or(Bounds { low: Point::default(), high: Point::default() })
}

fn barred(ground: &Ground) -> Vec<Barred> {
    let lanes = ground.keep_clear.iter().enumerate();
    let lanes = lanes.map(|(number, part)| (part.polygon.wound(), What::KeepClear(number)));
    let obstacles = ground.obstacles.iter().enumerate().map(|(number, obstacle)| {
        let what = What::Obstacle(number, obstacle.polygon.wound());
        (obstacle.polygon.grown(obstacle.clear), what)
    });
    let radius = ground.rules.min_aisle / 2.0;
    let mouths =
        doors(ground).into_iter().filter(|_| radius > 0.0).map(|at| (disc(at, radius), What::Mouth(at)));
    let facilities = ground.facilities.iter().enumerate();
    let facilities = facilities.filter_map(|(number, one)| Some((one.surround()?, What::Facility(number))));
    lanes
        .chain(obstacles)
        .chain(mouths)
        .chain(facilities)
        .filter_map(|(outline, what)| {
            Some(Barred { bounds: Bounds::of(outline.iter().copied())?, outline, what })
        })
        .collect()
}

/// Every entrance and every exit, each place once.
pub(super) fn doors(ground: &Ground) -> Vec<Point> {
    let mut doors: Vec<Point> = Vec::new();
    for at in ground.entrances.iter().chain(&ground.exits) {
        if doors.iter().all(|other| other.minus(*at).length() > 0.01) {
            doors.push(*at);
        }
    }
    doors
}
