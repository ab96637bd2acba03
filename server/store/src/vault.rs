//! What is written so that the database alone cannot read it: contacts, sealed with a key that lives elsewhere.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;

use crate::{Error, Result};

/// Bytes of a nonce: long enough to be drawn at random.
pub(crate) const NONCE: usize = 24;
/// The key that seals now. Stands before each sealed text, so that another can follow.
const KEY: u8 = 1;

/// Seals and opens. What was sealed for one place opens nowhere else.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// With this key.
    pub fn new(key: [u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&Key::from(key)))
    }

    /// Base 64 of the key's number, the nonce and the sealed text.
    pub(crate) fn seal(&self, text: &str, place: &str, nonce: [u8; NONCE]) -> Result<String> {
        let what = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), what).map_err(|_| broken())?;
        Ok(BASE64.encode(&[&[KEY][..], &nonce, &sealed].concat()))
    }

    /// The text, if it was sealed with this key for this place.
    pub(crate) fn open(&self, sealed: &str, place: &str) -> Result<String> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| broken())?;
        let Some((&[KEY], rest)) = bytes.split_at_checked(1) else {
            return Err(broken());
        };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(broken)?;
        let what = Payload { msg: sealed, aad: place.as_bytes() };
        let text = self.0.decrypt(&XNonce::from(*nonce), what).map_err(|_| broken())?;
        String::from_utf8(text).map_err(|_| broken())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
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
}
