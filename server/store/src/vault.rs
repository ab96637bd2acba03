//! What is written so that the database alone cannot read it: contacts, sealed with a key that lives elsewhere.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;

use crate::{Error, Result};

/// Bytes of a nonce: long enough to be drawn at random.
pub(crate) const NONCE: usize = 24;
/// The number of the first key. The number stands before each sealed text, so that another can follow.
const FIRST: u8 = 1;

/// Seals with one key, opens with that and with those that sealed before it. What was sealed for one place opens
/// nowhere else.
#[derive(Clone)]
pub struct Vault {
    number: u8,
    now: XChaCha20Poly1305,
    older: Vec<(u8, XChaCha20Poly1305)>,
}

impl Vault {
    /// With this key, the first.
    pub fn new(key: [u8; 32]) -> Self {
        Self::numbered(FIRST, key)
    }

    /// With this key, which has a number of its own.
    pub fn numbered(number: u8, key: [u8; 32]) -> Self {
        Self { number, now: cipher(key), older: Vec::new() }
    }

    /// The same, after others that sealed before it.
    #[must_use]
    pub fn after_others(self, older: impl IntoIterator<Item = (u8, [u8; 32])>) -> Self {
        Self { older: older.into_iter().map(|(number, key)| (number, cipher(key))).collect(), ..self }
    }

    /// Whether a text was sealed with another key than the one that seals now.
    pub(crate) fn is_of_old(&self, sealed: &str) -> bool {
        BASE64.decode(sealed.as_bytes()).is_ok_and(|bytes| bytes.first() != Some(&self.number))
    }

    /// Base 64 of the key's number, the nonce and the sealed text.
    pub(crate) fn seal(&self, text: &str, place: &str, nonce: [u8; NONCE]) -> Result<String> {
        let what = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        let sealed = self.now.encrypt(&XNonce::from(nonce), what).map_err(|_| broken())?;
        Ok(BASE64.encode(&[&[self.number][..], &nonce, &sealed].concat()))
    }

    /// The text, if it was sealed with this key for this place.
    pub(crate) fn open(&self, sealed: &str, place: &str) -> Result<String> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| broken())?;
        let (number, rest) = bytes.split_first().ok_or_else(broken)?;
        let now = (self.number, &self.now);
        let older = self.older.iter().map(|(number, key)| (*number, key));
        let key = std::iter::once(now).chain(older).find(|(of, _)| of == number);
        let (_, key) = key.ok_or_else(broken)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(broken)?;
        let what = Payload { msg: sealed, aad: place.as_bytes() };
        let text = key.decrypt(&XNonce::from(*nonce), what).map_err(|_| broken())?;
        String::from_utf8(text).map_err(|_| broken())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn cipher(key: [u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(key))
}

fn broken() -> Error {
    Error::Broken("a sealed text that this key does not open".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_at_its_place_only() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("13800138000", "one", [1; NONCE]).unwrap();
        assert!(!sealed.contains("138"));
        assert_eq!(vault.open(&sealed, "one").unwrap(), "13800138000");
        assert!(vault.open(&sealed, "other").is_err(), "moved to another row");
        assert!(Vault::new([8; 32]).open(&sealed, "one").is_err(), "another key");
        let mut bytes = BASE64.decode(sealed.as_bytes()).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(vault.open(&BASE64.encode(&bytes), "one").is_err(), "byte {at} was changed");
            bytes[at] ^= 1;
        }
        for odd in ["", "AQ==", "not base 64"] {
            assert!(vault.open(odd, "one").is_err());
        }
    }

    #[test]
    fn what_an_older_key_sealed_opens_and_is_known_as_such() {
        let (old, place) = (Vault::new([7; 32]), "one");
        let sealed = old.seal("13800138000", place, [1; NONCE]).unwrap();
        let now = Vault::numbered(2, [8; 32]).after_others([(1, [7; 32])]);
        assert!(now.is_of_old(&sealed) && !old.is_of_old(&sealed));
        let again = now.seal(&now.open(&sealed, place).unwrap(), place, [2; NONCE]).unwrap();
        assert!(!now.is_of_old(&again));
        let alone = Vault::numbered(2, [8; 32]);
        assert_eq!(alone.open(&again, place).unwrap(), "13800138000");
        assert!(alone.open(&sealed, place).is_err(), "a key that is gone");
    }
}
