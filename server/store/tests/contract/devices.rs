//! Staff phones: behind which link, enrolled with which PIN, what of theirs is in and what is not.

use kaishi_domain::actor::{Admin, Phone};
use kaishi_domain::batch::{Outcome, Record, Why};
use kaishi_domain::chance::{self, Seeded};
use kaishi_domain::device::{About, Cleared, Missing, PIN_TRIES, Role};
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, LinkId, Moment, Refusal, StallId};
use kaishi_store::{Error, NewLink};

use crate::house::{NOW, on_both};
use crate::ledger::{Street, plus};

/// A staff link of a stall, or a supervisor's.
async fn link(street: &Street, stall: Option<StallId>) -> LinkId {
    let market = Some(street.house.market.market);
    let (purpose, org, unit, expires_at) = (Purpose::Staff, street.house.org, None, NOW.plus(8 * HOUR));
    street
        .house
        .store
        .link_add(&NewLink { purpose, org, market, stall, unit, expires_at }, NOW)
        .await
        .unwrap()
}

fn device(n: u8) -> DeviceId {
    DeviceId::new(NOW, [n; 10])
}

fn about(next: i64, waiting: i64) -> About {
    About { next: Some(next), waiting: Some(waiting), clock: Some(NOW), ..About::default() }
}

/// Sends a batch as the server does: the ledger first, then what is known of the phone.
async fn send(
    street: &Street,
    phone: &Phone,
    records: &[Record],
    about: &About,
    now: Moment,
) -> Vec<Outcome> {
    let store = &street.house.store;
    let receipts = store.tap_batch(&phone.at, records, now).await.unwrap();
    let seqs: Vec<i64> = records.iter().map(|record| record.seq).collect();
    store.heard(phone, about, &seqs, now).await.unwrap();
    receipts.into_iter().map(|receipt| receipt.result).collect()
}

#[tokio::test]
async fn three_phones_at_one_stall_add_up_however_their_batches_are_cut_mixed_and_repeated() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let link = link(&street, Some(street.stalls[0])).await;
        let dice = Seeded::new(20_230_513);
        let mut batches: Vec<(Phone, Vec<Record>)> = Vec::new();
        for nth in 1..=3_u8 {
            let phone = street.house.store.phone(link, None, Some(device(nth)), NOW).await.unwrap();
            let taps: Vec<Record> =
                (1..=60).map(|seq| plus(&format!("d{nth}-{seq}"), seq, 1 + seq % 3, NOW.plus(seq))).collect();
            for _ in 0..10 {
                let mut taps = taps.clone();
                shuffle(&mut taps, &dice);
                let cut = usize::from(chance::bytes::<1>(&dice)[0] % 59) + 1;
                let (left, right) = taps.split_at(cut);
                batches.push((phone, left.to_vec()));
                batches.push((phone, right.to_vec()));
            }
        }
        shuffle(&mut batches, &dice);
        let mut new = 0;
        for (phone, records) in &batches {
            let outcomes = send(&street, phone, records, &about(61, 0), NOW.plus(MINUTE)).await;
            new += outcomes.iter().filter(|outcome| **outcome == Outcome::New).count();
        }
        assert_eq!(new, 180, "each tap is new once");
        let store = &street.house.store;
        let seen = store.snapshot(street.house.market, NOW.plus(MINUTE)).await.unwrap();
        assert_eq!((seen.encounters.staff, seen.encounters.total), (360, 360));
        let rows = store.recount(street.house.market).await.unwrap();
        assert_eq!((rows.rows, rows.last), (180, 180));
        let devices = store.devices(&street.house.by.viewer(), street.house.market.market).await.unwrap();
        assert_eq!(devices.len(), 3);
        assert!(devices.iter().all(|seen| (seen.high, seen.gaps, seen.missing) == (60, 0, 0)), "{devices:?}");
        assert_eq!(seen.devices_missing, Missing::default());
    })
    .await;
}

fn shuffle<T>(list: &mut [T], dice: &Seeded) {
    for at in (1..list.len()).rev() {
        let other = u32::from_be_bytes(chance::bytes(dice)) as usize % (at + 1);
        list.swap(at, other);
    }
}

#[tokio::test]
async fn what_is_not_in_yet_is_known_by_number() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let (store, market) = (street.house.store.clone(), street.house.market);
        let links =
            [link(&street, Some(street.stalls[0])).await, link(&street, Some(street.stalls[1])).await];
        let first = store.phone(links[0], None, Some(device(1)), NOW).await.unwrap();
        let second = store.phone(links[1], None, Some(device(2)), NOW).await.unwrap();
        let before = store.version(market).await.unwrap();
        send(&street, &first, &[plus("a", 1, 1, NOW), plus("c", 5, 1, NOW)], &about(6, 0), NOW).await;
        let fast = About { clock: Some(NOW.plus(5 * MINUTE)), tray: Some(2), ..about(35, 34) };
        send(&street, &second, &[], &fast, NOW).await;
        let missing = store.devices_missing(market).await.unwrap();
        assert_eq!(missing, Missing { devices: 2, records: 3 + 34 });
        assert!(store.version(market).await.unwrap() > before, "a screen learns of it");
        assert_eq!(store.snapshot(market, NOW).await.unwrap().devices_missing, missing);
        let seen = store.devices(&street.house.by.viewer(), market.market).await.unwrap();
        assert_eq!((seen[0].device, seen[0].unsent, seen[0].tray), (device(2), 34, 2));
        assert_eq!(seen[0].clock_error, 5 * MINUTE);
        assert_eq!((seen[1].high, seen[1].gaps, seen[1].stall), (5, 3, Some(street.stalls[0])));

        let rest: Vec<Record> = (2..=4).map(|seq| plus(&format!("r{seq}"), seq, 1, NOW)).collect();
        send(&street, &first, &rest, &about(6, 0), NOW).await;
        assert_eq!(store.devices_missing(market).await.unwrap(), Missing { devices: 1, records: 34 });
    })
    .await;
}

#[tokio::test]
async fn a_link_with_a_pin_opens_for_phones_that_know_it_and_too_many_wrong_ones_shut_it() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (street.house.store.clone(), street.house.market.market);
        let link = link(&street, Some(street.stalls[0])).await;
        assert!(store.phone(link, None, Some(device(1)), NOW).await.is_ok(), "open without a PIN");
        store.pin_set(&street.house.by, market, link, true, NOW).await.unwrap();
        let guard = &store.guards(&street.house.by, market, NOW).await.unwrap()[0];
        let (pin, code) = (guard.pin.clone().unwrap(), guard.code.clone().unwrap());
        assert_eq!((pin.len(), guard.role, guard.shut), (4, Role::Steward, false));
        assert_eq!(store.link_by_code(&format!(" {} ", code.to_ascii_lowercase()), NOW).await.unwrap(), link);
        assert!(store.link_by_code("nonsense", NOW).await.is_err());
        let closed = store.phone(link, None, Some(device(1)), NOW).await;
        assert!(matches!(closed, Err(Error::Refused(Refusal::NotAllowed))), "{closed:?}");

        let wrong = if pin == "0000" { "0001" } else { "0000" };
        let refused = store.enrol(link, device(1), wrong, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotGenuine))), "{refused:?}");
        for _ in 0..2 {
            store.enrol(link, device(1), &pin, NOW).await.unwrap();
        }
        assert!(store.phone(link, None, Some(device(1)), NOW).await.is_ok());
        assert!(store.phone(link, None, Some(device(2)), NOW).await.is_err(), "each phone for itself");
        assert!(store.phone(link, None, None, NOW).await.is_err(), "nor one without a name");

        for _ in 0..PIN_TRIES {
            let _ = store.enrol(link, device(2), wrong, NOW).await;
        }
        let shut = store.enrol(link, device(2), &pin, NOW).await;
        assert!(matches!(shut, Err(Error::Taken(_))), "{shut:?}");
        assert!(store.guards(&street.house.by, market, NOW).await.unwrap()[0].shut);
        assert!(store.phone(link, None, Some(device(1)), NOW).await.is_ok(), "who is in stays in");
        store.pin_set(&street.house.by, market, link, true, NOW).await.unwrap();
        let next = store.guards(&street.house.by, market, NOW).await.unwrap().remove(0);
        assert_eq!(next.code, Some(code), "the code stays");
        store.enrol(link, device(2), &next.pin.unwrap(), NOW).await.unwrap();
        store.pin_set(&street.house.by, market, link, false, NOW).await.unwrap();
        assert!(store.phone(link, None, None, NOW).await.is_ok());
        assert!(store.enrol(link, device(3), "", NOW).await.is_err(), "no PIN, nothing to enrol with");
    })
    .await;
}

#[tokio::test]
async fn a_revoked_phone_sends_nothing_more_and_its_neighbour_goes_on() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (street.house.store.clone(), street.house.market.market);
        let link = link(&street, Some(street.stalls[0])).await;
        for n in 1..=2 {
            let phone = store.phone(link, None, Some(device(n)), NOW).await.unwrap();
            send(&street, &phone, &[plus(&format!("p{n}"), 1, 1, NOW)], &about(2, 0), NOW).await;
        }
        store.device_revoke(&street.house.by, market, link, device(1), NOW).await.unwrap();
        let again = store.device_revoke(&street.house.by, market, link, device(1), NOW).await;
        assert!(matches!(again, Err(Error::Missing("device"))), "{again:?}");
        let gone = store.phone(link, None, Some(device(1)), NOW).await;
        assert!(matches!(gone, Err(Error::Missing("device"))), "{gone:?}");
        assert!(store.phone(link, None, Some(device(2)), NOW).await.is_ok());
        let late = store.phone(link, None, Some(device(2)), NOW.plus(8 * HOUR)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::Expired))), "{late:?}");
        assert_eq!(
            store.snapshot(street.house.market, NOW).await.unwrap().encounters.staff,
            2,
            "what is in stays"
        );
        let seen = store.devices(&street.house.by.viewer(), market).await.unwrap();
        assert_eq!(seen.iter().filter(|seen| seen.revoked_at == Some(NOW)).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_supervisor_counts_at_every_stall_of_its_market_and_nowhere_else() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let (store, market) = (street.house.store.clone(), street.house.market.market);
        let link = link(&street, None).await;
        store.pin_set(&street.house.by, market, link, true, NOW).await.unwrap();
        let refused = store.pin_set(&street.house.by, market, link, false, NOW).await;
        assert!(refused.is_err(), "a supervisor's link keeps its PIN");
        let pin = store.guards(&street.house.by, market, NOW).await.unwrap().remove(0).pin.unwrap();
        assert!(store.supervisor(link, Some(device(1)), NOW).await.is_err());
        store.enrol(link, device(1), &pin, NOW).await.unwrap();
        assert_eq!(store.supervisor(link, Some(device(1)), NOW).await.unwrap().clerk().market(), market);
        for (nth, stall) in street.stalls.iter().enumerate() {
            let phone = store.phone(link, Some(*stall), Some(device(1)), NOW).await.unwrap();
            assert_eq!(phone.role, Role::Supervisor);
            send(&street, &phone, &[plus(&format!("s{nth}"), 1, 2, NOW)], &about(2, 0), NOW).await;
        }
        let counts = store.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!(counts.stalls.iter().map(|stall| stall.encounters).collect::<Vec<_>>(), [2, 2]);
        let strange = StallId::new(NOW, [9; 10]);
        assert!(store.phone(link, Some(strange), Some(device(1)), NOW).await.is_err());
        assert!(
            store.phone(link, None, Some(device(1)), NOW).await.is_err(),
            "at no stall nothing is counted"
        );
        let steward = self::link(&street, Some(street.stalls[0])).await;
        assert!(store.phone(steward, Some(street.stalls[1]), None, NOW).await.is_err());
        assert!(store.supervisor(steward, None, NOW).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn what_was_put_away_at_the_stall_is_told_once() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let link = link(&street, Some(street.stalls[0])).await;
        let phone = street.house.store.phone(link, None, Some(device(1)), NOW).await.unwrap();
        let record = plus("x", 1, 21, NOW);
        let outcomes = send(&street, &phone, std::slice::from_ref(&record), &about(2, 0), NOW).await;
        assert_eq!(outcomes, [Outcome::Refused]);
        let cleared = vec![Cleared { record, why: Why::Malformed, reason: "按错了".into() }];
        for _ in 0..2 {
            send(&street, &phone, &[], &About { cleared: cleared.clone(), ..about(2, 0) }, NOW).await;
        }
        let market = street.house.market;
        let seen = street.house.store.devices(&street.house.by.viewer(), market.market).await.unwrap();
        assert_eq!((seen[0].high, seen[0].missing), (1, 0), "a refused record has come in, too");
        assert_eq!(street.house.store.snapshot(market, NOW).await.unwrap().encounters.total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_phone_stands_among_those_that_are_out_until_its_link_is_over_or_it_is_taken_out() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (house, link) = (&street.house, link(&street, Some(street.stalls[0])).await);
        let by = Admin::operator(house.org, house.by.account()).auditor();
        for (n, waiting) in [(1, 0), (2, 3)] {
            let phone = house.store.phone(link, None, Some(device(n)), NOW).await.unwrap();
            let records = [plus(&format!("d{n}"), 1, 1, NOW)];
            send(&street, &phone, &records, &about(2, waiting), NOW.plus(10 - i64::from(n))).await;
        }
        let out = async |now| {
            let phones = house.store.devices_out(&by, now).await.unwrap();
            phones.into_iter().map(|phone| (phone.device, phone.unsent)).collect::<Vec<_>>()
        };
        assert_eq!(out(NOW).await, [(device(2), 3), (device(1), 0)], "what holds something comes first");
        assert_eq!(out(NOW.plus(9 * HOUR)).await, [(device(2), 3)], "the link is over");
        let market = house.market.market;
        house.store.device_revoke(&house.by, market, link, device(2), NOW).await.unwrap();
        assert_eq!(out(NOW).await, [(device(1), 0)]);
    })
    .await;
}
