//! What a screen tells besides the sums: what was taken back, earlier mornings, who is inside, what else is on today.

use kaishi_domain::actor::{Resident, Watcher};
use kaishi_domain::course::Course;
use kaishi_domain::crowd::{Gauge, Look, Method};
use kaishi_domain::encounter::Encounter;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::{Day, HOUR, MINUTE};
use kaishi_domain::queue::{Standing, Terms};
use kaishi_domain::{CountId, EncounterId, MarketId, PosterId, StallId};
use kaishi_store::Error;

use crate::house::{House, NOW, on_both};
use crate::ledger::{Street, plus};

#[tokio::test]
async fn what_was_taken_back_is_told_and_the_rows_say_the_same() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, at) = (&street.house.store, street.house.market);
        let device = street.device(0);
        store.tap_batch(&device, &[plus("a", 1, 5, NOW), plus("b", 2, 3, NOW)], NOW).await.unwrap();
        assert_eq!(store.snapshot(at, NOW).await.unwrap().encounters.corrected, 0);
        store.take_back(at, &Encounter::record_nonce(device.link, "a"), NOW).await.unwrap();
        let seen = store.snapshot(at, NOW).await.unwrap().encounters;
        assert_eq!((seen.total, seen.corrected), (3, 5));
        assert_eq!(store.recount(at).await.unwrap().encounters, seen);
    })
    .await;
}

#[tokio::test]
async fn the_queue_of_a_stall_stands_beside_its_figure() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let (house, market) = (&street.house, street.house.market.market);
        let terms = Terms::new(1, None).unwrap();
        house
            .store
            .queue_set(&house.by, market, street.stalls[0], (terms, Standing::Open), NOW)
            .await
            .unwrap();
        let resident = resident(house, street.house.market.market, street.stalls[0]);
        for _ in 0..3 {
            house.store.number_take(&resident, house.random(), None, NOW).await.unwrap();
        }
        let seen = house.store.snapshot(house.market, NOW).await.unwrap();
        let waiting: Vec<_> = seen.stalls.iter().map(|stall| stall.waiting).collect();
        assert_eq!(waiting, [Some(3), None]);
        house
            .store
            .queue_set(&house.by, market, street.stalls[0], (terms, Standing::Off), NOW)
            .await
            .unwrap();
        assert_eq!(house.store.snapshot(house.market, NOW).await.unwrap().stalls[0].waiting, None);
    })
    .await;
}

#[tokio::test]
async fn the_gauge_is_there_where_gates_are_counted_and_knows_what_is_approved() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (house, at) = (&street.house, street.house.market);
        let (store, clerk) = (&house.store, house.by.clerk(at.market));
        assert_eq!(store.snapshot(at, NOW).await.unwrap().gauge, None);
        let (from, until) = (NOW.plus(-HOUR), NOW.plus(-MINUTE));
        let look = Look {
            id: CountId::new(NOW, [1; 10]),
            method: Method::Gate,
            place: "北门".into(),
            from,
            to: until,
            came: 900,
            went: 120,
        };
        store.crowd_enter(&clerk, &look, NOW).await.unwrap();
        let gauge = |capacity| Some(Gauge { inside: 780, until, capacity });
        assert_eq!(store.snapshot(at, NOW).await.unwrap().gauge, gauge(None));

        let before = store.version(at).await.unwrap();
        store.attendance_set(&house.by, at.market, 5000, NOW).await.unwrap();
        store.capacity_set(&house.by, at.market, Some(1500), NOW).await.unwrap();
        assert!(store.version(at).await.unwrap() > before, "a screen hears of it");
        assert_eq!(store.snapshot(at, NOW).await.unwrap().gauge, gauge(Some(1500)));
        let safety = store.safety(at).await.unwrap();
        assert_eq!((safety.attendance, safety.capacity), (Some(5000), Some(1500)));
        store.capacity_set(&house.by, at.market, None, NOW).await.unwrap();
        assert_eq!(store.snapshot(at, NOW).await.unwrap().gauge, gauge(None));
        let none = store.capacity_set(&house.by, MarketId::new(NOW, [9; 10]), Some(1), NOW).await;
        assert!(matches!(none, Err(Error::Missing("market"))));
    })
    .await;
}

fn resident(house: &House, market: MarketId, stall: StallId) -> Resident {
    Resident { org: house.org, market, stall, poster: PosterId::new(house.org, [1; 5]) }
}

/// Another market so many days from the first, with people served at its opening and a quarter of an hour later.
async fn saturday(house: &House, days: i32, ordinal: i64, people: [u32; 2]) -> Market {
    let first = house.store.market(house.market).await.unwrap();
    let opens_at = first.opens_at.plus(i64::from(days) * 24 * HOUR);
    let market = Market {
        id: MarketId::new(opens_at, house.random()),
        ordinal,
        held_on: Day::parse(&first.held_on).unwrap().plus_days(days).to_string(),
        opens_at,
        closes_at: opens_at.plus(4 * HOUR),
        stage: if days < 0 { Stage::Filed } else { Stage::Open },
        ..first
    };
    house.store.market_add(&house.by, &market, [7; 32], NOW).await.unwrap();
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, market.id, stall, "1", "A").await.unwrap();
    for (n, at) in people.into_iter().zip([opens_at, opens_at.plus(15 * MINUTE)]) {
        let by = resident(house, market.id, stall);
        let id = EncounterId::new(at, house.random());
        let scan = Encounter::scan(id, &by, n.into(), house.random(), Some(house.random()), at).unwrap();
        house.store.append(scan).await.unwrap();
    }
    market
}

#[tokio::test]
async fn a_morning_is_held_against_last_saturday_and_the_middle_of_the_season() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, now) = (&house.store, house.store.market(house.market).await.unwrap());
        assert_eq!(store.past(&now).await.unwrap(), kaishi_domain::course::Past::default());
        for (days, people) in [(-7, [4, 6]), (-14, [1, 2]), (-21, [8, 9])] {
            saturday(&house, days, 20 + i64::from(days), people).await;
        }
        saturday(&house, -400, 1, [9, 9]).await;
        saturday(&house, 0, 15, [9, 9]).await;
        let past = store.past(&now).await.unwrap();
        assert_eq!(past.last, Some(Course::of([(6, 4), (9, 6)])));
        assert_eq!(past.middle, Some(Course::of([(6, 4), (9, 6)])), "three of half a year, today left out");
    })
    .await;
}

#[tokio::test]
async fn a_street_is_the_markets_of_one_day() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let by = Watcher { org: house.org, market: house.market.market };
        assert_eq!(house.store.same_day(&by).await.unwrap(), [house.market]);
        saturday(&house, -7, 13, [1, 1]).await;
        let other = saturday(&house, 0, 15, [1, 1]).await;
        let days: Vec<MarketId> =
            house.store.same_day(&by).await.unwrap().into_iter().map(|at| at.market).collect();
        assert_eq!(days, [house.market.market, other.id]);
    })
    .await;
}
