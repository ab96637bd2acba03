//! 群众评单: five grades, four aspects if somebody cares to say more, a few words if somebody likes to.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::Refusal;

/// 好差评, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// 很满意
    VerySatisfied,
    /// 满意
    Satisfied,
    /// 基本满意
    Fair,
    /// 不满意
    Unsatisfied,
    /// 很不满意
    VeryUnsatisfied,
}

impl Rating {
    /// Every rating, best first.
    pub const ALL: [Self; 5] =
        [Self::VerySatisfied, Self::Satisfied, Self::Fair, Self::Unsatisfied, Self::VeryUnsatisfied];

    /// The value of a form's field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::VerySatisfied => "very_satisfied",
            Self::Satisfied => "satisfied",
            Self::Fair => "fair",
            Self::Unsatisfied => "unsatisfied",
            Self::VeryUnsatisfied => "very_unsatisfied",
        }
    }

    /// Reads a form's field.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|rating| rating.code() == code).ok_or(Refusal::Malformed("rating"))
    }

    /// Whether the resident accepts the outcome.
    pub const fn is_content(self) -> bool {
        matches!(self, Self::VerySatisfied | Self::Satisfied | Self::Fair)
    }
}

/// What a grade may be given for besides the whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aspect {
    /// 时效: how soon.
    Speed,
    /// 态度: how people were treated.
    Manner,
    /// 结果: what came of it.
    Outcome,
    /// 沟通: whether they were told.
    Telling,
}

impl Aspect {
    /// Every aspect, in the order in which a form asks.
    pub const ALL: [Self; 4] = [Self::Speed, Self::Manner, Self::Outcome, Self::Telling];

    /// The name of a form's field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Speed => "speed",
            Self::Manner => "manner",
            Self::Outcome => "outcome",
            Self::Telling => "telling",
        }
    }
}

/// Grades for the four aspects; whatever was left open stays open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the aspects say what they are")]
pub struct Marks {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manner: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telling: Option<Rating>,
}

impl Marks {
    /// The grade for one aspect.
    pub const fn of(&self, aspect: Aspect) -> Option<Rating> {
        match aspect {
            Aspect::Speed => self.speed,
            Aspect::Manner => self.manner,
            Aspect::Outcome => self.outcome,
            Aspect::Telling => self.telling,
        }
    }
}

/// Everything that a resident says of how it was. A reason is never asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    /// The whole.
    pub rating: Rating,
    /// The aspects.
    #[serde(default)]
    pub marks: Marks,
    /// In their own words; may be empty.
    #[serde(default)]
    pub said: Words,
}

impl From<Rating> for Review {
    fn from(rating: Rating) -> Self {
        Self { rating, marks: Marks::default(), said: Words::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_of_before_reads_as_one_without_aspects() {
        let review: Review = serde_json::from_str(r#"{"rating":"fair"}"#).unwrap();
        assert_eq!(review, Review::from(Rating::Fair));
        assert!(Aspect::ALL.iter().all(|aspect| review.marks.of(*aspect).is_none()));
        for rating in Rating::ALL {
            assert_eq!(Rating::from_code(rating.code()), Ok(rating));
            let marks = Marks { manner: Some(rating), ..Marks::default() };
            assert_eq!(marks.of(Aspect::Manner), Some(rating));
        }
        assert!(Rating::from_code("five stars").is_err());
    }
}
