//! 代办, 调解: an errand or a mediation in steps that somebody, named by a role, goes through for the resident and ticks
//! off one by one.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::{Moment, Refusal};

/// The most steps of an errand.
pub const MOST_STEPS: usize = 12;
/// The most characters of a step, and of the agent's role.
pub const MAX_STEP: usize = 60;

/// One step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgencyStep {
    /// What is done.
    pub what: Words,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Moment>,
}

/// Who does it, and in which steps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agency {
    /// `社区代办员`, `人民调解员`: a role, never a person's name.
    pub agent: Words,
    /// In order.
    pub steps: Vec<AgencyStep>,
}

impl Agency {
    /// Reads a form: the agent, and a line a step.
    pub fn read(agent: &str, lines: &str) -> Result<(Words, Vec<Words>), Refusal> {
        let short = |text: &str| {
            if text.chars().count() > MAX_STEP { Err(Refusal::TooLong("step")) } else { Words::some(text) }
        };
        let lines: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return Err(Refusal::Missing("step"));
        }
        if lines.len() > MOST_STEPS {
            return Err(Refusal::TooLong("steps"));
        }
        Ok((short(agent.trim())?, lines.into_iter().map(short).collect::<Result<_, _>>()?))
    }

    /// The plan as it is from now on; a step that was done under the same words stays done.
    pub(super) fn planned(before: Option<&Self>, agent: Words, steps: Vec<Words>) -> Self {
        let done =
            |what: &Words| before?.steps.iter().find(|step| step.what == *what).and_then(|step| step.done_at);
        let steps = steps.into_iter().map(|what| AgencyStep { done_at: done(&what), what }).collect();
        Self { agent, steps }
    }

    /// The first step that is not done, with its place.
    pub fn next(&self) -> Option<(usize, &AgencyStep)> {
        self.steps.iter().enumerate().find(|(_, step)| step.done_at.is_none())
    }

    /// Ticks a step off, once.
    pub(super) fn tick(&mut self, step: usize, at: Moment) -> Result<(), Refusal> {
        let step = self.steps.get_mut(step).ok_or(Refusal::Malformed("step"))?;
        match step.done_at {
            None => step.done_at = Some(at),
            Some(_) => return Err(Refusal::WrongState("ticked".into())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_a_line_a_step_and_what_was_done_stays_done() {
        let (agent, steps) = Agency::read(" 社区代办员 ", "取材料\n\n 交窗口 \r\n领证").unwrap();
        assert_eq!(steps.iter().map(Words::as_str).collect::<Vec<_>>(), ["取材料", "交窗口", "领证"]);
        let mut agency = Agency::planned(None, agent.clone(), steps);
        let at = Moment::from_millis(5);
        agency.tick(0, at).unwrap();
        assert!(agency.tick(0, at).is_err() && agency.tick(9, at).is_err());
        assert_eq!(agency.next().unwrap().0, 1);
        let (_, longer) = Agency::read("社区代办员", "取材料\n补照片\n领证").unwrap();
        let again = Agency::planned(Some(&agency), agent, longer);
        assert_eq!(again.steps.iter().map(|step| step.done_at).collect::<Vec<_>>(), [Some(at), None, None]);
    }

    #[test]
    fn a_plan_needs_a_role_and_steps_of_a_line() {
        assert_eq!(Agency::read("", "取材料"), Err(Refusal::Missing("words")));
        assert_eq!(Agency::read("代办员", " \n"), Err(Refusal::Missing("step")));
        assert_eq!(Agency::read("代办员", &"步\n".repeat(MOST_STEPS + 1)), Err(Refusal::TooLong("steps")));
        assert_eq!(Agency::read("代办员", &"步".repeat(MAX_STEP + 1)), Err(Refusal::TooLong("step")));
    }
}
