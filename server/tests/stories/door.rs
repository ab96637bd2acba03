//! Who gets in, from where, and what every answer carries.

use crate::house::{House, NOW, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use kaishi_domain::OrgId;
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_store::{NewLink, Organization};

#[tokio::test]
async fn pages_are_closed_until_somebody_signs_in() {
    on_both(|house| async move {
        let mut stranger = house.browser();
        let answer = stranger.get("/o/").await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/login"));
        let wrong = stranger.post("/login", &[("login", "organizer"), ("password", "guess")]).await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        assert!(wrong.body.contains("用户名或密码不对") && wrong.body.contains("value=\"organizer\""));
        assert!(stranger.jar.is_empty(), "a failed try keeps no session");

        let mut organizer = house.signed_in(ORGANIZER).await;
        assert!(organizer.get("/o/").await.body.contains("福中社区党委"));
        organizer.post("/logout", &[]).await;
        assert_eq!(organizer.get("/o/").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_for_one_name_only() {
    on_both(|house| async move {
        let mut guesser = house.browser();
        let mut refused = 0;
        for _ in 0..14 {
            let answer = guesser.post("/login", &[("login", "nobody"), ("password", "guess")]).await;
            refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!((1..=4).contains(&refused), "{refused} of 14");
        house.signed_in(ORGANIZER).await;
    })
    .await;
}

#[tokio::test]
async fn a_committee_looks_and_changes_nothing() {
    on_both(|house| async move {
        let mut committee = house.signed_in(COMMITTEE).await;
        let live = format!("/o/m/{}/live", house.at());
        let page = committee.get(&live).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("/plan\""), "no switch for those who may not switch");
        for (path, field) in [("plan", ("plan", "fair")), ("stage", ("stage", "closed"))] {
            let answer = committee.post(&format!("/o/m/{}/{path}", house.at()), &[field]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        let mut organizer = house.signed_in(ORGANIZER).await;
        let done = organizer.post(&format!("/o/m/{}/plan", house.at()), &[("plan", "fair")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(organizer.get(&live).await.body.contains("现在用晴天位置"));
    })
    .await;
}

#[tokio::test]
async fn a_strange_market_looks_like_a_missing_one() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let strange = kaishi_domain::MarketRef {
            org: OrgId::from_number(house.market.org.number() ^ 1).unwrap(),
            market: house.market.id,
        };
        assert_eq!(organizer.get(&format!("/o/m/{strange}/live")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        for path in ["/login", "/o/", "/nowhere", "/healthz", "/readyz"] {
            let answer = browser.get(path).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap().to_owned();
            assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
            assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
            assert!(!answer.body.contains(" style=\""), "{path} has an inline style");
        }
        let one = browser.get("/login").await.headers["content-security-policy"].clone();
        let two = browser.get("/login").await.headers["content-security-policy"].clone();
        assert_ne!(one, two, "a nonce is used once");
    })
    .await;
}

#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    on_both(|house| async move {
        let mut browser = house.signed_in(ORGANIZER).await;
        let path = format!("/o/m/{}/plan", house.at());
        let form = "application/x-www-form-urlencoded";
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let request = Request::post(&path).header(name, value).header("content-type", form);
            let answer = browser.send(request, Body::from("plan=fair")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        let silent = Request::post(&path).header("content-type", form);
        let answer = browser.send(silent, Body::from("plan=fair")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "with a session, a change says where it comes from");
        let large =
            Request::post("/login").header("sec-fetch-site", "same-origin").header("content-type", form);
        let answer = browser.send(large, Body::from(vec![b'a'; 300 * 1024])).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}

#[tokio::test]
async fn the_first_account_is_made_once_by_its_link() {
    on_both(|house| async move {
        let org = OrgId::from_number(house.market.org.number() ^ 2).unwrap();
        let unnamed = Organization { id: org, name: String::new(), district: String::new() };
        house.state.store.found(&unnamed, NOW).await.unwrap();
        let path = link(&house, org).await;
        let mut browser = house.browser();
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        let form = |password| {
            [("name", "新雪社区党委"), ("district", "坂田街道"), ("login", "second"), ("password", password)]
        };
        let short = browser.post(&path, &form("short")).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.body.contains("新雪社区党委"), "nothing typed is lost");
        let done = browser.post(&path, &form("long enough to keep")).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/login"));
        assert_eq!(browser.get(&path).await.status, StatusCode::GONE);
        let mut second = house.signed_in(("second", "long enough to keep")).await;
        assert!(second.get("/o/").await.body.contains("新雪社区党委"));
        assert_eq!(second.get(&format!("/o/m/{}/live", house.at())).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

async fn link(house: &House, org: OrgId) -> String {
    let new = NewLink {
        purpose: Purpose::Setup,
        org,
        market: None,
        stall: None,
        unit: None,
        expires_at: NOW.plus(HOUR),
    };
    let id = house.state.store.link_add(&new, NOW).await.unwrap();
    house.state.path(Purpose::Setup, id)
}
