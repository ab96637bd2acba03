//! The operating system's randomness.

use kaishi_domain::chance::Chance;

/// Randomness fit for keys.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            // Without randomness no token is safe: better no server than a guessable one.
            tracing::error!(%error, "the system gives no randomness");
            std::process::abort();
        }
    }
}
