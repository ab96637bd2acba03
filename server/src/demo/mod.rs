//! `kaishi demo`: the Fuzhong market placed on today, with the addresses of every screen.

mod account;
mod address;
mod booking;
mod day;
mod seed;
mod street;
mod visit;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use kaishi_app::state::{Clock, PlayedClock, SystemClock};
use kaishi_domain::actor::Organizer;
use kaishi_domain::moment::{MINUTE, Place, SECOND};
use kaishi_domain::{MarketRef, Moment};
use kaishi_store::Store;

use crate::chance::SystemChance;
use crate::setting::Setting;
use crate::simulate::{Book, fuzhong};

pub use account::{AUDITOR, COMMITTEE, ORGANIZER};
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
    /// Seeds where nothing is yet, prints the addresses, serves, and plays the morning once.
    pub async fn run(self, mut setting: Setting) -> Result<()> {
        if setting.data_dir.is_none() {
            setting.data_dir = Some(PathBuf::from("data/demo"));
        }
        if self.fresh {
            forget(&setting)?;
        }
        let real = SystemClock { offset: 0 };
        let standing = match standing(&setting).await? {
            Some(old) if !old.is_of(real.now()) && setting.database_url.is_none() => {
                println!(
                    "上一场演示是 {} 的，今天重新摆一场。 The last demo was another day; a new one begins.",
                    old.held_on
                );
                forget(&setting)?;
                None
            }
            other => other,
        };
        let played = standing.as_ref().is_some_and(|old| old.rows > 0);
        let hours = match (&standing, self.still) {
            (Some(old), _) => old.hours,
            (None, true) => Hours::around(real.now())?,
            (None, false) => Hours::morning(real.now())?,
        };
        let state = crate::serve::state(&setting, Some(self.clock(hours, played))).await?;
        let (by, market) = seed(&state, hours).await.context("placing the Fuzhong market on today")?;
        street::seed(&state, &by, &market).await.context("founding the street above")?;
        let addresses = addresses(&state, &by, &market).await?;
        let listener = crate::serve::listen(&setting).await?;
        if let Some(file) = &self.addresses {
            let text = serde_json::to_string_pretty(&addresses)?;
            std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
        }
        addresses.print();
        if !self.still && !played {
            let here = format!("http://{}", listener.local_addr()?);
            tokio::spawn(morning(Book::from(&addresses).reached_under(&here)?));
        }
        crate::serve::run(&setting, listener, &state).await
    }

    /// The machine's clock, or one on which the morning takes two minutes and is over afterwards.
    fn clock(&self, hours: Hours, played: bool) -> Arc<dyn Clock> {
        let end = hours.opens_at.plus(MORNING);
        if self.still {
            Arc::new(SystemClock { offset: 0 })
        } else if played {
            Arc::new(PlayedClock::start(end, end, 1))
        } else {
            Arc::new(PlayedClock::start(hours.opens_at, end, MORNING / PLAYED_IN))
        }
    }
}

/// Plays the morning and says how it went.
async fn morning(book: Book) {
    println!("\n上午开始了，两分钟演完。 The morning begins; it takes two minutes.");
    let length = Duration::from_millis((PLAYED_IN - SETTLING).unsigned_abs());
    match fuzhong(&book, length, SEED).await {
        Ok(report) => println!(
            "\n上午演完了，大屏停在最后的数字。 The morning is over: {} served, {} appeals, {} settled on the spot, {} at talks.",
            report.acknowledged, report.appeals, report.settled, report.talks
        ),
        Err(error) => eprintln!("the morning stopped: {error:#}"),
    }
}

/// A demo that is there already.
struct Standing {
    held_on: String,
    hours: Hours,
    rows: i64,
    place: Place,
}

impl Standing {
    /// Whether it is a demo of now: on its day, or still open past midnight.
    fn is_of(&self, now: Moment) -> bool {
        let is_open = (self.hours.opens_at..self.hours.closes_at).contains(&now);
        is_open || self.place.day(now).to_string() == self.held_on
    }
}

/// Looks into the database before anything is served from it.
async fn standing(setting: &Setting) -> Result<Option<Standing>> {
    std::fs::create_dir_all(setting.folder())
        .with_context(|| format!("making {}", setting.folder().display()))?;
    let secret = crate::secret::read(&setting.key_file(), &SystemChance)?;
    let store = Store::open(&setting.database()?, Arc::new(SystemChance), secret.seal)
        .await
        .context("opening the database")?;
    let mut found = None;
    if let Some(organization) = store.organizations().await?.first()
        && let Some(account) = store.first_organizer(organization.id).await?
    {
        let by = Organizer::operator(organization.id, account);
        if let Some(row) = seed::first(store.season(&by.viewer()).await?) {
            let at = MarketRef { org: organization.id, market: row.market.id };
            found = Some(Standing {
                place: row.market.place()?,
                hours: Hours { opens_at: row.market.opens_at, closes_at: row.market.closes_at },
                held_on: row.market.held_on,
                rows: store.ledger_rows(at).await?,
            });
        }
    }
    store.close().await;
    Ok(found)
}

/// Removes the demo's database file with the heads beside it, and nothing else from its folder.
fn forget(setting: &Setting) -> Result<()> {
    ensure!(
        setting.database_url.is_none() && setting.database_url_file.is_none(),
        "--fresh empties the demo's own file; with a database address of your own, give an empty database instead"
    );
    for name in ["kaishi.db", "kaishi.db-wal", "kaishi.db-shm", "heads.json"] {
        let file = setting.folder().join(name);
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
    }
    Ok(())
}

/// From opening until the figures stand: 8:30 to 11:42.
const MORNING: i64 = 192 * MINUTE;
/// The same morning on the demo's clock, in real milliseconds.
const PLAYED_IN: i64 = 2 * MINUTE;
/// The last people finish what they began.
const SETTLING: i64 = 8 * SECOND;
/// Every demo plays the same morning.
const SEED: u64 = 20_230_513;

#[cfg(test)]
mod tests {
    use kaishi_domain::moment::HOUR;

    use super::*;

    #[test]
    fn a_demo_that_is_open_past_midnight_is_kept_and_one_of_another_day_is_not() {
        let place = Place::named(seed::TIME_ZONE).unwrap();
        let midnight = place.at(place.day(Moment::from_millis(1_683_945_720_000)), 0, 0).unwrap();
        let begun = midnight.plus(-10 * MINUTE);
        let hours = Hours::around(begun).unwrap();
        let held_on = place.day(hours.opens_at).to_string();
        let old = Standing { held_on, hours, rows: 0, place };
        assert!(old.is_of(begun) && old.is_of(begun.plus(8 * HOUR)) && old.is_of(midnight.plus(-HOUR)));
        assert!(!old.is_of(begun.plus(10 * HOUR)));
    }

    #[test]
    fn a_demo_begun_soon_after_midnight_is_held_today() {
        let place = Place::named(seed::TIME_ZONE).unwrap();
        let midnight = place.at(place.day(Moment::from_millis(1_683_945_720_000)), 0, 0).unwrap();
        assert_eq!(Hours::around(midnight.plus(40 * MINUTE)).unwrap().opens_at, midnight);
        assert_eq!(Hours::around(midnight.plus(95 * MINUTE)).unwrap().opens_at, midnight.plus(30 * MINUTE));
    }
}
