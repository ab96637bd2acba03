//! Stories and properties of the call.

use proptest::prelude::*;

use super::*;
use crate::entry::{Entry, Needs, Way};
use crate::{ClaimId, EntryId, UnitId};

const NOW: Moment = Moment::from_millis(1_700_000_000_000);

fn entry() -> EntryId {
    EntryId::new(NOW, [1; 10])
}

fn accepted() -> State {
    State::New.prepare(Decision::Accept).unwrap().tell(entry(), true, NOW).unwrap()
}

#[test]
fn a_decision_is_prepared_before_it_is_told() {
    assert!(State::New.tell(entry(), true, NOW).is_err(), "nothing to tell");
    let prepared = State::New.prepare(Decision::Decline(" 本周已有两家 ".into())).unwrap();
    assert_eq!(prepared.clone().reconsider(), Ok(State::New));
    let told = prepared.prepare(Decision::Accept).unwrap().tell(entry(), true, NOW).unwrap();
    assert_eq!(told, State::Accepted { entry: entry(), told: NOW });
    assert!(told.prepare(Decision::Waitlist).is_err(), "told is told");
    let no = State::New.prepare(Decision::Decline(" 本周已有两家 ".into())).unwrap();
    assert_eq!(no.tell(entry(), true, NOW), Ok(State::Declined { reason: "本周已有两家".into() }));
    assert_eq!(State::New.prepare(Decision::Decline("  ".into())), Err(Refusal::Missing("reason")));
}

#[test]
fn who_is_accepted_without_a_place_waits_and_moves_up() {
    let waits = State::New.prepare(Decision::Accept).unwrap().tell(entry(), false, NOW).unwrap();
    assert_eq!(waits, State::Waitlisted { told: NOW });
    let thought_over = waits.clone().prepare(Decision::Accept).unwrap();
    assert_eq!(thought_over.reconsider(), Ok(waits.clone()), "it waits as before");
    assert_eq!(waits.promote(entry(), NOW).unwrap().entry(), Some(entry()));
    assert!(State::New.promote(entry(), NOW).is_err());
}

#[test]
fn leaving_goes_by_the_policy() {
    let gone = |state: &State| matches!(state, State::Withdrawn { by: Side::Unit, .. });
    assert!(gone(&accepted().leave(Policy::Free, "").unwrap()));
    assert!(gone(&State::New.leave(Policy::Booked, "").unwrap()));
    assert_eq!(State::New.leave(Policy::All, "有会").unwrap().code(), "leaving");
    let asks = accepted().confirm(NOW).unwrap().leave(Policy::Booked, "有会").unwrap();
    assert_eq!(asks.entry(), Some(entry()), "it still has its place");
    assert_eq!(asks.clone().answer(false).unwrap().code(), "confirmed");
    assert!(gone(&asks.answer(true).unwrap()));
}

#[test]
fn confirming_twice_is_no_mistake_and_striking_needs_a_reason() {
    let sure = accepted().confirm(NOW).unwrap();
    assert_eq!(sure.clone().confirm(NOW.plus(5)), Ok(sure.clone()));
    assert_eq!(sure.clone().strike(" "), Err(Refusal::Missing("reason")));
    let struck = sure.strike("两次未到").unwrap();
    assert!(!struck.is_living() && struck.entry().is_none());
    assert!(struck.strike("again").is_err());
}

#[test]
fn wants_and_calls_are_checked() {
    let want = Want {
        id: crate::WantId::new(NOW, [1; 10]),
        title: " 义诊 ".into(),
        zone: String::new(),
        detail: String::new(),
        seats: 2,
        taken: 1,
    };
    let sound = want.clone().sound().unwrap();
    assert_eq!((sound.title.as_str(), sound.left()), ("义诊", 1));
    assert_eq!(Want { seats: 0, ..want.clone() }.sound(), Err(Refusal::Malformed("seats")));
    assert_eq!(Want { title: " ".into(), ..want }.sound(), Err(Refusal::Missing("title")));
    let call = Call { listed: true, ..Call::blank(NOW) };
    assert!(call.is_open(NOW.plus(-1)) && !call.is_open(NOW));
    assert!(!Call::blank(NOW).is_open(NOW.plus(-1)), "not listed");
    for policy in Policy::ALL {
        assert_eq!(Policy::from_code(policy.code()), Ok(policy));
    }
}

fn presence(n: u8, unit: bool) -> Entry {
    Entry {
        id: EntryId::new(NOW, [n; 10]),
        unit: unit.then(|| UnitId::new(NOW, [n; 10])),
        unit_name: String::new(),
        name: "义诊".into(),
        zone: String::new(),
        services: Vec::new(),
        needs: Needs::default(),
        wishes: Vec::new(),
        way: Way::Bid,
        arrived: false,
    }
}

#[test]
fn what_may_go_wrong_is_named() {
    let entries = [presence(1, true), presence(2, false), presence(3, true), presence(4, true)];
    let claim = |n: u8, state| Claim {
        id: ClaimId::new(NOW, [n; 10]),
        unit: UnitId::new(NOW, [n; 10]),
        unit_name: String::new(),
        ask: Ask::Offer,
        pitch: Pitch::default(),
        state,
        made: NOW,
    };
    let silent = State::Accepted { entry: entries[0].id, told: NOW.plus(-7 * 3_600_000) };
    let fresh = State::Accepted { entry: entries[2].id, told: NOW };
    let found = risks(
        &entries,
        &[claim(1, silent), claim(3, fresh)],
        NOW,
        |id| id != entries[3].id,
        |entry| i64::from(entry.id == entries[3].id) * 2,
    );
    let expected = vec![
        (entries[0].id, vec![Risk::Silent(7)]),
        (entries[1].id, vec![Risk::NoUnit]),
        (entries[3].id, vec![Risk::NoStall, Risk::StaysAway(2)]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn who_was_told_a_while_ago_is_counted_once_until_it_is_there() {
    let mut entries = [presence(1, true), presence(2, true), presence(3, true)];
    let told = |n: u8, unit: u8, told: Moment| Claim {
        id: ClaimId::new(NOW, [n; 10]),
        unit: UnitId::new(NOW, [unit; 10]),
        unit_name: String::new(),
        ask: Ask::Offer,
        pitch: Pitch::default(),
        state: State::Accepted { entry: EntryId::new(NOW, [n; 10]), told },
        made: NOW,
    };
    let lately = NOW.plus(-5 * crate::moment::HOUR);
    let claims = [told(1, 1, lately), told(2, 1, NOW), told(3, 3, NOW.plus(-GRACE * crate::moment::HOUR))];
    assert_eq!(fresh(&entries, &claims, NOW), [UnitId::new(NOW, [1; 10])]);
    entries[0].arrived = true;
    entries[1].arrived = true;
    assert!(fresh(&entries, &claims, NOW).is_empty());
}

proptest! {
    /// Whatever is done in whatever order: a place is held exactly by those who have an entry, and what is gone
    /// stays gone.
    #[test]
    fn nothing_comes_back_from_the_dead(steps in prop::collection::vec(0_u8..9, 0..40)) {
        let mut state = State::New;
        for step in steps {
            let before = state.clone();
            let next = match step {
                0 => state.prepare(Decision::Accept),
                1 => state.prepare(Decision::Waitlist),
                2 => state.prepare(Decision::Decline("满了".into())),
                3 => state.tell(entry(), true, NOW),
                4 => state.tell(entry(), false, NOW),
                5 => state.promote(entry(), NOW),
                6 => state.confirm(NOW),
                7 => state.leave(Policy::Booked, "有会"),
                _ => state.answer(true),
            };
            state = next.unwrap_or_else(|_| before.clone());
            prop_assert!(before.is_living() || state == before);
            let holds = matches!(state.code(), "accepted" | "confirmed")
                || matches!(&state, State::Leaving { from, .. } if from.entry().is_some());
            prop_assert_eq!(state.entry().is_some(), holds);
            let text = serde_json::to_string(&state).unwrap();
            prop_assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state.clone());
        }
    }
}
