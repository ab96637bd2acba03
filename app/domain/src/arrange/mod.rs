//! Automatic layout: as many stalls as a ground holds, or the best so many, by the ground's own rules.
//!
//! Pure and seeded: the same ground, wish and seed give the same stalls on every machine. Knows nothing of
//! units, numbers and slogan zones, and nothing of `layout::check`, which judges what comes out.

mod area;
mod bits;
mod board;
mod choose;
mod floor;
mod frame;
mod lattice;
mod limit;
mod pattern;
mod reach;
mod row;
mod search;
mod shadow;
mod tally;
#[cfg(test)]
mod tests;
mod zone;

use serde::{Deserialize, Serialize};

pub use limit::Limit;
pub use pattern::Pattern;

use crate::geometry::{Footprint, Point};
use crate::ground::Ground;
use crate::layout::{MOST_STALLS, Stall};

use area::Found;
use floor::Floor;
use zone::Standing;

/// What is wanted.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Wish {
    /// So many stalls, the locked ones included; none: as many as fit.
    pub target: Option<usize>,
    /// Another seed may find another arrangement that is as good; the search begins the same way for all.
    pub seed: u64,
    /// Only in these areas of the ground, by id; none: in all.
    pub areas: Option<Vec<String>>,
    /// Stalls that stay exactly where they are; they are not among the answer.
    pub locked: Vec<Stall>,
    /// Changes that the search may try on a ground of the usual size, fewer on a larger one; none: the usual
    /// number. More take longer and may find more.
    pub tries: Option<usize>,
}

/// A place for a stall, to the centimetre and the tenth of a degree.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Place {
    /// The id of the area of the ground.
    #[serde(rename = "zone")]
    pub area: String,
    /// Centre, metres east.
    pub x: f64,
    /// Centre, metres north.
    pub y: f64,
    /// Metres along the counter.
    pub w: f64,
    /// Metres from the counter to the back.
    pub d: f64,
    /// Degrees counter-clockwise.
    pub angle: f64,
    /// Where the counter looks, degrees counter-clockwise from east.
    pub facing: f64,
}

impl Place {
    /// What it covers.
    pub const fn footprint(&self) -> Footprint {
        Footprint { centre: Point::new(self.x, self.y), w: self.w, d: self.d, angle: self.angle }
    }

    /// The strip before its counter, so many metres deep.
    pub fn front(&self, deep: f64) -> Footprint {
        front(&self.footprint(), self.facing, deep)
    }
}

fn front(foot: &Footprint, facing: f64, deep: f64) -> Footprint {
    let out = Point::new(1.0, 0.0).turned(Point::default(), facing).times(f64::midpoint(foot.d, deep));
    Footprint { centre: foot.centre.plus(out), d: deep, ..*foot }
}

/// How one area of the ground was filled, and what keeps it from holding more.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Filled {
    /// The id of the area of the ground.
    #[serde(rename = "zone")]
    pub area: String,
    /// The pattern that it began with.
    pub pattern: Pattern,
    /// Of its rows, degrees counter-clockwise, below 90.
    pub angle: f64,
    /// Stalls in the answer.
    pub count: usize,
    /// As many as were found to fit.
    pub most: usize,
    /// Where the rest of its floor goes, in square metres, most first.
    pub limits: Vec<Limit>,
}

/// A finished layout.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Arranged {
    /// In reading order: area by area, row by row from the north-west.
    pub stalls: Vec<Place>,
    /// One for each area that was asked for.
    #[serde(rename = "zones")]
    pub areas: Vec<Filled>,
}

/// Arranges a ground.
pub fn arrange(ground: &Ground, wish: &Wish) -> Arranged {
    let mut floor = Floor::new(ground);
    let locked: Vec<Standing> = wish.locked.iter().map(|stall| standing(ground, stall)).collect();
    let room = wish.target.unwrap_or(MOST_STALLS).min(MOST_STALLS).saturating_sub(wish.locked.len());
    // Straight rows are enough for a modest wish; only a greedy one is worth a search.
    let mut found =
        if wish.target.is_some() { fill(ground, &floor, &locked, wish, false) } else { Vec::new() };
    if found.iter().map(|one| one.places.len()).sum::<usize>() < room {
        found = fill(ground, &floor, &locked, wish, true);
    }
    if !floor.seams.is_empty() && found.iter().all(|one| one.places.is_empty()) {
        // Better a doubtful way than none.
        floor.seams.clear();
        found = fill(ground, &floor, &locked, wish, true);
    }
    let mut areas: Vec<Filled> = found.iter().map(Found::report).collect();
    let all = found.into_iter().flat_map(|one| one.places).collect();
    let stalls = choose::reading_order(ground, choose::best(ground, all, room));
    for filled in &mut areas {
        filled.count = stalls.iter().filter(|place| place.area == filled.area).count();
        filled.limits = limit::limits(ground, &filled.area, &stalls, &wish.locked);
    }
    Arranged { stalls, areas }
}

/// A locked stall with the strip before its counter.
fn standing(ground: &Ground, stall: &Stall) -> Standing {
    let foot = stall.footprint();
    let deep = ground.area_at(stall.centre()).map_or(ground.rules.min_aisle, |area| area.aisle);
    Standing { foot, front: front(&foot, stall.facing, deep) }
}

/// Fills area after area; each keeps clear of those before. Then the seed has its turn in each.
fn fill(ground: &Ground, floor: &Floor, locked: &[Standing], wish: &Wish, search: bool) -> Vec<Found> {
    let wanted = |id: &String| wish.areas.as_ref().is_none_or(|areas| areas.contains(id));
    let areas: Vec<_> = ground.zones.iter().filter(|area| wanted(&area.id)).collect();
    let tries = if search { wish.tries.unwrap_or(area::TRIES) / areas.len().max(1) } else { 0 };
    let common = tries * area::COMMON / 10;
    let mut found: Vec<Found> = Vec::with_capacity(areas.len());
    for area in &areas {
        let others = others(&found, locked, usize::MAX);
        // What comes last is not looked at again.
        let own = (found.len() + 1 == areas.len()).then_some((wish.seed, tries - common));
        found.push(area::fill(ground, floor, area, &others, common, own));
    }
    // A later area may have closed the way to an earlier one. Each sees the ways on its own raster, and one that
    // sees a way is enough.
    let Some(last) = found.len().checked_sub(1) else { return found };
    let mut from = locked.len();
    for at in 0..last {
        let some = from..from + found[at].places.len();
        let known = found[last].reached(some.clone()).to_vec();
        from = some.end;
        if known.contains(&false) {
            let others = others(&found, locked, at);
            let before = found[at].places.len();
            found[at].drop_unreached(&known, ground, floor, areas[at], &others);
            if found[at].places.len() < before {
                let again = area::fill(ground, floor, areas[at], &others, common, None);
                if again.places.len() > found[at].places.len() && again.reaches_all() {
                    found[at] = again;
                }
            }
        }
    }
    if tries > common {
        for at in 0..last {
            let others = others(&found, locked, at);
            found[at].vary(ground, floor, areas[at], &others, wish.seed, tries - common);
        }
    }
    found
}

/// All stalls but those of one area.
fn others(found: &[Found], locked: &[Standing], but: usize) -> Vec<Standing> {
    let rest = found.iter().enumerate().filter(|(at, _)| *at != but).flat_map(|(_, one)| one.standing());
    locked.iter().copied().chain(rest).collect()
}
