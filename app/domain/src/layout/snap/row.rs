//! The things beside something in the same row, and the gaps between them.

use super::{Guide, SAME, point, reach};
use crate::geometry::{Bounds, Point};
use crate::layout::Axis;

/// Things that share less than this many metres of a row are no neighbours in it.
const BESIDE: f64 = 0.1;

/// The neighbours of something on one axis, nearest and second.
#[derive(Default)]
pub(super) struct Neighbours {
    farther_low: Option<Bounds>,
    low: Option<Bounds>,
    high: Option<Bounds>,
    farther_high: Option<Bounds>,
}

impl Neighbours {
    /// The two things on either side in the same row.
    pub(super) fn of(solid: &[Bounds], axis: Axis, bounds: Bounds, tolerance: f64) -> Self {
        let (low, high) = (axis.of(bounds.low), axis.of(bounds.high));
        let mine = reach(axis, bounds);
        let beside = |other: &&Bounds| {
            let theirs = reach(axis, **other);
            mine.1.min(theirs.1) - mine.0.max(theirs.0) > BESIDE
        };
        let mut row = Self::default();
        for other in solid.iter().filter(beside) {
            if axis.of(other.high) <= low + tolerance {
                let farther =
                    |one: Option<Bounds>| one.is_none_or(|one| axis.of(one.high) < axis.of(other.high));
                if farther(row.low) {
                    row.low = Some(*other);
                }
            } else if axis.of(other.low) >= high - tolerance {
                let farther =
                    |one: Option<Bounds>| one.is_none_or(|one| axis.of(one.low) > axis.of(other.low));
                if farther(row.high) {
                    row.high = Some(*other);
                }
            }
        }
        for other in solid.iter().filter(beside) {
            if row.low.is_some_and(|near| axis.of(other.high) <= axis.of(near.low))
                && row.farther_low.is_none_or(|one| axis.of(one.high) < axis.of(other.high))
            {
                row.farther_low = Some(*other);
            }
            if row.high.is_some_and(|near| axis.of(other.low) >= axis.of(near.high))
                && row.farther_high.is_none_or(|one| axis.of(one.low) > axis.of(other.low))
            {
                row.farther_high = Some(*other);
            }
        }
        row
    }

    /// Shifts after which two gaps are equal.
    pub(super) fn shifts(&self, axis: Axis, bounds: Bounds) -> Vec<f64> {
        let between = |one: Bounds, other: Bounds| axis.of(other.low) - axis.of(one.high);
        let mut shifts = Vec::with_capacity(3);
        if let (Some(low), Some(high)) = (self.low, self.high) {
            shifts.push((between(bounds, high) - between(low, bounds)) / 2.0);
        }
        if let (Some(farther), Some(low)) = (self.farther_low, self.low) {
            shifts.push(between(farther, low) - between(low, bounds));
        }
        if let (Some(high), Some(farther)) = (self.high, self.farther_high) {
            shifts.push(between(bounds, high) - between(high, farther));
        }
        shifts
    }

    /// The equal gaps round something at rest.
    pub(super) fn gaps(&self, axis: Axis, there: Bounds) -> Vec<Guide> {
        let pairs = [
            (self.farther_low, self.low),
            (self.low, Some(there)),
            (Some(there), self.high),
            (self.high, self.farther_high),
        ];
        let gaps = pairs.map(|(one, other)| Some(gap(axis, one?, other?)).filter(|gap| gap.metres > BESIDE));
        let equal = |one: Option<Gap>, other: Option<Gap>| match (one, other) {
            (Some(one), Some(other)) => (one.metres - other.metres).abs() <= 2.0 * SAME,
            _ => false,
        };
        let alike = [equal(gaps[0], gaps[1]), equal(gaps[1], gaps[2]), equal(gaps[2], gaps[3])];
        let shown = [alike[0], alike[0] || alike[1], alike[1] || alike[2], alike[2]];
        let shown = gaps.into_iter().zip(shown).filter_map(|(gap, shown)| gap.filter(|_| shown));
        shown.map(|gap| Guide::Gap { from: gap.from, to: gap.to, metres: gap.metres }).collect()
    }
}

#[derive(Clone, Copy)]
struct Gap {
    from: Point,
    to: Point,
    metres: f64,
}

/// The gap from one thing to the next on an axis, at the middle of what both reach.
fn gap(axis: Axis, one: Bounds, other: Bounds) -> Gap {
    let (a, b) = (reach(axis, one), reach(axis, other));
    let at = f64::midpoint(a.0.max(b.0), a.1.min(b.1));
    let (from, to) = (axis.of(one.high), axis.of(other.low));
    Gap { from: point(axis, from, at), to: point(axis, to, at), metres: to - from }
}
