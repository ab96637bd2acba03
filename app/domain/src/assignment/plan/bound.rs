//! What no plan can do better than: each unit for itself on its best stall, no two on one.

use super::model::{CLOSED, Model};
use crate::assignment::lap::{self, Matrix};

/// Units and stalls beyond which the bound takes too long to be worth it.
const MOST_CELLS: usize = 4_000_000;

/// The least sum of priorities left out and, with that, a sum of points that no plan falls below: pairs and zones
/// count only what they may gain. `None` for markets too large to be bounded.
pub fn bound(model: &Model) -> Option<(i64, i64)> {
    let (units, stalls) = (model.instance.units.len(), model.instance.stalls.len());
    let columns = stalls + units;
    if units * columns > MOST_CELLS {
        return None;
    }
    let mut least = vec![lap::FORBIDDEN; units * columns];
    let mut sum = 0;
    for unit in 0..units {
        for (at, position) in
            model.positions.iter().enumerate().filter(|(at, _)| model.cost(unit, *at) != CLOSED)
        {
            let cost = i64::from(model.cost(unit, at)) - most_gain(model, unit, at);
            for stall in &position.stalls {
                let cell = &mut least[unit * columns + stall];
                *cell = cost.min(*cell);
            }
        }
        let open = least[unit * columns..][..stalls].iter().filter(|cost| **cost < lap::FORBIDDEN);
        sum += open.map(|cost| cost.abs()).max().unwrap_or(0);
    }
    // Leaving out one more point of priority is worse than all points together.
    let price = 2 * sum + 1;
    for unit in 0..units {
        least[unit * columns + stalls + unit] = price * model.instance.units[unit].priority;
    }
    let found = lap::solve(&Matrix::new(units, columns, |unit, at| least[unit * columns + at]))?;
    let out = |unit: &usize| found.columns[*unit] >= stalls;
    let unplaced: i64 = (0..units).filter(out).map(|unit| model.instance.units[unit].priority).sum();
    Some((unplaced, found.cost - price * unplaced))
}

/// What a unit's own kind beside it may be worth at the most on a position, its half of it, rounded up.
fn most_gain(model: &Model, unit: usize, at: usize) -> i64 {
    let points = -model.beside[model.category[unit]].min(0);
    if points == 0 {
        return 0;
    }
    let kind = model.category.iter().filter(|kind| **kind == model.category[unit]).count() - 1;
    (points * model.touching(at).min(kind) as i64 + 1) / 2
}
