//! How each of the two engines is opened, and brought to the newest schema.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use kaishi_domain::chance::Chance;
use kaishi_domain::seal::Seal;
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};

use crate::pool::Pool;
use crate::schema::{NEWER, OLDER};
use crate::{Error, Result, Store};

/// Prepared statements of a connection that writes: six of the ledger's have a text for each number of rows to 64.
const STATEMENTS: usize = 512;

/// Connections of the ledger to PostgreSQL: one for each writer, and two that are on their way back.
const COUNTING: u32 = 6;

/// Pages of the log before they are folded into the file: 16 MiB. Folding every 4 MiB, the engine's own measure,
/// writes the pages of an index many times an hour that change with every visit.
const WAL_PAGES: &str = "4096";
/// Memory for pages of the connection that writes, 32 MiB, in the engine's spelling.
const CACHE: &str = "-32768";

/// How nodes that start at once keep out of each other's way while the schema is brought up to date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Migrating {
    /// One waits for the other: a lock of the engine.
    #[default]
    Locked,
    /// The engine has no such lock (`CockroachDB`, a pooler of transactions): who loses tries again.
    Unlocked,
}

impl Store {
    /// Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…` and brings its schema up to date.
    pub async fn open(url: &str, chance: Arc<dyn Chance>, seal: Seal) -> Result<Self> {
        Self::open_by(url, chance, seal, Migrating::Locked).await
    }

    /// The same, with a word on how.
    pub async fn open_by(url: &str, chance: Arc<dyn Chance>, seal: Seal, how: Migrating) -> Result<Self> {
        let store = Self::reach(url, true, chance, seal).await?;
        store.migrate(how).await?;
        store.link_what_stands().await?;
        Ok(store)
    }

    /// Opens what is there, as it stands: nothing is made, nothing is migrated. A schema that is not of this program is
    /// an error.
    pub async fn open_as_it_is(url: &str, chance: Arc<dyn Chance>, seal: Seal) -> Result<Self> {
        let store = Self::open_unmigrated(url, chance, seal).await?;
        match store.schema().await? {
            schema if schema.is_newer() => Err(Error::Schema(NEWER)),
            schema if schema.waiting.is_empty() => Ok(store),
            _ => Err(Error::Schema(OLDER)),
        }
    }

    /// The same, whatever its schema.
    pub async fn open_unmigrated(url: &str, chance: Arc<dyn Chance>, seal: Seal) -> Result<Self> {
        Self::reach(url, false, chance, seal).await
    }

    async fn reach(url: &str, make: bool, chance: Arc<dyn Chance>, seal: Seal) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, None, chance, seal).await
        } else {
            Self::open_sqlite(url, make, chance, seal).await
        }
    }

    /// Opens PostgreSQL with every table in one schema of its own: many test databases in one server.
    pub async fn open_postgres_schema(
        url: &str,
        schema: &str,
        chance: Arc<dyn Chance>,
        seal: Seal,
    ) -> Result<Self> {
        let store = Self::open_postgres(url, Some(schema), chance, seal).await?;
        store.migrate(Migrating::Locked).await?;
        store.link_what_stands().await?;
        Ok(store)
    }

    async fn open_postgres(
        url: &str,
        schema: Option<&str>,
        chance: Arc<dyn Chance>,
        seal: Seal,
    ) -> Result<Self> {
        let mut options = PgConnectOptions::from_str(url)?;
        if let Some(schema) = schema {
            options = options.options([("search_path", schema)]);
        }
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(5))
            .after_release(|connection, _| Box::pin(answers(connection)))
            .connect_with(options.statement_cache_capacity(STATEMENTS))
            .await?;
        if let Some(schema) = schema {
            let name: String = schema.chars().filter(char::is_ascii_alphanumeric).collect();
            sqlx::query(sqlx::AssertSqlSafe(format!("create schema if not exists {name}")))
                .execute(&pool)
                .await?;
        }
        let counting = counting(pool.connect_options().as_ref().clone());
        Ok(Self::with(
            (Pool::Postgres(pool.clone()), Pool::Postgres(pool)),
            Pool::Postgres(counting),
            chance,
            seal,
        ))
    }

    /// One connection writes, several read; an acknowledged commit survives a power cut.
    async fn open_sqlite(url: &str, make: bool, chance: Arc<dyn Chance>, seal: Seal) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(make)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5));
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .after_release(|connection, _| Box::pin(is_whole(connection)))
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(
                options
                    .clone()
                    .statement_cache_capacity(STATEMENTS)
                    .pragma("wal_autocheckpoint", WAL_PAGES)
                    .pragma("cache_size", CACHE)
                    // What a statement of many rows would undo, if it had to, is kept in memory, not in a file a commit.
                    .pragma("temp_store", "memory")
                    // What was deleted is overwritten where that costs no further page.
                    .pragma("secure_delete", "fast"),
            )
            .await?;
        let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&write).await?;
        if !is_sound(&version) {
            return Err(Error::Broken(format!(
                "SQLite {version} can corrupt its log; 3.51.3 or newer is needed"
            )));
        }
        if url.contains(":memory:") {
            let pool = Pool::Sqlite(write);
            return Ok(Self::with((pool.clone(), pool.clone()), pool, chance, seal));
        }
        let read = SqlitePoolOptions::new()
            .max_connections(6)
            .after_release(|connection, _| Box::pin(is_whole(connection)))
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        let write = Pool::Sqlite(write);
        Ok(Self::with((Pool::Sqlite(read), write.clone()), write, chance, seal))
    }
}

/// The ledger's own connections: few, so that each soon has every text prepared; planned once, because a text of the
/// ledger has one good plan; and asked whether they live only after a pause, because a batch is one way there and back
/// after the other. Citus plans by the organization and has to see it each time.
fn counting(options: PgConnectOptions) -> PgPool {
    const PAUSE: Duration = Duration::from_secs(1);
    const PLAN_ONCE: &str = "select set_config('plan_cache_mode', 'force_generic_plan', false)
         where not exists (select 1 from pg_extension where extname = 'citus')";
    PgPoolOptions::new()
        .max_connections(COUNTING)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move { if meta.idle_for < PAUSE { Ok(true) } else { answers(connection).await } })
        })
        .after_connect(|connection, _| {
            Box::pin(async move {
                // An engine without this setting plans as it likes.
                let _ = sqlx::query(PLAN_ONCE).execute(connection).await;
                Ok(())
            })
        })
        .after_release(|connection, _| Box::pin(answers(connection)))
        .connect_lazy_with(options)
}

/// Whether a connection that was used answers soon. One whose machine died without a word would never, and would take
/// its place in the pool along.
async fn answers(connection: &mut PgConnection) -> std::result::Result<bool, sqlx::Error> {
    const SOON: Duration = Duration::from_secs(3);
    match tokio::time::timeout(SOON, connection.ping()).await {
        Ok(answered) => answered.map(|()| true),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// Whether a connection may be used again. SQLite itself ends a transaction when the disk is full; the rollback that
/// follows then fails, and the connection would take every later transaction for a nested one.
async fn is_whole(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // A rollback may be on its way still; this comes after it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
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
