//! Messages to other programs: written with what they tell of, taken once, tried again, given up; and who goes from whom
//! to whom.

use std::collections::BTreeSet;

use kaishi_domain::actor::Guest;
use kaishi_domain::call::{Ask, Call, Decision, Pitch, Policy};
use kaishi_domain::outbox::{Delivery, Miss, next_try};
use kaishi_domain::unit::{Flow, Tie, Unit, UnitKind};
use kaishi_domain::{Refusal, UnitId};
use kaishi_store::{Due, Error, Outcome, Ruling};
use serde_json::json;

use crate::house::{House, NOW, on_both};

const URL: &str = "https://hooks.example.cn/in";

async fn unit(house: &House, name: &str) -> UnitId {
    let unit = Unit::new(UnitId::new(NOW, house.random()), name, UnitKind::Branch, "支部书记");
    house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
    unit.id
}

async fn take(house: &House, after: i64) -> Vec<Due> {
    house.store.outbox_take(house.org, NOW.plus(after)).await.unwrap()
}

#[tokio::test]
async fn nobody_is_told_before_there_is_an_address_and_what_waits_ends_with_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert!(!house.store.outbox_post(&house.by, "test", &json!({}), NOW).await.unwrap());
        assert_eq!(house.store.webhook(house.org).await.unwrap(), None);
        assert!(matches!(house.store.webhook_renew(&house.by, NOW).await, Err(Error::Missing(_))));

        house.store.webhook_set(&house.by, URL, NOW).await.unwrap();
        house.store.webhook_renew(&house.by, NOW).await.unwrap();
        house.store.webhook_set(&house.by, URL, NOW).await.unwrap();
        let hook = house.store.webhook(house.org).await.unwrap().unwrap();
        assert_eq!((hook.url.as_str(), hook.turn), (URL, 2));
        assert!(house.store.outbox_post(&house.by, "test", &json!({"n": 1}), NOW).await.unwrap());
        let odd = house.store.outbox_post(&house.by, "Test!", &json!({}), NOW).await;
        assert!(matches!(odd, Err(Error::Refused(Refusal::Malformed(_)))), "{odd:?}");

        house.store.webhook_drop(&house.by, NOW).await.unwrap();
        let shown = house.store.outbox(&house.by).await.unwrap();
        assert_eq!(shown.iter().map(|one| one.delivery).collect::<Vec<_>>(), [Delivery::Failed]);
        let again = house.store.outbox_again(&house.by, &shown[0].id, NOW).await;
        assert!(matches!(again, Err(Error::Missing(_))), "there is nowhere to send it");
        assert!(take(&house, 0).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_send_each_message_is_one_ones_and_a_lost_one_comes_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        house.store.webhook_set(&house.by, URL, NOW).await.unwrap();
        for n in 0..12 {
            house.store.outbox_post(&house.by, "test", &json!({ "n": n }), NOW.plus(n)).await.unwrap();
        }
        let senders = (0..4).map(|_| {
            let (store, org) = (house.store.clone(), house.org);
            tokio::spawn(async move { store.outbox_take(org, NOW.plus(100)).await.unwrap() })
        });
        let mut all = Vec::new();
        for sender in senders.collect::<Vec<_>>() {
            all.extend(sender.await.unwrap());
        }
        let ids: BTreeSet<_> = all.iter().map(|due| due.id.clone()).collect();
        assert_eq!((all.len(), ids.len()), (12, 12));
        assert!(all.iter().all(|due| due.tries == 1 && due.kind == "test"));
        assert!(take(&house, 101).await.is_empty(), "they are somebody's");
        // Whoever had them is gone: after a while they are anybody's.
        let later = take(&house, 10 * 60_000).await;
        assert_eq!((later.len(), later[0].tries), (12, 2));
        // What the first one learns of its try counts no more.
        let first = all.iter().find(|due| due.id == later[0].id).unwrap();
        house.store.outbox_settle(house.org, first, Outcome::Sent(200), NOW).await.unwrap();
        let shown = house.store.outbox(&house.by).await.unwrap();
        assert!(shown.iter().all(|one| one.delivery == Delivery::Waiting));
    })
    .await;
}

#[tokio::test]
async fn a_miss_is_tried_again_ever_later_until_it_is_given_up_and_sent_again_by_hand() {
    on_both(|store| async move {
        let house = House::build(store).await;
        house.store.webhook_set(&house.by, URL, NOW).await.unwrap();
        house.store.outbox_post(&house.by, "test", &json!({}), NOW).await.unwrap();
        let mut now = NOW;
        let missed = Outcome::Missed(Miss::Status, Some(500));
        let mut tries = 0;
        while let [due] = &house.store.outbox_take(house.org, now).await.unwrap()[..] {
            tries += 1;
            assert_eq!(due.tries, tries);
            house.store.outbox_settle(house.org, due, missed, now).await.unwrap();
            let [one] = &house.store.outbox(&house.by).await.unwrap()[..] else { panic!("one message") };
            assert_eq!((one.status, one.miss), (Some(500), Some(Miss::Status)));
            if let Some(next) = next_try(tries, now) {
                assert_eq!((one.delivery, one.next), (Delivery::Waiting, next));
                assert!(house.store.outbox_take(house.org, next.plus(-1)).await.unwrap().is_empty());
                now = next;
            } else {
                assert_eq!(one.delivery, Delivery::Failed);
            }
        }
        assert_eq!(tries, 10);
        let id = house.store.outbox(&house.by).await.unwrap()[0].id.clone();
        house.store.outbox_again(&house.by, &id, now).await.unwrap();
        let due = house.store.outbox_take(house.org, now).await.unwrap().remove(0);
        assert_eq!((due.id.as_str(), due.tries), (id.as_str(), 1));
        house.store.outbox_settle(house.org, &due, Outcome::Sent(204), now).await.unwrap();
        let one = house.store.outbox(&house.by).await.unwrap().remove(0);
        assert_eq!((one.delivery, one.status, one.miss), (Delivery::Sent, Some(204), None));
        // Long after its end it is not shown any more.
        let later = now.plus(31 * 24 * 3_600_000);
        house.store.outbox_post(&house.by, "test", &json!({}), later).await.unwrap();
        let due = house.store.outbox_take(house.org, later).await.unwrap().remove(0);
        house.store.outbox_settle(house.org, &due, Outcome::Sent(200), later).await.unwrap();
        assert_eq!(house.store.outbox(&house.by).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn decisions_that_are_told_and_a_reminder_go_into_the_outbox() {
    on_both(|store| async move {
        let house = House::build(store).await;
        house.store.webhook_set(&house.by, URL, NOW).await.unwrap();
        let market = house.market.market;
        let call = Call {
            intro: "诚邀各单位".into(),
            listed: true,
            policy: Policy::Free,
            ..Call::blank(NOW.plus(3_600_000))
        };
        house.store.call_set(&house.by, market, &call, NOW).await.unwrap();
        for (name, decision) in
            [("老年协会", Decision::Accept), ("书画社", Decision::Decline("已有一家".into()))]
        {
            let guest = Guest { org: house.org, market, unit: unit(&house, name).await };
            let pitch = Pitch { name: "书画".into(), services: vec!["书画".into()], ..Pitch::default() };
            let claim = house.store.claim_add(&guest, Ask::Offer, &pitch, NOW).await.unwrap();
            house.store.claim_rule(&house.by, market, claim, &Ruling::Prepare(decision), NOW).await.unwrap();
        }
        assert!(take(&house, 1).await.is_empty(), "prepared is not told");
        assert_eq!(house.store.claims_remind(&house.by, market, NOW).await.unwrap(), 0, "nobody is silent");
        house.store.claims_tell(&house.by, market, NOW.plus(2)).await.unwrap();
        assert_eq!(house.store.claims_remind(&house.by, market, NOW.plus(3)).await.unwrap(), 1);
        let due = take(&house, 4).await;
        let kinds: Vec<_> = due.iter().map(|due| due.kind.as_str()).collect();
        assert_eq!(kinds, ["call.told", "call.told", "call.reminder"]);
        let bodies: Vec<serde_json::Value> =
            due.iter().map(|due| serde_json::from_str(&due.body).unwrap()).collect();
        let told = |unit: &str| bodies.iter().find(|body| body["unit"] == unit).unwrap();
        assert_eq!(told("老年协会")["state"], "accepted");
        assert_eq!(told("书画社")["reason"], "已有一家");
        assert_eq!(bodies[2]["silent"][0]["unit"], "老年协会");
    })
    .await;
}

#[tokio::test]
async fn ties_between_units_are_kept_without_direction() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (one, other) = (unit(&house, "老年协会").await, unit(&house, "书画社").await);
        let tie = |flow| Tie::between(one, other, flow).unwrap();
        house.store.unit_tie(&house.by, tie(Flow::Some), NOW).await.unwrap();
        house.store.unit_tie(&house.by, tie(Flow::Most), NOW).await.unwrap();
        assert_eq!(house.store.unit_ties(&house.by.viewer()).await.unwrap(), [tie(Flow::Most)]);
        let stranger = Tie::between(one, UnitId::new(NOW, house.random()), Flow::Some).unwrap();
        let missing = house.store.unit_tie(&house.by, stranger, NOW).await;
        assert!(matches!(missing, Err(Error::Missing("unit"))), "{missing:?}");
        house.store.unit_untie(&house.by, other, one, NOW).await.unwrap();
        assert!(house.store.unit_ties(&house.by.viewer()).await.unwrap().is_empty());
        let gone = house.store.unit_untie(&house.by, one, other, NOW).await;
        assert!(matches!(gone, Err(Error::Missing("tie"))), "{gone:?}");
    })
    .await;
}
