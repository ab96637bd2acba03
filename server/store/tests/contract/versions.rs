//! Publishing a map: refused while something is wrong, atomic, numbered, and what residents see of it.

use kaishi_domain::actor::Organizer;
use kaishi_domain::layout::{Diff, Edit, Kind, Layout, Stall};
use kaishi_domain::market::Plan;
use kaishi_domain::rain::Cover;
use kaishi_domain::{MarketRef, OrgId, StallId};
use kaishi_store::{Error, Published, Saved, Switched};

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

async fn save(house: &House, plan: Plan, base: i64, diff: &Diff) -> i64 {
    let saved = house.store.layout_save(&house.by, house.market.market, plan, base, diff, NOW).await;
    let Ok(Saved::Done { revision, .. }) = saved else { panic!("{saved:?}") };
    revision
}

async fn publish(house: &House, plan: Plan, revision: i64) -> Published {
    house.store.layout_publish(&house.by, house.market.market, plan, revision, NOW).await.unwrap()
}

/// Three stalls in both drafts, each at revision 1, nothing published.
async fn laid(house: &House) -> Layout {
    let layout = Layout::of((1..=3).map(|no| stall(house, no))).unwrap();
    let diff = Diff::between(&Layout::default(), &layout);
    for plan in [Plan::Fair, Plan::Rain] {
        save(house, plan, 0, &diff).await;
    }
    layout
}

const fn done(version: i64) -> Published {
    Published::Done { version, fresh: true }
}

/// The numbers that a page for residents shows; none for stalls that are withdrawn.
async fn shown(house: &House) -> Vec<String> {
    let at = house.market;
    let signs = house.store.signs(at, NOW).await.unwrap();
    signs.iter().filter(|sign| !sign.withdrawn).map(|sign| sign.no.clone()).collect()
}

fn shift(layout: &mut Layout, no: &str, dx: f64) -> Diff {
    let stalls = vec![layout.numbered(no).unwrap().id];
    layout.apply(Edit::Move { stalls, dx, dy: 0.0 }).unwrap()
}

#[tokio::test]
async fn residents_see_a_change_only_after_it_is_published() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap(), (0, Layout::default()));
        let mut layout = laid(&house).await;
        let first = layout.clone();
        assert_eq!(publish(&house, Plan::Fair, 1).await, done(1));
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap(), (1, first.clone()));

        let diff = shift(&mut layout, "1", 0.5);
        save(&house, Plan::Fair, 1, &diff).await;
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap(), (1, first));
        let places = house.store.places(house.market, Plan::Fair, NOW).await.unwrap();
        assert_eq!(places[&layout.numbered("1").unwrap().id], (4.0, 18.5));

        assert_eq!(house.store.layout_heads(house.market, Plan::Fair).await.unwrap(), (2, 1));
        assert_eq!(publish(&house, Plan::Fair, 2).await, done(2));
        assert_eq!(house.store.layout_heads(house.market, Plan::Fair).await.unwrap(), (2, 2));
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap(), (2, layout.clone()));
        let places = house.store.places(house.market, Plan::Fair, NOW).await.unwrap();
        assert_eq!(places[&layout.numbered("1").unwrap().id], (4.5, 18.5));
        assert_eq!(house.store.published(house.market, Plan::Rain).await.unwrap(), (0, Layout::default()));
    })
    .await;
}

#[tokio::test]
async fn a_map_with_an_error_is_not_published_and_the_error_is_named() {
    on_both(|store| async move {
        let house = House::build(store).await;
        assert_eq!(publish(&house, Plan::Fair, 0).await, Published::Empty);
        let mut layout = laid(&house).await;
        let diff = shift(&mut layout, "2", -3.0);
        save(&house, Plan::Fair, 1, &diff).await;
        let refused = publish(&house, Plan::Fair, 2).await;
        let Published::Wrong(wrong) = refused else { panic!("{refused:?}") };
        assert!(wrong.iter().any(|breach| breach.kind == Kind::Overlap), "{wrong:?}");
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap().0, 0);
        assert_eq!(shown(&house).await.len(), 3, "organizers know the numbers of a draft");

        save(&house, Plan::Fair, 2, &diff.inverse()).await;
        assert_eq!(publish(&house, Plan::Fair, 3).await, done(1));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_looked_at_is_not_published() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        save(&house, Plan::Fair, 1, &shift(&mut layout, "3", 0.2)).await;
        assert_eq!(publish(&house, Plan::Fair, 1).await, Published::Stale { revision: 2 });
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap().0, 0);
    })
    .await;
}

#[tokio::test]
async fn a_publish_sent_twice_and_one_by_two_at_once_are_one_version() {
    on_both(|store| async move {
        let house = House::build(store).await;
        laid(&house).await;
        let (by, market) = (house.by, house.market.market);
        let both = [0, 1].map(|_| {
            let store = house.store.clone();
            tokio::spawn(async move { store.layout_publish(&by, market, Plan::Fair, 1, NOW).await })
        });
        for publish in both {
            let published = publish.await.unwrap().unwrap();
            assert!(matches!(published, Published::Done { version: 1, .. }), "{published:?}");
        }
        let again = publish(&house, Plan::Fair, 1).await;
        assert_eq!(again, Published::Done { version: 1, fresh: false });
        let versions = house.store.layout_versions(&house.by.viewer(), market, Plan::Fair).await.unwrap();
        assert_eq!(versions.len(), 1);
        assert_eq!((versions[0].by.as_str(), versions[0].at, versions[0].revision), ("organizer", NOW, 1));
    })
    .await;
}

#[tokio::test]
async fn a_new_number_stays_among_organizers_until_it_is_published_and_then_holds_in_both_plans() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        publish(&house, Plan::Fair, 1).await;
        publish(&house, Plan::Rain, 1).await;
        let id = layout.numbered("2").unwrap().id;
        let diff = layout.apply(Edit::Renumber { stall: id, no: "22".into() }).unwrap();
        save(&house, Plan::Fair, 1, &diff).await;
        let (by, market) = (&house.by, house.market.market);
        house.store.plan_switch(by, market, Plan::Rain, Cover::Rain, NOW).await.unwrap();
        let numbers = |snapshot: kaishi_domain::count::Snapshot| -> Vec<String> {
            snapshot.stalls.into_iter().map(|stall| stall.no).collect()
        };
        let seen = house.store.snapshot(house.market, NOW).await.unwrap();
        assert_eq!(seen.map, "rain-1");
        assert_eq!(numbers(seen), ["1", "2", "3"]);

        assert_eq!(publish(&house, Plan::Fair, 2).await, done(2));
        let (version, rain) = house.store.published(house.market, Plan::Rain).await.unwrap();
        assert_eq!((version, rain.numbered("22").map(|stall| stall.id)), (2, Some(id)));
        let seen = house.store.snapshot(house.market, NOW).await.unwrap();
        assert_eq!(seen.map, "rain-2");
        assert_eq!(numbers(seen), ["1", "3", "22"]);
    })
    .await;
}

#[tokio::test]
async fn a_stall_that_was_taken_away_vanishes_with_the_next_version_unless_something_hangs_on_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        publish(&house, Plan::Fair, 1).await;
        let (one, two) = (layout.numbered("1").unwrap().id, layout.numbered("2").unwrap().id);
        let gone = layout.apply(Edit::Remove { stalls: vec![one, two] }).unwrap();
        save(&house, Plan::Fair, 1, &gone).await;
        save(&house, Plan::Rain, 1, &gone).await;
        assert_eq!(shown(&house).await, ["1", "2", "3"]);

        house.store.poster_make(&house.by, house.market.market, one, NOW).await.unwrap();
        let refused = publish(&house, Plan::Fair, 2).await;
        let Published::Held(held) = refused else { panic!("{refused:?}") };
        assert_eq!((held.len(), held[0].no.as_str(), held[0].posters), (1, "1", 1));
        assert_eq!(shown(&house).await, ["1", "2", "3"]);

        let mut back = gone.inverse();
        back.added.remove(&two);
        save(&house, Plan::Fair, 2, &back).await;
        assert_eq!(publish(&house, Plan::Fair, 3).await, done(2));
        assert_eq!(shown(&house).await, ["1", "3"]);
    })
    .await;
}

#[tokio::test]
async fn an_earlier_version_comes_back_into_the_draft_as_one_change_that_can_be_taken_back() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut layout = laid(&house).await;
        publish(&house, Plan::Fair, 1).await;
        save(&house, Plan::Fair, 1, &shift(&mut layout, "1", 0.5)).await;
        save(&house, Plan::Fair, 2, &shift(&mut layout, "3", 0.5)).await;
        publish(&house, Plan::Fair, 3).await;

        let market = house.market.market;
        let first = house.store.layout_version(&house.by.viewer(), market, Plan::Fair, 1).await.unwrap();
        let back = Diff::between(&layout, &first);
        assert_eq!(back.changed.len(), 2);
        assert_eq!(save(&house, Plan::Fair, 3, &back).await, 4);
        assert_eq!(house.store.layout(house.market, Plan::Fair).await.unwrap(), (4, first));
        assert_eq!(house.store.published(house.market, Plan::Fair).await.unwrap(), (2, layout.clone()));

        let made = house.store.layout_change(&house.by, market, Plan::Fair, 4).await.unwrap();
        assert_eq!(save(&house, Plan::Fair, 4, &made.inverse()).await, 5);
        assert_eq!(house.store.layout(house.market, Plan::Fair).await.unwrap(), (5, layout));
        let missing = house.store.layout_version(&house.by.viewer(), market, Plan::Fair, 9).await;
        assert!(matches!(missing, Err(Error::Missing("version"))), "{missing:?}");
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_was_never_published_cannot_come_into_force() {
    on_both(|store| async move {
        let house = House::build(store).await;
        laid(&house).await;
        publish(&house, Plan::Fair, 1).await;
        let switch = async |plan| {
            let (by, market) = (&house.by, house.market.market);
            house.store.plan_switch(by, market, plan, Cover::Rain, NOW).await.unwrap()
        };
        assert_eq!(switch(Plan::Rain).await, Switched::NoLayout);
        assert_eq!(house.store.market(house.market).await.unwrap().plan, Plan::Fair);
        publish(&house, Plan::Rain, 1).await;
        assert_eq!(switch(Plan::Rain).await, Switched::Done);
    })
    .await;
}

#[tokio::test]
async fn another_organization_neither_sees_nor_publishes() {
    on_both(|store| async move {
        let house = House::build(store).await;
        laid(&house).await;
        publish(&house, Plan::Fair, 1).await;
        let stranger = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let at = MarketRef { org: stranger, market: house.market.market };
        assert_eq!(house.store.published(at, Plan::Fair).await.unwrap(), (0, Layout::default()));
        let by = Organizer::operator(stranger, house.by.account());
        assert!(house.store.layout_versions(&by.viewer(), at.market, Plan::Fair).await.unwrap().is_empty());
        assert!(house.store.layout_version(&by.viewer(), at.market, Plan::Fair, 1).await.is_err());
        assert!(house.store.layout_change(&by, at.market, Plan::Fair, 1).await.is_err());
        let published = house.store.layout_publish(&by, at.market, Plan::Fair, 1, NOW).await.unwrap();
        assert_eq!(published, Published::Stale { revision: 0 });
    })
    .await;
}
