//! The chains that only this deployment can write: over each market's ledger and over each organization's audit
//! trail. Every row carries a link, an HMAC over the link before it and its own columns as texts; the head carries a
//! mark, an HMAC over how many rows there are and the last link.
//!
//! A row that is changed, taken away, swapped or put in breaks the links from there on; a tail that is cut leaves a head
//! whose mark nobody without the key can write. What remains is putting back an older copy of everything, which is why
//! heads are also kept outside the database.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::digits::unhex;
use crate::encounter::Encounter;
use crate::id::hex;
use crate::{MarketRef, Moment, OrgId};

mod trace;

pub use trace::Trace;

/// What all links begin with; another way to write rows gets another one.
const PURPOSE: &str = "kaishi/chain/v1";
/// What a mark says that found a head which this program had not written.
const BROKEN: &str = "broken after row ";

/// The keys of the chains, with their first two blocks hashed already: a link is on the way of every check-in. The
/// first writes; those that wrote before it still prove what they wrote.
#[derive(Clone)]
pub struct Seal {
    now: Hmac<Sha256>,
    /// The latest first.
    older: Vec<Hmac<Sha256>>,
}

/// The hash after some rows of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link([u8; 32]);

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Which chain is meant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Chain {
    /// The ledger of a market.
    Ledger(MarketRef),
    /// The audit trail of an organization.
    Audit(OrgId),
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(at) => write!(f, "ledger {at}"),
            Self::Audit(org) => write!(f, "audit {org}"),
        }
    }
}

impl Seal {
    /// The chains written with this secret.
    pub fn new(secret: [u8; 32]) -> Self {
        Self { now: keyed(&secret), older: Vec::new() }
    }

    /// The same, after others that wrote before it, the latest first.
    #[must_use]
    pub fn after_others(self, older: impl IntoIterator<Item = [u8; 32]>) -> Self {
        Self { older: older.into_iter().map(|secret| keyed(&secret)).collect(), ..self }
    }

    /// Each key that may have written, the oldest first.
    fn ages(&self) -> impl DoubleEndedIterator<Item = &Hmac<Sha256>> {
        self.older.iter().rev().chain(std::iter::once(&self.now))
    }

    /// An HMAC over texts, each with its length before it, so that no two lists of them run together.
    pub fn over<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Link {
        bytes(&self.now, &[], texts)
    }

    /// Before the first row.
    pub fn start(&self, chain: Chain) -> Link {
        self.over([PURPOSE, &chain.to_string()])
    }

    /// After one more row.
    pub fn after<'a>(&self, link: Link, columns: impl IntoIterator<Item = &'a str>) -> Link {
        bytes(&self.now, &link.0, columns)
    }

    /// What a head of so many rows has to carry.
    pub fn mark(&self, chain: Chain, rows: i64, link: Link) -> String {
        self.over([PURPOSE, "head", &chain.to_string(), &rows.to_string(), &link.to_string()]).to_string()
    }
}

fn keyed(secret: &[u8; 32]) -> Hmac<Sha256> {
    match Hmac::new_from_slice(secret) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes keys of any length"),
    }
}

fn bytes<'a>(key: &Hmac<Sha256>, before: &[u8], texts: impl IntoIterator<Item = &'a str>) -> Link {
    let mut mac = key.clone();
    mac.update(before);
    for text in texts {
        mac.update(&(text.len() as u64).to_be_bytes());
        mac.update(text.as_bytes());
    }
    Link(mac.finalize().into_bytes().into())
}

/// How a value that is missing is hashed; one that is there has a plus sign before it.
pub const NONE: &str = "-";

/// A missing value and an empty one are different.
fn optional(text: Option<String>) -> String {
    text.map_or_else(|| NONE.to_owned(), |text| format!("+{text}"))
}

/// The columns of a ledger row as they are hashed, with its number first.
pub fn encounter(seq: i64, row: &Encounter) -> [String; 15] {
    [
        seq.to_string(),
        row.id.to_string(),
        row.stall.to_string(),
        row.source.code().to_owned(),
        row.kind.code().to_owned(),
        row.n.to_string(),
        row.confidence.code().to_owned(),
        row.labels.to_string(),
        row.nonce.clone(),
        optional(row.visitor.clone()),
        optional(row.poster.map(|id| id.to_string())),
        optional(row.device.map(|id| id.to_string())),
        optional(row.refers_to.map(|id| id.to_string())),
        row.at.millis().to_string(),
        row.arrived_at.millis().to_string(),
    ]
}

/// How far a chain has come. Read from a head, moved on by rows, written back with a new mark.
#[derive(Clone, Debug)]
pub struct Tip {
    chain: Chain,
    rows: i64,
    link: Link,
    broken: Option<String>,
}

impl Tip {
    /// Before the first row.
    pub fn start(seal: &Seal, chain: Chain) -> Self {
        Self { chain, rows: 0, link: seal.start(chain), broken: None }
    }

    /// A head as it stands in the database. One that this program did not write is gone on with, because counting must
    /// not stop, and its mark says so for ever.
    pub fn read(seal: &Seal, chain: Chain, rows: i64, link: &str, mark: &str) -> Self {
        let known = parse(link);
        let sound = known.is_some_and(|link| seal.mark(chain, rows, link) == mark);
        let link = known.unwrap_or_else(|| seal.start(chain));
        let broken = if sound {
            None
        } else if mark.starts_with(BROKEN) {
            Some(mark.to_owned())
        } else {
            Some(format!("{BROKEN}{rows}"))
        };
        Self { chain, rows, link, broken }
    }

    /// Goes on by one row, whose columns after its number are `columns`.
    pub fn push<'a>(&mut self, seal: &Seal, columns: impl IntoIterator<Item = &'a str>) -> Link {
        self.rows += 1;
        self.link = seal.after(self.link, columns);
        self.link
    }

    /// How many rows.
    pub const fn rows(&self) -> i64 {
        self.rows
    }

    /// The last link.
    pub const fn link(&self) -> Link {
        self.link
    }

    /// Whether the head was written by this program.
    pub const fn is_sound(&self) -> bool {
        self.broken.is_none()
    }

    /// What the head has to carry.
    pub fn mark(&self, seal: &Seal) -> String {
        self.broken.clone().unwrap_or_else(|| seal.mark(self.chain, self.rows, self.link))
    }
}

/// Who did what, when, to what.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The row's own id.
    pub id: &'a str,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: &'a str,
    /// What.
    pub verb: &'a str,
    /// To what.
    pub object: &'a str,
    /// From what to what.
    pub detail: &'a str,
}

impl Act<'_> {
    /// The columns of a row of the trail as they are hashed, with its number first.
    pub fn columns(&self, seq: i64) -> [String; 7] {
        [
            seq.to_string(),
            self.id.to_owned(),
            self.at.millis().to_string(),
            self.actor.to_owned(),
            self.verb.to_owned(),
            self.object.to_owned(),
            self.detail.to_owned(),
        ]
    }
}

fn parse(text: &str) -> Option<Link> {
    Some(Link(unhex(text)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CHAIN: Chain = Chain::Audit(OrgId::from_bytes([1; 3]));

    fn tip(seal: &Seal, rows: &[[&str; 2]]) -> Tip {
        let mut tip = Tip::start(seal, CHAIN);
        for row in rows {
            tip.push(seal, row.iter().copied());
        }
        tip
    }

    #[test]
    fn a_head_is_gone_on_with_as_it_was_written() {
        let seal = Seal::new([3; 32]);
        let before = tip(&seal, &[["1", "a"], ["2", "b"]]);
        let read = Tip::read(&seal, CHAIN, 2, &before.link().to_string(), &before.mark(&seal));
        assert!(read.is_sound());
        assert_eq!((read.rows(), read.link()), (before.rows(), before.link()));
    }

    #[test]
    fn a_head_that_somebody_moved_stays_broken_for_ever() {
        let seal = Seal::new([3; 32]);
        let (one, two) = (tip(&seal, &[["1", "a"]]), tip(&seal, &[["1", "a"], ["2", "b"]]));
        let mut cut = Tip::read(&seal, CHAIN, 1, &one.link().to_string(), &two.mark(&seal));
        assert!(!cut.is_sound(), "a tail was cut, and the mark is of the longer chain");
        cut.push(&seal, ["2", "c"]);
        let later = Tip::read(&seal, CHAIN, 2, &cut.link().to_string(), &cut.mark(&seal));
        assert!(!later.is_sound());
        assert_eq!(later.mark(&seal), format!("{BROKEN}1"));
        assert!(!Tip::read(&seal, CHAIN, 0, "", "").is_sound(), "an empty head is none");
    }

    #[test]
    fn another_key_and_another_chain_write_other_links() {
        let (one, two) = (Seal::new([3; 32]), Seal::new([4; 32]));
        assert_ne!(one.start(CHAIN), two.start(CHAIN));
        assert_ne!(one.start(CHAIN), one.start(Chain::Audit(OrgId::from_bytes([2; 3]))));
        assert_ne!(one.mark(CHAIN, 1, one.start(CHAIN)), two.mark(CHAIN, 1, one.start(CHAIN)));
    }

    proptest! {
        #[test]
        fn texts_never_run_together(a in ".{0,4}", b in ".{0,4}", c in ".{0,4}", d in ".{0,4}") {
            prop_assume!((&a, &b) != (&c, &d));
            let seal = Seal::new([5; 32]);
            prop_assert_ne!(seal.over([a.as_str(), &b]), seal.over([c.as_str(), &d]));
        }
    }
}
