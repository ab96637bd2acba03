//! The file with the master keys: one a line, the one that signs now first. A line is the key's number, its 64
//! hexadecimal digits, the day from which on it signs, and `void` where nothing that it signed is honoured any more.
//! A file with nothing but 64 digits is the first key of an installation.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::id::hex;
use kaishi_domain::moment::Day;

/// The largest number of a key: five bits in each token.
const MOST: u8 = 31;
/// What stands behind a key that only proves what was written with it.
const VOID: &str = "void";

/// One master key.
#[derive(Clone, PartialEq, Eq)]
pub struct Master {
    /// Its number, which stands in what it signs.
    pub id: u8,
    /// The key itself.
    pub bytes: [u8; 32],
    /// From when on it signed; unknown for one that was there before keys had days.
    pub since: Option<Day>,
    /// Links, codes and second factors of it are honoured no more; rows of it are still proved.
    pub is_void: bool,
}

impl std::fmt::Debug for Master {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Master({}, …)", self.id)
    }
}

/// The keys, the one that signs first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ring(Vec<Master>);

impl Ring {
    /// A first key.
    pub fn first(chance: &dyn Chance, since: Option<Day>) -> Self {
        Self(vec![Master { id: 1, bytes: chance::bytes(chance), since, is_void: false }])
    }

    /// These keys, which came from a ring.
    pub(super) const fn of(keys: Vec<Master>) -> Self {
        Self(keys)
    }

    /// Reads a file; `None` where there is none.
    pub fn read(file: &Path) -> Result<Option<Self>> {
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(&text).with_context(|| format!("in {}", file.display())).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if !text.contains(char::is_whitespace) {
            return Ok(Self(vec![Master { id: 1, bytes: digits(text)?, since: None, is_void: false }]));
        }
        let keys = text.lines().map(line).collect::<Result<Vec<_>>>()?;
        ensure!(keys.windows(2).all(|two| two[0].id > two[1].id), "the newest key stands first");
        ensure!(!keys[0].is_void, "the key that signs cannot be void");
        Ok(Self(keys))
    }

    /// Every key, the one that signs first.
    pub fn keys(&self) -> &[Master] {
        &self.0
    }

    /// The same with a new key that signs from now on.
    pub fn turned(&self, chance: &dyn Chance, since: Day) -> Result<Self> {
        let id = self.0[0].id + 1;
        ensure!(id <= MOST, "there are {MOST} numbers for keys, and all are used");
        let next = Master { id, bytes: chance::bytes(chance), since: Some(since), is_void: false };
        Ok(Self(std::iter::once(next).chain(self.0.clone()).collect()))
    }

    /// The same with an older key that is honoured no more.
    pub fn voided(&self, id: u8) -> Result<Self> {
        ensure!(self.0[0].id != id, "key {id} signs now; make another with `kaishi key rotate` first");
        let mut keys = self.0.clone();
        let Some(key) = keys.iter_mut().find(|key| key.id == id) else { bail!("there is no key {id}") };
        key.is_void = true;
        Ok(Self(keys))
    }

    /// The keys as they were when another of them signed; `None` for one that is not among them.
    pub fn as_of(&self, id: u8) -> Option<Self> {
        let at = self.0.iter().position(|key| key.id == id)?;
        Some(Self(self.0[at..].to_vec()))
    }

    /// Writes the file, whole or not at all; only this user can read it (mode 0600).
    pub fn write(&self, file: &Path) -> Result<()> {
        let draft = file.with_extension("key.new");
        // What an interrupted writing left is worth nothing.
        drop(std::fs::remove_file(&draft));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = || -> std::io::Result<()> {
            let mut out = options.open(&draft)?;
            out.write_all(self.text().as_bytes())?;
            out.sync_all()?;
            std::fs::rename(&draft, file)?;
            // The name as well has to outlive a power cut: a database that has moved to a key needs that key.
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
            std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
        };
        write().with_context(|| format!("writing {}", file.display()))
    }

    fn text(&self) -> String {
        let line = |key: &Master| {
            let since = key.since.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let void = if key.is_void { format!(" {VOID}") } else { String::new() };
            format!("{} {} {since}{void}\n", key.id, hex(&key.bytes))
        };
        self.0.iter().map(line).collect()
    }
}

fn line(text: &str) -> Result<Master> {
    let mut words = text.split_whitespace();
    let (Some(id), Some(key), since, void, None) =
        (words.next(), words.next(), words.next(), words.next(), words.next())
    else {
        bail!("a line is a number, 64 hexadecimal digits and a day");
    };
    let id: u8 = id.parse().context("a key begins with its number")?;
    ensure!((1..=MOST).contains(&id), "keys have numbers from 1 to {MOST}");
    ensure!(void.is_none_or(|word| word == VOID), "behind the day stands {VOID}, or nothing");
    let since = match since {
        None | Some("-") => None,
        Some(day) => Some(Day::parse(day).map_err(|_| anyhow::anyhow!("{day} is no day"))?),
    };
    Ok(Master { id, bytes: digits(key)?, since, is_void: void.is_some() })
}

fn digits(text: &str) -> Result<[u8; 32]> {
    ensure!(text.len() == 64 && text.is_ascii(), "the key must be 64 hexadecimal digits");
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).context("the key must be hexadecimal")?;
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use kaishi_domain::chance::Seeded;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_file_of_one_key_is_the_first_and_grows_a_line_a_turn() {
        let old = Ring::parse(&"ab".repeat(32)).unwrap();
        assert_eq!((old.keys()[0].id, old.keys()[0].since), (1, None));
        let turned = old.turned(&Seeded::new(1), day("2026-11-27")).unwrap();
        let read = Ring::parse(&turned.text()).unwrap();
        assert_eq!(read, turned);
        assert_eq!(read.keys().iter().map(|key| key.id).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(read.as_of(1), Some(old));
        assert_eq!(read.as_of(3), None);
    }

    #[test]
    fn only_a_key_that_signs_no_more_can_be_void() {
        let ring = Ring::first(&Seeded::new(1), None).turned(&Seeded::new(2), day("2026-11-27")).unwrap();
        let void = ring.voided(1).unwrap();
        assert!(Ring::parse(&void.text()).unwrap().keys()[1].is_void);
        assert!(ring.voided(2).is_err() && ring.voided(7).is_err());
    }

    #[test]
    fn a_file_that_is_not_right_says_what() {
        let key = "ab".repeat(32);
        for text in [
            "",
            "short",
            &format!("0 {key} 2026-11-27"),
            &format!("32 {key} 2026-11-27"),
            &format!("1 {key} yesterday"),
            &format!("1 {key} 2026-11-27 perhaps"),
            &format!("1 {key} 2026-11-27 void"),
            &format!("1 {key} -\n2 {key} -"),
            &format!("{key} {key}"),
        ] {
            assert!(Ring::parse(text).is_err(), "{text}");
        }
        let mut ring = Ring::first(&Seeded::new(1), None);
        for n in 2..=31 {
            ring = ring.turned(&Seeded::new(n), day("2026-11-27")).unwrap();
        }
        assert!(ring.turned(&Seeded::new(32), day("2026-11-27")).is_err(), "the numbers are used up");
    }
}
