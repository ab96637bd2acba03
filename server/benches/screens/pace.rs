//! People who check in at a steady pace, and how long it takes until a screen counts each of them.

use std::time::Duration;

use anyhow::Result;
use tokio::time::{Instant, sleep_until};

use crate::load::{self, Load};
use crate::wall::{Sight, now};

/// One in so many is looked at on every screen.
const SAMPLE: usize = 8;

/// What was measured, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waits {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    /// Check-ins times screens that were looked at.
    pub(crate) looks: usize,
}

/// So many check-ins a second for so long, or as many as the machine takes; when each was sent, in order.
pub(crate) async fn steady(
    server: &dyn Load,
    connections: usize,
    rate: usize,
    length: Duration,
) -> Result<Vec<f64>> {
    let begun = Instant::now();
    let every = Duration::from_secs(1).mul_f64(connections as f64 / rate as f64);
    let lines = (0..connections).map(async |nth| {
        let mut line = load::Line::open(server).await?;
        let mut sent = Vec::new();
        let mut due = begun + every.mul_f64(nth as f64 / connections as f64);
        while due.max(Instant::now()) < begun + length {
            sleep_until(due).await;
            sent.push(now());
            line.once(server).await?;
            due += every;
        }
        Ok::<_, anyhow::Error>(sent)
    });
    let mut sent: Vec<f64> = futures::future::try_join_all(lines).await?.into_iter().flatten().collect();
    sent.sort_by(f64::total_cmp);
    Ok(sent)
}

/// From the sending of the n-th check-in to the first look of each screen that counts n of them.
pub(crate) fn waits(base: i64, sent: &[f64], sights: &[Sight]) -> Waits {
    let mut known: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    let mut waits: Vec<f64> = Vec::new();
    for (screen, at, total) in sights {
        let counted = usize::try_from(total - base).unwrap_or(0).min(sent.len());
        let before = known.entry(*screen).or_default();
        waits.extend(sent.iter().take(counted).skip(*before).step_by(SAMPLE).map(|sent| at - sent));
        *before = counted.max(*before);
    }
    waits.sort_by(f64::total_cmp);
    let at = |hundredth: usize| waits.get(waits.len() * hundredth / 100).copied().unwrap_or(f64::NAN);
    Waits { p50: at(50), p99: at(99), looks: waits.len() }
}
