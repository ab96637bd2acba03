//! Paper sheets and looks at the crowd.

use kaishi_domain::actor::{Organizer, Role};
use kaishi_domain::crowd::{Look, Method};
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::paper::{Counts, Sheet};
use kaishi_domain::{AccountId, BatchId, CountId, Moment, Refusal};
use kaishi_store::{Account, Error};

use crate::house::{NOW, on_both};
use crate::ledger::Street;

fn sheet(street: &Street, n: u8, counts: [i64; 4]) -> Sheet {
    Sheet {
        id: BatchId::new(NOW, [n; 10]),
        stall: street.stalls[0],
        counts: Counts(counts),
        counted_by: "摊位志愿者".into(),
        from: NOW.plus(-HOUR),
        to: NOW.plus(-MINUTE),
        remark: String::new(),
    }
}

/// A second organizer of the same community.
pub async fn second(street: &Street) -> Organizer {
    let id = AccountId::new(NOW, street.house.random());
    let account = Account { org: street.house.org, id, login: "second".into(), role: Role::Organizer };
    street.house.store.account_add(&account, "hash", NOW).await.unwrap();
    Organizer::operator(street.house.org, id)
}

#[tokio::test]
async fn a_small_sheet_counts_at_once_and_once() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (&street.house.store, street.house.market);
        let clerk = street.house.by.clerk(market.market);
        for _ in 0..3 {
            store.paper_enter(&clerk, &sheet(&street, 1, [20, 0, 5, 7]), NOW).await.unwrap();
        }
        let seen = store.snapshot(market, NOW).await.unwrap();
        assert_eq!((seen.encounters.paper, seen.encounters.total, seen.talks), (25, 25, 7));
        let rows = store.recount(market).await.unwrap();
        assert_eq!((rows.encounters, rows.talks, rows.rows), (seen.encounters, 7, 3));
        let papers = store.papers(&street.house.by.viewer(), market.market).await.unwrap();
        assert_eq!(papers.len(), 1);
        assert!(!papers[0].waits() && papers[0].counted_at == Some(NOW));
        let mut strange = sheet(&street, 2, [1, 0, 0, 0]);
        strange.stall = kaishi_domain::StallId::new(NOW, [9; 10]);
        assert!(matches!(store.paper_enter(&clerk, &strange, NOW).await, Err(Error::Missing(_))));
        let empty = store.paper_enter(&clerk, &sheet(&street, 3, [0; 4]), NOW).await;
        assert!(matches!(empty, Err(Error::Refused(Refusal::Malformed(_)))));
    })
    .await;
}

#[tokio::test]
async fn a_large_sheet_waits_for_a_second_person() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (&street.house.store, street.house.market);
        let clerk = street.house.by.clerk(market.market);
        let total = || async { store.snapshot(market, NOW).await.unwrap().encounters.paper };
        let large = sheet(&street, 1, [60, 0, 0, 0]);
        store.paper_enter(&clerk, &large, NOW).await.unwrap();
        assert_eq!(total().await, 0, "until then it is listed as waiting");
        assert!(store.papers(&street.house.by.viewer(), market.market).await.unwrap()[0].waits());
        let own = store.paper_rule(&street.house.by, market.market, large.id, true, NOW).await;
        assert!(matches!(own, Err(Error::Refused(Refusal::NotAllowed))), "{own:?}");
        let other = second(&street).await;
        store.paper_rule(&other, market.market, large.id, true, NOW).await.unwrap();
        assert_eq!(total().await, 60);
        let twice = store.paper_rule(&other, market.market, large.id, true, NOW).await;
        assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");
        store.paper_enter(&clerk, &large, NOW).await.unwrap();
        assert_eq!(total().await, 60, "sent again it is the same");

        let wrong = sheet(&street, 2, [0, 99, 0, 0]);
        store.paper_enter(&clerk, &wrong, NOW).await.unwrap();
        store.paper_rule(&other, market.market, wrong.id, false, NOW).await.unwrap();
        assert!(store.paper_rule(&other, market.market, wrong.id, true, NOW).await.is_err());
        assert_eq!(total().await, 60);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_sheet_is_taken_back_whole_with_a_reason_and_once() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (&street.house.store, street.house.market);
        let (clerk, other) = (street.house.by.clerk(market.market), second(&street).await);
        let total = || async { store.snapshot(market, NOW).await.unwrap().encounters.paper };
        let back = |n: u8| BatchId::new(NOW, [n; 10]);
        let small = sheet(&street, 1, [20, 10, 0, 0]);
        store.paper_enter(&clerk, &small, NOW).await.unwrap();
        let bare = store.paper_take_back(&clerk, small.id, back(11), " ", NOW).await;
        assert!(matches!(bare, Err(Error::Refused(Refusal::Missing("reason")))));
        let later: Moment = NOW.plus(3 * HOUR);
        store.paper_take_back(&clerk, small.id, back(11), "看错行了", later).await.unwrap();
        assert_eq!(total().await, 0);
        let twice = store.paper_take_back(&clerk, small.id, back(12), "看错行了", later).await;
        assert!(matches!(twice, Err(Error::Taken(_))), "{twice:?}");

        let large = sheet(&street, 2, [80, 0, 0, 0]);
        store.paper_enter(&clerk, &large, NOW).await.unwrap();
        store.paper_rule(&other, market.market, large.id, true, NOW).await.unwrap();
        store.paper_take_back(&clerk, large.id, back(21), "别的摊位的", NOW).await.unwrap();
        assert_eq!(total().await, 80, "it waits, too");
        store.paper_rule(&other, market.market, back(21), true, NOW).await.unwrap();
        assert_eq!(total().await, 0);
        let rows = store.recount(market).await.unwrap();
        assert_eq!((rows.encounters.paper, rows.rows), (0, 6), "recorded, not erased");
    })
    .await;
}

#[tokio::test]
async fn looks_at_the_crowd_become_an_estimate_beside_the_count() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, market) = (&street.house.store, street.house.market);
        let clerk = street.house.by.clerk(market.market);
        let look = |n: u8, came: i64| {
            let from = NOW.plus(-2 * HOUR + i64::from(n) * HOUR);
            let (id, place, to) = (CountId::new(NOW, [n; 10]), "东门".to_owned(), from.plus(20 * MINUTE));
            Look { id, method: Method::Sample, place, from, to, came, went: 0 }
        };
        assert_eq!(store.snapshot(market, NOW).await.unwrap().crowd, None);
        let before = store.version(market).await.unwrap();
        for n in [0, 1, 2, 2] {
            store.crowd_enter(&clerk, &look(n, 100), NOW).await.unwrap();
        }
        assert_eq!(store.version(market).await.unwrap(), before + 3, "the same look again is none");
        let seen = store.snapshot(market, NOW).await.unwrap();
        let told = seen.crowd.unwrap();
        assert_eq!((told.visitors, told.seen, told.looks), (1200, 300, 3), "an hour of four");
        assert_eq!(seen.encounters.total, 0, "never mixed");
        store.crowd_drop(&clerk, look(2, 100).id, NOW).await.unwrap();
        assert!(store.crowd_drop(&clerk, look(2, 100).id, NOW).await.is_err());
        assert_eq!(store.crowd(&street.house.by.viewer(), market.market).await.unwrap().len(), 2);
        assert!(store.crowd_enter(&clerk, &look(3, -1), NOW).await.is_err());
    })
    .await;
}
