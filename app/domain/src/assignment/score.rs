//! What a place is worth in the terms of the planning core, each with the facts behind its points.
//!
//! The core counts costs. People read points: gains against a place that says nothing (`Model::neutral`), so that a
//! sum of points falls by exactly what the judge's sum of costs rises.

use serde::{Deserialize, Serialize};

use super::plan::{Instance, Model};
use super::{Board, Held, market};
use crate::order::Order as _;
use crate::{EntryId, StallId};

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
    /// The cable to its outlet.
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
    /// The way from the nearest entrance.
    Entrance {
        /// In centimetres.
        distance_cm: i64,
        /// It goes over steps, which count as more of it.
        #[serde(default)]
        steps: bool,
    },
    /// It is its turn for a good spot, or for a poor one.
    Turn {
        /// Saturdays that are remembered.
        markets: i64,
    },
    /// It would leave the stall that it holds.
    Moved {
        /// Which it holds.
        from: StallId,
    },
    /// It would not stand where it stood last Saturday.
    Last {
        /// Number of that stall.
        no: String,
    },
    /// The poster at another stall names it.
    Printed {
        /// Which stall.
        at: StallId,
    },
    /// Loud and quiet near each other.
    Noise {
        /// The other.
        other: EntryId,
        /// Between the two, in centimetres.
        distance_cm: i64,
    },
    /// One of its own zone beside it.
    Beside {
        /// The other.
        other: EntryId,
    },
    /// Two queues side by side.
    Queue {
        /// The other.
        other: EntryId,
    },
    /// Visitors go from one to the other.
    Affine {
        /// The other.
        other: EntryId,
        /// Between the two, in centimetres.
        distance_cm: i64,
    },
    /// Its zone gets nearer its share of the visitors, or farther from it.
    Crowd {
        /// Which zone.
        zone: String,
    },
}

impl Reason {
    /// The term's name in the planning core.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Wish { .. } => "pref",
            Self::Zone => "zone",
            Self::Power { .. } => "cable",
            Self::Water { .. } => "tap",
            Self::Shelter => "wet",
            Self::Entrance { .. } => "access",
            Self::Turn { .. } => "fair",
            Self::Moved { .. } => "stay",
            Self::Last { .. } => "move",
            Self::Printed { .. } => "print",
            Self::Noise { .. } => "noise",
            Self::Beside { .. } => "cluster",
            Self::Queue { .. } => "queue",
            Self::Affine { .. } => "affinity",
            Self::Crowd { .. } => "balance",
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

/// A board with the core's model of it, prepared once for many questions.
pub struct Sight<'a> {
    pub(super) board: &'a Board,
    pub(super) model: Model<'a>,
}

impl<'a> Sight<'a> {
    /// `instance` is the board's own: [`market::instance`].
    pub fn new(board: &'a Board, instance: &'a Instance) -> Self {
        Self { board, model: Model::plain(instance) }
    }

    /// What an entry gains and loses on a stall, itself and with all others in `held`: what the judge's sum would
    /// change by if it came there. Empty for ids that the board does not have.
    pub fn terms(&self, entry: EntryId, stall: StallId, held: &[Held]) -> Vec<Term> {
        let (Some(unit), Some(at)) = (self.board.entry_index(entry), self.board.stall_index(stall)) else {
            return Vec::new();
        };
        let neutral = self.model.neutral(unit);
        let gain = |(code, cost): (&'static str, i64)| {
            let from = neutral.iter().find(|(name, _)| *name == code).map_or(0, |(_, points)| *points);
            (code, from - cost)
        };
        let mut terms = Vec::new();
        for (code, points) in self.model.alone(unit, at).map(gain).filter(|(_, points)| *points != 0) {
            terms.extend(self.alone(code, unit, at).map(|reason| Term { reason, points }));
        }
        let indexed =
            |held: &Held| Some((self.board.entry_index(held.entry)?, self.board.stall_index(held.stall)?));
        let others = || held.iter().filter(|held| held.entry != entry);
        let crowd = self.model.crowd((unit, at), others().filter_map(indexed));
        if crowd != 0 {
            let reason = Reason::Crowd { zone: self.board.spots[at].zone.clone() };
            terms.push(Term { reason, points: -crowd });
        }
        for other in others() {
            let Some((two, there)) = indexed(other) else { continue };
            let both = self.model.together((unit, at), (two, there));
            for (code, cost) in both.filter(|(_, cost)| *cost != 0) {
                let reason = self.shared(code, other.entry, at, there);
                terms.extend(reason.map(|reason| Term { reason, points: -cost }));
            }
        }
        terms
    }

    /// The facts behind a term of one entry on one stall.
    fn alone(&self, code: &str, unit: usize, at: usize) -> Option<Reason> {
        let (entry, spot) = (&self.board.entries[unit], &self.board.spots[at]);
        let past = || self.board.past.iter().find(|past| past.entry == entry.id);
        Some(match code {
            "pref" => {
                let rank = entry.wishes.iter().position(|no| *no == spot.no)?;
                Reason::Wish { rank: i64::try_from(rank).unwrap_or(i64::MAX - 1) + 1 }
            }
            "zone" => Reason::Zone,
            "cable" => {
                let feed = spot.feed(entry.needs.power_w)?;
                Reason::Power { outlet: feed.id.clone(), distance_cm: feed.distance_cm }
            }
            "tap" => Reason::Water { distance_cm: spot.water_cm? },
            "wet" => Reason::Shelter,
            "access" => Reason::Entrance { distance_cm: spot.entrance_cm?, steps: !spot.step_free },
            "fair" => Reason::Turn { markets: past()?.markets },
            "stay" => Reason::Moved { from: self.board.held_by(entry.id)?.stall },
            "move" => Reason::Last { no: past()?.last.clone()? },
            "print" => {
                let (_, at) = self.board.printed.iter().find(|(named, _)| *named == entry.id)?;
                Reason::Printed { at: *at }
            }
            _ => return None,
        })
    }

    /// The facts behind a term of two.
    fn shared(&self, code: &str, other: EntryId, at: usize, there: usize) -> Option<Reason> {
        let spots = &self.board.spots;
        Some(match code {
            "noise" => {
                let distance_cm = spots[at].apart_squared(&spots[there]).isqrt();
                Reason::Noise { other, distance_cm }
            }
            "affinity" => {
                Reason::Affine { other, distance_cm: spots[at].apart_squared(&spots[there]).isqrt() }
            }
            "cluster" => Reason::Beside { other },
            "queue" => Reason::Queue { other },
            _ => return None,
        })
    }

    /// Gains by term over all who stand in `held`: against places that say nothing, as the judge counts them.
    pub fn gains(&self, held: &[Held]) -> Vec<(&'static str, i64)> {
        let plan = market::plan(self.board, held);
        let mut gains: Vec<_> =
            self.model.costs(&plan).into_iter().map(|(code, cost)| (code, -cost)).collect();
        for unit in (0..plan.len()).filter(|unit| plan[*unit].is_some()) {
            add(&mut gains, &self.model.neutral(unit), 1);
        }
        gains
    }

    /// The sum of [`Self::gains`].
    pub fn total(&self, held: &[Held]) -> i64 {
        self.gains(held).iter().map(|(_, points)| points).sum()
    }

    /// What every term gains or loses from one plan to another: the difference of the judge's terms. Terms that
    /// stay the same are left out; what changes most comes first.
    pub fn effect(&self, before: &[Held], after: &[Held]) -> Vec<(&'static str, i64)> {
        let mut change = self.gains(after);
        add(&mut change, &self.gains(before), -1);
        change.retain(|(_, points)| *points != 0);
        change.order_by(|(a, one), (b, other)| (-one.abs(), a).cmp(&(-other.abs(), b)));
        change
    }
}

fn add(sums: &mut Vec<(&'static str, i64)>, more: &[(&'static str, i64)], factor: i64) {
    for (code, points) in more {
        match sums.iter_mut().find(|(name, _)| name == code) {
            Some((_, sum)) => *sum += factor * points,
            None => sums.push((code, factor * points)),
        }
    }
}

/// The score: the sum of its terms.
pub fn total(terms: &[Term]) -> i64 {
    terms.iter().map(|term| term.points).sum()
}
