//! Who waits: only who may come on the day moves up, and whoever is told of it hears of an end as well.

use kaishi_domain::call::{Ask, Decision, Policy};
use kaishi_domain::moment::Day;
use kaishi_domain::unit::{Credential, CredentialKind, Edit};
use kaishi_store::{Reply, Ruling};

use crate::call::{call, guests, pitch, rule, state};
use crate::house::{House, NOW, on_both};

fn paper(kind: CredentialKind, until: &str) -> Edit {
    let valid_until = Day::parse(until).unwrap();
    Edit::Credential(Credential {
        kind, number: String::new(), issued_by: "区卫健局".into(), valid_until
    })
}

#[tokio::test]
async fn who_lacks_a_paper_is_passed_over_and_waits_on() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let want = call(&house, 1, Policy::Free).await;
        let (guests, mut bids) = (guests(&house, 3).await, Vec::new());
        for (n, guest) in (0..).zip(&guests) {
            let mut pitch = pitch("义诊");
            if n == 1 {
                pitch.services = vec!["测血糖".into()];
            }
            let bid = house.store.claim_add(guest, Ask::Bid(want), &pitch, NOW.plus(n)).await.unwrap();
            rule(&house, bid, Ruling::Prepare(Decision::Accept)).await.unwrap();
            bids.push(bid);
        }
        house.store.claims_tell(&house.by, house.market.market, NOW.plus(9)).await.unwrap();
        let edit = async |edit| {
            house.store.unit_edit(&house.by, guests[1].unit, &edit, NOW.plus(10)).await.unwrap();
        };
        // One of the two papers is there, the other ends the day before.
        edit(paper(CredentialKind::FreeClinic, "2023-12-31")).await;
        edit(paper(CredentialKind::Physician, "2023-05-12")).await;
        let leave = Reply::Leave("有会".into());
        house.store.claim_reply(&guests[0], bids[0], &leave, NOW.plus(11)).await.unwrap();
        assert_eq!(state(&house, bids[1]).await.code(), "waitlisted", "passed over, not thrown out");
        assert_eq!(state(&house, bids[2]).await.code(), "accepted", "the next one");
        // With its paper in order it is the first again.
        edit(paper(CredentialKind::Physician, "2023-05-13")).await;
        house.store.claim_reply(&guests[2], bids[2], &leave, NOW.plus(12)).await.unwrap();
        assert_eq!(state(&house, bids[1]).await.code(), "accepted");
        assert_eq!(house.store.wants(house.market).await.unwrap()[0].taken, 1);
    })
    .await;
}

#[tokio::test]
async fn who_is_taken_out_or_let_go_is_told_to_other_programs() {
    on_both(|store| async move {
        let house = House::build(store).await;
        house.store.webhook_set(&house.by, "https://hooks.example.cn/in", NOW).await.unwrap();
        call(&house, 1, Policy::Booked).await;
        let (guests, mut offers) = (guests(&house, 2).await, Vec::new());
        for guest in &guests {
            let offer = house.store.claim_add(guest, Ask::Offer, &pitch("修鞋"), NOW).await.unwrap();
            rule(&house, offer, Ruling::Prepare(Decision::Accept)).await.unwrap();
            offers.push(offer);
        }
        house.store.claims_tell(&house.by, house.market.market, NOW).await.unwrap();
        house.store.outbox_take(house.org, NOW).await.unwrap();
        rule(&house, offers[0], Ruling::Strike("人手够了".into())).await.unwrap();
        let leave = Reply::Leave("老王病了".into());
        house.store.claim_reply(&guests[1], offers[1], &leave, NOW).await.unwrap();
        rule(&house, offers[1], Ruling::Answer(true)).await.unwrap();
        let due = house.store.outbox_take(house.org, NOW).await.unwrap();
        let bodies = due.iter().map(|due| serde_json::from_str::<serde_json::Value>(&due.body).unwrap());
        let bodies: Vec<_> = bodies.collect();
        assert!(due.len() == 2 && due.iter().all(|due| due.kind == "call.told"), "{bodies:?}");
        let told = |claim: &str| bodies.iter().find(|body| body["claim"] == claim).unwrap();
        let (struck, gone) = (told(&offers[0].to_string()), told(&offers[1].to_string()));
        assert!(struck["state"] == "withdrawn" && struck["ended_by"] == "organizer", "{struck}");
        assert_eq!(struck["reason"], "人手够了");
        assert!(gone["state"] == "withdrawn" && gone["ended_by"] == "unit", "{gone}");
        assert!(gone["reason"].is_null(), "a unit's own words may name a person");
    })
    .await;
}
