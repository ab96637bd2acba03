//! A Saturday of Shenzhen: 660 markets, 4,600 check-ins a second for a minute, 3,300 screens, none of which shows
//! anything older than a second. `KAISHI_BENCH_SCALE` says which part of it is played; 1 is the whole.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use futures::future::try_join_all;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::screen::{Answered, watch};
use crate::town::Town;

const MARKETS: f64 = 660.0;
const A_SECOND: f64 = 4_600.0;
const SCREENS: f64 = 3_300.0;
const LENGTH: Duration = Duration::from_mins(1);
/// Afterwards every screen has so long to show the last visit.
const QUIET: Duration = Duration::from_secs(3);
/// What a machine of two cores plays in any case.
const SMALL: f64 = 0.02;
/// Check-ins a second of one connection.
const PACE: f64 = 5.0;

/// Plays it and says how it went.
pub(crate) async fn play(url: &str) -> Result<()> {
    let scale: f64 = match std::env::var("KAISHI_BENCH_SCALE") {
        Ok(text) => text.parse().context("KAISHI_BENCH_SCALE is a number such as 0.1")?,
        Err(_) => SMALL,
    };
    let part = |whole: f64| (whole * scale).ceil().max(1.0) as usize;
    let (markets, lines, screens) = (part(MARKETS), part(A_SECOND / PACE), part(SCREENS));
    let town = Town::build(url, markets).await?;
    let answered: Vec<Answered> = (0..markets).map(|_| Answered::default()).collect();
    let begun = Instant::now();
    let (until, end) = (begun + LENGTH, begun + LENGTH + QUIET);
    let watching: Vec<_> = (0..screens)
        .map(|n| {
            let nth = n % markets;
            let path = town.saturdays[nth].screen.clone();
            tokio::spawn(watch(town.address.clone(), path, answered[nth].clone(), end))
        })
        .collect();
    let slowest = try_join_all((0..lines).map(|n| line(&town, &answered, n, until))).await?;
    let slowest = slowest.into_iter().max().unwrap_or_default();
    let mut oldest = Duration::ZERO;
    for (n, watched) in watching.into_iter().enumerate() {
        let (old, shown) = watched.await??;
        ensure!(shown == answered[n % markets].all(), "a screen ended at {shown}");
        oldest = oldest.max(old);
    }
    let all: usize = answered.iter().map(Answered::all).sum();
    let rate = all as f64 / LENGTH.as_secs_f64();
    let engine = url.split(':').next().unwrap_or_default();
    println!(
        "a Saturday at {scale} of Shenzhen on {engine}: {markets} markets, {screens} screens, {rate:.0} check-ins/s of {:.0} asked for, \
         the slowest {} ms; the oldest thing on a screen {} ms",
        A_SECOND * scale,
        slowest.as_millis(),
        oldest.as_millis()
    );
    println!(
        "{}",
        serde_json::json!({"engine": engine, "scale": scale, "check_ins_a_second": rate.round(), "ratio": rate / A_SECOND,
            "oldest_on_a_screen_ms": oldest.as_millis() as u64})
    );
    Ok(())
}

/// One connection that sends its share, evenly; answers its slowest one.
async fn line(town: &Town, answered: &[Answered], nth: usize, until: Instant) -> Result<Duration> {
    let stream = TcpStream::connect(&town.address).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut slowest = Duration::ZERO;
    let mut turn = tokio::time::interval(Duration::from_secs_f64(1.0 / PACE));
    for tap in 0.. {
        turn.tick().await;
        if Instant::now() >= until {
            break;
        }
        let market = (nth + tap) % answered.len();
        let begun = Instant::now();
        stream.write_all(town.tap(&town.saturdays[market], tap).as_bytes()).await?;
        let mut text = String::new();
        let mut status = String::new();
        while stream.read_line(&mut text).await? > 2 {
            if status.is_empty() {
                text.trim_end().clone_into(&mut status);
            }
            text.clear();
        }
        if !status.starts_with("HTTP/1.1 303") {
            bail!("answered {status}");
        }
        answered[market].note();
        slowest = slowest.max(begun.elapsed());
    }
    Ok(slowest)
}
