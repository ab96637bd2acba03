//! Hard rules: where an entry may not stand, with the numbers that decide it, and which demands a stall meets.

use serde::{Deserialize, Serialize};

use super::{Board, Held, Spot, Weights, market};
use crate::entry::Entry;
use crate::unit::CredentialKind;
use crate::{EntryId, StallId};

/// One reason why not. The codes are those of the reports and of the reason column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Block {
    /// No outlet whose cable gets here.
    NoPower {
        /// Watts wanted.
        needs_w: i64,
        /// The nearest outlet: name, distance and reach in centimetres.
        nearest: Option<(String, i64, i64)>,
    },
    /// Outlets in reach, but none carries so much.
    OutletTooSmall {
        /// Watts wanted.
        needs_w: i64,
        /// The largest in reach.
        outlet: String,
        /// What it carries, in watts.
        capacity_w: i64,
    },
    /// Others already draw too much from the outlet that would serve.
    CircuitOverload {
        /// Which outlet.
        outlet: String,
        /// Watts with this entry.
        load_w: i64,
        /// What it carries.
        capacity_w: i64,
    },
    /// The tap is too far, or there is none.
    NoWater {
        /// To the nearest tap, in centimetres.
        distance_cm: Option<i64>,
        /// As far as water may be carried.
        limit_cm: i64,
    },
    /// It rains and there is no roof.
    NoShelterInRain,
    /// The counter side is too short.
    TooNarrow {
        /// Wanted, in centimetres.
        needs_cm: i64,
        /// There is, in centimetres.
        width_cm: i64,
    },
    /// Its unit lacks a paper for what it would do that day.
    NoPaper {
        /// Which.
        paper: CredentialKind,
    },
    /// Zones are strict and this is another.
    ZoneNotAllowed {
        /// The entry's zone.
        wants: String,
        /// The stall's zone.
        zone: String,
    },
    /// A wheelchair must get there, and every way goes over steps.
    NotStepFree,
    /// The stall may not be given out.
    Forbidden,
    /// The organizer keeps the stall free.
    Reserved {
        /// What for; may be empty.
        why: String,
    },
    /// The entry is pinned to another stall.
    LockedElsewhere {
        /// Which.
        stall: StallId,
    },
    /// Somebody else is pinned here.
    HeldByPin {
        /// Who.
        by: EntryId,
    },
    /// Loud and quiet would stand side by side.
    LoudBesideQuiet {
        /// The other.
        other: EntryId,
    },
    /// Somebody else gets it in the best plan.
    Taken {
        /// Who.
        by: EntryId,
    },
}

impl Block {
    /// The reason code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPower { .. } => "no_power",
            Self::OutletTooSmall { .. } => "outlet_too_small",
            Self::CircuitOverload { .. } => "circuit_overload",
            Self::NoWater { .. } => "no_water",
            Self::NoShelterInRain => "no_shelter_in_rain",
            Self::TooNarrow { .. } => "too_narrow",
            Self::ZoneNotAllowed { .. } => "zone_not_allowed",
            Self::NotStepFree => "not_step_free",
            Self::Forbidden => "forbidden",
            Self::Reserved { .. } => "reserved",
            Self::LockedElsewhere { .. } => "locked_elsewhere",
            Self::HeldByPin { .. } => "held_by_pin",
            Self::LoudBesideQuiet { .. } => "incompatible_neighbours",
            Self::NoPaper { .. } => "no_paper",
            Self::Taken { .. } => "taken",
        }
    }
}

/// A demand of the entry that this stall meets, with its numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "pass", rename_all = "snake_case")]
pub enum Pass {
    /// An outlet reaches and carries it.
    Power {
        /// Watts wanted.
        needs_w: i64,
        /// Which outlet.
        outlet: String,
        /// How far, in centimetres.
        distance_cm: i64,
        /// What is left on it afterwards, in watts.
        left_w: i64,
    },
    /// A tap is near enough.
    Water {
        /// How far, in centimetres.
        distance_cm: i64,
    },
    /// A roof, or no rain.
    Shelter {
        /// Under a roof.
        roof: bool,
    },
    /// Wide enough.
    Width {
        /// Wanted, in centimetres.
        needs_cm: i64,
        /// There is, in centimetres.
        width_cm: i64,
    },
    /// A wheelchair gets there.
    StepFree,
}

/// What the stall itself lacks for this entry, whoever else stands where.
pub fn lacks(entry: &Entry, spot: &Spot, rain: bool, weights: &Weights) -> Vec<Block> {
    let needs = &entry.needs;
    let mut blocks = Vec::new();
    if spot.closed {
        blocks.push(Block::Forbidden);
    }
    if needs.power_w > 0 && spot.feed(needs.power_w).is_none() {
        blocks.push(no_feed(needs.power_w, spot));
    }
    if needs.water && spot.water_cm.is_none_or(|distance| distance > weights.water_max_cm) {
        blocks.push(Block::NoWater { distance_cm: spot.water_cm, limit_cm: weights.water_max_cm });
    }
    if needs.shelter && rain && !spot.sheltered {
        blocks.push(Block::NoShelterInRain);
    }
    if needs.width_cm > spot.width_cm {
        blocks.push(Block::TooNarrow { needs_cm: needs.width_cm, width_cm: spot.width_cm });
    }
    if weights.strict_zones && !entry.zone.is_empty() && entry.zone != spot.zone {
        blocks.push(Block::ZoneNotAllowed { wants: entry.zone.clone(), zone: spot.zone.clone() });
    }
    if needs.step_free && !spot.step_free {
        blocks.push(Block::NotStepFree);
    }
    blocks
}

fn no_feed(needs_w: i64, spot: &Spot) -> Block {
    let largest = spot.outlets.iter().filter(|outlet| outlet.reaches()).max_by_key(|outlet| outlet.most_w());
    match largest {
        Some(outlet) => {
            Block::OutletTooSmall { needs_w, outlet: outlet.id.clone(), capacity_w: outlet.most_w() }
        }
        None => Block::NoPower {
            needs_w,
            nearest: spot
                .outlets
                .iter()
                .min_by_key(|outlet| outlet.distance_cm)
                .map(|outlet| (outlet.id.clone(), outlet.distance_cm, outlet.reach_cm)),
        },
    }
}

/// Every reason why the entry may not stand here as the board is now: the stall's lacks, pins, circuits, whether it is
/// kept free.
pub fn blocks(board: &Board, entry: &Entry, spot: &Spot) -> Vec<Block> {
    let mut blocks = lacks(entry, spot, board.rain, &board.weights);
    blocks.extend(board.lacks_paper(entry.id).map(|paper| Block::NoPaper { paper }));
    blocks.extend(board.reserved_at(spot.stall).map(|kept| Block::Reserved { why: kept.why.clone() }));
    if let Some(held) = board.held_by(entry.id).filter(|held| held.pinned && held.stall != spot.stall) {
        blocks.push(Block::LockedElsewhere { stall: held.stall });
    }
    let holder = board.held_at(spot.stall).filter(|held| held.entry != entry.id);
    if let Some(held) = holder.filter(|held| held.pinned) {
        blocks.push(Block::HeldByPin { by: held.entry });
    }
    if let Some(outlet) = spot.feed(entry.needs.power_w) {
        // Whoever stands here now would leave, and the entry itself comes from somewhere else.
        let leaving = holder
            .and_then(|held| board.entry(held.entry))
            .map(|other| other.needs.power_w)
            .and_then(|watts| Some((spot.feed(watts)?, watts)));
        let over = outlet.lines().find_map(|line| {
            let leaves = leaving.filter(|(feed, _)| feed.lines().any(|on| on == line)).map_or(0, |(_, w)| w);
            let load_w = board.load(line, Some(entry.id)) - leaves + entry.needs.power_w;
            (load_w > line.capacity_w).then_some((line, load_w))
        });
        if let Some((line, load_w)) = over {
            let (outlet, capacity_w) = (line.id.to_owned(), line.capacity_w);
            blocks.push(Block::CircuitOverload { outlet, load_w, capacity_w });
        }
    }
    let staying = board.held.iter().filter(|held| held.entry != entry.id && held.stall != spot.stall);
    let disturbed = |held: &&Held| {
        let both = board.entry(held.entry).zip(board.spot(held.stall));
        both.is_some_and(|(other, there)| spot.is_beside(there) && market::disturbs(entry, other))
    };
    blocks.extend(staying.filter(disturbed).map(|held| Block::LoudBesideQuiet { other: held.entry }));
    blocks
}

/// The demands of the entry that this stall meets.
pub fn passes(board: &Board, entry: &Entry, spot: &Spot) -> Vec<Pass> {
    let needs = &entry.needs;
    let mut passes = Vec::new();
    if let Some(outlet) = spot.feed(needs.power_w) {
        passes.push(Pass::Power {
            needs_w: needs.power_w,
            outlet: outlet.id.clone(),
            distance_cm: outlet.distance_cm,
            left_w: outlet
                .lines()
                .map(|line| line.capacity_w - board.load(line, Some(entry.id)) - needs.power_w)
                .min()
                .unwrap_or(0),
        });
    }
    if let Some(distance_cm) = spot.water_cm.filter(|cm| needs.water && *cm <= board.weights.water_max_cm) {
        passes.push(Pass::Water { distance_cm });
    }
    if needs.shelter && (spot.sheltered || !board.rain) {
        passes.push(Pass::Shelter { roof: spot.sheltered });
    }
    if needs.width_cm > 0 && needs.width_cm <= spot.width_cm {
        passes.push(Pass::Width { needs_cm: needs.width_cm, width_cm: spot.width_cm });
    }
    if needs.step_free && spot.step_free {
        passes.push(Pass::StepFree);
    }
    passes
}
