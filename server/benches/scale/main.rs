//! What one node carries: on PostgreSQL check-ins all at one stall and its page; on both engines a Saturday of a whole
//! city, in small if not told otherwise.
//! Bounded in time and connections; nothing leaves the loopback. The client shares the machine with the server and the
//! database, so that every figure is a floor.

#[path = "../checkin/load.rs"]
mod load;
mod saturday;
mod screen;
mod town;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use load::Load;
use town::{Page, Stall, Town};

/// Open connections.
const CONNECTIONS: usize = 64;
/// One round.
const ROUND: Duration = Duration::from_secs(5);
/// Rounds of each.
const ROUNDS: usize = 3;
/// Check-ins a second at one stall, on a quiet machine.
const HOT: f64 = 10_000.0;
/// Stall pages a second.
const PAGES: f64 = 20_000.0;

fn main() -> Result<()> {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return Ok(());
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(all())
}

async fn all() -> Result<()> {
    let url = std::env::var("KAISHI_TEST_POSTGRES").context("KAISHI_TEST_POSTGRES names no PostgreSQL")?;
    println!(
        "The bounds of a poster and of a stall's minute are lifted: one poster would otherwise be asked to wait."
    );
    one_stall(&url).await?;
    saturday::play(&url).await?;
    let folder = std::env::temp_dir().join(format!("kaishi-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let played = saturday::play(&format!("sqlite:{}", folder.join("town.db").display())).await;
    std::fs::remove_dir_all(&folder)?;
    played
}

async fn one_stall(url: &str) -> Result<()> {
    let town = Town::build(url, 1).await?;
    let stall = Stall { town: &town, at: &town.saturdays[0] };
    let page = Page { town: &town, at: &town.saturdays[0] };
    let (taps, rate) = rounds(&stall, "check-ins, all at one stall", HOT).await?;
    let counted = town.counted(0).await?;
    ensure!(taps == counted, "{taps} answers, {counted} people in the counts");
    let (_, pages) = rounds(&page, "pages of that stall", PAGES).await?;
    println!("{}", serde_json::json!({"hot_stall": rate.round(), "stall_page": pages.round()}));
    Ok(())
}

/// The middle of some rounds against its goal; answers how many were sent in all.
async fn rounds(server: &dyn Load, what: &str, goal: f64) -> Result<(i64, f64)> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(load::round(server, CONNECTIONS, ROUND).await?);
    }
    let answers = rounds.iter().map(|round| round.answers).sum();
    let middle = load::middle(rounds);
    println!(
        "{what:42} {:8.0} /s   p50 {:6.1} ms   p99 {:6.1} ms   goal {goal:.0} /s, reached {:.2}",
        middle.rate,
        middle.p50,
        middle.p99,
        middle.rate / goal
    );
    Ok((answers, middle.rate))
}
