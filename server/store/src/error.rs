//! The store's own word for no.

use std::sync::atomic::{AtomicU64, Ordering};

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
    /// The schema is not this program's; says what to do.
    #[error("{0}")]
    Schema(&'static str),
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

/// Whether the database cannot write for now. SQLite's codes carry a detail in their upper bits; PostgreSQL's
/// have five characters.
fn is_outage(code: &str) -> bool {
    const READ_ONLY: u32 = 8;
    const IO: u32 = 10;
    const FULL: u32 = 13;
    const CANNOT_OPEN: u32 = 14;
    if code.len() < 5 {
        return code
            .parse()
            .is_ok_and(|code: u32| matches!(code & 0xff, READ_ONLY | IO | FULL | CANNOT_OPEN));
    }
    // Connection lost, out of disk, memory or connections, shut down, read-only after a switch-over.
    ["08", "53", "57P", "25006"].iter().any(|class| code.starts_with(class))
}

/// Errors of the database since the program began, those aside that say only that a row is not there.
static FAILURES: AtomicU64 = AtomicU64::new(0);

/// How often the database has failed since the program began.
pub fn failures() -> u64 {
    FAILURES.load(Ordering::Relaxed)
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if !matches!(error, sqlx::Error::RowNotFound) {
            FAILURES.fetch_add(1, Ordering::Relaxed);
        }
        match &error {
            sqlx::Error::RowNotFound => Self::Missing("row"),
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => Self::Unavailable(error.to_string()),
            sqlx::Error::Database(database)
                if Self::is_passing(&error) || database.code().is_some_and(|code| is_outage(&code)) =>
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

#[cfg(test)]
mod tests {
    use super::is_outage;

    #[test]
    fn an_outage_is_told_from_a_mistake() {
        for code in ["13", "10", "778", "1034", "8", "14", "53100", "53300", "57P01", "08006", "25006"] {
            assert!(is_outage(code), "{code}");
        }
        for code in ["787", "2067", "1555", "1", "23503", "23505", "42P01", ""] {
            assert!(!is_outage(code), "{code}");
        }
    }
}
