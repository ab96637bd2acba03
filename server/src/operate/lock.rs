//! Whether a server runs on a data folder: each holds a lock that ends with its process, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

fn open(folder: &Path) -> Result<File> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let file = folder.join("serving.lock");
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&file)
        .with_context(|| format!("opening {}", file.display()))
}

fn held(file: File, tried: std::result::Result<(), TryLockError>, sentence: String) -> Result<File> {
    match tried {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(sentence),
        Err(TryLockError::Error(error)) => Err(error).context("locking the data folder"),
    }
}

/// Held by a server as long as it runs. Several nodes of one PostgreSQL may share a folder.
pub fn serving(folder: &Path) -> Result<File> {
    let file = open(folder)?;
    let tried = file.try_lock_shared();
    held(file, tried, format!("{} is being restored", folder.display()))
}

/// Held by whoever replaces what a server reads.
pub fn alone(folder: &Path) -> Result<File> {
    let file = open(folder)?;
    let tried = file.try_lock();
    held(file, tried, format!("a server runs on {}; stop it first", folder.display()))
}
