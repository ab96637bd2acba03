//! The exact core: as many stalls as possible get a place, those with somebody first, then with the least
//! walking. The linear assignment first; where an outlet or a circuit would carry too much, the same again
//! without one of those who overload it, best first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use crate::assignment::lap::{self, FORBIDDEN, Matrix};
use crate::assignment::{Spot, Weights, rule};
use crate::entry::Entry;
use crate::ground::Ground;

use super::Cover;

/// So many linear problems are solved before the search settles for a good answer.
const PATIENCE: usize = 64;

/// What is matched: stalls with those who stand there, and the places with what they offer.
pub(super) struct Rows<'a> {
    entries: Vec<Option<&'a Entry>>,
    sites: Vec<Spot>,
    fits: Vec<bool>,
    /// Outlets by index: name and what it carries alone.
    outlets: Vec<(String, i64)>,
    /// Loads that may not be exceeded: the outlets behind each fuse.
    fuses: Vec<(Vec<usize>, i64)>,
    /// Watts on each outlet that stalls draw which are not matched.
    used: Vec<i64>,
    weights: Weights,
    cover: Cover,
}

/// The place of each row, by index.
pub(super) type Placing = Vec<Option<usize>>;
/// The outlet of each row, by index.
pub(super) type Feeding = Vec<Option<usize>>;
/// A row and an outlet that it must not use.
type Bans = BTreeSet<(usize, usize)>;

impl<'a> Rows<'a> {
    pub(super) fn new(
        ground: &Ground,
        entries: Vec<Option<&'a Entry>>,
        sites: Vec<Spot>,
        cover: Cover,
        fixed: &[(String, i64)],
    ) -> Self {
        let outlets: Vec<_> =
            ground.outlets.iter().map(|outlet| (outlet.id.clone(), i64::from(outlet.cap_w))).collect();
        let alone = outlets.iter().enumerate().map(|(index, (_, cap_w))| (vec![index], *cap_w));
        let shared = ground.circuits.iter().map(|circuit| {
            let on = |index: &usize| ground.outlets[*index].circuit.as_ref() == Some(&circuit.id);
            ((0..outlets.len()).filter(on).collect(), i64::from(circuit.cap_w))
        });
        let fuses = alone.chain(shared).collect();
        let drawn = |id: &String| fixed.iter().filter(|(on, _)| on == id).map(|(_, watts)| watts).sum();
        let used = outlets.iter().map(|(id, _)| drawn(id)).collect();
        let weights = Weights::default();
        let rain = cover == Cover::Rain;
        let fits = entries
            .iter()
            .flat_map(|entry| sites.iter().map(move |site| (entry, site)))
            .map(|(entry, site)| {
                !site.closed
                    && entry
                        .is_none_or(|entry| rule::lacks(entry, site, rain, &Weights::default()).is_empty())
            })
            .collect();
        Self { entries, sites, fits, outlets, fuses, used, weights, cover }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn sites(&self) -> &[Spot] {
        &self.sites
    }

    pub(super) fn entry(&self, row: usize) -> Option<&'a Entry> {
        self.entries[row]
    }

    pub(super) fn outlet(&self, index: usize) -> &str {
        &self.outlets[index].0
    }

    pub(super) const fn water_max_cm(&self) -> i64 {
        self.weights.water_max_cm
    }

    pub(super) fn in_rain(&self) -> bool {
        self.cover == Cover::Rain
    }

    /// Whether the place itself has what the row needs, whoever else stands where.
    pub(super) fn fits(&self, row: usize, site: usize) -> bool {
        self.fits[row * self.sites.len() + site]
    }

    pub(super) fn watts(&self, row: usize) -> i64 {
        self.entries[row].map_or(0, |entry| entry.needs.power_w)
    }

    /// Outlets that could feed the row at a place: the one it is wired to, then the nearest.
    pub(super) fn feeds(&self, row: usize, site: usize) -> impl Iterator<Item = usize> + '_ {
        let watts = self.watts(row);
        let able = self.sites[site]
            .outlets
            .iter()
            .filter(move |outlet| watts > 0 && outlet.reaches() && outlet.capacity_w >= watts);
        able.filter_map(|outlet| self.outlets.iter().position(|(id, _)| *id == outlet.id))
    }

    /// Watts on each outlet.
    fn loads(&self, feeding: &Feeding) -> Vec<i64> {
        let mut loads = self.used.clone();
        for (row, outlet) in feeding.iter().enumerate() {
            if let Some(outlet) = outlet {
                loads[*outlet] += self.watts(row);
            }
        }
        loads
    }

    /// What is left on an outlet, its circuit considered.
    pub(super) fn left_w(&self, feeding: &Feeding, outlet: usize) -> i64 {
        let loads = self.loads(feeding);
        let behind = self.fuses.iter().filter(|(on, _)| on.contains(&outlet));
        behind.map(|(on, cap_w)| cap_w - on.iter().map(|at| loads[*at]).sum::<i64>()).min().unwrap_or(0)
    }

    /// The heaviest first, each on the first outlet that still carries it; `None` where one finds none.
    pub(super) fn wired(&self, placing: &Placing) -> Option<Feeding> {
        self.wired_without(placing, &Bans::new())
    }

    fn wired_without(&self, placing: &Placing, bans: &Bans) -> Option<Feeding> {
        let mut feeding = vec![None; self.len()];
        let mut rows: Vec<usize> = (0..self.len()).filter(|row| self.watts(*row) > 0).collect();
        rows.sort_by_key(|row| Reverse(self.watts(*row)));
        for row in rows {
            let Some(site) = placing[row] else { continue };
            let outlet = self
                .feeds(row, site)
                .filter(|outlet| !bans.contains(&(row, *outlet)))
                .find(|outlet| self.left_w(&feeding, *outlet) >= self.watts(row))?;
            feeding[row] = Some(outlet);
        }
        Some(feeding)
    }

    /// Rows that together overload a fuse, each on its first outlet, heaviest first.
    fn overload(&self, placing: &Placing, bans: &Bans) -> Option<Vec<(usize, usize)>> {
        let mut on: BTreeMap<usize, Vec<(i64, usize)>> = BTreeMap::new();
        for (row, site) in placing.iter().enumerate() {
            let first = site.and_then(|site| self.feeds(row, site).find(|at| !bans.contains(&(row, *at))));
            if let Some(outlet) = first {
                on.entry(outlet).or_default().push((self.watts(row), row));
            }
        }
        self.fuses.iter().find_map(|(outlets, cap_w)| {
            let fed = outlets.iter().flat_map(|at| on.get(at).into_iter().flatten().map(|fed| (*fed, *at)));
            let mut fed: Vec<_> = fed.collect();
            fed.sort_by_key(|((watts, row), _)| (Reverse(*watts), *row));
            let mut load = outlets.iter().map(|at| self.used[*at]).sum::<i64>();
            let cover = fed.into_iter().map_while(|((watts, row), outlet)| {
                let before = load;
                load += watts;
                (before <= *cap_w).then_some((row, outlet))
            });
            let cover: Vec<_> = cover.collect();
            (load > *cap_w).then_some(cover)
        })
    }

    /// The best placing for some costs of at most `most` each.
    pub(super) fn solve(&self, most: i64, cost: impl Fn(usize, usize) -> i64) -> (Placing, Feeding) {
        let leave = |row: usize| {
            let empty = (most + 1).saturating_mul(count(self.len()) + 1);
            if self.entries[row].is_some() { empty.saturating_mul(count(self.len()) + 1) } else { empty }
        };
        let mut open = BinaryHeap::new();
        let mut fallback: Option<(i64, Placing)> = None;
        let (mut met, mut solved) = (BTreeSet::new(), 0);
        let mut push = |bans: Bans, open: &mut BinaryHeap<_>| {
            if met.insert(bans.clone()) {
                let (placing, total) = self.linear(&bans, &leave, &cost);
                open.push((Reverse(total), Reverse(bans), placing));
            }
        };
        push(Bans::new(), &mut open);
        while let Some((Reverse(total), Reverse(bans), placing)) = open.pop() {
            if let Some(feeding) = self.wired_without(&placing, &bans) {
                return (placing, feeding);
            }
            solved += 1;
            if fallback.is_none() {
                fallback = Some((total, placing.clone()));
            }
            let Some(cover) = self.overload(&placing, &bans).filter(|_| solved < PATIENCE) else { break };
            for ban in cover {
                let mut more = bans.clone();
                more.insert(ban);
                push(more, &mut open);
            }
        }
        self.thinned(fallback.map(|(_, placing)| placing).unwrap_or_default())
    }

    /// A placing that overloads something, without those whom no outlet carries any more.
    fn thinned(&self, mut placing: Placing) -> (Placing, Feeding) {
        placing.resize(self.len(), None);
        let mut rows: Vec<usize> = (0..self.len()).filter(|row| self.watts(*row) > 0).collect();
        rows.sort_by_key(|row| Reverse(self.watts(*row)));
        let powered: Vec<_> = rows.iter().map(|row| (*row, placing[*row].take())).collect();
        for (row, site) in powered {
            placing[row] = site;
            if self.wired(&placing).is_none() {
                placing[row] = None;
            }
        }
        let feeding = self.wired(&placing).unwrap_or_else(|| vec![None; self.len()]);
        (placing, feeding)
    }

    /// One linear assignment: each row on a place, or left out at the price of `leave`.
    fn linear(
        &self,
        bans: &Bans,
        leave: &impl Fn(usize) -> i64,
        cost: &impl Fn(usize, usize) -> i64,
    ) -> (Placing, i64) {
        let places = self.sites.len();
        let matrix = Matrix::new(self.len(), places + self.len(), |row, column| {
            if column >= places {
                return leave(row);
            }
            let fed = || self.watts(row) == 0 || self.feeds(row, column).any(|at| !bans.contains(&(row, at)));
            if self.fits(row, column) && fed() { cost(row, column) } else { FORBIDDEN }
        });
        let Some(found) = lap::solve(&matrix) else { return (vec![None; self.len()], i64::MAX) };
        let placing = found.columns.iter().map(|column| (*column < places).then_some(*column)).collect();
        (placing, found.cost)
    }
}

pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
