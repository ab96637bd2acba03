//! How many people came (人数), estimated from looks at the crowd: at gates, in samples, on walks through zones.
//! Never mixed with encounters (人次), and always told with its method and its error.
//!
//! **Gates and samples.** A place is watched for a part `f` of the opening time. Its looks are joined into `k` blocks;
//! counters who stand there together add up. What was seen is carried over to the whole time: `N = seen / f`. The
//! error is that of a ratio estimate from blocks drawn without replacement, `K/√k · s · √(1 - f)`, where `s` is the
//! spread of what the blocks differ from the common rate and `K` how many blocks the day has, times Student's t for
//! 95 %; never less than chance arrivals alone would give (Poisson). A place watched throughout is exact.
//! It is assumed that the time nobody watched brought between none and twice the watched rate; that bounds the band,
//! and it is all that one single look can say. Places are added, their errors as independent ones.
//!
//! **Walks.** One walk counts who is there, zone by zone. The mean of the walks times the turnover, the opening time
//! over a stay of [`STAY`], estimates who came; the band is that of the mean. The stay is an assumption and is told.

mod gauge;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::moment::MINUTE;
use crate::{CountId, Moment, Refusal};

pub use gauge::{Gauge, Level};

/// How long a visitor stays, in milliseconds; an assumption that is told beside the estimate.
pub const STAY: i64 = 45 * MINUTE;
/// The most people that one look can see.
pub const MOST: i64 = 50_000;
/// The longest name of a gate or a zone, in characters.
pub const MOST_WORDS: usize = 40;

/// How the crowd is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Everybody who passes a gate, in and out.
    Gate,
    /// Twenty minutes of every hour, or ten of every half, at a gate.
    Sample,
    /// Who is there, zone by zone.
    Walk,
}

impl Method {
    /// Every method, the most exact first.
    pub const ALL: [Self; 3] = [Self::Gate, Self::Sample, Self::Walk];

    /// The value of the `method` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Sample => "sample",
            Self::Walk => "walk",
        }
    }

    /// Reads the `method` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|method| method.code() == code).ok_or(Refusal::Malformed("method"))
    }
}

/// One look at the crowd.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// Made by the form: sent again it is the same look.
    pub id: CountId,
    /// How it was counted.
    pub method: Method,
    /// Which gate or zone.
    pub place: String,
    /// From when; all zones of one walk have the same.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// Who came in, or who was there on a walk.
    pub came: i64,
    /// Who went out.
    pub went: i64,
}

impl Look {
    /// Looks at what was keyed in.
    pub fn check(&self) -> Result<(), Refusal> {
        if ![self.came, self.went].iter().all(|n| (0..=MOST).contains(n)) {
            return Err(Refusal::Malformed("number of people"));
        }
        if self.place.trim().is_empty() {
            return Err(Refusal::Missing("place"));
        }
        if self.place.chars().count() > MOST_WORDS {
            return Err(Refusal::TooLong("place"));
        }
        if self.to < self.from || (self.method != Method::Walk && self.to == self.from) {
            return Err(Refusal::Malformed("time"));
        }
        Ok(())
    }
}

/// An estimate of how many people came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Estimate {
    /// How it was counted.
    pub method: Method,
    /// People, most likely.
    pub visitors: i64,
    /// Hardly fewer.
    pub low: i64,
    /// Hardly more.
    pub high: i64,
    /// People seen: all that were counted, or on a walk the most at once.
    pub seen: i64,
    /// Blocks of looking, or walks.
    pub looks: i64,
}

/// A middle and what it may be off by.
#[derive(Clone, Copy)]
struct Band {
    middle: f64,
    half: f64,
}

/// The estimate of one method from the looks taken by it, for a market that is open from `opens` to `closes`.
pub fn estimate(method: Method, looks: &[Look], opens: Moment, closes: Moment) -> Option<Estimate> {
    let looks: Vec<&Look> = looks.iter().filter(|look| look.method == method).collect();
    let whole = closes.since(opens);
    if looks.is_empty() || whole <= 0 {
        return None;
    }
    Some(match method {
        Method::Gate | Method::Sample => watched(method, &looks, opens, closes),
        Method::Walk => walked(&looks, whole as f64),
    })
}

/// The estimate by the most exact method that was used.
pub fn best(looks: &[Look], opens: Moment, closes: Moment) -> Option<Estimate> {
    Method::ALL.into_iter().find_map(|method| estimate(method, looks, opens, closes))
}

/// Who came in less who went out, at gates: how many are inside. Known only where gates are watched.
pub fn inside(looks: &[Look]) -> i64 {
    looks
        .iter()
        .filter(|look| look.method == Method::Gate)
        .map(|look| look.came - look.went)
        .sum::<i64>()
        .max(0)
}

fn watched(method: Method, looks: &[&Look], opens: Moment, closes: Moment) -> Estimate {
    let mut places: BTreeMap<&str, Vec<&Look>> = BTreeMap::new();
    for look in looks {
        places.entry(look.place.trim()).or_default().push(look);
    }
    let (mut middle, mut carried, mut square, mut blocks) = (0.0, 0.0, 0.0, 0);
    for looks in places.into_values() {
        let joined = join(looks, opens, closes);
        let band = place(&joined, closes.since(opens) as f64);
        blocks += i64::try_from(joined.len()).unwrap_or(i64::MAX);
        middle += band.middle;
        carried += joined.iter().map(|(_, came)| came).sum::<f64>();
        square += band.half * band.half;
    }
    let seen: i64 = looks.iter().map(|look| look.came).sum();
    // Who came before opening or after closing is counted, and carried over to nothing.
    let band = Band { middle: middle + (seen as f64 - carried), half: square.sqrt() };
    told(method, band, seen, blocks)
}

/// Blocks of a place while the market was open: how long, and how many came. Looks that overlap are one, with several
/// counters.
fn join(mut looks: Vec<&Look>, opens: Moment, closes: Moment) -> Vec<(f64, f64)> {
    looks.sort_by_key(|look| look.from);
    let mut blocks: Vec<(Moment, Moment, i64)> = Vec::new();
    for look in looks {
        match blocks.last_mut() {
            Some((_, to, came)) if look.from < *to => {
                *to = look.to.max(*to);
                *came += look.came;
            }
            _ => blocks.push((look.from, look.to, look.came)),
        }
    }
    let inside = |(from, to, came): (Moment, Moment, i64)| {
        let time = to.min(closes).since(from.max(opens)) as f64;
        (time, came as f64 * time / to.since(from).max(1) as f64)
    };
    blocks.into_iter().map(inside).filter(|(time, _)| *time > 0.0).collect()
}

/// What the blocks of one place say about the whole time.
fn place(blocks: &[(f64, f64)], whole: f64) -> Band {
    let (time, seen) = blocks.iter().fold((0.0, 0.0), |(time, seen), (t, n)| (time + t, seen + n));
    let part = (time / whole).min(1.0);
    if part >= 1.0 || part <= 0.0 {
        return Band { middle: seen, half: 0.0 };
    }
    let middle = seen / part;
    let count = blocks.len() as f64;
    let rest = 1.0 - part;
    let chance = 1.96 * (seen * rest).sqrt() / part;
    let spread = blocks.iter().map(|(t, n)| (n - seen / time * t).powi(2)).sum::<f64>();
    let drawn =
        (count / part) * (spread / (count - 1.0).max(1.0) * rest / count).sqrt() * student(blocks.len());
    let half = if blocks.len() < 2 { f64::INFINITY } else { chance.max(drawn) };
    Band { middle, half: half.min(middle - seen) }
}

fn walked(looks: &[&Look], whole: f64) -> Estimate {
    let mut walks: BTreeMap<Moment, i64> = BTreeMap::new();
    for look in looks {
        *walks.entry(look.from).or_default() += look.came;
    }
    let count = walks.len() as f64;
    let mean = walks.values().sum::<i64>() as f64 / count;
    let spread = walks.values().map(|n| (*n as f64 - mean).powi(2)).sum::<f64>();
    let drawn = (spread / (count - 1.0).max(1.0) / count).sqrt() * student(walks.len());
    let half = if walks.len() < 2 { mean } else { drawn.min(mean) };
    let turnover = (whole / STAY as f64).max(1.0);
    let seen = walks.values().copied().max().unwrap_or(0);
    let band = Band { middle: mean * turnover, half: half * turnover };
    told(Method::Walk, band, seen, i64::try_from(walks.len()).unwrap_or(i64::MAX))
}

/// In whole people: never fewer than were seen.
fn told(method: Method, band: Band, seen: i64, looks: i64) -> Estimate {
    let people = |n: f64| n.round() as i64;
    let visitors = people(band.middle).max(seen);
    let low = people(band.middle - band.half).clamp(seen, visitors);
    let high = people(band.middle + band.half).max(visitors);
    Estimate { method, visitors, low, high, seen, looks }
}

/// Student's t for 95 % on both sides, by the number of blocks.
const fn student(blocks: usize) -> f64 {
    const TABLE: [f64; 9] = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26];
    match blocks {
        0 | 1 => TABLE[0],
        2..=10 => TABLE[blocks - 2],
        11..=30 => 2.23,
        _ => 2.04,
    }
}

#[cfg(test)]
mod tests;
