//! A whole server in a test, on either engine: the demo's market, a clock to turn, a browser without a script.

pub mod files;
pub mod morning;
pub mod plead;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use kaishi_app::state::{Clock, Limits, Parts, Site, State};
use kaishi_domain::actor::Organizer;
use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::market::Market;
use kaishi_domain::seal::Seal;
use kaishi_domain::token::{Key, Keys};
use kaishi_domain::{MarketRef, Moment, StallId};
use kaishi_server::chance::SystemChance;
use kaishi_server::demo::{Addresses, Hours, addresses, seed};
use kaishi_store::{Step, Store, Vault};
use tower::ServiceExt as _;

/// 10:42 on the Saturday of the Fuzhong market.
pub const NOW: Moment = Moment::from_millis(1_683_945_720_000);
/// The public address of the house.
pub const BASE: &str = "http://127.0.0.1:3000";

/// A clock that stands until it is turned.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Turns it on by so many milliseconds.
    pub fn turn(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// The server with the demo's market.
pub struct House {
    pub state: State,
    pub router: Router,
    pub clock: Arc<TestClock>,
    pub by: Organizer,
    pub market: Market,
    pub addresses: Addresses,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same, of files that are no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a form field in the page.
    pub fn field(&self, name: &str) -> Option<String> {
        let at = self.body.find(&format!("name=\"{name}\""))?;
        let from = self.body[..at].rfind('<')?;
        let tag = &self.body[from..from + self.body[from..].find('>')?];
        let value = tag.split("value=\"").nth(1)?;
        Some(value[..value.find('"')?].to_owned())
    }
}

/// Tells one story to both engines, each with a database of its own.
pub async fn on_both<F, Fut>(story: F)
where
    F: Fn(House) -> Fut,
    Fut: Future<Output = ()>,
{
    let folder = Folder::new();
    let name = folder.name.clone();
    let sqlite = format!("sqlite:{}", folder.path.join("kaishi.db").display());
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    story(House::open(Store::open(&sqlite, chance.clone(), Seal::new([7; 32])).await.unwrap()).await).await;

    let url = std::env::var("KAISHI_TEST_POSTGRES")
        .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
    story(
        House::open(Store::open_postgres_schema(&url, &name, chance, Seal::new([7; 32])).await.unwrap())
            .await,
    )
    .await;
}

/// A folder that goes away with the test.
pub struct Folder {
    pub name: String,
    pub path: std::path::PathBuf,
}

impl Folder {
    pub fn new() -> Self {
        let fresh = kaishi_domain::id::hex(&chance::bytes::<8>(&SystemChance));
        let name = format!("h{fresh}");
        let path = std::env::temp_dir().join(format!("kaishi-{name}"));
        std::fs::create_dir_all(&path).unwrap();
        Self { name, path }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

impl House {
    /// The same server with other limits.
    pub fn limited(&self, limits: Limits) -> State {
        State::new(Parts {
            store: self.state.store.clone(),
            clock: self.state.clock.clone(),
            chance: self.state.chance.clone(),
            keys: self.state.keys.clone(),
            public_url: BASE.into(),
            site: self.state.site.clone(),
            limits,
        })
    }

    /// Seeds the store and opens the doors.
    pub async fn open(store: Store) -> Self {
        let store = store.keeping(Vault::new([5; 32]));
        let clock = Arc::new(TestClock(AtomicI64::new(NOW.millis())));
        let state = State::new(Parts {
            store,
            clock: clock.clone(),
            chance: Arc::new(SystemChance),
            keys: Keys::new(Key { id: 1, secret: [7; 32] }, Vec::new()),
            public_url: BASE.into(),
            site: Site::default(),
            limits: Limits::default(),
        });
        let (by, market) = seed(&state, Hours::morning(NOW).unwrap()).await.unwrap();
        let addresses = addresses(&state, &by, &market).await.unwrap();
        let router = kaishi_server::route::router(&state);
        Self { state, router, clock, by, market, addresses }
    }

    /// The same house with other settings.
    pub fn refitted(self, change: impl FnOnce(&mut Parts)) -> Self {
        let known = &self.state;
        let mut parts = Parts {
            store: known.store.clone(),
            clock: known.clock.clone(),
            chance: known.chance.clone(),
            keys: known.keys.clone(),
            public_url: known.public_url.clone(),
            site: known.site.clone(),
            limits: known.limits.clone(),
        };
        change(&mut parts);
        let state = State::new(parts);
        Self { router: kaishi_server::route::router(&state), state, ..self }
    }

    /// The market with its organization.
    pub fn at(&self) -> MarketRef {
        MarketRef { org: self.market.org, market: self.market.id }
    }

    /// The path of a stall's page by its number.
    pub fn stall(&self, no: &str) -> String {
        let stall = self.addresses.stalls.iter().find(|stall| stall.no == no).unwrap();
        stall.url.strip_prefix(BASE).unwrap().to_owned()
    }

    /// The path of a stall's staff pad by its number.
    pub fn pad(&self, no: &str) -> String {
        let pad = self.addresses.staff.iter().find(|pad| pad.no == no).unwrap();
        pad.url.strip_prefix(BASE).unwrap().to_owned()
    }

    /// Takes whoever stands on a stall away, and says which stall that was.
    pub async fn vacate(&self, no: &str) -> StallId {
        let (store, now) = (&self.state.store, self.state.now());
        let signs = store.signs(self.at(), now).await.unwrap();
        let stall = signs.iter().find(|sign| sign.no == no).unwrap().stall;
        let held = store.assignments(self.at()).await.unwrap();
        let entry = held.iter().find(|assigned| assigned.held.stall == stall).unwrap().held.entry;
        let change = Change { entry, from: Some(stall), to: None, pinned: false };
        let step = Step { change, reason: "{}".into() };
        store.arrange(&self.by, self.market.id, Act::Hand, &[step], now).await.unwrap();
        stall
    }

    /// A browser with nothing in its jar.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), jar: BTreeMap::new(), keeps_cookies: true }
    }

    /// A browser that is signed in with a demo account.
    pub async fn signed_in(&self, (login, password): (&str, &str)) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/login", &[("login", login), ("password", password)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/o/"), "{}", answer.body);
        browser
    }
}

/// A browser: it keeps cookies and says where its forms come from.
pub struct Browser {
    router: Router,
    pub jar: BTreeMap<String, String>,
    pub keeps_cookies: bool,
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form of this very site.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = form
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    /// Sends any request with the cookies of the jar.
    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let jar: Vec<_> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request.header(header::HOST, "127.0.0.1:3000");
        if !jar.is_empty() {
            request = request.header(header::COOKIE, jar.join("; "));
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        if self.keeps_cookies {
            for cookie in parts.headers.get_all(header::SET_COOKIE) {
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = axum::body::to_bytes(body, 4 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.into(),
        }
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
