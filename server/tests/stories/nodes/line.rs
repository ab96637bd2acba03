//! A line between a node and its database that can be cut, slowed, silenced, or lose every answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::sleep;

/// How the line behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// As a line should.
    Good,
    /// What is open breaks, nothing new comes through.
    Cut,
    /// Each piece waits so long.
    Slow(Duration),
    /// What is asked arrives; no answer comes back. The line stays open, and breaks when the mood ends.
    Mute,
    /// Nothing passes either way. The line stays open, and breaks when the mood ends.
    Silent,
}

/// The line.
pub struct Line {
    pub port: u16,
    mood: Arc<watch::Sender<Mood>>,
    far: Arc<AtomicU16>,
}

impl Line {
    /// To a database on this machine.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let mood = Arc::new(watch::Sender::new(Mood::Good));
        let far = Arc::new(AtomicU16::new(port));
        let (shared, end) = (mood.clone(), far.clone());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mood = shared.subscribe();
                if *mood.borrow() == Mood::Cut {
                    continue;
                }
                tokio::spawn(join(near, end.load(Ordering::SeqCst), mood));
            }
        });
        Self { port: own, mood, far }
    }

    /// What is opened from now on leads there.
    pub fn leads_to(&self, port: u16) {
        self.far.store(port, Ordering::SeqCst);
    }

    pub fn is(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }
}

async fn join(near: TcpStream, port: u16, mood: watch::Receiver<Mood>) {
    let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let (near_in, near_out) = near.into_split();
    let (far_in, far_out) = far.into_split();
    let (mut cut, mut lost) = (mood.clone(), mood.clone());
    let healed = async {
        let _ = lost.wait_for(|mood| matches!(mood, Mood::Silent | Mood::Mute)).await;
        let _ = lost.wait_for(|mood| !matches!(mood, Mood::Silent | Mood::Mute)).await;
    };
    tokio::select! {
        () = pass(near_in, far_out, mood.clone(), &[Mood::Silent]) => {}
        () = pass(far_in, near_out, mood, &[Mood::Silent, Mood::Mute]) => {}
        _ = cut.wait_for(|mood| *mood == Mood::Cut) => {}
        () = healed => {}
    }
}

/// Passes pieces on; in the moods named they are lost.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mood: watch::Receiver<Mood>, lost: &[Mood]) {
    let mut piece = vec![0; 16 << 10];
    loop {
        let Ok(n @ 1..) = from.read(&mut piece).await else { return };
        let now = *mood.borrow();
        if let Mood::Slow(by) = now {
            sleep(by).await;
        }
        if !lost.contains(&now) && to.write_all(&piece[..n]).await.is_err() {
            return;
        }
    }
}
