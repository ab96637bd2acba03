//! The second factor: a secret that no table holds, and codes for the day on which the phone is lost.

use super::{Key, Keys};
use crate::digits::{base32, hex};
use crate::{AccountId, OrgId, Refusal};

/// Bytes of a secret, as many as SHA-1 makes.
pub const SECRET: usize = 20;
/// Bytes of what makes one secret differ from the next.
pub const SALT: usize = 16;
/// How many codes an account gets at once.
pub const CODES: usize = 10;
/// Characters of a recovery code, without its stroke.
const CODE: usize = 10;

/// Whose second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The organization that keeps the account.
    pub home: OrgId,
    /// The account.
    pub account: AccountId,
}

impl Keys {
    /// The number of the key that signs now.
    pub const fn current(&self) -> u8 {
        self.sign.id
    }

    /// The secret that an account shares with its phone; gone with the key that it came from.
    pub fn second(&self, key: u8, owner: &Owner, salt: &[u8; SALT]) -> Result<[u8; SECRET], Refusal> {
        let key = self.find(key).ok_or(Refusal::NotGenuine)?;
        let message =
            [owner.home.to_string().as_bytes(), owner.account.to_string().as_bytes(), salt].concat();
        let mut secret = [0; SECRET];
        secret.copy_from_slice(&Self::tag(key, "second", &message)[..SECRET]);
        Ok(secret)
    }

    /// What a browser remembers of an account that signed in there, while its password stays the same; the first is
    /// written, the others are believed.
    pub fn known(&self, owner: &Owner, password_hash: &str) -> Vec<String> {
        let message = format!("{}{}{password_hash}", owner.home, owner.account);
        self.honoured().map(|key| hex(&Self::tag(key, "known", message.as_bytes()))).collect()
    }

    /// What is kept of a recovery code, under each key that is honoured; the one of now first.
    pub fn recovery(&self, owner: &Owner, typed: &str) -> Option<Vec<String>> {
        let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        let code = code.to_ascii_uppercase();
        if code.len() != CODE {
            return None;
        }
        let message = format!("{}{}{code}", owner.home, owner.account);
        let digest = |key: &Key| hex(&Self::tag(key, "recovery", message.as_bytes()));
        Some(self.honoured().map(digest).collect())
    }

    pub(super) fn tag(key: &Key, purpose: &str, message: &[u8]) -> [u8; 32] {
        use hmac::Mac;
        Self::mac(key, purpose, message).finalize().into_bytes().into()
    }
}

/// A recovery code from randomness: `K7QM2-X3R8T`.
pub fn recovery_code(random: [u8; 7]) -> String {
    let text = base32(&random);
    format!("{}-{}", &text[..CODE / 2], &text[CODE / 2..CODE])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    fn owner(n: u8) -> Owner {
        Owner { home: OrgId::from_bytes([1, 2, n]), account: AccountId::new(Moment::from_millis(0), [n; 10]) }
    }

    #[test]
    fn a_secret_is_one_accounts_and_one_salts() {
        let keys = Keys::new(Key { id: 3, secret: [7; 32] }, Vec::new());
        let mine = keys.second(3, &owner(1), &[1; SALT]).unwrap();
        assert_eq!(mine, keys.second(3, &owner(1), &[1; SALT]).unwrap());
        assert_ne!(mine, keys.second(3, &owner(2), &[1; SALT]).unwrap());
        assert_ne!(mine, keys.second(3, &owner(1), &[2; SALT]).unwrap());
        assert_eq!(keys.second(4, &owner(1), &[1; SALT]), Err(Refusal::NotGenuine), "a key that is gone");
    }

    #[test]
    fn a_recovery_code_is_read_as_people_write_it() {
        let code = recovery_code([0x9f; 7]);
        assert_eq!(code.len(), CODE + 1);
        let keys = Keys::new(Key { id: 3, secret: [7; 32] }, vec![Key { id: 2, secret: [8; 32] }]);
        let known = keys.recovery(&owner(1), &code).unwrap();
        assert_eq!(known.len(), 2, "one for each key that is honoured");
        assert_eq!(
            keys.recovery(&owner(1), &format!(" {} ", code.to_lowercase().replace('-', " "))),
            Some(known)
        );
        assert_ne!(keys.recovery(&owner(2), &code), keys.recovery(&owner(1), &code));
        assert_eq!(keys.recovery(&owner(1), "123456"), None);
    }
}
