//! Who counts: residents who scan, send their form twice and press back; phones that lose the network, send in any
//! order and twice over; paper keyed in by one person and looked at by another; reviews of what waits.

use kaishi_domain::actor::{Device, Resident};
use kaishi_domain::batch::{Outcome, Receipt, Record, Why};
use kaishi_domain::encounter::{Confidence, Encounter, Kind, MAX_GROUP, MAX_TAP, RecordKind, Source};
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::paper::{Counts as People, Hand, Sheet};
use kaishi_domain::trust::{Held, Key, Verdict, WINDOW, ripe_at};
use kaishi_domain::{LinkId, PosterId};

use super::book::{Added, Counts, Told};
use super::world::World;

/// A phone: what it has not got a receipt for, and what was refused.
pub(crate) struct Phone {
    pub(crate) at: Device,
    seq: i64,
    outbox: Vec<Record>,
    taps: Vec<String>,
    pub(crate) tray: Vec<(Record, Why)>,
    /// Records that the phone has forgotten, because it was told that they are in.
    pub(crate) gone: Vec<Record>,
}

/// A sheet that waits for a second person, with the one who keyed it in.
pub(crate) struct Waiting {
    pub(crate) sheet: Sheet,
    pub(crate) by: Hand,
}

impl Phone {
    pub(crate) const fn new(at: Device) -> Self {
        Self { at, seq: 0, outbox: Vec::new(), taps: Vec::new(), tray: Vec::new(), gone: Vec::new() }
    }
}

impl World {
    pub(crate) fn scan(&mut self) -> &'static str {
        let stall = self.any_stall();
        let poster = PosterId::new(self.market.org, self.bytes());
        let resident = Resident { org: self.market.org, market: self.market.market, stall, poster };
        let visitor = (self.below(4) > 0).then(|| [self.below(40) as u8; 16]);
        let n = self.below(MAX_GROUP as u64 + 2) as i64;
        let form: [u8; 16] = self.bytes();
        let times = 1 + self.below(3);
        for _ in 0..times {
            let id = self.id();
            let Ok(row) = Encounter::scan(id, &resident, n, form, visitor, self.now) else { break };
            self.deeds.note(if (1..=MAX_GROUP).contains(&n) { "scans" } else { "wrong scans" });
            let (act, counts) = (row.nonce.clone(), counts(row.confidence));
            let told = Told { source: row.source, kind: row.kind, n, counts };
            match self.book.add(row) {
                Added::New => self.book.tell(&act, told),
                Added::Duplicate => self.deeds.note("scans sent again"),
            }
        }
        "a scan"
    }

    pub(crate) fn tap(&mut self) -> &'static str {
        let (phone, kind) = (self.index(self.phones.len()), Kind::ALL[self.index(4)]);
        let n = 1 + self.below(MAX_TAP as u64) as i64;
        let (id, at) = (format!("r{}", self.next()), self.now.plus(-(self.below(30) as i64) * 1_000));
        let phone = &mut self.phones[phone];
        phone.seq += 1;
        let record = Record {
            id: id.clone(),
            seq: phone.seq,
            at,
            kind: RecordKind::Plus,
            n,
            encounter: kind,
            of: None,
        };
        phone.taps.push(id);
        phone.outbox.push(record);
        "a tap"
    }

    pub(crate) fn undo_tap(&mut self) -> &'static str {
        let phone = self.index(self.phones.len());
        let count = self.phones[phone].taps.len();
        if count == 0 {
            return "nothing to take back";
        }
        let (which, id, at) = (self.index(count), format!("u{}", self.next()), self.now);
        let phone = &mut self.phones[phone];
        phone.seq += 1;
        let of = Some(phone.taps[which].clone());
        let kind = RecordKind::Undo;
        phone.outbox.push(Record { id, seq: phone.seq, at, kind, n: 1, encounter: Kind::Consult, of });
        "a tap taken back"
    }

    /// Some of what waits goes out, in any order, some of it twice; some answers are lost on the way.
    pub(crate) fn upload(&mut self) -> &'static str {
        let at = self.index(self.phones.len());
        let mut batch = Vec::new();
        for index in 0..self.phones[at].outbox.len() {
            for _ in 0..self.below(3) {
                batch.push(self.phones[at].outbox[index].clone());
            }
        }
        for index in (1..batch.len()).rev() {
            let other = self.index(index + 1);
            batch.swap(index, other);
        }
        for record in batch {
            let receipt = self.receive(at, &record);
            if self.below(5) > 0 {
                self.keep(at, &record, &receipt);
            } else {
                self.deeds.note("answers lost");
            }
        }
        "an upload"
    }

    fn receive(&mut self, phone: usize, record: &Record) -> Receipt {
        let result = match record.kind {
            RecordKind::Plus => self.receive_tap(phone, record),
            RecordKind::Undo => self.receive_undo(phone, record),
        };
        let id = record.id.clone();
        match result {
            Ok(result) => Receipt { id, result, why: None },
            Err(why) => Receipt::refused(id, why),
        }
    }

    fn receive_tap(&mut self, phone: usize, record: &Record) -> Result<Outcome, Why> {
        let device = self.phones[phone].at;
        let id = self.id();
        let row = Encounter::tap(id, &device, &record.id, record.encounter, record.n, record.at, self.now)
            .map_err(|refusal| Why::from(&refusal))?;
        let (act, told) = (
            row.nonce.clone(),
            Told { source: row.source, kind: row.kind, n: row.n, counts: counts(row.confidence) },
        );
        Ok(match self.book.add(row) {
            Added::New => {
                self.deeds.note("taps");
                self.book.tell(&act, told);
                Outcome::New
            }
            Added::Duplicate => {
                self.deeds.note("taps sent again");
                Outcome::Duplicate
            }
        })
    }

    fn receive_undo(&mut self, phone: usize, record: &Record) -> Result<Outcome, Why> {
        let device = self.phones[phone].at;
        let of = record.of.as_deref().ok_or(Why::Malformed)?;
        let act = Encounter::record_nonce(device.link, of);
        let first = self.book.by_nonce(&act).ok_or(Why::Unknown)?.clone();
        let id = self.id();
        let row = first.counter(id, record.at, self.now).map_err(|refusal| Why::from(&refusal))?;
        Ok(match self.book.add(row) {
            Added::New => {
                self.deeds.note("taps taken back");
                self.book.retell(&act, Counts::No);
                Outcome::New
            }
            Added::Duplicate => {
                self.deeds.note("taken back again");
                Outcome::Duplicate
            }
        })
    }

    /// A phone forgets a record only on its receipt; what is refused for good goes into the tray.
    fn keep(&mut self, phone: usize, record: &Record, receipt: &Receipt) {
        let phone = &mut self.phones[phone];
        let Some(at) = phone.outbox.iter().position(|one| one.id == receipt.id) else { return };
        match (receipt.result, receipt.why) {
            // Its tap may still be on the way.
            (Outcome::Refused, Some(Why::Unknown)) => {}
            (Outcome::Refused, why) => {
                phone.outbox.remove(at);
                phone.tray.push((record.clone(), why.unwrap_or(Why::Malformed)));
                self.deeds.note("refused records");
            }
            _ => phone.gone.push(phone.outbox.remove(at)),
        }
    }

    pub(crate) fn paper(&mut self) -> &'static str {
        let people = if self.below(2) == 0 { 20 } else { 60 };
        let counts = People(std::array::from_fn(|_| self.below(people) as i64));
        let from = self.now.plus(-HOUR);
        let sheet = Sheet {
            id: self.id(),
            stall: self.any_stall(),
            counts,
            counted_by: "志愿者".into(),
            from,
            to: from.plus(30 * MINUTE),
            remark: String::new(),
        };
        if sheet.check().is_err() {
            return "an empty sheet";
        }
        let by = self.hand();
        if sheet.stands_alone() {
            self.enter(&sheet);
            // The form is sent again.
            self.enter(&sheet);
        } else {
            self.sheets.push(Waiting { sheet, by });
        }
        "a sheet"
    }

    fn enter(&mut self, sheet: &Sheet) {
        let rows = sheet.rows(self.market, self.now, || self.id());
        for row in rows {
            let act = row.nonce.clone();
            let told = Told { source: Source::Paper, kind: row.kind, n: row.n, counts: Counts::Yes };
            match self.book.add(row) {
                Added::New => {
                    self.deeds.note("paper rows");
                    self.book.tell(&act, told);
                }
                Added::Duplicate => self.deeds.note("sheets sent again"),
            }
        }
    }

    /// A second person looks at a sheet: never the one who keyed it in.
    pub(crate) fn second(&mut self) -> &'static str {
        if self.sheets.is_empty() {
            return "no sheet waits";
        }
        let (at, by) = (self.index(self.sheets.len()), self.hand());
        if self.sheets[at].by == by {
            self.deeds.note("second person is the first");
            return "nobody else";
        }
        let waiting = self.sheets.remove(at);
        if self.below(4) > 0 {
            self.enter(&waiting.sheet);
        }
        "a second look"
    }

    /// A sheet is taken back, row by row, with a reason.
    pub(crate) fn take_back_paper(&mut self) -> &'static str {
        let papers: Vec<Encounter> = self
            .book
            .rows()
            .iter()
            .filter(|row| row.source == Source::Paper && row.refers_to.is_none())
            .cloned()
            .collect();
        if papers.is_empty() {
            return "no paper";
        }
        let row = &papers[self.index(papers.len())];
        let id = self.id();
        if let Ok(back) = row.counter(id, self.now, self.now)
            && self.book.add(back) == Added::New
        {
            self.deeds.note("paper taken back");
            self.book.retell(&row.nonce, Counts::No);
        }
        "paper taken back"
    }

    /// One decision about everything of one kind that waits at one stall, once nobody can take it back any more.
    pub(crate) fn review(&mut self) -> &'static str {
        let ripe = |row: &Encounter| self.now >= ripe_at(row.at.bucket(WINDOW));
        let Some(first) = self.book.waiting().map(|(_, row)| row).find(|row| ripe(row)).cloned() else {
            return "nothing is ripe";
        };
        let key = Key { stall: first.stall, from: first.at.bucket(WINDOW), labels: first.labels };
        let verdict = if self.below(2) == 0 { Verdict::Accept } else { Verdict::Reject };
        let review = self.id();
        let held = Held { kind: first.kind, n: first.n, at: first.at, first: first.id };
        let rows = held.entries(self.market, &key, (review, verdict), self.now, || self.id());
        for row in rows {
            self.book.add(row);
        }
        self.deeds.note("reviews");
        self.reviewed.push(first.id);
        self.book.retell(&first.nonce, if verdict == Verdict::Accept { Counts::Yes } else { Counts::No });
        "a review"
    }

    /// What a phone has forgotten is in the ledger, once; every row of a phone has a record that it made.
    pub(crate) fn check_phones(&self) -> Result<(), String> {
        for phone in &self.phones {
            for record in &phone.gone {
                let nonce = |id: &str| Encounter::record_nonce(phone.at.link, id);
                let first = self.book.by_nonce(&nonce(record.of.as_deref().unwrap_or(&record.id)));
                let there = match record.kind {
                    RecordKind::Plus => first.is_some_and(|row| row.n == record.n),
                    RecordKind::Undo => {
                        first.is_some_and(|row| self.book.by_nonce(&row.counter_nonce()).is_some())
                    }
                };
                if !there {
                    return Err(format!("a phone has forgotten {record:?}, which is not in the ledger"));
                }
            }
        }
        let stray = |link: LinkId, row: &Encounter| {
            let made = |phone: &Phone| {
                phone.at.link == link
                    && phone.taps.iter().any(|id| Encounter::record_nonce(link, id) == row.nonce)
            };
            row.refers_to.is_none() && !self.phones.iter().any(made)
        };
        let mut taps = self.book.rows().iter().filter_map(|row| Some((row.device?, row)));
        match taps.find(|(link, row)| stray(*link, row)) {
            Some((_, row)) => Err(format!("a tap that nobody made: {}", row.nonce)),
            None => Ok(()),
        }
    }
}

fn counts(confidence: Confidence) -> Counts {
    match confidence {
        Confidence::Normal => Counts::Yes,
        Confidence::Low => Counts::Waits,
    }
}
