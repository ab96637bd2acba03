//! Where an appeal stands. A variant carries what only that state has.

use serde::{Deserialize, Serialize};

use super::{Category, Rating, SlipCode, Span, Words};
use crate::{Moment, StallId, UnitId};

/// Who answers for an appeal's being settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handler {
    /// The organizers themselves.
    Desk,
    /// 书记: who has heard it in person leads it.
    Secretary,
    /// The stall where it was raised.
    Stall(StallId),
    /// The unit to which it was sent.
    Unit(UnitId),
}

/// How often it had to be done again (不满意重办).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// Not yet.
    #[default]
    First,
    /// Once.
    Redone,
    /// 督办: twice or more; the Party committee watches.
    Supervised,
}

impl Round {
    /// The round after another "not satisfied".
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::First => Self::Redone,
            Self::Redone | Self::Supervised => Self::Supervised,
        }
    }
}

/// Who settled it, when and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Resolution {
    /// Who answers for it.
    pub by: Handler,
    /// When.
    pub at: Moment,
    /// How; may be empty for what was settled at the stall in one tap.
    pub how: Words,
    /// 现场办结: at the stall, before anybody was sent.
    pub on_the_spot: bool,
}

/// Where an appeal stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields say what they are; `at` is when the state began")]
pub enum State {
    /// 已提交
    Raised,
    /// 已受理
    Accepted { at: Moment, round: Round },
    /// 已派单
    Dispatched { to: UnitId, at: Moment, round: Round },
    /// 已改派: sent to another unit, which has not taken it yet.
    Reassigned { from: UnitId, to: UnitId, why: Words, at: Moment, round: Round },
    /// 已退单: the desk has to send it elsewhere.
    Returned { by: UnitId, why: Words, at: Moment, round: Round },
    /// 已接单
    Taken { by: UnitId, at: Moment, round: Round },
    /// 办理中. `since` is when it was taken on: the clock does not start again when work begins.
    Handling { by: Handler, since: Moment, round: Round },
    /// 已办结, as the handler says; the resident has not answered.
    Resolved { resolution: Resolution, round: Round },
    /// 已评单: settled, and the resident agrees.
    Rated { resolution: Resolution, rating: Rating, at: Moment },
    /// 已并单
    Merged { into: SlipCode, at: Moment },
    /// 已转办
    Referred { to: Words, at: Moment },
    /// 无法解决
    Unsolvable { why: Words, at: Moment },
    /// 不属受理
    OutOfScope { why: Words, at: Moment },
    /// 已撤回
    Withdrawn { at: Moment },
    /// 已归档
    Filed { outcome: Outcome, at: Moment },
}

/// What a filed appeal came to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields say what they are")]
pub enum Outcome {
    /// Settled; `rated` is when and how the resident agreed, `None` for silence.
    Settled { resolution: Resolution, rated: Option<(Rating, Moment)> },
    /// Went on as another appeal.
    Merged { into: SlipCode },
    /// Went to a body outside.
    Referred { to: Words },
    /// Nobody could.
    Unsolvable { why: Words },
    /// Not ours.
    OutOfScope { why: Words },
    /// The resident took it back.
    Withdrawn,
}

/// The value of the `settled` column: how the handler says that it was settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// At the stall.
    OnSpot,
    /// Afterwards.
    Later,
}

impl Settled {
    /// The value of the `settled` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnSpot => "spot",
            Self::Later => "later",
        }
    }
}

impl State {
    /// The value of the `state` column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Accepted { .. } => "accepted",
            Self::Dispatched { .. } => "dispatched",
            Self::Reassigned { .. } => "reassigned",
            Self::Returned { .. } => "returned",
            Self::Taken { .. } => "taken",
            Self::Handling { .. } => "handling",
            Self::Resolved { .. } => "resolved",
            Self::Rated { .. } => "rated",
            Self::Merged { .. } => "merged",
            Self::Referred { .. } => "referred",
            Self::Unsolvable { .. } => "unsolvable",
            Self::OutOfScope { .. } => "out_of_scope",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Filed { .. } => "filed",
        }
    }

    /// Who settled it, when and how, if anybody did.
    pub const fn resolution(&self) -> Option<&Resolution> {
        match self {
            Self::Resolved { resolution, .. }
            | Self::Rated { resolution, .. }
            | Self::Filed { outcome: Outcome::Settled { resolution, .. }, .. } => Some(resolution),
            _ => None,
        }
    }

    /// Settled, as the handler says, and where.
    pub fn settled(&self) -> Option<Settled> {
        self.resolution().map(|done| if done.on_the_spot { Settled::OnSpot } else { Settled::Later })
    }

    /// Settled, as the handler says: on the spot or later.
    pub const fn settled_by_unit(&self) -> bool {
        self.resolution().is_some()
    }

    /// When the resident agreed that it is settled.
    pub const fn confirmed_at(&self) -> Option<Moment> {
        match self {
            Self::Rated { at, .. }
            | Self::Filed { outcome: Outcome::Settled { rated: Some((_, at)), .. }, .. } => Some(*at),
            _ => None,
        }
    }

    /// Settled, as the resident confirms.
    pub const fn confirmed(&self) -> bool {
        self.confirmed_at().is_some()
    }

    /// The unit that has it now, if one does.
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Dispatched { to, .. } | Self::Reassigned { to, .. } => Some(*to),
            Self::Taken { by, .. } | Self::Handling { by: Handler::Unit(by), .. } => Some(*by),
            _ => None,
        }
    }

    /// The unit that has it now, or that settled it.
    pub const fn answers(&self) -> Option<UnitId> {
        match (self.unit(), self.resolution()) {
            (Some(unit), _) => Some(unit),
            (None, Some(Resolution { by: Handler::Unit(unit), .. })) => Some(*unit),
            _ => None,
        }
    }

    /// Somebody leads it: a unit that it was sent to, or whoever works on it.
    pub const fn is_led(&self) -> bool {
        matches!(
            self,
            Self::Dispatched { .. } | Self::Reassigned { .. } | Self::Taken { .. } | Self::Handling { .. }
        )
    }

    /// The appeal as which it goes on, if it was merged away.
    pub const fn merged_into(&self) -> Option<SlipCode> {
        match self {
            Self::Merged { into, .. } | Self::Filed { outcome: Outcome::Merged { into }, .. } => Some(*into),
            _ => None,
        }
    }

    /// How often it had to be done again.
    pub const fn round(&self) -> Round {
        match self {
            Self::Accepted { round, .. }
            | Self::Dispatched { round, .. }
            | Self::Reassigned { round, .. }
            | Self::Returned { round, .. }
            | Self::Taken { round, .. }
            | Self::Handling { round, .. }
            | Self::Resolved { round, .. } => *round,
            _ => Round::First,
        }
    }

    /// When it is closed: nobody waits for anything any more. What is settled closes without the resident's word
    /// when that word is not waited for any longer.
    pub const fn closed_at(&self) -> Option<Moment> {
        match self {
            Self::Resolved { resolution, .. }
            | Self::Filed { outcome: Outcome::Settled { resolution, rated: None }, .. } => {
                Some(resolution.at.plus(super::RATE_FOR))
            }
            Self::Filed { outcome: Outcome::Settled { rated: Some((_, at)), .. }, .. }
            | Self::Rated { at, .. }
            | Self::Merged { at, .. }
            | Self::Referred { at, .. }
            | Self::Unsolvable { at, .. }
            | Self::OutOfScope { at, .. }
            | Self::Withdrawn { at }
            | Self::Filed { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// The clock that runs: since when, and how long the next thing may take. `None` while nobody's runs.
    pub fn leg(&self, category: Category, raised_at: Moment) -> Option<(Moment, Span)> {
        let clock = category.clock()?;
        match self {
            Self::Raised | Self::Accepted { round: Round::First, .. } => Some((raised_at, clock.dispatch)),
            Self::Accepted { at, .. }
            | Self::Returned { at, .. }
            | Self::Dispatched { at, .. }
            | Self::Reassigned { at, .. } => Some((*at, clock.dispatch)),
            Self::Taken { at: since, round, .. } | Self::Handling { since, round, .. } => {
                Some((*since, if *round == Round::First { clock.resolve } else { clock.redo }))
            }
            _ => None,
        }
    }

    /// Neither settled nor put aside: somebody still has to do something.
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Raised
                | Self::Accepted { .. }
                | Self::Returned { .. }
                | Self::Dispatched { .. }
                | Self::Reassigned { .. }
                | Self::Taken { .. }
                | Self::Handling { .. }
        )
    }
}
