//! Gathers what moved on this node: one hint a market at most four times a second, however many were counted.

use std::collections::BTreeMap;
use std::time::Duration;

use kaishi_domain::MarketRef;
use kaishi_store::{Hint, Whence};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, timeout_at};

/// Between two that leave.
pub(super) const PACE: Duration = Duration::from_millis(250);

/// What is to be told to other nodes.
pub(super) struct Gather {
    hints: Receiver<Hint>,
    next: Instant,
}

impl Gather {
    pub(super) fn new(hints: Receiver<Hint>) -> Self {
        Self { hints, next: Instant::now() }
    }

    /// The newest hint of each market that moved here; the first one of a quiet time at once. `None` when the store
    /// has ended.
    pub(super) async fn next(&mut self) -> Option<Vec<Hint>> {
        let mut moved = BTreeMap::new();
        note(&mut moved, self.own().await?);
        while let Ok(own) = timeout_at(self.next, self.own()).await {
            note(&mut moved, own?);
        }
        // The runtime stops a long reading now and then; what has come by now leaves now.
        while let Some(hint) = self.ready() {
            note(&mut moved, hint);
        }
        self.next = Instant::now() + PACE;
        Some(moved.into_values().collect())
    }

    /// A hint of this node that is there already.
    fn ready(&mut self) -> Option<Hint> {
        loop {
            match self.hints.try_recv() {
                Ok(hint) if hint.whence == Whence::Here => return Some(hint),
                Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => return None,
            }
        }
    }

    /// The next hint of this node. What was missed in a flood is found by the others' own looks.
    async fn own(&mut self) -> Option<Hint> {
        loop {
            match self.hints.recv().await {
                Ok(hint) if hint.whence == Whence::Here => return Some(hint),
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// A hint without a version is the stronger one: it says that more than the ledger moved.
fn note(moved: &mut BTreeMap<MarketRef, Hint>, hint: Hint) {
    let known = moved.entry(hint.market).or_insert(hint);
    known.version = known.version.zip(hint.version).map(|(known, new)| known.max(new));
}

#[cfg(test)]
mod tests {
    use kaishi_domain::{MarketId, Moment, OrgId};
    use tokio::sync::broadcast;

    use super::*;

    fn hint(n: u8, version: Option<i64>, whence: Whence) -> Hint {
        let market = MarketRef {
            org: OrgId::from_bytes([0, 0, 1]),
            market: MarketId::new(Moment::from_millis(0), [n; 10]),
        };
        Hint { market, version, whence }
    }

    #[tokio::test]
    async fn however_many_were_counted_one_hint_a_market_leaves() {
        let (sender, hints) = broadcast::channel(1_024);
        let mut gather = Gather::new(hints);
        for round in 1..=2 {
            for version in 1..=500 {
                sender.send(hint(1, Some(500 * round + version), Whence::Here)).unwrap();
                sender.send(hint(2, Some(9), Whence::Elsewhere)).unwrap();
            }
            let told = gather.next().await.unwrap();
            assert_eq!(
                told,
                [hint(1, Some(500 * round + 500), Whence::Here)],
                "nothing from elsewhere goes back"
            );
        }
        drop(sender);
        assert!(gather.next().await.is_none());
    }

    #[test]
    fn the_newest_version_stands_and_a_hint_without_one_is_stronger() {
        let mut moved = BTreeMap::new();
        for version in [Some(3), Some(5), Some(4)] {
            note(&mut moved, hint(1, version, Whence::Here));
        }
        assert_eq!(moved.values().next().unwrap().version, Some(5));
        note(&mut moved, hint(1, None, Whence::Here));
        note(&mut moved, hint(1, Some(6), Whence::Here));
        assert_eq!(moved.values().next().unwrap().version, None);
    }
}
