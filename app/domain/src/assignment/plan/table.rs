//! What a search looks up again and again: arcs by cost, the parts of a run, who is beside whom.

use super::model::{CLOSED, Model};
use super::noise::Noise;

/// No unit, no position.
pub(super) const NONE: u32 = u32::MAX;

/// Tables that follow from a model and never change.
pub(super) struct Table<'a, 'b> {
    pub(super) model: &'b Model<'a>,
    /// Per unit: where it may stand, cheapest first.
    pub(super) arcs: Vec<Vec<u32>>,
    /// Who hears whom.
    pub(super) noise: Noise,
    /// Per position: the stalls that touch it from outside.
    pub(super) beside: Vec<Vec<u32>>,
    /// Per position: positions made of some of its stalls, itself among them.
    pub(super) parts: Vec<Vec<u32>>,
    /// Per unit: whether it matters who stands right beside it.
    pub(super) choosy: Vec<bool>,
    /// Per unit and arc: what it costs there by itself.
    pub(super) costs: Vec<Vec<i32>>,
    /// Per position: its middle and its stall if it is a single one, close together in memory.
    pub(super) spots: Vec<Spot>,
    /// Per unit: what the sums need of it, likewise.
    pub(super) figures: Vec<Figures>,
    /// Per unit: what its ties and its zone may pay for at the most when it moves; 0 where it has none.
    pub(super) slack: Vec<i64>,
}

#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
    /// `NONE` for a run.
    pub(super) stall: u32,
}

#[derive(Clone, Copy)]
pub(super) struct Figures {
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
        let arcs: Vec<Vec<u32>> = units
            .clone()
            .map(|unit| {
                let mut open: Vec<u32> = (0..model.positions.len())
                    .filter(|at| model.cost(unit, *at) != CLOSED)
                    .map(|at| at as u32)
                    .collect();
                open.sort_by_key(|at| (model.cost(unit, *at as usize), *at));
                open
            })
            .collect();
        let costs = |unit: usize| arcs[unit].iter().map(|at| model.cost(unit, *at as usize)).collect();
        let costs = units.clone().map(costs).collect();
        let noise = Noise::new(model);
        let choosy: Vec<bool> = units
            .clone()
            .map(|unit| {
                let queue = model.instance.units[unit].queue > 0 && model.instance.weights.queue != 0;
                queue || model.beside[model.category[unit]] != 0
            })
            .collect();
        let slack: Vec<i64> = units
            .map(|unit| {
                let tied = choosy[unit] || noise.concerns(unit) || !model.affine[unit].is_empty();
                let zone = 2 * model.instance.weights.balance * model.instance.units[unit].draw;
                zone.min(USUAL_SLACK) + if tied { USUAL_SLACK } else { 0 }
            })
            .collect();
        let single = |stalls: &[usize]| if let [stall] = stalls { *stall as u32 } else { NONE };
        let spots =
            model.positions.iter().map(|at| Spot { x: at.x, y: at.y, stall: single(&at.stalls) }).collect();
        let figures = model.instance.units.iter().zip(&model.category).map(|(unit, category)| Figures {
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
            arcs,
            costs,
            beside: beside(model),
            noise,
            parts: parts(model),
            slack,
            choosy,
            model,
        }
    }

    /// Sorts the arcs by what they cost together with the prices of their stalls.
    pub(super) fn order(&mut self, prices: &[i64]) {
        let worth = |at: &super::position::Position| at.stalls.iter().map(|stall| prices[*stall]).sum();
        let worth: Vec<i64> = self.model.positions.iter().map(worth).collect();
        for (arcs, costs) in self.arcs.iter_mut().zip(&mut self.costs) {
            let mut all: Vec<(u32, i32)> = arcs.iter().copied().zip(costs.iter().copied()).collect();
            all.sort_unstable_by_key(|(at, cost)| (i64::from(*cost) + worth[*at as usize], *at));
            (*arcs, *costs) = all.into_iter().unzip();
        }
    }

    /// The square of the centimetres between two positions.
    pub(super) fn square(&self, one: usize, other: usize) -> i64 {
        let (one, other) = (&self.spots[one], &self.spots[other]);
        (one.x - other.x).pow(2) + (one.y - other.y).pow(2)
    }
}

fn beside(model: &Model) -> Vec<Vec<u32>> {
    let outside = |at: &super::position::Position| {
        let mut near: Vec<u32> =
            at.stalls.iter().flat_map(|stall| &model.adjacent[*stall]).map(|stall| *stall as u32).collect();
        near.sort_unstable();
        near.dedup();
        near.retain(|stall| !at.stalls.contains(&(*stall as usize)));
        near
    };
    model.positions.iter().map(outside).collect()
}

fn parts(model: &Model) -> Vec<Vec<u32>> {
    let part = |at: &super::position::Position| {
        let stalls = &at.stalls;
        let runs = (1..=stalls.len()).rev().flat_map(|size| stalls.windows(size));
        runs.filter_map(|run| model.position(run)).map(|found| found as u32).collect()
    };
    model.positions.iter().map(part).collect()
}
