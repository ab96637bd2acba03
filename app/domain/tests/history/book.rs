//! The ledger in memory, with the promises that the store keeps by constraints; and beside it, by itself, what people
//! were told: the two must agree at all times.

use std::collections::{BTreeMap, BTreeSet};

use kaishi_domain::chain::Head;
use kaishi_domain::encounter::{Confidence, Encounter, Kind, Source};
use kaishi_domain::{EncounterId, MarketRef, StallId};

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Added {
    New,
    Duplicate,
}

/// What somebody was told: so many people count, or wait, or do not count any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    pub(crate) source: Source,
    pub(crate) kind: Kind,
    pub(crate) n: i64,
    pub(crate) counts: Counts,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Counts {
    Yes,
    Waits,
    No,
}

pub(crate) struct Book {
    market: MarketRef,
    rows: Vec<Encounter>,
    heads: Vec<Head>,
    nonces: BTreeMap<String, usize>,
    visits: BTreeSet<(StallId, String)>,
    told: BTreeMap<String, Told>,
}

impl Book {
    pub(crate) fn new(market: MarketRef) -> Self {
        let (rows, nonces) = (Vec::new(), BTreeMap::new());
        Self {
            market,
            rows,
            heads: vec![Head::of(market)],
            nonces,
            visits: BTreeSet::new(),
            told: BTreeMap::new(),
        }
    }

    /// Unique by nonce, and by visitor and stall, as the tables are.
    pub(crate) fn add(&mut self, row: Encounter) -> Added {
        let visit = row.visitor.clone().map(|visitor| (row.stall, visitor));
        if self.nonces.contains_key(&row.nonce)
            || visit.as_ref().is_some_and(|visit| self.visits.contains(visit))
        {
            return Added::Duplicate;
        }
        self.visits.extend(visit);
        self.nonces.insert(row.nonce.clone(), self.rows.len());
        self.heads.push(self.head().after(self.rows.len() as i64 + 1, &row));
        self.rows.push(row);
        Added::New
    }

    pub(crate) fn by_nonce(&self, nonce: &str) -> Option<&Encounter> {
        self.nonces.get(nonce).map(|at| &self.rows[*at])
    }

    pub(crate) fn by_id(&self, id: EncounterId) -> Option<&Encounter> {
        self.rows.iter().find(|row| row.id == id)
    }

    pub(crate) fn rows(&self) -> &[Encounter] {
        &self.rows
    }

    pub(crate) fn head(&self) -> Head {
        self.heads[self.rows.len()]
    }

    /// The head after the first rows, computed anew.
    pub(crate) fn head_anew(&self, rows: usize) -> Head {
        let numbered = (1..).zip(&self.rows[..rows]);
        numbered.fold(Head::of(self.market), |head, (seq, row)| head.after(seq, row))
    }

    /// Notes what somebody is told of an act, under the act's own name.
    pub(crate) fn tell(&mut self, act: &str, told: Told) {
        self.told.insert(act.to_owned(), told);
    }

    pub(crate) fn retell(&mut self, act: &str, counts: Counts) {
        if let Some(told) = self.told.get_mut(act) {
            told.counts = counts;
        }
    }

    /// Every act that was told to wait and belongs to a row of the ledger.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (&String, &Encounter)> {
        let waits = self.told.iter().filter(|(_, told)| told.counts == Counts::Waits);
        waits.filter_map(|(act, _)| self.by_nonce(act).map(|row| (act, row)))
    }

    /// The total of the first rows: what is believed, talks left out.
    pub(crate) fn total(&self, rows: usize) -> i64 {
        self.rows[..rows].iter().filter(|row| counted(row)).map(|row| row.n).sum()
    }

    pub(crate) fn sum(&self, of: impl Fn(&Encounter) -> bool) -> i64 {
        self.rows.iter().filter(|row| of(row)).map(|row| row.n).sum()
    }

    /// Everybody who was ever entered, taken back or not.
    pub(crate) fn entered(&self) -> i64 {
        self.rows.iter().filter(|row| row.n > 0).map(|row| row.n).sum()
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        for source in [Source::Scan, Source::Staff, Source::Paper] {
            for kind in Kind::ALL {
                let here = |row: &&Encounter| row.source == source && row.kind == kind;
                let mut sums = [0; 2];
                for row in self.rows.iter().filter(here) {
                    sums[usize::from(row.confidence == Confidence::Low)] += row.n;
                }
                let told = |counts| -> i64 {
                    let of =
                        |told: &&Told| told.source == source && told.kind == kind && told.counts == counts;
                    self.told.values().filter(of).map(|told| told.n).sum()
                };
                let wanted = [told(Counts::Yes), told(Counts::Waits)];
                if sums != wanted {
                    return Err(format!(
                        "{source:?} {kind:?}: the ledger says {sums:?}, people were told {wanted:?}"
                    ));
                }
            }
        }
        let back = self.rows.last().and_then(|row| row.refers_to);
        let strays = back.is_some_and(|first| self.by_id(first).is_none());
        if strays { Err("a counter-entry refers to no row".into()) } else { Ok(()) }
    }
}

pub(crate) fn counted(row: &Encounter) -> bool {
    row.confidence == Confidence::Normal && row.kind != Kind::Talk
}
