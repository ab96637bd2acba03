//! The load: so many connections that post again as soon as they are answered. As little client as possible.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A server under load.
pub(crate) trait Load: Sync {
    /// `127.0.0.1:4711`
    fn address(&self) -> String;
    /// A whole request that nobody has sent before.
    fn request(&self) -> String;
    /// The status of an answer that says yes.
    fn yes(&self) -> u16;
}

/// What one round came to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// All of them.
    #[allow(dead_code, reason = "one of the benches that share this file compares it")]
    pub(crate) answers: i64,
    /// Answers in a second.
    pub(crate) rate: f64,
    /// Milliseconds.
    #[allow(dead_code, reason = "one of the benches that share this file prints it")]
    pub(crate) p50: f64,
    /// Milliseconds.
    pub(crate) p99: f64,
}

/// One round against one server.
pub(crate) async fn round(server: &dyn Load, connections: usize, length: Duration) -> Result<Round> {
    let begun = Instant::now();
    let lines = (0..connections).map(|_| line(server, begun + length));
    let lines: Vec<Vec<Duration>> = futures::future::try_join_all(lines).await?;
    let took = begun.elapsed().as_secs_f64();
    let mut waits: Vec<Duration> = lines.into_iter().flatten().collect();
    waits.sort_unstable();
    let at = |hundredth: usize| {
        waits.get(waits.len() * hundredth / 100).map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
    };
    Ok(Round { answers: waits.len() as i64, rate: waits.len() as f64 / took, p50: at(50), p99: at(99) })
}

/// The round with the middle rate.
#[allow(dead_code, reason = "one of the benches that share this file compares rounds")]
pub(crate) fn middle(mut rounds: Vec<Round>) -> Round {
    rounds.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    rounds[rounds.len() / 2]
}

/// One connection.
pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Line {
    /// Calls the server.
    pub(crate) async fn open(server: &dyn Load) -> Result<Self> {
        let stream = TcpStream::connect(server.address()).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), body: Vec::new() })
    }

    /// One request and its answer; how long it took.
    pub(crate) async fn once(&mut self, server: &dyn Load) -> Result<Duration> {
        let request = server.request();
        let begun = Instant::now();
        self.stream.write_all(request.as_bytes()).await?;
        let status = answer(&mut self.stream, &mut self.body).await?;
        if status != server.yes() {
            bail!("answered {status}: {}", String::from_utf8_lossy(&self.body));
        }
        Ok(begun.elapsed())
    }
}

/// One connection until the end of the round.
async fn line(server: &dyn Load, until: Instant) -> Result<Vec<Duration>> {
    let mut line = Line::open(server).await?;
    let mut waits = Vec::new();
    while Instant::now() < until {
        waits.push(line.once(server).await?);
    }
    Ok(waits)
}

async fn answer(stream: &mut BufReader<TcpStream>, body: &mut Vec<u8>) -> Result<u16> {
    let (mut status, mut length) = (0, 0);
    let mut text = String::new();
    loop {
        text.clear();
        if stream.read_line(&mut text).await? == 0 {
            bail!("the server hung up");
        }
        let line = text.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
            status = rest.get(..3).context("no status")?.parse()?;
        } else if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    body.resize(length, 0);
    stream.read_exact(body).await?;
    Ok(status)
}

/// A form as a browser posts it.
pub(crate) fn form(address: &str, path: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
