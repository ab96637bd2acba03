//! What this node has seen of taps, shared by all who answer them. In memory only.
//!
//! With several nodes each sees its own part. What asks to wait protects the node and means no more. What is only a
//! sign begins later by up to the number of nodes: networks may never be written down, not even for other nodes, and a
//! sign refuses nobody. Whether something counts is never decided here but by the ledger's keys.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use kaishi_domain::Moment;
use kaishi_domain::trust::{Answer, Rules, Tap, Watch};

/// The memory behind its lock. Networks stand in it as numbers of a key that ends with the process: no address is
/// kept or can be found again.
#[derive(Debug, Default)]
pub struct Watching {
    watch: Mutex<Watch>,
    key: RandomState,
}

impl Watching {
    /// What becomes of a tap.
    pub fn judge(&self, tap: &Tap, rules: &Rules, now: Moment) -> Answer {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner).judge(tap, rules, now)
    }

    /// The number of a network: an address of version 4, or the first half of one of version 6.
    pub fn network(&self, address: IpAddr) -> u64 {
        self.key.hash_one(match address.to_canonical() {
            IpAddr::V4(address) => u128::from(address.to_bits()),
            IpAddr::V6(address) => address.to_bits() >> 64 << 64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_of_one_home_are_one_network_and_a_restart_forgets_which() {
        let (one, other) = (Watching::default(), Watching::default());
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(one.network(at("2001:db8::1")), one.network(at("2001:db8::2:3")));
        assert_ne!(one.network(at("2001:db8::1")), one.network(at("2001:db8:0:1::1")));
        assert_eq!(one.network(at("::ffff:192.0.2.1")), one.network(at("192.0.2.1")));
        assert_ne!(one.network(at("192.0.2.1")), other.network(at("192.0.2.1")));
    }
}
