//! The estimate: exact where all was seen, narrower with more looks, never below what was seen.

use proptest::prelude::*;

use super::*;
use crate::moment::HOUR;

const OPENS: Moment = Moment::from_millis(1_683_939_600_000);
const CLOSES: Moment = OPENS.plus(3 * HOUR);

fn look(method: Method, place: &str, from: i64, minutes: i64, came: i64) -> Look {
    let from = OPENS.plus(from * MINUTE);
    let to = from.plus(minutes * MINUTE);
    Look { id: CountId::new(from, [1; 10]), method, place: place.into(), from, to, came, went: 0 }
}

fn sampled(minutes: i64, counts: &[i64]) -> Option<Estimate> {
    let every = 180 / i64::try_from(counts.len().max(1)).unwrap();
    let looks: Vec<Look> = (0..)
        .zip(counts)
        .map(|(nth, came)| look(Method::Sample, "东门", nth * every, minutes, *came))
        .collect();
    estimate(Method::Sample, &looks, OPENS, CLOSES)
}

#[test]
fn twenty_minutes_of_every_hour_are_a_third_of_the_day() {
    let seen = sampled(20, &[200, 240, 220]).unwrap();
    assert_eq!((seen.visitors, seen.seen, seen.looks), (660 * 3, 660, 3));
    assert!(seen.low < 1980 && seen.high > 1980 && seen.low >= 660, "{seen:?}");
    let finer = sampled(10, &[105, 115, 120, 110, 108, 112]).unwrap();
    assert_eq!(finer.visitors, 670 * 3);
    assert!(finer.high - finer.low < seen.high - seen.low, "{finer:?} {seen:?}");
}

#[test]
fn who_came_before_opening_is_counted_and_carried_over_to_nothing() {
    let looks = [look(Method::Sample, "门", -40, 20, 50), look(Method::Sample, "门", 0, 90, 100)];
    let told = estimate(Method::Sample, &looks, OPENS, CLOSES).unwrap();
    assert_eq!((told.visitors, told.seen), (250, 150));
}

#[test]
fn one_look_says_little_and_none_nothing() {
    let one = sampled(20, &[200]).unwrap();
    assert_eq!((one.low, one.visitors, one.high), (200, 1800, 3400));
    assert_eq!(sampled(20, &[]), None);
    assert_eq!(estimate(Method::Sample, &[look(Method::Sample, "门", 0, 20, 9)], CLOSES, OPENS), None);
}

#[test]
fn counters_at_one_gate_add_up_and_gates_do_too() {
    let looks = [
        look(Method::Gate, "东门", 0, 180, 700),
        look(Method::Gate, "东门", 0, 180, 300),
        look(Method::Gate, "西门", 0, 90, 250),
        look(Method::Gate, "西门", 90, 90, 150),
    ];
    let all = estimate(Method::Gate, &looks, OPENS, CLOSES).unwrap();
    assert_eq!((all.low, all.visitors, all.high), (1400, 1400, 1400), "watched throughout it is exact");
    let half = estimate(Method::Gate, &looks[..3], OPENS, CLOSES).unwrap();
    assert_eq!((half.visitors, half.seen), (1500, 1250));
    assert!(half.low < 1500 && half.high > 1500);
}

#[test]
fn a_walk_adds_its_zones_and_is_turned_over_by_a_stated_stay() {
    let walk = |at, came: [i64; 2]| {
        [look(Method::Walk, "A", at, 0, came[0]), look(Method::Walk, "B", at, 0, came[1])]
    };
    let looks = [walk(30, [100, 60]), walk(90, [120, 80]), walk(150, [110, 70])].concat();
    let told = estimate(Method::Walk, &looks, OPENS, CLOSES).unwrap();
    assert_eq!((told.visitors, told.looks, told.seen), (180 * 4, 3, 200));
    assert!(told.low < 720 && told.high > 720 && told.low >= 200);
    assert_eq!(best(&looks, OPENS, CLOSES).map(|told| told.method), Some(Method::Walk));
}

#[test]
fn who_is_inside_is_known_at_gates_and_never_negative() {
    let mut looks = [look(Method::Gate, "东门", 0, 60, 90), look(Method::Sample, "东门", 0, 20, 500)];
    looks[0].went = 40;
    assert_eq!(inside(&looks), 50);
    looks[0].went = 140;
    assert_eq!(inside(&looks), 0);
}

#[test]
fn a_look_has_a_place_a_time_and_people() {
    assert_eq!(look(Method::Gate, "东门", 0, 20, 5).check(), Ok(()));
    assert_eq!(look(Method::Walk, "A", 0, 0, 5).check(), Ok(()));
    assert!(look(Method::Gate, "东门", 0, 0, 5).check().is_err());
    assert!(look(Method::Gate, " ", 0, 20, 5).check().is_err());
    assert!(look(Method::Gate, "东门", 0, 20, -1).check().is_err());
    assert!(look(Method::Gate, &"门".repeat(41), 0, 20, 1).check().is_err());
}

proptest! {
    /// Sampled wholly, the estimate is the count and has no error.
    #[test]
    fn all_seen_is_exact(counts in proptest::collection::vec(0_i64..3000, 1..10)) {
        let width = 180 / i64::try_from(counts.len()).unwrap();
        let last = 180 - width * (i64::try_from(counts.len()).unwrap() - 1);
        let looks: Vec<Look> = (0..)
            .zip(&counts)
            .map(|(nth, came)| {
                let minutes = if nth as usize + 1 == counts.len() { last } else { width };
                look(Method::Sample, "门", nth * width, minutes, *came)
            })
            .collect();
        let told = estimate(Method::Sample, &looks, OPENS, CLOSES).unwrap();
        let all: i64 = counts.iter().sum();
        prop_assert_eq!((told.low, told.visitors, told.high), (all, all, all));
    }

    /// The same looks taken twice as often say the same, and say it more surely.
    #[test]
    fn more_looks_are_surer(counts in proptest::collection::vec(0_i64..3000, 1..6)) {
        let twice: Vec<i64> = counts.iter().chain(&counts).copied().collect();
        let (once, twice) = (sampled(10, &counts).unwrap(), sampled(10, &twice).unwrap());
        prop_assert!((once.visitors - twice.visitors).abs() <= 1);
        prop_assert!(twice.high - twice.low <= once.high - once.low + 1, "{once:?} {twice:?}");
    }

    /// Whatever was keyed in: nothing negative, in order, and never less than was seen.
    #[test]
    fn never_negative_and_in_order(
        looks in proptest::collection::vec((0_usize..3, 0_i64..3, -60_i64..240, 0_i64..90, 0_i64..=MOST), 0..30)
    ) {
        let looks: Vec<Look> = looks
            .into_iter()
            .map(|(method, place, from, minutes, came)| {
                look(Method::ALL[method], &place.to_string(), from, minutes, came)
            })
            .collect();
        for method in Method::ALL {
            if let Some(told) = estimate(method, &looks, OPENS, CLOSES) {
                prop_assert!(0 <= told.seen && told.seen <= told.low, "{told:?}");
                prop_assert!(told.low <= told.visitors && told.visitors <= told.high, "{told:?}");
            }
        }
    }
}
