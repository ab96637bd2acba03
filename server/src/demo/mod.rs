//! `kaishi demo`: the Fuzhong market placed on today, with the addresses of every screen.

mod account;
mod address;
mod seed;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use kaishi_app::state::{Clock, PlayedClock, SystemClock};
use kaishi_domain::moment::MINUTE;

use crate::setting::Setting;

pub use account::{COMMITTEE, ORGANIZER};
pub use address::{Addresses, addresses};
pub use seed::{Hours, seed};

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
        let (clock, hours) = self.clock()?;
        let state = crate::serve::state(&setting, Some(clock)).await?;
        let (by, market) = seed(&state, hours).await.context("placing the Fuzhong market on today")?;
        let addresses = addresses(&state, &by, &market).await?;
        if let Some(file) = &self.addresses {
            let text = serde_json::to_string_pretty(&addresses)?;
            std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
        }
        addresses.print();
        crate::serve::run(&state, &setting).await
    }

    /// The machine's clock, or one on which the morning takes two minutes.
    fn clock(&self) -> Result<(Arc<dyn Clock>, Hours)> {
        let real = SystemClock { offset: 0 };
        if self.still {
            let hours = Hours::around(real.now());
            return Ok((Arc::new(real), hours));
        }
        let hours = Hours::morning(real.now())?;
        let clock = PlayedClock::start(hours.opens_at, hours.opens_at.plus(MORNING), MORNING / PLAYED_IN);
        Ok((Arc::new(clock), hours))
    }
}

/// From opening until the figures stand: 8:30 to 11:42.
const MORNING: i64 = 192 * MINUTE;
/// The same morning on the demo's clock, in real milliseconds.
const PLAYED_IN: i64 = 2 * MINUTE;
