//! What is masked once an appeal has been closed for long: not only what the resident said, but whatever anybody wrote
//! on its way.

use super::mask::Mask;
use super::{Agency, AgencyStep, Care, Outcome, Pause, Resolution, Review, State, Verb, Words};

impl Mask for Verb {
    fn masked(self) -> Self {
        match self {
            Self::SettleOnSpot { how } => Self::SettleOnSpot { how: how.masked() },
            Self::Reassign { to, why } => Self::Reassign { to, why: why.masked() },
            Self::Return { why } => Self::Return { why: why.masked() },
            Self::Resolve { how } => Self::Resolve { how: how.masked() },
            Self::Rate(review) => Self::Rate(review.masked()),
            Self::Refer { to } => Self::Refer { to: to.masked() },
            Self::GiveUp { why } => Self::GiveUp { why: why.masked() },
            Self::Exclude { why } => Self::Exclude { why: why.masked() },
            Self::Inform { words } => Self::Inform { words: words.masked() },
            Self::Plan { agent, steps } => {
                Self::Plan { agent: agent.masked(), steps: steps.into_iter().map(Words::masked).collect() }
            }
            Self::Pause { why } => Self::Pause { why: why.masked() },
            Self::Extend { until, why } => Self::Extend { until, why: why.masked() },
            Self::Urge { words } => Self::Urge { words: words.masked() },
            Self::Supervise { why } => Self::Supervise { why: why.masked() },
            wordless @ (Self::Accept
            | Self::Hear
            | Self::Dispatch { .. }
            | Self::Take
            | Self::Claim
            | Self::Handle
            | Self::Merge { .. }
            | Self::Withdraw
            | Self::File
            | Self::Join { .. }
            | Self::Locate { .. }
            | Self::Tick { .. }
            | Self::Resume) => wordless,
        }
    }
}

impl Mask for State {
    fn masked(self) -> Self {
        match self {
            Self::Reassigned { from, to, why, at, round } => {
                Self::Reassigned { from, to, why: why.masked(), at, round }
            }
            Self::Returned { by, why, at, round } => Self::Returned { by, why: why.masked(), at, round },
            Self::Resolved { resolution, round } => Self::Resolved { resolution: resolution.masked(), round },
            Self::Rated { resolution, rating, at } => {
                Self::Rated { resolution: resolution.masked(), rating, at }
            }
            Self::Referred { to, at } => Self::Referred { to: to.masked(), at },
            Self::Unsolvable { why, at } => Self::Unsolvable { why: why.masked(), at },
            Self::OutOfScope { why, at } => Self::OutOfScope { why: why.masked(), at },
            Self::Filed { outcome, at } => Self::Filed { outcome: outcome.masked(), at },
            wordless @ (Self::Raised
            | Self::Accepted { .. }
            | Self::Dispatched { .. }
            | Self::Taken { .. }
            | Self::Handling { .. }
            | Self::Merged { .. }
            | Self::Withdrawn { .. }) => wordless,
        }
    }
}

impl Mask for Outcome {
    fn masked(self) -> Self {
        match self {
            Self::Settled { resolution, rated } => Self::Settled { resolution: resolution.masked(), rated },
            Self::Referred { to } => Self::Referred { to: to.masked() },
            Self::Unsolvable { why } => Self::Unsolvable { why: why.masked() },
            Self::OutOfScope { why } => Self::OutOfScope { why: why.masked() },
            wordless @ (Self::Merged { .. } | Self::Withdrawn) => wordless,
        }
    }
}

impl Mask for Care {
    fn masked(self) -> Self {
        Self { pause: self.pause.map(Pause::masked), agency: self.agency.map(Agency::masked), ..self }
    }
}

impl Mask for Pause {
    fn masked(self) -> Self {
        Self { why: self.why.masked(), ..self }
    }
}

impl Mask for Agency {
    fn masked(self) -> Self {
        Self { agent: self.agent.masked(), steps: self.steps.into_iter().map(AgencyStep::masked).collect() }
    }
}

impl Mask for AgencyStep {
    fn masked(self) -> Self {
        Self { what: self.what.masked(), ..self }
    }
}

impl Mask for Resolution {
    fn masked(self) -> Self {
        Self { how: self.how.masked(), ..self }
    }
}

impl Mask for Review {
    fn masked(self) -> Self {
        Self { said: self.said.masked(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appeal::{Handler, Rating};
    use crate::{Moment, UnitId};

    const SAID: &str = "请打 13800138000";

    fn words() -> Words {
        Words::parse(SAID).unwrap()
    }

    /// How it stands in the database before and after.
    fn both<T: Mask + serde::Serialize>(kept: T) -> (String, String) {
        (serde_json::to_string(&kept).unwrap(), serde_json::to_string(&kept.masked()).unwrap())
    }

    #[test]
    fn numbers_of_people_go_from_every_text_and_ids_and_times_stay() {
        let at = Moment::from_millis(1_684_000_000_000);
        let (unit, how, why) = (UnitId::new(at, [7; 10]), words(), words());
        let resolution = Resolution { by: Handler::Unit(unit), at, how, on_the_spot: false };
        let said = Review { said: words(), ..Review::from(Rating::Satisfied) };
        let texts = [
            both(Verb::SettleOnSpot { how: words() }),
            both(Verb::Reassign { to: unit, why: words() }),
            both(Verb::Rate(said)),
            both(Verb::Plan { agent: words(), steps: vec![words(), words()] }),
            both(Verb::Extend { until: at, why: words() }),
            both(Verb::Inform { words: words() }),
            both(State::Referred { to: words(), at }),
            both(State::Rated { resolution: resolution.clone(), rating: Rating::Fair, at }),
            both(State::Filed { outcome: Outcome::Settled { resolution, rated: None }, at }),
            both(Care { pause: Some(Pause { since: at, why }), ..Care::default() }),
        ];
        for (before, after) in texts {
            assert!(before.contains(SAID), "{before}");
            assert_eq!(after, before.replace("13800138000", "138********"));
        }
        let (before, after) = both(Verb::Dispatch { to: unit });
        assert_eq!(before, after);
    }
}
