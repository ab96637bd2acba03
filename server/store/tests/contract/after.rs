//! After the Saturday: a suggestion is decided once, pictures stop where there are enough, campaigns and neighbourhoods
//! stay with their organization, and a trend has only what was held.

use futures::future::join_all;
use kaishi_domain::appeal::Category;
use kaishi_domain::bulletin::MOST_PICTURES;
use kaishi_domain::call::Want;
use kaishi_domain::demand::Source;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::{CampaignId, MarketId, WantId};
use kaishi_store::{Error, Photo};

use crate::house::{House, NOW, on_both};

const HELP: Source = Source::Appeals { category: Category::Help, open: 3, given_up: 1 };

fn want(house: &House, n: i64) -> Want {
    let id = WantId::new(NOW.plus(n), house.random());
    Want { id, title: "便民帮办".into(), zone: String::new(), detail: String::new(), seats: 1, taken: 0 }
}

fn taken<T>(done: &Result<T, Error>) -> bool {
    matches!(done, Err(Error::Taken(_)))
}

#[tokio::test]
async fn of_many_who_decide_at_once_one_does_and_a_want_taken_off_opens_it_again() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, at) = (&house.store, &house.by, house.market.market);
        let wants: Vec<Want> = (0..6).map(|n| want(&house, n)).collect();
        let post = |n: usize| store.demand_want(by, at, &HELP, &wants[n], NOW);
        let done = join_all((0..6).map(post)).await;
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
        assert_eq!(done.iter().filter(|one| taken(one)).count(), 5, "{done:?}");
        let posted = store.wants(house.market).await.unwrap();
        assert_eq!(posted.len(), 1, "one click, one want");
        assert!(taken(&store.demand_dismiss(by, at, &HELP, "够了", NOW).await), "it is on the call");
        store.want_remove(by, at, posted[0].id, NOW).await.unwrap();
        assert!(store.demand_dismiss(by, at, &HELP, "  ", NOW).await.is_err(), "no reason, no decision");
        store.demand_dismiss(by, at, &HELP, "够了", NOW).await.unwrap();
        assert!(taken(&store.demand_want(by, at, &HELP, &want(&house, 9), NOW).await));
        store.demand_reopen(by, at, &HELP.key(), NOW).await.unwrap();
        assert!(taken(&store.demand_reopen(by, at, &HELP.key(), NOW).await));
        store.demand_want(by, at, &HELP, &want(&house, 10), NOW).await.unwrap();
        let market = store.market(house.market).await.unwrap();
        assert_eq!(
            store.demands(by, &market).await.unwrap(),
            [],
            "what nobody lacks any more is no suggestion"
        );
    })
    .await;
}

#[tokio::test]
async fn there_are_never_more_pictures_than_fit_and_none_after_signing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, at) = (&house.store, &house.by, house.market.market);
        let photo = |n: usize| Photo {
            hash: format!("{n:064x}"),
            kind: "image/jpeg".into(),
            w: 4,
            h: 3,
            bytes: vec![n as u8],
        };
        let photos: Vec<Photo> = (0..6).map(photo).collect();
        let add = |n: usize| store.picture_add(by, at, &photos[n], "雨中开市", NOW);
        let done = join_all((0..6).map(add)).await;
        assert_eq!(done.iter().filter(|one| one.is_ok()).count() as i64, MOST_PICTURES, "{done:?}");
        assert!(done.iter().all(|one| one.is_ok() || taken(one)), "{done:?}");
        let kept = store.pictures(house.market).await.unwrap();
        assert_eq!(kept.len() as i64, MOST_PICTURES);
        store.picture_drop(by, at, &kept[0].hash, NOW).await.unwrap();
        assert!(store.picture(house.market, &kept[0].hash).await.is_err(), "it is no picture of it any more");
        assert_eq!(store.picture(house.market, &kept[1].hash).await.unwrap().w, 4);
        for photo in &photos {
            let held = kept[1..].iter().any(|picture| picture.hash == photo.hash);
            assert_eq!(
                store.photo(house.org, &photo.hash).await.is_ok(),
                held,
                "refused or dropped, it is gone"
            );
        }
        store.stage(by, at, Stage::Filed, NOW).await.unwrap();
        assert!(taken(&add(0).await) && taken(&store.picture_drop(by, at, &kept[1].hash, NOW).await));
        assert_eq!(store.pictures(house.market).await.unwrap().len() as i64, MOST_PICTURES - 1);
    })
    .await;
}

#[tokio::test]
async fn campaigns_and_neighbourhoods_belong_to_their_organization_and_a_trend_has_what_was_held() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let other = House::build(house.store.clone()).await;
        let (store, by, viewer) = (&house.store, &house.by, house.by.viewer());
        let ahead = MarketId::new(NOW.plus(7), house.random());
        let market = store.market(house.market).await.unwrap();
        let next =
            Market { id: ahead, held_on: "2023-05-20".into(), ordinal: 15, stage: Stage::Draft, ..market };
        store.market_add(by, &next, [8; 32], NOW).await.unwrap();
        let points = store.trend(&viewer, NOW).await.unwrap();
        assert_eq!(points.iter().map(|point| point.ordinal).collect::<Vec<_>>(), [14]);
        assert!(!points[0].signed);

        let id = CampaignId::new(NOW, house.random());
        store.campaign_add(by, id, " 铸诚信 ", NOW).await.unwrap();
        assert!(taken(&store.campaign_add(by, CampaignId::new(NOW, house.random()), "铸诚信", NOW).await));
        let theirs = CampaignId::new(NOW, house.random());
        store.campaign_add(&other.by, theirs, "铸诚信", NOW).await.unwrap();
        let strange = [house.market.market, other.market.market, ahead];
        store.campaign_set(by, id, &strange, NOW).await.unwrap();
        assert!(store.campaign_set(by, theirs, &strange, NOW).await.is_err(), "another's is out of reach");
        let known = store.campaigns(&viewer).await.unwrap();
        assert_eq!((known.len(), known[0].name.as_str()), (1, "铸诚信"));
        assert_eq!(known[0].markets, [house.market.market, ahead], "a market of others is left out");
        assert!(taken(&store.campaign_drop(by, id, NOW).await));
        store.campaign_set(by, id, &[], NOW).await.unwrap();
        store.campaign_drop(by, id, NOW).await.unwrap();

        let list = [("诗园小区".to_owned(), Some(house.ground)), ("河畔小区".to_owned(), None)];
        store.neighbourhoods_set(by, &list, NOW).await.unwrap();
        let near = store.neighbourhoods(&viewer).await.unwrap();
        let told: Vec<(&str, i64)> = near.iter().map(|one| (one.name.as_str(), one.held)).collect();
        assert_eq!(told, [("河畔小区", 0), ("诗园小区", 1)], "what nobody reaches comes first");
        assert_eq!(store.neighbourhoods(&other.by.viewer()).await.unwrap(), []);
        let foreign = [("诗园小区".to_owned(), Some(other.ground))];
        assert!(store.neighbourhoods_set(by, &foreign, NOW).await.is_err(), "a ground of others is none");
        assert_eq!(store.neighbourhoods(&viewer).await.unwrap().len(), 2, "and the list stands as it was");
    })
    .await;
}
