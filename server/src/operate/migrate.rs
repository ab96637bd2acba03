//! `kaishi migrate`: brings the schema up to date, after a copy of what stands.

use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use kaishi_store::Store;

use crate::chance::SystemChance;
use crate::setting::Setting;

/// Bring the schema up to date; `serve` does the same when it starts.
#[derive(clap::Args, Clone, Debug)]
pub struct Migrate {
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

impl Migrate {
    /// Says what waits, and does it.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        let url = setting.database()?;
        let fresh = setting.database_file()?.is_some_and(|file| !file.exists());
        if fresh && self.dry_run {
            println!("there is no database yet; `kaishi serve` makes one");
            return Ok(());
        }
        if !fresh {
            let store = super::stands(&url, super::seal(setting)?).await?;
            let schema = store.schema().await?;
            store.close().await;
            if schema.is_newer() {
                bail!("{}", kaishi_store::NEWER);
            }
            if schema.waiting.is_empty() {
                println!("the schema is up to date ({} migrations)", schema.had);
                return Ok(());
            }
            for waiting in &schema.waiting {
                println!("{:>4} {}", waiting.version, waiting.name);
            }
            if self.dry_run {
                println!("{} to do; nothing was changed", schema.waiting.len());
                return Ok(());
            }
        }
        let secret = crate::secret::read(&setting.key_file(), &SystemChance)?;
        let store = Store::open(&url, Arc::new(SystemChance), secret.seal).await.context("migrating")?;
        println!("the schema is up to date ({} migrations)", store.schema().await?.had);
        store.close().await;
        Ok(())
    }
}
