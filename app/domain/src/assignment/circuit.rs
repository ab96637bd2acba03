//! Fill-in as a search: the linear assignment first, then, where an outlet would carry too much, the same
//! again without one of those who overload it. Best first, so the first answer without overload is the best.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::lap::{self, FORBIDDEN, Matrix};
use super::{Board, Line, Outlet, Spot, rule, score};
use crate::entry::Entry;

/// So many linear problems are solved before the search settles for a good answer.
const PATIENCE: usize = 1_000;

/// A row, and an outlet or a circuit that it must not use.
type Ban<'a> = (usize, Line<'a>);
type Bans<'a> = BTreeSet<Ban<'a>>;

/// What is to be placed, and what the pinned entries already use.
pub(super) struct Search<'a> {
    rows: Vec<&'a Entry>,
    spots: Vec<&'a Spot>,
    points: Vec<Option<i64>>,
    pinned_load: BTreeMap<Line<'a>, i64>,
}

/// The spot of each row, by index, and whether nothing better exists.
pub(super) struct Found {
    pub(super) spots: Vec<Option<usize>>,
    pub(super) optimal: bool,
}

struct Node<'a> {
    bans: Bans<'a>,
    spots: Vec<Option<usize>>,
    cost: i64,
}

impl<'a> Search<'a> {
    /// The entries that are not pinned, and the spots under no pin.
    pub(super) fn new(board: &'a Board) -> Self {
        let pinned: Vec<_> = board.held.iter().filter(|held| held.pinned).collect();
        let rows: Vec<_> =
            board.entries.iter().filter(|entry| pinned.iter().all(|held| held.entry != entry.id)).collect();
        let spots: Vec<_> =
            board.spots.iter().filter(|spot| pinned.iter().all(|held| held.stall != spot.stall)).collect();
        let mut pinned_load = BTreeMap::new();
        for held in pinned {
            let (Some(entry), Some(spot)) = (board.entry(held.entry), board.spot(held.stall)) else {
                continue;
            };
            for line in spot.feed(entry.needs.power_w).into_iter().flat_map(Outlet::lines) {
                *pinned_load.entry(line).or_default() += entry.needs.power_w;
            }
        }
        let points = rows.iter().flat_map(|entry| spots.iter().map(move |spot| worth(board, entry, spot)));
        let points = points.collect();
        Self { rows, spots, points, pinned_load }
    }

    pub(super) fn rows(&self) -> &[&'a Entry] {
        &self.rows
    }

    pub(super) fn spots(&self) -> &[&'a Spot] {
        &self.spots
    }

    /// The best placement: as many as possible, then as many points as possible, no outlet overloaded.
    pub(super) fn run(&self) -> Found {
        let mut nodes = vec![self.solve(Bans::new())];
        let mut open = BinaryHeap::from([Reverse((nodes[0].cost, 0))]);
        let mut seen = BTreeSet::new();
        while let Some(Reverse((_, index))) = open.pop() {
            let Some(cover) = self.cover(&nodes[index].spots) else {
                return Found { spots: nodes[index].spots.clone(), optimal: true };
            };
            if nodes.len() > PATIENCE {
                return self.dive(nodes.swap_remove(index));
            }
            for ban in cover {
                let mut bans = nodes[index].bans.clone();
                bans.insert(ban);
                if seen.insert(bans.clone()) {
                    let node = self.solve(bans);
                    open.push(Reverse((node.cost, nodes.len())));
                    nodes.push(node);
                }
            }
        }
        // Not reached: banning everybody from every outlet leaves nothing to overload.
        Found { spots: vec![None; self.rows.len()], optimal: false }
    }

    /// Without further choice: the largest of those who overload gives way, until nothing is overloaded.
    fn dive(&self, mut node: Node<'a>) -> Found {
        while let Some(ban) = self.cover(&node.spots).and_then(|cover| cover.first().copied()) {
            node.bans.insert(ban);
            node = self.solve(node.bans);
        }
        Found { spots: node.spots, optimal: false }
    }

    /// The linear part. Each row has a column of its own for staying unplaced, dearer than all points together.
    fn solve(&self, bans: Bans<'a>) -> Node<'a> {
        let (rows, columns) = (self.rows.len(), self.spots.len());
        let best = self.points.iter().flatten().copied().max().unwrap_or(0);
        let worst = self.points.iter().flatten().copied().min().unwrap_or(0);
        let unplaced = (best - worst) * i64::try_from(rows).unwrap_or(i64::from(i32::MAX)) + 1;
        let matrix = Matrix::new(rows, columns + rows, |row, column| {
            if column >= columns {
                return if column - columns == row { unplaced } else { FORBIDDEN };
            }
            let points = self.points[row * columns + column].filter(|_| !self.banned(&bans, row, column));
            points.map_or(FORBIDDEN, |points| best - points)
        });
        // Every row has its own way out, so there is always an answer.
        let (spots, cost) = lap::solve(&matrix).map_or((vec![None; rows], FORBIDDEN), |found| {
            (found.columns.iter().map(|at| Some(*at).filter(|at| *at < columns)).collect(), found.cost)
        });
        Node { bans, spots, cost }
    }

    fn banned(&self, bans: &Bans<'a>, row: usize, column: usize) -> bool {
        let feed = self.spots[column].feed(self.rows[row].needs.power_w);
        feed.is_some_and(|feed| feed.lines().any(|line| bans.contains(&(row, line))))
    }

    /// A smallest set of rows that together overload an outlet or a circuit: in any answer one of them is not on it.
    fn cover(&self, spots: &[Option<usize>]) -> Option<Vec<Ban<'a>>> {
        let mut users: BTreeMap<Line<'a>, Vec<(i64, usize)>> = BTreeMap::new();
        for (row, spot) in spots.iter().enumerate() {
            let watts = self.rows[row].needs.power_w;
            let feed = spot.and_then(|spot| self.spots[spot].feed(watts));
            for line in feed.into_iter().flat_map(Outlet::lines) {
                users.entry(line).or_default().push((watts, row));
            }
        }
        users.into_iter().find_map(|(line, mut list)| {
            list.sort_by_key(|(watts, row)| (Reverse(*watts), *row));
            let mut load = self.pinned_load.get(&line).copied().unwrap_or(0);
            let mut cover = Vec::new();
            for (watts, row) in list {
                load += watts;
                cover.push((row, line));
                if load > line.capacity_w {
                    return Some(cover);
                }
            }
            None
        })
    }
}

fn worth(board: &Board, entry: &Entry, spot: &Spot) -> Option<i64> {
    if !rule::lacks(entry, spot, board.rain, &board.weights).is_empty() {
        return None;
    }
    let from = board.held_by(entry.id).map(|held| held.stall);
    let feed = spot.feed(entry.needs.power_w);
    Some(score::total(&score::terms(entry, spot, feed, from, board.rain, &board.weights)))
}
