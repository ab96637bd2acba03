//! A database of an older program is copied and brought up to date with all that stands in it.

use std::path::Path;

use kaishi_domain::{EncounterId, Moment};
use sqlx::migrate::Migrator;

use crate::program::{Place, behind, number};

const MARKET: &str = "0188000000007000800000000000000a";
const STALL: &str = "0188000000007000800000000000000b";
const VISITOR: &str = "000102030405060708090a0b0c0d0e0f";

/// A community with a market, a stall and two acts in its trail; the ledger comes beside it.
const STOOD: [&str; 7] = [
    "insert into organization (org_id, name, district, created_at) values (66051, '福中社区党委', '', 1)",
    "insert into audit (org_id, audit_id, at, actor, verb, object, detail) values (66051, 'b', 2, 'x', 'y', 'z', '')",
    "insert into audit (org_id, audit_id, at, actor, verb, object, detail) values (66051, 'a', 1, 'x', 'y', 'z', '')",
    "insert into ground (org_id, ground_id, title, body) values (66051, 'g', '', '{}')",
    "insert into market (org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at, closes_at, time_zone, stage,
       plan, weather, ground_id, host, organizer, participants, zones)
     values (66051, '0188000000007000800000000000000a', 1, '', '', '', '2023-05-13', 1, 9, 'Asia/Shanghai', 'open',
       'fair', '', 'g', '', '', '[]', '[]')",
    "insert into stall (org_id, market_id, stall_id, no, zone)
     values (66051, '0188000000007000800000000000000a', '0188000000007000800000000000000b', '1', 'A')",
    "insert into ledger_head (org_id, market_id, seq, version, visitors)
     values (66051, '0188000000007000800000000000000a', 2, 2, 1)",
];

/// A database that only the first migrations have seen.
async fn older(place: &Place, upto: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/migrations");
    let some = place.file("some");
    std::fs::create_dir_all(&some).unwrap();
    std::fs::create_dir_all(place.file("data")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if name.as_str() < upto {
            std::fs::copy(&file, some.join(name)).unwrap();
        }
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(place.file("data/kaishi.db"))
        .create_if_missing(true);
    let db = sqlx::SqlitePool::connect_with(options).await.unwrap();
    Migrator::new(some).await.unwrap().run(&db).await.unwrap();
    for text in STOOD {
        sqlx::raw_sql(text).execute(&db).await.unwrap();
    }
    for (seq, nonce, visitor) in [(1, "one", Some(VISITOR)), (2, "two", None)] {
        let id = EncounterId::new(Moment::from_millis(seq), [7; 10]);
        sqlx::query(
            "insert into encounter (org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence, nonce,
               visitor, at, arrived_at)
             values (66051, $1, $2, $3, $4, 'scan', 'consult', 1, 'normal', $5, $6, 5, 5)",
        )
        .bind(MARKET)
        .bind(seq)
        .bind(id.to_string())
        .bind(STALL)
        .bind(nonce)
        .bind(visitor)
        .execute(&db)
        .await
        .unwrap();
    }
    db.close().await;
    std::fs::write(place.file("data/secret.key"), "5".repeat(64)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_copied_and_then_migrated_and_what_stands_is_linked() {
    let place = Place::new();
    older(&place, "0020").await;
    place.run(&["verify"]).no("kaishi migrate");
    let dry = place.run(&["migrate", "--dry-run"]).well();
    assert!(dry.contains("20 chain") && dry.contains("nothing was changed"), "{dry}");
    assert!(!place.file("data/kaishi.db.before-0020").exists());
    place.run(&["migrate"]).well();
    assert_eq!(number(&place.file("data/kaishi.db.before-0020"), "select count(*) from audit").await, 2);
    let said = place.run(&["verify"]).well();
    assert_eq!(said.matches("2 rows").count(), 2, "the trail and the ledger: {said}");
    assert_eq!(number(&place.file("data/kaishi.db"), "select seq from audit where audit_id = 'b'").await, 2);
    assert!(place.run(&["migrate"]).well().contains("up to date"));
    let again = "insert into encounter (org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence, nonce,
                   visitor, at, arrived_at)
                 select org_id, market_id, 3, 'x', stall_id, source, kind, n, confidence, 'three', visitor, at, arrived_at
                 from encounter where visitor is not null on conflict do nothing";
    assert_eq!(behind(&place.file("data/kaishi.db"), again).await, 0, "nobody is counted twice at a stall");
    // Whoever takes all seals away does not get new ones.
    behind(&place.file("data/kaishi.db"), "update audit_head set mark = ''").await;
    assert_eq!(place.run(&["verify"]).code, Some(1));
    place.run(&["migrate"]).well();
    assert_eq!(place.run(&["verify"]).code, Some(1));
}
