//! A quiz for coffee (答题换咖啡): questions with one right answer and a sentence why, drawn for each visitor.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::text::short;
use crate::{MarketId, QuestionId, Refusal};

/// The most questions that a market asks.
pub const MOST_ASKED: i64 = 3;
/// The most options of a question.
pub const MOST_OPTIONS: usize = 4;
const LONGEST: usize = 120;

/// A question of the bank. Made only by [`Question::new`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    id: QuestionId,
    text: String,
    options: Vec<String>,
    answer: usize,
    why: String,
}

impl Question {
    /// Two to four different options, of which number `answer` (from 0) is right.
    pub fn new(
        id: QuestionId,
        text: &str,
        options: &[String],
        answer: usize,
        why: &str,
    ) -> Result<Self, Refusal> {
        let options = options
            .iter()
            .filter(|option| !option.trim().is_empty())
            .map(|option| short(option, LONGEST, "option"))
            .collect::<Result<Vec<_>, _>>()?;
        let mut different = options.clone();
        different.sort_unstable();
        different.dedup();
        if !(2..=MOST_OPTIONS).contains(&options.len()) || different.len() != options.len() {
            return Err(Refusal::Malformed("options"));
        }
        if answer >= options.len() {
            return Err(Refusal::Malformed("answer"));
        }
        let (text, why) = (short(text, LONGEST, "question")?, short(why, LONGEST, "why")?);
        Ok(Self { id, text, options, answer, why })
    }

    /// Which.
    pub const fn id(&self) -> QuestionId {
        self.id
    }

    /// What is asked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What can be answered.
    pub fn options(&self) -> &[String] {
        &self.options
    }

    /// The right one, from 0.
    pub const fn answer(&self) -> usize {
        self.answer
    }

    /// Why it is right.
    pub fn why(&self) -> &str {
        &self.why
    }
}

/// The questions for one visitor at one market: the same each time, without anything being kept.
pub fn draw<'q>(
    bank: &'q [Question],
    visitor: &[u8; 16],
    market: MarketId,
    many: usize,
) -> Vec<&'q Question> {
    let rank = |question: &Question| {
        let mut key = [0; 64];
        key[..16].copy_from_slice(visitor);
        let mut mac = Hmac::<Sha256>::new(&key.into());
        mac.update(b"kaishi/quiz/v1");
        mac.update(market.to_string().as_bytes());
        mac.update(question.id.to_string().as_bytes());
        mac.finalize().into_bytes()
    };
    let mut drawn: Vec<&Question> = bank.iter().collect();
    drawn.sort_by_cached_key(|question| rank(question));
    drawn.truncate(many);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;
    use proptest::prelude::*;

    fn question(nth: u8) -> Question {
        let id = QuestionId::new(Moment::from_millis(i64::from(nth)), [nth; 10]);
        Question::new(id, "急救电话是哪个？", &["110".into(), "120".into()], 1, "120 是急救。").unwrap()
    }

    #[test]
    fn a_question_has_two_to_four_different_options_and_a_right_one() {
        let id = QuestionId::new(Moment::from_millis(0), [0; 10]);
        let options = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let new = |texts: &[&str], answer| Question::new(id, "问", &options(texts), answer, "因为");
        assert!(new(&["a", "b"], 1).is_ok() && new(&["a", "b", "", "c"], 2).is_ok());
        for (texts, answer) in
            [(&["a"][..], 0), (&["a", "a"], 0), (&["a", "b"], 2), (&["a", "b", "c", "d", "e"], 0)]
        {
            assert!(new(texts, answer).is_err(), "{texts:?} {answer}");
        }
        assert!(Question::new(id, " ", &options(&["a", "b"]), 0, "因为").is_err());
        assert!(Question::new(id, "问", &options(&["a", "b"]), 0, "").is_err());
    }

    proptest! {
        #[test]
        fn a_draw_is_the_same_each_time_and_repeats_nothing(visitor: [u8; 16], size in 0_u8..12, many in 0_usize..5) {
            let mut bank: Vec<Question> = (0..size).map(question).collect();
            let market = MarketId::new(Moment::from_millis(0), [9; 10]);
            let ids = |drawn: Vec<&Question>| drawn.into_iter().map(Question::id).collect::<Vec<_>>();
            let first = ids(draw(&bank, &visitor, market, many));
            bank.reverse();
            prop_assert_eq!(&first, &ids(draw(&bank, &visitor, market, many)));
            prop_assert_eq!(first.len(), many.min(usize::from(size)));
            let mut different = first.clone();
            different.sort_unstable();
            different.dedup();
            prop_assert_eq!(different.len(), first.len());
        }
    }
}
