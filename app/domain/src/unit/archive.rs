//! Putting a unit aside (归档): it is asked for nothing any more, and all that it did stays told.

use serde::{Deserialize, Serialize};

use super::Unit;
use crate::text::long;
use crate::{Moment, Refusal};

/// Since when a unit is put aside, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Archive {
    /// When.
    pub at: Moment,
    /// Why.
    pub why: String,
}

/// The reason to put a unit aside or to bring it back; none goes without.
pub fn reason(why: &str) -> Result<String, Refusal> {
    long(why, 200, "reason")
}

impl Unit {
    /// Whether it is put aside.
    pub const fn is_archived(&self) -> bool {
        self.archived.is_some()
    }

    /// Whether it may join another Saturday: its standing lets it, and it is not put aside.
    pub const fn may_enter(&self) -> bool {
        self.standing.may_enter() && !self.is_archived()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::tests::unit;

    #[test]
    fn a_unit_that_is_put_aside_joins_nothing() {
        let here = unit();
        assert!(here.may_enter() && !here.is_archived());
        let why = reason(" 已搬走 ").unwrap();
        let away = Unit { archived: Some(Archive { at: Moment::from_millis(0), why }), ..here };
        assert!(!away.may_enter() && away.standing.may_enter());
        assert_eq!(reason(" \n"), Err(Refusal::Missing("reason")));
        assert_eq!(reason(&"长".repeat(201)), Err(Refusal::TooLong("reason")));
    }
}
