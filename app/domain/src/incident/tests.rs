//! The loop of an incident: what leads where, what must be said, what is counted apart.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::moment::{Day, HOUR};
use proptest::prelude::*;

const NOW: Moment = Moment::from_millis(1_683_945_720_000);

fn deed(words: &str) -> Deed {
    Deed { words: words.into(), helped: vec![Help::Ambulance], at: NOW }
}

fn promise() -> Promise {
    Promise { due: Day::parse("2023-05-16").unwrap(), by: " 社区网格员 ".into() }
}

fn look(found: &str, well: bool) -> Step {
    Step::Look { found: found.into(), well }
}

fn incident(kind: Kind, state: State) -> Incident {
    Incident {
        id: IncidentId::new(NOW, [1; 10]),
        kind,
        spot: Spot::Elsewhere(" 北门 ".into()),
        severity: Severity::Minor,
        words: " 有人绊倒 ".into(),
        point: None,
        happened: NOW.plus(-HOUR),
        written: NOW,
        state,
    }
}

#[test]
fn a_hazard_is_handled_looked_at_and_settled() {
    let serious = |state: State, step| state.step(step, Severity::Serious, NOW);
    let handling = serious(State::Warned, Step::Handle).unwrap();
    assert_eq!(handling, State::Handling);
    assert_eq!(
        serious(handling.clone(), Step::Deal(deed("断电"), None)),
        Err(Refusal::Missing("visit")),
        "more than minor is looked at again"
    );
    assert_eq!(
        serious(handling.clone(), Step::Deal(deed(" "), Some(promise()))),
        Err(Refusal::Missing("done"))
    );
    let visit = serious(handling, Step::Deal(deed("断电"), Some(promise()))).unwrap();
    assert_eq!(visit.due(), Some(promise().due));
    assert!(!visit.is_open());
    assert_eq!(serious(visit.clone(), look("", true)), Err(Refusal::Missing("found")));
    assert_eq!(serious(visit.clone(), look("又松了", false)), Ok(State::Handling), "the loop goes round");
    let settled = serious(visit, look("接线盒换好了", true)).unwrap();
    let State::Settled { visit: Some((kept, found, at)), .. } = &settled else { panic!("{settled:?}") };
    assert_eq!((kept.by.as_str(), found.as_str(), *at), ("社区网格员", "接线盒换好了", NOW));
    assert_eq!(serious(settled, Step::Handle), Err(Refusal::WrongState("settled".into())));
}

#[test]
fn a_small_matter_is_settled_at_once() {
    let settled = State::Handling.step(Step::Deal(deed("擦干了地"), None), Severity::Minor, NOW).unwrap();
    assert!(matches!(settled, State::Settled { visit: None, .. }));
    assert_eq!(settled.code(), "settled");
    assert!(State::Handling.step(look("好了", true), Severity::Minor, NOW).is_err(), "nothing was done yet");
}

#[test]
fn help_that_was_given_is_counted_apart() {
    let all = [
        incident(Kind::Rescue, State::Handling),
        incident(Kind::Gas, State::Warned),
        incident(Kind::Injury, State::Handling),
        incident(Kind::Injury, State::Visit { done: deed("包扎"), promise: promise() }),
        incident(Kind::Lost, State::Settled { done: deed("找到家人"), visit: None }),
    ];
    assert_eq!(figures(&all), Figures { open: 2, visits: 1, settled: 1, rescues: 1 });
}

#[test]
fn texts_are_trimmed_and_nothing_is_written_down_before_it_happens() {
    let sound = incident(Kind::Injury, State::Handling).sound().unwrap();
    assert_eq!((sound.words.as_str(), sound.spot), ("有人绊倒", Spot::Elsewhere("北门".into())));
    let ahead = Incident { happened: NOW.plus(HOUR), ..incident(Kind::Injury, State::Handling) };
    assert_eq!(ahead.sound(), Err(Refusal::Malformed("time")));
    let nowhere = Incident { spot: Spot::Elsewhere(" ".into()), ..incident(Kind::Injury, State::Handling) };
    assert_eq!(nowhere.sound(), Err(Refusal::Missing("place")));
    for point in Point::ALL {
        assert!(Kind::ALL.contains(&Kind::from(*point)));
    }
}

proptest! {
    /// Whatever is tried in whatever order: what is settled stays settled, and what was more than minor was
    /// looked at before it was.
    #[test]
    fn nothing_is_settled_without_a_deed(steps in prop::collection::vec(0_usize..5, 0..12), grave in any::<bool>()) {
        let severity = if grave { Severity::Grave } else { Severity::Minor };
        let mut state = State::Warned;
        for at in steps {
            let step = match at {
                0 => Step::Handle,
                1 => Step::Deal(deed("做了"), None),
                2 => Step::Deal(deed("做了"), Some(promise())),
                3 => look("好了", true),
                _ => look("没好", false),
            };
            let was = state.clone();
            match state.clone().step(step, severity, NOW) {
                Ok(next) => {
                    prop_assert_ne!(was.code(), "settled");
                    state = next;
                }
                Err(_) => state = was,
            }
            if let State::Settled { visit, .. } = &state {
                prop_assert!(visit.is_some() || severity == Severity::Minor);
            }
        }
    }
}
