//! Durable check-ins per second over HTTP, beside bare axum with SQLite in the same run on the same disk.
//! Bounded in time and connections; nothing leaves the loopback.

mod cost;
mod load;
mod market;
mod probe;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use load::{Load, Round};

/// Open connections.
const CONNECTIONS: usize = 32;
/// One round of one server.
const ROUND: Duration = Duration::from_secs(4);
/// Rounds of each server, in turn, so that a slow minute of the machine hits all three alike.
const ROUNDS: usize = 3;
/// Where the product stands among the servers.
const OURS: usize = 2;
/// SQLite's log may not pass this while a report reads, in megabytes.
const MOST_LOG: f64 = 64.0;

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
    let mut spent = vec![Some(Duration::ZERO); servers.len()];
    let memory = cost::memory();
    for _ in 0..ROUNDS {
        for (at, (_, server)) in servers.iter().enumerate() {
            let before = cost::server();
            rounds[at].push(load::round(*server, CONNECTIONS, ROUND).await?);
            let round = cost::server().zip(before).map(|(after, before)| after.saturating_sub(before));
            spent[at] = spent[at].zip(round).map(|(all, round)| all + round);
        }
    }
    let answers = |at: usize| rounds[at].iter().map(|round| round.answers).sum::<i64>();
    let all = answers(OURS);
    let (rows, counted) = market.counted().await?;
    ensure!(all == rows && rows == counted, "{all} answers, {rows} rows, {counted} counted");
    let each: Vec<f64> = (0..servers.len())
        .map(|at| spent[at].map_or(f64::NAN, |spent| spent.as_secs_f64() * 1e6 / answers(at) as f64))
        .collect();
    let grown = cost::memory().zip(memory).map_or(f64::NAN, |(after, before)| after - before);
    let middle: Vec<Round> = rounds.into_iter().map(load::middle).collect();
    for (((name, _), round), each) in servers.iter().zip(&middle).zip(&each) {
        println!(
            "{name:42} {:8.0} /s   p50 {:6.1} ms   p99 {:6.1} ms   {each:5.1} us of processor each",
            round.rate, round.p50, round.p99
        );
    }
    let [single, grouped, ours] = [middle[0].rate, middle[1].rate, middle[OURS].rate];
    println!("kaishi: {all} answers, {rows} rows, {counted} people in the counts");
    println!(
        "kaishi : one insert a commit = {:.2}    kaishi : grouped = {:.2}",
        ours / single,
        ours / grouped
    );
    let file = folder.join("kaishi.db");
    let bytes = cost::size(&file) * 1e6 / rows as f64;
    println!(
        "memory of all three servers and the load grew by {grown:.0} MB; kaishi's file has {bytes:.0} bytes a row"
    );
    let log = reading(&market, &folder.join("kaishi.db-wal")).await?;
    println!(
        "while a report read the whole ledger again and again: log at most {log:.0} MB, bound {MOST_LOG:.0} MB"
    );
    println!(
        "{}",
        serde_json::json!({"connections": CONNECTIONS, "single": single.round(), "grouped": grouped.round(),
            "kaishi": ours.round(), "p99_ms": middle[OURS].p99, "us_each": each[OURS], "log_mb": log, "ratio_single": ours / single,
            "ratio_grouped": ours / grouped})
    );
    Ok(())
}

/// One more round while a report reads; how large the log became, in megabytes.
async fn reading(market: &market::Market, log: &Path) -> Result<f64> {
    let begun = Instant::now();
    let watch = async {
        let mut most = 0_f64;
        while begun.elapsed() < ROUND {
            most = most.max(cost::size(log));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(most)
    };
    let report = async {
        while begun.elapsed() < ROUND {
            market.read().await?;
        }
        Ok(())
    };
    let (_, most, ()) = tokio::try_join!(load::round(market, CONNECTIONS, ROUND), watch, report)?;
    Ok(most)
}
