//! The public copy of an appeal: edited apart from what was said, shown only after a tick, every version kept.

use super::{Category, Words, masked};
use crate::{AccountId, Moment, Refusal};

/// One version of a public copy. The latest counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicCopy {
    /// From 1.
    pub revision: i64,
    /// What everybody reads; numbers of people are masked.
    pub body: Words,
    /// Whether it is shown.
    pub shown: bool,
    /// Who wrote it.
    pub by: AccountId,
    /// When.
    pub at: Moment,
}

impl PublicCopy {
    /// What may be made public of a text. A quarrel is never made public, and what is shown says something.
    pub fn edited(category: Category, text: &str, shown: bool) -> Result<Words, Refusal> {
        if category.is_private() {
            return Err(Refusal::NotAllowed);
        }
        let body = Words::parse(&masked(text))?;
        if shown && body.is_empty() { Err(Refusal::Missing("words")) } else { Ok(body) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_masked_and_a_quarrel_has_none() {
        let body = PublicCopy::edited(Category::Help, " 路灯不亮，13800138000 ", true).unwrap();
        assert_eq!(body.as_str(), "路灯不亮，138********");
        assert_eq!(PublicCopy::edited(Category::Mediation, "吵架", true), Err(Refusal::NotAllowed));
        assert_eq!(PublicCopy::edited(Category::Help, " ", true), Err(Refusal::Missing("words")));
        assert!(PublicCopy::edited(Category::Help, "", false).unwrap().is_empty(), "taken back");
    }
}
