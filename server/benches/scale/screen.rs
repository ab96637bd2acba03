//! An open screen that notes how old what it shows ever became: from the first acknowledged visit that it did not show
//! until it showed it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// When each visit of a Saturday was acknowledged, in order.
#[derive(Clone, Default)]
pub(crate) struct Answered(Arc<Mutex<Vec<Instant>>>);

impl Answered {
    pub(crate) fn note(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
    }

    pub(crate) fn all(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How long the visit after the `shown` first ones has been waiting.
    fn waiting(&self, shown: usize) -> Duration {
        let answered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answered.get(shown).map_or(Duration::ZERO, Instant::elapsed)
    }
}

/// Watches until `until`; answers how old what it showed ever was, and what it showed last.
pub(crate) async fn watch(
    address: String,
    path: String,
    answered: Answered,
    until: Instant,
) -> Result<(Duration, usize)> {
    let mut stream = TcpStream::connect(&address).await?;
    let request = format!("GET {path}/events HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let (mut oldest, mut shown) = (Duration::ZERO, 0);
    let (mut text, mut piece) = (String::new(), vec![0; 16 << 10]);
    while let Ok(read) = tokio::time::timeout_at(until.into(), stream.read(&mut piece)).await {
        let read = read?;
        if read == 0 {
            bail!("a screen ended");
        }
        text.push_str(&String::from_utf8_lossy(&piece[..read]));
        while let Some((event, rest)) = text.split_once("\n\n") {
            if event.contains("data: ") {
                oldest = oldest.max(answered.waiting(shown));
                shown = total(event).context("a snapshot without a total")?;
            }
            text = rest.to_owned();
        }
    }
    Ok((oldest.max(answered.waiting(shown)), shown))
}

/// The people of a snapshot, read from its text: a screen of the benchmark has no time for all of it.
fn total(event: &str) -> Option<usize> {
    let (_, from) = event.split_once("\"encounters\":{\"total\":")?;
    from.split([',', '}']).next()?.parse().ok()
}
