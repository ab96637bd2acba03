//! What the last Saturdays left undone, as suggestions for the next call: appeals that nobody settled, queues that
//! were too long, services that residents were not content with. Suggestions only; a person decides about each.

use crate::appeal::Category;
use crate::text::short;
use crate::{Refusal, WantId};

/// The longest reason for putting a suggestion aside, in letters.
pub const MOST_REASON: usize = 120;

/// Where a suggestion comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// Appeals of one kind, of any Saturday before.
    Appeals {
        /// Which kind.
        category: Category,
        /// Still open.
        open: i64,
        /// Nobody could settle them.
        given_up: i64,
    },
    /// The queue of a stall at the last Saturday.
    Queue {
        /// What stood on its sign.
        sign: String,
        /// Asked for a number when there were no more.
        turned_away: i64,
        /// Gave their number back.
        left: i64,
        /// Still waited when it closed.
        waiting: i64,
    },
    /// What residents said of a stall's answers at the last Saturday.
    Rating {
        /// What stood on its sign.
        sign: String,
        /// Ratings.
        rated: i64,
        /// Of these not content.
        discontent: i64,
    },
}

impl Source {
    /// By what it is known again: `appeals:help`, `queue:健康义诊`.
    pub fn key(&self) -> String {
        match self {
            Self::Appeals { category, .. } => format!("appeals:{}", category.code()),
            Self::Queue { sign, .. } => format!("queue:{sign}"),
            Self::Rating { sign, .. } => format!("rating:{sign}"),
        }
    }

    /// How many people or matters it is about.
    pub const fn people(&self) -> i64 {
        match self {
            Self::Appeals { open, given_up, .. } => *open + *given_up,
            Self::Queue { turned_away, left, waiting, .. } => *turned_away + *left + *waiting,
            Self::Rating { discontent, .. } => *discontent,
        }
    }

    /// Whether it is worth a suggestion. An idea is no want; one bad word among many good ones is no low rating, a
    /// third of them is.
    pub const fn is_worth(&self) -> bool {
        match self {
            Self::Appeals { category: Category::Suggestion, .. } => false,
            Self::Rating { rated, discontent, .. } => *discontent > 0 && *discontent * 3 >= *rated,
            Self::Appeals { .. } | Self::Queue { .. } => self.people() > 0,
        }
    }
}

/// What an organizer made of a suggestion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is a want of the call.
    Wanted(WantId),
    /// Put aside.
    Dismissed {
        /// Why.
        reason: String,
    },
}

/// A suggestion and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demand {
    /// Why, and how many.
    pub source: Source,
    /// None while nobody has decided.
    pub verdict: Option<Verdict>,
}

/// The suggestions that are worth it, those about most people first.
pub fn worthwhile(sources: impl IntoIterator<Item = Source>) -> Vec<Source> {
    let mut found: Vec<Source> = sources.into_iter().filter(Source::is_worth).collect();
    found.sort_by_cached_key(|source| (-source.people(), source.key()));
    found
}

/// A reason for putting a suggestion aside.
pub fn reason(text: &str) -> Result<String, Refusal> {
    short(text, MOST_REASON, "reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appeals(category: Category, open: i64, given_up: i64) -> Source {
        Source::Appeals { category, open, given_up }
    }

    fn rating(rated: i64, discontent: i64) -> Source {
        Source::Rating { sign: "法律咨询".into(), rated, discontent }
    }

    #[test]
    fn what_nobody_lacked_is_no_suggestion() {
        let queue = |turned_away, left, waiting| Source::Queue {
            sign: "健康义诊".into(),
            turned_away,
            left,
            waiting,
        };
        for (source, worth) in [
            (appeals(Category::Help, 2, 0), true),
            (appeals(Category::Help, 0, 1), true),
            (appeals(Category::Help, 0, 0), false),
            (appeals(Category::Suggestion, 9, 0), false),
            (queue(0, 0, 0), false),
            (queue(1, 0, 0), true),
            (queue(0, 0, 1), true),
            (rating(6, 2), true),
            (rating(7, 2), false),
            (rating(1, 1), true),
            (rating(4, 0), false),
        ] {
            assert_eq!(source.is_worth(), worth, "{source:?}");
        }
    }

    #[test]
    fn what_most_people_lacked_comes_first_and_has_a_key_of_its_own() {
        let found =
            worthwhile([appeals(Category::Help, 2, 1), rating(3, 3), appeals(Category::Utility, 9, 0)]);
        let keys: Vec<String> = found.iter().map(Source::key).collect();
        assert_eq!(keys, ["appeals:utility", "appeals:help", "rating:法律咨询"]);
    }

    #[test]
    fn putting_aside_needs_a_reason() {
        assert_eq!(reason(" 已有固定摊位 ").unwrap(), "已有固定摊位");
        assert!(reason("  ").is_err() && reason(&"长".repeat(MOST_REASON + 1)).is_err());
    }
}
