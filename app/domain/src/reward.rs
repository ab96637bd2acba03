//! What a market gives for answers or for stamps, and the pass slip that is redeemed for it once.

use crate::appeal::SlipCode;
use crate::quiz::MOST_ASKED;
use crate::text::short;
use crate::{Moment, Refusal, StallId};

/// The most stamps that a card can ask for.
pub const MOST_STAMPS: i64 = 12;
/// The most rewards of one market.
pub const MOST: i64 = 5_000;

/// What it is given for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// 答题
    Quiz,
    /// 集章
    Stamps,
}

impl Cause {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Quiz, Self::Stamps];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quiz => "quiz",
            Self::Stamps => "stamps",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|cause| cause.code() == code).ok_or(Refusal::Malformed("reward"))
    }
}

/// A reward of a market.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reward {
    /// For what.
    pub cause: Cause,
    /// Where it is redeemed.
    pub stall: StallId,
    /// `一杯咖啡`
    pub prize: String,
    /// So many questions or stamps.
    pub needs: i64,
    /// There are so many.
    pub most: i64,
}

impl Reward {
    /// The same, if it can be given.
    pub fn sound(self) -> Result<Self, Refusal> {
        let needs = match self.cause {
            Cause::Quiz => 1..=MOST_ASKED,
            Cause::Stamps => 1..=MOST_STAMPS,
        };
        if !needs.contains(&self.needs) || !(0..=MOST).contains(&self.most) {
            return Err(Refusal::Malformed("reward"));
        }
        Ok(Self { prize: short(&self.prize, 20, "prize")?, ..self })
    }
}

/// Whether a pass can be redeemed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It can.
    Open,
    /// It was.
    Redeemed {
        /// When.
        at: Moment,
    },
}

/// A pass slip.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pass {
    /// What staff type.
    pub code: SlipCode,
    /// For what it was given.
    pub cause: Cause,
    /// Where it is redeemed.
    pub stall: StallId,
    /// What is handed over.
    pub prize: String,
    /// Whether it can be redeemed.
    pub state: State,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reward_asks_for_what_can_be_done() {
        let stall = StallId::new(Moment::from_millis(0), [1; 10]);
        let reward =
            |cause, needs, most| Reward { cause, stall, prize: " 一杯咖啡 ".into(), needs, most };
        assert_eq!(reward(Cause::Quiz, 3, 100).sound().unwrap().prize, "一杯咖啡");
        assert!(reward(Cause::Stamps, 12, 0).sound().is_ok());
        for (cause, needs, most) in
            [(Cause::Quiz, 0, 1), (Cause::Quiz, 4, 1), (Cause::Stamps, 13, 1), (Cause::Stamps, 3, 5_001)]
        {
            assert!(reward(cause, needs, most).sound().is_err());
        }
        assert!(Reward { prize: String::new(), ..reward(Cause::Quiz, 1, 1) }.sound().is_err());
    }
}
