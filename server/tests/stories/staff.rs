//! Stories of those who hold a signed link: the staff pad, with and without script, and a unit's page.

use crate::house::{Browser, House, NOW, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, Moment};
use kaishi_server::demo::ORGANIZER;
use serde_json::{Value, json};

/// Calls a server function as the pad does.
async fn call(browser: &mut Browser, name: &str, body: &Value) -> (StatusCode, Value) {
    let request = Request::post(format!("/api/call/{name}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json");
    let answer = browser.send(request, Body::from(body.to_string())).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::String(answer.body)))
}

fn token(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn link_of(house: &House, path: &str) -> LinkId {
    house.state.keys.read(Purpose::Staff, token(path)).unwrap()
}

fn plus(id: &str, n: i64, kind: &str, at: Moment) -> Value {
    json!({"id": id, "seq": 1, "at": at, "kind": "plus", "n": n, "encounter": kind})
}

#[tokio::test]
async fn a_pad_without_script_counts_each_form_once_and_takes_back_what_it_names() {
    on_both(|house| async move {
        let (pad, mut phone) = (house.pad("2"), house.browser());
        let page = phone.get(&pad).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("网格有约") && page.body.contains("服务一位，按一下"), "{}", page.body);
        let nonce = page.field("nonce").unwrap();
        let form = [("nonce", nonce.as_str()), ("kind", "handle"), ("n", "5")];
        for _ in 0..2 {
            let done = phone.post(&format!("{pad}/tap"), &form).await;
            assert_eq!(
                (done.status, done.location()),
                (StatusCode::SEE_OTHER, format!("{pad}?kind=handle").as_str())
            );
        }
        let counts =
            || async { house.state.store.snapshot(house.at(), house.state.now()).await.unwrap().encounters };
        assert_eq!((counts().await.staff, counts().await.total), (5, 5));

        let page = phone.get(&pad).await;
        let of = page.field("of").unwrap();
        assert_eq!(of, nonce, "the page names the tap that it would take back");
        let fresh = page.field("nonce").unwrap();
        let undo = [("nonce", fresh.as_str()), ("of", of.as_str())];
        for _ in 0..2 {
            assert_eq!(phone.post(&format!("{pad}/undo"), &undo).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(counts().await.staff, 0);
        assert_eq!(phone.get(&pad).await.field("of"), None, "nothing is left to take back");
        let greedy = [("nonce", "abcdefgh"), ("kind", "consult"), ("n", "500")];
        assert_eq!(phone.post(&format!("{pad}/tap"), &greedy).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(counts().await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_batch_sent_again_after_a_lost_answer_counts_once_and_talks_stand_apart() {
    on_both(|house| async move {
        let (pad, mut phone) = (house.pad("3"), house.browser());
        let now = house.state.now();
        let records = json!([
            plus("aaaaaaaa", 1, "consult", now),
            plus("bbbbbbbb", 10, "talk", now),
            {"id": "cccccccc", "seq": 3, "at": now, "kind": "undo", "of": "zzzzzzzz"},
        ]);
        let body = json!({"token": token(&pad), "records": records});
        let (status, first) = call(&mut phone, "tally/send", &body).await;
        assert_eq!(status, StatusCode::OK, "{first}");
        let results = |sent: &Value| -> Vec<String> {
            sent["receipts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|r| r["result"].as_str().unwrap().into())
                .collect()
        };
        assert_eq!(results(&first), ["new", "new", "refused"]);
        let (_, again) = call(&mut phone, "tally/send", &body).await;
        assert_eq!(results(&again), ["duplicate", "duplicate", "refused"]);
        assert_eq!(again["today"], json!({"served": 1, "talks": 10}));
        assert_eq!(again["now"], json!(now));

        let strange = json!({"token": "0".repeat(40), "records": records});
        let (status, fault) = call(&mut phone, "tally/send", &strange).await;
        assert_ne!(status, StatusCode::OK);
        assert!(fault.to_string().contains("refused"), "{fault}");
    })
    .await;
}

#[tokio::test]
async fn an_appeal_at_the_stall_is_two_presses_and_settled_in_one() {
    on_both(|house| async move {
        let (pad, mut phone) = (house.pad("2"), house.browser());
        let nonce = phone.get(&pad).await.field("nonce").unwrap();
        let form = [("nonce", nonce.as_str()), ("words", ""), ("act", "settle:consult")];
        let done = phone.post(&format!("{pad}/appeal"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let shown = phone.get(done.location()).await;
        assert!(
            shown.body.contains("已记下并办结") && shown.body.contains("<details open"),
            "{}",
            shown.body
        );
        assert_eq!(
            phone.post(&format!("{pad}/appeal"), &form).await.location(),
            done.location(),
            "sent again: the same"
        );

        let body = json!({"token": token(&pad), "category": "help", "words": "</textarea><script>x</script>",
            "settled": false, "nonce": "dddddddd"});
        let (status, code) = call(&mut phone, "tally/appeal", &body).await;
        assert_eq!(status, StatusCode::OK, "{code}");
        assert_eq!(call(&mut phone, "tally/appeal", &body).await.1, code);
        let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
        assert_eq!((counts.raised, counts.settled_on_spot, counts.settled_by_unit), (2, 1, 1));

        let wrong = [("nonce", "eeeeeeee"), ("words", ""), ("act", "settle:gossip")];
        assert_eq!(
            phone.post(&format!("{pad}/appeal"), &wrong).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let elsewhere = format!("{}?raised={}", house.pad("3"), code.as_str().unwrap());
        assert!(!phone.get(&elsewhere).await.body.contains("已记下"), "another stall is not shown it");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_false_over_or_revoked_says_so() {
    on_both(|house| async move {
        let (pad, mut phone) = (house.pad("2"), house.browser());
        let poster = token(&house.stall("2")).to_owned();
        for strange in ["x".to_owned(), "0".repeat(40), poster] {
            let page = phone.get(&format!("/staff/{strange}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.body.contains("这个链接不对"), "{}", page.body);
        }
        house.state.store.link_revoke(&house.by, link_of(&house, &pad), NOW).await.unwrap();
        let page = phone.get(&pad).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.body.contains("这个链接已停用"));
        let tap = [("nonce", "ffffffff"), ("kind", "consult"), ("n", "1")];
        assert_eq!(phone.post(&format!("{pad}/tap"), &tap).await.status, StatusCode::GONE);

        let other = house.pad("3");
        house.clock.turn(24 * HOUR);
        let page = phone.get(&other).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.body.contains("已到期"));
        let snapshot = house.state.store.snapshot(house.at(), house.state.now()).await.unwrap();
        assert_eq!(snapshot.encounters.total, 0);
    })
    .await;
}

#[tokio::test]
async fn a_unit_finds_its_stall_its_needs_and_its_figures() {
    on_both(|house| async move {
        let signs = house.state.store.signs(house.at(), NOW).await.unwrap();
        let entries = house.state.store.entries(house.at()).await.unwrap();
        let named = signs.iter().find(|sign| sign.no == "2").unwrap();
        let unit = entries.iter().find(|entry| entry.name == named.name).unwrap().unit.unwrap();
        let book = kaishi_server::link::LinkBook::read(&house.state, &house.by, &house.market).await.unwrap();
        let path = house.state.path(Purpose::Unit, book.unit(unit).unwrap());
        let mut phone = house.browser();
        let tap = [("nonce", "gggggggg"), ("kind", "consult"), ("n", "10")];
        phone.post(&format!("{}/tap", house.pad("2")), &tap).await;
        let page = phone.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        // The framework's marks between pieces of text.
        let body = page.body.replace("<!>", "");
        for expected in
            [&named.name, &named.unit, "<b class=\"no\">2</b>", "本摊人次", "<b>10</b>", "我们需要"]
        {
            assert!(body.contains(expected), "{expected} is not in {body}");
        }
        assert!(body.contains(&format!("<title>我的摊位 · {}</title>", named.unit)), "no marks in the tab");
        assert!(!page.body.contains("<script"), "no script");
        assert_eq!(phone.get("/u/ABC").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_stall_that_nobody_has_taken_says_so_on_its_pad_and_its_tally_sheet() {
    on_both(|house| async move {
        house.vacate("12").await;
        house.clock.turn(2_000);
        let pad = house.browser().get(&house.pad("12")).await;
        assert!(pad.body.contains("<h1>单位待定"), "{}", pad.body);
        let sheets = house.signed_in(ORGANIZER).await.get(&format!("/o/m/{}/tally", house.at())).await;
        assert_eq!(sheets.body.matches("<h1>单位待定").count(), 1, "{}", sheets.body);
    })
    .await;
}
