//! The store's own word for no.

use kaishi_domain::Refusal;

/// Why a verb did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No such thing in this organization (a foreign id looks the same as a missing one).
    #[error("no such {0}")]
    Missing(&'static str),
    /// Somebody else was first; says what stands there now.
    #[error("taken: {0}")]
    Taken(String),
    /// The database is busy, full or away: nothing was written, try again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A row that this program did not write, or a mistake of ours.
    #[error("the database holds what it should not: {0}")]
    Broken(String),
}

impl Error {
    /// Whether the statement lost against a primary key or a unique constraint.
    pub(crate) fn is_taken(error: &sqlx::Error) -> bool {
        error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    }

    /// Whether running the same transaction again may succeed: busy SQLite, or a serialization failure.
    pub(crate) fn is_passing(error: &sqlx::Error) -> bool {
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| {
            matches!(code.as_ref(), "40001" | "40P01" | "5" | "6" | "261" | "262" | "517")
        })
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Missing("row"),
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Tls(_) => Self::Unavailable(error.to_string()),
            // 13 is SQLITE_FULL, 10 SQLITE_IOERR, 53100 disk_full, 57P0x shutdown.
            sqlx::Error::Database(database)
                if Self::is_passing(&error)
                    || database.code().is_some_and(|code| {
                        matches!(code.as_ref(), "13" | "10" | "53100" | "53300")
                            || code.starts_with("57P")
                            || code.starts_with("08")
                    }) =>
            {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
