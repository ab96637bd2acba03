//! Numbers for operators, in the text format of Prometheus, and one line of the log for each request. Nothing that
//! belongs to a person or a market stands in either: routes are named by their pattern, never by their address.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kaishi_domain::id::hex;
use kaishi_store::{SIZES, Store};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tracing::Instrument as _;

/// Bounds of the latencies, in seconds.
const SECONDS: [f64; 11] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// The header that names a request in the log and in the answer.
const REQUEST_ID: &str = "x-request-id";
/// What a request that no route knows is counted under.
const NOWHERE: &str = "none";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

type Seconds = Family<Route, Histogram, fn() -> Histogram>;

/// The numbers of one node. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Numbers>);

struct Numbers {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Seconds,
}

/// How many streams are open, of how many that may be.
#[derive(Clone, Debug)]
pub struct Streams {
    /// A permit each.
    pub places: Arc<Semaphore>,
    /// All of them.
    pub most: usize,
}

impl Metrics {
    /// Begins to count.
    pub fn new(store: &Store, streams: Streams) -> Self {
        let mut registry = Registry::with_prefix("kaishi");
        let requests = Family::<Answered, Counter>::default();
        let seconds = Seconds::new_with_constructor(|| Histogram::new(SECONDS));
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register("request_seconds", "Seconds until a request was answered", seconds.clone());
        registry.register_collector(Box::new(Inside { store: store.clone(), streams }));
        Self(Arc::new(Numbers { registry, requests, seconds }))
    }

    fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }

    fn count(&self, method: &Method, route: &str, status: StatusCode, begun: Instant) {
        let answered =
            Answered { method: named(method), route: route.to_owned(), status: status.as_u16().to_string() };
        self.0.requests.get_or_create(&answered).inc();
        let taken = begun.elapsed().as_secs_f64();
        self.0.seconds.get_or_create(&Route { route: route.to_owned() }).observe(taken);
    }
}

fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

/// What is read when somebody asks.
#[derive(Debug)]
struct Inside {
    store: Store,
    streams: Streams,
}

impl Collector for Inside {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let beat = self.store.ledger_beat();
        let counters = [
            ("acts_new", "Check-ins and taps that became rows of the ledger", beat.new),
            ("acts_known", "Check-ins and taps that were in the ledger already", beat.known),
            ("acts_refused", "Check-ins and taps that a rule refused", beat.refused),
            ("acts_unanswered", "Check-ins and taps whose sender was told to try again", beat.unanswered),
            ("database_errors", "Errors of the database", kaishi_store::failures()),
        ];
        for (name, help, value) in counters {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            ConstCounter::new(value).encode(metric)?;
        }
        let open = self.streams.most.saturating_sub(self.streams.places.available_permits());
        let log = self.store.place().map_or(0, |(_, bytes)| bytes);
        let gauges = [
            ("acts_waiting", "Check-ins and taps that wait for the next commit", beat.waiting),
            ("watchers", "Open streams of counts", open as u64),
            ("wal_bytes", "Size of SQLite's write-ahead log", log),
        ];
        for (name, help, value) in gauges {
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(value as i64).encode(metric)?;
        }
        let buckets: Vec<(f64, u64)> =
            SIZES.iter().map(|bound| *bound as f64).zip(beat.sizes.iter().copied()).collect();
        let groups = beat.sizes.iter().sum();
        let help = "Check-ins and taps in one commit";
        encoder
            .encode_descriptor("commit_acts", help, None, MetricType::Histogram)?
            .encode_histogram::<NoLabelSet>(beat.acts as f64, groups, &buckets, None)
    }
}

/// What is asked of whoever reads the numbers at the server's own address: the token, or nobody.
#[derive(Clone, Debug, Default)]
pub struct Token(pub Option<String>);

/// `GET /metrics` with `Authorization: Bearer TOKEN`. Without a token in the settings there is no such address.
pub async fn guarded(
    Extension(metrics): Extension<Metrics>,
    Extension(Token(token)): Extension<Token>,
    headers: HeaderMap,
) -> Response {
    let Some(token) = token else {
        return (StatusCode::NOT_FOUND, "There are no numbers at this address.").into_response();
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    // Digests differ in their first bytes whatever the texts have in common.
    if Sha256::digest(given) != Sha256::digest(&token) {
        let ask = [(header::WWW_AUTHENTICATE, "Bearer")];
        return (StatusCode::UNAUTHORIZED, ask, "These numbers ask for a token.").into_response();
    }
    open(Extension(metrics)).await
}

/// The same at an address of its own, which only the operator's network reaches.
pub async fn open(Extension(metrics): Extension<Metrics>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    match metrics.text() {
        Ok(text) => (kind, text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Counts a request, names it, and writes one line about it.
pub async fn observe(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = hex(&kaishi_domain::chance::bytes::<8>(&crate::chance::SystemChance));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or(NOWHERE, MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", %id, %method, %route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    metrics.count(&method, &route, status, begun);
    let ms = begun.elapsed().as_millis();
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), ms, "answered");
        } else {
            tracing::debug!(status = status.as_u16(), ms, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static(REQUEST_ID), value);
    }
    response
}
