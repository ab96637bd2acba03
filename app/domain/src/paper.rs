//! Paper sheets: a stall's tally on paper, keyed in as one batch. A large one counts only when a second person
//! has looked at it; a wrong one is taken back by counter-entries, with a reason, and keyed in anew.

use serde::{Deserialize, Serialize};

use crate::encounter::{Encounter, Kind, Source};
use crate::moment::HOUR;
use crate::{AccountId, BatchId, DeviceId, EncounterId, MarketRef, Moment, Refusal, StallId};

/// A batch of more people waits for a second person.
pub const ALONE: i64 = 50;
/// The most people of one kind on one sheet.
pub const MOST: i64 = 2_000;
/// The longest time that one sheet covers.
const LONGEST: i64 = 16 * HOUR;
/// The longest text of a role or a remark, in characters.
pub const MOST_WORDS: usize = 200;

/// How many people, by kind, in the order of [`Kind::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(pub [i64; 4]);

impl Counts {
    /// Of all kinds.
    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Kinds with their numbers, those of nobody left out.
    pub fn each(&self) -> impl Iterator<Item = (Kind, i64)> + '_ {
        Kind::ALL.into_iter().zip(self.0).filter(|(_, n)| *n != 0)
    }
}

/// Who keys in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    /// An organizer.
    Account(AccountId),
    /// A supervisor's phone.
    Device(DeviceId),
}

impl Hand {
    /// As it stands beside the batch and in the audit trail.
    pub fn name(self) -> String {
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Device(id) => format!("device:{id}"),
        }
    }
}

/// One sheet, as keyed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Made by the form: the same form sent again is the same batch.
    pub id: BatchId,
    /// Where it was counted.
    pub stall: StallId,
    /// How many.
    pub counts: Counts,
    /// The role of whoever counted; never a name.
    pub counted_by: String,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// Anything else, or the reason of a taking back.
    pub remark: String,
}

impl Sheet {
    /// Looks at what was keyed in.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.counts.0.iter().any(|n| !(0..=MOST).contains(n)) || self.counts.total() == 0 {
            return Err(Refusal::Malformed("number of people"));
        }
        if self.counted_by.trim().is_empty() {
            return Err(Refusal::Missing("who counted"));
        }
        if self.counted_by.chars().count() > MOST_WORDS || self.remark.chars().count() > MOST_WORDS {
            return Err(Refusal::TooLong("remark"));
        }
        if self.from >= self.to || self.to.since(self.from) > LONGEST {
            return Err(Refusal::Malformed("time"));
        }
        Ok(())
    }

    /// Whether it counts without a second person.
    pub fn stands_alone(&self) -> bool {
        self.counts.total() <= ALONE
    }

    /// The rows of the ledger that it becomes, one a kind, at the middle of its time. `fresh` makes their ids.
    pub fn rows(&self, at: MarketRef, now: Moment, mut fresh: impl FnMut() -> EncounterId) -> Vec<Encounter> {
        let middle = self.from.plus(self.to.since(self.from) / 2).min(now);
        let row = |(kind, n): (Kind, i64)| Encounter::paper(fresh(), at, self, kind, n, middle, now);
        self.counts.each().map(row).collect()
    }

    /// The nonce of its row of a kind.
    pub fn nonce(id: BatchId, kind: Kind) -> String {
        format!("{}:{id}:{}", Source::Paper.code(), kind.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_millis(1_683_945_720_000);

    fn sheet(counts: [i64; 4]) -> Sheet {
        Sheet {
            id: BatchId::new(NOW, [1; 10]),
            stall: StallId::new(NOW, [2; 10]),
            counts: Counts(counts),
            counted_by: "摊位志愿者".into(),
            from: NOW.plus(-HOUR),
            to: NOW,
            remark: String::new(),
        }
    }

    #[test]
    fn a_sheet_says_how_many_by_whom_and_when() {
        assert_eq!(sheet([12, 0, 3, 0]).check(), Ok(()));
        assert!(sheet([0; 4]).check().is_err() && sheet([-1, 5, 0, 0]).check().is_err());
        assert!(sheet([MOST + 1, 0, 0, 0]).check().is_err());
        assert!(Sheet { counted_by: " ".into(), ..sheet([1, 0, 0, 0]) }.check().is_err());
        assert!(Sheet { to: NOW.plus(-HOUR), ..sheet([1, 0, 0, 0]) }.check().is_err());
        assert!(Sheet { from: NOW.plus(-LONGEST - 1), ..sheet([1, 0, 0, 0]) }.check().is_err());
        assert!(Sheet { remark: "字".repeat(MOST_WORDS + 1), ..sheet([1, 0, 0, 0]) }.check().is_err());
    }

    #[test]
    fn more_than_fifty_people_take_two_persons() {
        assert!(sheet([ALONE, 0, 0, 0]).stands_alone());
        assert!(!sheet([ALONE, 1, 0, 0]).stands_alone());
    }

    #[test]
    fn a_sheet_is_one_row_a_kind_at_the_middle_of_its_time() {
        let at =
            MarketRef { org: crate::OrgId::from_bytes([1; 3]), market: crate::MarketId::new(NOW, [3; 10]) };
        let rows = sheet([12, 0, 0, 7]).rows(at, NOW, || EncounterId::new(NOW, [4; 10]));
        let seen: Vec<_> = rows.iter().map(|row| (row.source, row.kind, row.n, row.at)).collect();
        let middle = NOW.plus(-HOUR / 2);
        assert_eq!(
            seen,
            [(Source::Paper, Kind::Consult, 12, middle), (Source::Paper, Kind::Talk, 7, middle)]
        );
        assert_ne!(rows[0].nonce, rows[1].nonce);
    }
}
