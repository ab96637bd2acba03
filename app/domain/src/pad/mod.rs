//! A staff phone's journal: what was tapped and has no receipt yet, what can be taken back, what to show.
//!
//! Nothing leaves the journal without a receipt; what the server refused goes to a tray that a person sees.

use serde::{Deserialize, Serialize};

use crate::Moment;
use crate::batch::{MAX_RECORDS, Outcome, Receipt, Record, Why};
use crate::device::Cleared;
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
    tray: Vec<Cleared>,
    taps: Vec<Tap>,
    counted: Today,
    /// The server's time of `counted`.
    #[serde(default)]
    as_of: Option<Moment>,
    /// Put away by a person, and not yet told to the server.
    #[serde(default)]
    cleared: Vec<Cleared>,
    /// What the phone calls itself.
    #[serde(default)]
    device: String,
    /// The server's time when the phone's clock shows zero.
    #[serde(default)]
    ahead: Option<i64>,
}

/// What can happen to a journal. An act is kept before it is shown as kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// `n` people were served.
    Tap {
        /// The record's id.
        id: String,
        /// What happened.
        kind: Kind,
        /// How many.
        n: i64,
        /// When.
        at: Moment,
    },
    /// The latest tap is taken back.
    Undo {
        /// The record's id.
        id: String,
        /// When.
        at: Moment,
    },
    /// The server has answered.
    Receive(Answer),
    /// A refused record is to be sent again.
    Again(String),
    /// A refused record is put away, for a reason.
    Clear(String, String),
    /// Goes on with what another page of this phone knows.
    Join(Box<Journal>),
    /// The phone's name, if it has none yet or the server gives it another one.
    Name(String),
}

/// What the server says to a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// One a record.
    pub receipts: Vec<Receipt>,
    /// The stall's figures after them.
    pub today: Today,
    /// The server's time.
    pub now: Moment,
    /// The phone's time when the answer came.
    pub here: Moment,
    /// Of the records that were put away, those that it was told of.
    pub told: Vec<String>,
}

impl Journal {
    /// As the server knows the stall: its figures at a moment, and this phone's last taps, latest first.
    pub fn new(counted: Today, taps: Vec<Tap>, as_of: Moment) -> Self {
        Self { taps, counted, as_of: Some(as_of), ..Self::default() }
    }

    /// The same without taps: those that the server knows of a link may be another phone's.
    #[must_use]
    pub fn without_taps(mut self) -> Self {
        self.taps.clear();
        self
    }

    /// Lets it happen.
    pub fn apply(&mut self, act: &Act) {
        match act {
            Act::Tap { id, kind, n, at } => self.tap(id.clone(), *kind, *n, *at),
            Act::Undo { id, at } => drop(self.undo(id.clone(), *at)),
            Act::Receive(answer) => self.hear(answer),
            Act::Again(id) => self.again(id),
            Act::Clear(id, reason) => self.clear(id, reason),
            Act::Join(other) => *self = std::mem::take(self).join((**other).clone()),
            Act::Name(device) => self.name(device),
        }
    }

    /// Goes on with what another page of the same phone has kept: nothing that waits there or here is lost.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        let newer = other.as_of > self.as_of;
        if newer {
            (self.counted, self.as_of) = (other.counted, other.as_of);
        }
        if self.device.is_empty() {
            self.device = other.device;
        }
        self.ahead = other.ahead.or(self.ahead);
        self.seq = self.seq.max(other.seq);
        for tap in other.taps {
            match self.taps.iter().position(|known| known.id == tap.id) {
                Some(at) if newer => self.taps[at] = tap,
                Some(_) => {}
                None => {
                    let at = self.taps.iter().take_while(|known| known.at > tap.at).count();
                    self.taps.insert(at, tap);
                }
            }
        }
        self.taps.truncate(REMEMBERED);
        for record in other.waiting {
            if self.waiting.iter().all(|known| known.id != record.id) {
                let at = self.waiting.iter().take_while(|known| known.seq <= record.seq).count();
                self.waiting.insert(at, record);
            }
        }
        for record in &self.waiting {
            mark(&mut self.taps, record.of.as_ref(), true);
        }
        add(&mut self.tray, other.tray);
        add(&mut self.cleared, other.cleared);
        self
    }

    /// Takes a name. What waits is numbered anew under it, for a new name begins at one.
    fn name(&mut self, device: &str) {
        if self.device == device {
            return;
        }
        if !self.device.is_empty() {
            self.seq = 0;
            for record in &mut self.waiting {
                self.seq += 1;
                record.seq = self.seq;
            }
        }
        device.clone_into(&mut self.device);
    }

    /// What the phone calls itself; empty before it has a name.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The number that the next record will have.
    pub const fn next(&self) -> i64 {
        self.seq + 1
    }

    /// The server's time when the phone's clock shows zero, as it was known last.
    pub const fn ahead(&self) -> Option<i64> {
        self.ahead
    }

    fn write(&mut self, record: Record) {
        self.seq += 1;
        self.waiting.push(Record { seq: self.seq, ..record });
    }

    /// `n` people, now.
    fn tap(&mut self, id: String, kind: Kind, n: i64, at: Moment) {
        self.taps.insert(0, Tap { id: id.clone(), at, n, kind, undone: false });
        self.taps.truncate(REMEMBERED);
        self.write(Record { id, seq: 0, at, kind: RecordKind::Plus, n, encounter: kind, of: None });
    }

    /// The tap that an undo would take back: the latest that stands and is not too old.
    pub fn undoable(&self, now: Moment) -> Option<&Tap> {
        self.taps.iter().find(|tap| !tap.undone).filter(|tap| now.since(tap.at) <= UNDO_FOR)
    }

    /// Takes the latest tap back, by a counter-entry; answers whether there was one.
    fn undo(&mut self, id: String, now: Moment) -> bool {
        let Some(tap) = self.undoable(now).cloned() else { return false };
        let (n, encounter, of) = (tap.n, tap.kind, Some(tap.id));
        let record = Record { id, seq: 0, at: now, kind: RecordKind::Undo, n, encounter, of };
        mark(&mut self.taps, record.of.as_ref(), true);
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

    /// Records that the server would not take, with its reasons, until a person decides; none of these has said why.
    pub fn tray(&self) -> &[Cleared] {
        &self.tray
    }

    /// What was put away and the server does not know of yet.
    pub fn cleared(&self) -> &[Cleared] {
        &self.cleared
    }

    /// The last taps, latest first.
    pub fn last(&self) -> &[Tap] {
        &self.taps[..self.taps.len().min(SHOWN)]
    }

    fn hear(&mut self, answer: &Answer) {
        self.receive(&answer.receipts, answer.today);
        self.as_of = Some(answer.now);
        self.ahead = Some(answer.now.since(answer.here));
        self.cleared.retain(|cleared| !answer.told.contains(&cleared.record.id));
    }

    /// Takes the server's receipts, and the stall's figures as they are after them.
    fn receive(&mut self, receipts: &[Receipt], counted: Today) {
        for receipt in receipts {
            let Some(at) = self.waiting.iter().position(|record| record.id == receipt.id) else { continue };
            let record = self.waiting.remove(at);
            if receipt.result == Outcome::Refused {
                self.stand(&record, false);
                let why = receipt.why.unwrap_or(Why::NotPossible);
                self.tray.push(Cleared { record, why, reason: String::new() });
            }
        }
        self.counted = counted;
    }

    /// A refused tap stands no longer; a refused undo lets its tap stand again. Sent again it is as before.
    fn stand(&mut self, record: &Record, stands: bool) {
        match record.kind {
            RecordKind::Plus => mark(&mut self.taps, Some(&record.id), !stands),
            RecordKind::Undo => mark(&mut self.taps, record.of.as_ref(), stands),
        }
    }

    fn out_of_tray(&mut self, id: &str) -> Option<Cleared> {
        let at = self.tray.iter().position(|refused| refused.record.id == id)?;
        Some(self.tray.remove(at))
    }

    fn again(&mut self, id: &str) {
        if let Some(refused) = self.out_of_tray(id) {
            self.stand(&refused.record, true);
            self.waiting.push(refused.record);
        }
    }

    fn clear(&mut self, id: &str, reason: &str) {
        if let Some(refused) = self.out_of_tray(id) {
            self.cleared.push(Cleared { reason: reason.to_owned(), ..refused });
        }
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

    /// Everything that has no receipt, a line each, to be read out or keyed in; `clock` says how a time reads.
    pub fn text(&self, clock: impl Fn(Moment) -> String) -> String {
        let line = |record: &Record, why: &str| {
            let sign = if record.kind == RecordKind::Plus { '+' } else { '-' };
            let (kind, at) = (record.encounter.code(), clock(record.at));
            format!("#{} {at} {kind} {sign}{}{why}", record.seq, record.n)
        };
        let waiting = self.waiting.iter().map(|record| line(record, ""));
        let tray = self.tray.iter().map(|refused| line(&refused.record, " !"));
        waiting.chain(tray).collect::<Vec<_>>().join("\n")
    }
}

fn add(list: &mut Vec<Cleared>, others: Vec<Cleared>) {
    for other in others {
        if list.iter().all(|known| known.record.id != other.record.id) {
            list.push(other);
        }
    }
}

fn mark(taps: &mut [Tap], id: Option<&String>, undone: bool) {
    if let Some(tap) = taps.iter_mut().find(|tap| Some(&tap.id) == id) {
        tap.undone = undone;
    }
}

#[cfg(test)]
mod tests;
