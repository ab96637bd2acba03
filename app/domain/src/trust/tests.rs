//! Signs, memory, paces and windows as tables and properties.

use proptest::prelude::*;

use super::*;
use crate::encounter::Confidence;
use crate::moment::{HOUR, MINUTE, SECOND};
use crate::{Moment, OrgId, PosterId, Refusal, StallId};

const NOW: Moment = Moment::from_millis(1_683_945_720_000);

fn stall(n: u8) -> StallId {
    StallId::new(NOW, [n; 10])
}

fn tap(n: u8, nonce: u32, phone: Option<u32>) -> Tap {
    let wide = |n: u32| u128::from(n).to_be_bytes();
    Tap {
        poster: PosterId::new(OrgId::from_bytes([1, 2, 3]), [n; 5]),
        stall: stall(n),
        nonce: wide(nonce),
        visitor: phone.map(wide),
        network: None,
        people: 1,
        looked: 5_000,
        capacity: None,
        typed: Typed::Nothing,
        trap: false,
    }
}

fn labels(answer: Answer) -> Labels {
    match answer {
        Answer::Take(labels) => labels,
        Answer::Wait(millis) => panic!("asked to wait {millis} ms"),
    }
}

#[test]
fn what_a_row_with_these_signs_is_worth() {
    use Label::{Crowded, Fast, Hurried, ManyNew, NoCookie, Rounds, Surge, Trap, Verified, WrongCode};
    let table: [(&[Label], Confidence); 16] = [
        (&[], Confidence::Normal),
        (&[Fast], Confidence::Normal),
        (&[Fast, Hurried], Confidence::Normal),
        (&[Rounds], Confidence::Normal),
        (&[ManyNew], Confidence::Normal),
        (&[WrongCode], Confidence::Normal),
        (&[Fast, ManyNew], Confidence::Low),
        (&[Hurried, Rounds], Confidence::Low),
        (&[ManyNew, WrongCode], Confidence::Low),
        (&[NoCookie], Confidence::Low),
        (&[NoCookie, Verified], Confidence::Normal),
        (&[Fast, ManyNew, Verified], Confidence::Normal),
        (&[Crowded], Confidence::Low),
        (&[Surge], Confidence::Low),
        (&[Trap], Confidence::Low),
        (&[Trap, Verified], Confidence::Low),
    ];
    for (signs, worth) in table {
        assert_eq!(signs.iter().copied().collect::<Labels>().confidence(), worth, "{signs:?}");
    }
}

#[test]
fn where_each_sign_begins() {
    let rules = Rules { surge: 10, ..Rules::default() };
    let fine = Evidence { cookie: true, looked: 1_500, ..Evidence::default() };
    let table = [
        (fine, None),
        (Evidence { looked: 1_499, ..fine }, Some(Label::Fast)),
        (Evidence { looked: -1, ..fine }, None),
        (Evidence { cookie: false, ..fine }, Some(Label::NoCookie)),
        (Evidence { since_other: Some(19_999), ..fine }, Some(Label::Hurried)),
        (Evidence { since_other: Some(20_000), ..fine }, None),
        (Evidence { stalls: 12, ..fine }, None),
        (Evidence { stalls: 13, ..fine }, Some(Label::Rounds)),
        (Evidence { new_here: 60, ..fine }, None),
        (Evidence { new_here: 61, ..fine }, Some(Label::ManyNew)),
        (Evidence { minute: 11, ..fine }, Some(Label::Surge)),
        (Evidence { quarter: 9, capacity: Some(3), ..fine }, None),
        (Evidence { quarter: 10, capacity: Some(3), ..fine }, Some(Label::Crowded)),
        (Evidence { quarter: 9_000, ..fine }, None),
        (Evidence { typed: Typed::Right, ..fine }, Some(Label::Verified)),
        (Evidence { typed: Typed::Wrong, ..fine }, Some(Label::WrongCode)),
        (Evidence { trap: true, ..fine }, Some(Label::Trap)),
    ];
    for (evidence, sign) in table {
        assert_eq!(rules.signs(&evidence), sign.into_iter().collect(), "{evidence:?}");
    }
    let off = Rules {
        dwell: 0,
        hurry: 0,
        rounds: 0,
        many_new: 0,
        surge: 0,
        phone_taps: 0,
        poster_rate: 0,
        ..rules
    };
    let wild = Evidence { looked: 0, since_other: Some(0), stalls: 99, new_here: 999, minute: 999, ..fine };
    assert_eq!(off.signs(&wild), Labels::NONE);
}

#[test]
fn one_phone_is_asked_to_wait_after_twelve_taps_and_its_neighbours_are_not() {
    let (mut watch, rules) = (Watch::default(), Rules::default());
    for nth in 0..12 {
        labels(watch.judge(&tap(1, nth, Some(1)), &rules, NOW.plus(i64::from(nth) * SECOND)));
    }
    let later = NOW.plus(5 * MINUTE - 1);
    assert_eq!(watch.judge(&tap(1, 99, Some(1)), &rules, later), Answer::Wait(5 * MINUTE + 1));
    assert_eq!(watch.judge(&tap(1, 3, Some(1)), &rules, later), Answer::Take(Labels::NONE), "sent again");
    labels(watch.judge(&tap(1, 100, Some(2)), &rules, later));
    labels(watch.judge(&tap(1, 99, Some(1)), &rules, NOW.plus(10 * MINUTE)));
}

#[test]
fn a_busy_poster_is_taken_and_a_flood_waits() {
    let mut watch = Watch::default();
    for nth in 0..1_000 {
        let at = NOW.plus(i64::from(nth) * 60);
        let one = Tap { network: Some(1), ..tap(1, nth, Some(nth)) };
        let worth = labels(watch.judge(&one, &Rules::default(), at)).confidence();
        assert_eq!(worth, Confidence::Normal, "a thousand phones of one network in a minute count");
    }
    let (mut watch, paper) =
        (Watch::default(), Rules { poster_rate: 3, poster_burst: 60, ..Rules::default() });
    for nth in 0..60 {
        labels(watch.judge(&tap(1, nth, Some(nth)), &paper, NOW));
    }
    assert_eq!(watch.judge(&tap(1, 60, Some(60)), &paper, NOW), Answer::Wait(334));
    labels(watch.judge(&tap(2, 61, Some(61)), &paper, NOW));
    labels(watch.judge(&tap(1, 60, Some(60)), &paper, NOW.plus(334)));
}

#[test]
fn a_loop_with_fresh_cookies_is_held_back_after_the_first_minute_and_people_beside_it_are_not() {
    let (mut watch, rules) = (Watch::default(), Rules::default());
    let robot = |nth| Tap { network: Some(1), looked: 20, ..tap(1, nth, Some(nth)) };
    let held = (0..200)
        .filter(|nth| labels(watch.judge(&robot(*nth), &rules, NOW)).confidence() == Confidence::Low)
        .count();
    assert_eq!(held, 140);
    let person = Tap { network: Some(1), ..tap(1, 500, Some(500)) };
    assert_eq!(labels(watch.judge(&person, &rules, NOW)).confidence(), Confidence::Normal);
}

#[test]
fn a_stall_is_crowded_at_three_times_what_it_serves() {
    let mut watch = Watch::default();
    let pace = Pace::of(Some(15), 2, false).unwrap();
    let one = |nth| Tap { capacity: pace.capacity(), ..tap(1, nth, Some(nth)) };
    let signs: Vec<Labels> =
        (0..8).map(|nth| labels(watch.judge(&one(nth), &Rules::default(), NOW))).collect();
    let crowded = |labels: &Labels| labels.has(Label::Crowded);
    assert_eq!(signs.iter().map(crowded).collect::<Vec<_>>(), [[false; 6].as_slice(), &[true; 2]].concat());
    let later = NOW.plus(15 * MINUTE);
    assert_eq!(labels(watch.judge(&one(9), &Rules::default(), later)), Labels::NONE);
}

#[test]
fn a_clock_that_jumps_locks_nobody_out() {
    let (mut watch, rules) = (Watch::default(), Rules::default());
    for nth in 0..12 {
        labels(watch.judge(&tap(1, nth, Some(1)), &rules, NOW.plus(40 * 24 * HOUR)));
    }
    labels(watch.judge(&tap(1, 20, Some(1)), &rules, NOW));
    labels(watch.judge(&tap(1, 21, Some(1)), &rules, NOW.plus(-HOUR)));
}

#[test]
fn a_pace_makes_sense_and_tells_how_many_it_serves() {
    let served = |minutes, hands| Pace::of(minutes, hands, false).map(|pace| pace.capacity());
    assert_eq!(served(None, 0), Ok(None));
    assert_eq!(served(Some(20), 1), Ok(Some(1)));
    assert_eq!(served(Some(10), 2), Ok(Some(3)));
    assert_eq!(served(Some(1), 50), Ok(Some(750)));
    let alarm = |minutes, n| Pace::of(minutes, 1, false).unwrap().is_alarm(n);
    assert!(!alarm(None, 150) && alarm(None, 151) && !alarm(Some(5), 3) && alarm(Some(5), 4));
    assert_eq!(served(Some(0), 1), Err(Refusal::Malformed("minutes")));
    assert_eq!(served(Some(121), 1), Err(Refusal::Malformed("minutes")));
    assert_eq!(served(Some(5), 0), Err(Refusal::Malformed("hands")));
}

#[test]
fn a_reason_is_some_words() {
    assert_eq!(Reason::of(" 现场看过 ").unwrap().as_str(), "现场看过");
    assert_eq!(Reason::of("  "), Err(Refusal::Malformed("reason")));
    assert_eq!(Reason::of(&"长".repeat(MOST_WORDS + 1)), Err(Refusal::TooLong("reason")));
    assert_eq!(Reason::of("a\nb"), Err(Refusal::Malformed("reason")));
}

#[test]
fn a_window_is_decided_when_nobody_can_take_a_visit_back() {
    let from = NOW.bucket(WINDOW);
    let last = from.plus(WINDOW - 1);
    assert!(ripe_at(from).since(last) > crate::encounter::UNDO_FOR);
    assert_eq!(Key { stall: stall(1), from, labels: Labels::NONE }.until(), from.plus(WINDOW));
}

proptest! {
    #[test]
    fn labels_read_back_and_another_sign_never_makes_a_row_more_believed(bits in prop::collection::vec(0..10_usize, 0..10), more in 1..10_usize) {
        let labels: Labels = bits.iter().map(|at| Label::ALL[*at]).collect();
        prop_assert_eq!(labels.to_string().parse::<Labels>(), Ok(labels));
        if labels.confidence() == Confidence::Low {
            prop_assert_eq!(labels.with(Label::ALL[more]).confidence(), Confidence::Low);
        }
    }

    #[test]
    fn the_same_form_gets_the_same_answer_and_moves_nothing(
        taps in prop::collection::vec((0..3_u8, 0..40_u32, prop::option::of(0..5_u32), 0..3_000_i64), 1..60),
        again in 0..60_usize,
    ) {
        let rules = Rules { surge: 20, many_new: 3, ..Rules::default() };
        let make = |(at, nonce, phone, looked): &(u8, u32, Option<u32>, i64)| {
            Tap { looked: *looked, network: Some(7), ..tap(*at, *nonce, *phone) }
        };
        let (mut once, mut twice) = (Watch::default(), Watch::default());
        for (nth, one) in taps.iter().enumerate() {
            let at = NOW.plus(nth as i64 * 100);
            let first = once.judge(&make(one), &rules, at);
            prop_assert_eq!(twice.judge(&make(one), &rules, at), first);
            if nth == again {
                prop_assert_eq!(twice.judge(&make(one), &rules, at), first);
            }
        }
    }

    #[test]
    fn nobody_is_refused_by_an_address(phones in 1..400_u32) {
        let mut watch = Watch::default();
        for nth in 0..phones {
            let one = Tap { network: Some(1), looked: 0, ..tap(1, nth, None) };
            prop_assert!(matches!(watch.judge(&one, &Rules::default(), NOW), Answer::Take(_)));
        }
    }
}
