//! What can be done with an appeal, and by whom.

use serde::{Deserialize, Serialize};

use super::{Review, SlipCode, Words};
use crate::{AccountId, GridId, Moment, Refusal, StallId, UnitId};

/// Who does it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The resident who holds the slip.
    Resident,
    /// The people at a stall.
    Stall(StallId),
    /// A partner unit.
    Unit(UnitId),
    /// The organizers' desk.
    Desk(AccountId),
}

/// One thing done with an appeal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Verb {
    /// 受理: the desk has read it and it is ours.
    Accept,
    /// 现场办结: answered or solved at the stall, before anybody was sent.
    SettleOnSpot {
        /// How.
        how: Words,
    },
    /// 书记有约: the secretary has heard it in person and leads it.
    Hear,
    /// 派单: to a unit.
    Dispatch {
        /// To which.
        to: UnitId,
    },
    /// 改派: away from one unit, to another.
    Reassign {
        /// To which.
        to: UnitId,
        /// Why.
        why: Words,
    },
    /// 接单: the unit takes it.
    Take,
    /// 认领: the unit takes a small wish that nobody was sent for.
    Claim,
    /// 退单: the unit hands it back.
    Return {
        /// Why it is not theirs.
        why: Words,
    },
    /// 办理: work begins, at the unit that took it or at the desk itself.
    Handle,
    /// 办结: the handler says that it is settled.
    Resolve {
        /// How.
        how: Words,
    },
    /// 评单: the resident says how it was. Not satisfied means that it is done again.
    Rate(Review),
    /// 并单: the same matter as another appeal.
    Merge {
        /// The code of the one that goes on.
        into: SlipCode,
    },
    /// 转办: to a body outside, such as the 12345 hotline.
    Refer {
        /// To whom.
        to: Words,
    },
    /// 无法解决: nobody can settle it now.
    GiveUp {
        /// Why.
        why: Words,
    },
    /// 不属受理: not what this market can take on.
    Exclude {
        /// Why.
        why: Words,
    },
    /// 撤回: the resident does not want it any more.
    Withdraw,
    /// 归档.
    File,
    /// 协办: one more unit helps; the lead stays who it is.
    Join {
        /// Which.
        unit: UnitId,
    },
    /// 进展: what the resident is told while it goes on.
    Inform {
        /// What.
        words: Words,
    },
    /// 归格: in which grid it lies; `None` takes that back.
    Locate {
        /// Which.
        grid: Option<GridId>,
    },
    /// 代办计划: who does the errand and in which steps.
    Plan {
        /// A role.
        agent: Words,
        /// In order.
        steps: Vec<Words>,
    },
    /// 办好一步.
    Tick {
        /// Which, from 0.
        step: usize,
    },
    /// 暂停计时: the clock stops while it waits for something that nobody here can hurry.
    Pause {
        /// For what.
        why: Words,
    },
    /// 恢复计时.
    Resume,
    /// 延期: the work may take longer.
    Extend {
        /// Until when.
        until: Moment,
        /// Why.
        why: Words,
    },
    /// 催办.
    Urge {
        /// With which words; may be empty.
        words: Words,
    },
    /// 督办: the Party committee watches it from now on.
    Supervise {
        /// Why.
        why: Words,
    },
}

impl Verb {
    /// The value of the `verb` column of its history.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::SettleOnSpot { .. } => "settle_on_spot",
            Self::Hear => "hear",
            Self::Dispatch { .. } => "dispatch",
            Self::Reassign { .. } => "reassign",
            Self::Take => "take",
            Self::Claim => "claim",
            Self::Return { .. } => "return",
            Self::Handle => "handle",
            Self::Resolve { .. } => "resolve",
            Self::Rate(_) => "rate",
            Self::Merge { .. } => "merge",
            Self::Refer { .. } => "refer",
            Self::GiveUp { .. } => "give_up",
            Self::Exclude { .. } => "exclude",
            Self::Withdraw => "withdraw",
            Self::File => "file",
            Self::Join { .. } => "join",
            Self::Inform { .. } => "inform",
            Self::Locate { .. } => "locate",
            Self::Plan { .. } => "plan",
            Self::Tick { .. } => "tick",
            Self::Pause { .. } => "pause",
            Self::Resume => "resume",
            Self::Extend { .. } => "extend",
            Self::Urge { .. } => "urge",
            Self::Supervise { .. } => "supervise",
        }
    }

    /// It changes what goes on beside the state, and not the state.
    pub(super) const fn is_beside(&self) -> bool {
        matches!(
            self,
            Self::Join { .. }
                | Self::Inform { .. }
                | Self::Locate { .. }
                | Self::Plan { .. }
                | Self::Tick { .. }
                | Self::Pause { .. }
                | Self::Resume
                | Self::Extend { .. }
                | Self::Urge { .. }
                | Self::Supervise { .. }
        )
    }
}

impl By {
    /// The value of the `actor` column: a role and its id, never a person.
    pub fn code(self) -> String {
        match self {
            Self::Resident => "resident".into(),
            Self::Stall(id) => format!("stall:{id}"),
            Self::Unit(id) => format!("unit:{id}"),
            Self::Desk(id) => format!("desk:{id}"),
        }
    }

    /// Reads the `actor` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code.split_once(':') {
            None if code == "resident" => Ok(Self::Resident),
            Some(("stall", id)) => Ok(Self::Stall(id.parse()?)),
            Some(("unit", id)) => Ok(Self::Unit(id.parse()?)),
            Some(("desk", id)) => Ok(Self::Desk(id.parse()?)),
            _ => Err(Refusal::Malformed("actor")),
        }
    }

    /// Which verbs the role has at all. Whether one is possible now is the state's to say.
    pub(super) const fn may(self, verb: &Verb) -> bool {
        match self {
            Self::Resident => matches!(verb, Verb::Rate(_) | Verb::Withdraw | Verb::Urge { .. }),
            Self::Stall(_) => matches!(verb, Verb::SettleOnSpot { .. }),
            Self::Unit(_) => {
                matches!(
                    verb,
                    Verb::Take
                        | Verb::Claim
                        | Verb::Plan { .. }
                        | Verb::Tick { .. }
                        | Verb::Return { .. }
                        | Verb::Handle
                        | Verb::Resolve { .. }
                        | Verb::Inform { .. }
                )
            }
            // Satisfaction is the resident's word; the desk cannot give it.
            Self::Desk(_) => !matches!(verb, Verb::Rate(_) | Verb::Withdraw | Verb::Claim),
        }
    }
}
