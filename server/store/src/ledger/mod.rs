//! The ledger's door: encounters go in, each caller is answered after its commit.
//!
//! All that arrives while a transaction commits goes into the next one. Whether something counts is decided
//! there (`batch`), never here.

mod batch;
mod chain;
mod head;
mod pulse;
mod recount;
mod row;
mod settle;
mod text;
mod writer;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use kaishi_domain::actor::Device;
use kaishi_domain::batch::{Outcome, Receipt, Record, Why};
use kaishi_domain::encounter::{Encounter, RecordKind};
use kaishi_domain::seal::Seal;
use kaishi_domain::{EncounterId, MarketRef, Moment};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::Instant;

use crate::hint::{Hint, Whence};
use crate::pool::{Conn, Pool, Step, on, via};
use crate::{Error, Result, Store};
use batch::{Act, Care, Tips, Undo};
pub(crate) use chain::Numbered;
use pulse::Pulse;
pub use pulse::{Beat, SIZES};
pub use recount::Recount;
pub(crate) use settle::settle;
use writer::{Job, Writer};

/// Acts that may wait for the next transaction of one writer; more than that wait outside.
const QUEUE: usize = 4_096;
/// Writers on PostgreSQL, each with markets of its own: while one waits for the database, the others go on. SQLite has
/// one writer whatever we do.
const WRITERS: usize = 4;
/// A caller is told that the database does not answer after so long at the door.
const PATIENCE: Duration = Duration::from_secs(5);
/// Hints that a slow listener may have unread before it is told that it missed some.
const HINTS: usize = 1_024;

/// What became of an act that the ledger took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// It stands in the ledger now.
    New(EncounterId),
    /// The same form or record was sent again; this is the row of the first time.
    Replay(EncounterId),
    /// The same visitor tapped again at the same stall; this is the row of the first visit.
    SecondVisit(EncounterId),
}

/// The way to the tasks that write the ledger. They end with the last clone of their store.
#[derive(Clone)]
pub(crate) struct Ledger {
    /// One for each writer. A market's acts all go through the same one, in their order.
    doors: Arc<[mpsc::Sender<Job>]>,
    pulse: Arc<Pulse>,
    hints: broadcast::Sender<Hint>,
}

impl Ledger {
    /// Starts the writing tasks.
    pub(crate) fn start(pool: &Pool, seal: &Seal) -> Self {
        let (hints, _) = broadcast::channel(HINTS);
        let pulse = Arc::<Pulse>::default();
        let writer = |_| {
            let (door, inbox) = mpsc::channel(QUEUE);
            tokio::spawn(Writer::new(pool.clone(), seal.clone(), pulse.clone(), hints.clone()).run(inbox));
            door
        };
        let writers = match pool {
            Pool::Sqlite(_) => 1,
            Pool::Postgres(_) => WRITERS,
        };
        Self { doors: (0..writers).map(writer).collect(), pulse, hints }
    }

    /// The way to the writer of a market.
    fn door(&self, at: MarketRef) -> &mpsc::Sender<Job> {
        let mut hasher = DefaultHasher::new();
        at.market.hash(&mut hasher);
        &self.doors[hasher.finish() as usize % self.doors.len()]
    }

    /// Hands an act in and answers where its result will come.
    async fn enter(&self, act: Act) -> Result<oneshot::Receiver<Result<Recorded>>> {
        let (reply, answer) = oneshot::channel();
        let door = self.door(act.market());
        let job = Job { act, since: Instant::now(), reply };
        match door.send_timeout(job, PATIENCE).await {
            Ok(()) => Ok(answer),
            Err(_) => Err(Error::Unavailable("the ledger is behind".into())),
        }
    }
}

/// Waits for the commit.
async fn wait(answer: oneshot::Receiver<Result<Recorded>>) -> Result<Recorded> {
    answer.await.unwrap_or_else(|_| Err(Error::Unavailable("the ledger has stopped".into())))
}

impl Store {
    /// Appends an encounter and answers after its commit. On an error nothing may be told to the person; the
    /// same encounter can be sent again with the same nonce at no risk.
    pub async fn append(&self, encounter: Encounter) -> Result<Recorded> {
        wait(self.ledger().enter(Act::Append(encounter)).await?).await
    }

    /// Takes the row with this nonce back by a counter-entry, once. Who knows the nonce was there when the row
    /// was made: the device that tapped, or the phone that holds the form.
    pub async fn take_back(&self, at: MarketRef, nonce: &str, now: Moment) -> Result<Recorded> {
        let id = EncounterId::new(now, self.random());
        let undo = Undo { id, market: at, of: nonce.to_owned(), at: now, now };
        wait(self.ledger().enter(Act::Undo(undo)).await?).await
    }

    /// Records what a staff phone uploads, one receipt each, in the order of the records. They take effect in
    /// the phone's own order. On an error no receipt is given, and the phone sends all of them again.
    pub async fn tap_batch(&self, device: &Device, records: &[Record], now: Moment) -> Result<Vec<Receipt>> {
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by_key(|at| records[*at].seq);
        let mut answers = Vec::with_capacity(records.len());
        for at in order {
            let answer = match self.act(device, &records[at], now) {
                Ok(act) => Ok(self.ledger().enter(act).await?),
                Err(why) => Err(why),
            };
            answers.push((at, answer));
        }
        let mut receipts = Vec::with_capacity(records.len());
        for (at, answer) in answers {
            let id = records[at].id.clone();
            receipts.push((
                at,
                match answer {
                    Ok(answer) => receipt(id, wait(answer).await)?,
                    Err(why) => Receipt::refused(id, why),
                },
            ));
        }
        receipts.sort_by_key(|(at, _)| *at);
        Ok(receipts.into_iter().map(|(_, receipt)| receipt).collect())
    }

    /// What a record asks of the ledger.
    fn act(&self, device: &Device, record: &Record, now: Moment) -> std::result::Result<Act, Why> {
        let id = EncounterId::new(now, self.random());
        match record.kind {
            RecordKind::Plus => {
                Encounter::tap(id, device, &record.id, record.encounter, record.n, record.at, now)
                    .map(Act::Append)
                    .map_err(|refusal| Why::from(&refusal))
            }
            RecordKind::Undo => Ok(Act::Undo(Undo {
                id,
                market: MarketRef { org: device.org, market: device.market },
                of: Encounter::record_nonce(device.link, record.of.as_deref().ok_or(Why::Malformed)?),
                at: record.at,
                now,
            })),
        }
    }

    /// What the ledger has done since the program began.
    pub fn ledger_beat(&self) -> Beat {
        let Ledger { doors, pulse, .. } = self.ledger();
        pulse.beat(doors.iter().map(|door| door.max_capacity() - door.capacity()).sum())
    }

    /// Names each market whose counts have just moved, here or on another node. Only a hint: whoever misses one asks
    /// for the version.
    pub fn hints(&self) -> broadcast::Receiver<Hint> {
        self.ledger().hints.subscribe()
    }

    /// Tells whoever listens that something else about a market's counts has changed.
    pub(crate) fn hint(&self, market: MarketRef) {
        self.pass_on(Hint { market, version: None, whence: Whence::Here });
    }

    /// Hands a hint to whoever listens on this node.
    pub fn pass_on(&self, hint: Hint) {
        // Nobody listening is no failure.
        drop(self.ledger().hints.send(hint));
    }

    /// The version of a market's counts; it grows with every change that a screen can show.
    pub async fn version(&self, at: MarketRef) -> Result<i64> {
        let version: Option<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select version from ledger_head where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        version.ok_or(Error::Missing("market"))
    }
}

/// Appends an encounter inside the transaction of the act that it belongs to, by the ledger's own rules.
pub(crate) async fn append_within(conn: &mut Conn<'_>, seal: &Seal, encounter: Encounter) -> Step<Recorded> {
    let verdicts =
        batch::write(conn, seal, &[&Act::Append(encounter)], (Care::Careful, Tips::new())).await?.verdicts;
    Ok(verdicts.into_iter().next().unwrap_or(Err(Error::Missing("market")))?)
}

/// Marks a market's counts as changed, inside the transaction of a change that a screen shows.
pub(crate) async fn touch(conn: &mut Conn<'_>, at: MarketRef) -> Step<()> {
    via!(conn, db => sqlx::query(
        "update ledger_head set version = version + 1 where org_id = $1 and market_id = $2",
    ).bind(at.org.number()).bind(at.market.to_string()).execute(db).await.map(drop))?;
    Ok(())
}

/// Appends rows inside a transaction that has more to write than the ledger.
pub(crate) async fn append_all(conn: &mut Conn<'_>, seal: &Seal, rows: &[Encounter]) -> Step<()> {
    let acts: Vec<Act> = rows.iter().cloned().map(Act::Append).collect();
    all(conn, seal, &acts).await
}

/// Takes rows back by their nonces, each with the id of its counter-entry, inside such a transaction.
pub(crate) async fn take_back_all(
    conn: &mut Conn<'_>,
    seal: &Seal,
    market: MarketRef,
    rows: &[(String, EncounterId)],
    now: Moment,
) -> Step<()> {
    let undo = |(of, id): &(String, EncounterId)| Undo { id: *id, market, of: of.clone(), at: now, now };
    let acts: Vec<Act> = rows.iter().map(|row| Act::Undo(undo(row))).collect();
    all(conn, seal, &acts).await
}

async fn all(conn: &mut Conn<'_>, seal: &Seal, acts: &[Act]) -> Step<()> {
    let acts: Vec<&Act> = acts.iter().collect();
    for verdict in batch::write(conn, seal, &acts, (Care::Careful, Tips::new())).await?.verdicts {
        verdict?;
    }
    Ok(())
}

/// The receipt that a phone gets for what the ledger said; an error that may pass is no receipt.
fn receipt(id: String, recorded: Result<Recorded>) -> Result<Receipt> {
    match recorded {
        Ok(Recorded::New(_)) => Ok(Receipt { id, result: Outcome::New, why: None }),
        Ok(Recorded::Replay(_) | Recorded::SecondVisit(_)) => {
            Ok(Receipt { id, result: Outcome::Duplicate, why: None })
        }
        Err(Error::Refused(refusal)) => Ok(Receipt::refused(id, Why::from(&refusal))),
        Err(Error::Missing("record")) => Ok(Receipt::refused(id, Why::Unknown)),
        Err(Error::Missing(_)) => Ok(Receipt::refused(id, Why::NotPossible)),
        Err(error) => Err(error),
    }
}
