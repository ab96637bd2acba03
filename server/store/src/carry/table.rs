//! The tables that a database has, in the order in which they were made: none points to a later one.

use sqlx::AssertSqlSafe;

use crate::pool::Pool;
use crate::{Result, Store};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Text,
    Number,
    Real,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    pub(super) columns: Vec<Column>,
}

/// What stands in one place of a table.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Cell {
    Text(Option<String>),
    Number(Option<i64>),
    Real(Option<f64>),
}

/// The migrations' own bookkeeping; the other side has its own.
const BOOKKEEPING: &str = "_sqlx_migrations";

impl Table {
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.name)
    }

    pub(super) fn list(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        names.join(", ")
    }

    pub(super) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let tuple = |row: usize| {
            let names: Vec<String> = (1..=width).map(|nth| format!("${}", row * width + nth)).collect();
            format!("({})", names.join(", "))
        };
        let tuples: Vec<String> = (0..rows).map(tuple).collect();
        format!("insert into {} ({}) values {}", self.quoted(), self.list(), tuples.join(", "))
    }
}

impl Store {
    /// Every table with its columns, asked of the database itself.
    pub async fn tables(&self) -> Result<Vec<Table>> {
        let names: Vec<(String,)> = match self.read_pool() {
            Pool::Sqlite(db) => {
                let text = "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
                            order by rowid";
                sqlx::query_as(text).fetch_all(db).await?
            }
            Pool::Postgres(db) => {
                let text = "select cast(c.relname as text) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = current_schema() and c.relkind in ('r', 'p') order by c.oid";
                sqlx::query_as(text).fetch_all(db).await?
            }
        };
        let mut tables = Vec::with_capacity(names.len());
        for (name,) in names.into_iter().filter(|(name,)| name != BOOKKEEPING) {
            let columns = self.columns(&name).await?;
            tables.push(Table { name, columns });
        }
        Ok(tables)
    }

    async fn columns(&self, table: &str) -> Result<Vec<Column>> {
        let rows: Vec<(String, String)> = match self.read_pool() {
            Pool::Sqlite(db) => {
                let text = format!("select name, lower(type) from pragma_table_info('{table}') order by cid");
                sqlx::query_as(AssertSqlSafe(text)).fetch_all(db).await?
            }
            Pool::Postgres(db) => {
                let text = "select cast(column_name as text), cast(data_type as text) from information_schema.columns
                            where table_schema = current_schema() and table_name = $1 order by ordinal_position";
                sqlx::query_as(text).bind(table).fetch_all(db).await?
            }
        };
        let kind = |name: String| match name.as_str() {
            "bigint" => Kind::Number,
            "double precision" => Kind::Real,
            _ => Kind::Text,
        };
        Ok(rows.into_iter().map(|(name, of)| Column { name, kind: kind(of) }).collect())
    }
}
