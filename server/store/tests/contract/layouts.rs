//! Saving a map: merging, refusing, following in the other plan, and what must not be taken away.

use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::{Diff, Edit, Layout, Stall};
use kaishi_domain::market::Plan;
use kaishi_domain::{MarketRef, OrgId, Refusal, StallId};
use kaishi_store::{Error, Saved, Store};

use crate::house::{House, NOW, on_both};

fn stall(house: &House, no: u8) -> Stall {
    Stall {
        id: StallId::new(NOW, house.random()),
        no: no.to_string(),
        zone: "A".into(),
        x: f64::from(no) * 4.0,
        y: 18.5,
        w: 3.0,
        d: 3.0,
        angle: 0.0,
        facing: 270.0,
        outlet: None,
        locked: false,
        group: None,
    }
}

async fn save(house: &House, plan: Plan, base: i64, diff: &Diff) -> Saved {
    house.store.layout_save(&house.by, house.market.market, plan, base, diff, NOW).await.unwrap()
}

/// The same three stalls in both plans, each at revision 1.
async fn laid(house: &House) -> Layout {
    let layout = Layout::of((1..=3).map(|no| stall(house, no))).unwrap();
    let diff = Diff::between(&Layout::default(), &layout);
    for plan in [Plan::Fair, Plan::Rain] {
        assert_eq!(save(house, plan, 0, &diff).await, Saved::Done { revision: 1, merged: None });
    }
    layout
}

fn shift(layout: &mut Layout, no: &str, dx: f64) -> Diff {
    let stalls = vec![layout.numbered(no).unwrap().id];
    layout.apply(Edit::Move { stalls, dx, dy: 0.0 }).unwrap()
}

async fn stands(store: &Store, at: MarketRef, plan: Plan, no: &str) -> (i64, f64) {
    let (revision, layout) = store.layout(at, plan).await.unwrap();
    (revision, layout.numbered(no).unwrap().x)
}

#[tokio::test]
async fn a_market_begins_with_an_empty_map_and_keeps_what_is_saved() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert_eq!(house.store.layout(house.market, Plan::Fair).await.unwrap(), (0, Layout::default()));
        let layout = laid(&house).await;
        assert_eq!(house.store.layout(house.market, Plan::Fair).await.unwrap(), (1, layout.clone()));
        assert_eq!(house.store.layout(house.market, Plan::Rain).await.unwrap(), (1, layout));
        assert!(house.store.labels(house.market).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_organizers_who_move_different_stalls_both_succeed() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (mut mine, mut theirs) = {
            let layout = laid(&house).await;
            (layout.clone(), layout)
        };
        let first = save(&house, Plan::Fair, 1, &shift(&mut theirs, "1", 0.5)).await;
        assert_eq!(first, Saved::Done { revision: 2, merged: None });
        let second = save(&house, Plan::Fair, 1, &shift(&mut mine, "2", 0.7)).await;
        let Saved::Done { revision: 3, merged: Some(merged) } = second else { panic!("{second:?}") };
        assert_eq!((merged.numbered("1").unwrap().x, merged.numbered("2").unwrap().x), (4.5, 8.7));
        assert_eq!(stands(&house.store, house.market, Plan::Fair, "2").await, (3, 8.7));
    })
    .await;
}

#[tokio::test]
async fn a_stale_save_of_the_same_stall_is_refused_with_both_versions() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (mut mine, mut theirs) = {
            let layout = laid(&house).await;
            (layout.clone(), layout)
        };
        save(&house, Plan::Fair, 1, &shift(&mut theirs, "1", 0.5)).await;
        let diff = shift(&mut mine, "1", -1.0);
        let refused = save(&house, Plan::Fair, 1, &diff).await;
        let Saved::Stale { revision, layout, conflict } = refused else { panic!("{refused:?}") };
        assert_eq!(revision, 2);
        assert_eq!(layout, theirs);
        let clash = &conflict.clashes[0];
        assert_eq!((clash.mine.as_ref().unwrap().x, clash.theirs.as_ref().unwrap().x), (3.0, 4.5));
        assert_eq!(stands(&house.store, house.market, Plan::Fair, "1").await, (2, 4.5));

        let on_top = save(&house, Plan::Fair, 2, &diff.over(&layout)).await;
        assert_eq!(on_top, Saved::Done { revision: 3, merged: None });
        assert_eq!(stands(&house.store, house.market, Plan::Fair, "1").await, (3, 3.0));
    })
    .await;
}

#[tokio::test]
async fn a_save_whose_answer_was_lost_may_be_sent_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        let diff = shift(&mut layout, "3", 1.0);
        save(&house, Plan::Fair, 1, &diff).await;
        let again = save(&house, Plan::Fair, 1, &diff).await;
        assert_eq!(again, Saved::Done { revision: 2, merged: Some(layout) });
        assert_eq!(stands(&house.store, house.market, Plan::Fair, "3").await, (2, 13.0));
    })
    .await;
}

#[tokio::test]
async fn ten_saves_at_once_of_ten_stalls_are_all_kept() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let layout = Layout::of((1..=10).map(|no| stall(&house, no))).unwrap();
        save(&house, Plan::Fair, 0, &Diff::between(&Layout::default(), &layout)).await;
        let saves = (1..=10).map(|no| {
            let (mut mine, store, by, market) = (layout.clone(), house.store.clone(), house.by, house.market);
            let diff = shift(&mut mine, &no.to_string(), 0.1);
            tokio::spawn(
                async move { store.layout_save(&by, market.market, Plan::Fair, 1, &diff, NOW).await },
            )
        });
        for save in saves.collect::<Vec<_>>() {
            assert!(matches!(save.await.unwrap().unwrap(), Saved::Done { .. }));
        }
        let (revision, layout) = house.store.layout(house.market, Plan::Fair).await.unwrap();
        assert_eq!(revision, 11);
        assert!(layout.stalls().values().all(|stall| (stall.x * 10.0).round() as i64 % 40 == 1));
    })
    .await;
}

#[tokio::test]
async fn a_number_and_a_zone_follow_into_the_rain_plan_and_a_place_does_not() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        let id = layout.numbered("2").unwrap().id;
        let mut diff = layout.apply(Edit::Renumber { stall: id, no: "22".into() }).unwrap();
        diff = diff.compose(&layout.apply(Edit::SetZone { stalls: vec![id], zone: "B".into() }).unwrap());
        diff = diff.compose(&layout.apply(Edit::Move { stalls: vec![id], dx: 5.0, dy: 0.0 }).unwrap());
        save(&house, Plan::Fair, 1, &diff).await;
        let (revision, rain) = house.store.layout(house.market, Plan::Rain).await.unwrap();
        let followed = rain.numbered("22").unwrap();
        assert_eq!((revision, followed.id, followed.zone.as_str(), followed.x), (2, id, "B", 8.0));

        let mut twin = stall(&house, 9);
        twin.no = "22".into();
        let add = Diff { added: [(twin.id, twin)].into(), ..Diff::default() };
        let (by, market) = (house.by, house.market.market);
        let refused = house.store.layout_save(&by, market, Plan::Rain, 1, &add, NOW).await.unwrap();
        assert!(matches!(refused, Saved::Stale { .. }), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_number_that_another_stall_has_in_the_other_plan_is_refused() {
    on_both(|store| async move {
        let house = House::build(store).await;
        laid(&house).await;
        let add = |stall: Stall| Diff { added: [(stall.id, stall)].into(), ..Diff::default() };
        save(&house, Plan::Fair, 1, &add(stall(&house, 4))).await;
        let twin = stall(&house, 4);
        let mut both = add(twin.clone());
        both.added
            .insert(StallId::new(NOW, [9; 10]), Stall { id: StallId::new(NOW, [9; 10]), ..stall(&house, 5) });
        let refused = save(&house, Plan::Rain, 1, &both).await;
        let Saved::Taken { stalls, elsewhere } = refused else { panic!("{refused:?}") };
        assert_eq!(stalls, [twin.id]);
        assert!(elsewhere.values().any(|no| no == "4"), "{elsewhere:?}");
        assert_eq!(stands(&house.store, house.market, Plan::Rain, "3").await.0, 1);
    })
    .await;
}

#[tokio::test]
async fn a_stall_with_a_poster_is_not_taken_away() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        let (free, postered) = (layout.numbered("1").unwrap().id, layout.numbered("2").unwrap().id);
        house.store.poster_make(&house.by, house.market.market, postered, NOW).await.unwrap();
        let gone = layout.clone().apply(Edit::Remove { stalls: vec![free, postered] }).unwrap();
        let refused = save(&house, Plan::Fair, 1, &gone).await;
        let Saved::Held(held) = refused else { panic!("{refused:?}") };
        assert_eq!(held.len(), 1);
        assert_eq!((held[0].stall, held[0].posters, held[0].assigned), (postered, 1, false));

        let gone = layout.apply(Edit::Remove { stalls: vec![free] }).unwrap();
        assert_eq!(save(&house, Plan::Fair, 1, &gone).await, Saved::Done { revision: 2, merged: None });
        assert_eq!(
            save(&house, Plan::Fair, 2, &gone.inverse()).await,
            Saved::Done { revision: 3, merged: None }
        );
    })
    .await;
}

#[tokio::test]
async fn another_organization_sees_and_changes_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        let stranger = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let at = MarketRef { org: stranger, market: house.market.market };
        assert_eq!(house.store.layout(at, Plan::Fair).await.unwrap(), (0, Layout::default()));
        assert!(matches!(house.store.ground_of(at).await, Err(Error::Missing("market"))));
        let by = Organizer::operator(stranger, house.by.account());
        let diff = shift(&mut layout, "1", 1.0);
        let saved = house.store.layout_save(&by, at.market, Plan::Fair, 1, &diff, NOW).await;
        assert!(matches!(saved, Err(Error::Refused(Refusal::Malformed(_)))), "{saved:?}");
        assert_eq!(stands(&house.store, house.market, Plan::Fair, "1").await, (1, 4.0));
    })
    .await;
}
