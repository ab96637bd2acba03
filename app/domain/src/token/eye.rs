//! What people compare or type: the four characters of a poster, the four digits of a stall.

use hmac::Mac;

use super::{CODE_FOR, Key, Keys};
use crate::digits::{base32, unbase32};
use crate::id::ShortId;
use crate::{Moment, StallId};

impl Keys {
    /// Four characters to compare by eye: the printed poster and the page that it opens show the same.
    pub fn eye_code(&self, poster: ShortId) -> String {
        eye(&self.sign, poster)
    }

    /// The same as a poster shows them whose token was made with whichever key is honoured.
    pub fn eye_code_of(&self, token: &str, poster: ShortId) -> String {
        let head = unbase32(&token.to_ascii_uppercase()).and_then(|bytes| bytes.first().copied());
        let key = head.and_then(|head| self.find(head & 31));
        eye(key.unwrap_or(&self.sign), poster)
    }

    /// Whether typed characters are those of a poster, under any key that is honoured.
    pub fn is_eye_code(&self, poster: ShortId, fits: impl Fn(&str) -> bool) -> bool {
        self.honoured().any(|key| fits(&eye(key, poster)))
    }

    /// The four digits that stand on a stall's board at this moment. A phone that knows those to come needs no network.
    pub fn stall_code(&self, stall: StallId, at: Moment) -> String {
        stall_code(&self.sign, stall, at)
    }

    /// Whether these are the digits of now, or those of just before; a phone without a network may know those of an
    /// older key.
    pub fn is_stall_code(&self, stall: StallId, typed: &str, now: Moment) -> bool {
        let at = [now, now.plus(-CODE_FOR)];
        self.honoured().any(|key| at.iter().any(|at| stall_code(key, stall, *at) == typed))
    }
}

fn eye(key: &Key, poster: ShortId) -> String {
    let tag = Keys::mac(key, "eye", &poster.bytes()).finalize().into_bytes();
    base32(&tag[..3])[..4].to_owned()
}

fn stall_code(key: &Key, stall: StallId, at: Moment) -> String {
    let message = format!("{stall}{}", at.bucket(CODE_FOR).millis());
    let tag = Keys::mac(key, "stall", message.as_bytes()).finalize().into_bytes();
    let number = u32::from_be_bytes([tag[0], tag[1], tag[2], tag[3]]);
    format!("{:04}", number % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(Key { id: 3, secret: [9; 32] }, vec![Key { id: 2, secret: [8; 32] }])
    }

    #[test]
    fn the_code_of_a_stall_changes_and_the_last_one_is_still_good() {
        let stall = |n| StallId::new(Moment::from_millis(0), [n; 10]);
        let now = Moment::from_millis(1_683_945_720_000).bucket(CODE_FOR);
        let code = keys().stall_code(stall(1), now);
        assert!(code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()));
        assert_eq!(keys().stall_code(stall(1), now.plus(CODE_FOR - 1)), code);
        assert_ne!(keys().stall_code(stall(1), now.plus(CODE_FOR)), code);
        assert_ne!(keys().stall_code(stall(2), now), code);
        assert!(keys().is_stall_code(stall(1), &code, now.plus(2 * CODE_FOR - 1)));
        assert!(!keys().is_stall_code(stall(1), &code, now.plus(2 * CODE_FOR)));
        assert!(!keys().is_stall_code(stall(1), "", now));
    }
}
