//! Messages to other programs, with another program that listens: what it gets, how it knows us, where we do not go.

use std::sync::{Arc, Mutex};

use crate::house::{House, on_both};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::{Router, routing};
use kaishi_domain::actor::Guest;
use kaishi_domain::call::{Ask, Decision, Pitch};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::outbox::{Delivery, Miss};
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::outbox::Postman;
use kaishi_store::Ruling;
use standardwebhooks::Webhook;

/// What the other program got.
type Got = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A program that listens on this machine and answers with what it is told to.
async fn listener(answer: StatusCode) -> (String, Got) {
    let got = Got::default();
    let ear = got.clone();
    let hear = move |headers: HeaderMap, body: String| async move {
        ear.lock().unwrap().push((headers, body));
        (answer, [(header::LOCATION, "/elsewhere")]).into_response()
    };
    let router = Router::new().route("/in", routing::post(hear));
    let door = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = door.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(door, router).await.unwrap() });
    (host, got)
}

/// The house with some hosts on its operator's list.
fn listing(house: House, hosts: &[&str]) -> House {
    house.refitted(|parts| parts.limits.hosts = hosts.iter().map(|host| host.parse().unwrap()).collect())
}

/// The signing key as the page shows it.
fn key(page: &str) -> String {
    let from = page.find("whsec_").unwrap();
    page[from..].chars().take_while(|c| !"<\"& ".contains(*c)).collect()
}

/// Whether the other program would believe that this came from us. Its library's own clock is not that of the house.
fn is_ours(secret: &str, headers: &HeaderMap, body: &str) -> bool {
    let read = |name: &str| headers[name].to_str().unwrap().to_owned();
    let seconds = read("webhook-timestamp").parse().unwrap();
    let want = Webhook::new(secret).unwrap().sign(&read("webhook-id"), seconds, body.as_bytes()).unwrap();
    want == read("webhook-signature")
}

#[tokio::test]
async fn without_a_list_there_are_no_messages_and_organizers_are_told_so() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        assert!(organizer.get("/o/").await.body.contains("/o/outbox"));
        let page = organizer.get("/o/outbox").await.body;
        assert!(page.contains("没有开通推送") && !page.contains("whsec_"));
        let refused = organizer.post("/o/outbox", &[("url", "https://hooks.example.cn/in")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(house.state.store.webhook(house.at().org).await.unwrap(), None);
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get("/o/outbox").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn the_other_program_hears_of_a_decision_once_and_knows_who_speaks() {
    on_both(|house| async move {
        let (host, got) = listener(StatusCode::NO_CONTENT).await;
        let house = listing(house, &[&host, "hooks.example.cn"]);
        let mut organizer = house.signed_in(ORGANIZER).await;
        for (url, why) in [
            ("http://hooks.example.cn/in", "不在名单里"),
            ("https://evil.example.cn/in", "不在名单里"),
            ("hooks.example.cn/in", "不能带账号"),
        ] {
            let refused = organizer.post("/o/outbox", &[("url", url)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
            assert!(refused.body.contains(url) && refused.body.contains(why), "{url}: nothing is lost");
        }
        let url = format!("http://{host}/in");
        assert_eq!(organizer.post("/o/outbox", &[("url", &url)]).await.location(), "/o/outbox");
        let first = key(&organizer.get("/o/outbox").await.body);
        organizer.post("/o/outbox/renew", &[]).await;
        let secret = key(&organizer.get("/o/outbox").await.body);
        assert_ne!(first, secret);

        let units = house.state.store.units(&house.by.viewer()).await.unwrap();
        let unit = units.iter().find(|unit| unit.standing.may_enter()).unwrap();
        let at = house.at();
        let call = kaishi_domain::call::Call {
            listed: true,
            ..kaishi_domain::call::Call::blank(house.state.now().plus(60 * MINUTE))
        };
        house.state.store.call_set(&house.by, at.market, &call, house.state.now()).await.unwrap();
        let guest = Guest { org: at.org, market: at.market, unit: unit.id };
        let pitch =
            Pitch { name: "写春联".into(), services: vec!["写春联".into()], ..Pitch::default() };
        let claim = house.state.store.claim_add(&guest, Ask::Offer, &pitch, house.state.now()).await.unwrap();
        let accept = Ruling::Prepare(Decision::Accept);
        house.state.store.claim_rule(&house.by, at.market, claim, &accept, house.state.now()).await.unwrap();
        organizer.post(&format!("/o/m/{at}/call/tell"), &[]).await;
        let postman = Postman::new(&house.state).unwrap();
        assert!(postman.deliver().await.unwrap() >= 1);
        assert_eq!(postman.deliver().await.unwrap(), 0, "once");

        let heard = got.lock().unwrap().clone();
        let (headers, body) = heard.iter().find(|(_, body)| body.contains("写春联")).unwrap();
        assert!(is_ours(&secret, headers, body));
        assert!(!is_ours(&secret, headers, &body.replace("accepted", "declined")));
        assert!(!is_ours(&first, headers, body), "the key was renewed");
        let seconds: i64 = headers["webhook-timestamp"].to_str().unwrap().parse().unwrap();
        assert_eq!(seconds, house.state.now().millis() / 1000);
        let told: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            (told["type"].as_str(), told["data"]["state"].as_str()),
            (Some("call.told"), Some("accepted"))
        );
        assert_eq!(told["data"]["unit"], unit.name);
        assert!(!body.contains("/u/"), "no secret link leaves the house");

        let desk = organizer.get(&format!("/o/m/{at}/call")).await.body;
        assert!(desk.contains("推送这条提醒"));
        let done = organizer.post(&format!("/o/m/{at}/call/remind"), &[]).await;
        assert_eq!(done.location(), "/o/outbox#messages");
        postman.deliver().await.unwrap();
        assert!(got.lock().unwrap().iter().any(|(_, body)| body.contains("call.reminder")));
        let page = organizer.get("/o/outbox").await.body;
        assert!(page.contains("揭榜结果") && page.contains("提醒确认") && page.contains("已送到"));
    })
    .await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_an_address_that_fails_is_tried_again() {
    on_both(|house| async move {
        let (away, followed) = listener(StatusCode::TEMPORARY_REDIRECT).await;
        let (broken, got) = listener(StatusCode::INTERNAL_SERVER_ERROR).await;
        let house = listing(house, &[&away, &broken]);
        let mut organizer = house.signed_in(ORGANIZER).await;
        let postman = Postman::new(&house.state).unwrap();
        let latest = async || house.state.store.outbox(&house.by).await.unwrap().remove(0);

        organizer.post("/o/outbox", &[("url", &format!("http://{away}/in"))]).await;
        organizer.post("/o/outbox/test", &[]).await;
        assert_eq!(postman.deliver().await.unwrap(), 1);
        assert_eq!((latest().await.miss, latest().await.status), (Some(Miss::Redirect), Some(307)));
        assert_eq!(followed.lock().unwrap().len(), 1);
        let page = organizer.get("/o/outbox").await.body;
        assert!(page.contains("对方要我们转去别处，不跟 307") && page.contains("再试"));

        organizer.post("/o/outbox", &[("url", &format!("http://{broken}/in"))]).await;
        house.clock.turn(MINUTE);
        assert_eq!(postman.deliver().await.unwrap(), 1, "the same message, to the new address");
        assert_eq!((latest().await.miss, latest().await.tries), (Some(Miss::Status), 2));
        assert_eq!(postman.deliver().await.unwrap(), 0, "not before its time");
        let ids: Vec<_> =
            got.lock().unwrap().iter().map(|(headers, _)| headers["webhook-id"].clone()).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(ids[0], followed.lock().unwrap()[0].0["webhook-id"], "known by its id");

        // The operator takes the host off the list.
        let house = listing(house, &["hooks.example.cn"]);
        house.clock.turn(10 * MINUTE);
        Postman::new(&house.state).unwrap().deliver().await.unwrap();
        let one = house.state.store.outbox(&house.by).await.unwrap().remove(0);
        assert_eq!((one.miss, one.delivery), (Some(Miss::Host), Delivery::Waiting));
        let mut organizer = house.signed_in(ORGANIZER).await;
        organizer.post("/o/outbox/stop", &[]).await;
        let page = organizer.get("/o/outbox").await.body;
        assert!(page.contains("没送到") && !page.contains("whsec_"));
    })
    .await;
}
