//! The master keys and what is derived from them. They live in a file of their own, never in the database.

mod ring;

use std::path::Path;

use anyhow::{Result, bail};
use hkdf::Hkdf;
use kaishi_domain::chance::Chance;
use kaishi_domain::seal::Seal;
use kaishi_domain::token::{Key, Keys};
use kaishi_store::Vault;
pub use ring::{Master, Ring};
use sha2::Sha256;

/// What is derived from the master keys.
pub struct Secret {
    /// Sign posters and links.
    pub keys: Keys,
    /// Seals the chains over the ledger and the audit trail.
    pub seal: Seal,
    /// Closes contacts.
    pub vault: Vault,
}

/// Reads the master keys, or makes one that only this user can read (mode 0600).
pub fn read(file: &Path, chance: &dyn Chance) -> Result<Secret> {
    Secret::of(&ring(file, chance)?)
}

/// The keys of the file, or a first one that is written there.
pub fn ring(file: &Path, chance: &dyn Chance) -> Result<Ring> {
    if let Some(ring) = Ring::read(file)? {
        return Ok(ring);
    }
    let ring = Ring::first(chance, None);
    ring.write(file)?;
    Ok(ring)
}

impl Secret {
    /// From these keys: the first writes, all prove and open what they wrote, and those that are not void are honoured.
    pub fn of(ring: &Ring) -> Result<Self> {
        let mut tokens = Vec::new();
        let mut chains = Vec::new();
        let mut contacts = Vec::new();
        for master in ring.keys() {
            if !master.is_void {
                tokens.push(Key { id: master.id, secret: derive(&master.bytes, "token/1")? });
            }
            chains.push(derive(&master.bytes, "chain/1")?);
            contacts.push((master.id, derive(&master.bytes, "contact/1")?));
        }
        if tokens.is_empty() {
            bail!("there is no key that signs");
        }
        let (sign, chain, contact) = (tokens.remove(0), chains.remove(0), contacts.remove(0));
        Ok(Self {
            keys: Keys::new(sign, tokens),
            seal: Seal::new(chain).after_others(chains),
            vault: Vault::numbered(contact.0, contact.1).after_others(contacts),
        })
    }

    /// The keys as they were when that one signed whose check this is, with its number.
    pub fn checked(ring: &Ring, check: &str) -> Result<Option<(u8, Self)>> {
        for master in ring.keys() {
            let Some(then) = ring.as_of(master.id) else { continue };
            let mut keys = then.keys().to_vec();
            // A key that is void by now was not when it signed.
            keys[0].is_void = false;
            let secret = Self::of(&Ring::of(keys))?;
            if secret.keys.check() == check {
                return Ok(Some((master.id, secret)));
            }
        }
        Ok(None)
    }
}

fn derive(master: &[u8; 32], purpose: &str) -> Result<[u8; 32]> {
    let mut secret = [0; 32];
    let info = format!("kaishi/{purpose}");
    if Hkdf::<Sha256>::new(None, master).expand(info.as_bytes(), &mut secret).is_err() {
        bail!("the key could not be derived");
    }
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use kaishi_domain::chance::Seeded;
    use kaishi_domain::id::ShortId;
    use kaishi_domain::moment::Day;
    use kaishi_domain::token::Purpose;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_for_us() {
        let folder = std::env::temp_dir().join(format!("kaishi-secret-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("secret.key");
        let id = ShortId::from_bytes([1; 8]);
        let first = read(&file, &Seeded::new(1)).unwrap().keys.token(Purpose::Poster, id);
        let second = read(&file, &Seeded::new(2)).unwrap().keys.token(Purpose::Poster, id);
        assert_eq!(first, second, "the second start reads the key of the first");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&file, "short").unwrap();
        assert!(read(&file, &Seeded::new(3)).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn an_older_key_is_honoured_until_it_is_void_and_known_by_its_check() {
        let day = Day::parse("2026-11-27").unwrap();
        let one = Ring::first(&Seeded::new(1), None);
        let two = one.turned(&Seeded::new(2), day).unwrap();
        let id = ShortId::from_bytes([1; 8]);
        let (old, now) = (Secret::of(&one).unwrap(), Secret::of(&two).unwrap());
        let token = old.keys.token(Purpose::Poster, id);
        assert!(now.keys.read(Purpose::Poster, &token).is_ok());
        let void = two.voided(1).unwrap();
        assert!(Secret::of(&void).unwrap().keys.read(Purpose::Poster, &token).is_err());
        for ring in [&two, &void] {
            let (number, then) = Secret::checked(ring, &old.keys.check()).unwrap().unwrap();
            assert_eq!((number, then.keys.token(Purpose::Poster, id)), (1, token.clone()));
            assert_eq!(Secret::checked(ring, &now.keys.check()).unwrap().unwrap().0, 2);
            assert!(Secret::checked(ring, "0123456789abcdef").unwrap().is_none());
        }
    }
}
