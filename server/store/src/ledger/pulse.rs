//! What the ledger has done since the program began, in numbers that only grow: for operators, not for screens.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Recorded;
use crate::{Error, Result};

/// Sizes of a transaction, in acts: each bound counts those that were not larger.
pub const SIZES: [u64; 10] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// Counters of the task that commits.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    new: AtomicU64,
    known: AtomicU64,
    refused: AtomicU64,
    unanswered: AtomicU64,
    acts: AtomicU64,
    sizes: [AtomicU64; SIZES.len()],
}

/// The counters at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Beat {
    /// Acts that became rows.
    pub new: u64,
    /// Acts that were there already: a form sent again, a second visit.
    pub known: u64,
    /// Acts that a rule refused.
    pub refused: u64,
    /// Acts whose sender was told that the database does not answer.
    pub unanswered: u64,
    /// Acts in transactions that were committed.
    pub acts: u64,
    /// Committed transactions by their size, as in [`SIZES`]; each counted once.
    pub sizes: [u64; SIZES.len()],
    /// Acts that wait for the next transaction.
    pub waiting: u64,
}

impl Pulse {
    /// One answer left.
    pub(super) fn answered(&self, answer: &Result<Recorded>) {
        let counter = match answer {
            Ok(Recorded::New(_)) => &self.new,
            Ok(_) => &self.known,
            Err(Error::Unavailable(_) | Error::Broken(_)) => &self.unanswered,
            Err(_) => &self.refused,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Rows that were written since the program began.
    pub(super) fn rows(&self) -> u64 {
        self.new.load(Ordering::Relaxed)
    }

    /// One transaction of so many acts was committed.
    pub(super) fn committed(&self, acts: usize) {
        let acts = acts as u64;
        self.acts.fetch_add(acts, Ordering::Relaxed);
        let size = SIZES.iter().position(|bound| acts <= *bound).unwrap_or(SIZES.len() - 1);
        self.sizes[size].fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn beat(&self, waiting: usize) -> Beat {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Beat {
            new: read(&self.new),
            known: read(&self.known),
            refused: read(&self.refused),
            unanswered: read(&self.unanswered),
            acts: read(&self.acts),
            sizes: std::array::from_fn(|at| read(&self.sizes[at])),
            waiting: waiting as u64,
        }
    }
}
