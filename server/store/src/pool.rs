//! Two engines behind one type: `on!` runs a statement, `transact!` a writing transaction.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;

use kaishi_domain::chance::{self, Chance};
use kaishi_domain::seal::Seal;
use kaishi_domain::season::Year;

use crate::audit::Fresh;
use crate::ledger::Ledger;
use crate::scan::Scans;
use crate::{Error, Result, Vault};

/// A pool of connections to one of the two engines.
#[derive(Clone)]
pub enum Pool {
    /// The embedded engine, the default.
    Sqlite(SqlitePool),
    /// The engine for more than one machine.
    Postgres(PgPool),
}

/// Runs one expression against whichever engine the pool is of.
macro_rules! on {
    ($pool:expr, $db:ident => $body:expr) => {
        match $pool {
            $crate::pool::Pool::Sqlite($db) => $body,
            $crate::pool::Pool::Postgres($db) => $body,
        }
    };
}
pub(crate) use on;

/// The connection inside a transaction, so that a verb can be split into ordinary functions.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut sqlx::SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}

impl<'c> From<&'c mut sqlx::SqliteConnection> for Conn<'c> {
    fn from(connection: &'c mut sqlx::SqliteConnection) -> Self {
        Self::Sqlite(connection)
    }
}

impl<'c> From<&'c mut sqlx::PgConnection> for Conn<'c> {
    fn from(connection: &'c mut sqlx::PgConnection) -> Self {
        Self::Postgres(connection)
    }
}

/// Runs one expression against whichever engine the connection is of.
macro_rules! via {
    ($conn:expr, $db:ident => $body:expr) => {
        match $conn {
            $crate::pool::Conn::Sqlite(connection) => {
                let $db = &mut **connection;
                $body
            }
            $crate::pool::Conn::Postgres(connection) => {
                let $db = &mut **connection;
                $body
            }
        }
    };
}
pub(crate) use via;

/// Runs a reading transaction: every statement in it sees the same moment.
macro_rules! look {
    ($store:expr, $tx:ident => $body:expr) => {{
        let seen: std::result::Result<_, $crate::Error> = match $store.read_pool() {
            $crate::pool::Pool::Sqlite(db) => match db.begin().await {
                Ok(mut $tx) => async { $body }.await,
                Err(error) => Err(error.into()),
            },
            $crate::pool::Pool::Postgres(db) => {
                match db.begin_with("begin isolation level repeatable read read only").await {
                    Ok(mut $tx) => async { $body }.await,
                    Err(error) => Err(error.into()),
                }
            }
        };
        seen
    }};
}
pub(crate) use look;

/// Runs a writing transaction. The body sees `$tx` and ends in a `Result`; on `Err` nothing was written.
/// It may run more than once: a busy database or a serialization failure starts it again, for as long as `PATIENCE`.
macro_rules! transact {
    ($store:expr, $tx:ident => $body:expr) => {{
        let mut attempt = 0_u32;
        let begun = tokio::time::Instant::now();
        loop {
            let outcome = match $store.write_pool() {
                $crate::pool::Pool::Sqlite(db) => match db.begin_with("begin immediate").await {
                    Ok(mut $tx) => $crate::pool::settle!($tx, $body),
                    Err(error) => Err($crate::pool::Attempt::from(error)),
                },
                $crate::pool::Pool::Postgres(db) => match db.begin().await {
                    Ok(mut $tx) => $crate::pool::settle!($tx, $body),
                    Err(error) => Err($crate::pool::Attempt::from(error)),
                },
            };
            match outcome {
                Err($crate::pool::Attempt::Again(_)) if begun.elapsed() < $crate::pool::PATIENCE => {
                    attempt += 1;
                    $crate::pool::pause(attempt).await;
                }
                Err(refused) => break Err($crate::Error::from(refused)),
                Ok(value) => break Ok(value),
            }
        }
    }};
}
pub(crate) use transact;

macro_rules! settle {
    ($tx:ident, $body:expr) => {{
        let done: std::result::Result<_, $crate::pool::Attempt> = async { $body }.await;
        match done {
            Ok(value) => match $tx.commit().await {
                Ok(()) => Ok(value),
                Err(error) => Err($crate::pool::Attempt::from(error)),
            },
            Err(refused) => {
                let _ = $tx.rollback().await;
                Err(refused)
            }
        }
    }};
}
pub(crate) use settle;

/// What a step of a writing transaction answers with.
pub(crate) type Step<T> = std::result::Result<T, Attempt>;

/// How a transaction's body failed: for good, or worth another run.
#[derive(Debug)]
pub(crate) enum Attempt {
    Again(Error),
    Final(Error),
}

impl From<sqlx::Error> for Attempt {
    fn from(error: sqlx::Error) -> Self {
        if Error::is_passing(&error) { Self::Again(error.into()) } else { Self::Final(error.into()) }
    }
}

impl From<Error> for Attempt {
    fn from(error: Error) -> Self {
        Self::Final(error)
    }
}

impl From<kaishi_domain::Refusal> for Attempt {
    fn from(refusal: kaishi_domain::Refusal) -> Self {
        Self::Final(refusal.into())
    }
}

impl From<serde_json::Error> for Attempt {
    fn from(error: serde_json::Error) -> Self {
        Self::Final(error.into())
    }
}

impl From<Attempt> for Error {
    fn from(attempt: Attempt) -> Self {
        match attempt {
            Attempt::Again(error) | Attempt::Final(error) => error,
        }
    }
}

/// So long a busy database is asked again.
pub(crate) const PATIENCE: Duration = Duration::from_secs(4);

/// Waits a little longer before each further run, and not as long as others who were refused at the same time.
pub(crate) async fn pause(attempt: u32) {
    let longest = 5_u64 << attempt.min(6);
    let chance = RandomState::new().hash_one(attempt) % longest;
    tokio::time::sleep(Duration::from_millis(longest.midpoint(chance))).await;
}

/// The database with all its verbs. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    read: Pool,
    write: Pool,
    counting: Pool,
    chance: Arc<dyn Chance>,
    seal: Seal,
    pub(crate) scans: Scans,
    ledger: Ledger,
    special: Arc<[Year]>,
    vault: Option<Vault>,
}

impl Store {
    /// From what reads and what writes; `counting` is the ledger's.
    pub(crate) fn with(
        (read, write): (Pool, Pool),
        counting: Pool,
        chance: Arc<dyn Chance>,
        seal: Seal,
    ) -> Self {
        let ledger = Ledger::start(&counting, &seal);
        let special = Arc::new([]);
        Self { read, write, counting, chance, seal, scans: Scans::new(), ledger, special, vault: None }
    }

    /// The same with the special days of years that every organization knows before it imports any.
    #[must_use]
    pub fn knowing(self, years: Vec<Year>) -> Self {
        Self { special: years.into(), ..self }
    }

    /// The same with the key for what the database must not be able to read.
    #[must_use]
    pub fn keeping(self, vault: Vault) -> Self {
        Self { vault: Some(vault), ..self }
    }

    /// What seals and opens contacts. A store without a key takes none, rather than in plain text.
    pub(crate) fn vault(&self) -> Result<&Vault> {
        self.vault.as_ref().ok_or_else(|| Error::Unavailable("no key for contacts".into()))
    }

    /// Whether the database answers a query, and soon.
    pub async fn ping(&self) -> Result<()> {
        const SOON: Duration = Duration::from_secs(3);
        let asked = async { on!(&self.read, db => sqlx::query("select 1").execute(db).await.map(drop)) };
        match tokio::time::timeout(SOON, asked).await {
            Ok(answered) => Ok(answered?),
            Err(_) => Err(Error::Unavailable("the database is silent".into())),
        }
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        on!(&self.read, db => db.close().await);
        on!(&self.write, db => db.close().await);
        on!(&self.counting, db => db.close().await);
    }

    /// So many random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        chance::bytes(&*self.chance)
    }

    /// A fresh unique text for a row that nobody names, with the key that seals it.
    pub(crate) fn fresh_text(&self) -> Fresh {
        Fresh::new(format!("{:032x}", u128::from_be_bytes(self.random())), self.seal.clone())
    }

    /// A seal over texts that lie outside the database.
    pub fn sealed<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> String {
        self.seal.over(texts).to_string()
    }

    /// The key of the chains.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }

    pub(crate) fn special_years(&self) -> &[Year] {
        &self.special
    }

    pub(crate) const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) const fn read_pool(&self) -> &Pool {
        &self.read
    }

    pub(crate) const fn write_pool(&self) -> &Pool {
        &self.write
    }
}
