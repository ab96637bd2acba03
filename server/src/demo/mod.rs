//! `kaishi demo`: the Fuzhong market placed on today, with the addresses of every screen.

mod account;
mod place;
mod seed;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kaishi_app::state::{Clock, SystemClock};

use crate::setting::Setting;

pub use account::{COMMITTEE, ORGANIZER};
pub use seed::{Addresses, seed};

/// Serve the demo.
#[derive(clap::Args, Clone, Debug)]
pub struct Demo {
    /// Begin with an empty demo folder
    #[arg(long)]
    pub fresh: bool,
    /// Do not play the morning
    #[arg(long)]
    pub still: bool,
    /// Write the addresses of every screen to this file, as JSON
    #[arg(long)]
    pub addresses: Option<PathBuf>,
}

impl Demo {
    /// Seeds where nothing is yet, prints the addresses, serves.
    pub async fn run(self, mut setting: Setting) -> Result<()> {
        if setting.data_dir.is_none() {
            setting.data_dir = Some(PathBuf::from("data/demo"));
        }
        let folder = setting.folder();
        if self.fresh && folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        let clock: Arc<dyn Clock> = Arc::new(SystemClock { offset: 0 });
        let state = crate::serve::state(&setting, Some(clock)).await?;
        let addresses = seed(&state).await.context("placing the Fuzhong market on today")?;
        if let Some(file) = &self.addresses {
            let text = serde_json::to_string_pretty(&addresses)?;
            std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
        }
        addresses.print();
        crate::serve::run(&state, &setting).await
    }
}
