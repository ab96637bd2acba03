//! One feed a watched market, however many watch it; an upper bound on open streams. One task hears what moved and
//! wakes the feed that it concerns, so that a hint costs the same with one market and with six hundred.
//!
//! In this process alone, and right with many: the feeds of a market on two nodes show the same rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaishi_app::state::State;
use kaishi_domain::{LinkId, MarketRef};
use kaishi_store::Hint;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::feed::{Feed, Frame, Pulse};
use crate::metrics::Streams;

type Feeds = HashMap<MarketRef, (watch::Sender<Option<Frame>>, Arc<Pulse>)>;

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
        let feeds = Arc::default();
        tokio::spawn(wake(state.store.hints(), Arc::clone(&feeds)));
        Self { state, stop, feeds, streams, links: Arc::default() }
    }

    /// The state that the hub reads from.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Ends with the server.
    pub const fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// How many streams are open.
    pub fn streams(&self) -> Streams {
        Streams { places: self.streams.clone(), most: self.state.limits.streams }
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
        let mut feeds = lock(&self.feeds);
        if let Some((feed, _)) = feeds.get(&market) {
            return feed.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        let pulse = Arc::new(Pulse::default());
        feeds.insert(market, (sender.clone(), pulse.clone()));
        let feed = Feed { hub: self.clone(), market, sender, pulse };
        tokio::spawn(feed.run());
        receiver
    }

    /// Forgets a feed that nobody watches. Decided under the lock, so that nobody joins a dead feed.
    pub(super) fn leave(&self, market: MarketRef) -> bool {
        let mut feeds = lock(&self.feeds);
        let idle = feeds.get(&market).is_none_or(|(feed, _)| feed.receiver_count() == 0);
        if idle {
            feeds.remove(&market);
        }
        idle
    }
}

fn lock(feeds: &Mutex<Feeds>) -> MutexGuard<'_, Feeds> {
    feeds.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wakes the feeds of markets that moved, until the store's end.
async fn wake(mut hints: Receiver<Hint>, feeds: Arc<Mutex<Feeds>>) {
    loop {
        match hints.recv().await {
            Ok(hint) => {
                if let Some((_, pulse)) = lock(&feeds).get(&hint.market) {
                    pulse.beat(hint.version);
                }
            }
            // Some were missed: everybody looks.
            Err(RecvError::Lagged(_)) => lock(&feeds).values().for_each(|(_, pulse)| pulse.beat(None)),
            Err(RecvError::Closed) => return,
        }
    }
}
