//! What operators see: numbers, readiness, the description for machines, and a log in which no person stands.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use crate::house::{House, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use kaishi_server::live::Hub;
use kaishi_server::metrics::{Metrics, Token};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "a-token-of-the-operator";

fn watched(house: &mut House) {
    let hub = Hub::new(house.state.clone(), CancellationToken::new());
    let metrics = Metrics::new(&house.state.store, hub.streams());
    house.router =
        kaishi_server::route::router_watched(&house.state, hub, (metrics, Token(Some(TOKEN.to_owned()))));
}

#[tokio::test]
async fn numbers_ask_for_their_token_and_name_no_one() {
    on_both(|mut house| async move {
        let mut browser = house.browser();
        assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND, "no token, no numbers");
        watched(&mut house);
        let mut browser = house.browser();
        assert_eq!(browser.get("/metrics").await.status, StatusCode::UNAUTHORIZED);
        let wrong = Request::get("/metrics").header("authorization", "Bearer a-token-of-somebody");
        assert_eq!(browser.send(wrong, Body::empty()).await.status, StatusCode::UNAUTHORIZED);

        let stall = house.stall("2");
        let ticket = browser.get(&stall).await.field("ticket").unwrap();
        for _ in 0..2 {
            let answer = browser.post(&stall, &[("ticket", &ticket), ("n", "1")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert_eq!(answer.headers["x-request-id"].len(), 16);
        }
        browser.get("/nowhere/at/all").await;
        let asked = Request::get("/metrics").header("authorization", format!("Bearer {TOKEN}"));
        let answer = browser.send(asked, Body::empty()).await;
        assert_eq!(answer.status, StatusCode::OK);
        for line in [
            "kaishi_requests_total{method=\"POST\",route=\"/s/{token}\",status=\"303\"} 2",
            "kaishi_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
            "kaishi_request_seconds_count{route=\"/s/{token}\"} 3",
            "kaishi_acts_known_total 1",
            "kaishi_acts_waiting 0",
            "kaishi_watchers 0",
            "kaishi_database_errors_total",
            "kaishi_wal_bytes",
            "kaishi_commit_acts_bucket{le=\"1.0\"}",
        ] {
            assert!(answer.body.contains(line), "{line} is missing in {}", answer.body);
        }
        let token = stall.rsplit('/').next().unwrap();
        assert!(!answer.body.contains(token) && !answer.body.contains(&house.market.id.to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_node_says_whether_it_is_ready_and_why_not() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let answer = browser.get("/readyz").await;
        assert_eq!(answer.status, StatusCode::OK);
        for line in ["ready", "database ok", "migrations ok"] {
            assert!(answer.body.lines().any(|one| one == line), "{}", answer.body);
        }
        house.state.store.close().await;
        let answer = browser.get("/readyz").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.body.contains("database no"), "{}", answer.body);
        assert_eq!(browser.get("/healthz").await.status, StatusCode::OK, "the process itself lives");
    })
    .await;
}

/// The addresses that machines ask for, as the router has them.
fn routed() -> BTreeSet<String> {
    let router = concat!(include_str!("../../src/route/mod.rs"), include_str!("../../src/route/machine.rs"));
    router
        .split(".route(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| {
            ["/api/v1/", "/healthz", "/readyz", "/metrics"].iter().any(|own| path.starts_with(own))
                || (path.starts_with("/screen/")
                    && path.matches('/').count() > 2
                    && !path.ends_with("/street"))
        })
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn the_description_for_machines_has_every_address_that_they_ask() {
    on_both(|house| async move {
        let mut browser = house.browser();
        let answer = browser.get("/api/v1/openapi.json").await;
        let described: Value = serde_json::from_str(&answer.body).unwrap();
        let paths: BTreeSet<String> = described["paths"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(paths, routed());
        for reference in answer.body.split("\"$ref\": \"#/").skip(1) {
            let pointer = format!("/{}", reference.split('"').next().unwrap());
            assert!(described.pointer(&pointer).is_some(), "{pointer} leads nowhere");
        }
        for (path, verbs) in described["paths"].as_object().unwrap() {
            for verb in verbs.as_object().unwrap().keys() {
                let asked = Request::builder().method(verb.to_uppercase().as_str()).uri(path);
                let answer = browser.send(asked.header("sec-fetch-site", "none"), Body::from("{}")).await;
                assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{verb} {path}");
            }
        }
    })
    .await;
}

/// Everything that is logged while a test runs, whatever its level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

static LOG: OnceLock<Log> = OnceLock::new();

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_that_a_person_sends_and_no_token_stands_in_the_log() {
    let to = LOG.get_or_init(Log::default).clone();
    let filter = tracing_subscriber::EnvFilter::new("info,kaishi=trace");
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || to.clone()).json().init();
    on_both(|mut house| async move {
        watched(&mut house);
        let mut browser = house.browser();
        let stall = house.stall("2");
        let first = browser.get(&stall).await.field("ticket").unwrap();
        browser.post(&stall, &[("ticket", &first), ("n", "1")]).await;
        let page = browser.get(&format!("{stall}/appeal")).await;
        let ticket = page.field("ticket").unwrap_or_default();
        let words = "楼道灯坏了请打电话";
        let form = [
            ("ticket", ticket.as_str()),
            ("category", "other"),
            ("words", words),
            ("contact", "13800138000"),
        ];
        browser.post(&format!("{stall}/appeal"), &form).await;
        browser.post("/login", &[("login", "organizer"), ("password", "geheimes-passwort")]).await;
        let mut signed = house.signed_in(kaishi_server::demo::ORGANIZER).await;
        signed.get("/o/").await;
        let session = signed.jar.values().next().unwrap().clone();
        browser.get(&format!("{}/none", house.pad("2"))).await;
        // The database goes away: what is said then says it, and nothing else.
        house.state.store.close().await;
        let failed = browser.post(&stall, &[("ticket", &first), ("n", "1")]).await;
        assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
        let (pad, account) = (house.pad("2"), house.by.account().to_string());
        let tokens = [stall.rsplit('/').next().unwrap(), pad.rsplit('/').next().unwrap(), &session];
        let text = LOG.get().map(Log::text).unwrap_or_default();
        assert!(text.contains("\"route\":\"/s/{token}\""), "each request has its line: {text}");
        for secret in tokens.into_iter().chain([words, "13800138000", "geheimes-passwort", TOKEN, &account]) {
            assert!(!text.contains(secret), "{secret} stands in the log");
        }
    })
    .await;
}
