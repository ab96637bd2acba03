//! The map of duties, small wishes, paper slips, public copies, texts for answers and keys of programs.

use kaishi_domain::actor::{Guest, Organizer};
use kaishi_domain::appeal::{
    Appeal, Category, Duty, GridKind, MOST_SLIPS, NewAppeal, Receiver, SlipCode, Template, Verb, Words,
};
use kaishi_domain::encounter::Source;
use kaishi_domain::moment::HOUR;
use kaishi_domain::unit::{Unit, UnitKind};
use kaishi_domain::{AccountId, GridId, OrgId, Refusal, TemplateId, UnitId};
use kaishi_store::{Error, Hand};

use crate::house::{House, NOW, on_both};

async fn unit(house: &House, name: &str) -> UnitId {
    let unit = Unit::new(UnitId::new(NOW, house.random()), name, UnitKind::ALL[0], "店长");
    house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
    unit.id
}

async fn raised(
    house: &House,
    nonce: &str,
    category: Category,
    code: Option<SlipCode>,
) -> kaishi_store::Result<Appeal> {
    let new = NewAppeal {
        org: house.org,
        market: house.market.market,
        stall: None,
        channel: Source::Paper,
        category,
        words: Words::parse("想要一副老花镜，13800138000").unwrap(),
        grid: None,
        contact: None,
        code,
        nonce: nonce.into(),
    };
    house.store.appeal_raise(&new, None, NOW).await
}

fn stranger(house: &House) -> Organizer {
    let org = OrgId::from_number(house.org.number() ^ 1).unwrap();
    Organizer::operator(org, AccountId::new(NOW, house.random()))
}

#[tokio::test]
async fn the_map_of_duties_is_written_replaced_and_taken_back_in_its_organization() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by) = (&house.store, &house.by);
        let (lead, helper) = (unit(&house, "物业").await, unit(&house, "志愿队").await);
        let grid = store.grid_add(by, GridKind::Building, (" 第一网格 ", "1–4 栋"), NOW).await.unwrap();
        assert!(matches!(
            store.grid_add(by, GridKind::Area, (" ", ""), NOW).await,
            Err(Error::Refused(Refusal::Missing(_)))
        ));
        let receiver = |role: &str, unit| Receiver { role: role.into(), unit };
        store.receiver_put(by, grid, &receiver("楼长", None), NOW).await.unwrap();
        store.receiver_put(by, grid, &receiver("楼长", Some(lead)), NOW.plus(1)).await.unwrap();
        let foreign = UnitId::new(NOW, house.random());
        assert!(store.receiver_put(by, grid, &receiver("网格员", Some(foreign)), NOW).await.is_err());
        let known = store.grids(house.org).await.unwrap();
        assert_eq!((known.len(), known[0].kind, known[0].name.as_str()), (1, GridKind::Building, "第一网格"));
        assert_eq!(known[0].receivers, [receiver("楼长", Some(lead))]);

        let rule = |lead, helpers: &[UnitId]| Duty {
            category: Some(Category::Help),
            grid: Some(grid),
            lead,
            helpers: helpers.iter().copied().collect(),
        };
        store.duty_put(by, &rule(lead, &[helper, lead]), NOW).await.unwrap();
        assert_eq!(
            store.duties(&by.reader()).await.unwrap(),
            [rule(lead, &[helper])],
            "who leads does not help"
        );
        store.duty_put(by, &rule(helper, &[]), NOW).await.unwrap();
        assert_eq!(
            store.duties(&by.reader()).await.unwrap(),
            [rule(helper, &[])],
            "one for each kind and grid"
        );
        let nowhere = Duty { grid: Some(GridId::new(NOW, house.random())), ..rule(lead, &[]) };
        assert!(matches!(store.duty_put(by, &nowhere, NOW).await, Err(Error::Missing("grid"))));

        let other = stranger(&house);
        assert!(
            store.grids(other.org()).await.unwrap().is_empty()
                && store.duties(&other.reader()).await.unwrap().is_empty()
        );
        assert!(store.grid_retire(&other, grid, NOW).await.is_err());
        assert!(store.duty_drop(&other, Some(Category::Help), Some(grid), NOW).await.is_err());
        store.receiver_drop(by, grid, "楼长", NOW).await.unwrap();
        assert!(store.receiver_drop(by, grid, "楼长", NOW).await.is_err());
        store.grid_retire(by, grid, NOW).await.unwrap();
        assert!(store.grids(house.org).await.unwrap().is_empty());
        assert!(store.duties(&by.reader()).await.unwrap().is_empty(), "its rules went with it");
    })
    .await;
}

#[tokio::test]
async fn of_eight_units_at_once_one_takes_a_wish() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let code = raised(&house, "w", Category::Wish, None).await.unwrap().code;
        let guest = |unit| Guest { org: house.org, market: house.market.market, unit };
        let units: Vec<Guest> = (0..8).map(|_| guest(UnitId::new(NOW, house.random()))).collect();
        let early = house.store.appeal_step(Hand::Guest(&units[0]), code, Verb::Claim, NOW).await;
        assert!(early.is_err(), "the desk has not read it");
        assert!(house.store.wishes(&units[0]).await.unwrap().is_empty());
        house.store.appeal_step(Hand::Organizer(&house.by), code, Verb::Accept, NOW).await.unwrap();
        assert_eq!(house.store.wishes(&units[0]).await.unwrap().len(), 1);
        let race = units
            .iter()
            .map(|unit| house.store.appeal_step(Hand::Guest(unit), code, Verb::Claim, NOW.plus(HOUR)));
        let outcomes = futures::future::join_all(race).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let winner = house.store.appeal(code).await.unwrap().state.unit().unwrap();
        assert_eq!(house.store.appeals_of(&guest(winner)).await.unwrap().len(), 1);
        assert!(house.store.wishes(&units[0]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_code_on_paper_waits_for_its_one_appeal() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, &house.by, house.market.market);
        for count in [0, MOST_SLIPS + 1] {
            assert!(store.slips_print(by, market, count, NOW).await.is_err());
        }
        let codes = store.slips_print(by, market, 3, NOW).await.unwrap();
        let waits = async |code| {
            let code = kaishi_domain::appeal::AppealCode { org: house.org, slip: code };
            store.slip_waits(code).await.unwrap()
        };
        assert!(waits(codes[0]).await);
        let keyed = raised(&house, "p1", Category::Help, Some(codes[0])).await.unwrap();
        assert_eq!(keyed.code.slip, codes[0]);
        assert!(!waits(codes[0]).await);
        let again = raised(&house, "p1", Category::Help, Some(codes[0])).await.unwrap();
        assert_eq!(again.id, keyed.id, "the same form is the same appeal");
        assert!(matches!(raised(&house, "p2", Category::Help, Some(codes[0])).await, Err(Error::Taken(_))));
        let made_up = raised(&house, "p3", Category::Help, Some(SlipCode::new([1; 4]))).await;
        assert!(matches!(made_up, Err(Error::Missing("slip"))), "nobody printed it");
        let both = tokio::join!(
            raised(&house, "p4", Category::Help, Some(codes[1])),
            raised(&house, "p5", Category::Help, Some(codes[1])),
        );
        assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1, "keyed in twice at once");
        let used =
            store.slips(by, market).await.unwrap().iter().filter(|slip| slip.used_at.is_some()).count();
        assert_eq!(used, 2);
        assert!(store.slips(&stranger(&house), market).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_public_copy_is_masked_versioned_and_shown_only_when_ticked() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by) = (&house.store, &house.by);
        let appeal = raised(&house, "c", Category::Help, None).await.unwrap();
        let write =
            async |text: &str, shown, seen| store.copy_write(by, &appeal, (text, shown), seen, NOW).await;
        write("想要老花镜，电话 13800138000", false, 0).await.unwrap();
        assert!(store.copies_shown(house.market).await.unwrap().is_empty(), "not ticked");
        let both = tokio::join!(write("一", true, 1), write("二", true, 1));
        assert_eq!(
            usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()),
            1,
            "of two at once one is on top"
        );
        assert!(matches!(write("三", true, 1).await, Err(Error::Taken(_))));
        let versions = store.copies(&by.reader(), &appeal).await.unwrap();
        assert_eq!(versions.iter().map(|copy| copy.revision).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(versions[1].body.as_str(), "想要老花镜，电话 138********");
        let shown = store.copies_shown(house.market).await.unwrap();
        assert_eq!(shown.len(), 1);
        assert!(shown[0].0.words.is_empty(), "what was said stays with the desk");
        assert_eq!(shown[0].1.revision, 2);
        write("", false, 2).await.unwrap();
        assert!(store.copies_shown(house.market).await.unwrap().is_empty(), "taken back");
        let quarrel = raised(&house, "q", Category::Mediation, None).await.unwrap();
        let refused = store.copy_write(by, &quarrel, ("吵架", true), 0, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotAllowed))));
        assert!(store.copies(&stranger(&house).reader(), &appeal).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn texts_and_keys_are_kept_changed_and_taken_back() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by) = (&house.store, &house.by);
        let id = TemplateId::new(NOW, house.random());
        let text = |title: &str| Template::new(id, None, "resolve", title, "三天内修好").unwrap();
        store.template_put(by, &text("报修"), NOW).await.unwrap();
        store.template_put(by, &text("已报修"), NOW.plus(1)).await.unwrap();
        assert_eq!(store.templates(house.org).await.unwrap(), [text("已报修")]);
        assert!(store.template_drop(&stranger(&house), id, NOW).await.is_err());
        store.template_drop(by, id, NOW).await.unwrap();
        assert!(store.template_drop(by, id, NOW).await.is_err());

        let key = store.open_key_make(by, "街道平台", NOW).await.unwrap();
        assert_eq!(store.open_key(key).await.unwrap(), house.org);
        assert!(store.open_key_revoke(&stranger(&house), key, NOW).await.is_err());
        store.open_key_revoke(by, key, NOW).await.unwrap();
        assert!(store.open_key(key).await.is_err() && store.open_keys(by).await.unwrap().is_empty());
        assert_eq!(store.market_at_hand(house.org, NOW).await.unwrap(), house.market);
    })
    .await;
}
