//! A row of the ledger: what it may say, and how it is taken back.

use super::*;
use crate::actor::{Device, Resident};

const NOW: Moment = Moment::from_millis(1_683_945_720_000);

fn device() -> Device {
    let org = OrgId::from_bytes([1, 2, 3]);
    Device {
        org,
        market: MarketId::new(NOW, [1; 10]),
        stall: StallId::new(NOW, [2; 10]),
        link: LinkId::new(org, [3; 5]),
    }
}

fn tap(record: &str, n: i64, at: Moment) -> Result<Encounter, Refusal> {
    Encounter::tap(EncounterId::new(NOW, [4; 10]), &device(), record, Kind::Consult, n, at, NOW)
}

#[test]
fn a_tap_stands_for_one_to_twenty_people_and_never_for_the_future() {
    assert!(tap("a", 1, NOW).is_ok() && tap("a", 20, NOW).is_ok());
    assert!(tap("a", 0, NOW).is_err() && tap("a", 21, NOW).is_err() && tap("a", -1, NOW).is_err());
    assert!(tap("", 1, NOW).is_err() && tap("a:b", 1, NOW).is_err() && tap(&"a".repeat(65), 1, NOW).is_err());
    assert_eq!(tap("a", 1, NOW.plus(40 * 24 * 60 * MINUTE)).unwrap().at, NOW);
    assert!(tap("a", 1, NOW.plus(-LATE_AFTER - 1)).unwrap().is_late());
}

#[test]
fn a_scan_without_a_cookie_waits_for_review() {
    let Device { org, market, stall, link } = device();
    let resident = Resident { org, market, stall, poster: link };
    let scan =
        |n, visitor| Encounter::scan(EncounterId::new(NOW, [4; 10]), &resident, n, [5; 16], visitor, NOW);
    assert_eq!(scan(1, Some([6; 16])).unwrap().confidence, Confidence::Normal);
    assert_eq!(scan(1, None).unwrap().confidence, Confidence::Low);
    assert!(scan(0, None).is_err() && scan(MAX_GROUP + 1, None).is_err());
}

#[test]
fn a_row_is_taken_back_whole_once_and_in_time() {
    let row = tap("a", 5, NOW).unwrap();
    let id = EncounterId::new(NOW, [7; 10]);
    let soon = NOW.plus(UNDO_FOR);
    let counter = row.counter(id, soon, soon).unwrap();
    assert_eq!((counter.n, counter.refers_to, counter.at), (-5, Some(row.id), row.at));
    assert!(counter.counter(id, soon, soon).is_err(), "a counter-entry stays");
    let late = NOW.plus(UNDO_FOR + 1);
    assert_eq!(row.counter(id, late, late), Err(Refusal::Expired));
    assert!(row.counter(id, soon, late).is_ok(), "taken back in time, told late");
}
