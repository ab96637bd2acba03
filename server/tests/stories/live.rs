//! Screens and staff phones as machines see them: the stream, the counts, the batch.

use std::time::Duration;

use crate::house::{Answer, BASE, House, NOW, on_both};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use futures::StreamExt as _;
use kaishi_app::state::Limits;
use kaishi_domain::batch::{Outcome, Receipt, Why};
use kaishi_domain::count::Snapshot;
use kaishi_domain::token::Purpose;
use serde_json::json;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

const SOON: Duration = Duration::from_secs(5);

fn screen(house: &House) -> String {
    house.addresses.screen.strip_prefix(BASE).unwrap().to_owned()
}

async fn open(house: &House, stop: &CancellationToken, path: &str) -> (StatusCode, BodyDataStream) {
    let router = kaishi_server::route::router_until(&house.state, stop.clone());
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    if response.status().is_success() {
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    }
    (response.status(), response.into_body().into_data_stream())
}

/// The next event that carries data.
async fn next(stream: &mut BodyDataStream) -> Option<(String, Snapshot)> {
    loop {
        let bytes = timeout(SOON, stream.next()).await.unwrap()?.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if let Some((id, data)) = text.strip_prefix("id: ").and_then(|text| text.split_once("\ndata: ")) {
            return Some((id.to_owned(), serde_json::from_str(data).unwrap()));
        }
    }
}

async fn upload(house: &House, token: &str, body: serde_json::Value) -> Answer {
    let request = Request::post("/api/v1/devices/batch")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json");
    house.browser().send(request, Body::from(body.to_string())).await
}

fn token(house: &House, no: &str) -> String {
    house.pad(no).rsplit('/').next().unwrap().to_owned()
}

fn taps(from: usize, n: usize) -> serde_json::Value {
    let one = |seq| json!({"id": format!("r{seq}"), "seq": seq, "at": NOW, "kind": "plus", "n": 1, "encounter": "consult"});
    json!({"records": (from..from + n).map(one).collect::<Vec<_>>()})
}

#[tokio::test]
async fn a_screen_sees_the_state_at_once_and_each_change_soon() {
    on_both(|house| async move {
        let stop = CancellationToken::new();
        let (status, mut stream) = open(&house, &stop, &format!("{}/events", screen(&house))).await;
        assert_eq!(status, StatusCode::OK);
        let hello = String::from_utf8(stream.next().await.unwrap().unwrap().to_vec()).unwrap();
        let retry: u32 = hello.strip_prefix("retry: ").unwrap().trim().parse().unwrap();
        assert!((2_000..=6_000).contains(&retry));
        let (id, first) = next(&mut stream).await.unwrap();
        assert_eq!((id, first.encounters.total), (first.version.to_string(), 0));
        assert_eq!(first.stalls.len(), 14);

        assert_eq!(upload(&house, &token(&house, "2"), taps(0, 40)).await.status, StatusCode::OK);
        let (_, second) = next(&mut stream).await.unwrap();
        assert!(second.version > first.version);
        assert_eq!((second.encounters.staff, second.stalls[1].encounters), (40, 40));

        stop.cancel();
        while next(&mut stream).await.is_some() {}
    })
    .await;
}

#[tokio::test]
async fn counts_are_as_fresh_as_the_ledger_and_a_false_or_revoked_link_shows_nothing() {
    on_both(|house| async move {
        let path = house.addresses.counts.strip_prefix(BASE).unwrap().to_owned();
        let mut browser = house.browser();
        for n in 1..=3 {
            upload(&house, &token(&house, "2"), taps(n, 1)).await;
            let counts = browser.get(&path).await;
            assert_eq!(
                (counts.status, &counts.headers[header::CACHE_CONTROL]),
                (StatusCode::OK, &"no-store".parse().unwrap())
            );
            let seen: Snapshot = serde_json::from_str(&counts.body).unwrap();
            assert_eq!(seen.encounters.total, n as i64);
        }
        let page = browser.get(&screen(&house)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("今天服务") && page.body.contains("网格有约"));
        assert!(!page.body.contains("style=\""), "the policy would block it");

        let pad = house.pad("2").replace("/staff/", "/screen/");
        for path in
            [format!("{pad}/counts.json"), format!("{pad}/events"), "/screen/x/counts.json".into(), pad]
        {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let screen_token = screen(&house).rsplit('/').next().unwrap().to_owned();
        let link = house.state.keys.read(Purpose::Screen, &screen_token).unwrap();
        house.state.store.link_revoke(&house.by, link, NOW).await.unwrap();
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get(&screen(&house)).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn more_screens_than_places_are_asked_to_wait() {
    on_both(|house| async move {
        let few = house.limited(Limits { streams: 2, ..Limits::default() });
        let router = kaishi_server::route::router(&few);
        let path = format!("{}/events", screen(&house));
        let open = || router.clone().oneshot(Request::get(&path).body(Body::empty()).unwrap());
        let (one, two) = (open().await.unwrap(), open().await.unwrap());
        assert_eq!((one.status(), two.status()), (StatusCode::OK, StatusCode::OK));
        let three = open().await.unwrap();
        assert_eq!(three.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(three.headers().contains_key(header::RETRY_AFTER));
        drop(one);
        assert_eq!(open().await.unwrap().status(), StatusCode::OK, "a place is free again");
    })
    .await;
}

#[tokio::test]
async fn a_batch_gets_a_receipt_for_each_record_and_one_clear_sentence_otherwise() {
    on_both(|house| async move {
        let token = token(&house, "3");
        let body = json!({"records": [
            {"id": "a", "seq": 1, "at": NOW, "kind": "plus", "n": 2, "encounter": "try"},
            {"id": "b", "seq": "two", "at": NOW, "kind": "plus"},
            {"id": "c", "seq": 3, "at": NOW, "kind": "undo", "of": "a"},
            "nonsense",
        ]});
        let answer = upload(&house, &token, body.clone()).await;
        let receipts: Vec<Receipt> = serde_json::from_str(&answer.body).unwrap();
        let results: Vec<_> = receipts.iter().map(|r| (r.id.as_str(), r.result, r.why)).collect();
        let malformed = Some(Why::Malformed);
        assert_eq!(
            results,
            [
                ("a", Outcome::New, None),
                ("b", Outcome::Refused, malformed),
                ("c", Outcome::New, None),
                ("", Outcome::Refused, malformed),
            ]
        );
        let again: Vec<Receipt> = serde_json::from_str(&upload(&house, &token, body).await.body).unwrap();
        assert!(again.iter().all(|receipt| receipt.result != Outcome::New));

        let full = upload(&house, &token, taps(0, 500)).await;
        assert_eq!(full.status, StatusCode::OK);
        let table = [
            (upload(&house, &token, taps(0, 501)).await, StatusCode::UNPROCESSABLE_ENTITY),
            (upload(&house, &token, json!([1, 2])).await, StatusCode::BAD_REQUEST),
            (upload(&house, "false", taps(0, 1)).await, StatusCode::UNAUTHORIZED),
            (upload(&house, &house.stall("3")[3..], taps(0, 1)).await, StatusCode::UNAUTHORIZED),
        ];
        for (answer, status) in table {
            assert_eq!(answer.status, status);
            assert_eq!(answer.body.trim().matches('\n').count(), 0, "one sentence: {}", answer.body);
        }
        let ledger = house.state.store.recount(house.at()).await.unwrap();
        assert_eq!((ledger.encounters.total, ledger.rows), (500, 502));
    })
    .await;
}
