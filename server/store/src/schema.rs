//! The schema: which migrations this program knows, which ones a database has had.

use std::collections::BTreeSet;
use std::path::PathBuf;

use sqlx::migrate::Migrator;

use crate::open::Migrating;
use crate::pool::{Pool, on, pause};
use crate::{Error, Result, Store};

static KNOWN: Migrator = sqlx::migrate!("./migrations");

/// So often a node that lost the race for a migration tries again: it may lose at each migration.
const TRIES: u32 = 64;

/// What an older program says of a newer database.
pub const NEWER: &str =
    "this database was made by a newer kaishi; run that one, or restore the backup from before the upgrade";
/// What is said of a database that waits for its migrations.
pub(crate) const OLDER: &str = "this database is from an older kaishi; run `kaishi migrate` first";

/// A migration that a database has not had yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub name: String,
}

/// Where a database stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schema {
    /// How many migrations it has had.
    pub had: usize,
    /// Those that a newer program brought.
    pub newer: Vec<i64>,
    /// Those that are still to come.
    pub waiting: Vec<Waiting>,
}

impl Schema {
    /// Whether a newer program has been here.
    pub fn is_newer(&self) -> bool {
        !self.newer.is_empty()
    }

    /// Whether nothing has been here.
    pub const fn is_empty(&self) -> bool {
        self.had == 0
    }
}

impl Store {
    /// Where the schema stands.
    pub async fn schema(&self) -> Result<Schema> {
        let there: i64 = match self.read_pool() {
            Pool::Sqlite(db) => {
                let text = "select count(*) from sqlite_master where name = '_sqlx_migrations'";
                sqlx::query_scalar(text).fetch_one(db).await?
            }
            Pool::Postgres(db) => {
                let text = "select count(*) from information_schema.tables
                            where table_schema = current_schema() and table_name = '_sqlx_migrations'";
                sqlx::query_scalar(text).fetch_one(db).await?
            }
        };
        let had: BTreeSet<i64> = if there == 0 {
            BTreeSet::new()
        } else {
            let rows: Vec<(i64,)> = on!(self.read_pool(), db =>
                sqlx::query_as("select version from _sqlx_migrations").fetch_all(db).await)?;
            rows.into_iter().map(|(version,)| version).collect()
        };
        let known: BTreeSet<i64> = KNOWN.iter().map(|migration| migration.version).collect();
        let waiting = KNOWN
            .iter()
            .filter(|migration| !had.contains(&migration.version))
            .map(|migration| Waiting { version: migration.version, name: migration.description.to_string() });
        Ok(Schema {
            had: had.len(),
            newer: had.difference(&known).copied().collect(),
            waiting: waiting.collect(),
        })
    }

    /// Brings the schema up to date. One that a newer program has brought further is refused. A file that holds
    /// something is copied before.
    pub(crate) async fn migrate(&self, how: Migrating) -> Result<()> {
        let schema = self.schema().await?;
        if schema.is_newer() {
            return Err(Error::Schema(NEWER));
        }
        if let Some(first) = schema.waiting.first().filter(|_| !schema.is_empty()) {
            self.copy_before(first.version).await?;
        }
        let mut migrations = sqlx::migrate!("./migrations");
        migrations.set_locking(how == Migrating::Locked);
        let mut attempt = 0;
        loop {
            match on!(self.write_pool(), db => migrations.run(db).await) {
                Ok(()) => return Ok(()),
                // Another node made the same table at the same time. Each migration is one transaction.
                Err(_) if how == Migrating::Unlocked && attempt < TRIES => {
                    attempt += 1;
                    pause(attempt).await;
                }
                Err(error) => return Err(Error::Broken(error.to_string())),
            }
        }
    }

    async fn copy_before(&self, version: i64) -> Result<()> {
        let Pool::Sqlite(db) = self.write_pool() else { return Ok(()) };
        let options = db.connect_options();
        let file = options.get_filename();
        let with = |nth: u32| {
            let mut name = file.as_os_str().to_owned();
            name.push(format!(".before-{version:04}"));
            if nth > 1 {
                name.push(format!("-{nth}"));
            }
            PathBuf::from(name)
        };
        if !file.is_file() {
            return Ok(());
        }
        let free = (1..=u32::MAX).map(with).find(|name| !name.exists());
        let Some(copy) = free else { return Ok(()) };
        self.copy_to(&copy).await?;
        tracing::info!(copy = %copy.display(), "the database was copied before its migration");
        Ok(())
    }
}
