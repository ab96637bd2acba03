//! What a search looks up again and again: arcs by cost, neighbours by place, the parts of a run.

use super::model::{CLOSED, Model, NEAR_CM, root};

/// No unit, no position.
pub(super) const NONE: u32 = u32::MAX;

/// Tables that follow from a model and never change.
pub(super) struct Table<'a, 'b> {
    pub(super) model: &'b Model<'a>,
    /// Per unit: where it may stand, cheapest first.
    pub(super) arcs: Vec<Vec<u32>>,
    /// Per position: stalls whose unit may be near enough to hear or to touch.
    near: Vec<Vec<u32>>,
    /// Per position: positions made of some of its stalls, itself among them.
    pub(super) parts: Vec<Vec<u32>>,
    /// Per unit: whether it is heard, hears, or minds its like beside it.
    pub(super) sensitive: Vec<bool>,
    /// Per position: its middle and its first stall, close together in memory.
    pub(super) spots: Vec<Spot>,
    /// Per unit: what the sums need of it, likewise.
    pub(super) figures: Vec<Figures>,
    /// Touching positions are no further apart than this, centimetres.
    touch_reach: i64,
    /// Per unit: what its ties and its zone may pay for at the most when it moves; 0 where it has none.
    pub(super) slack: Vec<i64>,
}

#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) first: u32,
}

#[derive(Clone, Copy)]
pub(super) struct Figures {
    pub(super) noise: i64,
    pub(super) quiet: i64,
    pub(super) watts: i64,
    pub(super) draw: i64,
    pub(super) priority: i64,
    pub(super) category: usize,
    /// Points for one of its own category beside it.
    pub(super) beside: i64,
    pub(super) queue: i64,
}

/// Ties rarely pay for more points than this: the filter for steps that are not worth a closer look.
const USUAL_SLACK: i64 = 60;

impl<'a, 'b> Table<'a, 'b> {
    pub(super) fn new(model: &'b Model<'a>) -> Self {
        let units = 0..model.instance.units.len();
        let arcs = units.clone().map(|unit| {
            let mut open: Vec<u32> = (0..model.positions.len())
                .filter(|at| model.cost(unit, *at) != CLOSED)
                .map(|at| at as u32)
                .collect();
            open.sort_by_key(|at| (model.cost(unit, *at as usize), *at));
            open
        });
        let sensitive: Vec<bool> = units
            .clone()
            .map(|unit| {
                let who = &model.instance.units[unit];
                let queue = who.queue > 0 && model.instance.weights.queue != 0;
                who.noise > 0 || who.quiet > 0 || queue || model.beside[model.category[unit]] != 0
            })
            .collect();
        let slack = units.map(|unit| {
            let tied = sensitive[unit] || !model.affine[unit].is_empty();
            let zone = 2 * model.instance.weights.balance * model.instance.units[unit].draw;
            zone.min(USUAL_SLACK) + if tied { USUAL_SLACK } else { 0 }
        });
        let spots =
            model.positions.iter().map(|at| Spot { x: at.x, y: at.y, first: at.stalls[0] as u32 }).collect();
        let figures = model.instance.units.iter().zip(&model.category).map(|(unit, category)| Figures {
            noise: unit.noise,
            quiet: unit.quiet,
            watts: unit.power_w,
            draw: unit.draw,
            priority: unit.priority,
            category: *category,
            beside: model.beside[*category],
            queue: unit.queue,
        });
        Self {
            spots,
            figures: figures.collect(),
            touch_reach: touch_reach(model),
            arcs: arcs.collect(),
            near: near(model),
            parts: parts(model),
            slack: slack.collect(),
            sensitive,
            model,
        }
    }

    /// The square of the centimetres between two positions.
    pub(super) fn square(&self, one: usize, other: usize) -> i64 {
        let (one, other) = (&self.spots[one], &self.spots[other]);
        (one.x - other.x).pow(2) + (one.y - other.y).pow(2)
    }

    /// Whether two positions so many square centimetres apart touch.
    pub(super) fn touch(&self, one: usize, other: usize, square: i64) -> bool {
        square <= self.touch_reach * self.touch_reach && self.model.touch(one, other)
    }

    pub(super) fn near(&self, position: usize) -> &[u32] {
        &self.near[position]
    }
}

/// Runs reach further than their stalls: by half a run on each side.
fn touch_reach(model: &Model) -> i64 {
    let stalls = &model.instance.stalls;
    let apart = |(one, other): &(usize, usize)| {
        let (one, other) = (&stalls[*one], &stalls[*other]);
        root((one.x_cm - other.x_cm).pow(2) + (one.y_cm - other.y_cm).pow(2)) + 1
    };
    let off = |at: &super::position::Position| {
        let far = |stall: &usize| {
            root((stalls[*stall].x_cm - at.x).pow(2) + (stalls[*stall].y_cm - at.y).pow(2)) + 1
        };
        at.stalls.iter().map(far).max().unwrap_or(0)
    };
    model.instance.adjacent.iter().map(apart).max().unwrap_or(0)
        + 2 * model.positions.iter().map(off).max().unwrap_or(0)
}

/// A unit is found at the first stall of its run, so the reach is wider by half the longest run.
fn near(model: &Model) -> Vec<Vec<u32>> {
    let stalls = &model.instance.stalls;
    let off = |position: &super::position::Position| {
        let first = &stalls[position.stalls[0]];
        root((first.x_cm - position.x).pow(2) + (first.y_cm - position.y).pow(2)) + 1
    };
    let reach = NEAR_CM + model.positions.iter().map(off).max().unwrap_or(0);
    let mut order: Vec<usize> = (0..stalls.len()).collect();
    order.sort_by_key(|stall| (stalls[*stall].x_cm, *stall));
    let by_x: Vec<i64> = order.iter().map(|stall| stalls[*stall].x_cm).collect();
    let touching = |position: usize, stall: usize| {
        model.position(&[stall]).is_some_and(|other| model.touch(position, other))
    };
    (0..model.positions.len())
        .map(|position| {
            let here = &model.positions[position];
            let from = by_x.partition_point(|x| *x < here.x - reach);
            let to = by_x.partition_point(|x| *x <= here.x + reach);
            let mut found: Vec<u32> = order[from..to]
                .iter()
                .copied()
                .filter(|stall| {
                    let (dx, dy) = (stalls[*stall].x_cm - here.x, stalls[*stall].y_cm - here.y);
                    dx * dx + dy * dy <= reach * reach || touching(position, *stall)
                })
                .map(|stall| stall as u32)
                .collect();
            found.sort_unstable();
            found
        })
        .collect()
}

fn parts(model: &Model) -> Vec<Vec<u32>> {
    let part = |at: &super::position::Position| {
        let stalls = &at.stalls;
        let runs = (1..=stalls.len()).rev().flat_map(|size| stalls.windows(size));
        runs.filter_map(|run| model.position(run)).map(|found| found as u32).collect()
    };
    model.positions.iter().map(part).collect()
}
