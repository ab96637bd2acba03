//! The register grown up: catalogue, papers, vetting, notes, history, and an import that is whole or nothing.

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Category, NewAppeal, Rating, Verb, Words};
use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::encounter::Source;
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::moment::{Day, HOUR, MINUTE};
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::history::Coming;
use kaishi_domain::unit::vetting::{Cause, Step};
use kaishi_domain::unit::{
    Archive, Audience, Card, Credential, CredentialKind, Edit, Service, Standing, Unit, UnitKind,
};
use kaishi_domain::{AccountId, EntryId, OrgId, Refusal, StallId, UnitId};
use kaishi_store::{Error, Hand, Imported, NewLink, Step as Placed};

use crate::house::{House, NOW, on_both};

fn unit(house: &House, name: &str) -> Unit {
    Unit::new(UnitId::new(NOW, house.random()), name, UnitKind::Branch, "支部书记")
}

fn entry(house: &House, name: &str, unit: UnitId) -> Entry {
    Entry {
        id: EntryId::new(NOW, house.random()),
        unit: Some(unit),
        unit_name: String::new(),
        name: name.into(),
        zone: String::new(),
        services: vec!["义诊".into()],
        needs: Needs::default(),
        wishes: Vec::new(),
        way: Way::Offer,
        arrived: false,
    }
}

fn why() -> String {
    "居民代表评议".into()
}

async fn added(house: &House, name: &str) -> Unit {
    let unit = unit(house, name);
    house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
    unit
}

async fn stands(house: &House, unit: &Unit) -> Unit {
    house.store.unit(&house.by.viewer(), unit.id).await.unwrap()
}

#[tokio::test]
async fn a_catalogue_a_card_and_papers_are_kept() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = added(&house, "爱心企业").await;
        let paper = Credential {
            kind: CredentialKind::Food,
            number: "JY1".into(),
            issued_by: "区市场监管局".into(),
            valid_until: Day::parse("2024-05-13").unwrap(),
        };
        let card = Card { pledge: "不推销".into(), ..Card::default() };
        let service = Service { audiences: vec![Audience::Riders], ..Service::named("咖啡") };
        let edits = [
            Edit::Basics {
                name: " 爱心咖啡 ".into(),
                kind: UnitKind::Expert,
                contact_role: "店长".into(),
                card: card.clone(),
            },
            Edit::Service(service.clone()),
            Edit::Service(Service::named("讲座")),
            Edit::DropService("讲座".into()),
            Edit::Credential(paper.clone()),
        ];
        for edit in &edits {
            house.store.unit_edit(&house.by, unit.id, edit, NOW).await.unwrap();
        }
        let read = stands(&house, &unit).await;
        assert_eq!((read.name.as_str(), read.kind, &read.card), ("爱心咖啡", UnitKind::Expert, &card));
        assert_eq!((&read.services[..], &read.credentials[..]), (&[service][..], &[paper][..]));
        let drop = Edit::DropCredential { kind: CredentialKind::Food, number: "JY1".into() };
        assert_eq!(house.store.unit_edit(&house.by, unit.id, &drop, NOW).await.unwrap().credentials, []);
        let wrong = Edit::Service(Service::named(&"长".repeat(41)));
        let refused = house.store.unit_edit(&house.by, unit.id, &wrong, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::TooLong("service")))));
    })
    .await;
}

#[tokio::test]
async fn changes_of_one_unit_at_once_all_arrive() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = added(&house, "长青老龄大学").await;
        let add = async |n: u32| {
            let edit = Edit::Service(Service::named(&format!("服务{n}")));
            house.store.unit_edit(&house.by, unit.id, &edit, NOW).await.unwrap();
        };
        futures::future::join_all((1..=4).map(|n| Box::pin(add(n)))).await;
        assert_eq!(stands(&house, &unit).await.services.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_delisted_unit_gets_no_entry_until_it_is_readmitted() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = added(&house, "某商户").await;
        let market = house.market.market;
        let before = entry(&house, "义诊", unit.id);
        house.store.entry_add(&house.by, market, &before, NOW).await.unwrap();
        let vet = async |step: Step| house.store.unit_vet(&house.by, unit.id, &step, NOW).await;
        let early = vet(Step::Appeal { words: why() }).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::WrongState(state))) if state == "candidate"));
        vet(Step::Vet { why: why() }).await.unwrap();
        let delist = Step::Delist { cause: Cause::Complaints, evidence: "两次投诉".into(), markets: vec![market] };
        vet(delist.clone()).await.unwrap();

        let again = entry(&house, "义诊二", unit.id);
        let refused = house.store.entry_add(&house.by, market, &again, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState(state))) if state == "delisted"));
        let renamed = Entry { name: "改个名".into(), ..before.clone() };
        house.store.entry_edit(&house.by, market, &renamed, NOW).await.expect("what it has stays its own");
        let other = added(&house, "另一家").await;
        let theirs = entry(&house, "理发", other.id);
        house.store.entry_add(&house.by, market, &theirs, NOW).await.unwrap();
        let handed = Entry { unit: Some(unit.id), ..theirs };
        let refused = house.store.entry_edit(&house.by, market, &handed, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState(_)))));

        for step in [Step::Appeal { words: why() }, Step::Uphold { why: why() }, Step::Readmit { why: why() }] {
            assert!(house.store.entry_add(&house.by, market, &again, NOW).await.is_err());
            vet(step).await.unwrap();
        }
        house.store.entry_add(&house.by, market, &again, NOW).await.unwrap();
        let record = house.store.unit_vettings(&house.by.reader(), unit.id).await.unwrap();
        assert_eq!(record.iter().map(|done| done.step.verb().code()).collect::<Vec<_>>(), ["vet", "delist", "appeal", "uphold", "readmit"]);
        assert_eq!((&record[1].step, record[1].actor.as_str()), (&delist, "organizer"));
        assert!(matches!(stands(&house, &unit).await.standing, Standing::Readmitted { delisting, .. } if delisting.markets == [market]));
    })
    .await;
}

#[tokio::test]
async fn notes_and_history_are_for_organizers_of_this_organization() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = added(&house, "长青老龄大学").await;
        let first =
            house.store.unit_note_add(&house.by, unit.id, " 桌子要两张\r\n早点到 ", NOW).await.unwrap();
        house.store.unit_note_add(&house.by, unit.id, "换了联系人", NOW.plus(1)).await.unwrap();
        let notes = house.store.unit_notes(&house.by, unit.id).await.unwrap();
        assert_eq!((notes[1].words.as_str(), notes[1].writer.as_str()), ("桌子要两张\n早点到", "organizer"));
        let stranger =
            Organizer::operator(OrgId::from_bytes(house.random()), AccountId::new(NOW, house.random()));
        assert_eq!(house.store.unit_notes(&stranger, unit.id).await.unwrap(), []);
        assert!(matches!(
            house.store.unit_note_add(&stranger, unit.id, "x", NOW).await,
            Err(Error::Missing("unit"))
        ));
        assert!(matches!(
            house.store.unit_note_drop(&stranger, unit.id, first, NOW).await,
            Err(Error::Missing("note"))
        ));
        house.store.unit_note_drop(&house.by, unit.id, first, NOW).await.unwrap();
        assert_eq!(house.store.unit_notes(&house.by, unit.id).await.unwrap().len(), 1);

        // The market of the house opened two hours before noon.
        let (late, absent) = (entry(&house, "书画", unit.id), entry(&house, "讲座", unit.id));
        for one in [&late, &absent] {
            house.store.entry_add(&house.by, house.market.market, one, NOW).await.unwrap();
        }
        let came = NOW.plus(-2 * HOUR + 12 * MINUTE);
        house.store.entry_arrived(&house.by, house.market.market, late.id, true, came).await.unwrap();
        let history = house.store.unit_history(&house.by.reader(), unit.id).await.unwrap();
        let coming =
            |name: &str| history.iter().find(|one| one.sign == name).unwrap().coming(NOW.plus(3 * HOUR));
        assert_eq!((coming("书画"), coming("讲座")), (Coming::Late { minutes: 12 }, Coming::Absent));
        assert_eq!(house.store.unit_history(&stranger.reader(), unit.id).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_residents_said_at_its_stall_stands_in_a_units_history() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (unit, other) = (added(&house, "长青老龄大学").await, added(&house, "另一家").await);
        let market = house.market.market;
        let mut stalls = Vec::new();
        for (no, unit) in [("1", &unit), ("2", &other)] {
            let stall = StallId::new(NOW, house.random());
            house.store.stall_add(&house.by, market, stall, no, "A").await.unwrap();
            let entry = entry(&house, "书画", unit.id);
            house.store.entry_add(&house.by, market, &entry, NOW).await.unwrap();
            let change = Change { entry: entry.id, from: None, to: Some(stall), pinned: false };
            let placed = [Placed { change, reason: String::new() }];
            house.store.arrange(&house.by, market, Act::Hand, &placed, NOW).await.unwrap();
            stalls.push(stall);
        }
        let raise = async |stall: StallId, category: Category, nonce: &str| {
            let new = NewAppeal {
                org: house.org,
                market,
                stall: Some(stall),
                channel: Source::Scan,
                category,
                words: Words::parse("声音太大").unwrap(),
                grid: None,
                code: None,
                contact: None,
                nonce: nonce.into(),
            };
            house.store.appeal_raise(&new, None, NOW).await.unwrap().code
        };
        let rated = raise(stalls[0], Category::Complaint, "n1").await;
        raise(stalls[0], Category::Suggestion, "n2").await;
        raise(stalls[1], Category::Complaint, "n3").await;
        let how = || Words::parse("已调低").unwrap();
        let desk = async |verb: Verb, minutes: i64| {
            let at = NOW.plus(minutes * MINUTE);
            house.store.appeal_step(Hand::Organizer(&house.by), rated, verb, at).await.unwrap()
        };
        let resident = async |rating: Rating, minutes: i64| {
            let at = NOW.plus(minutes * MINUTE);
            house.store.appeal_step(Hand::Resident, rated, Verb::Rate(rating.into()), at).await.unwrap()
        };
        desk(Verb::SettleOnSpot { how: how() }, 1).await;
        resident(Rating::Unsatisfied, 2).await;
        desk(Verb::Resolve { how: how() }, 3).await;
        resident(Rating::Satisfied, 4).await;
        let said = async |unit: &Unit| {
            let one = house.store.unit_history(&house.by.reader(), unit.id).await.unwrap().remove(0);
            (one.complaints, one.content, one.discontent)
        };
        assert_eq!((said(&unit).await, said(&other).await), ((1, 1, 1), (1, 0, 0)));
    })
    .await;
}

#[tokio::test]
async fn an_import_is_whole_or_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let known = added(&house, "老年协会").await;
        let changed =
            Unit { contact_role: "会长".into(), services: vec![Service::named("书画")], ..known.clone() };
        let fresh = unit(&house, "新来的");
        let lines = [
            Imported { before: None, after: fresh.clone() },
            Imported { before: Some(known.clone()), after: changed.clone() },
        ];
        let clash =
            [lines[0].clone(), lines[1].clone(), Imported { before: None, after: unit(&house, "新来的") }];
        let refused = house.store.unit_import(&house.by, &clash, NOW).await;
        assert!(matches!(refused, Err(Error::Taken(name)) if name == "新来的"));
        assert_eq!(house.store.units(&house.by.viewer()).await.unwrap().len(), 1);

        house.store.unit_vet(&house.by, known.id, &Step::Vet { why: why() }, NOW).await.unwrap();
        house.store.unit_import(&house.by, &lines, NOW).await.expect("vetting is not what a file changes");
        let read = stands(&house, &known).await;
        assert_eq!(
            (read.contact_role.as_str(), read.services.len(), read.standing.code()),
            ("会长", 1, "vetted")
        );
        assert_eq!(stands(&house, &fresh).await, fresh);
        let stale = house.store.unit_import(&house.by, &lines[1..], NOW).await;
        assert!(matches!(stale, Err(Error::Taken(name)) if name == "老年协会"), "previewed on what was");
    })
    .await;
}

#[tokio::test]
async fn a_unit_is_put_aside_once_nothing_is_ahead_and_comes_back_with_its_record() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (unit, market) = (added(&house, "已搬走的店").await, house.market.market);
        let one = entry(&house, "义诊", unit.id);
        house.store.entry_add(&house.by, market, &one, NOW).await.unwrap();
        let archive = async |at| house.store.unit_archive(&house.by, unit.id, " 已搬走 ", at).await;
        let coming = archive(NOW).await;
        assert!(matches!(coming, Err(Error::Refused(Refusal::WrongState(what))) if what == "coming"));
        let none = house.store.unit_archive(&house.by, unit.id, " ", NOW).await;
        assert!(matches!(none, Err(Error::Refused(Refusal::Missing("reason")))));
        let what = NewLink {
            purpose: Purpose::Unit,
            org: house.org,
            market: Some(market),
            stall: None,
            unit: Some(unit.id),
            expires_at: NOW.plus(9 * HOUR),
        };
        let link = house.store.link_add(&what, NOW).await.unwrap();
        let over = NOW.plus(3 * HOUR);
        archive(over).await.unwrap();
        let away = stands(&house, &unit).await;
        assert_eq!(away.archived, Some(Archive { at: over, why: "已搬走".into() }));
        assert!(!away.may_enter());
        assert!(house.store.guest(link, over).await.is_err(), "its link opens nothing");
        let twice = archive(over).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::WrongState(what))) if what == "archived"));
        let again = entry(&house, "义诊二", unit.id);
        let refused = house.store.entry_add(&house.by, market, &again, over).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongState(what))) if what == "archived"));
        assert_eq!(house.store.unit_history(&house.by.reader(), unit.id).await.unwrap().len(), 1);

        house.store.unit_restore(&house.by, unit.id, "又回来了", over).await.unwrap();
        assert_eq!(stands(&house, &unit).await, unit);
        house.store.entry_add(&house.by, market, &again, over).await.unwrap();
        let twice = house.store.unit_restore(&house.by, unit.id, "又回来了", over).await;
        assert!(matches!(twice, Err(Error::Refused(Refusal::WrongState(_)))));
        let stranger =
            Organizer::operator(OrgId::from_bytes(house.random()), AccountId::new(NOW, house.random()));
        let theirs = house.store.unit_archive(&stranger, unit.id, "x", over).await;
        assert!(matches!(theirs, Err(Error::Missing("unit"))));
    })
    .await;
}

#[tokio::test]
async fn a_slip_of_the_hand_is_taken_back_and_stays_in_the_record() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = added(&house, "某商户").await;
        let vet = async |step: Step| house.store.unit_vet(&house.by, unit.id, &step, NOW).await.unwrap();
        let undo =
            async |minutes: i64| house.store.unit_unvet(&house.by, unit.id, NOW.plus(minutes * MINUTE)).await;
        assert!(matches!(undo(0).await, Err(Error::Refused(Refusal::WrongState(_)))), "nothing was done");
        let vetted = vet(Step::Vet { why: why() }).await;
        let delist =
            Step::Delist { cause: Cause::Complaints, evidence: "点错".into(), markets: Vec::new() };
        vet(delist.clone()).await;
        assert!(matches!(undo(11).await, Err(Error::Refused(Refusal::Expired))));
        assert_eq!(undo(9).await.unwrap(), vetted);
        assert_eq!(stands(&house, &unit).await.standing, vetted);
        let again = entry(&house, "义诊", unit.id);
        house.store.entry_add(&house.by, house.market.market, &again, NOW).await.expect("it may come again");
        let record = house.store.unit_vettings(&house.by.reader(), unit.id).await.unwrap();
        assert_eq!(record.len(), 2);
        assert_eq!(record[1].undone, Some((NOW.plus(9 * MINUTE), "organizer".to_owned())));
        assert!(record[0].undone.is_none());
        vet(delist).await;
        assert_eq!(house.store.unit_vettings(&house.by.reader(), unit.id).await.unwrap().len(), 3);
    })
    .await;
}
