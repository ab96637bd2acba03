//! The feed of one market: sees that something changed, makes one snapshot, puts it into bytes once.
//!
//! The version is asked for each second; a hint from the ledger only makes it faster.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use futures::FutureExt as _;
use kaishi_domain::{LinkId, MarketRef};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep, timeout};

use super::hub::Hub;

/// At most four snapshots a second.
const PACE: Duration = Duration::from_millis(250);
/// Without a hint the version is asked for so often.
const POLL: Duration = Duration::from_millis(900);
/// So often it is asked which links still open this market: one question for all screens behind them.
const RECHECK: Duration = Duration::from_secs(3);
/// A screen that hears nothing for twice as long shows that it is stale.
const BEAT: Duration = Duration::from_secs(5);
/// A feed without watchers goes on for so long: a screen that reconnects finds it running.
const LINGER: Duration = Duration::from_secs(15);
/// A look that takes longer has met a line that was cut without a word; the next one takes another.
const PATIENCE: Duration = Duration::from_secs(5);
/// A snapshot may take at most the fourth part of the time, whatever it costs.
const REST: u32 = 3;

/// One snapshot, in the two forms in which it leaves.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The version of the counts.
    pub version: i64,
    /// As JSON.
    pub json: Bytes,
    /// As an event with its id.
    pub event: Bytes,
    /// The links that open it. Whose link is not among them asks whether it was called back.
    pub open: Arc<[LinkId]>,
}

/// What wakes a feed.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    /// The version that its watchers have.
    seen: AtomicI64,
    moved: Notify,
}

impl Pulse {
    /// Wakes the feed, unless its watchers have that version already.
    pub(super) fn beat(&self, version: Option<i64>) {
        if version.is_none_or(|version| version > self.seen.load(Ordering::Relaxed)) {
            self.moved.notify_one();
        }
    }
}

/// What was sent last.
struct Sent {
    version: i64,
    at: Instant,
    open: Arc<[LinkId]>,
    /// When the links were asked for.
    checked: Instant,
}

/// The task behind a market's watchers.
pub(super) struct Feed {
    pub hub: Hub,
    pub market: MarketRef,
    pub sender: watch::Sender<Option<Frame>>,
    pub pulse: Arc<Pulse>,
}

impl Feed {
    /// Until the server stops or nobody has watched for a while.
    pub(super) async fn run(self) {
        let mut sent: Option<Sent> = None;
        let mut watched = Instant::now();
        while !self.hub.stop().is_cancelled() {
            if self.sender.receiver_count() > 0 {
                watched = Instant::now();
            } else if watched.elapsed() > LINGER && self.hub.leave(self.market) {
                return;
            }
            // Whatever was hinted at until now is seen by the look that follows.
            let _ = self.pulse.moved.notified().now_or_never();
            let begun = Instant::now();
            if timeout(PATIENCE, self.look(&mut sent)).await.is_err() {
                tracing::warn!(market = %self.market, "the database is silent");
            }
            let took = begun.elapsed();
            let rest = PACE.saturating_sub(took).max(took * REST);
            tokio::select! {
                () = self.hub.stop().cancelled() => return,
                () = sleep(rest) => {}
            }
            tokio::select! {
                () = self.hub.stop().cancelled() => return,
                _ = timeout(POLL.saturating_sub(rest), self.pulse.moved.notified()) => {}
            }
        }
    }

    /// Sends a snapshot, if the market or its links changed or the last one is getting old.
    async fn look(&self, sent: &mut Option<Sent>) {
        let state = self.hub.state();
        let seen = async {
            let version = state.store.version(self.market).await?;
            let (open, checked) = match sent.as_ref().filter(|sent| sent.checked.elapsed() < RECHECK) {
                Some(sent) => (sent.open.clone(), sent.checked),
                None => (state.store.screens(self.market, state.now()).await?.into(), Instant::now()),
            };
            if let Some(sent) = sent
                && (sent.version, &sent.open) == (version, &open)
                && sent.at.elapsed() < BEAT
            {
                sent.checked = checked;
                return Ok::<_, kaishi_store::Error>(None);
            }
            Ok(Some((state.store.snapshot(self.market, state.now()).await?, open, checked)))
        };
        match seen.await {
            Ok(None) => {}
            Ok(Some((snapshot, open, checked))) => match serde_json::to_vec(&snapshot) {
                Ok(json) => {
                    let version = snapshot.version;
                    self.pulse.seen.store(version, Ordering::Relaxed);
                    self.sender.send_replace(Some(frame(version, json, open.clone())));
                    *sent = Some(Sent { version, at: Instant::now(), open, checked });
                }
                Err(error) => tracing::error!(%error, "a snapshot has no JSON"),
            },
            // Screens notice by themselves that nothing comes.
            Err(error) => tracing::warn!(%error, market = %self.market, "no snapshot"),
        }
    }
}

/// Both forms of a snapshot. JSON has no line breaks, so one `data:` line holds it.
fn frame(version: i64, json: Vec<u8>, open: Arc<[LinkId]>) -> Frame {
    let mut event = format!("id: {version}\ndata: ").into_bytes();
    event.extend_from_slice(&json);
    event.extend_from_slice(b"\n\n");
    Frame { version, json: json.into(), event: event.into(), open }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::{Pulse, frame};

    #[test]
    fn a_feed_is_woken_by_news_alone() {
        let pulse = Pulse::default();
        pulse.seen.store(7, std::sync::atomic::Ordering::Relaxed);
        let woken = || pulse.moved.notified().now_or_never().is_some();
        pulse.beat(Some(7));
        assert!(!woken());
        pulse.beat(Some(8));
        assert!(woken() && !woken());
        pulse.beat(None);
        assert!(woken());
    }

    #[test]
    fn an_event_is_one_whole_snapshot_with_its_version() {
        let frame = frame(7, b"{\"version\":7}".to_vec(), [].into());
        assert_eq!(&frame.event[..], b"id: 7\ndata: {\"version\":7}\n\n");
        assert_eq!(&frame.json[..], b"{\"version\":7}");
    }
}
