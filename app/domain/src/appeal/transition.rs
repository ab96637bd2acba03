//! The transitions: each consumes a state and gives the next one, or a refusal.

use super::{By, Handler, Outcome, Rating, Resolution, Round, SlipCode, State, Verb, Words};
use crate::moment::HOUR;
use crate::{Moment, Refusal, UnitId};

/// A resolved appeal waits so long for the resident's word before it may be filed without.
pub const RATE_FOR: i64 = 7 * 24 * HOUR;

type Next = Result<State, Refusal>;

impl State {
    /// Does one thing, if this role may and this state allows it.
    pub fn step(self, verb: &Verb, by: By, at: Moment) -> Next {
        if !by.may(verb) {
            return Err(Refusal::NotAllowed);
        }
        if let (Verb::Claim, By::Unit(unit)) = (verb, by) {
            return self.claim(unit, at);
        }
        self.is_theirs(by)?;
        if verb.is_beside() {
            return self.running().map(|()| self);
        }
        match verb.clone() {
            Verb::Accept => self.accept(at),
            Verb::SettleOnSpot { how } => self.settle_on_spot(by, how, at),
            Verb::Hear => self.hear(at),
            Verb::Dispatch { to } => self.dispatch(to, at),
            Verb::Reassign { to, why } => self.reassign(to, why, at),
            Verb::Take => self.take(at),
            Verb::Return { why } => self.hand_back(why, at),
            Verb::Handle => self.begin(at),
            Verb::Resolve { how } => self.resolve(how, at),
            Verb::Rate(review) => self.rate(review.rating, at),
            Verb::Merge { into } => self.merge(into, at),
            Verb::Refer { to } => self.waiting().map(|()| Self::Referred { to, at }),
            Verb::GiveUp { why } => self.give_up(why, at),
            Verb::Exclude { why } => self.waiting().map(|()| Self::OutOfScope { why, at }),
            Verb::Withdraw => self.running().map(|()| Self::Withdrawn { at }),
            Verb::File => self.file(at),
            Verb::Claim
            | Verb::Join { .. }
            | Verb::Inform { .. }
            | Verb::Locate { .. }
            | Verb::Plan { .. }
            | Verb::Tick { .. }
            | Verb::Pause { .. }
            | Verb::Resume
            | Verb::Extend { .. }
            | Verb::Urge { .. }
            | Verb::Supervise { .. } => self.no(),
        }
    }

    /// A unit has verbs only for what was sent to it.
    fn is_theirs(&self, by: By) -> Result<(), Refusal> {
        match by {
            By::Unit(unit) if self.unit() != Some(unit) => Err(Refusal::NotAllowed),
            _ => Ok(()),
        }
    }

    fn no<T>(&self) -> Result<T, Refusal> {
        Err(Refusal::WrongState(self.code().into()))
    }

    /// Nobody has been sent yet, or the unit has handed it back.
    fn waiting(&self) -> Result<(), Refusal> {
        match self {
            Self::Raised | Self::Accepted { .. } | Self::Returned { .. } => Ok(()),
            _ => self.no(),
        }
    }

    /// Neither settled nor put aside.
    fn running(&self) -> Result<(), Refusal> {
        match self {
            Self::Dispatched { .. }
            | Self::Reassigned { .. }
            | Self::Taken { .. }
            | Self::Handling { .. } => Ok(()),
            _ => self.waiting(),
        }
    }

    /// 受理
    pub fn accept(self, at: Moment) -> Next {
        match self {
            Self::Raised => Ok(Self::Accepted { at, round: Round::First }),
            _ => self.no(),
        }
    }

    /// 现场办结. The stall settles what was just raised; the desk also what it has read.
    pub fn settle_on_spot(self, by: By, how: Words, at: Moment) -> Next {
        let by = match (&self, by) {
            (Self::Raised, By::Stall(stall)) => Handler::Stall(stall),
            (Self::Raised | Self::Accepted { round: Round::First, .. }, By::Desk(_)) => Handler::Desk,
            _ => return self.no(),
        };
        Ok(Self::Resolved { resolution: Resolution { by, at, how, on_the_spot: true }, round: Round::First })
    }

    /// 书记有约
    pub fn hear(self, at: Moment) -> Next {
        match self {
            Self::Raised | Self::Accepted { round: Round::First, .. } => {
                Ok(Self::Handling { by: Handler::Secretary, since: at, round: Round::First })
            }
            _ => self.no(),
        }
    }

    /// 派单
    pub fn dispatch(self, to: UnitId, at: Moment) -> Next {
        match self {
            Self::Accepted { round, .. } | Self::Returned { round, .. } => {
                Ok(Self::Dispatched { to, at, round })
            }
            _ => self.no(),
        }
    }

    /// 改派
    pub fn reassign(self, to: UnitId, why: Words, at: Moment) -> Next {
        let (from, round) = match (self.unit(), &self) {
            (Some(unit), _) if unit != to => (unit, self.round()),
            _ => return self.no(),
        };
        Ok(Self::Reassigned { from, to, why, at, round })
    }

    /// 接单
    pub fn take(self, at: Moment) -> Next {
        match self {
            Self::Dispatched { to, round, .. } | Self::Reassigned { to, round, .. } => {
                Ok(Self::Taken { by: to, at, round })
            }
            _ => self.no(),
        }
    }

    /// 认领: of a small wish, by the unit that comes first.
    pub fn claim(self, by: UnitId, at: Moment) -> Next {
        match self {
            Self::Accepted { round, .. } | Self::Returned { round, .. } => Ok(Self::Taken { by, at, round }),
            _ => self.no(),
        }
    }

    /// 退单
    pub fn hand_back(self, why: Words, at: Moment) -> Next {
        match self {
            Self::Dispatched { to: by, round, .. }
            | Self::Reassigned { to: by, round, .. }
            | Self::Taken { by, round, .. } => Ok(Self::Returned { by, why, at, round }),
            _ => self.no(),
        }
    }

    /// 办理: the unit that took it begins; or the desk does it itself.
    pub fn begin(self, at: Moment) -> Next {
        match self {
            Self::Taken { by, at: since, round } => {
                Ok(Self::Handling { by: Handler::Unit(by), since, round })
            }
            Self::Accepted { round, .. } | Self::Returned { round, .. } => {
                Ok(Self::Handling { by: Handler::Desk, since: at, round })
            }
            _ => self.no(),
        }
    }

    /// 办结
    pub fn resolve(self, how: Words, at: Moment) -> Next {
        let (by, round) = match self {
            Self::Taken { by, round, .. } => (Handler::Unit(by), round),
            Self::Handling { by, round, .. } => (by, round),
            _ => return self.no(),
        };
        Ok(Self::Resolved { resolution: Resolution { by, at, how, on_the_spot: false }, round })
    }

    /// 评单. Not satisfied: whoever settled it does it again; what a stall settled goes to the desk.
    pub fn rate(self, rating: Rating, at: Moment) -> Next {
        match self {
            Self::Resolved { resolution, .. } if rating.is_content() => {
                Ok(Self::Rated { resolution, rating, at })
            }
            Self::Resolved { resolution, round } => Ok(match resolution.by {
                Handler::Stall(_) => Self::Accepted { at, round: round.next() },
                by => Self::Handling { by, since: at, round: round.next() },
            }),
            _ => self.no(),
        }
    }

    /// 并单
    pub fn merge(self, into: SlipCode, at: Moment) -> Next {
        self.running()?;
        Ok(Self::Merged { into, at })
    }

    /// 无法解决
    pub fn give_up(self, why: Words, at: Moment) -> Next {
        self.running()?;
        Ok(Self::Unsolvable { why, at })
    }

    /// 归档. Without the resident's word only after [`RATE_FOR`].
    pub fn file(self, at: Moment) -> Next {
        let outcome = match self {
            Self::Rated { resolution, rating, at } => {
                Outcome::Settled { resolution, rated: Some((rating, at)) }
            }
            Self::Resolved { resolution, .. } if at.since(resolution.at) >= RATE_FOR => {
                Outcome::Settled { resolution, rated: None }
            }
            Self::Merged { into, .. } => Outcome::Merged { into },
            Self::Referred { to, .. } => Outcome::Referred { to },
            Self::Unsolvable { why, .. } => Outcome::Unsolvable { why },
            Self::OutOfScope { why, .. } => Outcome::OutOfScope { why },
            Self::Withdrawn { .. } => Outcome::Withdrawn,
            _ => return self.no(),
        };
        Ok(Self::Filed { outcome, at })
    }

    /// The codes of the verbs that the desk has in this state, in the order in which a page offers them.
    pub fn desk_verbs(&self, now: Moment) -> &'static [&'static str] {
        match self {
            Self::Raised => &["accept", "settle_on_spot", "hear", "refer", "exclude", "merge", "give_up"],
            Self::Accepted { round: Round::First, .. } => {
                &["dispatch", "settle_on_spot", "handle", "hear", "refer", "exclude", "merge", "give_up"]
            }
            Self::Accepted { .. } | Self::Returned { .. } => {
                &["dispatch", "handle", "refer", "exclude", "merge", "give_up"]
            }
            Self::Dispatched { .. } | Self::Reassigned { .. } => {
                &["take", "return", "reassign", "merge", "give_up"]
            }
            Self::Taken { .. } => &["resolve", "handle", "return", "reassign", "merge", "give_up"],
            Self::Handling { by: Handler::Unit(_), .. } => &["resolve", "reassign", "merge", "give_up"],
            Self::Handling { .. } => &["resolve", "merge", "give_up"],
            Self::Resolved { resolution, .. } if now.since(resolution.at) < RATE_FOR => &[],
            Self::Filed { .. } => &[],
            _ => &["file"],
        }
    }
}
