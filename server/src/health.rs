//! Whether this node may be sent requests, and what an operator should look at soon.

use std::fmt::Write as _;
use std::path::Path;

use kaishi_store::Store;

/// Below so many bytes of free disk an operator is warned.
const LOW: u64 = 500 * 1024 * 1024;

/// What was found.
pub struct Health {
    /// Whether requests can be answered.
    pub is_ready: bool,
    /// A line for each thing that was looked at.
    pub text: String,
}

/// Looks at the database, its schema and the disk under it.
pub async fn look(store: &Store) -> Health {
    let database = store.ping().await;
    let schema = match &database {
        Ok(()) => store.schema().await.is_ok_and(|schema| schema.waiting.is_empty() && !schema.is_newer()),
        Err(_) => false,
    };
    let is_ready = database.is_ok() && schema;
    let mut text = String::from(if is_ready { "ready\n" } else { "not ready\n" });
    let word = |good: bool| if good { "ok" } else { "no" };
    let _ = writeln!(text, "database {}", word(database.is_ok()));
    let _ = writeln!(text, "migrations {}", word(schema));
    if let Some((free, low)) = disk(store) {
        let _ = writeln!(text, "disk {}", if low { "low" } else { "ok" });
        if low {
            tracing::warn!(
                free_mb = free / 1024 / 1024,
                "little disk is left; what cannot be written is refused"
            );
        }
    }
    if let Err(error) = database {
        tracing::warn!(%error, "not ready");
    }
    Health { is_ready, text }
}

/// Bytes of disk that are left under the database, and whether that is little; `None` where it is not a file.
pub fn disk(store: &Store) -> Option<(u64, bool)> {
    let free = store.place().and_then(|(file, _)| free(&file))?;
    Some((free, free < LOW))
}

/// Bytes that are left for us where the file lies.
fn free(file: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(file).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
