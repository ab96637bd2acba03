//! Straight rows: how many stalls each line holds, and the stack of lines that holds most
//! (a dynamic programme over the depth of the zone).

use super::board::Board;
use super::lattice::{HAIR, Lattice, Spot, lie};
use super::zone::Zone;

/// Which part of the zone rows may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// 0: rows along x, 1: rows along y.
    pub(super) way: usize,
    /// Free at the low and at the high end of all rows.
    pub(super) ends: (f64, f64),
    /// A way across all rows: its middle as a share of their length, and its width.
    pub(super) cross: Option<(f64, f64)>,
}

/// Rules that rows know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    pub(super) aisle: f64,
    pub(super) back: f64,
    pub(super) run: f64,
    pub(super) run_length: usize,
}

impl Spacing {
    pub(super) fn of(zone: &Zone) -> Self {
        let rules = &zone.rules;
        let run_length = rules.max_run.max(1) as usize;
        Self { aisle: zone.aisle, back: rules.back_gap, run: rules.run_gap, run_length }
    }
}

/// Stalls in a stack of rows, and the row below its last: on which line, and which way it looks.
type Stack = (usize, Option<(usize, usize)>);

/// Spots of the best stack of rows.
pub(super) fn rows(lattice: &Lattice, plan: &Plan, spacing: Spacing) -> Vec<Spot> {
    let k = plan.way;
    let across = if k == 0 { &lattice.ys[k] } else { &lattice.xs[k] };
    let deep = if k == 0 { lattice.size[k].1 } else { lattice.size[k].0 };
    // The side a row looks to: up the axis, and down.
    let sides = if k == 0 { [1_u8, 3] } else { [0, 2] };
    debug_assert!(sides.iter().all(|side| lie(usize::from(*side)) == k));
    let lines: Vec<[Vec<Spot>; 2]> =
        (0..across.len()).map(|at| sides.map(|side| row(lattice, plan, spacing, side, at))).collect();
    // best[at][looks]: most stalls in rows up to line `at`, the last of which is there and looks so.
    let mut best: Vec<[Stack; 2]> = Vec::with_capacity(across.len());
    // top[at][looks]: where the most stalls up to line `at` end.
    let mut top: Vec<[usize; 2]> = Vec::with_capacity(across.len());
    for at in 0..across.len() {
        let mut here = [(0, None); 2];
        for (looks, here) in here.iter_mut().enumerate() {
            let mut most = (0, None);
            for below in 0..2 {
                let need = if below == 1 && looks == 0 { spacing.back } else { spacing.aisle };
                let end = across[..at].partition_point(|y| y + deep + need <= across[at] + HAIR);
                if let Some(last) = end.checked_sub(1) {
                    let from = top[last][below];
                    let count = best[from][below].0;
                    if count > most.0 {
                        most = (count, Some((from, below)));
                    }
                }
            }
            *here = (most.0 + lines[at][looks].len(), most.1);
        }
        best.push(here);
        let before = at.checked_sub(1).map(|last| top[last]);
        top.push([0, 1].map(|looks| match before {
            Some(before) if best[before[looks]][looks].0 >= best[at][looks].0 => before[looks],
            _ => at,
        }));
    }
    let mut spots = Vec::new();
    let Some(last) = top.last() else { return spots };
    let mut next = (0..2).map(|looks| (last[looks], looks)).max_by_key(|(at, looks)| best[*at][*looks].0);
    while let Some((at, looks)) = next {
        spots.extend_from_slice(&lines[at][looks]);
        next = best[at][looks].1;
    }
    spots
}

/// As many stalls as one line holds, from its low end on.
pub(super) fn row(lattice: &Lattice, plan: &Plan, spacing: Spacing, side: u8, line: usize) -> Vec<Spot> {
    let k = plan.way;
    let along = if k == 0 { &lattice.xs[k] } else { &lattice.ys[k] };
    let wide = if k == 0 { lattice.size[k].0 } else { lattice.size[k].1 };
    let (Some(first), Some(last)) = (along.first(), along.last()) else { return Vec::new() };
    let (low, high) = (first + plan.ends.0, last + wide - plan.ends.1);
    let cross = plan.cross.map(|(share, width)| {
        let middle = first + (last + wide - first) * share;
        (middle - width / 2.0, middle + width / 2.0)
    });
    let mut spots: Vec<Spot> = Vec::new();
    let (mut end, mut run) = (f64::NEG_INFINITY, 0);
    for (i, at) in along.iter().enumerate() {
        let spot = if k == 0 {
            Spot { side, ix: i as u16, iy: line as u16 }
        } else {
            Spot { side, ix: line as u16, iy: i as u16 }
        };
        let gap = at - end;
        let barred = lattice.open[usize::from(side)][lattice.index(spot)] != 0
            || gap < -HAIR
            || *at < low - HAIR
            || at + wide > high + HAIR
            || cross.is_some_and(|(from, to)| *at < to - HAIR && at + wide > from + HAIR);
        let apart = gap >= spacing.run - HAIR;
        if barred || (!apart && run >= spacing.run_length) {
            continue;
        }
        run = if apart { 1 } else { run + 1 };
        end = at + wide;
        spots.push(spot);
    }
    spots
}

/// Puts rows on an empty board and takes away what nobody gets to.
pub(super) fn lay(board: &mut Board, spots: &[Spot]) -> bool {
    board.clear();
    for spot in spots {
        board.try_put(*spot);
    }
    board.drop_unreached()
}
