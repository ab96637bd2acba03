//! Changing a ground: merging, refusing, and markets that keep the ground they were held on. Photos.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::geometry::Point;
use kaishi_domain::ground::{Diff, Edit, Facility, Ground, Kind, Part, Spot};
use kaishi_domain::market::{Plan, Stage};
use kaishi_domain::{MarketRef, OrgId, Refusal};
use kaishi_store::{Drawn, Error, Photo, Store};

use crate::house::{GROUND, House, NOW, on_both};

const fn spot(kind: Kind, index: usize) -> Spot {
    Spot { kind, index }
}

fn seat(x: f64) -> Edit {
    Edit::Add(Part::Facility(Facility { kind: "seat".into(), at: Point::new(x, 2.0), label: String::new() }))
}

async fn change(house: &House, base: i64, diff: &Diff) -> Drawn {
    house.store.ground_change(&house.by, house.ground, base, diff, NOW).await.unwrap()
}

async fn stands(store: &Store, at: MarketRef) -> usize {
    store.ground_of(at).await.unwrap().facilities.len()
}

#[tokio::test]
async fn a_change_makes_a_revision_and_a_new_title() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let before = Ground::parse(GROUND).unwrap();
        let mut after = before.clone();
        let Some(Part::Heading(mut heading)) = before.part(spot(Kind::Heading, 0)) else {
            panic!("no heading")
        };
        heading.title = "诗园广场".into();
        after.apply(Edit::Set { at: spot(Kind::Heading, 0), to: Part::Heading(heading) }).unwrap();
        let diff = Diff::between(&before, &after);
        assert_eq!(change(&house, 1, &diff).await, Drawn::Done { revision: 2, merged: None });
        let rows = house.store.grounds(&house.by.viewer()).await.unwrap();
        assert_eq!((rows.len(), rows[0].title.as_str(), rows[0].revision), (1, "诗园广场", 2));
        assert_eq!(rows[0].markets[0].id, house.market.market);
        assert_eq!(Ground::parse(&rows[0].body).unwrap(), after);
        // The answer was lost, the same change comes again.
        let again = change(&house, 1, &diff).await;
        assert_eq!(again, Drawn::Done { revision: 2, merged: Some(after) });
    })
    .await;
}

#[tokio::test]
async fn two_who_draw_different_parts_both_succeed_and_on_the_same_part_the_later_sees_both_versions() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let base = Ground::parse(GROUND).unwrap();
        let (mut mine, mut theirs) = (base.clone(), base.clone());
        let tree = spot(Kind::Obstacle, 2);
        let moved = theirs.apply(Edit::Move { at: tree, dx: 1.0, dy: 0.0 }).unwrap();
        assert_eq!(change(&house, 1, &moved).await, Drawn::Done { revision: 2, merged: None });
        let added = mine.apply(seat(2.0)).unwrap();
        let Drawn::Done { revision: 3, merged: Some(merged) } = change(&house, 1, &added).await else {
            panic!("not merged")
        };
        assert_eq!((merged.obstacles[2].clone(), merged.facilities.len()), (theirs.obstacles[2].clone(), 18));

        let mut late = base.clone();
        let diff = late.apply(Edit::Move { at: tree, dx: 0.0, dy: 1.0 }).unwrap();
        let Drawn::Stale { revision: 3, ground, clashes } = change(&house, 1, &diff).await else {
            panic!("not stale")
        };
        assert_eq!(*ground, merged);
        assert_eq!(clashes.len(), 1);
        assert_eq!(clashes[0].mine, late.part(tree));
        // Revision 1 was written down when it was left, so it can be told what became of the part.
        assert_eq!(clashes[0].theirs, theirs.part(tree));
        let over = diff.over(&clashes);
        assert_eq!(change(&house, 3, &over).await, Drawn::Done { revision: 4, merged: None });
        let now = house.store.ground_of(house.market).await.unwrap();
        assert_eq!(now.obstacles[2], late.obstacles[2]);
    })
    .await;
}

#[tokio::test]
async fn a_market_that_is_over_keeps_the_ground_it_was_held_on() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let mut ground = Ground::parse(GROUND).unwrap();
        assert_eq!(house.store.followers(&house.by, house.ground).await.unwrap().len(), 1);
        let first = ground.apply(seat(2.0)).unwrap();
        change(&house, 1, &first).await;
        assert_eq!(stands(&house.store, house.market).await, 18, "an open market follows its ground");

        let (by, market) = (house.by, house.market.market);
        house.store.stage(&by, market, Stage::Closed, NOW).await.unwrap();
        assert!(house.store.followers(&by, house.ground).await.unwrap().is_empty());
        let second = ground.apply(seat(3.0)).unwrap();
        change(&house, 2, &second).await;
        let third = ground.apply(seat(4.0)).unwrap();
        change(&house, 3, &third).await;
        assert_eq!(stands(&house.store, house.market).await, 18, "a closed one does not");

        let mut next = house.store.market(house.market).await.unwrap();
        next.id = kaishi_domain::MarketId::new(NOW, house.random());
        (next.stage, next.held_on) = (Stage::Draft, "2023-05-20".into());
        house.store.market_add(&by, &next, house.random(), NOW).await.unwrap();
        let at = MarketRef { org: next.org, market: next.id };
        assert_eq!(stands(&house.store, at).await, 20);
        let followers = house.store.followers(&by, house.ground).await.unwrap();
        let plans: Vec<Plan> = followers[0].layouts.iter().map(|(plan, ..)| *plan).collect();
        assert_eq!(
            (followers.len(), followers[0].market.id, plans),
            (1, next.id, vec![Plan::Fair, Plan::Rain])
        );
    })
    .await;
}

#[tokio::test]
async fn ten_changes_at_once_of_ten_parts_are_all_kept() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let base = Ground::parse(GROUND).unwrap();
        let all = (1..=10).map(|n| {
            let (mut mine, store, by, id) = (base.clone(), house.store.clone(), house.by, house.ground);
            let diff = mine.apply(seat(f64::from(n))).unwrap();
            tokio::spawn(async move { store.ground_change(&by, id, 1, &diff, NOW).await })
        });
        for done in all.collect::<Vec<_>>() {
            assert!(matches!(done.await.unwrap().unwrap(), Drawn::Done { .. }));
        }
        let (revision, _) = house.store.ground(house.org, house.ground).await.unwrap();
        assert_eq!((revision, stands(&house.store, house.market).await), (11, 27));
    })
    .await;
}

#[tokio::test]
async fn what_would_be_no_ground_is_refused_and_a_stranger_changes_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let base = Ground::parse(GROUND).unwrap();
        let mut rest = base.clone();
        rest.zones.remove(1);
        let mut last = rest.clone();
        last.zones.clear();
        let none = Diff::between(&base, &last);
        let refused = house.store.ground_change(&house.by, house.ground, 1, &none, NOW).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing("zone")))), "{refused:?}");

        let org = OrgId::from_number(house.org.number() ^ 1).unwrap();
        let stranger = Organizer::operator(org, house.by.account());
        let diff = Diff::between(&base, &rest);
        let refused = house.store.ground_change(&stranger, house.ground, 1, &diff, NOW).await;
        assert!(matches!(refused, Err(Error::Missing("ground"))), "{refused:?}");
        let viewer: Viewer = stranger.viewer();
        assert!(house.store.grounds(&viewer).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_photo_is_kept_by_its_hash_and_shown_to_others_only_under_a_market() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let bytes: Vec<u8> = (0..=255).collect();
        let photo = Photo { hash: "0f".repeat(32), kind: "image/png".into(), w: 40, h: 30, bytes };
        house.store.photo_add(&house.by, &photo, NOW).await.unwrap();
        house.store.photo_add(&house.by, &photo, NOW).await.unwrap();
        assert_eq!(house.store.photo(house.org, &photo.hash).await.unwrap(), photo);
        let hidden = house.store.photo_of(house.market, &photo.hash).await;
        assert!(matches!(hidden, Err(Error::Missing("photo"))), "{hidden:?}");
        let stranger = OrgId::from_number(house.org.number() ^ 1).unwrap();
        assert!(matches!(house.store.photo(stranger, &photo.hash).await, Err(Error::Missing("photo"))));

        let mut ground = Ground::parse(GROUND).unwrap();
        let backdrop =
            serde_json::json!({"image": photo.hash, "at": [0, 0], "w": 40, "h": 30, "opacity": 50});
        let part = Part::Backdrop(serde_json::from_value(backdrop).unwrap());
        let diff = ground.apply(Edit::Add(part)).unwrap();
        change(&house, 1, &diff).await;
        assert_eq!(house.store.photo_of(house.market, &photo.hash).await.unwrap(), photo);
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_was_taken_away_is_gone_unless_something_else_shows_it() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, at) = (&house.store, &house.by, house.market.market);
        let photo = |n: &str| Photo {
            hash: n.repeat(32),
            kind: "image/png".into(),
            w: 40,
            h: 30,
            bytes: n.as_bytes().to_vec(),
        };
        let (alone, shared) = (photo("a1"), photo("b2"));
        for one in [&alone, &shared] {
            store.picture_add(by, at, one, "开市", NOW).await.unwrap();
        }
        let mut ground = Ground::parse(GROUND).unwrap();
        let backdrop =
            serde_json::json!({"image": shared.hash, "at": [0, 0], "w": 40, "h": 30, "opacity": 50});
        let part = Part::Backdrop(serde_json::from_value(backdrop).unwrap());
        change(&house, 1, &ground.apply(Edit::Add(part)).unwrap()).await;
        for one in [&alone, &shared] {
            store.picture_drop(by, at, &one.hash, NOW).await.unwrap();
            assert!(store.picture(house.market, &one.hash).await.is_err());
        }
        assert!(matches!(store.photo(house.org, &alone.hash).await, Err(Error::Missing("photo"))));
        assert_eq!(store.photo(house.org, &shared.hash).await.unwrap(), shared, "it lies under the ground");
        let away = ground.apply(Edit::Remove { at: spot(Kind::Backdrop, 0) }).unwrap();
        change(&house, 2, &away).await;
        store.picture_add(by, at, &shared, "又一张", NOW).await.unwrap();
        store.picture_drop(by, at, &shared.hash, NOW).await.unwrap();
        assert!(store.photo(house.org, &shared.hash).await.is_ok(), "an older ground shows it still");
    })
    .await;
}
