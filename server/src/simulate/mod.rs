//! `kaishi simulate`: a market morning over real HTTP, through the same pages and addresses that people use.
//! It knows nothing of the server but what a phone can see.

mod book;
mod form;
mod phone;
mod play;
mod report;
mod script;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

pub use book::{Book, Door};
pub use play::{Pace, play};
pub use report::Report;
pub use script::{Act, Mix, Script, Visit};

/// Plays a morning against a running server.
#[derive(clap::Args, Clone, Debug)]
pub struct Simulate {
    /// Address of the server
    #[arg(long)]
    pub base: String,
    /// The market, as `kaishi demo` prints it
    #[arg(long)]
    pub market: String,
    /// The file that `kaishi demo --addresses FILE` wrote: posters and staff links are not public
    #[arg(long)]
    pub addresses: Option<PathBuf>,
    /// People to be served
    #[arg(long, default_value_t = 5000)]
    pub residents: i64,
    /// Length of the morning
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
    /// The same seed plays the same morning
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
}

impl Simulate {
    /// Plays and prints one line of JSON.
    pub async fn run(self) -> Result<()> {
        let Some(file) = &self.addresses else {
            bail!(
                "poster and staff addresses are secret: please give --addresses FILE as written by `kaishi demo --addresses FILE`"
            )
        };
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let book = Book::read(&text, &self.base, &self.market)?;
        let mix = Mix::like_fuzhong(self.residents);
        let script = Script::write(&mix, &book, Duration::from_secs(self.seconds), self.seed)?;
        let report = play(&book, script, Pace::people()).await?;
        println!("{}", serde_json::to_string(&report)?);
        Ok(())
    }
}

/// The Fuzhong morning to exactly its totals, for `kaishi demo`.
pub async fn fuzhong(book: &Book, length: Duration, seed: u64) -> Result<Report> {
    let script = Script::write(&Mix::fuzhong(), book, length, seed)?;
    play(book, script, Pace::played()).await
}
