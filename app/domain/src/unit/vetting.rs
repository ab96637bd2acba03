//! Vetting (诚信遴选): a unit is chosen, refused, delisted (摘牌) with evidence, heard, and taken back or not.
//! A step consumes the standing and gives the next one, or a refusal.

use serde::{Deserialize, Serialize};

use super::service::codes;
use crate::moment::MINUTE;
use crate::text::long;
use crate::{MarketId, Moment, Refusal};

codes! {
    /// Why a unit was delisted.
    Cause "cause" {
        /// 年终测评不满意
        YearEnd "year_end",
        /// 年内被投诉
        Complaints "complaints",
        /// 多次未到
        Absence "absence",
        /// 资质失效或不实
        Credentials "credentials",
        /// 违反承诺
        Pledge "pledge",
    }
}

/// The act of taking a unit off, which stays with it whatever comes after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delisting {
    /// When.
    pub at: Moment,
    /// Why.
    pub cause: Cause,
    /// What shows it, in words.
    pub evidence: String,
    /// The Saturdays that show it.
    pub markets: Vec<MarketId>,
}

/// Where a unit stands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields say what they are; `at` is when the standing began")]
pub enum Standing {
    /// 候选: nobody has decided.
    #[default]
    Candidate,
    /// 已遴选
    Vetted { at: Moment, why: String },
    /// 未入选
    Refused { at: Moment, why: String },
    /// 已摘牌
    Delisted { delisting: Delisting },
    /// 申诉中
    Appealed { at: Moment, words: String, delisting: Delisting },
    /// 维持摘牌
    Upheld { at: Moment, why: String, delisting: Delisting },
    /// 重新入选
    Readmitted { at: Moment, why: String, delisting: Delisting },
}

codes! {
    /// The names of the steps.
    Verb "step" {
        /// 入选
        Vet "vet",
        /// 不入选
        Refuse "refuse",
        /// 摘牌
        Delist "delist",
        /// 申诉
        Appeal "appeal",
        /// 重新入选
        Readmit "readmit",
        /// 维持摘牌
        Uphold "uphold",
    }
}

/// One step with what it needs to be taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the fields say what they are")]
pub enum Step {
    /// 入选
    Vet { why: String },
    /// 不入选
    Refuse { why: String },
    /// 摘牌
    Delist { cause: Cause, evidence: String, markets: Vec<MarketId> },
    /// 申诉: the unit's own words.
    Appeal { words: String },
    /// 重新入选
    Readmit { why: String },
    /// 维持摘牌
    Uphold { why: String },
}

/// More Saturdays than this are no evidence any more, but a list.
const MOST_MARKETS: usize = 20;
const MOST_WORDS: usize = 500;
/// So long after a step it can be taken back, in milliseconds: a slip of the hand, not a change of mind.
pub const TAKE_BACK: i64 = 10 * MINUTE;

/// Whether a step of that time can still be taken back.
pub const fn may_take_back(at: Moment, now: Moment) -> bool {
    now.since(at) <= TAKE_BACK
}

impl Step {
    /// Its name.
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Vet { .. } => Verb::Vet,
            Self::Refuse { .. } => Verb::Refuse,
            Self::Delist { .. } => Verb::Delist,
            Self::Appeal { .. } => Verb::Appeal,
            Self::Readmit { .. } => Verb::Readmit,
            Self::Uphold { .. } => Verb::Uphold,
        }
    }

    /// What was said: the reason, the evidence, or the unit's words.
    pub fn words(&self) -> &str {
        match self {
            Self::Vet { why } | Self::Refuse { why } | Self::Readmit { why } | Self::Uphold { why } => why,
            Self::Delist { evidence, .. } => evidence,
            Self::Appeal { words } => words,
        }
    }

    /// This step with its words trimmed; none goes without.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        match &mut self {
            Self::Vet { why } | Self::Refuse { why } | Self::Readmit { why } | Self::Uphold { why } => {
                *why = long(why, MOST_WORDS, "reason")?;
            }
            Self::Appeal { words } => *words = long(words, MOST_WORDS, "words")?,
            Self::Delist { evidence, markets, .. } => {
                *evidence = long(evidence, MOST_WORDS, "evidence")?;
                markets.sort_unstable();
                markets.dedup();
                if markets.len() > MOST_MARKETS {
                    return Err(Refusal::TooLong("evidence"));
                }
            }
        }
        Ok(self)
    }
}

impl Standing {
    /// The value of the `standing` column.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Vetted { .. } => "vetted",
            Self::Refused { .. } => "refused",
            Self::Delisted { .. } => "delisted",
            Self::Appealed { .. } => "appealed",
            Self::Upheld { .. } => "upheld",
            Self::Readmitted { .. } => "readmitted",
        }
    }

    /// Every value of the `standing` column.
    pub const CODES: [&str; 7] =
        ["candidate", "vetted", "refused", "delisted", "appealed", "upheld", "readmitted"];

    /// Whether a unit of this standing may join another Saturday. Whoever waits to be vetted may: the first
    /// Saturday is how it shows what it can do.
    pub const fn may_enter(&self) -> bool {
        matches!(self, Self::Candidate | Self::Vetted { .. } | Self::Readmitted { .. })
    }

    /// The steps that can be taken from here, in the order in which a page offers them.
    pub const fn open(&self) -> &'static [Verb] {
        match self {
            Self::Candidate => &[Verb::Vet, Verb::Refuse],
            Self::Refused { .. } => &[Verb::Vet],
            Self::Vetted { .. } | Self::Readmitted { .. } => &[Verb::Delist],
            Self::Delisted { .. } => &[Verb::Appeal],
            Self::Appealed { .. } => &[Verb::Readmit, Verb::Uphold],
            Self::Upheld { .. } => &[Verb::Readmit],
        }
    }

    /// The delisting that it speaks of, if there was one.
    pub const fn delisting(&self) -> Option<&Delisting> {
        match self {
            Self::Delisted { delisting }
            | Self::Appealed { delisting, .. }
            | Self::Upheld { delisting, .. }
            | Self::Readmitted { delisting, .. } => Some(delisting),
            Self::Candidate | Self::Vetted { .. } | Self::Refused { .. } => None,
        }
    }

    /// Where a record leads, step by step from the beginning.
    pub fn after(record: impl IntoIterator<Item = (Step, Moment)>) -> Result<Self, Refusal> {
        record.into_iter().try_fold(Self::default(), |standing, (step, at)| standing.step(step, at))
    }

    /// Takes one step.
    pub fn step(self, step: Step, at: Moment) -> Result<Self, Refusal> {
        Ok(match (self, step.sound()?) {
            (Self::Candidate | Self::Refused { .. }, Step::Vet { why }) => Self::Vetted { at, why },
            (Self::Candidate, Step::Refuse { why }) => Self::Refused { at, why },
            (Self::Vetted { .. } | Self::Readmitted { .. }, Step::Delist { cause, evidence, markets }) => {
                Self::Delisted { delisting: Delisting { at, cause, evidence, markets } }
            }
            (Self::Delisted { delisting }, Step::Appeal { words }) => Self::Appealed { at, words, delisting },
            (Self::Appealed { delisting, .. } | Self::Upheld { delisting, .. }, Step::Readmit { why }) => {
                Self::Readmitted { at, why, delisting }
            }
            (Self::Appealed { delisting, .. }, Step::Uphold { why }) => Self::Upheld { at, why, delisting },
            (standing, _) => return Err(Refusal::WrongState(standing.code().into())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: Moment = Moment::from_millis(1_683_945_720_000);

    fn step(verb: Verb) -> Step {
        let why = "理由".to_owned();
        match verb {
            Verb::Vet => Step::Vet { why },
            Verb::Refuse => Step::Refuse { why },
            Verb::Delist => {
                let market = MarketId::new(AT, [1; 10]);
                Step::Delist { cause: Cause::Complaints, evidence: why, markets: vec![market, market] }
            }
            Verb::Appeal => Step::Appeal { words: why },
            Verb::Readmit => Step::Readmit { why },
            Verb::Uphold => Step::Uphold { why },
        }
    }

    #[test]
    fn the_whole_way_keeps_the_evidence() {
        let mut standing = Standing::default();
        for verb in [Verb::Vet, Verb::Delist, Verb::Appeal, Verb::Uphold, Verb::Readmit] {
            standing = standing.step(step(verb), AT).unwrap();
        }
        assert_eq!(standing.delisting().unwrap().markets.len(), 1);
        assert!(standing.may_enter());
        let kept = serde_json::to_string(&standing).unwrap();
        assert_eq!(serde_json::from_str::<Standing>(&kept).unwrap(), standing);
    }

    #[test]
    fn a_record_leads_where_its_steps_led_and_a_slip_can_be_taken_back_for_ten_minutes() {
        let verbs = [Verb::Vet, Verb::Delist, Verb::Appeal];
        let record = |many: usize| verbs.iter().take(many).map(|verb| (step(*verb), AT));
        let mut standing = Standing::default();
        for many in 0..=verbs.len() {
            assert_eq!(Standing::after(record(many)), Ok(standing.clone()));
            if let Some(verb) = verbs.get(many) {
                standing = standing.step(step(*verb), AT).unwrap();
            }
        }
        assert!(may_take_back(AT, AT.plus(TAKE_BACK)) && !may_take_back(AT, AT.plus(TAKE_BACK + 1)));
    }

    #[test]
    fn no_step_goes_without_a_reason() {
        let why = " \n ".to_owned();
        assert_eq!(Standing::Candidate.step(Step::Vet { why }, AT), Err(Refusal::Missing("reason")));
        let why = "长".repeat(501);
        assert_eq!(Standing::Candidate.step(Step::Refuse { why }, AT), Err(Refusal::TooLong("reason")));
    }

    proptest! {
        #[test]
        fn only_what_is_open_happens_and_a_delisted_unit_stays_out_until_readmitted(walk in prop::collection::vec(0_usize..6, 0..40)) {
            let mut standing = Standing::default();
            let mut out = false;
            for pick in walk {
                let verb = Verb::ALL[pick];
                let open = standing.open().contains(&verb);
                match standing.clone().step(step(verb), AT) {
                    Ok(next) => {
                        prop_assert!(open, "{verb:?} from {standing:?}");
                        standing = next;
                        match verb {
                            Verb::Delist | Verb::Refuse => out = true,
                            Verb::Readmit | Verb::Vet => out = false,
                            Verb::Appeal | Verb::Uphold => {}
                        }
                    }
                    Err(no) => {
                        prop_assert!(!open);
                        prop_assert_eq!(no, Refusal::WrongState(standing.code().into()));
                    }
                }
                prop_assert_eq!(standing.may_enter(), !out);
                prop_assert!(Standing::CODES.contains(&standing.code()));
            }
        }
    }
}
