//! What a running server knows of its own machine, and does on the word of whoever runs it: backups into the folder
//! beside the data, and proofs of the chains. One at a time, in the background; what came of it is read on the page.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::moment::Day;
use kaishi_domain::{Moment, OrgId};
use kaishi_store::{Store, Task};
use serde::{Deserialize, Serialize};

use crate::secret::Ring;

/// What stands behind the name of a backup that was proved.
const PROOF: &str = "proved";

/// The machine.
pub struct Works {
    folder: PathBuf,
    ring: Ring,
    now: Mutex<Now>,
}

/// What goes on.
#[derive(Default)]
struct Now {
    busy: bool,
    failed: Option<String>,
}

/// A file among the backups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// When it was written.
    pub at: Moment,
    /// Its bytes.
    pub bytes: u64,
    /// Whether it is the file that was proved when it was made.
    pub proved: bool,
}

/// What is written beside a backup that was proved.
#[derive(Serialize, Deserialize)]
struct Proof {
    at: i64,
    bytes: u64,
    seal: String,
}

impl Works {
    /// Of a server that keeps its data in this folder and signs with these keys.
    pub fn new(folder: &Path, ring: Ring) -> Arc<Self> {
        Arc::new(Self { folder: folder.join("backups"), ring, now: Mutex::default() })
    }

    /// Number, first day and whether it is void, of each key; the one that signs first.
    pub fn keys(&self) -> impl Iterator<Item = (u8, Option<Day>, bool)> {
        self.ring.keys().iter().map(|key| (key.id, key.since, key.is_void))
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether something is under way, and why the last thing failed.
    pub fn standing(&self) -> (bool, Option<String>) {
        let now = self.now();
        (now.busy, now.failed.clone())
    }

    /// Every file among the backups, the latest first.
    pub fn backups(&self, store: &Store) -> Result<Vec<Found>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).context("reading the folder of backups"),
        };
        let mut found = Vec::new();
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "db") {
                found.extend(one(store, &path)?);
            }
        }
        found.sort_by(|one, other| other.at.cmp(&one.at).then(other.name.cmp(&one.name)));
        Ok(found)
    }

    /// Begins a backup, unless something is under way.
    pub fn back_up(self: &Arc<Self>, state: &State) -> bool {
        let (works, state) = (self.clone(), state.clone());
        self.begin(async move { works.write(&state).await })
    }

    /// Begins a proof of every chain, unless something is under way.
    pub fn prove(self: &Arc<Self>, state: &State) -> bool {
        let state = state.clone();
        self.begin(async move {
            let proofs = state.store.verify(&[]).await?;
            note_proofs(&state.store, &proofs, state.now()).await
        })
    }

    fn begin(self: &Arc<Self>, work: impl Future<Output = Result<()>> + Send + 'static) -> bool {
        if std::mem::replace(&mut self.now().busy, true) {
            return false;
        }
        let works = self.clone();
        tokio::spawn(async move {
            let done = work.await;
            if let Err(error) = &done {
                tracing::error!(
                    error = format!("{error:#}"),
                    "what was asked for on the page of operations failed"
                );
            }
            let failed = done.err().map(|error| format!("{error:#}"));
            *works.now() = Now { busy: false, failed };
        });
        true
    }

    async fn write(&self, state: &State) -> Result<()> {
        std::fs::create_dir_all(&self.folder).context("making the folder of backups")?;
        let now = state.now();
        let stamp = now.iso().replace([':', '-'], "").replace('T', "-");
        let name = format!("kaishi-{}.db", stamp.trim_end_matches('Z'));
        let file = self.folder.join(&name);
        crate::operate::backup::make(&state.store, &file, crate::secret::Secret::of(&self.ring)?.seal)
            .await?;
        let bytes = std::fs::metadata(&file)?.len();
        let at = now.millis();
        let proof = Proof { at, bytes, seal: seal(&state.store, &name, (at, bytes)) };
        std::fs::write(beside(&file), serde_json::to_string(&proof)?)?;
        Ok(state.store.run_note(OrgId::INSTALLATION, Task::Backup, &name, now).await?)
    }
}

/// Writes down that the chains were walked, and what came of it.
pub async fn note_proofs(store: &Store, proofs: &[kaishi_store::Proof], now: Moment) -> Result<()> {
    let flaws: Vec<String> = proofs.iter().flat_map(|proof| &proof.flaws).map(ToString::to_string).collect();
    let rows: i64 = proofs.iter().map(|proof| proof.rows() + proof.audit.rows).sum();
    let found = match flaws.first() {
        None => format!("OK, {rows} rows"),
        Some(first) => format!("BROKEN: {first}"),
    };
    Ok(store.run_note(OrgId::INSTALLATION, Task::Verify, &found, now).await?)
}

/// A file among the backups, with whether it is the one that was proved.
fn one(store: &Store, path: &Path) -> Result<Option<Found>> {
    let about = std::fs::metadata(path)?;
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(None) };
    let written = about.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let written = Moment::from_millis(i64::try_from(written.as_millis()).unwrap_or(i64::MAX));
    let proof = std::fs::read_to_string(beside(path)).ok();
    let proof = proof.and_then(|text| serde_json::from_str::<Proof>(&text).ok());
    let proof = proof.filter(|proof| {
        proof.bytes == about.len() && proof.seal == seal(store, name, (proof.at, proof.bytes))
    });
    Ok(Some(Found {
        name: name.to_owned(),
        at: proof.as_ref().map_or(written, |proof| Moment::from_millis(proof.at)),
        bytes: about.len(),
        proved: proof.is_some(),
    }))
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{PROOF}"));
    PathBuf::from(name)
}

fn seal(store: &Store, name: &str, (at, bytes): (i64, u64)) -> String {
    store.sealed(["backup", name, &at.to_string(), &bytes.to_string()])
}
