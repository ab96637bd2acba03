//! `kaishi restore`: puts a backup in the place of the data. What stood there is moved aside, never removed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use kaishi_domain::seal::Seal;
use kaishi_store::Store;

use crate::chance::SystemChance;
use crate::setting::Setting;

/// Put a backup in the place of the data; the server must not run.
#[derive(clap::Args, Clone, Debug)]
pub struct Restore {
    /// The file that `kaishi backup` wrote
    #[arg(long)]
    pub from: PathBuf,
    /// Also where there is data already; it is moved aside
    #[arg(long)]
    pub force: bool,
}

impl Restore {
    /// Proves the backup first, and changes nothing when it is not sound.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        ensure!(self.from.is_file(), "there is no file {}", self.from.display());
        let folder = setting.folder();
        let alone = super::lock::alone(&folder)?;
        let ring = super::ring(setting)?;
        // Opening a file writes into it, and the backup stays as it is.
        let draft = super::spare(&folder.join("kaishi.db"), "restoring");
        std::fs::copy(&self.from, &draft).with_context(|| format!("reading {}", self.from.display()))?;
        let (copy, seal) =
            super::key::opened(&super::address(&draft), &ring).await.context("opening the backup")?;
        let done = match super::backup::proved(&copy).await {
            Ok(()) => self.put(setting, &copy, &draft, seal).await,
            Err(error) => Err(error),
        };
        copy.close().await;
        drop(std::fs::remove_file(&draft));
        done?;
        let seal = super::seal(setting)?;
        let store = Store::open(&setting.database()?, Arc::new(SystemChance), seal).await?;
        super::key::renewed(store, &ring, &folder).await?;
        drop(alone);
        println!("restored from {}", self.from.display());
        Ok(())
    }

    async fn put(&self, setting: &Setting, copy: &Store, draft: &Path, seal: Seal) -> Result<()> {
        let folder = setting.folder();
        let Some(file) = setting.database_file()? else {
            let to = Store::open(&setting.database()?, Arc::new(SystemChance), seal).await?;
            super::backup::carried(copy, &to).await?;
            to.close().await;
            return aside(&crate::anchor::file(&folder));
        };
        if file.exists() {
            let there = super::stands(&super::address(&file), super::seal(setting)?).await?;
            let empty = there.is_empty().await?;
            there.close().await;
            ensure!(empty || self.force, "{} holds data; give --force to move it aside", file.display());
            aside(&file)?;
        }
        for rest in ["-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(rest);
            aside(Path::new(&name))?;
        }
        aside(&crate::anchor::file(&folder))?;
        copy.close().await;
        std::fs::copy(draft, &file).with_context(|| format!("writing {}", file.display()))?;
        Ok(std::fs::File::open(&file)?.sync_all()?)
    }
}

fn aside(file: &Path) -> Result<()> {
    if file.exists() {
        let to = super::spare(file, "before-restore");
        std::fs::rename(file, &to).with_context(|| format!("moving {} aside", file.display()))?;
        println!("what stood there is {} now", to.display());
    }
    Ok(())
}
