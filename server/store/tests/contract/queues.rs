//! Queue numbers: one each at once, called and marked once, one encounter for who was served.

use std::collections::BTreeSet;

use kaishi_domain::actor::{Device, Resident};
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::encounter::Encounter;
use kaishi_domain::queue::{Mark, Standing, State, Terms};
use kaishi_domain::{EncounterId, LinkId, PosterId, StallId};
use kaishi_store::{Asked, Error, Recorded};

use crate::house::{House, NOW, on_both};

/// A stall with an open queue.
async fn queue(house: &House, capacity: i64) -> Resident {
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, stall, "12", "C").await.unwrap();
    let terms = Terms::new(capacity, Some(10)).unwrap();
    house.store.queue_set(&house.by, house.market.market, stall, (terms, Standing::Open), NOW).await.unwrap();
    let poster = PosterId::new(house.org, house.random());
    Resident { org: house.org, market: house.market.market, stall, poster }
}

fn phone(house: &House, at: &Resident) -> Device {
    Device {
        org: house.org,
        market: house.market.market,
        stall: at.stall,
        link: LinkId::new(house.org, house.random()),
    }
}

async fn take(house: &House, at: &Resident, visitor: Option<[u8; 16]>) -> SlipCode {
    match house.store.number_take(at, house.random(), visitor, NOW).await.unwrap() {
        Asked::Given(code) => code,
        Asked::TurnedAway => panic!("the queue is open"),
    }
}

async fn steps(house: &House, at: &Resident) -> i64 {
    house.store.queue(house.market, at.stall).await.unwrap().steps
}

async fn call(house: &House, at: &Resident) -> kaishi_store::Result<i64> {
    let seen = steps(house, at).await;
    house.store.number_call(&phone(house, at), seen, NOW).await
}

async fn mark(house: &House, at: &Resident, code: SlipCode, mark: Mark) -> kaishi_store::Result<()> {
    let seen = steps(house, at).await;
    house.store.number_mark(&phone(house, at), code, mark, seen, NOW).await
}

async fn state(house: &House, at: &Resident, code: SlipCode) -> State {
    house.store.number(house.market, at.stall, code).await.unwrap().state
}

async fn served(house: &House) -> i64 {
    house.store.recount(house.market).await.unwrap().encounters.total
}

#[tokio::test]
async fn forty_who_ask_at_once_get_forty_numbers() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let at = queue(&house, 1).await;
        let tries: Vec<_> = (0..40)
            .map(|_| {
                let (store, nonce, tag) = (house.store.clone(), house.random(), house.random());
                tokio::spawn(async move { store.number_take(&at, nonce, Some(tag), NOW).await })
            })
            .collect();
        let mut codes = BTreeSet::new();
        for one in tries {
            let Asked::Given(code) = one.await.unwrap().unwrap() else { panic!("the queue is open") };
            codes.insert(code);
        }
        let living = house.store.living_numbers(house.market, at.stall).await.unwrap();
        assert_eq!(codes.len(), 40);
        assert_eq!(living.iter().map(|one| one.number).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn one_form_and_one_phone_have_one_number() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let at = queue(&house, 1).await;
        let (nonce, tag) = (house.random(), [7; 16]);
        let tries: Vec<_> = (0..12)
            .map(|_| {
                let store = house.store.clone();
                tokio::spawn(async move { store.number_take(&at, nonce, Some(tag), NOW).await.unwrap() })
            })
            .collect();
        let mut asked = Vec::new();
        for one in tries {
            asked.push(one.await.unwrap());
        }
        asked.dedup();
        assert_eq!(asked.len(), 1, "the same number each time");
        let again = take(&house, &at, Some(tag)).await;
        assert_eq!(asked, [Asked::Given(again)], "another form of the same phone");
        let living = house.store.living_numbers(house.market, at.stall).await.unwrap();
        assert_eq!((living.len(), living[0].number), (1, 1), "no number was lost on the way");
        house.store.number_give_up(house.market, at.stall, again, NOW).await.unwrap();
        house.store.number_give_up(house.market, at.stall, again, NOW).await.unwrap();
        assert!(house.store.number_of(house.market, at.stall, tag).await.unwrap().is_none());
        assert_ne!(take(&house, &at, Some(tag)).await, again, "who gave up may come again");
    })
    .await;
}

#[tokio::test]
async fn who_was_served_is_one_encounter_whatever_is_pressed() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let at = queue(&house, 1).await;
        let code = take(&house, &at, Some([7; 16])).await;
        let seen = steps(&house, &at).await;
        assert_eq!(house.store.number_call(&phone(&house, &at), seen, NOW).await.unwrap(), 1);
        let late = house.store.number_call(&phone(&house, &at), seen, NOW).await;
        assert!(matches!(late, Err(Error::Taken(_))), "a button that was pressed twice calls once");
        let seen = steps(&house, &at).await;
        let presses: Vec<_> = (0..10)
            .map(|_| {
                let (store, by) = (house.store.clone(), phone(&house, &at));
                tokio::spawn(
                    async move { store.number_mark(&by, code, Mark::Served, seen, NOW).await.is_ok() },
                )
            })
            .collect();
        let mut done = 0;
        for press in presses {
            done += i64::from(press.await.unwrap());
        }
        assert_eq!((done, served(&house).await), (1, 1));
        assert!(mark(&house, &at, code, Mark::Served).await.is_err(), "it is over");
        assert_eq!(state(&house, &at, code).await, State::Served { at: NOW });
        // The same phone scans the poster of this stall: it has been counted.
        let id = EncounterId::new(NOW, house.random());
        let scan = Encounter::scan(id, &at, 1, house.random(), Some([7; 16]), NOW).unwrap();
        assert!(matches!(house.store.append(scan).await.unwrap(), Recorded::SecondVisit(_)));
        assert_eq!(served(&house).await, 1);
    })
    .await;
}

#[tokio::test]
async fn who_is_not_there_goes_to_the_end_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let at = queue(&house, 1).await;
        let (first, second) = (take(&house, &at, None).await, take(&house, &at, None).await);
        assert_eq!(call(&house, &at).await.unwrap(), 1);
        assert!(matches!(call(&house, &at).await, Err(Error::Refused(_))), "one at once");
        mark(&house, &at, first, Mark::Missed).await.unwrap();
        assert_eq!(call(&house, &at).await.unwrap(), 2, "the next one");
        mark(&house, &at, second, Mark::Served).await.unwrap();
        assert_eq!(call(&house, &at).await.unwrap(), 1, "and now again");
        mark(&house, &at, first, Mark::Missed).await.unwrap();
        assert_eq!(state(&house, &at, first).await, State::Lapsed { at: NOW });
        assert!(matches!(call(&house, &at).await, Err(Error::Missing("number"))));
        assert_eq!(served(&house).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_closed_queue_counts_who_asks_once_and_still_serves() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let at = queue(&house, 2).await;
        take(&house, &at, None).await;
        let seen = steps(&house, &at).await;
        house.store.queue_turn(&phone(&house, &at), Standing::Closed, seen, NOW).await.unwrap();
        for tag in [[1; 16], [1; 16], [2; 16]] {
            let asked = house.store.number_take(&at, house.random(), Some(tag), NOW).await.unwrap();
            assert_eq!(asked, Asked::TurnedAway);
        }
        let closed = house.store.queue(house.market, at.stall).await.unwrap();
        assert_eq!((closed.standing, closed.turned_away), (Standing::Closed, 2));
        assert_eq!(call(&house, &at).await.unwrap(), 1);
        let terms = Terms::new(1, None).unwrap();
        let off = (terms, Standing::Off);
        house.store.queue_set(&house.by, house.market.market, at.stall, off, NOW).await.unwrap();
        assert!(house.store.queues(house.market).await.unwrap().is_empty());
        assert!(house.store.number_take(&at, house.random(), None, NOW).await.is_err(), "there is none");
        let seen = steps(&house, &at).await;
        let open = house.store.queue_turn(&phone(&house, &at), Standing::Open, seen, NOW).await;
        assert!(open.is_err(), "only an organizer switches it on");
    })
    .await;
}
