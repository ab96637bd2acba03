//! What nodes share: the ledger of a market, the key's check, leases, tries, seats at a map, and the sweep.

use kaishi_domain::OrgId;
use kaishi_domain::market::Plan;
use kaishi_domain::moment::{HOUR, MINUTE, SECOND};
use kaishi_store::{AWAY, Attempt, Recorded, Seat};
use tower_sessions::session_store::SessionStore;

use crate::house::{House, NOW, on_both, on_both_by_two};
use crate::ledger::Street;

#[tokio::test]
async fn the_first_key_stays_the_key() {
    on_both(|store| async move {
        assert_eq!(store.key_check("a", NOW).await.unwrap(), "a");
        assert_eq!(store.key_check("b", NOW).await.unwrap(), "a");
        assert_eq!(store.key_check("a", NOW).await.unwrap(), "a");
    })
    .await;
}

#[tokio::test]
async fn a_task_has_one_holder_until_its_time_is_over() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let take = |holder: &'static str, now: i64| {
            let (store, org) = (house.store.clone(), house.org);
            let now = NOW.plus(now * SECOND);
            async move { store.lease(org, "sweep", holder, (now, now.plus(10 * SECOND))).await.unwrap() }
        };
        let (a, b, c) = tokio::join!(take("a", 0), take("b", 0), take("c", 0));
        assert_eq!([a, b, c].iter().filter(|taken| **taken).count(), 1, "of three at once one has it");
        let holder = if a {
            "a"
        } else if b {
            "b"
        } else {
            "c"
        };
        assert!(!take("d", 5).await);
        assert!(take(holder, 5).await, "its holder may prolong it");
        assert!(!take("d", 14).await);
        assert!(take("d", 15).await, "then it is free");
        let other = house.store.lease(OrgId::INSTALLATION, "sweep", "e", (NOW, NOW.plus(SECOND))).await;
        assert!(other.unwrap(), "another organization's task is another task");
    })
    .await;
}

#[tokio::test]
async fn tries_are_counted_by_the_minute_and_by_whom() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, org) = (&house.store, house.org);
        for nth in 1..=3 {
            assert_eq!(store.attempt(org, Attempt::Login, "a", NOW).await.unwrap(), nth);
        }
        assert_eq!(store.attempt(org, Attempt::Login, "b", NOW).await.unwrap(), 1);
        assert_eq!(store.attempts(org, Attempt::Login, "a", NOW).await.unwrap(), 3);
        assert_eq!(store.attempts(org, Attempt::Code, "a", NOW).await.unwrap(), 0);
        assert_eq!(store.attempts(org, Attempt::Login, "a", NOW.plus(MINUTE)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_on_the_same_map_is_seen_until_fifteen_seconds_of_silence() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let seat = |id: &str| Seat { id: id.into(), name: id.to_uppercase(), selected: Vec::new() };
        let beat = async |id: &str, plan: Plan, seconds: i64| {
            let now = NOW.plus(seconds * SECOND);
            house.store.beat((house.market, plan), &seat(id), now).await.unwrap()
        };
        assert_eq!(AWAY, 15 * SECOND);
        assert_eq!(beat("a", Plan::Fair, 0).await, []);
        assert_eq!(beat("b", Plan::Fair, 5).await, [seat("a")]);
        assert_eq!(beat("c", Plan::Rain, 5).await, [], "another map");
        assert_eq!(beat("b", Plan::Fair, 14).await, [seat("a")]);
        assert_eq!(beat("b", Plan::Fair, 15).await, []);

        let chosen = Seat { selected: vec![kaishi_domain::StallId::new(NOW, [7; 10])], ..seat("b") };
        let now = NOW.plus(16 * SECOND);
        house.store.beat((house.market, Plan::Fair), &chosen, now).await.unwrap();
        assert_eq!(beat("a", Plan::Fair, 16).await, [chosen], "as it said last");
        for n in 0..80 {
            beat(&format!("x{n}"), Plan::Fair, 17).await;
        }
        assert!(beat("a", Plan::Fair, 17).await.len() <= 64, "a crowd does not fill the table");
    })
    .await;
}

#[tokio::test]
async fn a_sweep_takes_what_has_run_out_and_nothing_else() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, org) = (&house.store, house.org);
        store.attempt(org, Attempt::Login, "a", NOW).await.unwrap();
        let seat = Seat { id: "a".into(), name: "a".into(), selected: Vec::new() };
        store.beat((house.market, Plan::Fair), &seat, NOW).await.unwrap();
        assert_eq!(store.sweep(org, NOW.plus(HOUR / 2)).await.unwrap(), 0);
        assert!(store.day_key(house.market).await.unwrap().is_some());
        let later = NOW.plus(3 * HOUR);
        assert_eq!(store.sweep(org, later).await.unwrap(), 2, "a try, a seat");
        assert!(store.day_key(house.market).await.unwrap().is_some());
        assert!(store.load(&tower_sessions::session::Id(1)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn two_nodes_at_one_market_keep_one_chain_and_know_each_others_visitors() {
    on_both_by_two(|one, other| async move {
        let street = Street::build(one.clone(), 3).await;
        // Each visitor goes to two stalls, each answered by another node: neither head is where a node left it.
        for turn in 0..12_u64 {
            let node = if turn % 2 == 0 { &one } else { &other };
            let scan = street.scan((turn % 2) as usize, turn, Some(turn / 2));
            assert!(matches!(node.append(scan).await.unwrap(), Recorded::New(_)), "turn {turn}");
        }
        let seen = one.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!((seen.encounters.total, seen.devices_about), (12, 6));
        let again = other.append(street.scan(0, 0, Some(0))).await.unwrap();
        assert!(matches!(again, Recorded::Replay(_)), "{again:?}");
        let tries: Vec<_> = (100..400_u64)
            .map(|n| {
                let node = if n % 2 == 0 { one.clone() } else { other.clone() };
                let scan = street.scan((n % 3) as usize, n, Some(n / 3));
                tokio::spawn(async move { node.append(scan).await.unwrap() })
            })
            .collect();
        for tried in tries {
            assert!(matches!(tried.await.unwrap(), Recorded::New(_)));
        }
        let seen = other.snapshot(street.house.market, NOW).await.unwrap();
        assert_eq!((seen.encounters.total, seen.devices_about), (312, 6 + 101));
        let proofs = one.verify(&[]).await.unwrap();
        let proof = proofs.iter().find(|proof| proof.org == street.house.org).unwrap();
        assert_eq!((proof.ledgers[&street.house.market.market].rows, proof.flaws.as_slice()), (312, &[][..]));
    })
    .await;
}
