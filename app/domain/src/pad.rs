//! A staff phone's journal: what was tapped and has no receipt yet, what can be taken back, what to show.
//!
//! Nothing leaves the journal without a receipt; what the server refused goes to a tray that a person sees.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::batch::{MAX_RECORDS, Outcome, Receipt, Record, Why};
use crate::encounter::{Kind, RecordKind, UNDO_FOR};

/// How many taps the pad shows.
pub const SHOWN: usize = 3;
/// How many taps it remembers, so that several can be taken back one after the other.
const REMEMBERED: usize = 40;

/// One tap as the pad shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tap {
    /// The record's id.
    pub id: String,
    /// When.
    pub at: Moment,
    /// How many people.
    pub n: i64,
    /// What happened.
    pub kind: Kind,
    /// Taken back since.
    pub undone: bool,
}

/// People of this stall today: served, and heads at talks (outside the total).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Today {
    /// Served, from every source.
    pub served: i64,
    /// Heads at talks.
    pub talks: i64,
}

impl Today {
    const fn add(&mut self, kind: Kind, n: i64) {
        match kind {
            Kind::Talk => self.talks += n,
            _ => self.served += n,
        }
    }
}

/// The journal of one phone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Journal {
    seq: i64,
    waiting: Vec<Record>,
    tray: Vec<(Record, Why)>,
    taps: Vec<Tap>,
    counted: Today,
}

impl Journal {
    /// As the server knows the stall: its figures and this phone's last taps, latest first.
    pub const fn new(counted: Today, taps: Vec<Tap>) -> Self {
        Self { seq: 0, waiting: Vec::new(), tray: Vec::new(), taps, counted }
    }

    /// Goes on with what an earlier page of the same phone left behind.
    #[must_use]
    pub fn resume(mut self, earlier: Self) -> Self {
        self.seq = earlier.seq;
        for tap in earlier.taps {
            if self.taps.iter().all(|known| known.id != tap.id) {
                self.taps.push(tap);
            }
        }
        self.taps.sort_by_key(|tap| std::cmp::Reverse(tap.at));
        for record in &earlier.waiting {
            self.mark_undone(record);
        }
        self.waiting = earlier.waiting;
        self.tray = earlier.tray;
        self
    }

    fn mark_undone(&mut self, record: &Record) {
        if let Some(tap) = self.taps.iter_mut().find(|tap| record.of.as_ref() == Some(&tap.id)) {
            tap.undone = true;
        }
    }

    fn write(&mut self, record: Record) {
        self.seq += 1;
        self.waiting.push(Record { seq: self.seq, ..record });
    }

    /// `n` people, now.
    pub fn tap(&mut self, id: String, kind: Kind, n: i64, at: Moment) {
        self.taps.insert(0, Tap { id: id.clone(), at, n, kind, undone: false });
        self.taps.truncate(REMEMBERED);
        self.write(Record { id, seq: 0, at, kind: RecordKind::Plus, n, encounter: kind, of: None });
    }

    /// The tap that an undo would take back: the latest that stands and is not too old.
    pub fn undoable(&self, now: Moment) -> Option<&Tap> {
        self.taps.iter().find(|tap| !tap.undone).filter(|tap| now.since(tap.at) <= UNDO_FOR)
    }

    /// Takes the latest tap back, by a counter-entry; answers whether there was one.
    pub fn undo(&mut self, id: String, now: Moment) -> bool {
        let Some(tap) = self.undoable(now).cloned() else { return false };
        let (n, encounter, of) = (tap.n, tap.kind, Some(tap.id));
        let record = Record { id, seq: 0, at: now, kind: RecordKind::Undo, n, encounter, of };
        self.mark_undone(&record);
        self.write(record);
        true
    }

    /// The next records to send, oldest first.
    pub fn batch(&self) -> &[Record] {
        &self.waiting[..self.waiting.len().min(MAX_RECORDS)]
    }

    /// Records without a receipt.
    pub const fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Records that the server will never take, with the reasons.
    pub fn tray(&self) -> &[(Record, Why)] {
        &self.tray
    }

    /// A person has seen the tray.
    pub fn clear_tray(&mut self) {
        self.tray.clear();
    }

    /// The last taps, latest first.
    pub fn last(&self) -> &[Tap] {
        &self.taps[..self.taps.len().min(SHOWN)]
    }

    /// Takes the server's receipts, and the stall's figures as they are after them.
    pub fn receive(&mut self, receipts: &[Receipt], counted: Today) {
        for receipt in receipts {
            let Some(at) = self.waiting.iter().position(|record| record.id == receipt.id) else { continue };
            let record = self.waiting.remove(at);
            if receipt.result == Outcome::Refused {
                self.refuse(record, receipt.why.unwrap_or(Why::NotPossible));
            }
        }
        self.counted = counted;
    }

    /// A refused tap stands no longer; a refused undo lets its tap stand again.
    fn refuse(&mut self, record: Record, why: Why) {
        let (id, undone) = match record.kind {
            RecordKind::Plus => (Some(&record.id), true),
            RecordKind::Undo => (record.of.as_ref(), false),
        };
        if let Some(tap) = self.taps.iter_mut().find(|tap| Some(&tap.id) == id) {
            tap.undone = undone;
        }
        self.tray.push((record, why));
    }

    /// The stall's figures with what this phone has not sent yet.
    pub fn today(&self) -> Today {
        let mut today = self.counted;
        for record in &self.waiting {
            let n = if record.kind == RecordKind::Plus { record.n } else { -record.n };
            today.add(record.encounter, n);
        }
        today
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT: Moment = Moment::from_millis(1_683_945_720_000);

    fn receipt(record: &Record, result: Outcome) -> Receipt {
        let why = (result == Outcome::Refused).then_some(Why::Malformed);
        Receipt { id: record.id.clone(), result, why }
    }

    #[test]
    fn undo_names_the_latest_tap_that_stands_and_not_an_old_one() {
        let mut journal = Journal::default();
        journal.tap("a".into(), Kind::Consult, 1, AT);
        journal.tap("b".into(), Kind::Talk, 10, AT.plus(1));
        assert_eq!(journal.undoable(AT.plus(2)).map(|tap| tap.n), Some(10));
        assert!(journal.undo("c".into(), AT.plus(2)));
        assert_eq!(journal.undoable(AT.plus(3)).map(|tap| tap.id.as_str()), Some("a"));
        assert_eq!(journal.today(), Today { served: 1, talks: 0 });
        assert!(!journal.undo("d".into(), AT.plus(UNDO_FOR + 1)), "too late");
        assert_eq!(journal.waiting(), 3, "what was taken back is still sent: it is recorded, not erased");
    }

    #[test]
    fn only_a_receipt_empties_the_journal_and_the_refused_goes_to_the_tray() {
        let mut journal = Journal::default();
        for id in ["a", "b", "c"] {
            journal.tap(id.into(), Kind::Consult, 1, AT);
        }
        let sent = journal.batch().to_vec();
        let answers = [receipt(&sent[0], Outcome::New), receipt(&sent[1], Outcome::Refused)];
        journal.receive(&answers, Today { served: 41, talks: 0 });
        assert_eq!(journal.waiting(), 1);
        assert_eq!(journal.tray().len(), 1);
        assert_eq!(journal.today().served, 42);
        assert_eq!(journal.last().iter().filter(|tap| tap.undone).count(), 1);
        journal.receive(&[receipt(&sent[2], Outcome::Duplicate)], Today { served: 42, talks: 0 });
        assert_eq!((journal.waiting(), journal.today().served), (0, 42));
    }

    #[test]
    fn a_new_page_goes_on_where_the_old_one_stopped() {
        let mut earlier = Journal::default();
        earlier.tap("a".into(), Kind::Consult, 1, AT);
        earlier.tap("b".into(), Kind::Consult, 5, AT.plus(1));
        earlier.undo("c".into(), AT.plus(2));
        let seen = Tap { id: "a".into(), at: AT, n: 1, kind: Kind::Consult, undone: false };
        let text = serde_json::to_string(&earlier).unwrap();
        let resumed = Journal::new(Today { served: 9, talks: 0 }, vec![seen])
            .resume(serde_json::from_str(&text).unwrap());
        assert_eq!(resumed.waiting(), 3);
        assert_eq!(resumed.undoable(AT.plus(3)).map(|tap| tap.id.as_str()), Some("a"));
        assert_eq!(resumed.last().len(), 2);
    }

    proptest! {
        /// Whatever is tapped, taken back, sent twice or lost on the way: the figure shown is always what the
        /// server will count, and nothing is forgotten without a receipt.
        #[test]
        fn the_figure_on_the_pad_is_what_will_be_counted(acts in proptest::collection::vec((0_u8..4, 1_i64..11), 0..80)) {
            let mut journal = Journal::default();
            let mut ledger: Vec<Record> = Vec::new();
            let count = |ledger: &[Record]| {
                let mut today = Today::default();
                for record in ledger {
                    today.add(record.encounter, if record.kind == RecordKind::Plus { record.n } else { -record.n });
                }
                today
            };
            for (step, (act, n)) in acts.into_iter().enumerate() {
                let at = AT.plus(i64::try_from(step).unwrap());
                match act {
                    0 => journal.tap(format!("t{step}"), Kind::ALL[step % 4], n, at),
                    1 => drop(journal.undo(format!("u{step}"), at)),
                    _ => {
                        let batch = journal.batch().to_vec();
                        let mut receipts = Vec::new();
                        for record in batch {
                            let known = ledger.iter().any(|row| row.id == record.id);
                            receipts.push(receipt(&record, if known { Outcome::Duplicate } else { Outcome::New }));
                            if !known {
                                ledger.push(record);
                            }
                        }
                        // The answer of every second upload is lost on the way.
                        if act == 2 {
                            journal.receive(&receipts, count(&ledger));
                        }
                    }
                }
                let unsent: Vec<Record> = journal.batch().to_vec();
                let mut all = ledger.clone();
                all.extend(unsent.into_iter().filter(|record| ledger.iter().all(|row| row.id != record.id)));
                prop_assert!(journal.today().served >= 0);
                let after: Vec<Receipt> = journal.batch().iter().map(|record| receipt(record, Outcome::New)).collect();
                let mut settled = journal.clone();
                settled.receive(&after, count(&all));
                prop_assert_eq!(settled.waiting(), 0);
                prop_assert_eq!(settled.today(), count(&all));
            }
        }
    }
}
