//! One feed a watched market, however many watch it; an upper bound on open streams.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaishi_app::state::State;
use kaishi_domain::{LinkId, MarketRef};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::feed::{Feed, Frame};

type Feeds = HashMap<MarketRef, watch::Sender<Option<Frame>>>;

/// Hands the same bytes to every watcher of a market. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    state: State,
    stop: CancellationToken,
    feeds: Arc<Mutex<Feeds>>,
    streams: Arc<Semaphore>,
    links: Arc<Mutex<HashMap<LinkId, usize>>>,
}

/// A place among the open streams; free again when it is dropped.
pub struct Seat {
    hub: Hub,
    link: LinkId,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut links = self.hub.links();
        if let Some(open) = links.get_mut(&self.link) {
            *open -= 1;
            if *open == 0 {
                links.remove(&self.link);
            }
        }
    }
}

impl Hub {
    /// A hub without watchers. When `stop` is cancelled, every feed and stream ends.
    pub fn new(state: State, stop: CancellationToken) -> Self {
        let streams = Arc::new(Semaphore::new(state.limits.streams));
        Self { state, stop, feeds: Arc::default(), streams, links: Arc::default() }
    }

    /// The state that the hub reads from.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Ends with the server.
    pub const fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// A place among the open streams, if one is free; a link that went round leaves a fifth of them to others.
    pub fn place(&self, link: LinkId) -> Option<Seat> {
        let most = self.state.limits.streams;
        let permit = self.streams.clone().try_acquire_owned().ok()?;
        let mut links = self.links();
        let open = links.entry(link).or_default();
        if *open >= most - most / 5 {
            return None;
        }
        *open += 1;
        drop(links);
        Some(Seat { hub: self.clone(), link, _permit: permit })
    }

    fn links(&self) -> MutexGuard<'_, HashMap<LinkId, usize>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins the feed of a market; the first watcher starts it. `None` until the first snapshot is there.
    pub fn watch(&self, market: MarketRef) -> watch::Receiver<Option<Frame>> {
        let mut feeds = self.feeds();
        if let Some(feed) = feeds.get(&market) {
            return feed.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        feeds.insert(market, sender.clone());
        let feed = Feed { hub: self.clone(), market, sender };
        tokio::spawn(feed.run());
        receiver
    }

    /// Forgets a feed that nobody watches. Decided under the lock, so that nobody joins a dead feed.
    pub(super) fn leave(&self, market: MarketRef) -> bool {
        let mut feeds = self.feeds();
        let idle = feeds.get(&market).is_none_or(|feed| feed.receiver_count() == 0);
        if idle {
            feeds.remove(&market);
        }
        idle
    }

    fn feeds(&self) -> MutexGuard<'_, Feeds> {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
