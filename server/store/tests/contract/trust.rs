//! What waits for a decision, how it is decided once, and how fast stalls serve.

use kaishi_domain::actor::Admin;
use kaishi_domain::encounter::{Encounter, UNDO_FOR};
use kaishi_domain::market::Stage;
use kaishi_domain::moment::MINUTE;
use kaishi_domain::trust::{Key, Label, Labels, Pace, Reason, Verdict, WINDOW, ripe_at};
use kaishi_domain::{Moment, Refusal};
use kaishi_store::{Decided, Error, Recorded};

use crate::house::{NOW, on_both};
use crate::ledger::Street;
use crate::papers::second;

const CROWDED: [Label; 1] = [Label::Crowded];

fn crowded(street: &Street, nonce: u64, at: Moment) -> Encounter {
    street.scan_at(street.stalls[0], nonce, Some(nonce), at).labelled(CROWDED.into_iter().collect())
}

fn key(street: &Street) -> Key {
    Key { stall: street.stalls[0], from: NOW.bucket(WINDOW), labels: CROWDED.into_iter().collect() }
}

fn why() -> Reason {
    Reason::of("和摊位核对过").unwrap()
}

fn ripe() -> Moment {
    ripe_at(NOW.bucket(WINDOW))
}

/// Total and pending; the counts and the rows must say the same.
async fn figures(street: &Street) -> (i64, i64) {
    let store = &street.house.store;
    let seen = store.snapshot(street.house.market, ripe()).await.unwrap();
    let rows = store.recount(street.house.market).await.unwrap();
    assert_eq!(rows.encounters, seen.encounters);
    assert_eq!(rows.rows, rows.last);
    assert_eq!(rows.visitors, seen.devices_about);
    assert_eq!(seen.encounters.total, seen.curve.iter().map(|point| point.n).sum::<i64>());
    (seen.encounters.total, seen.encounters.pending_review)
}

#[tokio::test]
async fn a_row_keeps_its_signs_and_a_replay_keeps_the_row() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let store = &street.house.store;
        let first = crowded(&street, 1, NOW);
        assert_eq!(store.append(first.clone()).await.unwrap(), Recorded::New(first.id));
        let again = street.scan_at(street.stalls[0], 1, Some(1), NOW).labelled(Labels::NONE);
        assert_eq!(store.append(again).await.unwrap(), Recorded::Replay(first.id));
        let waiting = store.waiting(&street.house.by.viewer(), street.house.market.market).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].key, waiting[0].n), (key(&street), 1));
        store.append(street.scan(0, 2, Some(2)).labelled([Label::Fast].into_iter().collect())).await.unwrap();
        assert_eq!(figures(&street).await, (1, 1));
    })
    .await;
}

#[tokio::test]
async fn what_is_accepted_counts_in_its_own_minute_and_what_is_rejected_does_not() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        for nth in 1..=4 {
            let at = NOW.bucket(WINDOW).plus((nth as i64 - 1) * 20_000);
            store.append(crowded(&street, nth, at)).await.unwrap();
        }
        store.append(street.scan(0, 9, None)).await.unwrap();
        assert_eq!(figures(&street).await, (0, 5));

        let early = store.review(by, market.market, key(&street), (Verdict::Accept, &why()), NOW).await;
        assert!(
            matches!(early, Err(Error::Refused(Refusal::WrongState(_)))),
            "visits may still be taken back"
        );
        let decided = store.review(by, market.market, key(&street), (Verdict::Accept, &why()), ripe()).await;
        assert_eq!(decided.unwrap(), Decided::Settled);
        assert_eq!(figures(&street).await, (4, 1));
        let seen = store.snapshot(market, ripe()).await.unwrap();
        assert_eq!(seen.encounters.late, 0, "a decision is no late arrival");
        assert_eq!(seen.curve.iter().map(|point| point.n).collect::<Vec<_>>(), [3, 1]);

        let again = store.review(by, market.market, key(&street), (Verdict::Accept, &why()), ripe()).await;
        assert!(matches!(again, Err(Error::Taken(_))));
        let rest = Key { labels: [Label::NoCookie].into_iter().collect(), ..key(&street) };
        store.review(by, market.market, rest, (Verdict::Reject, &why()), ripe()).await.unwrap();
        assert_eq!(figures(&street).await, (4, 0));

        let reviews = store.reviews(&by.viewer(), market.market).await.unwrap();
        let told: Vec<_> = reviews.iter().map(|one| (one.verdict, one.n, one.reason.as_str())).collect();
        assert_eq!(told.len(), 2);
        assert!(
            told.contains(&(Verdict::Accept, 4, "和摊位核对过"))
                && told.contains(&(Verdict::Reject, 1, "和摊位核对过"))
        );
        assert!(store.waiting(&by.viewer(), market.market).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_was_taken_back_is_not_decided() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        let (first, other) = (crowded(&street, 1, NOW), crowded(&street, 2, NOW));
        store.append(first.clone()).await.unwrap();
        store.append(other).await.unwrap();
        store.take_back(market, &first.nonce, NOW.plus(UNDO_FOR)).await.unwrap();
        assert_eq!(figures(&street).await, (0, 1));
        store.review(by, market.market, key(&street), (Verdict::Accept, &why()), ripe()).await.unwrap();
        assert_eq!(figures(&street).await, (1, 0));
        let late = store.take_back(market, &crowded(&street, 2, NOW).nonce, ripe()).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::Expired))));
        // The server's clock went back, and it would be time again.
        let again = store.take_back(market, &crowded(&street, 2, NOW).nonce, NOW.plus(UNDO_FOR)).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::Expired))));
        assert_eq!(figures(&street).await, (1, 0), "it leaves once");
    })
    .await;
}

#[tokio::test]
async fn many_people_need_a_second_person_who_is_an_admin() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        for nth in 1..=51 {
            store.append(crowded(&street, nth, NOW)).await.unwrap();
        }
        let yes = (Verdict::Accept, &why());
        assert_eq!(
            store.review(by, market.market, key(&street), yes, ripe()).await.unwrap(),
            Decided::Proposed
        );
        assert_eq!(figures(&street).await, (0, 51));
        let own = store.review(by, market.market, key(&street), yes, ripe()).await;
        assert!(matches!(own, Err(Error::Taken(_))), "not twice the same person");
        let same = Admin::operator(by.org(), by.account());
        let own = store.review_admitted(&same, market.market, key(&street), yes, ripe()).await;
        assert!(matches!(own, Err(Error::Taken(_))), "not as an admin, either");
        let other = second(&street).await;
        let colleague = store.review(&other, market.market, key(&street), yes, ripe()).await;
        assert!(matches!(colleague, Err(Error::Taken(_))), "a second organizer is no admin");
        assert_eq!(figures(&street).await, (0, 51));
        let admin = Admin::operator(other.org(), other.account());
        assert_eq!(
            store.review_admitted(&admin, market.market, key(&street), yes, ripe()).await.unwrap(),
            Decided::Settled
        );
        assert_eq!(figures(&street).await, (51, 0));
        let reviews = store.reviews(&by.viewer(), market.market).await.unwrap();
        assert_eq!((reviews.len(), reviews[0].settled_at), (1, Some(ripe())));
    })
    .await;
}

#[tokio::test]
async fn of_two_decisions_at_once_one_stands() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        for nth in 1..=10 {
            store.append(crowded(&street, nth, NOW)).await.unwrap();
        }
        let (reason, key) = (why(), key(&street));
        let decide = |nth: usize| {
            let verdict = if nth.is_multiple_of(2) { Verdict::Accept } else { Verdict::Reject };
            let reason = &reason;
            async move { store.review(by, market.market, key, (verdict, reason), ripe()).await }
        };
        let answers = futures::future::join_all((0..8).map(decide)).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let (total, pending) = figures(&street).await;
        assert!((total == 10 || total == 0) && pending == 0);
    })
    .await;
}

#[tokio::test]
async fn after_the_bulletin_nothing_is_decided() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        store.append(crowded(&street, 1, NOW)).await.unwrap();
        store.stage(by, market.market, Stage::Filed, NOW).await.unwrap();
        let late = store.review(by, market.market, key(&street), (Verdict::Accept, &why()), ripe()).await;
        assert!(matches!(late, Err(Error::Taken(_))));
        assert_eq!(figures(&street).await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_pace_is_said_and_read_and_belongs_to_a_stall_of_ours() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, market) = (&street.house.store, &street.house.by, street.house.market);
        let pace = Pace::of(Some(10), 2, true).unwrap();
        store.pace_set(by, market.market, street.stalls[0], pace, NOW).await.unwrap();
        assert_eq!(store.paces(market, NOW).await.unwrap().get(&street.stalls[0]), Some(&pace));
        let none = Pace::of(None, 1, false).unwrap();
        store.pace_set(by, market.market, street.stalls[0], none, NOW).await.unwrap();
        assert_eq!(store.paces(market, NOW).await.unwrap().get(&street.stalls[0]), Some(&none));
        let strange = kaishi_domain::StallId::new(NOW.plus(MINUTE), [9; 10]);
        let foreign = store.pace_set(by, market.market, strange, pace, NOW).await;
        assert!(matches!(foreign, Err(Error::Missing("stall"))));
    })
    .await;
}
