//! The feed of one market: sees that something changed, makes one snapshot, puts it into bytes once.
//!
//! The version is asked for each second; a hint from the ledger only makes it faster.

use std::time::Duration;

use axum::body::Bytes;
use kaishi_domain::MarketRef;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, sleep, timeout};

use super::hub::Hub;

/// At most four snapshots a second.
const PACE: Duration = Duration::from_millis(250);
/// Without a hint the version is asked for so often.
const POLL: Duration = Duration::from_secs(1);
/// A screen that hears nothing for twice as long shows that it is stale.
const BEAT: Duration = Duration::from_secs(5);
/// A feed without watchers goes on for so long: a screen that reconnects finds it running.
const LINGER: Duration = Duration::from_secs(15);
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
}

/// The task behind a market's watchers.
pub(super) struct Feed {
    pub hub: Hub,
    pub market: MarketRef,
    pub sender: watch::Sender<Option<Frame>>,
}

impl Feed {
    /// Until the server stops or nobody has watched for a while.
    pub(super) async fn run(self) {
        let mut hints = self.hub.state().store.hints();
        let mut sent: Option<(i64, Instant)> = None;
        let mut watched = Instant::now();
        while !self.hub.stop().is_cancelled() {
            if self.sender.receiver_count() > 0 {
                watched = Instant::now();
            } else if watched.elapsed() > LINGER && self.hub.leave(self.market) {
                return;
            }
            // Whatever was hinted at until now is seen by the look that follows.
            hints = hints.resubscribe();
            let begun = Instant::now();
            self.look(&mut sent).await;
            let took = begun.elapsed();
            let rest = PACE.saturating_sub(took).max(took * REST);
            tokio::select! {
                () = self.hub.stop().cancelled() => return,
                () = sleep(rest) => {}
            }
            tokio::select! {
                () = self.hub.stop().cancelled() => return,
                _ = timeout(POLL.saturating_sub(rest), hinted(&mut hints, self.market)) => {}
            }
        }
    }

    /// Sends a snapshot, if the market changed or the last one is getting old.
    async fn look(&self, sent: &mut Option<(i64, Instant)>) {
        let state = self.hub.state();
        let seen = async {
            let version = state.store.version(self.market).await?;
            if sent.is_some_and(|(known, at)| known == version && at.elapsed() < BEAT) {
                return Ok::<_, kaishi_store::Error>(None);
            }
            state.store.snapshot(self.market, state.now()).await.map(Some)
        };
        match seen.await {
            Ok(None) => {}
            Ok(Some(snapshot)) => match serde_json::to_vec(&snapshot) {
                Ok(json) => {
                    *sent = Some((snapshot.version, Instant::now()));
                    self.sender.send_replace(Some(frame(snapshot.version, json)));
                }
                Err(error) => tracing::error!(%error, "a snapshot has no JSON"),
            },
            // Screens notice by themselves that nothing comes.
            Err(error) => tracing::warn!(%error, market = %self.market, "no snapshot"),
        }
    }
}

/// Both forms of a snapshot. JSON has no line breaks, so one `data:` line holds it.
fn frame(version: i64, json: Vec<u8>) -> Frame {
    let mut event = format!("id: {version}\ndata: ").into_bytes();
    event.extend_from_slice(&json);
    event.extend_from_slice(b"\n\n");
    Frame { version, json: json.into(), event: event.into() }
}

/// Until the ledger names this market, or has named more than we could hear.
async fn hinted(hints: &mut broadcast::Receiver<MarketRef>, market: MarketRef) {
    loop {
        match hints.recv().await {
            Ok(grown) if grown == market => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn an_event_is_one_whole_snapshot_with_its_version() {
        let frame = frame(7, b"{\"version\":7}".to_vec());
        assert_eq!(&frame.event[..], b"id: 7\ndata: {\"version\":7}\n\n");
        assert_eq!(&frame.json[..], b"{\"version\":7}");
    }
}
