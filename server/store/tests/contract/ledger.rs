//! The ledger: what counts, exactly once, whatever comes twice, late, together or never.

use kaishi_domain::actor::{Device, Resident};
use kaishi_domain::batch::{Outcome, Record, Why};
use kaishi_domain::chance::Seeded;
use kaishi_domain::encounter::{Encounter, Kind, RecordKind};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::{EncounterId, MarketId, MarketRef, Moment, Refusal, StallId};
use kaishi_store::{Error, Recorded};

use crate::house::{House, NOW, on_both};

/// A house with stalls to be served at.
pub struct Street {
    pub house: House,
    pub stalls: Vec<StallId>,
}

impl Street {
    pub async fn build(store: kaishi_store::Store, stalls: usize) -> Self {
        let house = House::build(store).await;
        let mut ids = Vec::new();
        for no in 1..=stalls {
            let id = StallId::new(NOW, house.random());
            house.store.stall_add(&house.by, house.market.market, id, &no.to_string(), "A").await.unwrap();
            ids.push(id);
        }
        Self { house, stalls: ids }
    }

    pub fn device(&self, stall: usize) -> Device {
        Device {
            org: self.house.org,
            market: self.house.market.market,
            stall: self.stalls[stall],
            link: kaishi_domain::LinkId::new(self.house.org, [stall as u8; 5]),
        }
    }

    pub fn scan_at(&self, stall: StallId, nonce: u64, visitor: Option<u64>, now: Moment) -> Encounter {
        let resident = Resident {
            org: self.house.org,
            market: self.house.market.market,
            stall,
            poster: kaishi_domain::PosterId::new(self.house.org, [1; 5]),
        };
        let wide = |n: u64| u128::from(n).to_be_bytes();
        let id = EncounterId::new(now, self.house.random());
        Encounter::scan(id, &resident, 1, wide(nonce), visitor.map(wide), now).unwrap()
    }

    pub fn scan(&self, stall: usize, nonce: u64, visitor: Option<u64>) -> Encounter {
        self.scan_at(self.stalls[stall], nonce, visitor, NOW)
    }

    /// Total, pending review, talks, late.
    async fn figures(&self, now: Moment) -> (i64, i64, i64, i64) {
        let seen = self.house.store.snapshot(self.house.market, now).await.unwrap();
        let split = seen.encounters;
        assert_eq!(split.total, split.scan + split.staff + split.paper);
        assert_eq!(split.total, seen.stalls.iter().map(|stall| stall.encounters).sum::<i64>());
        assert_eq!(split.total, seen.curve.iter().map(|point| point.n).sum::<i64>());
        (split.total, split.pending_review, seen.talks, split.late)
    }
}

pub fn plus(id: &str, seq: i64, n: i64, at: Moment) -> Record {
    Record { id: id.into(), seq, at, kind: RecordKind::Plus, n, encounter: Kind::Consult, of: None }
}

fn undo(id: &str, seq: i64, of: &str, at: Moment) -> Record {
    Record { kind: RecordKind::Undo, of: Some(of.into()), ..plus(id, seq, 1, at) }
}

#[tokio::test]
async fn a_form_sent_twice_counts_once_and_names_the_first_row() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let store = &street.house.store;
        let first = street.scan(0, 1, Some(1));
        assert_eq!(store.append(first.clone()).await.unwrap(), Recorded::New(first.id));
        for _ in 0..10 {
            let again = street.scan(0, 1, Some(1));
            assert_eq!(store.append(again).await.unwrap(), Recorded::Replay(first.id));
        }
        let second = street.scan(0, 2, Some(1));
        assert_eq!(store.append(second).await.unwrap(), Recorded::SecondVisit(first.id));
        let elsewhere = street.scan(1, 3, Some(1));
        assert_eq!(store.append(elsewhere.clone()).await.unwrap(), Recorded::New(elsewhere.id));
        assert_eq!(street.figures(NOW).await, (2, 0, 0, 0));
        let seen = store.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!(seen.devices_about, 1, "one phone at two stalls");
        assert_eq!((seen.stalls[0].encounters, seen.stalls[1].encounters), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_hundred_and_sixty_equal_taps_at_once_count_once() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let tries: Vec<_> = (0..160)
            .map(|at| {
                // Half of them the same form, half another form of the same visitor.
                let scan = street.scan(0, if at % 2 == 0 { 7 } else { 1000 + at }, Some(7));
                let store = street.house.store.clone();
                tokio::spawn(async move { store.append(scan).await.unwrap() })
            })
            .collect();
        let mut new = Vec::new();
        for tried in tries {
            if let Recorded::New(id) = tried.await.unwrap() {
                new.push(id);
            }
        }
        assert_eq!(new.len(), 1);
        assert_eq!(street.figures(NOW).await, (1, 0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_thousand_at_once_all_land() {
    on_both(|store| async move {
        let street = Street::build(store, 12).await;
        let before = street.house.store.version(street.house.market).await.unwrap();
        let mut hints = street.house.store.hints();
        let tries: Vec<_> = (0..1000_u64)
            .map(|n| {
                let scan = street.scan((n % 12) as usize, n, Some(n));
                let store = street.house.store.clone();
                tokio::spawn(async move { store.append(scan).await.unwrap() })
            })
            .collect();
        for tried in tries {
            assert!(matches!(tried.await.unwrap(), Recorded::New(_)));
        }
        assert_eq!(street.figures(NOW).await, (1000, 0, 0, 0));
        let seen = street.house.store.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!(seen.devices_about, 1000);
        let grown = seen.version - before;
        assert!((2..1000).contains(&grown), "{grown} transactions: in batches, not one by one");
        assert_eq!(hints.recv().await.unwrap().market, street.house.market);
    })
    .await;
}

#[tokio::test]
async fn a_poisoned_row_does_not_fail_its_neighbours() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let nowhere = StallId::new(NOW, [9; 10]);
        let tries: Vec<_> = (0..40_u64)
            .map(|n| {
                let stall = if n % 13 == 5 { nowhere } else { street.stalls[0] };
                let scan = street.scan_at(stall, n, None, NOW);
                let store = street.house.store.clone();
                tokio::spawn(async move { (n % 13 == 5, store.append(scan).await) })
            })
            .collect();
        for tried in tries {
            let (poisoned, outcome) = tried.await.unwrap();
            assert_eq!(poisoned, outcome.is_err(), "{outcome:?}");
        }
        let strange = MarketRef { org: street.house.org, market: MarketId::new(NOW, [8; 10]) };
        let scan = Encounter { market: strange.market, ..street.scan(0, 99, None) };
        assert!(matches!(street.house.store.append(scan).await, Err(Error::Missing("market"))));
        assert_eq!(street.figures(NOW).await, (0, 37, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_closed_database_gives_no_false_yes() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        street.house.store.close().await;
        let outcome = street.house.store.append(street.scan(0, 1, None)).await;
        assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
        let taps = street.house.store.tap_batch(&street.device(0), &[plus("a", 1, 1, NOW)], NOW).await;
        assert!(matches!(taps, Err(Error::Unavailable(_))), "no receipt: {taps:?}");
    })
    .await;
}

#[tokio::test]
async fn a_phone_gets_a_receipt_a_record_and_may_send_all_again() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let store = &street.house.store;
        let at = NOW.plus(-30 * MINUTE);
        let records = [
            undo("d", 4, "a", at),
            plus("a", 1, 5, at),
            plus("b", 2, 1, NOW),
            plus("c", 3, 21, NOW),
            plus("a", 1, 5, at),
            undo("e", 5, "never", NOW),
            Record { encounter: Kind::Talk, ..plus("t", 6, 20, NOW) },
            Record { of: None, ..undo("f", 7, "a", NOW) },
        ];
        let results = |receipts: Vec<kaishi_domain::batch::Receipt>| {
            receipts.into_iter().map(|receipt| (receipt.id, receipt.result, receipt.why)).collect::<Vec<_>>()
        };
        let (new, duplicate, refused) = (Outcome::New, Outcome::Duplicate, Outcome::Refused);
        let first = results(store.tap_batch(&street.device(0), &records, NOW).await.unwrap());
        let expected = [
            ("d", new, None),
            ("a", new, None),
            ("b", new, None),
            ("c", refused, Some(Why::Malformed)),
            ("a", duplicate, None),
            ("e", refused, Some(Why::Unknown)),
            ("t", new, None),
            ("f", refused, Some(Why::Malformed)),
        ];
        assert_eq!(first, expected.map(|(id, result, why)| (id.to_owned(), result, why)));
        assert_eq!(
            street.figures(NOW).await,
            (1, 0, 20, 0),
            "5 - 5 + 1, the talk outside, nothing late left"
        );
        let again = results(store.tap_batch(&street.device(0), &records, NOW).await.unwrap());
        assert!(again.iter().all(|(_, result, _)| *result != new), "{again:?}");
        assert_eq!(street.figures(NOW).await, (1, 0, 20, 0));
        let other = store.tap_batch(&street.device(1), &[undo("x", 1, "b", NOW)], NOW).await.unwrap();
        assert_eq!(other[0].why, Some(Why::Unknown), "another device's record");
    })
    .await;
}

#[tokio::test]
async fn a_tap_is_taken_back_once_and_only_for_ten_minutes() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, device) = (&street.house.store, street.device(0));
        let records = [plus("a", 1, 3, NOW), plus("b", 2, 4, NOW)];
        store.tap_batch(&device, &records, NOW).await.unwrap();
        let soon = NOW.plus(9 * MINUTE);
        for (id, expected) in [("u1", Outcome::New), ("u1", Outcome::Duplicate), ("u2", Outcome::Duplicate)] {
            let receipt = store.tap_batch(&device, &[undo(id, 3, "a", soon)], soon).await.unwrap();
            assert_eq!(receipt[0].result, expected);
            assert_eq!(street.figures(soon).await.0, 4);
        }
        let late = NOW.plus(11 * MINUTE);
        let receipt = store.tap_batch(&device, &[undo("u3", 4, "b", late)], late).await.unwrap();
        assert_eq!(receipt[0].why, Some(Why::Expired));
        let told_late = store.tap_batch(&device, &[undo("u4", 5, "b", soon)], late).await.unwrap();
        assert_eq!(told_late[0].result, Outcome::New, "taken back in time, without a network");
        assert_eq!(street.figures(late).await.0, 0);
    })
    .await;
}

#[tokio::test]
async fn a_resident_takes_a_scan_back() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let store = &street.house.store;
        let scan = street.scan(0, 1, Some(1));
        store.append(scan.clone()).await.unwrap();
        let back = store.take_back(street.house.market, &scan.nonce, NOW).await.unwrap();
        assert!(matches!(back, Recorded::New(_)));
        assert!(matches!(
            store.take_back(street.house.market, &scan.nonce, NOW).await.unwrap(),
            Recorded::Replay(_)
        ));
        assert_eq!(street.figures(NOW).await, (0, 0, 0, 0));
        let unknown = store.take_back(street.house.market, "none", NOW).await;
        assert!(matches!(unknown, Err(Error::Missing("record"))));
        let other = street.scan(0, 2, Some(2));
        store.append(other.clone()).await.unwrap();
        let late = store.take_back(street.house.market, &other.nonce, NOW.plus(11 * MINUTE)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::Expired))));
    })
    .await;
}

#[tokio::test]
async fn unreviewed_rows_and_talks_stay_outside_and_late_ones_are_marked() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, device) = (&street.house.store, street.device(0));
        store.append(street.scan(0, 1, None)).await.unwrap();
        store.append(street.scan(0, 2, Some(2))).await.unwrap();
        let records = [
            plus("late", 1, 2, NOW.plus(-20 * MINUTE)),
            plus("now", 2, 3, NOW),
            Record { encounter: Kind::Talk, ..plus("talk", 3, 20, NOW.plus(-20 * MINUTE)) },
            plus("odd", 4, 1, Moment::from_millis(0)),
        ];
        store.tap_batch(&device, &records, NOW).await.unwrap();
        assert_eq!(street.figures(NOW).await, (7, 1, 20, 3));
        let seen = store.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!((seen.encounters.scan, seen.encounters.staff), (1, 6));
        assert_eq!(seen.stalls[0].last_15_min, 4, "one scan and three taps");
    })
    .await;
}

/// Any history: the counts are the sum of what was told to have been recorded, and nothing else.
#[tokio::test]
async fn totals_equal_the_ledger_after_any_history() {
    on_both(|store| async move {
        let street = Street::build(store, 4).await;
        let chance = Seeded::new(20_230_513);
        let mut told = [0_i64; 4];
        for round in 0..60_u64 {
            let stall = chance.below(4) as usize;
            let now = NOW.plus(round as i64 * 20_000);
            if chance.below(2) == 0 {
                let visitor = (chance.below(5) > 0).then(|| chance.below(20));
                let scan = street.scan_at(street.stalls[stall], chance.below(40), visitor, now);
                let normal = visitor.is_some();
                if let Recorded::New(_) = street.house.store.append(scan).await.unwrap()
                    && normal
                {
                    told[stall] += 1;
                }
                continue;
            }
            let records: Vec<Record> = (0..chance.below(6))
                .map(|seq| {
                    let (id, of) = (chance.below(30).to_string(), chance.below(30).to_string());
                    let at = now.plus(-(chance.below(5 * 60_000) as i64));
                    if chance.below(4) == 0 {
                        undo(&format!("u{id}"), seq as i64, &of, at)
                    } else {
                        plus(&id, seq as i64, 1 + chance.below(20) as i64, at)
                    }
                })
                .collect();
            let receipts = street.house.store.tap_batch(&street.device(stall), &records, now).await.unwrap();
            for (record, receipt) in records.iter().zip(receipts) {
                assert_eq!(record.id, receipt.id);
            }
        }
        let seen = street.house.store.snapshot(street.house.market, NOW).await.unwrap();
        let ledger = street.house.store.recount(street.house.market).await.unwrap();
        assert_eq!(seen.encounters.total, ledger.encounters.total);
        assert_eq!(seen.encounters.scan, told.iter().sum::<i64>());
        assert_eq!(seen.encounters, ledger.encounters);
        assert_eq!((seen.talks, seen.devices_about), (ledger.talks, ledger.visitors));
        assert_eq!(ledger.rows, ledger.last, "numbers without a gap");
    })
    .await;
}
