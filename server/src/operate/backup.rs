//! `kaishi backup` and `kaishi copy`: everything as it stands at one moment, into a file or into another database, while
//! everybody goes on; and proved there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail, ensure};
use kaishi_domain::OrgId;
use kaishi_domain::seal::Seal;
use kaishi_store::{Error, Store, Task};

use crate::chance::SystemChance;
use crate::setting::Setting;

/// Write everything into a file, while the server runs.
#[derive(clap::Args, Clone, Debug)]
pub struct Backup {
    /// The file; it must not exist
    #[arg(long)]
    pub to: PathBuf,
}

/// Copy everything into another, empty database.
#[derive(clap::Args, Clone, Debug)]
pub struct Copy {
    /// sqlite:PATH or postgres://…
    #[arg(long)]
    pub to: String,
}

impl Backup {
    /// Does it.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        ensure!(!self.to.exists(), "{} exists; a backup never overwrites anything", self.to.display());
        let seal = super::seal(setting)?;
        let store = super::ours(setting).await?;
        let done = make(&store, &self.to, seal).await;
        if done.is_ok() {
            let name = self.to.display().to_string();
            store.run_note(OrgId::INSTALLATION, Task::Backup, &name, super::now()).await?;
        }
        store.close().await;
        done?;
        println!(
            "{} OK; the key {} is not in it: keep that apart",
            self.to.display(),
            setting.key_file().display()
        );
        Ok(())
    }
}

/// Writes everything beside its place, proves it, and moves it there.
pub(crate) async fn make(store: &Store, to: &Path, seal: Seal) -> Result<()> {
    let draft = super::spare(to, "part");
    if let Err(error) = write(store, &draft, &seal).await {
        // What is half is worth nothing.
        drop(std::fs::remove_file(&draft));
        return Err(error);
    }
    private(&draft)?;
    std::fs::rename(&draft, to).with_context(|| format!("writing {}", to.display()))
}

async fn write(store: &Store, draft: &Path, seal: &Seal) -> Result<()> {
    let url = super::address(draft);
    if store.copy_to(draft).await? {
        let copy = super::stands(&url, seal.clone()).await?;
        proved(&copy).await?;
        copy.close().await;
        return Ok(());
    }
    let copy = Store::open(&url, Arc::new(SystemChance), seal.clone()).await?;
    carried(store, &copy).await?;
    copy.close().await;
    Ok(())
}

/// Fails unless the file is whole and its chains are sound.
pub(super) async fn proved(copy: &Store) -> Result<()> {
    if let Some(damage) = copy.damage().await?.first() {
        bail!("the file is damaged: {damage}");
    }
    ensure!(super::verify::prove(copy, &[]).await?, "the chains are broken, see above");
    Ok(())
}

/// Copies everything and proves it on the other side against the heads on this one.
pub(super) async fn carried(from: &Store, to: &Store) -> Result<()> {
    let heads = from.heads().await?;
    let rows = match from.carry(to).await {
        Err(Error::Taken(table)) => bail!("the other database is not empty: there are rows in {table}"),
        done => done?,
    };
    for (table, rows) in rows.iter().filter(|(_, rows)| **rows > 0) {
        println!("{rows:>9} {table}");
    }
    ensure!(super::verify::prove(to, &heads).await?, "the chains are broken on the other side, see above");
    Ok(())
}

impl Copy {
    /// All or nothing.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        let (url, seal) = (setting.database()?, super::seal(setting)?);
        ensure!(url != self.to, "a database is not copied into itself");
        let from = super::ours(setting).await?;
        let to = Store::open(&self.to, Arc::new(SystemChance), seal)
            .await
            .context("opening the other database")?;
        carried(&from, &to).await?;
        from.close().await;
        to.close().await;
        println!("OK; serve from it with --database-url and the same key {}", setting.key_file().display());
        Ok(())
    }
}

/// Only its owner reads a backup.
fn private(file: &Path) -> Result<()> {
    let open = std::fs::File::open(file)?;
    #[cfg(unix)]
    open.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(open.sync_all()?)
}
