//! The call of a Saturday: answers, decisions told together, the last place, one stall and two takers.

use kaishi_domain::actor::Guest;
use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::call::{Ask, Call, Decision, Pitch, Policy, State, Want};
use kaishi_domain::entry::{Entry, Way};
use kaishi_domain::unit::vetting::{Cause, Step as Vetting};
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{ClaimId, EntryId, Refusal, StallId, UnitId, WantId};
use kaishi_store::{Error, Reply, Ruling, Step};

use crate::house::{House, NOW, on_both};

const HOUR: i64 = 3_600_000;

/// So many units, as guests of the market.
pub async fn guests(house: &House, many: usize) -> Vec<Guest> {
    let mut guests = Vec::new();
    for n in 0..many {
        let id = UnitId::new(NOW.plus(n as i64), house.random());
        let unit = Unit::new(id, &format!("单位{n}"), UnitKind::Branch, "支部书记");
        house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
        guests.push(Guest { org: house.org, market: house.market.market, unit: unit.id });
    }
    guests
}

pub fn pitch(name: &str) -> Pitch {
    Pitch { name: name.into(), services: vec!["量血压".into()], ..Pitch::default() }
}

/// A listed call with one want of so many places.
pub async fn call(house: &House, seats: i64, policy: Policy) -> WantId {
    let call = Call { intro: "诚邀各单位".into(), listed: true, policy, ..Call::blank(NOW.plus(HOUR)) };
    house.store.call_set(&house.by, house.market.market, &call, NOW).await.unwrap();
    let want = Want {
        id: WantId::new(NOW, house.random()),
        title: "健康义诊".into(),
        zone: "A".into(),
        detail: String::new(),
        seats,
        taken: 0,
    };
    house.store.want_put(&house.by, house.market.market, &want, NOW).await.unwrap();
    want.id
}

pub async fn state(house: &House, id: ClaimId) -> State {
    let claims = house.store.claims(house.market).await.unwrap();
    claims.into_iter().find(|claim| claim.id == id).unwrap().state
}

pub async fn rule(house: &House, id: ClaimId, ruling: Ruling) -> kaishi_store::Result<()> {
    house.store.claim_rule(&house.by, house.market.market, id, &ruling, NOW).await
}

async fn stall(house: &House, no: &str) -> StallId {
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, stall, no, "A").await.unwrap();
    stall
}

#[tokio::test]
async fn decisions_are_told_together_and_the_waitlist_moves_up_by_itself() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let want = call(&house, 1, Policy::Free).await;
        let guests = guests(&house, 4).await;
        let mut bids = Vec::new();
        for (n, guest) in (0..).zip(&guests) {
            let bid =
                house.store.claim_add(guest, Ask::Bid(want), &pitch("义诊"), NOW.plus(n)).await.unwrap();
            bids.push(bid);
        }
        let twice = house.store.claim_add(&guests[0], Ask::Bid(want), &pitch("义诊"), NOW).await;
        assert!(matches!(twice, Err(Error::Taken(_))), "one unit, one bid on one want");
        for bid in &bids[..3] {
            rule(&house, *bid, Ruling::Prepare(Decision::Accept)).await.unwrap();
        }
        rule(&house, bids[3], Ruling::Prepare(Decision::Decline("已有三家".into()))).await.unwrap();
        assert_eq!(house.store.entries(house.market).await.unwrap().len(), 0, "prepared is not told");
        let told = house.store.claims_tell(&house.by, house.market.market, NOW.plus(9)).await.unwrap();
        assert_eq!(told.len(), 4);
        let codes: Vec<_> = told.iter().map(|claim| claim.state.code()).collect();
        assert_eq!(
            codes,
            ["accepted", "waitlisted", "waitlisted", "declined"],
            "one place, in the order of coming"
        );
        let entries = house.store.entries(house.market).await.unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].unit, entries[0].way), (Some(guests[0].unit), Way::Bid));
        assert!(house.store.claims_tell(&house.by, house.market.market, NOW).await.unwrap().is_empty());

        house.store.claim_reply(&guests[0], bids[0], &Reply::Confirm, NOW.plus(10)).await.unwrap();
        let other = house.store.claim_reply(&guests[1], bids[0], &Reply::Confirm, NOW).await;
        assert!(matches!(other, Err(Error::Missing("claim"))), "not theirs");
        house
            .store
            .claim_reply(&guests[0], bids[0], &Reply::Leave("有会".into()), NOW.plus(11))
            .await
            .unwrap();
        assert_eq!(state(&house, bids[0]).await.code(), "withdrawn");
        assert_eq!(state(&house, bids[1]).await.code(), "accepted", "the first who waits");
        assert_eq!(state(&house, bids[2]).await.code(), "waitlisted");
        let entries = house.store.entries(house.market).await.unwrap();
        assert_eq!(entries.iter().map(|entry| entry.unit).collect::<Vec<_>>(), [Some(guests[1].unit)]);
        let wants = house.store.wants(house.market).await.unwrap();
        assert_eq!((wants[0].taken, wants[0].left()), (1, 0));
        let more = Want { seats: 2, ..wants[0].clone() };
        house.store.want_put(&house.by, house.market.market, &more, NOW.plus(12)).await.unwrap();
        assert_eq!(state(&house, bids[2]).await.code(), "accepted", "a place more is the next one's");
        assert_eq!(house.store.wants(house.market).await.unwrap()[0].taken, 2);
        let gone = Ruling::Strike("来不了".into());
        rule(&house, bids[2], gone).await.unwrap();
        let fewer = Want { seats: 1, title: "义诊".into(), ..wants[0].clone() };
        house.store.want_put(&house.by, house.market.market, &fewer, NOW).await.unwrap();
        let gone = house.store.want_remove(&house.by, house.market.market, want, NOW).await;
        assert!(matches!(gone, Err(Error::Taken(_))), "it has been answered");
    })
    .await;
}

#[tokio::test]
async fn who_was_delisted_while_it_waited_is_passed_over() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let want = call(&house, 1, Policy::Free).await;
        let mut bids = Vec::new();
        let guests = guests(&house, 3).await;
        for (n, guest) in (0..).zip(&guests) {
            let bid =
                house.store.claim_add(guest, Ask::Bid(want), &pitch("理发"), NOW.plus(n)).await.unwrap();
            rule(&house, bid, Ruling::Prepare(Decision::Accept)).await.unwrap();
            bids.push(bid);
        }
        house.store.claims_tell(&house.by, house.market.market, NOW.plus(9)).await.unwrap();
        let vet = async |step| house.store.unit_vet(&house.by, guests[1].unit, &step, NOW).await.unwrap();
        vet(Vetting::Vet { why: "口碑好".into() }).await;
        vet(Vetting::Delist {
            cause: Cause::Complaints, evidence: "三次投诉".into(), markets: Vec::new()
        })
        .await;
        let leave = Reply::Leave("有会".into());
        house.store.claim_reply(&guests[0], bids[0], &leave, NOW.plus(11)).await.unwrap();
        assert_eq!(state(&house, bids[0]).await.code(), "withdrawn");
        assert_eq!(state(&house, bids[1]).await.code(), "waitlisted");
        assert_eq!(state(&house, bids[2]).await.code(), "accepted");
    })
    .await;
}

#[tokio::test]
async fn a_presence_that_looks_for_a_unit_finds_it_and_looks_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let want = call(&house, 1, Policy::Free).await;
        let place = stall(&house, "8").await;
        let open = pitch("健康义诊").entry(
            EntryId::new(NOW, house.random()),
            guests(&house, 1).await[0].unit,
            Way::Bid,
            Vec::new(),
        );
        let open = Entry { unit: None, ..open.unwrap() };
        house.store.entry_add(&house.by, house.market.market, &open, NOW).await.unwrap();
        let change = Change { entry: open.id, from: None, to: Some(place), pinned: false };
        let step = Step { change, reason: "because".into() };
        house.store.arrange(&house.by, house.market.market, Act::Hand, &[step], NOW).await.unwrap();
        let units = house.store.units(&house.by.viewer()).await.unwrap();
        let guest = Guest { org: house.org, market: house.market.market, unit: units[0].id };
        let bid = house.store.claim_add(&guest, Ask::Bid(want), &pitch("义诊"), NOW).await.unwrap();
        rule(&house, bid, Ruling::Prepare(Decision::Accept)).await.unwrap();
        house.store.claims_tell(&house.by, house.market.market, NOW).await.unwrap();
        let entries = house.store.entries(house.market).await.unwrap();
        assert_eq!(
            entries.iter().map(|entry| (entry.id, entry.unit)).collect::<Vec<_>>(),
            [(open.id, Some(guest.unit))]
        );
        assert_eq!(state(&house, bid).await.entry(), Some(open.id));
        house.store.claim_reply(&guest, bid, &Reply::Leave(String::new()), NOW).await.unwrap();
        let entries = house.store.entries(house.market).await.unwrap();
        assert_eq!((entries.len(), entries[0].unit), (1, None), "it looks for a unit again");
        let assigned = house.store.assignments(house.market).await.unwrap();
        assert_eq!((assigned[0].held.stall, assigned[0].held.entry), (place, open.id), "on its stall");
    })
    .await;
}

#[tokio::test]
async fn who_is_booked_asks_to_leave_and_is_let_go() {
    on_both(|store| async move {
        let house = House::build(store).await;
        call(&house, 1, Policy::Booked).await;
        let guest = guests(&house, 1).await[0];
        let offer = house.store.claim_add(&guest, Ask::Offer, &pitch("修鞋"), NOW).await.unwrap();
        rule(&house, offer, Ruling::Prepare(Decision::Accept)).await.unwrap();
        house.store.claims_tell(&house.by, house.market.market, NOW).await.unwrap();
        // It was said by telephone, and said twice.
        for _ in 0..2 {
            rule(&house, offer, Ruling::Confirm).await.unwrap();
            assert_eq!(state(&house, offer).await.code(), "confirmed");
        }
        house.store.claim_reply(&guest, offer, &Reply::Leave("设备坏了".into()), NOW).await.unwrap();
        assert_eq!(state(&house, offer).await.code(), "leaving");
        assert_eq!(house.store.entries(house.market).await.unwrap().len(), 1, "it still has its place");
        rule(&house, offer, Ruling::Answer(true)).await.unwrap();
        assert_eq!(state(&house, offer).await.code(), "withdrawn");
        assert!(house.store.entries(house.market).await.unwrap().is_empty());
        for late in [Ruling::Strike("x".into()), Ruling::Confirm] {
            let again = rule(&house, offer, late).await;
            assert!(matches!(again, Err(Error::Refused(Refusal::WrongState(_)))));
        }
    })
    .await;
}

#[tokio::test]
async fn a_call_that_is_closed_or_over_takes_no_answer() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let guest = guests(&house, 1).await[0];
        assert!(house.store.call(house.market).await.unwrap().is_none());
        let early = house.store.claim_add(&guest, Ask::Offer, &pitch("修鞋"), NOW).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::Expired))));
        let want = call(&house, 1, Policy::Free).await;
        let late = house.store.claim_add(&guest, Ask::Bid(want), &pitch("义诊"), NOW.plus(HOUR)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::Expired))));
        let bare = house.store.claim_add(&guest, Ask::Offer, &pitch(" "), NOW).await;
        assert!(matches!(bare, Err(Error::Refused(Refusal::Missing("name")))));
        assert!(house.store.claims(house.market).await.unwrap().is_empty());
        house.store.want_remove(&house.by, house.market.market, want, NOW).await.unwrap();
        assert!(house.store.wants(house.market).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_take_one_stall_at_once_one_has_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        call(&house, 1, Policy::Free).await;
        let place = stall(&house, "7").await;
        let guests = guests(&house, 8).await;
        let take = guests.iter().map(|guest| {
            let (store, guest) = (house.store.clone(), *guest);
            tokio::spawn(async move { store.claim_take(&guest, place, "7", &pitch("磨刀"), NOW).await })
        });
        let mut won = Vec::new();
        for (guest, done) in guests.iter().zip(take.collect::<Vec<_>>()) {
            match done.await.unwrap() {
                Ok(_) => won.push(guest.unit),
                Err(Error::Taken(what)) => assert_eq!(what, "stall"),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(won.len(), 1);
        let claims = house.store.claims(house.market).await.unwrap();
        assert_eq!(
            claims.iter().map(|claim| claim.unit).collect::<Vec<_>>(),
            won,
            "nothing of the others was written"
        );
        let (entries, assigned) = (
            house.store.entries(house.market).await.unwrap(),
            house.store.assignments(house.market).await.unwrap(),
        );
        assert_eq!((entries.len(), assigned.len()), (1, 1));
        assert_eq!((assigned[0].held.stall, assigned[0].held.entry), (place, entries[0].id));
        // Leaving gives the stall back.
        let winner = guests.iter().find(|guest| guest.unit == won[0]).unwrap();
        house.store.claim_reply(winner, claims[0].id, &Reply::Leave(String::new()), NOW).await.unwrap();
        assert!(house.store.assignments(house.market).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_look_at_one_stall_one_holds_it_until_its_time_is_over() {
    on_both(|store| async move {
        let house = House::build(store).await;
        call(&house, 1, Policy::Free).await;
        let place = stall(&house, "7").await;
        let guests = guests(&house, 6).await;
        let tries = guests.iter().map(|guest| {
            let (store, guest) = (house.store.clone(), *guest);
            tokio::spawn(async move { store.stall_hold(&guest, place, NOW).await.is_ok() })
        });
        let mut holders = Vec::new();
        for (guest, done) in guests.iter().zip(tries.collect::<Vec<_>>()) {
            if done.await.unwrap() {
                holders.push(*guest);
            }
        }
        assert_eq!(holders.len(), 1);
        let (first, second) =
            (holders[0], *guests.iter().find(|guest| guest.unit != holders[0].unit).unwrap());
        let until = house.store.stall_hold(&first, place, NOW.plus(60_000)).await.unwrap();
        assert_eq!(house.store.stall_holds(house.market, NOW).await.unwrap(), [(place, first.unit, until)]);
        let kept = house.store.claim_take(&second, place, "7", &pitch("磨刀"), NOW.plus(70_000)).await;
        assert!(matches!(kept, Err(Error::Taken(_))), "kept for another");
        assert!(house.store.stall_holds(house.market, until).await.unwrap().is_empty(), "over");
        house.store.stall_hold(&second, place, until).await.unwrap();
        house.store.claim_take(&second, place, "7", &pitch("磨刀"), until.plus(1)).await.unwrap();
        assert!(
            matches!(house.store.stall_hold(&first, place, until.plus(2)).await, Err(Error::Taken(_))),
            "it stands there"
        );
    })
    .await;
}

#[tokio::test]
async fn the_last_place_of_a_want_is_given_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let want = call(&house, 2, Policy::Free).await;
        let guests = guests(&house, 5).await;
        for (n, guest) in (0..).zip(&guests) {
            let bid =
                house.store.claim_add(guest, Ask::Bid(want), &pitch("义诊"), NOW.plus(n)).await.unwrap();
            rule(&house, bid, Ruling::Prepare(Decision::Accept)).await.unwrap();
        }
        // Two organizers press at once: every decision is told once, and two places are two.
        let tell = || {
            let (store, by, market) = (house.store.clone(), house.by, house.market.market);
            tokio::spawn(async move { store.claims_tell(&by, market, NOW).await.unwrap().len() })
        };
        let (one, other) = (tell(), tell());
        assert_eq!(one.await.unwrap() + other.await.unwrap(), 5);
        assert_eq!(house.store.entries(house.market).await.unwrap().len(), 2);
        assert_eq!(house.store.wants(house.market).await.unwrap()[0].taken, 2);
    })
    .await;
}
