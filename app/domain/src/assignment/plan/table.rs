//! What a search looks up again and again: arcs by cost, the parts of a run, who is beside whom.

use super::model::{CLOSED, Model};
use super::noise::Noise;

/// No unit, no position.
pub(super) const NONE: u32 = u32::MAX;

/// Tables that follow from a model and never change.
pub(super) struct Table<'a, 'b> {
    pub(super) model: &'b Model<'a>,
    /// Per unit: where it may stand and what it costs there by itself, cheapest first.
    pub(super) arcs: Vec<Vec<Arc>>,
    /// Per unit and position: how much more than the least it costs there, `MUCH` where that does not fit. A table
    /// so small stays near the processor.
    more: Vec<u8>,
    /// Per unit: the least that any place costs it by itself.
    least: Vec<i32>,
    /// Who hears whom.
    pub(super) noise: Noise,
    /// Per position: the stalls that touch it from outside.
    pub(super) beside: Vec<Vec<u32>>,
    /// Per position: positions made of some of its stalls, itself among them.
    pub(super) parts: Vec<Vec<u32>>,
    /// Per unit: whether it matters who stands right beside it.
    pub(super) choosy: Vec<bool>,
    /// Per position: its middle and its stall if it is a single one, close together in memory.
    pub(super) spots: Vec<Spot>,
    /// Per unit: what the sums need of it, likewise.
    pub(super) figures: Vec<Figures>,
    /// Per unit: what its ties and its zone may pay for at the most when it moves; 0 where it has none.
    pub(super) slack: Vec<i64>,
    /// Per unit: how many places cost it so many points more than its best at the most, prices included; nothing
    /// where there are no prices.
    pub(super) within: Vec<[u16; REACH]>,
}

/// A place for a unit.
#[derive(Clone, Copy)]
pub(super) struct Arc {
    pub(super) at: u32,
    pub(super) cost: i32,
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

/// Places dearer than a unit's best by so many points are rarely looked at.
pub(super) const REACH: usize = 64;

/// So much more or closed: the model knows.
const MUCH: u8 = u8::MAX;

/// Ties rarely pay for more points than this: the filter for steps that are not worth a closer look.
const USUAL_SLACK: i64 = 60;

impl<'a, 'b> Table<'a, 'b> {
    pub(super) fn new(model: &'b Model<'a>) -> Self {
        let units = 0..model.instance.units.len();
        let arcs: Vec<Vec<Arc>> = units
            .clone()
            .map(|unit| {
                let all =
                    (0..model.positions.len()).map(|at| Arc { at: at as u32, cost: model.cost(unit, at) });
                let mut open: Vec<Arc> = all.filter(|arc| arc.cost != CLOSED).collect();
                open.sort_unstable_by_key(|arc| (arc.cost, arc.at));
                open
            })
            .collect();
        let least: Vec<i32> = arcs.iter().map(|arcs| arcs.first().map_or(0, |arc| arc.cost)).collect();
        let more = |cost: i32, least: i32| u8::try_from(i64::from(cost) - i64::from(least)).unwrap_or(MUCH);
        let row = |unit: usize| (0..model.positions.len()).map(move |at| model.cost(unit, at));
        let more =
            units.clone().flat_map(|unit| row(unit).map(|cost| more(cost, least[unit])).collect::<Vec<_>>());
        let more = more.collect();
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
            more,
            least,
            beside: beside(model),
            noise,
            parts: parts(model),
            slack,
            choosy,
            model,
            within: Vec::new(),
        }
    }

    /// Sorts the arcs by what they cost together with the prices of their stalls.
    pub(super) fn order(&mut self, prices: &[i64]) {
        let worth = |at: &super::position::Position| at.stalls.iter().map(|stall| prices[*stall]).sum();
        let worth: Vec<i64> = self.model.positions.iter().map(worth).collect();
        let key = |arc: &Arc| i64::from(arc.cost) + worth[arc.at as usize];
        let order = |arcs: &mut Vec<Arc>| {
            arcs.sort_unstable_by_key(|arc| (key(arc), arc.at));
            let least = arcs.first().map_or(0, key);
            let count = |more| arcs.partition_point(|arc| key(arc) <= least + more as i64);
            std::array::from_fn(|more| u16::try_from(count(more)).unwrap_or(u16::MAX))
        };
        self.within = self.arcs.iter_mut().map(order).collect();
    }

    /// Where a unit may stand, but for what is far dearer than its best where there are prices.
    pub(super) fn near(&self, unit: usize) -> &[Arc] {
        let arcs = &self.arcs[unit];
        self.within.get(unit).map_or(arcs, |within| &arcs[..usize::from(within[REACH - 1])])
    }

    /// Cost of a unit on a position, as the model says.
    pub(super) fn cost(&self, unit: usize, at: usize) -> i32 {
        match self.more[unit * self.spots.len() + at] {
            MUCH => self.model.cost(unit, at),
            more => self.least[unit] + i32::from(more),
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
