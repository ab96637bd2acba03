//! The command line as an operator uses it: prove, back up, restore, move, migrate, look after accounts.

use crate::program::{Phone, Place, Serving, Tapped, behind, number};

/// Some people at two stalls.
async fn people(serving: &Serving, many: usize) {
    let phone = Phone::new();
    for nth in 0..many {
        let stall = serving.stall(nth % 2);
        let ticket = phone.look(&stall).await.unwrap();
        assert_eq!(phone.send(&stall, &ticket).await, Tapped::Acknowledged);
    }
}

/// A demo that was served and has ended, with some people in its ledger.
async fn after(many: usize) -> Place {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    people(&serving, many).await;
    assert!(serving.stop().await);
    place
}

/// Everything after `head` in the line of that name.
fn heads(said: &str) -> Vec<String> {
    said.lines().filter(|line| line.contains("head ")).map(str::to_owned).collect()
}

/// The rows of the market that is held now; the demo's other one was a week ago.
const ROWS: &str =
    "select count(*) from encounter where market_id in (select market_id from market where stage = 'open')";

fn copied(from: &Place, to: &Place) {
    std::fs::create_dir_all(to.file("data/demo")).unwrap();
    std::fs::copy(from.file("data/demo/secret.key"), to.file("data/demo/secret.key")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_names_the_first_bad_row_and_its_exit_code_says_so() {
    let place = after(6).await;
    let said = place.demo(&["verify"]).well();
    assert!(said.contains("6 rows") && said.trim_end().ends_with("OK"), "{said}");
    assert!(said.contains("heads beside the data: of "), "{said}");
    let file = place.database();
    assert_eq!(behind(&file, "update encounter set n = 50 where seq = 4 and market_id in (select market_id from market where stage = 'open')").await, 1);
    let broken = place.demo(&["verify"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.out.contains("row 4 (") && broken.out.contains("changed"), "{}", broken.out);
    behind(&file, "update encounter set n = 1 where seq = 4 and market_id in (select market_id from market where stage = 'open')").await;
    place.demo(&["verify"]).well();

    // An older copy of everything: sound in itself, and told by the heads beside it.
    let old = place.file("old.db");
    std::fs::copy(&file, &old).unwrap();
    let serving = Serving::demo(&place, &[]).await;
    people(&serving, 2).await;
    assert!(serving.stop().await);
    std::fs::rename(&old, &file).unwrap();
    let back = place.demo(&["verify"]);
    assert_eq!(back.code, Some(1), "{}", back.out);
    assert!(back.out.contains("row 7: missing"), "{}", back.out);
    // A server that runs on it keeps the heads as they were.
    let serving = Serving::demo(&place, &[]).await;
    assert!(serving.stop().await);
    assert_eq!(place.demo(&["verify"]).code, Some(1));
    std::fs::write(place.file("data/demo/heads.json"), r#"{"at":1,"heads":[],"seal":"00"}"#).unwrap();
    let forged = place.demo(&["verify"]);
    assert_eq!(forged.code, Some(1));
    assert!(forged.out.contains("heads beside the data: BROKEN"), "{}", forged.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_while_people_tap_and_comes_back_with_the_same_heads() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    people(&serving, 3).await;
    let load = people(&serving, 20);
    let backup = async {
        let place = &place;
        tokio::task::block_in_place(|| place.demo(&["backup", "--to", "market.backup"]).well())
    };
    let ((), said) = tokio::join!(load, backup);
    assert!(said.contains("keep that apart"), "{said}");
    let file = place.file("market.backup");
    assert!(number(&file, ROWS).await >= 3);
    place.demo(&["backup", "--to", "market.backup"]).no("never overwrites");
    place.demo(&["restore", "--from", "market.backup", "--force"]).no("stop it first");
    assert!(serving.stop().await);

    place.demo(&["restore", "--from", "market.backup"]).no("--force");
    let empty = Place::new();
    copied(&place, &empty);
    let from = file.to_str().unwrap();
    let said = empty.demo(&["restore", "--from", from]).well();
    assert_eq!(heads(&said), heads(&empty.demo(&["verify"]).well()));
    let serving = Serving::demo(&empty, &[]).await;
    people(&serving, 1).await;
    assert!(serving.stop().await);

    let rows = number(&place.database(), ROWS).await;
    let said = place.demo(&["restore", "--from", "market.backup", "--force"]).well();
    assert!(said.contains("kaishi.db.before-restore"), "what stood there is kept: {said}");
    assert_eq!(number(&place.file("data/demo/kaishi.db.before-restore"), ROWS).await, rows);
    place.demo(&["verify"]).well();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_tampered_with_or_cut_is_not_restored() {
    let place = after(5).await;
    place.demo(&["backup", "--to", "good"]).well();
    std::fs::copy(place.file("good"), place.file("edited")).unwrap();
    behind(&place.file("edited"), "update encounter set n = 9 where seq = 2 and market_id in (select market_id from market where stage = 'open')").await;
    place.demo(&["restore", "--from", "edited", "--force"]).no("broken");
    let bytes = std::fs::read(place.file("good")).unwrap();
    std::fs::write(place.file("cut"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(place.demo(&["restore", "--from", "cut", "--force"]).code, Some(1));
    assert_eq!(number(&place.database(), ROWS).await, 5, "nothing was touched");
    place.demo(&["verify"]).well();
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_to_postgres_and_back_with_the_same_rows_and_heads() {
    let place = after(7).await;
    let url = std::env::var("KAISHI_TEST_POSTGRES")
        .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
    let db = sqlx::PgPool::connect(&url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create schema {}", place.name))).execute(&db).await.unwrap();
    let postgres = format!("{url}?options[search_path]={}", place.name);
    let said = place.demo(&["copy", "--to", &postgres]).well();
    let here = heads(&place.demo(&["verify"]).well());
    assert_eq!(heads(&said), here);
    let there = place.demo(&["verify", "--database-url", &postgres]).well();
    assert_eq!(heads(&there), here);
    place.demo(&["copy", "--to", &postgres]).no("not empty");

    // Every table of the schema was counted on the other side.
    let tables = number(
        &place.database(),
        "select count(*) from sqlite_master where type = 'table' and name not like 'sqlite%'
         and name <> '_sqlx_migrations'",
    )
    .await;
    let copied: i64 = sqlx::query_scalar(
        "select count(*) from information_schema.tables where table_schema = $1 and table_name <> '_sqlx_migrations'",
    )
    .bind(&place.name)
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(copied, tables);

    place.demo(&["copy", "--database-url", &postgres, "--to", "sqlite:back.db"]).well();
    let back = place.demo(&["verify", "--database-url", "sqlite:back.db"]).well();
    assert_eq!(heads(&back), here);
    place.demo(&["backup", "--database-url", &postgres, "--to", "dump"]).well();
    assert_eq!(number(&place.file("dump"), ROWS).await, 7);
    sqlx::query(sqlx::AssertSqlSafe(format!("drop schema {} cascade", place.name)))
        .execute(&db)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused_with_one_sentence() {
    let place = after(1).await;
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'later', 1, x'00', 0)";
    behind(&place.database(), newer).await;
    for verb in ["serve", "migrate", "verify"] {
        place.demo(&[verb]).no("made by a newer kaishi");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_looked_after_and_their_sessions_end() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let at = ["--data-dir", "data/demo"];
    let user = |words: &[&str], text: &str| {
        let all: Vec<&str> = ["user"].iter().chain(words).chain(&at).copied().collect();
        place.tell(&all, text)
    };
    user(&["add", "second"], "short\n").no("at least 10");
    user(&["add", "second"], "a-long-password\n").well();
    user(&["add", "second"], "a-long-password\n").no("already");
    let listed = user(&["list"], "").well();
    assert!(
        listed.contains(" open organizer") && listed.contains("committee        open committee"),
        "{listed}"
    );

    let none = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().redirect(none).no_proxy().build().unwrap();
    let sign_in = async |password: &str| {
        let answer = client
            .post(format!("{}/login", serving.base))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("login=second&password={password}"))
            .send()
            .await
            .unwrap();
        let set = answer.headers().get_all("set-cookie").iter();
        let cookies: Vec<_> =
            set.map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned()).collect();
        (answer.status().as_u16(), cookies.join("; "))
    };
    let look = async |cookie: &str| {
        let asked = client.get(format!("{}/o/", serving.base)).header("cookie", cookie);
        asked.send().await.unwrap().status().as_u16()
    };
    let (status, cookie) = sign_in("a-long-password").await;
    assert_eq!((status, look(&cookie).await), (303, 200));
    std::fs::write(place.file("password"), "another-password\n").unwrap();
    user(&["passwd", "second", "--password-file", "password"], "").well();
    assert_ne!(look(&cookie).await, 200, "the session of before is over");
    assert_ne!(sign_in("a-long-password").await.0, 303);
    let (status, cookie) = sign_in("another-password").await;
    assert_eq!((status, look(&cookie).await), (303, 200));
    user(&["disable", "second"], "").well();
    assert_ne!(look(&cookie).await, 200);
    assert_ne!(sign_in("another-password").await.0, 303);
    user(&["disable", "nobody"], "").no("no open account");
    assert!(user(&["list"], "").well().contains(" shut second"));
    assert!(serving.stop().await);
    place.demo(&["verify"]).well();
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_shown_without_secrets_and_mistakes_are_refused() {
    let place = Place::new();
    let said = place.run(&["check-config", "--database-url", "postgres://kaishi:geheim@db/kaishi"]).well();
    assert!(said.contains("postgres://kaishi:***@db/kaishi") && !said.contains("geheim"), "{said}");
    assert!(said.contains("address = \"127.0.0.1:3000\""), "{said}");
    std::fs::write(place.file("token"), "0123456789abcdef-geheim").unwrap();
    let said = place.run(&["check-config", "--metrics-token", "0123456789abcdef-geheim"]).well();
    assert!(!said.contains("geheim"), "{said}");
    std::fs::write(place.file("Leptos.toml"), "[kaishi]\nadress = \"127.0.0.1:1\"\n").unwrap();
    place.run(&["check-config"]).no("unknown field `adress`");
    assert!(place.run(&["--version"]).well().starts_with("kaishi 0."));
    let asked = place.run(&["healthcheck", "--config", "none", "--address", "127.0.0.1:9"]);
    assert_eq!(asked.code, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_saturday_leaves_as_files_without_contacts() {
    let place = after(4).await;
    let market = place.file("addresses.json");
    let addresses: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(market).unwrap()).unwrap();
    let market = addresses["market_id"].as_str().unwrap();
    place.demo(&["export", "--market", market, "--to", "out"]).well();
    let text = |name: &str| std::fs::read_to_string(place.file("out").join(name)).unwrap();
    assert_eq!(text("encounter.csv").lines().count(), 5, "a heading and four rows");
    let layouts: serde_json::Value = serde_json::from_str(&text("layout.json")).unwrap();
    assert!(layouts[0]["body"]["stalls"].as_array().is_some_and(|stalls| !stalls.is_empty()));
    let about: serde_json::Value = serde_json::from_str(&text("export.json")).unwrap();
    assert_eq!((&about["rows"]["encounter"], about["ledger_head"].as_str().unwrap().len()), (&4.into(), 64));
    assert!(!text("appeal.csv").lines().next().unwrap().contains("contact"));
    assert!(!text("market.csv").contains("day_key"));
    place.demo(&["export", "--market", market, "--to", "out"]).no("not empty");
    place.demo(&["export", "--market", "nonsense", "--to", "else"]).no("no market");
}
