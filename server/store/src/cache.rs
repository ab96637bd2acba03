//! What was read a moment ago, kept for a few seconds so that a storm of scans costs no query each.
//!
//! The moment comes from the caller. A clock that jumps, forwards or back, only empties the cache.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kaishi_domain::Moment;

type Rows<K, V> = HashMap<K, (Moment, Arc<V>)>;

/// Rows by key, each at most `ttl` milliseconds old.
pub(crate) struct Cache<K, V> {
    rows: Arc<Mutex<Rows<K, V>>>,
    ttl: i64,
}

/// More rows than this are never kept: the whole is dropped and read again.
const MOST: usize = 10_000;

impl<K: Hash + Eq, V> Cache<K, V> {
    pub(crate) fn new(ttl: i64) -> Self {
        Self { rows: Arc::default(), ttl }
    }

    fn rows(&self) -> MutexGuard<'_, Rows<K, V>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The row, if it was read less than `ttl` ago.
    pub(crate) fn find(&self, key: &K, now: Moment) -> Option<Arc<V>> {
        self.rows()
            .get(key)
            .filter(|(read_at, _)| (0..self.ttl).contains(&now.since(*read_at)))
            .map(|(_, row)| row.clone())
    }

    /// Keeps a row that was read at `now`.
    pub(crate) fn keep(&self, key: K, row: V, now: Moment) -> Arc<V> {
        let row = Arc::new(row);
        let mut rows = self.rows();
        if rows.len() >= MOST {
            rows.clear();
        }
        rows.insert(key, (now, row.clone()));
        row
    }

    /// Forgets every row.
    pub(crate) fn clear(&self) {
        self.rows().clear();
    }
}

impl<K, V> Clone for Cache<K, V> {
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), ttl: self.ttl }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_kept_for_its_time_and_no_jump_of_the_clock_prolongs_it() {
        let (cache, now) = (Cache::new(5_000), Moment::from_millis(1_000_000));
        cache.keep("2", "网格有约", now);
        assert_eq!(cache.find(&"2", now.plus(4_999)).as_deref(), Some(&"网格有约"));
        assert_eq!(cache.find(&"2", now.plus(5_000)), None);
        assert_eq!(cache.find(&"2", now.plus(-1)), None);
        assert_eq!(cache.find(&"3", now), None);
        cache.clear();
        assert_eq!(cache.find(&"2", now), None);
    }
}
