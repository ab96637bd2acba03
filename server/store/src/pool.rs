//! Two engines behind one type: `on!` runs a statement, `transact!` a writing transaction.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use kaishi_domain::chance::{self, Chance};
use kaishi_domain::season::Year;

use crate::ledger::Ledger;
use crate::scan::Scans;
use crate::{Error, Result};

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
/// It may run twice: a busy database or a serialization failure starts it again.
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
                Err($crate::pool::Attempt::Again(_))
                    if attempt < 8 && begun.elapsed() < $crate::pool::PATIENCE =>
                {
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

/// Prepared statements of the connection that writes: the ledger's have a text for each number of rows.
const STATEMENTS: usize = 256;

/// Pages of the log before they are folded into the file: 16 MiB. Folding every 4 MiB, the engine's own measure,
/// writes the pages of an index many times an hour that change with every visit.
const WAL_PAGES: &str = "4096";
/// Memory for pages of the connection that writes, 32 MiB, in the engine's spelling.
const CACHE: &str = "-32768";

/// So long a busy database is asked again.
pub(crate) const PATIENCE: Duration = Duration::from_secs(4);

/// Waits a little longer before each further run.
pub(crate) async fn pause(attempt: u32) {
    tokio::time::sleep(Duration::from_millis(5 << attempt.min(6))).await;
}

/// The database with all its verbs. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    read: Pool,
    write: Pool,
    chance: Arc<dyn Chance>,
    pub(crate) scans: Scans,
    ledger: Ledger,
    special: Arc<[Year]>,
}

impl Store {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` and brings its schema up to date.
    pub async fn open(url: &str, chance: Arc<dyn Chance>) -> Result<Self> {
        let store = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, None, chance).await?
        } else {
            Self::open_sqlite(url, chance).await?
        };
        store.migrate().await?;
        Ok(store)
    }

    /// Opens PostgreSQL with every table in one schema of its own: many test databases in one server.
    pub async fn open_postgres_schema(url: &str, schema: &str, chance: Arc<dyn Chance>) -> Result<Self> {
        let store = Self::open_postgres(url, Some(schema), chance).await?;
        store.migrate().await?;
        Ok(store)
    }

    async fn open_postgres(url: &str, schema: Option<&str>, chance: Arc<dyn Chance>) -> Result<Self> {
        let mut options = PgConnectOptions::from_str(url)?;
        if let Some(schema) = schema {
            options = options.options([("search_path", schema)]);
        }
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options.statement_cache_capacity(STATEMENTS))
            .await?;
        if let Some(schema) = schema {
            let name: String = schema.chars().filter(char::is_ascii_alphanumeric).collect();
            sqlx::query(sqlx::AssertSqlSafe(format!("create schema if not exists {name}")))
                .execute(&pool)
                .await?;
        }
        Ok(Self::with(Pool::Postgres(pool.clone()), Pool::Postgres(pool), chance))
    }

    /// One connection writes, several read; an acknowledged commit survives a power cut.
    async fn open_sqlite(url: &str, chance: Arc<dyn Chance>) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5));
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(
                options
                    .clone()
                    .statement_cache_capacity(STATEMENTS)
                    .pragma("wal_autocheckpoint", WAL_PAGES)
                    .pragma("cache_size", CACHE),
            )
            .await?;
        let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&write).await?;
        if !is_sound(&version) {
            return Err(Error::Broken(format!(
                "SQLite {version} can corrupt its log; 3.51.3 or newer is needed"
            )));
        }
        if url.contains(":memory:") {
            return Ok(Self::with(Pool::Sqlite(write.clone()), Pool::Sqlite(write), chance));
        }
        let read = SqlitePoolOptions::new()
            .max_connections(6)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self::with(Pool::Sqlite(read), Pool::Sqlite(write), chance))
    }

    fn with(read: Pool, write: Pool, chance: Arc<dyn Chance>) -> Self {
        let ledger = Ledger::start(write.clone());
        Self { read, write, chance, scans: Scans::new(), ledger, special: Arc::new([]) }
    }

    /// The same with the special days of years that every organization knows before it imports any.
    #[must_use]
    pub fn knowing(self, years: Vec<Year>) -> Self {
        Self { special: years.into(), ..self }
    }

    async fn migrate(&self) -> Result<()> {
        let migrations = sqlx::migrate!("./migrations");
        on!(&self.write, db => migrations.run(db).await).map_err(|error| Error::Broken(error.to_string()))
    }

    /// Whether the database answers a query.
    pub async fn ping(&self) -> Result<()> {
        on!(&self.read, db => sqlx::query("select 1").execute(db).await.map(drop))?;
        Ok(())
    }

    /// Closes every connection; SQLite folds its log into the file.
    pub async fn close(&self) {
        on!(&self.read, db => db.close().await);
        on!(&self.write, db => db.close().await);
    }

    /// So many random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        chance::bytes(&*self.chance)
    }

    /// A fresh unique text, for rows that nobody names.
    pub(crate) fn fresh_text(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.random()))
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

/// From 3.51.3 on the WAL-reset corruption is fixed (<https://sqlite.org/wal.html#the_wal_reset_bug>).
fn is_sound(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= (3, 51, 3)
}

#[cfg(test)]
mod tests {
    use super::is_sound;

    #[test]
    fn old_sqlite_is_refused() {
        assert!(!is_sound("3.46.0"));
        assert!(!is_sound("3.51.2"));
        assert!(is_sound("3.51.3"));
        assert!(is_sound("3.52.0"));
    }
}
