//! Two small gauges: people a minute, and a bucket that refills.

use crate::Moment;
use crate::moment::{MINUTE, SECOND};

/// Minutes that a meter remembers.
const MINUTES: usize = 15;

/// People by minute, for the last quarter of an hour.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter {
    last: i64,
    counts: [i64; MINUTES],
}

impl Meter {
    /// Adds so many now. A clock that was set back begins anew.
    pub(super) fn add(&mut self, n: i64, now: Moment) {
        let minute = now.millis().div_euclid(MINUTE);
        let gone = minute - self.last;
        if (0..MINUTES as i64).contains(&gone) {
            for past in self.last + 1..=minute {
                self.counts[Self::place(past)] = 0;
            }
        } else {
            self.counts = [0; MINUTES];
        }
        self.last = minute;
        self.counts[Self::place(minute)] += n;
    }

    const fn place(minute: i64) -> usize {
        minute.rem_euclid(MINUTES as i64) as usize
    }

    /// In the last minute that anything was added.
    pub(super) const fn minute(&self) -> i64 {
        self.counts[Self::place(self.last)]
    }

    /// In the quarter of an hour before that.
    pub(super) fn quarter(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// Whether it says nothing any more.
    pub(super) fn is_idle(&self, now: Moment) -> bool {
        (now.millis().div_euclid(MINUTE) - self.last).abs() >= MINUTES as i64
    }
}

/// A bucket that refills over time; in thousandths, so that a millisecond adds its share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bucket {
    level: i64,
    at: Moment,
}

impl Bucket {
    pub(super) const fn full(burst: i64, now: Moment) -> Self {
        Self { level: burst.saturating_mul(SECOND), at: now }
    }

    /// Takes one, or answers for how many milliseconds to wait.
    pub(super) fn take(&mut self, rate: i64, burst: i64, now: Moment) -> Result<(), i64> {
        let gone = now.since(self.at).max(0);
        let most = burst.saturating_mul(SECOND);
        self.level = self.level.saturating_add(gone.saturating_mul(rate)).min(most);
        self.at = now;
        if self.level >= SECOND {
            self.level -= SECOND;
            return Ok(());
        }
        Err((SECOND - self.level + rate - 1) / rate.max(1))
    }
}
