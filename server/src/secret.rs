//! The master key and what is derived from it. It lives in a file of its own, never in the database.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use hkdf::Hkdf;
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::seal::Seal;
use kaishi_domain::token::{Key, Keys};
use kaishi_store::Vault;
use sha2::Sha256;

/// What is derived from the master key.
pub struct Secret {
    /// Sign posters and links.
    pub keys: Keys,
    /// Seals the chains over the ledger and the audit trail.
    pub seal: Seal,
    /// Closes contacts.
    pub vault: Vault,
}

/// Reads the master key, or makes one that only this user can read (mode 0600).
pub fn read(file: &Path, chance: &dyn Chance) -> Result<Secret> {
    let master = match std::fs::read_to_string(file) {
        Ok(text) => parse(&text).with_context(|| format!("in {}", file.display()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let master: [u8; 32] = chance::bytes(chance);
            write(file, &master).with_context(|| format!("writing {}", file.display()))?;
            master
        }
        Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
    };
    let first = Key { id: 1, secret: derive(&master, "token/1")? };
    Ok(Secret {
        keys: Keys::new(first, Vec::new()),
        seal: Seal::new(derive(&master, "chain/1")?),
        vault: Vault::new(derive(&master, "contact/1")?),
    })
}

fn parse(text: &str) -> Result<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.is_ascii() {
        bail!("the key must be 64 hexadecimal digits");
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).context("the key must be hexadecimal")?;
    }
    Ok(key)
}

fn write(file: &Path, key: &[u8; 32]) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = kaishi_domain::id::hex(key);
    let mut out = options.open(file)?;
    out.write_all(text.as_bytes())?;
    Ok(out.sync_all()?)
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
}
