//! Contacts: sealed, read only by whoever may and never without a row in the trail, gone when their time is over.

use kaishi_domain::AccountId;
use kaishi_domain::actor::{Device, Guest, Organizer};
use kaishi_domain::appeal::{
    AppealCode, By, Category, Consent, Contact, NewAppeal, Rating, Review, Verb, Words,
};
use kaishi_domain::encounter::Source;
use kaishi_domain::id::ShortId;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{OrgId, Refusal, StallId, UnitId};
use kaishi_store::{Error, Hand, Retained, Vault};

use crate::house::{House, NOW, on_both};

const DAY: i64 = 24 * HOUR;
const KEEP: i64 = 30 * DAY;

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

async fn raised(house: &House, nonce: &str) -> AppealCode {
    let new = NewAppeal {
        org: house.org,
        market: house.market.market,
        stall: Some(StallId::new(NOW, [3; 10])),
        channel: Source::Scan,
        category: Category::Help,
        words: words("路灯不亮，请打 13900139000"),
        grid: None,
        code: None,
        contact: Contact::parse("13800138000").unwrap(),
        nonce: nonce.into(),
    };
    house.store.appeal_raise(&new, None, NOW).await.unwrap().code
}

async fn read(house: &House, hand: Hand<'_>, code: AppealCode) -> kaishi_store::Result<String> {
    let contact = house.store.contact_read(hand, code, NOW.plus(HOUR)).await?;
    Ok(contact.as_str().to_owned())
}

#[tokio::test]
async fn a_contact_is_read_by_whoever_handles_it_and_each_reading_is_noted() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (desk, unit) = (Hand::Organizer(&house.by), UnitId::new(NOW, house.random()));
        let guest = Guest { org: house.org, market: house.market.market, unit };
        let stall = StallId::new(NOW, [3; 10]);
        let link = ShortId::new(house.org, house.random());
        let phone = Device { org: house.org, market: house.market.market, stall, link };
        let code = raised(&house, "n1").await;
        let appeal = house.store.appeal(code).await.unwrap();
        assert_eq!(house.store.contact_kept(&appeal).await.unwrap(), Some(Consent::Form));
        let step = async |hand: Hand<'_>, verb| house.store.appeal_step(hand, code, verb, NOW).await.unwrap();
        step(desk, Verb::Accept).await;
        step(desk, Verb::Dispatch { to: unit }).await;
        for (hand, who) in [(Hand::Guest(&guest), "not taken yet"), (Hand::Device(&phone), "a stall")] {
            let no = read(&house, hand, code).await;
            assert!(matches!(no, Err(Error::Refused(Refusal::NotAllowed))), "{who}");
        }
        step(Hand::Guest(&guest), Verb::Take).await;
        for hand in [Hand::Guest(&guest), desk, Hand::Resident] {
            assert_eq!(read(&house, hand, code).await.unwrap(), "13800138000");
        }
        let stranger = Guest { unit: UnitId::new(NOW, house.random()), ..guest };
        assert!(read(&house, Hand::Guest(&stranger), code).await.is_err());
        step(Hand::Guest(&guest), Verb::Resolve { how: words("换了灯泡") }).await;
        assert!(read(&house, Hand::Guest(&guest), code).await.is_err(), "the work is done");

        let readings = house.store.contact_readings(&house.by.reader(), &appeal).await.unwrap();
        let mut by: Vec<By> = readings.iter().map(|reading| reading.by).collect();
        by.sort_by_key(|by| by.code());
        assert_eq!(by, [By::Desk(house.by.account()), By::Resident, By::Unit(unit)], "refusals read nothing");

        let other = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let foreign = Organizer::operator(other, AccountId::new(NOW, house.random()));
        assert!(matches!(read(&house, Hand::Organizer(&foreign), code).await, Err(Error::Missing(_))));
        assert!(house.store.contact_readings(&foreign.reader(), &appeal).await.unwrap().is_empty());

        house.store.contact_drop(code, NOW).await.unwrap();
        assert!(matches!(house.store.contact_drop(code, NOW).await, Err(Error::Missing("contact"))));
        assert!(matches!(read(&house, desk, code).await, Err(Error::Missing("contact"))));
        assert_eq!(house.store.contact_kept(&appeal).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn another_key_opens_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let code = raised(&house, "n1").await;
        let thief = house.store.clone().keeping(Vault::new([1; 32]));
        let opened = thief.contact_read(Hand::Organizer(&house.by), code, NOW).await;
        assert!(matches!(opened, Err(Error::Broken(_))));
    })
    .await;
}

#[tokio::test]
async fn what_is_past_its_time_is_counted_then_deleted_and_nothing_else() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let [open, rated, silent] =
            [raised(&house, "o").await, raised(&house, "r").await, raised(&house, "s").await];
        let desk = Hand::Organizer(&house.by);
        for code in [rated, silent] {
            let verb = Verb::SettleOnSpot { how: words("换了") };
            house.store.appeal_step(desk, code, verb, NOW.plus(1)).await.unwrap();
        }
        let word = Verb::Rate(Rating::Satisfied.into());
        house.store.appeal_step(Hand::Resident, rated, word, NOW.plus(DAY)).await.unwrap();
        house.store.appeal_step(desk, rated, Verb::File, NOW.plus(20 * DAY)).await.unwrap();
        let seen = async |at| house.store.overstayed(KEEP, NOW.plus(at)).await.unwrap();
        let none = Retained::default();
        assert_eq!(seen(6 * DAY).await, none);
        assert_eq!(seen(8 * DAY).await, Retained { day_keys: 1, ..none });
        let due = Retained { contacts: 1, reporters: 1, day_keys: 1, ..none };
        assert_eq!(seen(31 * DAY + HOUR).await, due, "filing late does not keep it longer");
        let later = seen(37 * DAY + HOUR).await;
        assert_eq!((later.contacts, later.reporters), (2, 2), "silence ends a week after settling");
        assert!(house.store.day_key(house.market).await.unwrap().is_some(), "looking deletes nothing");

        let at = NOW.plus(31 * DAY + HOUR);
        let both = tokio::join!(house.store.retain(KEEP, at), house.store.retain(KEEP, at));
        let (one, other) = (both.0.unwrap(), both.1.unwrap());
        assert_eq!(
            (one.contacts + other.contacts, one.reporters + other.reporters),
            (1, 1),
            "two nodes, once"
        );
        assert_eq!(one.day_keys + other.day_keys, 1);
        assert_eq!(house.store.retain(KEEP, at).await.unwrap(), none, "done once");
        assert!(house.store.day_key(house.market).await.unwrap().is_none());
        let gone = house.store.appeal(rated).await.unwrap();
        assert_eq!(gone.words.as_str(), "路灯不亮，请打 139********");
        assert_eq!(house.store.contact_kept(&gone).await.unwrap(), None);
        for code in [open, silent] {
            let kept = house.store.appeal(code).await.unwrap();
            assert!(kept.words.as_str().contains("13900139000"));
            assert!(house.store.contact_kept(&kept).await.unwrap().is_some());
        }
        house
            .store
            .appeal_step(Hand::Resident, silent, Verb::Rate(Rating::Unsatisfied.into()), at)
            .await
            .unwrap();
        assert_eq!(seen(500 * DAY).await, none, "what is done again is open");
    })
    .await;
}

#[tokio::test]
async fn numbers_in_what_was_written_on_the_way_are_masked_in_the_same_round() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (code, desk) = (raised(&house, "t").await, Hand::Organizer(&house.by));
        let step = async |hand: Hand<'_>, verb, after| {
            house.store.appeal_step(hand, code, verb, NOW.plus(after)).await.unwrap();
        };
        step(desk, Verb::Accept, 1).await;
        step(desk, Verb::Handle, 2).await;
        step(desk, Verb::Inform { words: words("王师傅 13700137000 明天来") }, 3).await;
        step(desk, Verb::Resolve { how: words("已打 0755-83001234 报修") }, 4).await;
        let review = Review { said: words("13700137000 很好"), ..Review::from(Rating::Satisfied) };
        step(Hand::Resident, Verb::Rate(review), DAY).await;
        let told = async || {
            let appeal = house.store.appeal(code).await.unwrap();
            format!("{:?} {:?}", appeal.state, house.store.appeal_steps(&appeal).await.unwrap())
        };
        let early = house.store.retain(KEEP, NOW.plus(30 * DAY)).await.unwrap();
        assert_eq!((early.texts, early.reporters), (0, 0));
        let late = NOW.plus(31 * DAY + HOUR);
        let found = house.store.overstayed(KEEP, late).await.unwrap();
        assert_eq!((found.texts, found.reporters), (4, 1), "where it stands, and three steps");
        assert!(told().await.contains("13700137000"), "looking changes nothing");
        let both = tokio::join!(house.store.retain(KEEP, late), house.store.retain(KEEP, late));
        assert_eq!(both.0.unwrap().texts + both.1.unwrap().texts, 4, "two nodes, once");
        let after = told().await;
        assert!(
            after.contains("王师傅 137******** 明天来") && after.contains("已打 075*-******** 报修"),
            "{after}"
        );
        assert!(after.contains("137******** 很好") && !after.contains("13700137000"), "{after}");
        assert_eq!(house.store.overstayed(KEEP, late).await.unwrap().texts, 0);
    })
    .await;
}
