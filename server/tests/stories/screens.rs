//! What a committee sees: the page of a screen, what it never tells, the gauge, several markets on one line.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::house::{BASE, House, NOW, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures::StreamExt as _;
use kaishi_domain::actor::Device;
use kaishi_domain::batch::Record;
use kaishi_domain::count::Snapshot;
use kaishi_domain::encounter::{Kind, RecordKind};
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::moment::{Day, HOUR, MINUTE};
use kaishi_domain::{LinkId, MarketId, MarketRef, StallId};
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

fn screen(house: &House) -> String {
    house.addresses.screen.strip_prefix(BASE).unwrap().to_owned()
}

async fn tap(house: &House, no: &str, n: usize) {
    let token = house.pad(no).rsplit('/').next().unwrap().to_owned();
    let one = |seq| serde_json::json!({"id": format!("{no}-{seq}"), "seq": seq, "at": house.state.now(), "kind": "plus", "n": 1, "encounter": "consult"});
    let body = serde_json::json!({"records": (0..n).map(one).collect::<Vec<_>>()}).to_string();
    let request = Request::post("/api/v1/devices/batch")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    assert_eq!(house.browser().send(request, Body::from(body)).await.status, StatusCode::OK);
}

/// Another market so many days from the demo's, at the same hours.
async fn beside(house: &House, days: i32) -> (MarketRef, StallId) {
    let later = i64::from(days) * 24 * HOUR;
    let market = Market {
        id: MarketId::new(NOW.plus(later), house.state.random()),
        name: "北区便民集市".into(),
        ordinal: 20,
        held_on: Day::parse(&house.market.held_on).unwrap().plus_days(days).to_string(),
        opens_at: house.market.opens_at.plus(later),
        closes_at: house.market.closes_at.plus(later),
        stage: Stage::Open,
        ..house.market.clone()
    };
    house.state.store.market_add(&house.by, &market, [7; 32], NOW).await.unwrap();
    let stall = StallId::new(NOW, house.state.random());
    house.state.store.stall_add(&house.by, market.id, stall, "1", "A").await.unwrap();
    (MarketRef { org: market.org, market: market.id }, stall)
}

#[tokio::test]
async fn a_screen_tells_no_words_of_residents_and_no_small_figure() {
    on_both(|house| async move {
        tap(&house, "2", 40).await;
        tap(&house, "3", 3).await;
        tap(&house, "5", 27).await;
        let mut phone = house.browser();
        let path = format!("{}/appeal", house.stall("2"));
        let ticket = phone.get(&path).await.field("ticket").unwrap();
        let words = "三单元王家的路灯不亮";
        let form = [
            ("ticket", ticket.as_str()),
            ("category", "complaint"),
            ("words", words),
            ("contact", ""),
            ("website", ""),
        ];
        assert_eq!(phone.post(&path, &form).await.status, StatusCode::SEE_OTHER);

        let page = phone.get(&screen(&house)).await;
        assert_eq!(page.status, StatusCode::OK);
        let drawn = page.body.split("class=\"tiles\"").nth(1).unwrap();
        let told = drawn.split("</svg>").next().unwrap();
        assert!(told.contains("&lt;5") && told.contains("&lt;30"), "three, and the next beside it: {told}");
        assert!(!told.contains(">27<") && told.contains("40"), "{told}");
        assert!(!page.body.contains(words), "no raw words");
        let counts = house.addresses.counts.strip_prefix(BASE).unwrap();
        assert!(!phone.get(counts).await.body.contains(words));
    })
    .await;
}

#[tokio::test]
async fn a_stall_where_nobody_comes_is_quiet_until_somebody_does() {
    on_both(|house| async move {
        tap(&house, "2", 9).await;
        let quiet = |seen: &Snapshot| -> Vec<String> {
            seen.stalls.iter().filter(|stall| stall.quiet).map(|stall| stall.no.clone()).collect()
        };
        let seen = house.state.store.snapshot(house.at(), house.state.now()).await.unwrap();
        assert!(
            seen.open && !quiet(&seen).contains(&"2".to_owned()) && quiet(&seen).contains(&"3".to_owned())
        );
        house.clock.turn(16 * MINUTE);
        let seen = house.state.store.snapshot(house.at(), house.state.now()).await.unwrap();
        assert!(quiet(&seen).contains(&"2".to_owned()));
        assert!(house.browser().get(&screen(&house)).await.body.contains("静"));
        let early = house.market.opens_at.plus(5 * MINUTE);
        assert!(
            quiet(&house.state.store.snapshot(house.at(), early).await.unwrap()).is_empty(),
            "not at once"
        );
        let night = house.market.closes_at.plus(MINUTE);
        assert!(quiet(&house.state.store.snapshot(house.at(), night).await.unwrap()).is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_gauge_appears_with_the_gates_and_a_wrong_number_stays_in_its_form() {
    on_both(|house| async move {
        let (crowd, mut organizer) = (format!("/o/m/{}/crowd", house.at()), house.signed_in(ORGANIZER).await);
        let gauge =
            |page: &str| page.split("says-gauge").next().unwrap().rsplit("<div").next().unwrap().to_owned();
        assert!(gauge(&organizer.get(&screen(&house)).await.body).contains(" hidden"));

        let wrong = organizer.post(&format!("{crowd}/capacity"), &[("capacity", "很多")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.field("capacity").unwrap(), "很多");
        assert!(wrong.body.contains("role=\"alert\""));
        let done = organizer.post(&format!("{crowd}/capacity"), &[("capacity", "1000")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let id = organizer.get(&crowd).await.field("id").unwrap();
        let look = [
            ("id", id.as_str()),
            ("method", "gate"),
            ("place", "北门"),
            ("from", "09:00"),
            ("to", "10:40"),
            ("came", "1100"),
            ("went", "90"),
        ];
        assert_eq!(organizer.post(&crowd, &look).await.status, StatusCode::SEE_OTHER);

        let page = organizer.get(&screen(&house)).await.body;
        let shown = gauge(&page);
        assert!(!shown.contains(" hidden") && shown.contains("gauge full"), "{shown}");
        assert!(shown.contains("1010") && shown.contains("核定 1000"), "{shown}");
        assert!(page.contains("满了，先停进") && page.contains("10:40"));
        let mut committee = house.signed_in(COMMITTEE).await;
        let refused = committee.post(&format!("{crowd}/capacity"), &[("capacity", "9")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!committee.get(&crowd).await.body.contains("name=\"capacity\""));
    })
    .await;
}

#[tokio::test]
async fn last_saturday_lies_beside_today() {
    on_both(|house| async move {
        let page = house.browser().get(&screen(&house)).await.body;
        assert!(!page.contains("上周六</text>"));
        let (last, stall) = beside(&house, -7).await;
        let at = house.market.opens_at.plus(-7 * 24 * HOUR);
        let by = Device { org: last.org, market: last.market, stall, link: LinkId::new(last.org, [3; 5]) };
        let twenty = |seq: i64| Record {
            id: seq.to_string(),
            seq,
            at,
            kind: RecordKind::Plus,
            n: 20,
            encounter: Kind::Consult,
            of: None,
        };
        house.state.store.tap_batch(&by, &[twenty(1), twenty(2), twenty(3)], at).await.unwrap();
        tap(&house, "2", 90).await;
        let page = house.browser().get(&screen(&house)).await.body;
        assert!(page.contains("上周六") && page.contains("+50%"), "{page}");
        assert!(!page.contains("本季中位</text>"), "one Saturday has no middle");
    })
    .await;
}

#[tokio::test]
async fn several_markets_of_a_day_share_a_page_and_a_line() {
    on_both(|house| async move {
        let street = format!("{}/street", screen(&house));
        assert!(
            !house.browser().get(&screen(&house)).await.body.contains(&street),
            "alone there is no street"
        );
        let (other, _) = beside(&house, 0).await;
        beside(&house, 7).await;
        tap(&house, "2", 30).await;
        assert!(house.browser().get(&screen(&house)).await.body.contains(&street));
        let page = house.browser().get(&street).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("北区便民集市") && page.body.contains("党员服务市集"));
        assert_eq!(page.body.matches("<tr").count(), 3, "a head and two markets");
        assert!(!page.body.contains("style=\""), "the policy would block it");

        let stop = CancellationToken::new();
        let router = kaishi_server::route::router_until(&house.state, stop.clone());
        let answer = router
            .oneshot(Request::get(format!("{street}/events")).body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let mut lines = answer.into_body().into_data_stream();
        let mut seen = BTreeSet::new();
        while seen.len() < 2 {
            let bytes = timeout(Duration::from_secs(5), lines.next()).await.unwrap().unwrap().unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            if let Some((_, data)) = text.split_once("\ndata: ") {
                let snapshot: Snapshot = serde_json::from_str(data).unwrap();
                seen.insert(snapshot.market);
            }
        }
        assert_eq!(seen, BTreeSet::from([house.at(), other]));
        stop.cancel();
        while timeout(Duration::from_secs(5), lines.next()).await.unwrap().is_some() {}
        for false_link in [
            "/screen/x/street".to_owned(),
            "/screen/x/street/events".into(),
            street.replace("/screen/", "/screen/A"),
        ] {
            assert_eq!(house.browser().get(&false_link).await.status, StatusCode::NOT_FOUND);
        }
    })
    .await;
}
