//! Organizations, accounts, sessions, links and Saturdays.

use kaishi_domain::actor::Role;
use kaishi_domain::market::{Plan, Stage};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_domain::{AccountId, OrgId, Refusal};
use kaishi_store::session::{ACCOUNT, ORG};
use kaishi_store::{Account, Error, NewLink};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::SessionStore;

use crate::house::{House, NOW, on_both};

#[tokio::test]
async fn an_account_signs_in_only_in_its_own_organization() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let found = house.store.login(house.org, "organizer").await.unwrap().unwrap();
        assert_eq!(found.org, house.org);
        assert_eq!(found.password_hash, "hash");
        let other = OrgId::from_number(house.org.number() ^ 1).unwrap();
        assert!(house.store.login(other, "organizer").await.unwrap().is_none());
        assert!(house.store.actor(other, found.id).await.unwrap().is_none());
        let actor = house.store.actor(house.org, found.id).await.unwrap().unwrap();
        assert!(actor.organizer().is_ok());
        house.store.account_rehash(house.org, found.id, "newer", NOW).await.unwrap();
        let again = house.store.login(house.org, "organizer").await.unwrap().unwrap();
        assert_eq!(again.password_hash, "newer");
        assert_eq!(house.store.first_organizer(house.org).await.unwrap(), Some(found.id));
    })
    .await;
}

#[tokio::test]
async fn a_login_name_is_taken_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let twin = Account {
            org: house.org,
            id: AccountId::new(NOW, house.random()),
            login: "organizer".into(),
            role: Role::Committee,
        };
        let refused = house.store.account_add(&twin, "hash", NOW).await.unwrap_err();
        assert!(matches!(refused, Error::Taken(name) if name == "organizer"));
    })
    .await;
}

#[tokio::test]
async fn a_session_is_kept_found_and_cut() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let account = AccountId::new(NOW, house.random());
        let mut record = Record {
            id: Id(i128::from_be_bytes(house.random())),
            data: [
                (ORG.to_owned(), house.org.to_string().into()),
                (ACCOUNT.to_owned(), account.to_string().into()),
            ]
            .into(),
            expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(1),
        };
        house.store.create(&mut record).await.unwrap();
        assert_eq!(record.id.0.to_be_bytes()[..3], house.org.bytes(), "the id leads to its organization");
        let found = house.store.load(&record.id).await.unwrap().unwrap();
        assert_eq!(found.data, record.data);
        record.expiry_date = time::OffsetDateTime::now_utc() - time::Duration::hours(1);
        house.store.save(&record).await.unwrap();
        assert!(house.store.load(&record.id).await.unwrap().is_none(), "an expired session opens nothing");
        house.store.delete(&record.id).await.unwrap();
        let nobody = Record { data: [].into(), ..record };
        assert!(house.store.save(&nobody).await.is_err(), "visitors cost no row");
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_one_thing_until_it_is_revoked_or_over() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let link = NewLink {
            purpose: Purpose::Screen,
            org: house.org,
            market: Some(house.market.market),
            stall: None,
            unit: None,
            expires_at: NOW.plus(HOUR),
        };
        let id = house.store.link_add(&link, NOW).await.unwrap();
        assert_eq!(house.store.watcher(id, NOW).await.unwrap().market, house.market.market);
        assert!(
            matches!(house.store.phone(id, None, None, NOW).await, Err(Error::Missing(_))),
            "not a staff link"
        );
        assert!(matches!(house.store.guest(id, NOW).await, Err(Error::Missing(_))), "not a unit link");
        assert!(matches!(
            house.store.watcher(id, NOW.plus(HOUR)).await,
            Err(Error::Refused(Refusal::Expired))
        ));
        assert_eq!(house.store.links(&house.by, house.market.market, NOW).await.unwrap().len(), 1);
        house.store.link_revoke(&house.by, id, NOW).await.unwrap();
        assert!(matches!(house.store.watcher(id, NOW).await, Err(Error::Missing(_))));
        assert!(house.store.link_revoke(&house.by, id, NOW).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_setup_link_works_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let link = NewLink {
            purpose: Purpose::Setup,
            org: house.org,
            market: None,
            stall: None,
            unit: None,
            expires_at: NOW.plus(HOUR),
        };
        let id = house.store.link_add(&link, NOW).await.unwrap();
        house.store.link(Purpose::Setup, id, NOW).await.unwrap();
        house.store.link_use(Purpose::Setup, id, NOW).await.unwrap();
        assert!(matches!(house.store.link_use(Purpose::Setup, id, NOW).await, Err(Error::Missing(_))));
        assert!(matches!(house.store.link(Purpose::Setup, id, NOW).await, Err(Error::Missing(_))));
    })
    .await;
}

#[tokio::test]
async fn a_saturday_is_read_back_listed_and_switched() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let market = house.store.market(house.market).await.unwrap();
        assert_eq!(market.held_on, "2023-05-13");
        assert_eq!(market.zones.len(), 1);
        assert_eq!(house.store.day_key(house.market).await.unwrap(), Some([7; 32]));
        house.store.stage(&house.by, market.id, Stage::Closed, NOW).await.unwrap();
        let season = house.store.season(&house.by.viewer()).await.unwrap();
        assert_eq!(season.len(), 1);
        assert_eq!((season[0].market.plan, season[0].market.stage), (Plan::Fair, Stage::Closed));
        assert_eq!(season[0].encounters, 0);
        let strange = kaishi_domain::MarketRef {
            org: OrgId::from_number(house.org.number() ^ 1).unwrap(),
            market: market.id,
        };
        assert!(matches!(house.store.market(strange).await, Err(Error::Missing("market"))));
        assert_eq!(house.store.organizations().await.unwrap().len(), 1);
        assert_eq!(house.store.organization(house.org).await.unwrap().name, "福中社区党委");
        house.store.ping().await.unwrap();
    })
    .await;
}
