//! The weather watch: two days, one day and three hours before a market somebody looks at the forecast, decides,
//! and says so. Knows no forecast of its own.

use serde::{Deserialize, Serialize};

use crate::moment::HOUR;
use crate::{Moment, Refusal};

/// What was decided after a look at the forecast.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Look again later.
    Wait,
    /// The fair plan.
    Fair,
    /// The rain plan, for a roof.
    Rain,
    /// The rain plan, for shade.
    Heat,
    /// No market.
    Off,
}

impl Decision {
    /// Every decision, in the order in which the form offers them.
    pub const ALL: [Self; 5] = [Self::Wait, Self::Fair, Self::Rain, Self::Heat, Self::Off];

    /// The value of the `decision` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Fair => "fair",
            Self::Rain => "rain",
            Self::Heat => "heat",
            Self::Off => "off",
        }
    }

    /// Reads the `decision` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|one| one.code() == code).ok_or(Refusal::Malformed("decision"))
    }
}

/// When somebody looks, in hours before the market opens, earliest first.
pub const LOOKS: [i64; 3] = [48, 24, 3];

/// The look that is due: its hours before opening, while nobody has looked since. Nothing is due once the market
/// is open: from then on the plan is simply switched.
pub fn due(opens_at: Moment, now: Moment, last: Option<Moment>) -> Option<i64> {
    if now >= opens_at {
        return None;
    }
    let begun = |hours: &i64| now >= opens_at.plus(-hours * HOUR);
    let hours = LOOKS.into_iter().rfind(begun)?;
    last.is_none_or(|last| last < opens_at.plus(-hours * HOUR)).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_look_is_asked_for_once() {
        let opens = Moment::from_millis(1_683_945_720_000);
        let before = |hours: i64| opens.plus(-hours * HOUR);
        assert_eq!(due(opens, before(60), None), None);
        assert_eq!(due(opens, before(47), None), Some(48));
        assert_eq!(due(opens, before(40), Some(before(47))), None);
        assert_eq!(due(opens, before(23), Some(before(47))), Some(24));
        assert_eq!(due(opens, before(2), Some(before(23))), Some(3));
        assert_eq!(due(opens, before(1), Some(before(2))), None);
        assert_eq!(due(opens, opens, None), None);
        for decision in Decision::ALL {
            assert_eq!(Decision::from_code(decision.code()), Ok(decision));
        }
    }
}
