//! The rain plan (雨天预案): one roster on two layouts. Every stall of the fair layout gets a place under
//! cover with the least walking, neighbours together; what no longer fits is named with its reason.
//!
//! [`shelters`] makes room under cover, [`candidates`] says where a stall could stand, [`propose`] who stands where, [`pairs`] compares two layouts
//! stall by stall. Pure: the same layouts, ground and roster give the same answer everywhere.

mod capacity;
mod lack;
mod r#match;
mod pair;
mod place;
mod solve;
#[cfg(test)]
mod tests;
mod walk;
mod watch;
mod whereabouts;

use serde::{Deserialize, Serialize};

pub use capacity::Capacity;
pub use lack::Lack;
pub use r#match::{Left, Move, Proposal, Task, propose};
pub use pair::{Pair, pairs};
pub use place::{Place, candidates, shelters};
pub use walk::{Reach, Walk};
pub use watch::{Decision, LOOKS, due};
pub use whereabouts::{Side, Whereabouts, neighbours, whereabouts};

use crate::geometry::Point;
use crate::ground::Ground;

/// What the second layout shelters from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cover {
    /// A roof.
    #[default]
    Rain,
    /// A roof, or the shade of trees.
    Heat,
}

impl Cover {
    /// The value of the `cover` column and of the forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rain => "rain",
            Self::Heat => "heat",
        }
    }

    /// Reads the `cover` column.
    pub fn from_code(code: &str) -> Result<Self, crate::Refusal> {
        match code {
            "rain" => Ok(Self::Rain),
            "heat" => Ok(Self::Heat),
            _ => Err(crate::Refusal::Malformed("cover")),
        }
    }

    /// Whether a point of the ground is under this cover.
    pub fn is_over(self, ground: &Ground, at: Point) -> bool {
        let roof = ground.zones.iter().any(|area| area.shelter && area.polygon.contains(at));
        roof || (self == Self::Heat && ground.is_on("shade", at))
    }
}
