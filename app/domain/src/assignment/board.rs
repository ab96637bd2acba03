//! The board: entries, spots, who stands where now, the weather and the weights. Facts only, no judgement.

use serde::{Deserialize, Serialize};

use crate::entry::Entry;
use crate::{EntryId, StallId};

/// A power outlet as seen from one stall.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outlet {
    /// Its name on the ground: `o4`.
    pub id: String,
    /// From the outlet to the stall, in centimetres.
    pub distance_cm: i64,
    /// How far its cable may go, in centimetres.
    pub reach_cm: i64,
    /// What it carries in all, in watts.
    pub capacity_w: i64,
    /// The circuit it shares with other outlets; none: it is its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circuit: Option<Circuit>,
}

/// A fuse behind several outlets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Circuit {
    /// Its name on the ground: `c1`.
    pub id: String,
    /// What it carries in all, in watts.
    pub capacity_w: i64,
}

/// What may carry too much: an outlet, or a circuit that outlets share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Line<'a> {
    /// Whether it is a circuit.
    pub shared: bool,
    /// The outlet's or the circuit's name.
    pub id: &'a str,
    /// Watts.
    pub capacity_w: i64,
}

impl Outlet {
    /// Whether a cable from it gets to the stall.
    pub const fn reaches(&self) -> bool {
        self.distance_cm <= self.reach_cm
    }

    /// Everything on the way from the grid to it that may carry too much.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let shared = self.circuit.as_ref();
        let shared = shared.map(|on| Line { shared: true, id: &on.id, capacity_w: on.capacity_w });
        std::iter::once(Line { shared: false, id: &self.id, capacity_w: self.capacity_w }).chain(shared)
    }

    /// What it can give when nobody else draws, in watts.
    pub fn most_w(&self) -> i64 {
        self.lines().map(|line| line.capacity_w).min().unwrap_or(self.capacity_w)
    }
}

/// A stall as the rules see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spot {
    /// Which stall.
    pub stall: StallId,
    /// Its printed number.
    pub no: String,
    /// Letter of the slogan zone it is drawn in.
    pub zone: String,
    /// Centre, in centimetres from the ground's origin.
    pub at_cm: (i64, i64),
    /// Length of its counter side.
    pub width_cm: i64,
    /// Under a roof.
    pub sheltered: bool,
    /// May not be given out: the layout breaks a safety rule here.
    pub closed: bool,
    /// All outlets of the ground: the one it is wired to, then the nearest.
    pub outlets: Vec<Outlet>,
    /// To the nearest tap; `None` where the ground has none.
    pub water_cm: Option<i64>,
    /// To the nearest entrance; `None` where none is marked.
    pub entrance_cm: Option<i64>,
}

/// Who stands where now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The entry.
    pub entry: EntryId,
    /// Its stall.
    pub stall: StallId,
    /// The organizer has said that it stays.
    pub pinned: bool,
}

/// What a place is worth, and the two limits an organizer may set. 0 switches a term off.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Points for the first wish.
    pub wish: i64,
    /// Points lost with each later rank.
    pub wish_step: i64,
    /// Points for standing in the entry's own slogan zone.
    pub zone: i64,
    /// Points right beside an outlet, falling to 0 at the end of its reach; only for those who need power.
    pub power: i64,
    /// Points lost for each full 5 m to the tap; only for those who need water.
    pub water: i64,
    /// Points for a roof on a rainy day.
    pub shelter: i64,
    /// Points right beside an entrance, falling to 0 at 50 m.
    pub entrance: i64,
    /// Points lost by leaving the stall held now.
    pub moved: i64,
    /// Water farther away than this counts as none, in centimetres.
    pub water_max_cm: i64,
    /// Whether an entry may stand only in its own slogan zone.
    pub strict_zones: bool,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            wish: 40,
            wish_step: 10,
            zone: 20,
            power: 20,
            water: 1,
            shelter: 10,
            entrance: 10,
            moved: 8,
            water_max_cm: 4000,
            strict_zones: false,
        }
    }
}

/// Everything the rules of assignment look at.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Board {
    /// Who comes.
    pub entries: Vec<Entry>,
    /// Where they could stand.
    pub spots: Vec<Spot>,
    /// Who stands where now.
    pub held: Vec<Held>,
    /// Whether it rains.
    pub rain: bool,
    /// What a place is worth.
    pub weights: Weights,
}

impl Board {
    /// An entry of this market.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// A stall of the layout in force.
    pub fn spot(&self, stall: StallId) -> Option<&Spot> {
        self.spots.iter().find(|spot| spot.stall == stall)
    }

    /// Where an entry stands now.
    pub fn held_by(&self, entry: EntryId) -> Option<Held> {
        self.held.iter().copied().find(|held| held.entry == entry)
    }

    /// Who stands on a stall now.
    pub fn held_at(&self, stall: StallId) -> Option<Held> {
        self.held.iter().copied().find(|held| held.stall == stall)
    }

    /// Entries without a stall, in the order of the list.
    pub fn waiting(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.held_by(entry.id).is_none())
    }

    /// Stalls that nobody holds and that may be given out.
    pub fn free(&self) -> impl Iterator<Item = &Spot> {
        self.spots.iter().filter(|spot| !spot.closed && self.held_at(spot.stall).is_none())
    }

    /// Watts that the entries standing now draw through an outlet or a circuit; `but` is left out.
    pub fn load(&self, line: Line, but: Option<EntryId>) -> i64 {
        self.held
            .iter()
            .filter(|held| Some(held.entry) != but)
            .filter_map(|held| Some((self.entry(held.entry)?, self.spot(held.stall)?)))
            .filter(|(entry, spot)| {
                spot.feed(entry.needs.power_w).is_some_and(|feed| feed.lines().any(|on| on == line))
            })
            .map(|(entry, _)| entry.needs.power_w)
            .sum()
    }
}

impl Spot {
    /// The outlet an entry of so many watts would use here: the first in reach that can carry it
    /// alone.
    pub fn feed(&self, power_w: i64) -> Option<&Outlet> {
        self.outlets.iter().find(|outlet| power_w > 0 && outlet.reaches() && outlet.most_w() >= power_w)
    }

    /// Distance between two stalls, squared, in square centimetres.
    pub const fn apart_squared(&self, other: &Self) -> i64 {
        let (dx, dy) = (self.at_cm.0 - other.at_cm.0, self.at_cm.1 - other.at_cm.1);
        dx * dx + dy * dy
    }
}
