//! A wall of screens in a process of its own: each reads its stream and notes when which total was whole.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::spawn_blocking;

use crate::market::Market;

/// So many connections are opened at once.
const AT_ONCE: usize = 64;
/// A screen that sees nothing for so long is given up.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a screen saw: which one, when in milliseconds, and which total.
pub(crate) type Sight = (usize, f64, i64);

/// Milliseconds since 1970; both processes read the same clock.
pub(crate) fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |past| past.as_secs_f64() * 1000.0)
}

/// How many screens the limit of open files leaves room for; both ends are on this machine, in two processes.
pub(crate) fn room() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft =
        files.and_then(|line| line.split_whitespace().nth(3)).and_then(|word| word.parse::<usize>().ok());
    soft.unwrap_or(usize::MAX).saturating_sub(300)
}

/// A wall that hangs.
pub(crate) struct Wall {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Wall {
    /// Starts the process and waits until every screen has its first snapshot.
    pub(crate) async fn open(market: &Market, screens: usize) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--watch", &crate::load::Load::address(market), &market.screen, &screens.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?);
        let (lines, ready) = spawn_blocking(move || {
            let mut ready = String::new();
            lines.read_line(&mut ready).map(|_| (lines, ready))
        })
        .await??;
        ensure!(ready == "ready\n", "the wall said {ready:?}");
        Ok(Self { child, lines })
    }

    /// Takes it down and answers what was seen.
    pub(crate) async fn close(mut self) -> Result<Vec<Sight>> {
        drop(self.child.stdin.take());
        spawn_blocking(move || {
            let mut sights = Vec::new();
            for line in self.lines.lines() {
                let line = line?;
                let mut words = line.split(' ');
                let mut word = || words.next().context("a short line");
                sights.push((word()?.parse()?, word()?.parse()?, word()?.parse()?));
            }
            ensure!(self.child.wait()?.success(), "the wall fell");
            Ok(sights)
        })
        .await?
    }
}

/// The process itself: `ADDRESS PATH SCREENS`, until its input ends.
pub(crate) async fn watch(words: &[String]) -> Result<()> {
    let [address, path, screens] = words else { bail!("ADDRESS PATH SCREENS") };
    let screens: usize = screens.parse()?;
    let (door, (ready, mut up)) = (Arc::new(Semaphore::new(AT_ONCE)), mpsc::channel(AT_ONCE));
    let (stop, stopped) = watch::channel(false);
    let wall: Vec<_> = (0..screens)
        .map(|nth| {
            let (address, path, door) = (address.clone(), path.clone(), door.clone());
            let (ready, stopped) = (ready.clone(), stopped.clone());
            tokio::spawn(async move { screen(nth, &address, &path, &door, ready, stopped).await })
        })
        .collect();
    drop(ready);
    for _ in 0..screens {
        tokio::time::timeout(PATIENCE, up.recv()).await?.context("a screen did not open")?;
    }
    println!("ready");
    spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    stop.send(true)?;
    let mut text = String::new();
    for screen in wall {
        for (nth, at, total) in screen.await?? {
            let _ = writeln!(text, "{nth} {at} {total}");
        }
    }
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

async fn screen(
    nth: usize,
    address: &str,
    path: &str,
    door: &Semaphore,
    ready: mpsc::Sender<()>,
    mut stopped: watch::Receiver<bool>,
) -> Result<Vec<Sight>> {
    let permit = door.acquire().await?;
    let mut stream = TcpStream::connect(address).await?;
    let ask = format!("GET {path}/events HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n\r\n");
    stream.write_all(ask.as_bytes()).await?;
    let (mut held, mut sights, mut waiting) = (Vec::with_capacity(8192), Vec::new(), Some((permit, ready)));
    loop {
        tokio::select! {
            _ = stopped.changed() => return Ok(sights),
            read = stream.read_buf(&mut held) => ensure!(read? > 0, "the server hung up"),
        }
        if sights.is_empty() && held.starts_with(b"HTTP/1.1 ") {
            ensure!(held.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&held));
        }
        while let Some(end) = held.windows(2).position(|pair| pair == b"\n\n") {
            if let Some(total) = total(&held[..end]) {
                sights.push((nth, now(), total));
                if let Some((_, ready)) = waiting.take() {
                    ready.send(()).await?;
                }
            }
            held.drain(..end + 2);
        }
    }
}

/// The headline in an event.
fn total(event: &[u8]) -> Option<i64> {
    const MARK: &[u8] = b"\"encounters\":{\"total\":";
    let at = event.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    let digits = event[at..].iter().take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}
