//! The product itself with the demo's market: each request is a form that a new visitor's browser would post.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use kaishi_app::state::{Clock as _, Limits, Parts, Site, State, SystemClock};
use kaishi_domain::seal::Seal;
use kaishi_domain::token::{Key, Keys, Purpose, Ticket};
use kaishi_domain::trust::Rules;
use kaishi_domain::{MarketRef, PosterId};
use kaishi_server::chance::SystemChance;
use kaishi_server::demo::{Hours, addresses, seed};
use kaishi_store::Store;

use crate::load::{Load, form};

/// A running market.
pub(crate) struct Market {
    address: String,
    /// The path of its screen.
    #[allow(dead_code, reason = "one of the benches that share this file watches it")]
    pub(crate) screen: String,
    state: State,
    at: MarketRef,
    posters: Vec<(PosterId, String)>,
    day_key: [u8; 32],
    next: AtomicUsize,
}

/// Seeds the demo's market and serves it.
pub(crate) async fn open(file: &Path) -> Result<Market> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let base = format!("http://{address}");
    let clock = SystemClock { offset: 0 };
    let hours = Hours::around(clock.now())?;
    let state = State::new(Parts {
        store: Store::open(&format!("sqlite:{}", file.display()), Arc::new(SystemChance), Seal::new([7; 32]))
            .await?,
        clock: Arc::new(clock),
        chance: Arc::new(SystemChance),
        keys: Keys::new(Key { id: 1, secret: [7; 32] }, Vec::new()),
        public_url: base.clone(),
        site: Site::default(),
        // Bounds that a load like this is made to pass: of a poster, and of people that a stall sees in a minute.
        limits: Limits {
            rules: Rules { poster_rate: 0, surge: 0, ..Rules::default() },
            streams: 20_000,
            ..Limits::default()
        },
    });
    let (by, market) = seed(&state, hours).await?;
    let at = MarketRef { org: market.org, market: market.id };
    let day_key = state.store.day_key(at).await?.context("the market has no key")?;
    let found = addresses(&state, &by, &market).await?;
    let screen = found.screen.strip_prefix(&base).unwrap_or(&found.screen).to_owned();
    let posters = found
        .stalls
        .into_iter()
        .map(|stall| {
            let path = stall.url.strip_prefix(&base).unwrap_or(&stall.url).to_owned();
            let token = path.rsplit('/').next().unwrap_or_default();
            Ok((state.keys.read(Purpose::Poster, token)?, path))
        })
        .collect::<Result<Vec<_>>>()?;
    let router = kaishi_server::route::router(&state);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(Market { address, screen, state, at, posters, day_key, next: AtomicUsize::new(0) })
}

impl Market {
    /// Rows of the ledger, and people in the counts that a screen shows.
    pub(crate) async fn counted(&self) -> Result<(i64, i64)> {
        let seen = self.state.store.snapshot(self.at, self.state.now()).await?;
        Ok((self.state.store.ledger_rows(self.at).await?, seen.encounters.total))
    }
}

impl Market {
    /// Reads every row, as a signature of the bulletin does.
    #[allow(dead_code, reason = "one of the benches that share this file reads while it counts")]
    pub(crate) async fn read(&self) -> Result<()> {
        let rows = self.state.store.ledger_rows(self.at).await?;
        self.state.store.ledger_head(self.at, rows).await?;
        Ok(())
    }
}

impl Load for Market {
    fn address(&self) -> String {
        self.address.clone()
    }

    fn request(&self) -> String {
        let nth = self.next.fetch_add(1, Ordering::Relaxed);
        let (poster, path) = &self.posters[nth % self.posters.len()];
        let cookie = format!("{:032x}", u128::from_be_bytes(self.state.random()));
        let tag = Keys::visitor_tag(&self.day_key, &cookie);
        let ticket = Ticket::mint(*poster, self.state.now(), self.state.random(), tag);
        let body = format!("ticket={}&n=1", self.state.keys.seal(&ticket));
        form(&self.address, path, &format!("v={cookie}"), &body)
    }

    fn yes(&self) -> u16 {
        303
    }
}
