//! A board as a market of the planning core: entries and stalls by the same index, so that a plan of the core and
//! the holdings of a board are two ways to write the same thing.

use std::collections::BTreeSet;

use super::plan::{Circuit, Feed, Instance, Plan, SCHEMA, Stall, Unit};
use super::{Board, Held, Line, Outlet, Spot};
use crate::entry::Entry;
use crate::order::Gather as _;
use crate::{EntryId, StallId};

/// How much more those need a short way who cannot take steps, and those whose visitors are old.
const STEP_FREE: i64 = 3;
const ELDERS: i64 = 2;
/// Steps count as so much more of the way from an entrance, in centimetres.
const STEPS_CM: i64 = 2_000;
/// Crowds are compared in so many visitors: one more or less is worth no point.
const CROWD: i64 = 10;
/// How loud the loud are and how quiet the quiet want it: beside each other they would cost four times the weight.
const LEVEL: i64 = 2;
/// The category of a stall that is kept free; no entry is of it: zones have four letters at
/// most.
const NOBODY: &str = "nobody";

impl Board {
    /// The index of a stall among the spots.
    pub(super) fn stall_index(&self, stall: StallId) -> Option<usize> {
        self.spots.iter().position(|spot| spot.stall == stall)
    }

    /// The index of an entry.
    pub(super) fn entry_index(&self, entry: EntryId) -> Option<usize> {
        self.entries.iter().position(|one| one.id == entry)
    }

    fn pin_of(&self, entry: EntryId) -> Option<Held> {
        self.held_by(entry).filter(|held| held.pinned)
    }

    fn pinned_load(&self, line: Line) -> i64 {
        let pinned = self.held.iter().copied().filter(|held| held.pinned).collect();
        Self { held: pinned, ..self.clone() }.load(line, None)
    }
}

/// The board as the planning core reads it. A pin is the organizer's word: what its stall lacks, what its outlet
/// carries and whom it disturbs counts against others only.
pub fn instance(board: &Board) -> Instance {
    let stalls: Vec<Stall> = board.spots.iter().map(|spot| stall(board, spot)).collect();
    let zones: BTreeSet<&String> = board.entries.iter().map(|entry| &entry.zone).gather();
    Instance {
        schema: SCHEMA.to_owned(),
        rain: board.rain,
        weights: board.weights.terms,
        rows: (0..stalls.len()).map(|stall| vec![stall]).collect(),
        stalls,
        circuits: circuits(board),
        adjacent: beside(&board.spots),
        units: board.entries.iter().map(|entry| unit(board, entry)).collect(),
        incompatible: disturbing(board),
        affinity: affinity(board),
        cluster: zones.into_iter().filter(|zone| !zone.is_empty()).cloned().collect(),
        spread: Vec::new(),
        category_caps: Vec::new(),
    }
}

/// Who stands where, as a plan; stalls that are not on this map hold nobody.
pub fn plan(board: &Board, held: &[Held]) -> Plan {
    let place = |entry: &Entry| {
        let held = held.iter().find(|held| held.entry == entry.id)?;
        Some(vec![board.stall_index(held.stall)?])
    };
    board.entries.iter().map(place).collect()
}

/// A plan as holdings, in the order of the stalls; pins stay, those on a stall of the other map among them.
pub fn holdings(board: &Board, plan: &Plan) -> Vec<Held> {
    let mut held: Vec<(usize, Held)> = Vec::new();
    for (entry, place) in board.entries.iter().zip(plan) {
        if let Some(pin) = board.pin_of(entry.id) {
            held.push((board.stall_index(pin.stall).unwrap_or(usize::MAX), pin));
        } else if let Some(at) = place.as_ref().and_then(|run| run.first().copied()) {
            held.push((at, Held { entry: entry.id, stall: board.spots[at].stall, pinned: false }));
        }
    }
    held.sort_by_key(|(at, held)| (*at, held.entry));
    held.into_iter().map(|(_, held)| held).collect()
}

fn line_name(line: &Line) -> String {
    format!("{}{}", if line.shared { "circuit " } else { "outlet " }, line.id)
}

/// Outlets and what they share. Where the pins alone draw too much, that is what the line carries: nobody joins them.
fn circuits(board: &Board) -> Vec<Circuit> {
    let lines: BTreeSet<Line> =
        board.spots.iter().flat_map(|spot| &spot.outlets).flat_map(Outlet::lines).gather();
    let fuse =
        |line: &Line| Circuit { id: line_name(line), cap_w: line.capacity_w.max(board.pinned_load(*line)) };
    lines.iter().map(fuse).collect()
}

fn stall(board: &Board, spot: &Spot) -> Stall {
    let reached = spot.outlets.iter().filter(|outlet| outlet.reaches());
    let feed = |outlet: &Outlet| Feed {
        power_w: outlet.most_w(),
        cable_cm: outlet.distance_cm,
        circuits: outlet.lines().map(|line| line_name(&line)).collect(),
    };
    Stall {
        id: spot.no.clone(),
        x_cm: spot.at_cm.0,
        y_cm: spot.at_cm.1,
        w_cm: spot.width_cm,
        zone: spot.zone.clone(),
        circuit: None,
        power_w: 0,
        feeds: reached.map(feed).collect(),
        water: spot.water_cm.is_some_and(|far| far <= board.weights.water_max_cm),
        tap_cm: spot.water_cm.unwrap_or(0),
        shelter: spot.sheltered,
        step_free: spot.step_free,
        entr_cm: spot.entrance_cm.map_or(0, |far| if spot.step_free { far } else { far + STEPS_CM }),
        quality: spot.quality(),
        blocked: false,
        tags: Vec::new(),
        reserved: board.reserved_at(spot.stall).map(|_| NOBODY.to_owned()).into_iter().collect(),
    }
}

fn unit(board: &Board, entry: &Entry) -> Unit {
    let needs = &entry.needs;
    let pin = board.pin_of(entry.id);
    let own_zone = || (!entry.zone.is_empty()).then(|| entry.zone.clone());
    let numbered = |no: &String| board.spots.iter().position(|spot| spot.no == *no);
    let past = board.past.iter().find(|past| past.entry == entry.id && past.markets > 0);
    let lacks_paper = board.lacks_paper(entry.id).is_some();
    let closed = |at: &usize| lacks_paper || board.spots[*at].closed;
    let printed = board.printed.iter().find(|(named, _)| *named == entry.id);
    let level = |is: bool| if is { LEVEL } else { 0 };
    Unit {
        id: entry.name.clone(),
        category: entry.zone.clone(),
        slots_min: 1,
        slots_max: 1,
        power_w: needs.power_w,
        water: needs.water,
        shelter: needs.shelter,
        min_w_cm: needs.width_cm,
        zones: own_zone().filter(|_| board.weights.strict_zones).map(|zone| vec![zone]),
        tags_required: Vec::new(),
        step_free: needs.step_free,
        max_entr_cm: None,
        lock: pin.map(|pin| board.stall_index(pin.stall).into_iter().collect()),
        forbid: (0..board.spots.len()).filter(closed).collect(),
        // No plan pays for a place by leaving out a pin.
        priority: if pin.is_some() { board.entries.len() as i64 + 1 } else { 1 },
        pref_stalls: entry.wishes.iter().filter_map(numbered).collect(),
        pref_zones: Vec::new(),
        anywhere: true,
        elder: if needs.step_free {
            STEP_FREE
        } else if board.elders.contains(&entry.id) {
            ELDERS
        } else {
            1
        },
        noise: level(needs.loud),
        quiet: level(needs.quiet),
        draw: needs.visitors / CROWD,
        hist_sum: past.map_or(0, |past| past.quality),
        hist_n: past.map(|past| past.markets),
        last: past.and_then(|past| numbered(past.last.as_ref()?)),
        now: board.held_by(entry.id).and_then(|held| board.stall_index(held.stall)),
        printed: printed.and_then(|(_, stall)| board.stall_index(*stall)),
        home: own_zone(),
        queue: i64::from(needs.queue),
        overruled: pin.is_some(),
    }
}

/// Pairs between whom visitors go, where both come.
fn affinity(board: &Board) -> Vec<(usize, usize, i64)> {
    let pairs = board.affinity.iter().filter(|(one, other, _)| one != other);
    let indexed = pairs.filter_map(|(one, other, amount)| {
        Some((board.entry_index(*one)?, board.entry_index(*other)?, *amount))
    });
    indexed.collect()
}

fn beside(spots: &[Spot]) -> Vec<(usize, usize)> {
    let pairs = |one: usize| (one + 1..spots.len()).map(move |other| (one, other));
    (0..spots.len()).flat_map(pairs).filter(|(one, other)| spots[*one].is_beside(&spots[*other])).collect()
}

/// Whether one of two entries is loud and the other must have quiet: they may not stand side by side.
pub fn disturbs(one: &Entry, other: &Entry) -> bool {
    (one.needs.loud && other.needs.quiet) || (one.needs.quiet && other.needs.loud)
}

/// Pairs that may not stand side by side, unless the organizer has pinned both.
fn disturbing(board: &Board) -> Vec<(usize, usize, i64)> {
    let entries = &board.entries;
    let pins: Vec<bool> = entries.iter().map(|entry| board.pin_of(entry.id).is_some()).collect();
    let pairs = (0..entries.len()).flat_map(|one| (one + 1..entries.len()).map(move |other| (one, other)));
    pairs
        .filter(|(one, other)| disturbs(&entries[*one], &entries[*other]) && !(pins[*one] && pins[*other]))
        .map(|(one, other)| (one, other, 0))
        .collect()
}
