//! What the person at the machine does: migrate, back up, restore, move, prove, look after accounts.

pub mod account;
pub mod backup;
pub mod check;
pub mod export;
pub mod key;
pub mod lock;
pub mod migrate;
pub mod restore;
pub mod verify;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kaishi_domain::seal::Seal;
use kaishi_store::Store;

use crate::chance::SystemChance;
use crate::secret::{Ring, Secret};
use crate::setting::Setting;

/// The keys; a file that is missing is never made here.
fn ring(setting: &Setting) -> Result<Ring> {
    let file = setting.key_file();
    Ring::read(&file)?.with_context(|| {
        format!(
            "there is no key at {}; a database without its key can neither be proved nor served",
            file.display()
        )
    })
}

/// What seals the chains.
fn seal(setting: &Setting) -> Result<Seal> {
    Ok(Secret::of(&ring(setting)?)?.seal)
}

/// Opens the database of the settings: its schema has to be this program's, and its key the one that signs.
async fn ours(setting: &Setting) -> Result<Store> {
    let ring = ring(setting)?;
    let store = current(&setting.database()?, Secret::of(&ring)?.seal).await?;
    match key::belongs(&store, &ring, &setting.key_file()).await {
        Ok(()) => Ok(store),
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

/// Opens a database as it stands, whatever its schema: nothing is made, nothing is migrated.
async fn stands(url: &str, seal: Seal) -> Result<Store> {
    Store::open_unmigrated(url, Arc::new(SystemChance), seal).await.context("opening the database")
}

/// The same for a schema that has to be this program's.
async fn current(url: &str, seal: Seal) -> Result<Store> {
    Ok(Store::open_as_it_is(url, Arc::new(SystemChance), seal).await?)
}

/// The address of a database in a file.
fn address(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

/// A name beside the file that is not taken: `kaishi.db.before-restore`, `kaishi.db.before-restore-2` …
fn spare(file: &Path, why: &str) -> std::path::PathBuf {
    let with = |nth: u32| {
        let mut name = file.as_os_str().to_owned();
        name.push(if nth == 1 { format!(".{why}") } else { format!(".{why}-{nth}") });
        std::path::PathBuf::from(name)
    };
    (1..u32::MAX).map(with).find(|name| !name.exists()).unwrap_or_else(|| with(u32::MAX))
}

/// The machine's clock.
fn now() -> kaishi_domain::Moment {
    use kaishi_app::state::Clock as _;
    kaishi_app::state::SystemClock { offset: 0 }.now()
}
