//! What only the embedded engine has: a whole copy in one file, made while everybody goes on, and a check of the file.

use std::path::Path;

use crate::pool::Pool;
use crate::{Error, Result, Store};

impl Store {
    /// Writes a copy of everything as it stands at this moment into a file that is not there yet. `false` when the
    /// database is not a file; then [`Store::carry`] into a file does the same.
    pub async fn copy_to(&self, file: &Path) -> Result<bool> {
        let Pool::Sqlite(db) = self.read_pool() else { return Ok(false) };
        let path = file.to_str().ok_or(Error::Schema("the name of the file must be UTF-8"))?;
        sqlx::query("vacuum into $1").bind(path).execute(db).await?;
        Ok(true)
    }

    /// What the engine finds wrong with its own file; nothing where it is not a file.
    pub async fn damage(&self) -> Result<Vec<String>> {
        let Pool::Sqlite(db) = self.read_pool() else { return Ok(Vec::new()) };
        let lines: Vec<(String,)> = sqlx::query_as("pragma integrity_check").fetch_all(db).await?;
        let mut found: Vec<String> =
            lines.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect();
        let orphans: Vec<(String, Option<i64>)> =
            sqlx::query_as("select \"table\", rowid from pragma_foreign_key_check").fetch_all(db).await?;
        found.extend(
            orphans.into_iter().map(|(table, row)| format!("{table}, row {row:?}: points to nothing")),
        );
        Ok(found)
    }

    /// Where the database lies, and how large its log is; `None` where it is not a file.
    pub fn place(&self) -> Option<(std::path::PathBuf, u64)> {
        let Pool::Sqlite(db) = self.write_pool() else { return None };
        let file = db.connect_options().get_filename().to_path_buf();
        let mut log = file.clone().into_os_string();
        log.push("-wal");
        let bytes = std::fs::metadata(log).map_or(0, |about| about.len());
        file.is_file().then_some((file, bytes))
    }

    /// Whether nothing has ever been written here.
    pub async fn is_empty(&self) -> Result<bool> {
        let schema = self.schema().await?;
        if schema.is_empty() {
            return Ok(true);
        }
        Ok(self.count(&self.tables().await?).await?.values().all(|rows| *rows == 0))
    }
}
