//! Preflight (L1): what has to be in order before a market opens, each with its day.
//!
//! Some things a person does and marks; the others decide themselves from what the market already holds, and say
//! why. The thresholds are those of the 大型群众性活动安全管理条例: from 1000 people on a permit of the county's
//! police, from 5000 on of the city's, asked for 20 days before.

mod judge;
mod papers;

use serde::{Deserialize, Serialize};

pub use judge::{Facts, Layout, Line, Standing, Why, judge, open_musts};
pub use papers::{Papers, papers};

use crate::Refusal;
use crate::moment::Day;
use crate::text::{short, short_or_empty};
use crate::unit::codes;

codes! {
    /// One thing of the list, in the order of their days.
    Item "preflight item" {
        /// 大型群众性活动安全许可
        Permit "permit",
        /// 义诊备案
        Clinic "clinic",
        /// 场地同意
        Venue "venue",
        /// 食品经营
        Food "food",
        /// 公众责任险
        Insurance "insurance",
        /// 临时用电
        Power "power",
        /// 参市单位证照
        Papers "papers",
        /// 摊位图
        Layout "layout",
        /// 雨天预案
        Rain "rain",
        /// 大风高温预案
        Weather "weather",
    }
}

/// From so many people on a permit is needed.
pub const COUNTY: i64 = 1_000;
/// From so many on it is the city's.
pub const CITY: i64 = 5_000;

impl Item {
    /// The last day on which it is in time, so many days before the market. The permit's 20 days are the
    /// regulation's, the clinic's 15 those of the health authority's notice; the others are good practice.
    pub fn due(self, held_on: Day) -> Day {
        held_on.plus_days(-match self {
            Self::Permit => 20,
            Self::Clinic => 15,
            Self::Venue => 10,
            Self::Food => 7,
            Self::Insurance => 5,
            Self::Power | Self::Papers | Self::Layout => 3,
            Self::Rain | Self::Weather => 2,
        })
    }

    /// Whether a market should not open without it.
    pub const fn is_must(self) -> bool {
        !matches!(self, Self::Insurance | Self::Rain | Self::Weather)
    }

    /// Whether it decides itself, so that nobody can call it done.
    pub const fn decides_itself(self) -> bool {
        matches!(self, Self::Food | Self::Papers | Self::Layout | Self::Rain | Self::Weather)
    }
}

/// What a person says of an item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is done.
    Done {
        /// Who saw to it, a role: `社区党群岗`.
        by: String,
        /// When.
        on: Day,
        /// A note or the number of the paper.
        note: String,
    },
    /// It does not apply.
    Exempt {
        /// Why.
        reason: String,
    },
}

impl Mark {
    /// The value of the `mark` column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Done { .. } => "done",
            Self::Exempt { .. } => "exempt",
        }
    }

    /// This mark with its texts trimmed, if it can be made at this item.
    pub fn sound(self, item: Item) -> Result<Self, Refusal> {
        match self {
            Self::Done { .. } if item.decides_itself() => Err(Refusal::NotAllowed),
            Self::Done { by, on, note } => {
                Ok(Self::Done { by: short(&by, 20, "by")?, on, note: short_or_empty(&note, 80, "note")? })
            }
            Self::Exempt { reason } => Ok(Self::Exempt { reason: short(&reason, 80, "reason")? }),
        }
    }
}

#[cfg(test)]
mod tests;
