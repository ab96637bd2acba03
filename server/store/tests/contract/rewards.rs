//! Rewards: never more than there are, one a phone, redeemed once and at the right stall.

use kaishi_domain::actor::Device;
use kaishi_domain::quiz::Question;
use kaishi_domain::reward::{Cause, Reward, State};
use kaishi_domain::{LinkId, QuestionId, Refusal, StallId};
use kaishi_store::Error;

use crate::house::{House, NOW, on_both};

/// A stall that gives so many coffees, as a phone of its staff.
async fn coffee(house: &House, most: i64) -> Device {
    let stall = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, stall, "10", "B").await.unwrap();
    let reward = Reward { cause: Cause::Quiz, stall, prize: "一杯咖啡".into(), needs: 2, most };
    house.store.reward_set(&house.by, house.market.market, reward, true, NOW).await.unwrap();
    Device {
        org: house.org,
        market: house.market.market,
        stall,
        link: LinkId::new(house.org, house.random()),
    }
}

#[tokio::test]
async fn of_thirty_who_pass_at_once_as_many_are_rewarded_as_there_are_rewards() {
    on_both(|store| async move {
        let house = House::build(store).await;
        coffee(&house, 7).await;
        let (at, tries) = (house.market, 30);
        let tries: Vec<_> = (0..tries)
            .map(|_| {
                let (store, nonce, tag) = (house.store.clone(), house.random(), house.random());
                tokio::spawn(async move { store.pass_give(at, Cause::Quiz, nonce, Some(tag), NOW).await })
            })
            .collect();
        let mut given = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(_) => given += 1,
                Err(Error::Refused(Refusal::Taken("reward"))) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let left = house.store.reward(at, Cause::Quiz).await.unwrap().unwrap().1;
        assert_eq!((given, left), (7, 0));
    })
    .await;
}

#[tokio::test]
async fn a_pass_is_one_a_phone_and_redeemed_once_at_its_stall() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let by = coffee(&house, 5).await;
        let give = |nonce, tag| house.store.pass_give(house.market, Cause::Quiz, nonce, tag, NOW);
        let code = give([1; 16], Some([7; 16])).await.unwrap();
        assert_eq!(give([2; 16], Some([7; 16])).await.unwrap(), code, "one a phone");
        assert_eq!(give([1; 16], None).await.unwrap(), code, "one a form");
        assert_ne!(give([3; 16], None).await.unwrap(), code);
        assert_eq!(house.store.reward(house.market, Cause::Quiz).await.unwrap().unwrap().1, 3);
        let elsewhere = Device { stall: StallId::new(NOW, house.random()), ..by };
        let refused = house.store.pass_redeem(&elsewhere, code, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed))), "another stall");
        let presses: Vec<_> = (0..12)
            .map(|_| {
                let store = house.store.clone();
                tokio::spawn(async move { store.pass_redeem(&by, code, NOW).await })
            })
            .collect();
        let mut redeemed = 0;
        for press in presses {
            match press.await.unwrap() {
                Ok(()) => redeemed += 1,
                Err(Error::Taken(at)) => assert_eq!(at, NOW.millis().to_string()),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(redeemed, 1);
        let pass = house.store.pass(house.market, code).await.unwrap();
        assert_eq!(
            (pass.state, &*pass.prize, pass.stall),
            (State::Redeemed { at: NOW }, "一杯咖啡", by.stall)
        );
    })
    .await;
}

#[tokio::test]
async fn the_bank_is_written_and_what_is_off_gives_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let by = coffee(&house, 5).await;
        let id = QuestionId::new(NOW, house.random());
        let options = ["110".to_owned(), "120".to_owned()];
        let question = Question::new(id, "急救电话？", &options, 1, "120 是急救。").unwrap();
        house.store.questions_add(&house.by, std::slice::from_ref(&question), NOW).await.unwrap();
        assert_eq!(house.store.questions(house.org).await.unwrap(), [question]);
        house.store.question_retire(&house.by, id, NOW).await.unwrap();
        assert!(house.store.questions(house.org).await.unwrap().is_empty());
        assert!(house.store.question_retire(&house.by, id, NOW).await.is_err());
        let off = Reward { cause: Cause::Quiz, stall: by.stall, prize: "茶".into(), needs: 1, most: 5 };
        house.store.reward_set(&house.by, house.market.market, off, false, NOW).await.unwrap();
        assert!(house.store.reward(house.market, Cause::Quiz).await.unwrap().is_none());
        let given = house.store.pass_give(house.market, Cause::Quiz, [1; 16], None, NOW).await;
        assert!(matches!(given, Err(Error::Refused(Refusal::Taken("reward")))));
        let rows = house.store.rewards(&house.by.viewer(), house.market.market).await.unwrap();
        assert_eq!((rows.len(), rows[0].1), (1, false));
    })
    .await;
}
