//! Staff phones as the server knows them: which of their records are in, which are not, how far their clock is off.
//! It knows nothing of links and PINs beyond their shape.

use serde::{Deserialize, Serialize};

use crate::batch::{Record, Why};
use crate::{DeviceId, LinkId, Moment, Refusal};

/// A phone's clock that is off by more is told to the organizer.
pub const CLOCK_OFF: i64 = 2 * crate::moment::MINUTE;
/// So many wrong PINs close a link for new phones until it gets another PIN.
pub const PIN_TRIES: i64 = 10;
/// A phone keeps so many numbers apart as missing; more are drawn together.
const MOST_GAPS: usize = 200;
/// The highest number that a phone can give a record.
const MOST_RECORDS: i64 = 1_000_000;

/// What a phone may do with its link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Counts at one stall.
    #[default]
    Steward,
    /// Counts at every stall of the market, keys in paper sheets and counts the crowd.
    Supervisor,
}

impl Role {
    /// The value of the `role` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Supervisor => "supervisor",
        }
    }

    /// Reads the `role` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "steward" => Ok(Self::Steward),
            "supervisor" => Ok(Self::Supervisor),
            _ => Err(Refusal::Malformed("role")),
        }
    }
}

/// A refused record that somebody at the stall has put away, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cleared {
    /// The record.
    pub record: Record,
    /// Why the server would not take it.
    pub why: Why,
    /// What the person said.
    pub reason: String,
}

/// What a phone says of itself with a batch; every part may be missing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// What it calls itself; whoever looks it up reads it.
    pub device: Option<String>,
    /// The number that its next record will have.
    pub next: Option<i64>,
    /// Records that it still holds after this batch.
    pub waiting: Option<i64>,
    /// Refused records that nobody has looked at.
    pub tray: Option<i64>,
    /// Its own clock.
    pub clock: Option<Moment>,
    /// Refused records that were put away.
    pub cleared: Vec<Cleared>,
}

impl About {
    /// The phone's name, if it has said one that can be read.
    pub fn name(&self) -> Option<DeviceId> {
        self.device.as_ref()?.parse().ok()
    }

    /// How far the phone's clock is off, in milliseconds; positive when it runs ahead.
    pub fn clock_error(&self, now: Moment) -> i64 {
        self.clock.map_or(0, |clock| clock.since(now))
    }
}

/// Which numbers of a phone's records have come in: all up to the highest but for the gaps.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Received {
    high: i64,
    gaps: Vec<(i64, i64)>,
}

impl Received {
    /// The highest number that has come in.
    pub const fn high(&self) -> i64 {
        self.high
    }

    /// How many numbers below it have not.
    pub fn gaps(&self) -> i64 {
        self.gaps.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// Notes a number; twice is once. What is no number of a record is passed over.
    pub fn take(&mut self, seq: i64) {
        if !(1..=MOST_RECORDS).contains(&seq) {
            return;
        }
        if seq > self.high {
            if seq > self.high + 1 {
                self.gaps.push((self.high + 1, seq - 1));
            }
            self.high = seq;
        } else if let Some(at) = self.gaps.iter().position(|(from, to)| (*from..=*to).contains(&seq)) {
            let (from, to) = self.gaps.remove(at);
            let rest = [(from, seq - 1), (seq + 1, to)].into_iter().filter(|(from, to)| from <= to);
            self.gaps.splice(at..at, rest);
        }
        while self.gaps.len() > MOST_GAPS {
            let (_, to) = self.gaps.remove(1);
            self.gaps[0].1 = to;
        }
    }

    /// The most records that are not yet in, by what the phone said last.
    pub fn missing(&self, about: &About) -> i64 {
        let tail = about.next.unwrap_or(0).clamp(0, MOST_RECORDS) - 1 - self.high;
        let waiting = about.waiting.unwrap_or(0).clamp(0, MOST_RECORDS);
        (self.gaps() + tail.max(0)).max(waiting)
    }
}

/// Phones whose records are not all in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Missing {
    /// How many phones.
    pub devices: i64,
    /// At most so many records.
    pub records: i64,
}

/// A PIN from four random digits.
pub fn pin(random: [u8; 4]) -> String {
    format!("{:04}", u32::from_be_bytes(random) % 10_000)
}

/// Letters that nobody takes for another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The short code of a link, to be typed: `AB2CD-7K3M`. It opens nothing without the PIN.
pub fn code(link: LinkId, random: [u8; 4]) -> String {
    let tail: String = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    format!("{}-{tail}", link.org())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_has_not_come_is_known_by_number() {
        let mut received = Received::default();
        for seq in [3, 1, 7, 7, 0, -4, i64::MAX] {
            received.take(seq);
        }
        assert_eq!((received.high(), received.gaps()), (7, 4), "2, 4, 5 and 6");
        let about = About { next: Some(11), waiting: Some(3), ..About::default() };
        assert_eq!(received.missing(&about), 4 + 3);
        assert_eq!(received.missing(&About { waiting: Some(40), ..About::default() }), 40);
        assert_eq!(received.missing(&About { waiting: Some(-40), ..About::default() }), 4);
        for next in [i64::MIN, -1, 0] {
            let odd = About { next: Some(next), ..About::default() };
            assert_eq!(received.missing(&odd), 4, "no record has such a number");
        }
    }

    #[test]
    fn a_clock_is_off_by_what_the_server_knows() {
        let now = Moment::from_millis(1_683_945_720_000);
        let fast = About { clock: Some(now.plus(CLOCK_OFF + 1)), ..About::default() };
        assert_eq!(fast.clock_error(now), CLOCK_OFF + 1);
        assert_eq!(About::default().clock_error(now), 0);
    }

    #[test]
    fn a_pin_has_four_digits_and_a_code_its_organization() {
        assert_eq!(pin([0, 0, 0, 7]), "0007");
        assert_eq!(pin([255; 4]).len(), 4);
        let link = LinkId::new(crate::OrgId::from_bytes([1, 2, 3]), [9; 5]);
        let code = code(link, [0, 31, 32, 255]);
        assert_eq!(code, format!("{}-2Z2Z", link.org()));
    }

    #[test]
    fn what_a_phone_leaves_out_is_not_missed() {
        let about: About = serde_json::from_str("{}").unwrap();
        assert_eq!(about, About::default());
    }

    proptest! {
        /// In whatever order numbers come and however often: those that came are in, the others are gaps.
        #[test]
        fn gaps_are_what_did_not_come(seqs in proptest::collection::vec(1_i64..120, 0..200)) {
            let mut received = Received::default();
            for seq in &seqs {
                received.take(*seq);
            }
            let came: std::collections::BTreeSet<i64> = seqs.iter().copied().collect();
            let high = came.last().copied().unwrap_or(0);
            prop_assert_eq!(received.high(), high);
            prop_assert_eq!(received.gaps(), high - i64::try_from(came.len()).unwrap());
        }

        /// However a hostile phone numbers its records, what is kept of it stays small and never tells less.
        #[test]
        fn what_is_kept_stays_small(seqs in proptest::collection::vec(1_i64..1_000_000, 0..600)) {
            let mut received = Received::default();
            for seq in &seqs {
                received.take(*seq);
            }
            let came: std::collections::BTreeSet<i64> = seqs.iter().copied().collect();
            prop_assert!(received.gaps.len() <= MOST_GAPS);
            prop_assert!(received.gaps() >= 0);
            let exact = received.high() - i64::try_from(came.len()).unwrap();
            prop_assert!(came.len() > MOST_GAPS || received.gaps() == exact);
        }
    }
}
