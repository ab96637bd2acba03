//! A stall that the organizer keeps free: nobody is put there, nobody takes it, until it is let go.

use kaishi_domain::actor::{Guest, Organizer};
use kaishi_domain::assignment::{Act, Change, Reserved};
use kaishi_domain::call::{Call, Pitch};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{EntryId, OrgId, Refusal, StallId, UnitId};
use kaishi_store::{Error, Step};

use crate::house::{House, NOW, on_both};

async fn stall(house: &House, no: &str) -> StallId {
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, stall, no, "A").await.unwrap();
    stall
}

/// 书画, and the step that puts it on a stall.
async fn comes(house: &House, to: StallId) -> Step {
    let entry = Entry {
        id: EntryId::new(NOW, house.random()),
        unit: None,
        unit_name: String::new(),
        name: "书画".into(),
        zone: "A".into(),
        services: Vec::new(),
        needs: Needs::default(),
        wishes: Vec::new(),
        way: Way::Bid,
        arrived: false,
    };
    house.store.entry_add(&house.by, house.market.market, &entry, NOW).await.unwrap();
    let change = Change { entry: entry.id, from: None, to: Some(to), pinned: false };
    Step { change, reason: String::new() }
}

#[tokio::test]
async fn a_stall_is_kept_free_with_its_reason_and_let_go_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, house.by, house.market.market);
        let place = stall(&house, "7").await;
        let step = [comes(&house, place).await];
        store.stall_reserve(&by, market, place, " 留给街道 ", NOW).await.unwrap();
        let kept = [Reserved { stall: place, why: "留给街道".into() }];
        assert_eq!(store.reserved(house.market).await.unwrap(), kept);
        let put = store.arrange(&by, market, Act::Fill, &step, NOW).await;
        assert!(matches!(put, Err(Error::Missing(_))), "nobody is put there");
        store.stall_release(&by, market, place, NOW.plus(1)).await.unwrap();
        store.stall_release(&by, market, place, NOW.plus(2)).await.unwrap();
        assert!(store.reserved(house.market).await.unwrap().is_empty());
        store.arrange(&by, market, Act::Fill, &step, NOW.plus(3)).await.unwrap();
        let taken = store.stall_reserve(&by, market, place, "", NOW.plus(4)).await;
        assert!(matches!(taken, Err(Error::Taken(name)) if name == "书画"));

        let trail = store.trail_own(&by, None).await.unwrap().acts;
        let of = |verb: &str| trail.iter().filter(|act| act.verb == verb).collect::<Vec<_>>();
        let (reserved, released) = (of("stall.reserve"), of("stall.release"));
        assert_eq!((reserved.len(), released.len()), (1, 1), "what changes nothing is not written down");
        assert!(reserved[0].detail.contains("留给街道") && reserved[0].object == place.to_string());
    })
    .await;
}

#[tokio::test]
async fn no_unit_takes_a_stall_that_is_kept_free() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, house.by, house.market.market);
        let call = Call { listed: true, ..Call::blank(NOW.plus(3_600_000)) };
        store.call_set(&by, market, &call, NOW).await.unwrap();
        let unit = Unit::new(UnitId::new(NOW, house.random()), "爱心企业", UnitKind::Branch, "支部书记");
        store.unit_add(&by, &unit, NOW).await.unwrap();
        let guest = Guest { org: house.org, market, unit: unit.id };
        let place = stall(&house, "7").await;
        store.stall_reserve(&by, market, place, "", NOW).await.unwrap();
        let pitch = Pitch { name: "磨刀".into(), services: vec!["磨刀".into()], ..Pitch::default() };
        assert!(matches!(store.stall_hold(&guest, place, NOW).await, Err(Error::Taken(_))));
        let taken = store.claim_take(&guest, place, "7", &pitch, NOW).await;
        assert!(matches!(taken, Err(Error::Taken(_))));
        assert!(store.entries(house.market).await.unwrap().is_empty(), "nothing of it is written");
        store.stall_release(&by, market, place, NOW).await.unwrap();
        store.claim_take(&guest, place, "7", &pitch, NOW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_long_reason_a_strange_stall_and_another_organization_are_refused() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, house.by, house.market.market);
        let place = stall(&house, "7").await;
        let long = store.stall_reserve(&by, market, place, &"长".repeat(41), NOW).await;
        assert!(matches!(long, Err(Error::Refused(Refusal::TooLong("reason")))));
        let strange = StallId::new(NOW, house.random());
        let none = store.stall_reserve(&by, market, strange, "", NOW).await;
        assert!(matches!(none, Err(Error::Missing("stall"))));
        let other = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let foreign = Organizer::operator(other, by.account());
        let none = store.stall_reserve(&foreign, market, place, "", NOW).await;
        assert!(matches!(none, Err(Error::Missing("stall"))));
        assert!(store.reserved(house.market).await.unwrap().is_empty());
    })
    .await;
}
