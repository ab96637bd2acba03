//! What kind of appeal, and how long each kind may take.

use serde::{Deserialize, Serialize};

use super::{Clock, Span, Verb};
use crate::Refusal;

/// What kind of appeal it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 咨询: wants to know.
    Consult,
    /// 求助: needs help.
    Help,
    /// 投诉: something is wrong.
    Complaint,
    /// 建议: an idea; nobody's clock runs.
    Suggestion,
    /// 调解: a quarrel between people. Its words are for the mediator only.
    Mediation,
    /// 代办: an errand that somebody does for the resident.
    Agent,
    /// 微心愿: a small wish that a unit makes come true. Units take it themselves.
    Wish,
    /// 水电气热: water, power, gas or heating has failed.
    Utility,
    /// 险情: life or property in danger.
    Danger,
}

impl Category {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 9] = [
        Self::Consult,
        Self::Help,
        Self::Complaint,
        Self::Suggestion,
        Self::Agent,
        Self::Mediation,
        Self::Wish,
        Self::Utility,
        Self::Danger,
    ];

    /// The value of the `category` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consult => "consult",
            Self::Help => "help",
            Self::Complaint => "complaint",
            Self::Suggestion => "suggestion",
            Self::Mediation => "mediation",
            Self::Agent => "agent",
            Self::Wish => "wish",
            Self::Utility => "utility",
            Self::Danger => "danger",
        }
    }

    /// Reads the `category` column, or a form's field.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("category"))
    }

    /// The usual times: one hour for life and property, two hours for water, power, gas and heating, a day
    /// for the rest; a complicated matter is answered within fifteen working days. A suggestion has no clock.
    pub const fn clock(self) -> Option<Clock> {
        Some(match self {
            Self::Danger => {
                Clock { dispatch: Span::Hours(1), resolve: Span::Hours(24), redo: Span::Hours(24) }
            }
            Self::Utility => {
                Clock { dispatch: Span::Hours(2), resolve: Span::Hours(72), redo: Span::Hours(24) }
            }
            Self::Consult => Clock { dispatch: Span::Hours(24), resolve: Span::Days(5), redo: Span::Days(3) },
            Self::Help | Self::Complaint | Self::Mediation | Self::Agent => {
                Clock { dispatch: Span::Hours(24), resolve: Span::Days(15), redo: Span::Days(5) }
            }
            // It waits in the pool until a unit takes it.
            Self::Wish => Clock { dispatch: Span::Days(10), resolve: Span::Days(15), redo: Span::Days(5) },
            Self::Suggestion => return None,
        })
    }

    /// Whether there is such a thing to do with an appeal of this kind.
    pub(super) const fn has(self, verb: &Verb) -> bool {
        match verb {
            Verb::Claim => matches!(self, Self::Wish),
            Verb::Plan { .. } | Verb::Tick { .. } => self.has_steps(),
            _ => true,
        }
    }

    /// Somebody named by a role goes through it in steps: an errand (代办), a mediation (调解).
    pub const fn has_steps(self) -> bool {
        matches!(self, Self::Agent | Self::Mediation)
    }

    /// Its words are shown to whoever handles it and to nobody else, not even behind its code.
    pub const fn is_private(self) -> bool {
        matches!(self, Self::Mediation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_reads_back_and_only_a_suggestion_has_no_clock() {
        for kind in Category::ALL {
            assert_eq!(Category::from_code(kind.code()), Ok(kind));
            assert_eq!(kind.clock().is_none(), kind == Category::Suggestion);
        }
        assert!(Category::from_code("gossip").is_err());
        assert_eq!(Category::Danger.clock().map(|clock| clock.dispatch), Some(Span::Hours(1)));
        assert_eq!(Category::Utility.clock().map(|clock| clock.dispatch), Some(Span::Hours(2)));
        assert_eq!(Category::Help.clock().map(|clock| clock.dispatch), Some(Span::Hours(24)));
    }
}
