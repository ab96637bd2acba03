//! Appeals: raised once, moved one step at a time, counted as they stand.

use kaishi_domain::actor::{Device, Guest, Organizer};
use kaishi_domain::appeal::{
    Appeal, AppealCode, Category, Contact, Handler, NewAppeal, Rating, SlipCode, State, Verb, Words,
};
use kaishi_domain::encounter::Source;
use kaishi_domain::id::ShortId;
use kaishi_domain::moment::HOUR;
use kaishi_domain::{AccountId, MarketId, MarketRef, OrgId, Refusal, StallId, UnitId};
use kaishi_store::{Error, Hand};

use crate::house::{House, NOW, on_both};

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

fn wish(house: &House, stall: StallId, nonce: &str) -> NewAppeal {
    NewAppeal {
        org: house.org,
        market: house.market.market,
        stall: Some(stall),
        channel: Source::Scan,
        category: Category::Help,
        words: words("路灯不亮"),
        grid: None,
        code: None,
        contact: Contact::parse("13800138000").unwrap(),
        nonce: nonce.into(),
    }
}

fn phone(house: &House, stall: StallId) -> Device {
    Device {
        org: house.org,
        market: house.market.market,
        stall,
        link: ShortId::new(house.org, house.random()),
    }
}

async fn step(house: &House, code: AppealCode, verb: Verb, after: i64) -> Appeal {
    house.store.appeal_step(Hand::Organizer(&house.by), code, verb, NOW.plus(after)).await.unwrap()
}

#[tokio::test]
async fn a_form_sent_twice_is_one_appeal_with_one_code() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = StallId::new(NOW, house.random());
        let before = house.store.version(house.market).await.unwrap();
        let new = wish(&house, stall, "n1");
        let first = house.store.appeal_raise(&new, None, NOW).await.unwrap();
        let again = house.store.appeal_raise(&new, None, NOW.plus(HOUR)).await.unwrap();
        assert_eq!(again, first);
        assert_eq!(house.store.appeal(first.code).await.unwrap(), first);

        let after = house.store.version(house.market).await.unwrap();
        assert_eq!(after, before + 1, "a resent form changes nothing on the screens");
        let twin = wish(&house, stall, "n2");
        let both = tokio::join!(
            house.store.appeal_raise(&twin, None, NOW),
            house.store.appeal_raise(&twin, None, NOW),
        );
        assert_eq!(both.0.unwrap().code, both.1.unwrap().code);
        assert_eq!(house.store.appeals(&house.by.reader(), house.market.market).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_stall_settles_what_it_raises_in_one_go() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = StallId::new(NOW, house.random());
        let device = phone(&house, stall);
        let new = NewAppeal { channel: Source::Staff, words: Words::default(), ..wish(&house, stall, "s1") };
        let at_once = Verb::SettleOnSpot { how: Words::default() };
        let settled = house
            .store
            .appeal_raise(&new, Some((Hand::Device(&device), at_once.clone())), NOW)
            .await
            .unwrap();
        let done = settled.state.resolution().unwrap();
        assert_eq!((done.by, done.on_the_spot), (Handler::Stall(stall), true));
        assert_eq!(house.store.appeal_steps(&settled).await.unwrap().len(), 1);

        let later = house.store.appeal_raise(&wish(&house, stall, "s2"), None, NOW).await.unwrap();
        let elsewhere = phone(&house, StallId::new(NOW, house.random()));
        let refused =
            house.store.appeal_step(Hand::Device(&elsewhere), later.code, at_once.clone(), NOW).await;
        assert!(matches!(refused, Err(Error::Missing("appeal"))), "not its stall");
        house.store.appeal_step(Hand::Device(&device), later.code, at_once.clone(), NOW).await.unwrap();
        let twice = house.store.appeal_step(Hand::Device(&device), later.code, at_once, NOW).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::WrongState(_)))));

        let counts = house.store.appeal_counts(house.market, Some(stall), NOW).await.unwrap();
        assert_eq!((counts.raised, counts.settled_on_spot, counts.settled_by_unit), (2, 2, 2));
        assert_eq!(house.store.appeals_at(&device, 1).await.unwrap().len(), 1);
        let other = Some(elsewhere.stall);
        assert_eq!(house.store.appeal_counts(house.market, other, NOW).await.unwrap().raised, 0);
    })
    .await;
}

#[tokio::test]
async fn an_appeal_goes_its_whole_way_and_the_counts_follow() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = UnitId::new(NOW, house.random());
        let guest = Guest { org: house.org, market: house.market.market, unit };
        let stranger = Guest { unit: UnitId::new(NOW, house.random()), ..guest };
        let new = NewAppeal { stall: None, ..wish(&house, StallId::new(NOW, house.random()), "w") };
        let code = house.store.appeal_raise(&new, None, NOW).await.unwrap().code;
        let counts = async |at| house.store.appeal_counts(house.market, None, NOW.plus(at)).await.unwrap();
        assert_eq!(counts(25 * HOUR).await.overdue, 1);
        step(&house, code, Verb::Accept, 1).await;
        step(&house, code, Verb::Dispatch { to: unit }, 2).await;
        let by_stranger = house.store.appeal_step(Hand::Guest(&stranger), code, Verb::Take, NOW).await;
        assert!(matches!(by_stranger, Err(Error::Refused(Refusal::NotAllowed))));
        house.store.appeal_step(Hand::Guest(&guest), code, Verb::Take, NOW.plus(3)).await.unwrap();
        let how = words("换了灯泡");
        house.store.appeal_step(Hand::Guest(&guest), code, Verb::Resolve { how }, NOW.plus(4)).await.unwrap();
        let said = counts(0).await;
        assert_eq!((said.settled_by_unit, said.settled_on_spot, said.confirmed, said.overdue), (1, 0, 0, 0));

        let rate = |rating: Rating| Verb::Rate(rating.into());
        let sent_back = house
            .store
            .appeal_step(Hand::Resident, code, rate(Rating::Unsatisfied), NOW.plus(5))
            .await
            .unwrap();
        assert_eq!(sent_back.state.code(), "handling");
        assert_eq!(counts(0).await.settled_by_unit, 0, "sent back is not settled");
        step(&house, code, Verb::Resolve { how: words("又换了一次") }, 6).await;
        house.store.appeal_step(Hand::Resident, code, rate(Rating::Satisfied), NOW.plus(7)).await.unwrap();
        assert_eq!(counts(0).await.confirmed, 1);
        let filed = step(&house, code, Verb::File, 8).await;
        assert!(matches!(filed.state, State::Filed { .. }));
        assert_eq!(counts(0).await.confirmed, 1, "filing forgets nothing");
        assert_eq!(house.store.snapshot(house.market, NOW).await.unwrap().appeals, counts(0).await);

        let steps = house.store.appeal_steps(&filed).await.unwrap();
        let verbs: Vec<_> = steps.iter().map(|step| step.verb.code()).collect();
        assert_eq!(verbs, ["accept", "dispatch", "take", "resolve", "rate", "resolve", "rate", "file"]);
        assert!(steps.is_sorted_by(|a, b| a.at < b.at));
    })
    .await;
}

#[tokio::test]
async fn of_two_hands_at_once_one_moves_it_and_the_other_is_told() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let new = wish(&house, StallId::new(NOW, house.random()), "race");
        let code = house.store.appeal_raise(&new, None, NOW).await.unwrap().code;
        let race = |n: i64| {
            let house = &house;
            async move {
                house.store.appeal_step(Hand::Organizer(&house.by), code, Verb::Accept, NOW.plus(n)).await
            }
        };
        let outcomes = futures::future::join_all((0..8).map(race)).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for lost in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
            let told = matches!(lost, Error::Taken(state) if state == "accepted")
                || matches!(lost, Error::Refused(Refusal::WrongState(state)) if state == "accepted");
            assert!(told, "{lost:?}");
        }
        let appeal = house.store.appeal(code).await.unwrap();
        assert_eq!(house.store.appeal_steps(&appeal).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_organization_finds_nothing_and_merging_needs_another_appeal() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = StallId::new(NOW, house.random());
        let one = house.store.appeal_raise(&wish(&house, stall, "m1"), None, NOW).await.unwrap().code;
        let two = house.store.appeal_raise(&wish(&house, stall, "m2"), None, NOW).await.unwrap().code;
        let org = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let foreign = AppealCode { org, ..one };
        assert!(matches!(house.store.appeal(foreign).await, Err(Error::Missing("appeal"))));
        let stranger = Organizer::operator(org, AccountId::new(NOW, house.random()));
        let refused = house.store.appeal_step(Hand::Organizer(&stranger), one, Verb::Accept, NOW).await;
        assert!(matches!(refused, Err(Error::Missing("appeal"))));
        assert!(house.store.appeals(&stranger.reader(), house.market.market).await.unwrap().is_empty());
        let at = MarketRef { org, ..house.market };
        assert_eq!(house.store.appeal_counts(at, None, NOW).await.unwrap().raised, 0);

        let merge = async |code: AppealCode, into: SlipCode| {
            house.store.appeal_step(Hand::Organizer(&house.by), code, Verb::Merge { into }, NOW).await
        };
        assert!(merge(one, one.slip).await.is_err(), "not into itself");
        assert!(matches!(merge(one, SlipCode::new([1; 4])).await, Err(Error::Missing("appeal"))));
        assert_eq!(merge(one, two.slip).await.unwrap().state.code(), "merged");
        assert!(merge(two, one.slip).await.is_err(), "not into one that is gone");
    })
    .await;
}

#[tokio::test]
async fn a_unit_finds_what_it_leads_and_helps_with_and_nothing_else() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let [lead, helper, other] = [(); 3].map(|()| UnitId::new(NOW, house.random()));
        let guest = |unit| Guest { org: house.org, market: house.market.market, unit };
        let new = wish(&house, StallId::new(NOW, house.random()), "lead");
        let raised = house.store.appeal_raise(&new, None, NOW).await.unwrap();
        let (code, name) = (raised.code, raised.reference());
        step(&house, code, Verb::Accept, 1).await;
        step(&house, code, Verb::Dispatch { to: lead }, 2).await;
        step(&house, code, Verb::Join { unit: helper }, 3).await;
        let count = async |unit| house.store.appeals_of(&guest(unit)).await.unwrap().len();
        assert_eq!((count(lead).await, count(helper).await, count(other).await), (1, 1, 0));
        assert!(matches!(house.store.appeal_for(&guest(other), name).await, Err(Error::Missing("appeal"))));
        for unit in [lead, helper] {
            assert_eq!(house.store.appeal_for(&guest(unit), name).await.unwrap().code, code);
        }
        assert_eq!(house.store.appeal_called(house.market, name).await.unwrap().code, code);
        let elsewhere = MarketRef { market: MarketId::new(NOW, house.random()), ..house.market };
        assert!(matches!(house.store.appeal_called(elsewhere, name).await, Err(Error::Missing("appeal"))));
        let tell = Verb::Inform { words: words("明天来看") };
        house.store.appeal_step(Hand::Guest(&guest(helper)), code, tell, NOW.plus(4)).await.unwrap();
        let take = house.store.appeal_step(Hand::Guest(&guest(helper)), code, Verb::Take, NOW.plus(5)).await;
        assert!(matches!(take, Err(Error::Refused(Refusal::NotAllowed))), "who helps does not lead");
        step(&house, code, Verb::Reassign { to: helper, why: words("顺路") }, 6).await;
        assert_eq!((count(lead).await, count(helper).await), (0, 1));
        let hand = guest(helper);
        house.store.appeal_step(Hand::Guest(&hand), code, Verb::Take, NOW.plus(7)).await.unwrap();
        let how = words("修好了");
        house.store.appeal_step(Hand::Guest(&hand), code, Verb::Resolve { how }, NOW.plus(8)).await.unwrap();
        assert_eq!(count(helper).await, 1, "whoever settled it sees what comes of it");
        let seen = house.store.appeals_seen(&house.by.viewer(), house.market.market).await.unwrap();
        assert!(seen.iter().all(|appeal| appeal.words.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn a_stopped_clock_is_not_overdue_and_runs_on_with_what_was_left() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let new = wish(&house, StallId::new(NOW, house.random()), "still");
        let code = house.store.appeal_raise(&new, None, NOW).await.unwrap().code;
        let overdue =
            async |at| house.store.appeal_counts(house.market, None, NOW.plus(at)).await.unwrap().overdue;
        step(&house, code, Verb::Pause { why: words("等居民在家") }, HOUR).await;
        assert_eq!(overdue(100 * HOUR).await, 0);
        let again = step(&house, code, Verb::Resume, 49 * HOUR).await;
        assert_eq!(again.due_at, Some(NOW.plus(72 * HOUR)), "a day, and the two days that it stood");
        assert_eq!(house.store.appeal(code).await.unwrap(), again);
        assert_eq!((overdue(72 * HOUR).await, overdue(72 * HOUR + 1).await), (0, 1));
        let race = |why: &str| {
            let verb = Verb::Supervise { why: words(why) };
            house.store.appeal_step(Hand::Organizer(&house.by), code, verb, NOW.plus(80 * HOUR))
        };
        let both = tokio::join!(race("一"), race("二"));
        assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1, "watched once");
    })
    .await;
}

#[tokio::test]
async fn what_leaves_the_house_has_no_code_and_no_words_of_a_quarrel() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = StallId::new(NOW, house.random());
        let help = house.store.appeal_raise(&wish(&house, stall, "h"), None, NOW).await.unwrap();
        let quarrel = NewAppeal { category: Category::Mediation, ..wish(&house, stall, "q") };
        let quarrel = house.store.appeal_raise(&quarrel, None, NOW.plus(1)).await.unwrap();
        let sheaves = house.store.dump(house.market).await.unwrap();
        let sheaf = sheaves.iter().find(|sheaf| sheaf.name == "appeal").unwrap();
        let cell = |appeal: &Appeal, name: &str| {
            let column = |name: &str| sheaf.columns.iter().position(|column| *column == name).unwrap();
            let id = appeal.id.to_string();
            let row =
                sheaf.rows.iter().find(|row| row[column("appeal_id")].as_deref() == Some(&*id)).unwrap();
            row[column(name)].clone().unwrap_or_default()
        };
        assert_eq!(cell(&help, "words"), "路灯不亮");
        assert_eq!(
            (cell(&quarrel, "category"), cell(&quarrel, "words")),
            ("mediation".into(), String::new())
        );
        let all = format!("{sheaves:?}");
        for appeal in [&help, &quarrel] {
            assert!(!all.contains(&appeal.code.slip.to_string()), "a code is a right");
        }
    })
    .await;
}
