//! The patterns a zone can begin with.

use serde::Serialize;

use super::lattice::{Lattice, SHUT, Spot, lie};
use super::row::{Plan, Spacing};
use super::zone::Zone;
use crate::ground::Area;

/// How the stalls of a zone stand to one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Rows from edge to edge, in pairs back to back, with shared aisles.
    Rows,
    /// Along the edges, looking inward.
    Perimeter,
    /// Rows in pairs that people can walk round.
    Island,
    /// Rows on both sides of one way through the middle.
    Spine,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 4] = [Self::Rows, Self::Perimeter, Self::Island, Self::Spine];

    /// By its name in a ground's file.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "rows" => Some(Self::Rows),
            "perimeter" => Some(Self::Perimeter),
            "island" => Some(Self::Island),
            "spine" => Some(Self::Spine),
            _ => None,
        }
    }
}

/// The patterns that may be tried in an area; all, where it names none that is known.
pub(super) fn allowed(area: &Area) -> Vec<Pattern> {
    let named: Vec<Pattern> = area.patterns.iter().filter_map(|name| Pattern::of(name)).collect();
    if named.is_empty() { Pattern::ALL.to_vec() } else { named }
}

/// The ways to lay rows that an area allows; `way` is the width of the ways that people need.
pub(super) fn plans(area: &Area, way: f64) -> Vec<(Pattern, Plan)> {
    let mut all = Vec::new();
    for pattern in allowed(area) {
        for axis in [0, 1] {
            let ends = |ends: (f64, f64)| (pattern, Plan { way: axis, ends, cross: None });
            let cross =
                |share: f64| (pattern, Plan { way: axis, ends: (0.0, 0.0), cross: Some((share, way)) });
            match pattern {
                Pattern::Rows => all.extend([(0.0, 0.0), (way, 0.0), (0.0, way)].map(ends)),
                Pattern::Island => all.push(ends((way, way))),
                Pattern::Spine => all.extend([0.5, 1.0 / 3.0, 2.0 / 3.0].map(cross)),
                Pattern::Perimeter => {}
            }
        }
    }
    all
}

/// Stalls with their backs to the edges of the zone.
pub(super) fn ring(zone: &Zone, lattice: &Lattice) -> Vec<Spot> {
    let bounds = zone.outline.bounds;
    let spacing = Spacing::of(zone);
    let near = zone.d / 4.0;
    let mut spots = Vec::new();
    for side in 0..4_usize {
        let k = lie(side);
        let lines = if k == 0 { &lattice.ys[k] } else { &lattice.xs[k] };
        let at_edge = |line: f64| match side {
            0 => line - bounds.low.x < near,
            1 => line - bounds.low.y < near,
            2 => bounds.high.x - line - zone.d < near,
            _ => bounds.high.y - line - zone.d < near,
        };
        let plan = Plan { way: k, ends: (0.0, 0.0), cross: None };
        let fullest = (0..lines.len())
            .filter(|line| at_edge(lines[*line]))
            .map(|line| super::row::row(lattice, &plan, spacing, side as u8, line))
            .max_by_key(Vec::len);
        spots.extend(fullest.unwrap_or_default());
    }
    debug_assert!(spots.iter().all(|spot| lattice.open[usize::from(spot.side)][lattice.index(*spot)] < SHUT));
    spots
}
