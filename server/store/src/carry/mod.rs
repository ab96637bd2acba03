//! Carrying everything from one database to another: between the two engines, into a backup, back out of it.
//!
//! The tables and their columns are asked of the schema, so that a new table cannot be forgotten. All or nothing: one
//! reading transaction on the one side, one writing transaction on the other.

mod file;
mod table;

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Row as _};
use tokio::sync::mpsc;

use crate::pool::{Attempt, look, transact};
use crate::{Error, Result, Store};
pub use table::Table;
use table::{Cell, Kind};

/// Rows that are handed over at once.
const PAGE: usize = 500;
/// Parameters in one statement; both engines take more.
const PARAMETERS: usize = 16_000;
/// Pages that may lie between the two sides.
const WAITING: usize = 4;

/// Some rows of a table.
struct Page {
    table: usize,
    rows: Vec<Vec<Cell>>,
}

impl Store {
    /// Copies every row of every table into `to`, whose schema has to be this program's and whose tables have to be
    /// empty. Answers the rows of each table, counted on the other side.
    pub async fn carry(&self, to: &Self) -> Result<BTreeMap<String, i64>> {
        let tables = self.tables().await?;
        let there = to.tables().await?;
        if sorted(&tables) != sorted(&there) {
            return Err(Error::Schema("the two databases do not have the same tables; migrate both first"));
        }
        if let Some((table, _)) = to.count(&there).await?.into_iter().find(|(_, rows)| *rows > 0) {
            return Err(Error::Taken(table));
        }
        let (pages, inbox) = mpsc::channel(WAITING);
        let (counted, ()) = tokio::try_join!(to.take_in(&tables, inbox), self.give_out(&tables, pages))?;
        let here = self.count(&tables).await?;
        // Sessions and heads may have moved on meanwhile; a row that is missing on the other side may not.
        let written = to.count(&there).await?;
        if written != counted || here.iter().any(|(table, rows)| written.get(table).is_none_or(|n| n > rows))
        {
            return Err(Error::Broken("the copy does not have the rows that were read".into()));
        }
        Ok(written)
    }

    /// How many rows each table has.
    pub async fn count(&self, tables: &[Table]) -> Result<BTreeMap<String, i64>> {
        look!(self, tx => {
            let mut found = BTreeMap::new();
            for table in tables {
                let text = format!("select count(*) from {}", table.quoted());
                let rows: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(&mut *tx).await?;
                found.insert(table.name.clone(), rows);
            }
            Ok(found)
        })
    }

    async fn give_out(&self, tables: &[Table], pages: mpsc::Sender<Page>) -> Result<()> {
        use futures::TryStreamExt as _;
        look!(self, tx => {
            for (at, table) in tables.iter().enumerate() {
                let text = format!("select {} from {}", table.list(), table.quoted());
                let mut rows = sqlx::query(AssertSqlSafe(text)).fetch(&mut *tx);
                let mut page = Vec::with_capacity(PAGE);
                while let Some(row) = rows.try_next().await? {
                    let mut cells = Vec::with_capacity(table.columns.len());
                    for (nth, column) in table.columns.iter().enumerate() {
                        cells.push(match column.kind {
                            Kind::Text => Cell::Text(row.try_get(nth)?),
                            Kind::Number => Cell::Number(row.try_get(nth)?),
                            Kind::Real => Cell::Real(row.try_get(nth)?),
                        });
                    }
                    page.push(cells);
                    if page.len() == PAGE {
                        hand_over(&pages, Page { table: at, rows: std::mem::take(&mut page) }).await?;
                    }
                }
                drop(rows);
                hand_over(&pages, Page { table: at, rows: page }).await?;
            }
            Ok(())
        })
    }

    /// Writes what comes in, in one transaction; answers how many rows of each table.
    async fn take_in(&self, tables: &[Table], inbox: mpsc::Receiver<Page>) -> Result<BTreeMap<String, i64>> {
        let inbox = tokio::sync::Mutex::new(inbox);
        transact!(self, tx => {
            let mut inbox = inbox.lock().await;
            let mut counted: BTreeMap<String, i64> = tables.iter().map(|table| (table.name.clone(), 0)).collect();
            let mut seen = 0;
            while let Some(Page { table, rows }) = inbox.recv().await {
                let table = &tables[table];
                seen += 1;
                for some in rows.chunks((PARAMETERS / table.columns.len().max(1)).max(1)) {
                    let mut query = sqlx::query(AssertSqlSafe(table.insert(some.len())));
                    for cell in some.iter().flatten() {
                        query = match cell {
                            Cell::Text(text) => query.bind(text.as_deref()),
                            Cell::Number(number) => query.bind(*number),
                            Cell::Real(number) => query.bind(*number),
                        };
                    }
                    // Half of what was to come has been taken: it cannot be begun again.
                    query.execute(&mut *tx).await.map_err(|error| Attempt::Final(error.into()))?;
                    *counted.entry(table.name.clone()).or_default() += some.len() as i64;
                }
            }
            // The giving side hands over one page at least for each table, and stops before that when it fails.
            if seen < tables.len() {
                return Err(Attempt::Final(Error::Unavailable("the other side stopped".into())));
            }
            Ok(counted)
        })
    }
}

async fn hand_over(pages: &mpsc::Sender<Page>, page: Page) -> Result<()> {
    pages.send(page).await.map_err(|_| Error::Unavailable("the other side stopped".into()))
}

fn sorted(tables: &[Table]) -> Vec<(&str, Vec<&str>)> {
    let mut names: Vec<(&str, Vec<&str>)> = tables
        .iter()
        .map(|table| {
            let mut columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            columns.sort_unstable();
            (table.name.as_str(), columns)
        })
        .collect();
    names.sort_unstable();
    names
}
