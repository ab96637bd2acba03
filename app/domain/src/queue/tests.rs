//! A number's way, and what is said of waiting.

use proptest::prelude::*;

use super::*;

const NOW: Moment = Moment::from_millis(1_683_945_720_000);
const FRESH: State = State::Waiting { place: 1, missed: false };

fn queue(capacity: i64, minutes: Option<i64>, called_at: Option<Moment>) -> Queue {
    let stall = StallId::new(NOW, [1; 10]);
    let terms = Terms::new(capacity, minutes).unwrap();
    Queue { stall, standing: Standing::Open, terms, steps: 0, called_at, turned_away: 0 }
}

#[test]
fn who_is_not_there_goes_to_the_end_once_and_then_lapses() {
    let first = FRESH.call(NOW).unwrap();
    let end = first.mark(Mark::Missed, 9, NOW).unwrap();
    assert_eq!(end, State::Waiting { place: 9, missed: true });
    let second = end.call(NOW).unwrap();
    assert_eq!(second.mark(Mark::Missed, 10, NOW), Ok(State::Lapsed { at: NOW }));
    assert_eq!(second.mark(Mark::Served, 10, NOW), Ok(State::Served { at: NOW }));
}

#[test]
fn what_is_over_stays_over() {
    for over in [State::Served { at: NOW }, State::Lapsed { at: NOW }, State::GivenUp { at: NOW }] {
        assert!(!over.is_living() && over.place().is_none());
        assert!(over.call(NOW).is_err() && over.mark(Mark::Served, 2, NOW).is_err());
        assert_eq!(over.give_up(NOW).is_ok(), matches!(over, State::GivenUp { .. }));
    }
    assert!(FRESH.mark(Mark::Served, 2, NOW).is_err(), "nobody is served who was not called");
}

#[test]
fn the_wait_is_told_only_when_it_is_known() {
    let called = Some(NOW);
    assert_eq!(queue(2, Some(10), called).wait(5, 2, NOW), Some(30));
    assert_eq!(queue(2, Some(10), called).wait(0, 1, NOW), Some(0));
    assert_eq!(queue(2, None, called).wait(5, 2, NOW), None, "nobody said how long one takes");
    assert_eq!(queue(2, Some(10), None).wait(5, 0, NOW), None, "calling has not begun");
    let long_ago = Some(NOW.plus(-31 * MINUTE));
    assert_eq!(queue(2, Some(10), long_ago).wait(5, 2, NOW), None, "calling stalls");
    assert!(Terms::new(0, None).is_err() && Terms::new(21, None).is_err() && Terms::new(1, Some(0)).is_err());
}

proptest! {
    #[test]
    fn every_number_ends_in_a_few_steps(marks: Vec<bool>) {
        let mut state = FRESH;
        let mut misses = 0;
        for (end, served) in (2..).zip(marks) {
            if !state.is_living() {
                break;
            }
            misses += i64::from(!served);
            let mark = if served { Mark::Served } else { Mark::Missed };
            state = state.call(NOW).unwrap().mark(mark, end, NOW).unwrap();
            prop_assert_eq!(state.is_living(), !served && misses < 2);
        }
    }

    #[test]
    fn who_came_later_never_waits_less(places in prop::collection::btree_set(1_i64..60, 1..20), called in 0_i64..4) {
        let number = |place: i64| Number {
            number: place,
            code: SlipCode::new([0; 4]),
            state: State::Waiting { place, missed: false },
        };
        let living: Vec<Number> = places.into_iter().map(number).collect();
        let queue = queue(3, Some(5), Some(NOW));
        let waits: Vec<i64> =
            living.iter().map(|own| queue.wait(before(own, &living).0, called, NOW).unwrap()).collect();
        prop_assert!(waits.is_sorted());
    }
}
