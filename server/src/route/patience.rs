//! How often somebody may try in a minute. Counted on this node, forgotten by itself.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{DefaultKeyedRateLimiter, Quota};

/// From so many names on, those that have waited long enough are forgotten.
const MANY: usize = 10_000;

/// A bucket for each name.
#[derive(Clone)]
pub struct Patience(Arc<DefaultKeyedRateLimiter<String>>);

impl Patience {
    /// So many tries a minute for each name.
    pub fn per_minute(tries: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(tries).unwrap_or(NonZeroU32::MIN));
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(quota)))
    }

    /// Counts a try; whether it has to wait.
    pub fn wait(&self, name: &str) -> bool {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(&name.to_owned()).is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_bucket_of_its_own() {
        let patience = Patience::per_minute(2);
        assert_eq!([1, 2, 3].map(|_| patience.wait("one")), [false, false, true]);
        assert!(!patience.wait("two"));
    }
}
