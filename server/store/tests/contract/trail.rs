//! The audit trail: each row says who, what, when, and from what to what; each act stands in it once.

use kaishi_domain::actor::{Admin, Resident, Role, Roles};
use kaishi_domain::appeal::GridKind;
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::moment::{Day, HOUR};
use kaishi_domain::queue::{Standing, Terms};
use kaishi_domain::rain::Decision;
use kaishi_domain::safety::Reading;
use kaishi_domain::season::{Special, Year};
use kaishi_domain::token::Purpose;
use kaishi_domain::{AccountId, EntryId, PosterId, StallId};
use kaishi_store::{Error, NewLink, Organization, Pool};
use serde_json::{Value, json};

use crate::house::{House, NOW, behind_both};

/// Who did it and its detail, for every act of a kind, in order.
async fn told(house: &House, pool: &Pool, verb: &str) -> Vec<(String, String)> {
    let text = "select actor, detail from audit where org_id = $1 and verb = $2 order by seq";
    let org = house.org.number();
    match pool {
        Pool::Sqlite(db) => sqlx::query_as(text).bind(org).bind(verb).fetch_all(db).await.unwrap(),
        Pool::Postgres(db) => sqlx::query_as(text).bind(org).bind(verb).fetch_all(db).await.unwrap(),
    }
}

fn change(told: &(String, String)) -> (Value, Value) {
    let mut read: Value = serde_json::from_str(&told.1).unwrap();
    (read["before"].take(), read["after"].take())
}

#[tokio::test]
async fn a_change_tells_the_columns_that_it_changed_and_no_others() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let (by, market, who) = (&house.by, house.market.market, house.by.account().to_string());
        let entry = Entry {
            id: EntryId::new(NOW, house.random()),
            unit: None,
            unit_name: String::new(),
            name: "义诊".into(),
            zone: "A".into(),
            services: vec!["量血压".into()],
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Bid,
            arrived: false,
        };
        house.store.entry_add(by, market, &entry, NOW).await.unwrap();
        let next = Entry { name: "健康义诊".into(), ..entry.clone() };
        house.store.entry_edit(by, market, &next, NOW.plus(1)).await.unwrap();
        house.store.entry_withdraw(by, market, entry.id, NOW.plus(2)).await.unwrap();

        let edits = told(&house, &pool, "entry.edit").await;
        assert_eq!(edits.len(), 1);
        assert_eq!(edits[0].0, who);
        assert_eq!(change(&edits[0]), (json!({ "name": "义诊" }), json!({ "name": "健康义诊" })));
        let (before, after) = change(&told(&house, &pool, "entry.withdraw").await[0]);
        assert_eq!((&before["name"], after), (&json!("健康义诊"), json!({})));

        house.store.attendance_set(by, market, 800, NOW).await.unwrap();
        house.store.attendance_set(by, market, 900, NOW).await.unwrap();
        let set = told(&house, &pool, "safety").await;
        assert_eq!(change(&set[1]), (json!({ "attendance": "800" }), json!({ "attendance": "900" })));
    })
    .await;
}

#[tokio::test]
async fn links_accounts_and_the_house_itself_stand_in_the_trail() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let who = house.by.account().to_string();
        let link = NewLink {
            purpose: Purpose::Screen,
            org: house.org,
            market: Some(house.market.market),
            stall: None,
            unit: None,
            expires_at: NOW.plus(HOUR),
        };
        let id = house.store.link_make(&house.by, &link, NOW).await.unwrap();
        house.store.link_revoke(&house.by, id, NOW).await.unwrap();
        assert!(house.store.link_revoke(&house.by, id, NOW).await.is_err());
        let made = told(&house, &pool, "link.make").await;
        assert!(made.len() == 1 && made[0].0 == who && made[0].1.starts_with("screen market"), "{made:?}");
        let revoked = told(&house, &pool, "link.revoke").await;
        assert_eq!(revoked, [(who, "screen: open -> revoked".to_owned())], "once, though it was tried twice");
        assert_eq!(told(&house, &pool, "organization.found").await.len(), 1);
        let accounts = told(&house, &pool, "person.join").await;
        assert_eq!(accounts, [(house.by.account().to_string(), "organizer".to_owned())]);

        house.store.operator_rehash(house.org, "organizer", "other", NOW).await.unwrap();
        house.store.operator_disable(house.org, "organizer", NOW).await.unwrap();
        assert!(house.store.operator_disable(house.org, "organizer", NOW).await.is_err());
        assert_eq!(told(&house, &pool, "account.disable").await.len(), 1);
        assert_eq!(told(&house, &pool, "account.password").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_is_turned_away_stands_in_the_trail_once() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let (market, stall) = (house.market.market, StallId::new(NOW, house.random()));
        house.store.stall_add(&house.by, market, stall, "12", "C").await.unwrap();
        let closed = (Terms::new(5, Some(10)).unwrap(), Standing::Closed);
        house.store.queue_set(&house.by, market, stall, closed, NOW).await.unwrap();
        let at = Resident { org: house.org, market, stall, poster: PosterId::new(house.org, house.random()) };
        for nonce in ["a", "b"] {
            house.store.number_take(&at, [nonce.as_bytes()[0]; 16], Some([1; 16]), NOW).await.unwrap();
        }
        let turned = told(&house, &pool, "queue.turn_away").await;
        assert_eq!(turned, [("resident".to_owned(), "closed".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_name_and_a_renewed_hash_tell_what_stood_there_before() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let (by, store) = (house.by.account(), &house.store);
        let other =
            Organization { id: house.org, name: "福中社区".into(), district: "莲花街道".into() };
        store.organization_name(&other, by, NOW).await.unwrap();
        let named = told(&house, &pool, "organization.name").await;
        assert_eq!(named[0].0, by.to_string());
        assert_eq!(change(&named[0]), (json!({ "name": "福中社区党委" }), json!({ "name": "福中社区" })));

        let hash = |n: u8| format!("$argon2id$v=19$m=1945{n},t=2,p=1$c2FsdA$aGFzaA");
        store.account_rehash(house.org, by, &hash(5), NOW).await.unwrap();
        store.account_rehash(house.org, by, &hash(6), NOW.plus(1)).await.unwrap();
        let renewed = told(&house, &pool, "person.rehash").await;
        let (before, after) = change(&renewed[1]);
        assert_eq!(before, json!({ "hash": "$argon2id$v=19$m=19455,t=2,p=1" }));
        assert_eq!(after, json!({ "hash": "$argon2id$v=19$m=19456,t=2,p=1" }), "never the hash itself");
        let nobody = store.account_rehash(house.org, AccountId::new(NOW, [9; 10]), "x", NOW).await;
        assert!(matches!(nobody, Err(Error::Missing(_))));
    })
    .await;
}

#[tokio::test]
async fn ground_weather_holidays_and_queues_tell_from_what_to_what() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let (by, market, store) = (&house.by, house.market.market, &house.store);
        let (before, after) = change(&told(&house, &pool, "ground.add").await[0]);
        assert_eq!((before, &after["title"]), (json!({}), &json!("诗园小广场")));

        let look = ("午后雷阵雨", Reading::default());
        store.weather_note(by, market, look, Decision::Wait, NOW).await.unwrap();
        store.weather_note(by, market, look, Decision::Rain, NOW.plus(1)).await.unwrap();
        let noted = told(&house, &pool, "weather").await;
        assert_eq!(
            change(&noted[0]),
            (
                json!({ "weather": "晴 29℃", "decision": null }),
                json!({ "weather": "午后雷阵雨", "decision": "wait" })
            )
        );
        assert_eq!(change(&noted[1]), (json!({ "decision": "wait" }), json!({ "decision": "rain" })));

        let day =
            |text: &str, name: &str, off| Special { day: Day::parse(text).unwrap(), name: name.into(), off };
        let (first, then) = (day("2023-05-01", "劳动节", true), day("2023-05-06", "劳动节", false));
        for days in [vec![first.clone()], vec![first, then]] {
            let year = Year { year: 2023, papers: Vec::new(), days };
            store.holidays_set(by, &year, NOW).await.unwrap();
        }
        let set = told(&house, &pool, "holiday.set").await;
        assert_eq!(change(&set[1]), (json!({}), json!({ "2023-05-06": "on 劳动节" })));

        let stall = StallId::new(NOW, house.random());
        store.stall_add(by, market, stall, "12", "C").await.unwrap();
        for (minutes, standing) in [(10, Standing::Open), (15, Standing::Off)] {
            let terms = Terms::new(5, Some(minutes)).unwrap();
            store.queue_set(by, market, stall, (terms, standing), NOW).await.unwrap();
        }
        let (before, after) = change(&told(&house, &pool, "queue.set").await[1]);
        assert_eq!((&before["state"], &after["state"]), (&json!("open"), &json!("off")));
        assert_eq!((&before["minutes"], &after["minutes"]), (&json!("10"), &json!("15")));
    })
    .await;
}

#[tokio::test]
async fn roles_texts_grids_and_addresses_tell_from_what_to_what() {
    behind_both(|store, pool| async move {
        let house = House::build(store).await;
        let (by, store) = (&house.by, &house.store);
        let who = by.account();
        let both = Roles::only(Role::Admin).with(Role::Auditor);
        let admin = Admin::operator(house.org, who);
        store.person_roles(&admin, who, both, NOW).await.unwrap();
        let (before, after) = change(&told(&house, &pool, "person.roles").await[0]);
        assert_eq!(before, json!({ "roles": ["admin", "organizer"] }));
        assert_eq!(after, json!({ "roles": ["admin", "auditor"] }));

        let grid = store.grid_add(by, GridKind::Area, ("第一网格", ""), NOW).await.unwrap();
        store.grid_retire(by, grid, NOW.plus(5)).await.unwrap();
        let (before, after) = change(&told(&house, &pool, "grid.retire").await[0]);
        assert_eq!(before, json!({ "retired_at": null }));
        assert_eq!(after, json!({ "retired_at": NOW.plus(5).millis().to_string() }));

        for host in ["one", "two"] {
            store.webhook_set(by, &format!("https://{host}.example.cn/"), NOW).await.unwrap();
        }
        store.webhook_drop(by, NOW).await.unwrap();
        let set = told(&house, &pool, "webhook.set").await;
        let (before, after) = change(&set[1]);
        assert_eq!(before, json!({ "url": "https://one.example.cn/" }));
        assert_eq!(after, json!({ "url": "https://two.example.cn/" }));
        let (before, after) = change(&told(&house, &pool, "webhook.drop").await[0]);
        assert_eq!((&before["turn"], after), (&json!("1"), json!({})));
    })
    .await;
}
