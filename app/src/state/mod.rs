//! What every page, call and route stands on: the store, the clock, randomness, keys and settings.

mod clock;
mod face;
mod pad;
mod provider;
mod rain;
mod watch;
mod who;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use kaishi_domain::Moment;
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::id::ShortId;
use kaishi_domain::outbox::Host;
use kaishi_domain::token::{Keys, Purpose};
use kaishi_domain::trust::Rules;
use kaishi_store::Store;

pub use clock::{Clock, PlayedClock, SystemClock};
pub use face::{Face, Faces};
pub use provider::Provider;
pub use rain::Twins;
pub use watch::Watching;

/// The hashed names of the browser half, and the styles that pages carry inside.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The name that a family's wasm file and its loader share, by the family's name.
    pub bundles: BTreeMap<String, String>,
    /// Address of each sheet by its name (`main`, `screen` …).
    pub css: BTreeMap<String, String>,
    /// Text of the sheets that are written into the page (`resident`).
    pub inline: BTreeMap<String, String>,
}

/// Numbers that an operator may turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// A check-in form is good for so long, in milliseconds.
    pub ticket_age: i64,
    /// At most so many open screens on this node.
    pub streams: usize,
    /// Where signs beside a scan begin, and how many taps are taken.
    pub rules: Rules,
    /// Proxies whose word about an address is believed.
    pub proxies: Vec<IpAddr>,
    /// Days after closing until a contact is deleted and its reporter forgotten.
    pub contact_days: i64,
    /// Hosts that messages may go to; none: there are no messages.
    pub hosts: Vec<Host>,
    /// Whether every account needs a second factor.
    pub second: bool,
    /// The identity provider that accounts may sign in by; none: no address of it answers.
    pub provider: Option<Provider>,
}

impl Default for Limits {
    fn default() -> Self {
        let ticket_age = 2 * kaishi_domain::moment::HOUR;
        let (proxies, hosts) = (Vec::new(), Vec::new());
        let (contact_days, second) = (30, false);
        Self {
            ticket_age,
            streams: 500,
            rules: Rules::default(),
            proxies,
            contact_days,
            hosts,
            second,
            provider: None,
        }
    }
}

/// What a state is made of.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub chance: Arc<dyn Chance>,
    /// Signing keys.
    pub keys: Keys,
    /// `https://ks.example.cn`, without a slash at the end.
    pub public_url: String,
    /// The browser half.
    pub site: Site,
    /// Numbers.
    pub limits: Limits,
}

/// Cheap to clone; the same for the whole server.
#[derive(Clone)]
pub struct State(Arc<Whole>);

struct Whole {
    parts: Parts,
    watch: Watching,
    faces: Faces,
}

impl std::ops::Deref for State {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl State {
    /// Puts it together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Whole { parts, watch: Watching::default(), faces: Faces::default() }))
    }

    /// What this node has seen of taps.
    pub fn watch(&self) -> &Watching {
        &self.0.watch
    }

    /// The stall pages as this node last rendered them.
    pub fn faces(&self) -> &Faces {
        &self.0.faces
    }

    /// Now.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// So many random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        chance::bytes(&*self.chance)
    }

    /// Whether pages are served over TLS, so that cookies may be `Secure`.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The path of a signed link: `/staff/ABC…`.
    pub fn path(&self, purpose: Purpose, id: ShortId) -> String {
        let first = match purpose {
            Purpose::Poster => "s",
            Purpose::Staff => "staff",
            Purpose::Screen => "screen",
            Purpose::Unit => "u",
            Purpose::Setup => "setup",
            Purpose::Feed => "feed",
            Purpose::Cell => "cell",
            Purpose::Open => "api/v1/open311",
        };
        format!("/{first}/{}", self.keys.token(purpose, id))
    }

    /// The whole address of a signed link.
    pub fn address(&self, purpose: Purpose, id: ShortId) -> String {
        format!("{}{}", self.public_url, self.path(purpose, id))
    }
}
