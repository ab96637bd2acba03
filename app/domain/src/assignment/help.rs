//! What would let an entry in that found no stall: the smallest change after which one more really stands.

use super::hall::{Hall, hall};
use super::{Block, Board, Held, Outlet, fill, rule};
use crate::entry::Entry;
use crate::unit::CredentialKind;
use crate::{EntryId, StallId};

/// Markets with more pairs of entry and stall than this are not planned anew for every change that might help: only
/// stalls that stay free are looked at.
const MOST_PAIRS: usize = 10_000;

/// One change, smallest first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Relaxation {
    /// The paper that its unit lacks is registered; as long as it lacks it, no other change helps.
    Paper {
        /// Which.
        paper: CredentialKind,
    },
    /// Let it stand outside its slogan zone.
    OtherZone,
    /// Let it be narrower.
    Narrower,
    /// It brings its own water.
    OwnWater,
    /// A longer cable from an outlet that has room.
    LongerCable {
        /// Which.
        outlet: String,
        /// To the stall, in centimetres.
        distance_cm: i64,
        /// As far as its cable goes, in centimetres.
        reach_cm: i64,
    },
    /// It does without mains power (or brings a battery).
    OwnPower,
    /// It stands in the rain.
    WithoutShelter,
    /// A ramp is laid, or somebody helps over the steps.
    Ramp,
    /// A stall that is kept free is let go.
    Release {
        /// Which.
        stall: StallId,
    },
    /// Somebody else's pin is taken off.
    Unpin {
        /// Whose.
        other: EntryId,
    },
    /// One more stall that meets its needs.
    AnotherStall,
}

/// A change, and the stall that the entry would have then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Help {
    /// What has to change.
    pub relaxation: Relaxation,
    /// Where the entry would stand; none where one more stall has to be made first, or more than this has to change.
    pub stall: Option<StallId>,
    /// Among whom one must stay out, where there are too few stalls that would do for them.
    pub hall: Option<Hall>,
}

/// The smallest change that gives `entry` a stall. `after` is the board once it is filled.
pub(super) fn help(board: &Board, after: &Board, entry: &Entry) -> Help {
    let needs = &entry.needs;
    let hall = hall(after, entry.id);
    let small = board.entries.len() * board.spots.len() <= MOST_PAIRS;
    if let Some(paper) = board.lacks_paper(entry.id) {
        let relaxation = Relaxation::Paper { paper };
        let stall = helps(board, after, entry.id, &relaxation, small);
        return Help { relaxation, stall, hall };
    }
    let cable = longer_cable(after, entry);
    let (relaxation, stall) = cable.unzip();
    let mut all = vec![
        (board.weights.strict_zones, Relaxation::OtherZone),
        (needs.width_cm > 0, Relaxation::Narrower),
        (needs.water, Relaxation::OwnWater),
    ];
    all.extend(relaxation.map(|relaxation| (true, relaxation)));
    all.push((needs.power_w > 0, Relaxation::OwnPower));
    all.push((needs.shelter && board.rain, Relaxation::WithoutShelter));
    all.push((needs.step_free, Relaxation::Ramp));
    // Where every stall is given out, only one more stall helps.
    let full = after.free().next().is_none();
    let asked = all.into_iter().filter(|(asked, _)| *asked && !full).map(|(_, relaxation)| relaxation);
    let pins = board.held.iter().filter(|held| held.pinned && held.entry != entry.id && small && !full);
    let unpinned = pins.map(|held| Relaxation::Unpin { other: held.entry });
    let released = board.reserved.iter().map(|kept| Relaxation::Release { stall: kept.stall });
    for relaxation in asked.chain(released).chain(unpinned) {
        let found = match relaxation {
            Relaxation::LongerCable { .. } => stall,
            _ => helps(board, after, entry.id, &relaxation, small),
        };
        if found.is_some() {
            return Help { relaxation, stall: found, hall };
        }
    }
    Help { relaxation: Relaxation::AnotherStall, stall: None, hall }
}

/// Where the entry stands if one more stands once this is changed.
fn helps(
    board: &Board,
    after: &Board,
    entry: EntryId,
    relaxation: &Relaxation,
    small: bool,
) -> Option<StallId> {
    let open = relaxation.applied(after, entry, None);
    let who = open.entry(entry)?;
    if let Some(spot) = open.free().find(|spot| rule::blocks(&open, who, spot).is_empty()) {
        return Some(spot.stall);
    }
    if !small {
        return None;
    }
    let held = fill::sketch(&relaxation.applied(board, entry, None));
    let stands = held.iter().find(|held| held.entry == entry)?;
    (held.len() > after.held.len()).then_some(stands.stall)
}

/// The free stall that only a longer cable is wanting at, and the outlet with room that is nearest to it.
fn longer_cable(after: &Board, entry: &Entry) -> Option<(Relaxation, StallId)> {
    let needs_w = entry.needs.power_w;
    let room = |outlet: &&Outlet| {
        !outlet.reaches()
            && outlet.lines().all(|line| after.load(line, Some(entry.id)) + needs_w <= line.capacity_w)
    };
    let only_power = |blocks: &[Block]| {
        let power = |block: &Block| matches!(block, Block::NoPower { .. } | Block::OutletTooSmall { .. });
        !blocks.is_empty() && blocks.iter().all(power)
    };
    let free = after.free().filter(|spot| only_power(&rule::blocks(after, entry, spot)));
    let cables = free.flat_map(|spot| spot.outlets.iter().filter(room).map(move |outlet| (outlet, spot)));
    let (outlet, spot) = cables.min_by_key(|(outlet, _)| outlet.distance_cm - outlet.reach_cm)?;
    let Outlet { id, distance_cm, reach_cm, .. } = outlet.clone();
    Some((Relaxation::LongerCable { outlet: id, distance_cm, reach_cm }, spot.stall))
}

impl Relaxation {
    /// The board with this one thing changed for the entry; `stall` is where a longer cable goes. For
    /// [`Relaxation::AnotherStall`] the board itself.
    #[must_use]
    pub fn applied(&self, board: &Board, entry: EntryId, stall: Option<StallId>) -> Board {
        let mut relaxed = board.clone();
        let Some(at) = relaxed.entries.iter_mut().find(|at| at.id == entry) else { return relaxed };
        match self {
            Self::OtherZone => at.zone.clear(),
            Self::Narrower => at.needs.width_cm = 0,
            Self::OwnWater => at.needs.water = false,
            Self::OwnPower => at.needs.power_w = 0,
            Self::WithoutShelter => at.needs.shelter = false,
            Self::Ramp => at.needs.step_free = false,
            Self::LongerCable { outlet, distance_cm, .. } => {
                let spots = relaxed.spots.iter_mut().filter(|spot| Some(spot.stall) == stall);
                for one in spots.flat_map(|spot| &mut spot.outlets).filter(|one| one.id == *outlet) {
                    one.reach_cm = *distance_cm;
                }
            }
            Self::Unpin { other } => {
                let pins = relaxed.held.iter_mut().filter(|held| held.entry == *other);
                pins.for_each(|held: &mut Held| held.pinned = false);
            }
            Self::Paper { .. } => relaxed.unlicensed.retain(|(lacking, _)| *lacking != entry),
            Self::Release { stall } => relaxed.reserved.retain(|kept| kept.stall != *stall),
            Self::AnotherStall => {}
        }
        relaxed
    }
}
