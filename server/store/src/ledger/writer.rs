//! The task that commits: takes all that waits, writes it in one transaction, answers each caller.
//! It knows nothing of what counts.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kaishi_domain::seal::Seal;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

use super::batch::{self, Act, Care, Tips, Written};
use super::{Pulse, Recorded};
use crate::hint::{Hint, Whence};
use crate::pool::{Attempt, Conn, Pool, transact};
use crate::{Error, Result};

/// The most acts in one transaction.
const BATCH: usize = 512;
/// An act that has waited longer is answered with no instead of being tried: its caller has given up.
const STALE: Duration = Duration::from_secs(8);

/// After a batch that held something known, so many batches look before they write: phones that send again do
/// so for a while.
const WARY: u32 = 64;

/// After so many rows PostgreSQL is asked to look at the ledger: a table that it has never counted seems so small to it
/// that any key looks as good as the right one. Later it looks by itself, once a minute.
const LOOK_AFTER: [u64; 3] = [300, 2_000, 12_000];

/// An act with its caller.
pub(super) struct Job {
    pub act: Act,
    pub since: Instant,
    pub reply: oneshot::Sender<Result<Recorded>>,
}

/// Lets in who is on the way already. All whom one commit answered come back at nearly the same time; the first of them
/// would otherwise be committed alone, and the others wait for that. Costs nothing where nobody comes.
async fn gather(inbox: &mut mpsc::Receiver<Job>, jobs: &mut Vec<Job>) {
    let mut before = 0;
    while before < jobs.len() && jobs.len() < BATCH {
        before = jobs.len();
        yield_now().await;
        while jobs.len() < BATCH
            && let Ok(job) = inbox.try_recv()
        {
            jobs.push(job);
        }
    }
}

pub(super) struct Writer {
    pool: Pool,
    seal: Seal,
    pulse: Arc<Pulse>,
    hints: broadcast::Sender<Hint>,
    /// Batches that are still to be written with care.
    wary: AtomicU32,
    /// Where the heads of its markets stood after the last commit.
    tips: Mutex<Tips>,
}

impl Writer {
    pub(super) fn new(pool: Pool, seal: Seal, pulse: Arc<Pulse>, hints: broadcast::Sender<Hint>) -> Self {
        Self { pool, seal, pulse, hints, wary: AtomicU32::new(0), tips: Mutex::default() }
    }

    /// Until the last sender is gone. While one batch commits, the next one gathers in the channel.
    pub(super) async fn run(self, mut inbox: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        while inbox.recv_many(&mut jobs, BATCH).await > 0 {
            gather(&mut inbox, &mut jobs).await;
            let (fresh, stale): (Vec<Job>, Vec<Job>) =
                jobs.drain(..).partition(|job| job.since.elapsed() < STALE);
            for job in stale {
                self.reply(job, Err(Error::Unavailable("the ledger is behind".into())));
            }
            self.settle(fresh).await;
        }
    }

    /// Commits the jobs. When a row is poisoned (it names a stall that is not there), the batch is halved
    /// until that row stands alone, so that its neighbours are written.
    async fn settle(&self, jobs: Vec<Job>) {
        let mut parts = vec![jobs];
        while let Some(mut part) = parts.pop() {
            if part.is_empty() {
                continue;
            }
            match self.write(&part).await {
                Ok(written) => {
                    let before = self.pulse.rows();
                    self.pulse.committed(part.len());
                    self.answer(part, written);
                    self.look(before);
                }
                Err(Error::Unavailable(why)) => {
                    tracing::warn!(acts = part.len(), %why, "ledger: nothing written");
                    for job in part {
                        self.reply(job, Err(Error::Unavailable(why.clone())));
                    }
                }
                Err(error) if part.len() == 1 => {
                    tracing::error!(%error, "ledger: an act that cannot be written");
                    if let Some(job) = part.pop() {
                        self.reply(job, Err(error));
                    }
                }
                Err(_) => {
                    let right = part.split_off(part.len() / 2);
                    parts.extend([right, part]);
                }
            }
        }
    }

    /// Asks for a count of the ledger beside the writing, where it has just become larger than when it was last counted.
    fn look(&self, before: u64) {
        let Pool::Postgres(db) = &self.pool else { return };
        let now = self.pulse.rows();
        if LOOK_AFTER.iter().any(|bound| before < *bound && *bound <= now) {
            let db = db.clone();
            tokio::spawn(async move {
                if let Err(error) = sqlx::query("analyze encounter").execute(&db).await {
                    tracing::info!(%error, "ledger: PostgreSQL does not count it for us");
                }
            });
        }
    }

    fn answer(&self, jobs: Vec<Job>, Written { verdicts, moved, .. }: Written) {
        for (market, version) in moved {
            // Nobody may be listening.
            let _ = self.hints.send(Hint { market, version: Some(version), whence: Whence::Here });
        }
        for (job, verdict) in jobs.into_iter().zip(verdicts) {
            self.reply(job, verdict);
        }
    }

    /// A caller may have gone; the row stays, and a replay finds it.
    fn reply(&self, job: Job, verdict: Result<Recorded>) {
        self.pulse.answered(&verdict);
        let _ = job.reply.send(verdict);
    }

    /// One transaction. An engine that is cut off without a word is waited for no longer than a caller waits; whether
    /// it committed is then not known, and the same acts sent again are told.
    async fn write(&self, jobs: &[Job]) -> Result<Written> {
        match timeout(STALE, self.transact(jobs)).await {
            Ok(written) => written,
            Err(_) => Err(Error::Unavailable("the database is silent".into())),
        }
    }

    async fn transact(&self, jobs: &[Job]) -> Result<Written> {
        let acts: Vec<&Act> = jobs.iter().map(|job| &job.act).collect();
        // What fails leaves none behind: the next batch reads the heads.
        let mut tips = std::mem::take(&mut *self.tips.lock().unwrap_or_else(PoisonError::into_inner));
        let mut written: Written = transact!(self, tx => {
            let mut conn = Conn::from(&mut *tx);
            let known = (self.care(), std::mem::take(&mut tips));
            let written = batch::write(&mut conn, &self.seal, &acts, known).await;
            if matches!(written, Err(Attempt::Again(_))) {
                self.wary.store(WARY, Ordering::Relaxed);
            }
            written
        })?;
        *self.tips.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(&mut written.tips);
        Ok(written)
    }

    /// Each batch spends one of those that are to be written with care.
    fn care(&self) -> Care {
        let spend = |left: u32| left.checked_sub(1);
        match self.wary.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend) {
            Ok(_) => Care::Careful,
            Err(_) => Care::Hopeful,
        }
    }

    const fn write_pool(&self) -> &Pool {
        &self.pool
    }
}
