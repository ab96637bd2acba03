//! What happens in a morning, and when: who scans where, what staff taps, which appeals are raised.
//! The same seed writes the same script.

use std::time::Duration;

use anyhow::{Result, ensure};
use kaishi_domain::chance::{self, Seeded};

use super::book::Book;

/// How many of each kind, and how they fall to the stalls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mix {
    /// People who scan, one visit each.
    pub scans: i64,
    /// People tapped by staff.
    pub taps: i64,
    /// Phones that scan; most visit more than one stall.
    pub phones: i64,
    /// Heads at talks.
    pub talks: i64,
    /// Appeals.
    pub appeals: i64,
    /// Of these settled on the spot.
    pub settled: i64,
    /// Share of each stall by its number; every stall of the book alike where it is empty.
    pub shares: Vec<(&'static str, i64)>,
}

/// The figures of the Fuzhong stalls in their proportions.
const FUZHONG: [(&str, i64); 13] = [
    ("1", 214),
    ("2", 486),
    ("3", 402),
    ("4", 176),
    ("5", 318),
    ("6", 295),
    ("7", 388),
    ("8", 352),
    ("9", 267),
    ("10", 742),
    ("11", 298),
    ("12", 421),
    ("13", 60),
];
/// Where talks are held.
const STAGE: &str = "14";

impl Mix {
    /// The Fuzhong market of 13 May 2023 to its totals.
    pub fn fuzhong() -> Self {
        Self {
            scans: 3435,
            taps: 1602,
            phones: 2210,
            talks: 618,
            appeals: 63,
            settled: 42,
            shares: FUZHONG.to_vec(),
        }
    }

    /// So many people in the same proportions, at whatever stalls there are.
    pub fn like_fuzhong(people: i64) -> Self {
        let all = Self::fuzhong();
        let part = |n: i64| people * n / (all.scans + all.taps);
        let scans = part(all.scans);
        Self {
            scans,
            taps: people - scans,
            phones: part(all.phones).max(1),
            talks: part(all.talks),
            appeals: part(all.appeals),
            settled: part(all.settled),
            shares: Vec::new(),
        }
    }
}

/// One visit of a phone; `twice` sends the form a second time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Printed number of the stall.
    pub stall: String,
    /// Somebody is impatient.
    pub twice: bool,
}

/// One thing that somebody does.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the variants say what their fields are; `stall` is a printed number")]
pub enum Act {
    /// A phone visits stalls one after the other.
    Visits(Vec<Visit>),
    /// Staff taps so many people, one each, and sends them together; `twice` sends them again.
    Taps { stall: String, heads: i64, twice: bool },
    /// Staff taps one too many and takes it back.
    Slip { stall: String },
    /// So many heads at a talk.
    Talk { stall: String, heads: i64 },
    /// A resident raises an appeal at a stall.
    Appeal { stall: String, settled: bool, nth: usize },
}

/// Acts with the moment at which each begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// In the order of time.
    pub acts: Vec<(Duration, Act)>,
    /// How long the morning lasts.
    pub length: Duration,
}

impl Script {
    /// Writes the morning of a mix at the stalls of a book.
    pub fn write(mix: &Mix, book: &Book, length: Duration, seed: u64) -> Result<Self> {
        ensure!(!book.stalls.is_empty() && !book.staff.is_empty(), "the addresses name no stall");
        let chance = Seeded::new(seed);
        let shares = shares(mix, book);
        let mut acts = visits(mix, &shares, &chance);
        acts.extend(taps(mix, &shares, &chance));
        acts.extend(talks(mix, book));
        acts.extend(appeals(mix, &shares));
        let millis = u64::try_from(length.as_millis()).unwrap_or(u64::MAX).max(2);
        // Two dice: few at the beginning and the end, most in the middle.
        let when = || Duration::from_millis(u64::midpoint(chance.below(millis), chance.below(millis)));
        let mut acts: Vec<(Duration, Act)> = acts.into_iter().map(|act| (when(), act)).collect();
        acts.sort_by_key(|(at, _)| *at);
        Ok(Self { acts, length })
    }
}

/// The stalls that have an address, with their shares.
fn shares(mix: &Mix, book: &Book) -> Vec<(String, i64)> {
    let known = |no: &str| book.stall(no).is_ok() && book.pad(no).is_ok();
    let named: Vec<(String, i64)> =
        mix.shares.iter().filter(|(no, _)| known(no)).map(|(no, share)| ((*no).to_owned(), *share)).collect();
    if !named.is_empty() {
        return named;
    }
    book.stalls.iter().filter(|door| known(&door.no)).map(|door| (door.no.clone(), 1)).collect()
}

/// Divides a whole by shares so that the parts add up to it: the largest remainders get what is left.
fn divide(whole: i64, shares: &[(String, i64)]) -> Vec<(String, i64)> {
    let all = shares.iter().map(|(_, share)| share).sum::<i64>().max(1);
    let mut parts: Vec<(String, i64)> =
        shares.iter().map(|(no, share)| (no.clone(), whole * share / all)).collect();
    let left = whole - parts.iter().map(|(_, part)| part).sum::<i64>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(whole * shares[*at].1 % all));
    for at in order.into_iter().cycle().take(usize::try_from(left).unwrap_or(0)) {
        parts[at].1 += 1;
    }
    parts
}

/// Deals the visits to the phones like cards: no phone gets a stall twice, because a stall has fewer visits
/// than there are phones.
fn visits(mix: &Mix, shares: &[(String, i64)], chance: &Seeded) -> Vec<Act> {
    let cards = divide(mix.scans, shares);
    let busiest = cards.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let phones = usize::try_from(mix.phones.max(busiest)).unwrap_or(1).max(1);
    let mut hands: Vec<Vec<String>> = vec![Vec::new(); phones];
    let deal = cards.iter().flat_map(|(no, n)| (0..*n).map(move |_| no.clone()));
    for (at, no) in deal.enumerate() {
        hands[at % phones].push(no);
    }
    hands
        .into_iter()
        .filter(|hand| !hand.is_empty())
        .map(|mut stalls| {
            let turn = chance.below(stalls.len() as u64) as usize;
            stalls.rotate_left(turn);
            let visits = stalls.into_iter().map(|stall| Visit { stall, twice: chance.below(10) == 0 });
            Act::Visits(visits.collect())
        })
        .collect()
}

/// Taps in small batches; now and then one too many that is taken back.
fn taps(mix: &Mix, shares: &[(String, i64)], chance: &Seeded) -> Vec<Act> {
    let mut acts = Vec::new();
    for (stall, whole) in divide(mix.taps, shares) {
        let mut left = whole;
        while left > 0 {
            let heads = i64::try_from(1 + chance.below(3)).unwrap_or(1).min(left);
            left -= heads;
            acts.push(Act::Taps { stall: stall.clone(), heads, twice: chance.below(10) == 0 });
            if chance.below(60) == 0 {
                acts.push(Act::Slip { stall: stall.clone() });
            }
        }
    }
    acts
}

fn talks(mix: &Mix, book: &Book) -> Vec<Act> {
    const MOST: i64 = kaishi_domain::encounter::MAX_TAP;
    let place = if book.pad(STAGE).is_ok() { STAGE } else { &book.staff[0].no };
    let (full, rest) = (mix.talks / MOST, mix.talks % MOST);
    let heads = (0..full).map(|_| MOST).chain((rest > 0).then_some(rest));
    heads.map(|heads| Act::Talk { stall: place.to_owned(), heads }).collect()
}

fn appeals(mix: &Mix, shares: &[(String, i64)]) -> Vec<Act> {
    let count = usize::try_from(mix.appeals).unwrap_or(0);
    let settled = usize::try_from(mix.settled).unwrap_or(0);
    (0..count)
        .map(|nth| {
            let stall = shares[nth * 5 % shares.len()].0.clone();
            Act::Appeal { stall, settled: nth < settled, nth }
        })
        .collect()
}

/// A record's id on a phone that does not exist.
pub(super) fn record_id(chance: &dyn chance::Chance) -> String {
    format!("{:032x}", u128::from_be_bytes(chance::bytes(chance)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Door;

    fn book() -> Book {
        let doors = |kind: &str| {
            (1..=14)
                .map(|no| Door { no: no.to_string(), url: format!("http://h/{kind}/{no}") })
                .collect::<Vec<_>>()
        };
        Book {
            base: "http://h".into(),
            market: "http://h/m/x".into(),
            stalls: doors("s"),
            staff: doors("staff"),
        }
    }

    fn counted(script: &Script) -> (i64, i64, i64, i64, i64) {
        let mut sums = (0, 0, 0, 0, 0);
        for (_, act) in &script.acts {
            match act {
                Act::Visits(visits) => sums.0 += visits.len() as i64,
                Act::Taps { heads, .. } => sums.1 += heads,
                Act::Slip { .. } => {}
                Act::Talk { heads, .. } => sums.2 += heads,
                Act::Appeal { settled, .. } => {
                    sums.3 += 1;
                    sums.4 += i64::from(*settled);
                }
            }
        }
        sums
    }

    #[test]
    fn the_fuzhong_morning_comes_to_exactly_its_totals() {
        let length = Duration::from_mins(2);
        let script = Script::write(&Mix::fuzhong(), &book(), length, 7).unwrap();
        assert_eq!(counted(&script), (3435, 1602, 618, 63, 42));
        assert!(script.acts.iter().all(|(at, _)| *at < length));
        assert!(script.acts.is_sorted_by_key(|(at, _)| *at));
        assert_eq!(script, Script::write(&Mix::fuzhong(), &book(), length, 7).unwrap());
    }

    #[test]
    fn no_phone_visits_a_stall_twice() {
        for people in [1, 10, 777, 5000] {
            let script =
                Script::write(&Mix::like_fuzhong(people), &book(), Duration::from_secs(1), 3).unwrap();
            let sums = counted(&script);
            assert_eq!(sums.0 + sums.1, people);
            for (_, act) in script.acts {
                if let Act::Visits(visits) = act {
                    let mut stalls: Vec<&str> = visits.iter().map(|visit| visit.stall.as_str()).collect();
                    stalls.sort_unstable();
                    stalls.dedup();
                    assert_eq!(stalls.len(), visits.len());
                }
            }
        }
    }
}
