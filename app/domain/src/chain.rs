//! The chain over a market's ledger: each row's hash holds the one before, so the last one, the head, stands for all
//! of them in their order. A head that is printed shows whether a row was changed, dropped, swapped or put in.
//!
//! Plain SHA-256 over the columns as they are: whoever has the rows can compute it anew.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::encounter::Encounter;
use crate::id::hex;
use crate::{MarketRef, Refusal};

/// What a head of this kind begins with; another way to write rows gets another one.
const PURPOSE: &[u8] = b"kaishi/ledger/v1";

/// The hash after some rows of a ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head([u8; 32]);

/// Hashes texts so that no two lists of them run together: each with its length before it.
fn digest<'a>(texts: impl IntoIterator<Item = &'a [u8]>) -> Head {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    Head(hash.finalize().into())
}

impl Head {
    /// Before the first row of a market.
    pub fn of(market: MarketRef) -> Self {
        digest([PURPOSE, market.to_string().as_bytes()])
    }

    /// After one more row, which has the number `seq`.
    #[must_use]
    pub fn after(self, seq: i64, row: &Encounter) -> Self {
        let texts = crate::seal::encounter(seq, row);
        digest(std::iter::once(&self.0[..]).chain(texts.iter().map(String::as_bytes)))
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Head {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let malformed = Refusal::Malformed("ledger head");
        if text.len() != 64 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(malformed);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| malformed.clone())?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::actor::Device;
    use crate::encounter::Kind;
    use crate::{EncounterId, LinkId, MarketId, Moment, OrgId, StallId};

    fn rows(many: usize) -> (MarketRef, Vec<Encounter>) {
        let at = Moment::from_millis(1_683_945_720_000);
        let org = OrgId::from_bytes([1; 3]);
        let market = MarketId::new(at, [2; 10]);
        let device = Device { org, market, stall: StallId::new(at, [3; 10]), link: LinkId::new(org, [4; 5]) };
        let rows = (0..many).map(|nth| {
            let id = EncounterId::new(at, [nth as u8; 10]);
            Encounter::tap(id, &device, &format!("r{nth}"), Kind::Consult, 1, at, at).unwrap()
        });
        (MarketRef { org, market }, rows.collect())
    }

    fn head(market: MarketRef, rows: &[Encounter]) -> Head {
        rows.iter().zip(1..).fold(Head::of(market), |head, (row, seq)| head.after(seq, row))
    }

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let (market, rows) = rows(3);
        let head = head(market, &rows);
        assert_eq!(head.to_string().parse(), Ok(head));
        for text in ["", "ab", &"g".repeat(64), &"A".repeat(64)] {
            assert_eq!(text.parse::<Head>(), Err(Refusal::Malformed("ledger head")));
        }
    }

    #[test]
    fn two_markets_have_no_head_in_common() {
        let (market, rows) = rows(2);
        let other = MarketRef { market: MarketId::new(Moment::from_millis(0), [9; 10]), ..market };
        assert_ne!(Head::of(market), Head::of(other));
        assert_ne!(head(market, &rows), head(other, &rows));
    }

    proptest! {
        #[test]
        fn whatever_is_done_to_a_row_shows_in_the_head(at in 0_usize..6, what in 0_u8..7) {
            let (market, rows) = rows(6);
            let whole = head(market, &rows);
            let mut other = rows.clone();
            match what {
                0 => other[at].n += 1,
                1 => other[at].at = other[at].at.plus(1),
                2 => other[at].visitor = Some(String::new()),
                3 => drop(other.remove(at)),
                4 => other.swap(at, (at + 1) % 6),
                5 => other.insert(at, rows[at].clone()),
                _ => other.truncate(at),
            }
            prop_assert_ne!(head(market, &other), whole);
        }
    }
}
