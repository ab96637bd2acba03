//! The heads of all chains, written down beside the data: whoever can write into the database cannot put back an older
//! copy of it without this file saying so. It is kept while serving and only ever goes on.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::Moment;
use kaishi_domain::seal::Seal;
use kaishi_store::{Anchored, Store};
use serde::{Deserialize, Serialize};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// How often heads are written down.
const EVERY: Duration = Duration::from_secs(15);

/// What its seal begins with.
const HEADS: &str = "heads";

/// What stands in the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Anchor {
    /// When it was written, in milliseconds.
    pub at: i64,
    /// The heads.
    pub heads: Vec<Anchored>,
    /// An HMAC over the rest.
    pub seal: String,
}

/// The file with the heads, in the data folder.
pub fn file(folder: &Path) -> PathBuf {
    folder.join("heads.json")
}

impl Anchor {
    fn new(store: &Store, heads: Vec<Anchored>, now: Moment) -> Result<Self> {
        let at = now.millis();
        let seal = seal(store, at, &heads)?;
        Ok(Self { at, heads, seal })
    }

    /// Reads the file; `None` where there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let file = file(folder);
        match std::fs::read_to_string(&file) {
            Ok(text) => {
                serde_json::from_str(&text).with_context(|| format!("in {}", file.display())).map(Some)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
        }
    }

    /// When it was written, for people.
    pub fn written(&self) -> Result<String> {
        Ok(time::OffsetDateTime::from_unix_timestamp(self.at / 1_000)?.to_string())
    }

    /// Whether this deployment wrote it.
    pub fn is_ours(&self, store: &Store) -> Result<bool> {
        Ok(seal(store, self.at, &self.heads)? == self.seal)
    }

    /// Whether the key of before wrote it.
    fn is_of(&self, was: &Seal) -> Result<bool> {
        let heads = serde_json::to_string(&self.heads)?;
        Ok(was.over([HEADS, &self.at.to_string(), &heads]).to_string() == self.seal)
    }

    /// Puts the file in its place, whole or not at all.
    fn write(&self, folder: &Path) -> Result<()> {
        let file = file(folder);
        let draft = file.with_extension("json.new");
        let mut out = std::fs::File::create(&draft)?;
        out.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        out.sync_all()?;
        Ok(std::fs::rename(&draft, &file)?)
    }
}

fn seal(store: &Store, at: i64, heads: &[Anchored]) -> Result<String> {
    Ok(store.sealed([HEADS, &at.to_string(), &serde_json::to_string(heads)?]))
}

/// What became of a try to write the heads down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kept {
    /// They stand in the file now.
    Written,
    /// The file has them already.
    Same,
    /// The database has not gone on from what stands there, and the file stays as it is.
    Refused(String),
}

/// Writes the heads down, unless the database has not gone on from those that stand there.
pub async fn keep(store: &Store, folder: &Path, now: Moment) -> Result<Kept> {
    let heads = store.heads().await?;
    if let Some(old) = Anchor::read(folder)? {
        if !old.is_ours(store)? {
            return Ok(Kept::Refused("the heads beside the data were written with another key".into()));
        }
        if old.heads == heads {
            return Ok(Kept::Same);
        }
        if let Some(chain) = store.turned_back(&old.heads, &heads).await?.first() {
            return Ok(Kept::Refused(format!("{chain} has not gone on from the head beside the data")));
        }
    }
    Anchor::new(store, heads, now)?.write(folder).context("writing the heads beside the data")?;
    Ok(Kept::Written)
}

/// Seals the file with the key that writes now, where the key of before wrote it and the database has gone on from it.
pub async fn rewrite(store: &Store, was: &Seal, folder: &Path, now: Moment) -> Result<Kept> {
    let heads = store.heads().await?;
    if let Some(old) = Anchor::read(folder)? {
        if !old.is_of(was)? {
            return Ok(Kept::Refused("they were written with another key".into()));
        }
        if let Some(chain) = store.turned_back(&old.heads, &heads).await?.first() {
            return Ok(Kept::Refused(format!("{chain} has not gone on from there")));
        }
    }
    Anchor::new(store, heads, now)?.write(folder).context("writing the heads beside the data")?;
    Ok(Kept::Written)
}

/// Keeps the file until the server ends, and once more then.
pub async fn follow(state: State, folder: PathBuf, stop: CancellationToken) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut said = None;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => break,
        }
        once(&state, &folder, &mut said).await;
    }
    once(&state, &folder, &mut said).await;
}

/// The same complaint is written into the log once.
async fn once(state: &State, folder: &Path, said: &mut Option<String>) {
    let trouble = match keep(&state.store, folder, state.now()).await {
        Ok(Kept::Refused(why)) => Some(format!("{why}; see `kaishi verify`")),
        Ok(_) => None,
        Err(error) => Some(format!("{error:#}")),
    };
    if let Some(why) = trouble.as_ref().filter(|why| said.as_ref() != Some(why)) {
        tracing::error!(%why, "the heads were not written down");
    }
    *said = trouble;
}
