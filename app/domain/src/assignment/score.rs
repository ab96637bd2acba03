//! Soft points: what a place is worth to an entry, term by term. The sum of the terms is the score, always.

use serde::{Deserialize, Serialize};

use super::{Outlet, Spot, Weights};
use crate::StallId;
use crate::entry::Entry;

/// Beyond this an entrance is no longer near, in centimetres.
const ENTRANCE_FAR: i64 = 5000;
/// Water is carried in steps of this, in centimetres.
const WATER_STEP: i64 = 500;

/// What a term is about, with its numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The stall stands on the wish list.
    Wish {
        /// 1 for the first wish.
        rank: i64,
    },
    /// Its own slogan zone.
    Zone,
    /// An outlet is near.
    Power {
        /// Which.
        outlet: String,
        /// In centimetres.
        distance_cm: i64,
    },
    /// Water has to be carried.
    Water {
        /// In centimetres.
        distance_cm: i64,
    },
    /// A roof on a rainy day.
    Shelter,
    /// An entrance is near.
    Entrance {
        /// In centimetres.
        distance_cm: i64,
    },
    /// It would leave the stall that it holds.
    Moved {
        /// Which it holds.
        from: StallId,
    },
}

impl Reason {
    /// The reason's name in reports and in the reason column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Wish { .. } => "wish",
            Self::Zone => "zone",
            Self::Power { .. } => "power",
            Self::Water { .. } => "water",
            Self::Shelter => "shelter",
            Self::Entrance { .. } => "entrance",
            Self::Moved { .. } => "moved",
        }
    }
}

/// One matched term.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Term {
    /// Why.
    pub reason: Reason,
    /// How much; negative for a drawback, never 0.
    pub points: i64,
}

/// The matched terms of an entry on a spot, fed by `feed`, coming from `from`.
pub fn terms(
    entry: &Entry,
    spot: &Spot,
    feed: Option<&Outlet>,
    from: Option<StallId>,
    rain: bool,
    weights: &Weights,
) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut add = |reason, points| {
        if points != 0 {
            terms.push(Term { reason, points });
        }
    };
    if let Some(index) = entry.wishes.iter().position(|no| *no == spot.no) {
        let index = i64::try_from(index).unwrap_or(i64::MAX / 1024);
        add(Reason::Wish { rank: index + 1 }, (weights.wish - weights.wish_step * index).max(0));
    }
    if entry.zone == spot.zone {
        add(Reason::Zone, weights.zone);
    }
    if let Some(outlet) = feed {
        let left = (outlet.reach_cm - outlet.distance_cm).max(0);
        let points = weights.power * left / outlet.reach_cm.max(1);
        add(Reason::Power { outlet: outlet.id.clone(), distance_cm: outlet.distance_cm }, points);
    }
    if let Some(distance_cm) = spot.water_cm.filter(|_| entry.needs.water) {
        add(Reason::Water { distance_cm }, -weights.water * (distance_cm / WATER_STEP));
    }
    if rain && spot.sheltered {
        add(Reason::Shelter, weights.shelter);
    }
    if let Some(distance_cm) = spot.entrance_cm {
        let left = (ENTRANCE_FAR - distance_cm).max(0);
        add(Reason::Entrance { distance_cm }, weights.entrance * left / ENTRANCE_FAR);
    }
    if let Some(from) = from.filter(|from| *from != spot.stall) {
        add(Reason::Moved { from }, -weights.moved);
    }
    terms
}

/// The score: the sum of its terms.
pub fn total(terms: &[Term]) -> i64 {
    terms.iter().map(|term| term.points).sum()
}
