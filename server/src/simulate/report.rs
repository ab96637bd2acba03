//! What a simulated morning comes to.

use std::time::Duration;

use serde::Serialize;

/// One line of JSON at the end.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Report {
    /// People served, as the server acknowledged them.
    pub acknowledged: i64,
    /// People that it did not take, even after trying again.
    pub refused: i64,
    /// Half of the acknowledgements came within so many milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred came within so many milliseconds.
    pub p99_ms: f64,
    /// People acknowledged in a second, over the whole morning.
    pub per_second: f64,
    /// Heads at talks; not part of `acknowledged`.
    pub talks: i64,
    /// Appeals raised.
    pub appeals: i64,
    /// Of these settled on the spot.
    pub settled: i64,
    /// Taps and batches that were sent a second time.
    pub twice: i64,
}

/// What single acts came to, gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub report: Report,
    pub waits: Vec<Duration>,
}

impl Tally {
    /// Puts one act's result to the rest.
    pub(super) fn add(&mut self, other: Self) {
        let (all, one) = (&mut self.report, other.report);
        all.acknowledged += one.acknowledged;
        all.refused += one.refused;
        all.talks += one.talks;
        all.appeals += one.appeals;
        all.settled += one.settled;
        all.twice += one.twice;
        self.waits.extend(other.waits);
    }

    /// The whole morning, which took so long.
    pub(super) fn close(mut self, took: Duration) -> Report {
        self.waits.sort_unstable();
        self.report.p50_ms = quantile(&self.waits, 50);
        self.report.p99_ms = quantile(&self.waits, 99);
        self.report.per_second = tenth(self.report.acknowledged as f64 / took.as_secs_f64().max(0.001));
        self.report
    }
}

/// The smallest wait that so many of a hundred do not exceed, in milliseconds.
fn quantile(sorted: &[Duration], hundredth: usize) -> f64 {
    let place = (sorted.len() * hundredth).div_ceil(100).saturating_sub(1);
    sorted.get(place).map_or(0.0, |wait| tenth(wait.as_secs_f64() * 1000.0))
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_of_a_hundred_does_not_hide() {
        let waits: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let tally = Tally { report: Report { acknowledged: 200, ..Report::default() }, waits };
        let report = tally.close(Duration::from_secs(2));
        assert!((report.p50_ms - 100.0).abs() < 0.01 && (report.p99_ms - 198.0).abs() < 0.01);
        assert!((report.per_second - 100.0).abs() < 0.01);
        assert!(Tally::default().close(Duration::ZERO).p99_ms < 0.01);
    }
}
