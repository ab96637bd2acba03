//! Messages to other programs: which addresses may be told, how a message is signed, when it is tried again.
//!
//! Signed as Standard Webhooks asks (id, moment and body under one HMAC). Knows nothing of the network.

mod host;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub use host::{Host, Target, is_private};

use crate::moment::{HOUR, MINUTE, SECOND};
use crate::unit::codes;
use crate::{Moment, Refusal};
use serde::{Deserialize, Serialize};

/// So long after each miss the next try comes, in milliseconds; after the last the message has failed.
const WAITS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

codes! {
    /// Where a message is on its way.
    Delivery "delivery" {
        /// Waits for its first or its next try.
        Waiting "waiting",
        /// The other side has it.
        Sent "sent",
        /// Given up; an organizer may send it again.
        Failed "failed",
    }
}

codes! {
    /// Why a try missed.
    Miss "miss" {
        /// The operator does not list the host (any more).
        Host "host",
        /// The host's name leads into a private network.
        Private "private",
        /// No connection.
        Connect "connect",
        /// No answer in time.
        Slow "slow",
        /// It wants to send us elsewhere; we do not follow.
        Redirect "redirect",
        /// It answered that it does not take the message.
        Status "status",
    }
}

/// When a message is tried again after so many tries; `None`: it has failed.
pub fn next_try(tries: i64, now: Moment) -> Option<Moment> {
    let wait = usize::try_from(tries - 1).ok().and_then(|nth| WAITS.get(nth))?;
    Some(now.plus(*wait))
}

/// The signature of a message: HMAC-SHA256 over `id.seconds.body`.
pub fn signature(secret: &[u8; 32], id: &str, at: Moment, body: &str) -> [u8; 32] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(secret);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(format!("{id}.{}.", at.millis() / SECOND).as_bytes());
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().into()
}

/// A kind of message as other programs read it: `call.told`.
pub fn kind(text: &str) -> Result<&str, Refusal> {
    let plain = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
    let sound = (3..=40).contains(&text.len()) && text.chars().all(plain);
    if sound { Ok(text) } else { Err(Refusal::Malformed("kind of message")) }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::*;

    #[test]
    fn a_message_is_signed_as_the_published_example() {
        // The example of the Standard Webhooks reference implementation, its 24-byte secret filled up with nothing.
        let key = BASE64.decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let mut secret = [0; 32];
        secret[..key.len()].copy_from_slice(&key);
        let at = Moment::from_millis(1_614_265_330_000);
        let tag = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#);
        assert_eq!(BASE64.encode(&tag), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn tries_come_ever_later_and_end() {
        let now = Moment::from_millis(0);
        let waits: Vec<i64> = (1..).map_while(|tries| next_try(tries, now)).map(Moment::millis).collect();
        assert_eq!((waits.len(), waits[0]), (9, 5_000));
        assert!(waits.is_sorted());
        assert_eq!(next_try(0, now), None);
    }

    #[test]
    fn a_kind_is_a_word_or_several_with_dots() {
        assert_eq!(kind("call.told"), Ok("call.told"));
        for bad in ["", "Call", "a b", "x\n", "a"] {
            assert!(kind(bad).is_err(), "{bad}");
        }
    }
}
