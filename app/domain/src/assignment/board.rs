//! The board: entries, spots, who stands where now, the weather and the weights. Facts only, no judgement.

use serde::{Deserialize, Serialize};

use super::plan;
use crate::entry::Entry;
use crate::text::short_or_empty;
use crate::unit::CredentialKind;
use crate::{EntryId, Refusal, StallId};

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
    /// A wheelchair gets to its counter.
    pub step_free: bool,
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

/// A stall that the organizer keeps free: nobody is put there until it is let go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reserved {
    /// Which.
    pub stall: StallId,
    /// What for; empty where nobody has said.
    pub why: String,
}

impl Reserved {
    /// The longest reason, in characters.
    pub const LONGEST: usize = 40;

    /// The reason as it is kept.
    pub fn sound(why: &str) -> Result<String, Refusal> {
        short_or_empty(why, Self::LONGEST, "reason")
    }
}

/// What terms are worth, and the two limits an organizer may set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Points of each term of the planning core; 0 switches one off.
    pub terms: plan::Weights,
    /// Water farther away than this counts as none, in centimetres.
    pub water_max_cm: i64,
    /// Whether an entry may stand only in its own slogan zone.
    pub strict_zones: bool,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            terms: plan::Weights {
                pref: 10,
                fair: 1,
                r#move: 8,
                access: 2,
                affinity: 2,
                spread: 0,
                cluster: 6,
                noise: 10,
                balance: 1,
                short: 0,
                zone: 20,
                cable: 15,
                tap: 2,
                wet: 10,
                stay: 8,
                print: 12,
                queue: 15,
            },
            water_max_cm: 4000,
            strict_zones: false,
        }
    }
}

/// What past Saturdays gave to an entry's unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Past {
    /// Whose.
    pub entry: EntryId,
    /// Over how many Saturdays.
    pub markets: i64,
    /// Sum of [`Spot::quality`] over them.
    pub quality: i64,
    /// Number of the stall it had last.
    pub last: Option<String>,
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
    /// What those who come again had before.
    pub past: Vec<Past>,
    /// Who is named on the poster that hangs at a stall.
    pub printed: Vec<(EntryId, StallId)>,
    /// Whose unit lacks a paper for what it would do that day: nobody places it but by the organizer's word.
    pub unlicensed: Vec<(EntryId, CredentialKind)>,
    /// Whose services are meant for old people: a short way without steps is worth more to them.
    #[serde(default)]
    pub elders: Vec<EntryId>,
    /// Pairs between whom many visitors go, and how many: from 1, some, to 5, nearly all.
    #[serde(default)]
    pub affinity: Vec<(EntryId, EntryId, i64)>,
    /// Stalls that are kept free.
    #[serde(default)]
    pub reserved: Vec<Reserved>,
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

    /// The paper that the unit of an entry lacks.
    pub fn lacks_paper(&self, entry: EntryId) -> Option<CredentialKind> {
        self.unlicensed.iter().find(|(lacking, _)| *lacking == entry).map(|(_, kind)| *kind)
    }

    /// Whether a stall is kept free, and what for.
    pub fn reserved_at(&self, stall: StallId) -> Option<&Reserved> {
        self.reserved.iter().find(|reserved| reserved.stall == stall)
    }

    /// Entries without a stall, in the order of the list.
    pub fn waiting(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.held_by(entry.id).is_none())
    }

    /// Stalls that nobody holds and that may be given out.
    pub fn free(&self) -> impl Iterator<Item = &Spot> {
        let open = |spot: &&Spot| !spot.closed && self.reserved_at(spot.stall).is_none();
        self.spots.iter().filter(open).filter(|spot| self.held_at(spot.stall).is_none())
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

    /// How good the spot is for anybody, 0 to 100: see [`quality()`].
    pub fn quality(&self) -> i64 {
        quality(self.entrance_cm)
    }

    /// Whether the two stand side by side or back to back: their middles are no farther apart than half of both
    /// counters and a metre.
    pub const fn is_beside(&self, other: &Self) -> bool {
        let most = i64::midpoint(self.width_cm, other.width_cm) + 100;
        self.apart_squared(other) <= most * most
    }

    /// Distance between two stalls, squared, in square centimetres.
    pub const fn apart_squared(&self, other: &Self) -> i64 {
        let (dx, dy) = (self.at_cm.0 - other.at_cm.0, self.at_cm.1 - other.at_cm.1);
        dx * dx + dy * dy
    }
}

/// How good a spot is so far from the nearest entrance, in centimetres: 100 right beside it, falling to 0 at 50 m; the
/// middle where no entrance is marked.
pub fn quality(entrance_cm: Option<i64>) -> i64 {
    entrance_cm.map_or(50, |far| (100 - far / 50).max(0))
}
