//! One market and everybody in it, as one value; chance says who does what next.

use std::collections::BTreeMap;

use kaishi_domain::actor::Device;
use kaishi_domain::appeal::Workdays;
use kaishi_domain::assignment::Change;
use kaishi_domain::call::State;
use kaishi_domain::chance::{Chance as _, Seeded};
use kaishi_domain::encounter::{Encounter, Source};
use kaishi_domain::moment::{HOUR, MINUTE, Place};
use kaishi_domain::paper::Hand;
use kaishi_domain::season::Table;
use kaishi_domain::{
    AccountId, DeviceId, EncounterId, LinkId, MarketId, MarketRef, Moment, OrgId, StallId, UnitId,
};

use super::appeals::File;
use super::book::{Added, Book, Counts};
use super::bulletin::Signed;
use super::crew::{Phone, Waiting};
use super::square::Square;

/// How often what has happened.
#[derive(Default)]
pub(crate) struct Deeds(BTreeMap<&'static str, u64>);

impl Deeds {
    pub(crate) fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.0.iter().map(|(what, times)| (*what, *times))
    }
}

pub(crate) struct World {
    dice: Seeded,
    pub(crate) now: Moment,
    pub(crate) market: MarketRef,
    pub(crate) days: Workdays,
    pub(crate) desk: AccountId,
    pub(crate) units: Vec<UnitId>,
    pub(crate) book: Book,
    pub(crate) phones: Vec<Phone>,
    pub(crate) sheets: Vec<Waiting>,
    /// Visits that somebody has decided about.
    pub(crate) reviewed: Vec<EncounterId>,
    pub(crate) files: Vec<File>,
    pub(crate) square: Square,
    pub(crate) stale: Option<Vec<Change>>,
    pub(crate) claims: Vec<State>,
    pub(crate) signed: Vec<Signed>,
    pub(crate) deeds: Deeds,
    hands: [Hand; 3],
    count: u64,
    fault: Option<&'static str>,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let dice = Seeded::new(seed);
        let now = Moment::from_millis(1_683_939_600_000);
        let bytes = || random(&dice);
        let org = OrgId::from_bytes([1, 2, 3]);
        let market = MarketRef { org, market: MarketId::new(now, bytes()) };
        let stalls: Vec<StallId> = (0..6).map(|_| StallId::new(now, bytes())).collect();
        let phone = |stall: &StallId| {
            let link = LinkId::new(org, random(&dice));
            Phone::new(Device { org, market: market.market, stall: *stall, link })
        };
        let desk = AccountId::new(now, bytes());
        let hands = [
            Hand::Account(desk),
            Hand::Account(AccountId::new(now, bytes())),
            Hand::Device(DeviceId::new(now, bytes())),
        ];
        let place = Place::named("Asia/Shanghai").expect("a place");
        Self {
            now,
            market,
            days: Workdays::new(place, Table::of([])),
            desk,
            units: (0..4).map(|_| UnitId::new(now, bytes())).collect(),
            book: Book::new(market),
            phones: stalls[..3].iter().map(phone).collect(),
            sheets: Vec::new(),
            reviewed: Vec::new(),
            files: Vec::new(),
            square: Square::new(&stalls),
            stale: None,
            claims: Vec::new(),
            signed: Vec::new(),
            deeds: Deeds::default(),
            hands,
            count: 0,
            fault: None,
            dice,
        }
    }

    pub(crate) fn below(&self, bound: u64) -> u64 {
        self.dice.below(bound)
    }

    pub(crate) fn index(&self, count: usize) -> usize {
        self.below(count as u64) as usize
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        random(&self.dice)
    }

    /// A new id of any kind.
    pub(crate) fn id<I: Fresh>(&self) -> I {
        I::fresh(self.now, self.bytes())
    }

    /// A number that was not there before.
    pub(crate) fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    pub(crate) fn hand(&self) -> Hand {
        self.hands[self.index(3)]
    }

    /// A stall that there was at the beginning: its poster stays good when it is gone.
    pub(crate) fn any_stall(&self) -> StallId {
        self.phones[self.index(self.phones.len())].at.stall
    }

    /// Notes that a promise was broken within a step.
    pub(crate) fn broken(&mut self, is: bool, what: &'static str) {
        if is {
            self.fault = Some(what);
        }
    }

    pub(crate) const fn deeds(&self) -> &Deeds {
        &self.deeds
    }

    /// A resident presses back and takes the visit back.
    fn undo_scan(&mut self) -> &'static str {
        let scans: Vec<&Encounter> = self
            .book
            .rows()
            .iter()
            .filter(|row| row.source == Source::Scan && row.refers_to.is_none())
            .collect();
        if scans.is_empty() {
            return "no visit";
        }
        let row = scans[self.index(scans.len())].clone();
        // A clock that was put back makes an old visit young again. What has been decided stays decided.
        if self.reviewed.contains(&row.id) {
            return "a visit that was decided about";
        }
        match row.counter(self.id(), self.now, self.now) {
            Ok(back) => {
                if self.book.add(back) == Added::New {
                    self.deeds.note("visits taken back");
                    self.book.retell(&row.nonce, Counts::No);
                }
            }
            Err(_) => self.deeds.note("visits too old to take back"),
        }
        "a visit taken back"
    }

    /// Time goes on; now and then the clock jumps.
    fn pass(&mut self) -> &'static str {
        let by = match self.below(40) {
            0 => -HOUR,
            1 => 24 * HOUR,
            2 => 7 * 24 * HOUR,
            n => n as i64 * MINUTE / 4,
        };
        self.now = self.now.plus(by);
        "time"
    }

    /// One thing happens.
    pub(crate) fn act(&mut self) -> &'static str {
        match self.below(46) {
            0..5 => self.scan(),
            5 => self.undo_scan(),
            6..10 => self.tap(),
            10 => self.undo_tap(),
            11..14 => self.upload(),
            14 => self.paper(),
            15 => self.second(),
            16 if self.below(3) == 0 => self.take_back_paper(),
            16 | 17 => self.review(),
            18 => self.raise(),
            19..27 => self.handle(),
            27..31 => self.edit(),
            31 => self.undo_edit(),
            32 => self.publish(),
            33 => self.rain(),
            34..37 => self.gesture(),
            37 => self.stale_gesture(),
            38 => self.undo_gesture(),
            39 => self.claim(),
            40..43 => self.decide(),
            43 => self.sign(),
            _ => self.pass(),
        }
    }

    /// Every promise at once.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.fault.map_or(Ok(()), |fault| Err(fault.to_owned()))?;
        self.book.check()?;
        self.check_phones()?;
        self.check_appeals()?;
        self.check_square()?;
        self.check_call()?;
        self.check_bulletin()
    }
}

fn random<const N: usize>(dice: &Seeded) -> [u8; N] {
    let mut bytes = [0; N];
    dice.fill(&mut bytes);
    bytes
}

/// An id that chance makes.
pub(crate) trait Fresh {
    fn fresh(now: Moment, random: [u8; 10]) -> Self;
}

macro_rules! fresh {
    ($($id:ident),*) => { $(impl Fresh for kaishi_domain::$id {
        fn fresh(now: Moment, random: [u8; 10]) -> Self {
            Self::new(now, random)
        }
    })* };
}

fresh!(AppealId, BatchId, EncounterId, EntryId, ReviewId, StallId);
