//! Two layouts side by side: where each stall stands in each, how far apart, and what it lacks in the second.

use serde::{Deserialize, Serialize};

use super::{Cover, Walk};
use crate::StallId;
use crate::assignment::{Block, Board, Held, rule, spots};
use crate::entry::Entry;
use crate::ground::Ground;
use crate::layout::{Layout, Stall, number_order};

/// One stall in both layouts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// Which.
    pub stall: StallId,
    /// Its printed number.
    pub no: String,
    /// Who stands there.
    pub entry: Option<Entry>,
    /// In fair weather.
    pub fair: Option<Stall>,
    /// Under cover.
    pub rain: Option<Stall>,
    /// From one to the other on foot, in centimetres.
    pub walk_cm: Option<i64>,
    /// What the second place lacks for whoever stands there.
    pub lacks: Vec<Block>,
}

impl Pair {
    /// Whether somebody would look for the stall in the wrong place after a switch.
    pub fn is_moved(&self) -> bool {
        self.walk_cm.is_some_and(|cm| cm >= 100)
    }

    /// Whether somebody stands there who would have no place after a switch.
    pub const fn is_lost(&self) -> bool {
        self.entry.is_some() && self.rain.is_none()
    }
}

/// Every stall of either layout, in the order of the numbers.
pub fn pairs(
    ground: &Ground,
    (fair, rain): (&Layout, &Layout),
    entries: &[Entry],
    held: &[Held],
    cover: Cover,
) -> Vec<Pair> {
    let board = Board {
        entries: entries.to_vec(),
        spots: spots(ground, rain),
        held: held.to_vec(),
        rain: cover == Cover::Rain,
        ..Board::default()
    };
    let walk = Walk::new(ground);
    let strangers = rain.stalls().values().filter(|stall| fair.stall(stall.id).is_none());
    let mut stalls: Vec<&Stall> = fair.stalls().values().chain(strangers).collect();
    stalls.sort_by_cached_key(|stall| number_order(&stall.no));
    let pair = |stall: &Stall| {
        let (here, there) = (fair.stall(stall.id), rain.stall(stall.id));
        let entry = board.held_at(stall.id).and_then(|held| board.entry(held.entry));
        let spot = board.spot(stall.id);
        let lacks = entry.zip(spot).map(|(entry, spot)| {
            let others = |block: &Block| {
                use Block::{HeldByPin, LockedElsewhere, LoudBesideQuiet};
                matches!(block, LockedElsewhere { .. } | HeldByPin { .. } | LoudBesideQuiet { .. })
            };
            rule::blocks(&board, entry, spot).into_iter().filter(|block| !others(block)).collect()
        });
        Pair {
            stall: stall.id,
            no: stall.no.clone(),
            entry: entry.cloned(),
            walk_cm: here.zip(there).map(|(here, there)| {
                if here.centre() == there.centre() { 0 } else { walk.from(here.centre()).to(there.centre()) }
            }),
            fair: here.cloned(),
            rain: there.cloned(),
            lacks: lacks.unwrap_or_default(),
        }
    };
    stalls.into_iter().map(pair).collect()
}
