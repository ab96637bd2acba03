//! One area of the ground: the best of several beginnings, bettered by search.

use super::board::{Board, Piece};
use super::floor::Floor;
use super::frame::directions;
use super::lattice::{Lattice, Spot};
use super::pattern::{self, Pattern};
use super::reach::Reach;
use super::row::{self, Spacing};
use super::search::{self, Dice};
use super::zone::{Standing, Zone};
use super::{Filled, Place};
use crate::geometry::Point;
use crate::ground::{Area, Ground};

/// Changes that are tried on the whole ground.
pub(super) const TRIES: usize = 3_600;
/// Of ten changes so many are the same whatever the seed, so that no seed finds much less than another.
pub(super) const COMMON: usize = 6;
/// Directions of rows that are tried.
const DIRECTIONS: usize = 3;

/// What an area holds.
pub(super) struct Found {
    pub(super) places: Vec<Place>,
    pieces: Vec<Piece>,
    /// Whether people get to each stall that stood before.
    reached: Vec<bool>,
    lattice: Lattice,
    area: String,
    aisle: f64,
    tenths: u16,
    pattern: Pattern,
}

impl Found {
    pub(super) fn report(&self) -> Filled {
        Filled {
            area: self.area.clone(),
            pattern: self.pattern,
            angle: f64::from(self.tenths) / 10.0,
            count: self.places.len(),
            most: self.places.len(),
            limits: Vec::new(),
        }
    }

    pub(super) fn standing(&self) -> impl Iterator<Item = Standing> + '_ {
        self.places.iter().map(|place| Standing { foot: place.footprint(), front: place.front(self.aisle) })
    }

    /// Of the stalls that stood before, whether people get to each of some.
    pub(super) fn reached(&self, some: std::ops::Range<usize>) -> &[bool] {
        &self.reached[some]
    }

    /// Goes on searching from what stands, as the dice of a seed fall: it holds no fewer stalls afterwards.
    pub(super) fn vary(
        &mut self,
        ground: &Ground,
        floor: &Floor,
        area: &Area,
        others: &[Standing],
        seed: u64,
        tries: usize,
    ) {
        let zone = Zone::new(ground, floor, area, self.tenths, others);
        // On the same lines, so that every stall is on a spot.
        let lattice = Lattice::on(&zone, self.lattice.xs.clone(), self.lattice.ys.clone());
        let mut board = Board::new(&zone, &lattice);
        let stands = self.pieces.iter().all(|piece| board.try_put(piece.spot));
        // On this raster not everything may be seen that was seen on another.
        if !stands || !board.all_reached() || board.reached_before().contains(&false) {
            return;
        }
        search::better(&mut board, &mut Dice::new(seed), tries);
        self.places = board.pieces.iter().map(|piece| place(area, &zone, piece)).collect();
        self.pieces = board.pieces;
    }

    /// Whether people get to every stall that stood before.
    pub(super) fn reaches_all(&self) -> bool {
        !self.reached.contains(&false)
    }

    /// Takes away what nobody gets to any more beside the stalls of other areas, but for those that people are
    /// known to get to.
    pub(super) fn drop_unreached(
        &mut self,
        known: &[bool],
        ground: &Ground,
        floor: &Floor,
        area: &Area,
        others: &[Standing],
    ) {
        let zone = Zone::new(ground, floor, area, self.tenths, others);
        let mut reach = Reach::new(&zone, [&self.lattice.xs[1], &self.lattice.ys[0]]);
        for piece in &self.pieces {
            reach.stall(piece.rect, true);
        }
        reach.flood();
        let strip = |piece: &Piece| piece.rect.before(usize::from(piece.spot.side), self.aisle);
        let mut known = known.iter();
        self.pieces.retain(|piece| {
            known.next().is_some_and(|known| *known) || reach.reaches(reach.window(strip(piece)))
        });
        self.places = self.pieces.iter().map(|piece| place(area, &zone, piece)).collect();
    }
}

/// Fills one area beside stalls that stand already, trying so many changes that are the same whatever the seed,
/// and then perhaps some of a seed's own.
pub(super) fn fill(
    ground: &Ground,
    floor: &Floor,
    area: &Area,
    others: &[Standing],
    common: usize,
    own: Option<(u64, usize)>,
) -> Found {
    let frames: Vec<(Zone, Lattice)> = directions(area.polygon.points(), DIRECTIONS)
        .into_iter()
        .map(|tenths| {
            let zone = Zone::new(ground, floor, area, tenths, others);
            let lattice = Lattice::new(&zone);
            (zone, lattice)
        })
        .collect();
    let mut boards: Vec<Option<Board>> = frames.iter().map(|_| None).collect();
    let best = beginning(&frames, &mut boards, area);
    let (zone, lattice) = &frames[best.at];
    let mut board = boards[best.at].take().unwrap_or_else(|| Board::new(zone, lattice));
    if !row::lay(&mut board, &best.spots) {
        board.clear();
    }
    search::better(&mut board, &mut Dice::new(0), common);
    if let Some((seed, tries)) = own {
        search::better(&mut board, &mut Dice::new(seed), tries);
    }
    Found {
        reached: board.reached_before(),
        places: board.pieces.iter().map(|piece| place(area, zone, piece)).collect(),
        pieces: board.pieces,
        lattice: lattice.clone(),
        area: area.id.clone(),
        aisle: area.aisle,
        tenths: zone.frame.tenths,
        pattern: best.pattern,
    }
}

/// Where the search begins.
struct Beginning {
    at: usize,
    pattern: Pattern,
    spots: Vec<Spot>,
}

/// The beginning that holds most stalls that people get to.
fn beginning<'a>(frames: &'a [(Zone, Lattice)], boards: &mut [Option<Board<'a>>], area: &Area) -> Beginning {
    let mut starts: Vec<Beginning> = Vec::new();
    for (at, (zone, lattice)) in frames.iter().enumerate() {
        let spacing = Spacing::of(zone);
        let way = zone.rules.min_aisle.max(zone.aisle);
        for (pattern, plan) in pattern::plans(area, way) {
            let spots = row::rows(lattice, &plan, spacing);
            starts.push(Beginning { at, pattern, spots });
        }
        if pattern::allowed(area).contains(&Pattern::Perimeter) {
            starts.push(Beginning { at, pattern: Pattern::Perimeter, spots: pattern::ring(zone, lattice) });
        }
    }
    starts.sort_by_key(|start| (std::cmp::Reverse(start.spots.len()), start.at));
    let first = pattern::allowed(area).first().copied().unwrap_or(Pattern::Rows);
    let mut best = (0, Beginning { at: 0, pattern: first, spots: Vec::new() });
    for start in starts {
        if start.spots.len() <= best.0 {
            break;
        }
        let (zone, lattice) = &frames[start.at];
        let board = boards[start.at].get_or_insert_with(|| Board::new(zone, lattice));
        if row::lay(board, &start.spots) && board.pieces.len() > best.0 {
            let spots = board.pieces.iter().map(|piece| piece.spot).collect();
            best = (board.pieces.len(), Beginning { spots, ..start });
        }
    }
    best.1
}

fn place(area: &Area, zone: &Zone, piece: &Piece) -> Place {
    let rect = piece.rect;
    let middle = Point::new(f64::midpoint(rect.x0, rect.x1), f64::midpoint(rect.y0, rect.y1));
    let at = zone.frame.world(middle);
    let base = f64::from(zone.frame.tenths) / 10.0;
    let (angle, facing) = match piece.spot.side {
        0 => (base + 270.0, base),
        1 => (base, base + 90.0),
        2 => (base + 90.0, base + 180.0),
        _ => (base, base + 270.0),
    };
    let turn = |degrees: f64| (degrees * 10.0).round().rem_euclid(3_600.0) / 10.0;
    let (w, d) = zone.true_size;
    let cm = |metres: f64| (metres * 100.0).round() / 100.0 + 0.0;
    Place { area: area.id.clone(), x: cm(at.x), y: cm(at.y), w, d, angle: turn(angle), facing: turn(facing) }
}
