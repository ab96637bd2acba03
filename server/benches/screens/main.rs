//! Many screens on one node: what ten thousand of them cost in memory, and how long a check-in takes to be seen on a
//! thousand while two thousand people a second check in. The screens are a process of their own, so that the memory is
//! the server's; what the machine takes at most is measured in the same run. Loopback only, bounded in time.

#[path = "../checkin/load.rs"]
mod load;
#[path = "../checkin/market.rs"]
mod market;
mod pace;
mod wall;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};

use wall::Wall;

/// Screens of the first part.
const CROWD: usize = 10_000;
/// Screens of the second part.
const SCREENS: usize = 1_000;
/// Check-ins a second in the second part.
const RATE: usize = 2_000;
/// Connections that check in.
const CONNECTIONS: usize = 64;
/// How long each part looks.
const LOOK: Duration = Duration::from_secs(12);
/// Memory may not pass this, in megabytes.
const MOST_MEMORY: f64 = 300.0;
/// Nor the wait of ninety-nine in a hundred this, in milliseconds.
const MOST_WAIT: f64 = 300.0;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().collect();
    // `cargo test --benches` only wants to know that it starts.
    if words.iter().any(|word| word == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match words.iter().position(|word| word == "--watch") {
        Some(at) => runtime.block_on(wall::watch(&words[at + 1..])),
        None => runtime.block_on(measure()),
    }
}

async fn measure() -> Result<()> {
    let under = std::env::var_os("KAISHI_BENCH_DIR").map(PathBuf::from);
    let folder = under.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR"))).join("screens-bench");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let outcome = both(&folder).await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

async fn both(folder: &Path) -> Result<()> {
    let market = market::open(&folder.join("kaishi.db")).await?;
    let most = load::round(&market, CONNECTIONS, Duration::from_secs(4)).await?;
    println!(
        "this machine takes {:.0} check-ins a second without screens, p99 {:.0} ms",
        most.rate, most.p99
    );

    let screens = SCREENS.min(wall::room());
    let wall = Wall::open(&market, screens).await?;
    let (base, _) = market.counted().await?;
    let sent = pace::steady(&market, CONNECTIONS, RATE, LOOK).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let seen = pace::waits(base, &sent, &wall.close().await?);
    let rate = sent.len() as f64 / LOOK.as_secs_f64();
    let part = rate / most.rate;
    println!(
        "{screens} screens, {rate:.0} check-ins a second ({:.0} % of the most): from sending to the screen p50 {:.0} ms, \
         p99 {:.0} ms, bound {MOST_WAIT:.0} ms; {} looks",
        part * 100.0,
        seen.p50,
        seen.p99,
        seen.looks
    );

    let crowd = CROWD.min(wall::room());
    if crowd < CROWD {
        println!("only {crowd} screens: `ulimit -n` allows no more");
    }
    let before = memory()?;
    let wall = Wall::open(&market, crowd).await?;
    let idle = memory()?;
    pace::steady(&market, 4, 20, LOOK).await?;
    let busy = memory()?;
    drop(wall.close().await?);
    println!(
        "{crowd} screens: {before:.0} MB before them, {idle:.0} MB with them, {busy:.0} MB while figures change; bound \
         {MOST_MEMORY:.0} MB; {:.1} kB a screen",
        (busy - before) * 1000.0 / crowd as f64
    );
    println!(
        "{}",
        serde_json::json!({"screens": screens, "rate": rate.round(), "most": most.rate.round(), "p50_ms": seen.p50,
            "p99_ms": seen.p99, "ratio_p99": seen.p99 / MOST_WAIT, "crowd": crowd, "before_mb": before, "idle_mb": idle,
            "busy_mb": busy, "ratio_memory": busy / MOST_MEMORY})
    );
    Ok(())
}

/// Resident memory of this process, in megabytes.
fn memory() -> Result<f64> {
    let status =
        std::fs::read_to_string("/proc/self/status").context("only Linux tells a process its memory")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    let kilo: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kilo / 1000.0)
}
