//! Entries (参市): a unit's presence at one market, what it offers there and what its stall must have.

use serde::{Deserialize, Serialize};

use crate::{EntryId, Refusal, UnitId};

/// How the unit came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 揭榜: answered a posted need.
    Bid,
    /// 认领: took an open stall.
    Take,
    /// 请缨: offered a service of its own.
    Offer,
}

impl Way {
    /// The value of the `way` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bid => "bid",
            Self::Take => "take",
            Self::Offer => "offer",
        }
    }

    /// Reads the `way` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "bid" => Ok(Self::Bid),
            "take" => Ok(Self::Take),
            "offer" => Ok(Self::Offer),
            _ => Err(Refusal::Malformed("way")),
        }
    }
}

/// What a stall must have for this entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "five independent demands, not a state")]
pub struct Needs {
    /// Watts; 0 for none.
    pub power_w: i64,
    /// Running water nearby.
    pub water: bool,
    /// A roof when it rains (paper, health, electronics).
    pub shelter: bool,
    /// Suffers from loudspeakers next door.
    pub quiet: bool,
    /// Makes noise itself.
    pub loud: bool,
    /// Least width in centimetres; 0 for any.
    pub width_cm: i64,
    /// Draws a queue that needs room.
    pub queue: bool,
}

/// A unit's presence at one market.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub id: EntryId,
    /// Whose; `None` while the unit is still to be found (单位待定).
    pub unit: Option<UnitId>,
    /// The unit's name, for reading.
    pub unit_name: String,
    /// What stands on the sign: `网格有约`.
    pub name: String,
    /// The slogan zone's letter in which it belongs; empty for any.
    pub zone: String,
    /// What it offers.
    pub services: Vec<String>,
    /// What its stall must have.
    pub needs: Needs,
    /// Numbers of the stalls it would like, best first.
    pub wishes: Vec<String>,
    /// How it came in.
    pub way: Way,
    /// Whether it has come on the day.
    pub arrived: bool,
}
