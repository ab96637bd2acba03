//! The proposal: who moves where. Walking counts, and so does every metre by which neighbours come apart:
//! stalls of one slogan zone stay together and in the order of their numbers where that costs little.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::place::sites;
use super::solve::{Feeding, Placing, Rows, count};
use super::{Cover, Lack, Place, Walk, lack};
use crate::assignment::Held;
use crate::entry::Entry;
use crate::geometry::Point;
use crate::ground::Ground;
use crate::layout::{Layout, Stall, number_order};
use crate::{EntryId, StallId};

/// Rounds in which everybody is drawn to where the neighbours now are.
const ROUNDS: usize = 8;
/// Rounds of trading places in twos.
const TRADES: usize = 6;
/// With more pairs than this, nobody trades: the rounds above must do.
const MOST_PAIRS: usize = 400_000;

/// What a proposal is made from.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// The ground of both layouts.
    pub ground: &'a Ground,
    /// Where everybody stands in fair weather.
    pub fair: &'a Layout,
    /// The rain layout as it is; its stalls that the fair one has not, stay.
    pub rain: &'a Layout,
    /// Who comes.
    pub entries: &'a [Entry],
    /// Who stands at which stall, whatever the weather.
    pub held: &'a [Held],
    /// Where a stall could stand; see [`super::candidates`].
    pub places: &'a [Place],
    /// What it shelters from.
    pub cover: Cover,
}

impl<'a> Task<'a> {
    /// The place that the rain layout says must not be touched.
    fn locked(&self, stall: StallId) -> Option<&'a Stall> {
        self.rain.stall(stall).filter(|twin| twin.locked)
    }

    fn entry(&self, stall: StallId) -> Option<&'a Entry> {
        let held = self.held.iter().find(|held| held.stall == stall)?;
        self.entries.iter().find(|entry| entry.id == held.entry)
    }
}

/// One stall's way.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// Which.
    pub stall: StallId,
    /// Its printed number.
    pub no: String,
    /// Who stands there.
    pub entry: Option<EntryId>,
    /// Its middle in fair weather.
    pub from: Point,
    /// Where it goes.
    pub to: Place,
    /// On foot, in centimetres.
    pub walk_cm: i64,
}

/// A stall that finds no place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Left {
    /// Which.
    pub stall: StallId,
    /// Its printed number.
    pub no: String,
    /// Who stands there.
    pub entry: Option<EntryId>,
    /// Why; never empty.
    pub lacks: Vec<Lack>,
}

/// The answer. Every stall of the fair layout is in one of the two lists, in the order of the numbers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// The rain layout as it would be.
    pub layout: Layout,
    /// Who moves where.
    pub moves: Vec<Move>,
    /// What no longer fits.
    pub left: Vec<Left>,
    /// Everybody's way together, in centimetres.
    pub walk_cm: i64,
    /// The metres by which neighbours come apart, in centimetres.
    pub apart_cm: i64,
}

/// The stalls with their ways and neighbours.
pub(super) struct Matching<'a> {
    pub(super) rows: Rows<'a>,
    pub(super) stalls: Vec<&'a Stall>,
    places: &'a [Place],
    ways: Vec<i64>,
    /// Pairs of rows that stand side by side: same zone, next number, and how far apart in fair weather.
    beside: Vec<(usize, usize, i64)>,
}

impl<'a> Matching<'a> {
    pub(super) fn new(task: &Task<'a>) -> Self {
        let mut stalls = task.fair.in_order();
        stalls.retain(|stall| task.locked(stall.id).is_none());
        let entries = stalls.iter().map(|stall| task.entry(stall.id)).collect();
        let fixed = task.rain.stalls().values().filter_map(|stall| {
            let stays = task.fair.stall(stall.id).is_none() || stall.locked;
            let watts = task.entry(stall.id).filter(|_| stays)?.needs.power_w;
            Some((stall.outlet.clone()?, watts))
        });
        let fixed: Vec<_> = fixed.collect();
        let rows = Rows::new(task.ground, entries, sites(task.ground, task.places), task.cover, &fixed);
        let walk = Walk::new(task.ground);
        let ways = stalls.iter().flat_map(|stall| {
            let reach = walk.from(stall.centre());
            task.places.iter().map(move |place| reach.to(place.centre())).collect::<Vec<_>>()
        });
        let ways = ways.collect();
        let mut zones: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, stall) in stalls.iter().enumerate() {
            zones.entry(&stall.zone).or_default().push(row);
        }
        let next = zones.values().flat_map(|zone| zone.windows(2).map(|pair| (pair[0], pair[1])));
        let beside = next.map(|(a, b)| (a, b, apart(stalls[a].centre(), stalls[b].centre()))).collect();
        Self { rows, stalls, places: task.places, ways, beside }
    }

    pub(super) fn way(&self, row: usize, site: usize) -> i64 {
        self.ways[row * self.places.len() + site]
    }

    fn between(&self, one: usize, other: usize) -> i64 {
        apart(self.places[one].centre(), self.places[other].centre())
    }

    pub(super) fn walked(&self, placing: &Placing) -> i64 {
        placing.iter().enumerate().filter_map(|(row, site)| Some(self.way(row, (*site)?))).sum()
    }

    /// By how much neighbours come apart.
    pub(super) fn parted(&self, placing: &Placing) -> i64 {
        let parted = |(a, b, fair): &(usize, usize, i64)| {
            Some((self.between(placing[*a]?, placing[*b]?) - fair).max(0))
        };
        self.beside.iter().filter_map(parted).sum()
    }

    /// What a placing is worth: those who stand, then stalls that stand, then metres. Less is better.
    pub(super) fn worth(&self, placing: &Placing) -> (i64, i64, i64) {
        let placed = |row: &usize| placing[*row].is_some();
        let stand = (0..placing.len()).filter(placed);
        let somebody = stand.clone().filter(|row| self.rows.entry(*row).is_some()).count();
        (-count(somebody), -count(stand.count()), self.walked(placing) + self.parted(placing))
    }

    /// The first stall to the first place that does, and so on: what a list on paper would give.
    pub(super) fn in_order(&self) -> Placing {
        let mut placing: Placing = vec![None; self.stalls.len()];
        for row in 0..placing.len() {
            for site in (0..self.places.len()).filter(|site| self.rows.fits(row, *site)) {
                if placing.contains(&Some(site)) {
                    continue;
                }
                placing[row] = Some(site);
                if self.rows.wired(&placing).is_some() {
                    break;
                }
                placing[row] = None;
            }
        }
        placing
    }

    /// The least walking, exactly.
    pub(super) fn nearest(&self) -> Placing {
        let most = self.ways.iter().copied().max().unwrap_or(0);
        self.rows.solve(most, |row, site| self.way(row, site)).0
    }

    /// Everybody again, each drawn to where the neighbours stand in `placing`.
    fn drawn(&self, placing: &Placing) -> Placing {
        let mut near: Vec<Vec<(usize, i64)>> = vec![Vec::new(); self.stalls.len()];
        for (a, b, fair) in &self.beside {
            if let (Some(here), Some(there)) = (placing[*a], placing[*b]) {
                near[*a].push((there, *fair));
                near[*b].push((here, *fair));
            }
        }
        let cost = |row: usize, site: usize| {
            let pull = near[row].iter().map(|(other, fair)| (self.between(site, *other) - fair).max(0));
            self.way(row, site) + pull.sum::<i64>()
        };
        let cells =
            (0..self.stalls.len()).flat_map(|row| (0..self.places.len()).map(move |site| (row, site)));
        let most = cells.map(|(row, site)| cost(row, site)).max().unwrap_or(0);
        self.rows.solve(most, cost).0
    }

    fn better(&self, mut best: Placing) -> Placing {
        for _ in 0..ROUNDS {
            let next = self.drawn(&best);
            if self.worth(&next) >= self.worth(&best) {
                break;
            }
            best = next;
        }
        if self.stalls.len() * (self.stalls.len() + self.places.len()) > MOST_PAIRS {
            return best;
        }
        for _ in 0..TRADES {
            if !self.trade(&mut best) {
                break;
            }
        }
        best
    }

    /// Lets two trade places, or one take a free one, wherever that is worth it. Whether anybody did.
    fn trade(&self, placing: &mut Placing) -> bool {
        let (mut traded, mut worth) = (false, self.worth(placing));
        for row in 0..placing.len() {
            for site in 0..self.places.len() {
                let Some(mine) = placing[row].filter(|mine| *mine != site) else { continue };
                let other = placing.iter().position(|at| *at == Some(site));
                if !self.rows.fits(row, site) || other.is_some_and(|other| !self.rows.fits(other, mine)) {
                    continue;
                }
                let before = (placing[row], other.map(|other| placing[other]));
                placing[row] = Some(site);
                if let Some(other) = other {
                    placing[other] = Some(mine);
                }
                let next = self.worth(placing);
                if next < worth && self.rows.wired(placing).is_some() {
                    (traded, worth) = (true, next);
                    continue;
                }
                placing[row] = before.0;
                if let Some((other, at)) = other.zip(before.1) {
                    placing[other] = at;
                }
            }
        }
        traded
    }

    /// The best of what walking alone and what a list on paper would give, each made better.
    pub(super) fn best(&self) -> (Placing, Feeding) {
        let seeds = [self.nearest(), self.in_order()];
        let found = seeds.into_iter().map(|seed| self.better(seed)).min_by_key(|placing| self.worth(placing));
        let placing = found.unwrap_or_default();
        let feeding = self.rows.wired(&placing).unwrap_or_else(|| vec![None; self.stalls.len()]);
        (placing, feeding)
    }
}

fn apart(one: Point, other: Point) -> i64 {
    (one.minus(other).length() * 100.0).round() as i64
}

/// Matches every stall of the fair layout to a place.
pub fn propose(task: &Task<'_>) -> Proposal {
    let matching = Matching::new(task);
    let (placing, feeding) = matching.best();
    let mut proposal = Proposal {
        layout: Layout::default(),
        moves: Vec::new(),
        left: Vec::new(),
        walk_cm: matching.walked(&placing),
        apart_cm: matching.parted(&placing),
    };
    let stays = |stall: &&Stall| task.fair.stall(stall.id).is_none() || stall.locked;
    let mut stalls: Vec<Stall> = task.rain.stalls().values().filter(stays).cloned().collect();
    let walk = Walk::new(task.ground);
    for (stall, twin) in
        task.fair.in_order().into_iter().filter_map(|stall| Some((stall, task.locked(stall.id)?)))
    {
        let (from, walk_cm) = (stall.centre(), walk.from(stall.centre()).to(twin.centre()));
        let entry = task.entry(stall.id).map(|entry| entry.id);
        let no = stall.no.clone();
        proposal.moves.push(Move { stall: stall.id, no, entry, from, to: Place::of(twin), walk_cm });
    }
    for (row, stall) in matching.stalls.iter().enumerate() {
        let (no, entry) = (stall.no.clone(), matching.rows.entry(row).map(|entry| entry.id));
        let Some(site) = placing[row] else {
            let lacks = lack::lacks(&matching.rows, row, |outlet| matching.rows.left_w(&feeding, outlet));
            proposal.left.push(Left { stall: stall.id, no, entry, lacks });
            continue;
        };
        let place = &task.places[site];
        let wired = feeding[row].map(|outlet| matching.rows.outlet(outlet).to_owned());
        let was = task.rain.stall(stall.id).cloned();
        let twin = was.unwrap_or_else(|| Stall { locked: false, ..(*stall).clone() });
        let twin = Stall { no: stall.no.clone(), zone: stall.zone.clone(), ..twin };
        let put = place.with(&twin, wired.or_else(|| place.outlet.clone()));
        proposal.moves.push(Move {
            stall: stall.id,
            no,
            entry,
            from: stall.centre(),
            to: Place::of(&put),
            walk_cm: matching.way(row, site),
        });
        stalls.push(put);
    }
    proposal.moves.sort_by_cached_key(|moved| number_order(&moved.no));
    // Ids and numbers are those of two sound layouts; where a stranger has a fair stall's number, it stays out.
    proposal.layout = Layout::of(stalls.clone()).unwrap_or_else(|_| {
        Layout::of(stalls.into_iter().filter(|stall| task.fair.stall(stall.id).is_some())).unwrap_or_default()
    });
    proposal
}
