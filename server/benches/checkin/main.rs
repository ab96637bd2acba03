//! Durable check-ins per second over HTTP, beside bare axum with SQLite in the same run on the same disk.
//! Bounded in time and connections; nothing leaves the loopback.

mod load;
mod market;
mod probe;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use load::{Load, Round};

/// Open connections.
const CONNECTIONS: usize = 32;
/// One round of one server.
const ROUND: Duration = Duration::from_secs(4);
/// Rounds of each server, in turn, so that a slow minute of the machine hits all three alike.
const ROUNDS: usize = 3;

fn main() -> Result<()> {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return Ok(());
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(compare())
}

async fn compare() -> Result<()> {
    let folder = folder();
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let outcome = run(&folder).await;
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn folder() -> PathBuf {
    let under = std::env::var_os("KAISHI_BENCH_DIR").map(PathBuf::from);
    under.unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR"))).join("checkin-bench")
}

async fn run(folder: &Path) -> Result<()> {
    let single = probe::single(&folder.join("single.db")).await?;
    let grouped = probe::grouped(&folder.join("grouped.db")).await?;
    let market = market::open(&folder.join("kaishi.db")).await?;
    let servers: [(&str, &dyn Load); 3] = [
        ("bare axum + SQLite, one insert a commit", &single),
        ("bare axum + SQLite, grouped commits", &grouped),
        ("kaishi, a check-in", &market),
    ];
    println!(
        "{CONNECTIONS} connections, {ROUNDS} rounds of {} s each, every answer after its commit; a new visitor each, \
         no bound a poster or a stall",
        ROUND.as_secs()
    );
    let mut rounds: Vec<Vec<Round>> = vec![Vec::new(); servers.len()];
    for _ in 0..ROUNDS {
        for (at, (_, server)) in servers.iter().enumerate() {
            rounds[at].push(load::round(*server, CONNECTIONS, ROUND).await?);
        }
    }
    let answers: i64 = rounds[2].iter().map(|round| round.answers).sum();
    let (rows, counted) = market.counted().await?;
    ensure!(answers == rows && rows == counted, "{answers} answers, {rows} rows, {counted} counted");
    let middle: Vec<Round> = rounds.into_iter().map(load::middle).collect();
    for ((name, _), round) in servers.iter().zip(&middle) {
        println!("{name:42} {:8.0} /s   p50 {:6.1} ms   p99 {:6.1} ms", round.rate, round.p50, round.p99);
    }
    let [single, grouped, ours] = [middle[0].rate, middle[1].rate, middle[2].rate];
    println!("kaishi: {answers} answers, {rows} rows, {counted} people in the counts");
    println!(
        "kaishi : one insert a commit = {:.2}    kaishi : grouped = {:.2}",
        ours / single,
        ours / grouped
    );
    println!(
        "{}",
        serde_json::json!({"connections": CONNECTIONS, "single": single.round(), "grouped": grouped.round(),
            "kaishi": ours.round(), "p99_ms": middle[2].p99, "ratio_single": ours / single,
            "ratio_grouped": ours / grouped})
    );
    Ok(())
}
