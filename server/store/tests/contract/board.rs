//! Units, entries and who stands where: races, swaps, pins, undo, and the trail that they leave.

use kaishi_domain::assignment::{Act, Change, Held};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::market::{Plan, Stage};
use kaishi_domain::poster::Sign;
use kaishi_domain::unit::{Edit, Service, Unit, UnitKind};
use kaishi_domain::{EntryId, MarketId, OrgId, PosterId, Refusal, StallId, UnitId};
use kaishi_store::{Error, Sheet, Step};

use crate::house::{House, NOW, on_both};

fn unit(house: &House, name: &str) -> Unit {
    let id = UnitId::new(NOW, house.random());
    Unit { services: vec![Service::named("书画")], ..Unit::new(id, name, UnitKind::Branch, "支部书记") }
}

fn entry(house: &House, name: &str, unit: Option<UnitId>) -> Entry {
    Entry {
        id: EntryId::new(NOW, house.random()),
        unit,
        unit_name: String::new(),
        name: name.into(),
        zone: "A".into(),
        services: vec!["听取诉求".into()],
        needs: Needs { power_w: 2200, water: true, ..Needs::default() },
        wishes: vec!["10".into()],
        way: Way::Bid,
        arrived: false,
    }
}

/// A house with three stalls and the entries 甲, 乙, 丙.
async fn ready(house: &House) -> (Vec<StallId>, Vec<EntryId>) {
    let (mut stalls, mut entries) = (Vec::new(), Vec::new());
    for (no, name) in [("1", "甲"), ("2", "乙"), ("3", "丙")] {
        let stall = StallId::new(NOW, house.random());
        house.store.stall_add(&house.by, house.market.market, stall, no, "A").await.unwrap();
        let entry = entry(house, name, None);
        house.store.entry_add(&house.by, house.market.market, &entry, NOW).await.unwrap();
        stalls.push(stall);
        entries.push(entry.id);
    }
    (stalls, entries)
}

fn step(entry: EntryId, from: Option<StallId>, to: Option<StallId>) -> Step {
    Step { change: Change { entry, from, to, pinned: false }, reason: "because".into() }
}

async fn arrange(house: &House, act: Act, steps: &[Step]) -> kaishi_store::Result<()> {
    house.store.arrange(&house.by, house.market.market, act, steps, NOW).await
}

async fn held(house: &House) -> Vec<(EntryId, StallId, bool)> {
    let assigned = house.store.assignments(house.market).await.unwrap();
    assigned.iter().map(|at| (at.held.entry, at.held.stall, at.held.pinned)).collect()
}

#[tokio::test]
async fn a_unit_is_kept_listed_and_corrected() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut first = unit(&house, " 长青老龄大学 ");
        house.store.unit_add(&house.by, &first, NOW).await.unwrap();
        let second = unit(&house, "爱心企业");
        house.store.unit_add(&house.by, &second, NOW.plus(1)).await.unwrap();
        let listed = house.store.units(&house.by.viewer()).await.unwrap();
        assert_eq!(listed.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["长青老龄大学", "爱心企业"]);
        first = Unit { name: "老年协会".into(), kind: UnitKind::Association, ..first };
        let basics = |unit: &Unit| Edit::Basics {
            name: unit.name.clone(),
            kind: unit.kind,
            contact_role: unit.contact_role.clone(),
            card: unit.card.clone(),
        };
        house.store.unit_edit(&house.by, first.id, &basics(&first), NOW).await.unwrap();
        assert_eq!(house.store.unit(&house.by.viewer(), first.id).await.unwrap(), first);
        let twin = unit(&house, "爱心企业");
        assert!(matches!(house.store.unit_add(&house.by, &twin, NOW).await, Err(Error::Taken(name)) if name == "爱心企业"));
        let clash = Unit { name: "爱心企业".into(), ..first };
        let clashed = house.store.unit_edit(&house.by, clash.id, &basics(&clash), NOW).await;
        assert!(matches!(clashed, Err(Error::Taken(_))));
        let empty = unit(&house, "  ");
        let refused = house.store.unit_add(&house.by, &empty, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing("name")))));
        let nobody = unit(&house, "没有登记");
        let gone = house.store.unit_edit(&house.by, nobody.id, &basics(&nobody), NOW).await;
        assert!(matches!(gone, Err(Error::Missing("unit"))));
        assert!(matches!(house.store.unit(&house.by.viewer(), nobody.id).await, Err(Error::Missing("unit"))));
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_read_back_with_its_units_name_and_arrives() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let unit = unit(&house, "爱心企业");
        house.store.unit_add(&house.by, &unit, NOW).await.unwrap();
        let coffee = entry(&house, "啡你莫属", Some(unit.id));
        house.store.entry_add(&house.by, house.market.market, &coffee, NOW).await.unwrap();
        let want = Entry { unit_name: "爱心企业".into(), ..coffee.clone() };
        assert_eq!(house.store.entries(house.market).await.unwrap(), [want]);
        for arrived in [true, true, false] {
            let market = house.market.market;
            house.store.entry_arrived(&house.by, market, coffee.id, arrived, NOW).await.unwrap();
            assert_eq!(house.store.entries(house.market).await.unwrap()[0].arrived, arrived);
        }
        let stranger = EntryId::new(NOW, house.random());
        let missing = house.store.entry_arrived(&house.by, house.market.market, stranger, true, NOW).await;
        assert!(matches!(missing, Err(Error::Missing("entry"))));
        let elsewhere = kaishi_domain::MarketId::new(NOW, house.random());
        let refused = house.store.entry_add(&house.by, elsewhere, &entry(&house, "x", None), NOW).await;
        assert!(matches!(refused, Err(Error::Missing("market"))));
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_corrected_and_withdrawn_unless_it_stands() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        let market = house.market.market;
        let known = house.store.entries(house.market).await.unwrap();
        let first = known.iter().find(|one| one.id == entries[0]).unwrap().clone();
        let needs = Needs { step_free: true, waiting: 12, queue: true, ..Needs::default() };
        let next = Entry { name: " 健康义诊 ".into(), needs, wishes: vec!["3".into()], ..first };
        house.store.entry_edit(&house.by, market, &next, NOW).await.unwrap();
        let read = house.store.entries(house.market).await.unwrap();
        let changed: Vec<_> = read.into_iter().filter(|one| !known.contains(one)).collect();
        assert_eq!(changed, [Entry { name: "健康义诊".into(), ..next.clone() }]);
        let wrong = Entry { name: String::new(), ..next.clone() };
        let refused = house.store.entry_edit(&house.by, market, &wrong, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing("name")))));

        arrange(&house, Act::Hand, &[step(entries[0], None, Some(stalls[0]))]).await.unwrap();
        let held = house.store.entry_withdraw(&house.by, market, entries[0], NOW).await;
        assert!(matches!(held, Err(Error::Taken(name)) if name == "健康义诊"));
        arrange(&house, Act::Hand, &[step(entries[0], Some(stalls[0]), None)]).await.unwrap();
        house.store.entry_withdraw(&house.by, market, entries[0], NOW).await.unwrap();
        assert_eq!(house.store.entries(house.market).await.unwrap().len(), 2);
        for gone in [
            house.store.entry_withdraw(&house.by, market, entries[0], NOW).await,
            house.store.entry_edit(&house.by, market, &next, NOW).await,
        ] {
            assert!(matches!(gone, Err(Error::Missing("entry"))));
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_on_a_taken_stall_learns_who_holds_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        arrange(&house, Act::Hand, &[step(entries[0], None, Some(stalls[0]))]).await.unwrap();
        let lost = arrange(&house, Act::Hand, &[step(entries[1], None, Some(stalls[0]))]).await;
        assert!(matches!(lost, Err(Error::Taken(name)) if name == "甲"));
        // A board that still shows 甲 in the tray learns where it stands by now.
        let stale = arrange(&house, Act::Hand, &[step(entries[0], None, Some(stalls[1]))]).await;
        assert!(matches!(stale, Err(Error::Taken(place)) if place == "#1"));
        let gone = arrange(&house, Act::Hand, &[step(entries[1], Some(stalls[2]), None)]).await;
        assert!(matches!(gone, Err(Error::Taken(place)) if place == "-"));
        assert_eq!(held(&house).await, [(entries[0], stalls[0], false)]);
    })
    .await;
}

#[tokio::test]
async fn of_two_at_once_one_wins_and_one_is_told() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        let (one, two) =
            ([step(entries[0], None, Some(stalls[0]))], [step(entries[1], None, Some(stalls[0]))]);
        let (one, two) = tokio::join!(arrange(&house, Act::Hand, &one), arrange(&house, Act::Hand, &two));
        let (won, lost) = if one.is_ok() { ("甲", two) } else { ("乙", one) };
        assert!(matches!(lost, Err(Error::Taken(name)) if name == won));
        assert_eq!(held(&house).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_swap_a_fill_in_and_the_way_back_are_each_one_step() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        let fill: Vec<_> = (0..3).map(|n| step(entries[n], None, Some(stalls[n]))).collect();
        arrange(&house, Act::Fill, &fill).await.unwrap();
        let swap = [
            step(entries[0], Some(stalls[0]), Some(stalls[1])),
            step(entries[1], Some(stalls[1]), Some(stalls[0])),
        ];
        arrange(&house, Act::Hand, &swap).await.unwrap();
        let mut now = held(&house).await;
        now.sort_by_key(|(entry, ..)| entries.iter().position(|known| known == entry));
        let places: Vec<_> = now.iter().map(|(_, stall, _)| *stall).collect();
        assert_eq!(places, [stalls[1], stalls[0], stalls[2]]);
        // One step that cannot be done takes the others with it.
        let half =
            [step(entries[2], Some(stalls[2]), None), step(entries[0], Some(stalls[0]), Some(stalls[2]))];
        assert!(matches!(arrange(&house, Act::Hand, &half).await, Err(Error::Taken(_))));
        assert_eq!(held(&house).await.len(), 3);
        let empty: Vec<_> = now.iter().map(|(entry, stall, _)| step(*entry, Some(*stall), None)).collect();
        arrange(&house, Act::Undo, &empty).await.unwrap();
        assert!(held(&house).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_pin_is_set_and_taken_off_without_moving_anybody() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        arrange(&house, Act::Hand, &[step(entries[0], None, Some(stalls[0]))]).await.unwrap();
        for pinned in [true, false] {
            let here = Some(stalls[0]);
            let change = Change { entry: entries[0], from: here, to: here, pinned };
            arrange(&house, Act::Hand, &[Step { change, reason: String::new() }]).await.unwrap();
            assert_eq!(held(&house).await, [(entries[0], stalls[0], pinned)]);
        }
        let assigned = house.store.assignments(house.market).await.unwrap();
        assert_eq!(assigned[0].reason, "because", "a pin leaves the reason of the place");
        assert_eq!(assigned[0].held, Held { entry: entries[0], stall: stalls[0], pinned: false });
    })
    .await;
}

#[tokio::test]
async fn nobody_is_put_on_a_stall_of_another_market_or_organization() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, entries) = ready(&house).await;
        let strange = StallId::new(NOW, house.random());
        let refused = arrange(&house, Act::Hand, &[step(entries[0], None, Some(strange))]).await;
        assert!(matches!(refused, Err(Error::Missing(_))));
        let other = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let by = kaishi_domain::actor::Organizer::operator(other, house.by.account());
        let steps = [step(entries[0], None, Some(stalls[0]))];
        let foreign = house.store.arrange(&by, house.market.market, Act::Hand, &steps, NOW).await;
        assert!(matches!(foreign, Err(Error::Missing(_))));
        assert!(held(&house).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn where_a_unit_stood_before_is_remembered_the_latest_first() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let store = &house.store;
        let [here, other] = [unit(&house, "爱心企业"), unit(&house, "老年协会")];
        for unit in [&here, &other] {
            store.unit_add(&house.by, unit, NOW).await.unwrap();
        }
        let mut places = Vec::new();
        for (day, stage, who) in [
            ("2023-04-29", Stage::Filed, &here),
            ("2023-05-06", Stage::Closed, &here),
            ("2023-05-05", Stage::Draft, &here),
            ("2023-05-20", Stage::Closed, &here),
            ("2023-05-06", Stage::Closed, &other),
        ] {
            let mut market = store.market(house.market).await.unwrap();
            market.id = MarketId::new(NOW, house.random());
            (market.stage, market.held_on) = (stage, day.into());
            store.market_add(&house.by, &market, house.random(), NOW).await.unwrap();
            let stall = StallId::new(NOW, house.random());
            store.stall_add(&house.by, market.id, stall, "7", "A").await.unwrap();
            let entry = entry(&house, "啡你莫属", Some(who.id));
            store.entry_add(&house.by, market.id, &entry, NOW).await.unwrap();
            let step = step(entry.id, None, Some(stall));
            store.arrange(&house.by, market.id, Act::Hand, &[step], NOW).await.unwrap();
            places.push((market.id, stall));
        }
        assert!(store.stood(house.market).await.unwrap().is_empty(), "nobody comes yet");
        let coming = entry(&house, "啡你莫属", Some(here.id));
        store.entry_add(&house.by, house.market.market, &coming, NOW).await.unwrap();
        let stood = store.stood(house.market).await.unwrap();
        let found: Vec<_> = stood.iter().map(|at| (at.market, at.stall)).collect();
        assert_eq!(found, [places[1], places[0]], "neither drafts nor later days nor other units");
        let at = &stood[0];
        assert_eq!(
            (at.unit, at.name.as_str(), at.plan, at.no.as_str()),
            (here.id, "啡你莫属", Plan::Fair, "7")
        );
    })
    .await;
}

#[tokio::test]
async fn a_printed_poster_names_whom_it_was_printed_for() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (stalls, _) = ready(&house).await;
        let sign = |name: &str| Sign {
            stall: stalls[0],
            no: "1".into(),
            zone: "A".into(),
            name: name.into(),
            unit: String::new(),
            services: vec!["听取诉求".into(), "答疑".into()],
            off_hours: vec![],
            withdrawn: false,
        };
        let code = PosterId::new(house.org, house.random());
        let faces = [(stalls[0], sign("甲").face(code)), (stalls[1], sign("").face(code))];
        house.store.print_note(&house.by, house.market.market, Sheet::Poster, &faces, NOW).await.unwrap();
        let named = house.store.posters_named(house.market).await.unwrap();
        assert_eq!(named, [(stalls[0], "甲".to_owned())]);
    })
    .await;
}
