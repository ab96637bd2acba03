//! What one node has seen in the last hour: from a tap to its signs, or a request to wait. In memory only, bounded,
//! and the same for a form that is sent again. After a restart it knows nothing, which only makes it milder.

use std::collections::{HashMap, VecDeque};

use super::meter::{Bucket, Meter};
use super::{Evidence, Labels, Rules, Typed};
use crate::moment::{HOUR, MINUTE};
use crate::{Moment, PosterId, StallId};

/// In this time a phone may tap so often as the rules say.
const PHONE_WINDOW: i64 = 10 * MINUTE;
/// A form that is sent again within this time is known.
const KNOWN_FOR: i64 = 5 * MINUTE;
/// The most forms, phones and networks that are remembered; in a flood the oldest are forgotten.
const MOST: usize = 100_000;

/// A form of somebody before a poster.
#[derive(Clone, Copy, Debug)]
pub struct Tap {
    /// The poster.
    pub poster: PosterId,
    /// Its stall.
    pub stall: StallId,
    /// The form.
    pub nonce: [u8; 16],
    /// The phone, if its cookie came back.
    pub visitor: Option<[u8; 16]>,
    /// A number that stands for the network it comes from, if that is known.
    pub network: Option<u64>,
    /// How many people.
    pub people: i64,
    /// Milliseconds from the page to the tap.
    pub looked: i64,
    /// The most people that the stall serves in a quarter of an hour.
    pub capacity: Option<i64>,
    /// The code.
    pub typed: Typed,
    /// The field that no person sees was filled in.
    pub trap: bool,
}

/// What becomes of a tap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It is taken, with these signs.
    Take(Labels),
    /// Not now; in so many milliseconds again.
    Wait(i64),
}

/// A phone that was here.
#[derive(Clone, Debug, Default)]
struct Phone {
    taps: VecDeque<Moment>,
    stalls: Vec<(StallId, Moment)>,
}

impl Phone {
    fn is_idle(&self, now: Moment) -> bool {
        self.taps.back().is_none_or(|last| !near(now, *last, HOUR))
    }

    /// How long to wait for the next tap; nothing when it may come now.
    fn full(&mut self, most: i64, now: Moment) -> Option<i64> {
        self.taps.retain(|at| near(now, *at, PHONE_WINDOW));
        let first = self.taps.front()?;
        (most > 0 && self.taps.len() as i64 >= most).then(|| first.plus(PHONE_WINDOW).since(now).max(1))
    }

    /// Notes a tap; answers how long ago it was elsewhere, and at how many stalls it was within the hour.
    fn tap(&mut self, stall: StallId, now: Moment) -> (Option<i64>, i64) {
        self.taps.push_back(now);
        self.stalls.retain(|(_, at)| near(now, *at, HOUR));
        let elsewhere = self.stalls.iter().filter(|(at, _)| *at != stall).map(|(_, at)| *at).max();
        self.stalls.retain(|(at, _)| *at != stall);
        self.stalls.push((stall, now));
        (elsewhere.map(|at| now.since(at)), self.stalls.len() as i64)
    }
}

/// Whether two moments are closer than so much, whichever way a clock was set in between.
const fn near(now: Moment, at: Moment, than: i64) -> bool {
    now.since(at).abs() < than
}

/// The memory.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    known: HashMap<[u8; 16], Labels>,
    known_order: VecDeque<([u8; 16], Moment)>,
    phones: HashMap<[u8; 16], Phone>,
    stalls: HashMap<StallId, Meter>,
    networks: HashMap<(u64, PosterId), Meter>,
    posters: HashMap<PosterId, Bucket>,
}

impl Watch {
    /// What becomes of a tap. A form that was taken is answered as the first time and moves nothing.
    pub fn judge(&mut self, tap: &Tap, rules: &Rules, now: Moment) -> Answer {
        self.forget(now);
        if let Some(labels) = self.known.get(&tap.nonce) {
            return Answer::Take(*labels);
        }
        if let Some(wait) = self.wait(tap, rules, now) {
            return Answer::Wait(wait);
        }
        let labels = rules.signs(&self.see(tap, now));
        self.known.insert(tap.nonce, labels);
        self.known_order.push_back((tap.nonce, now));
        Answer::Take(labels)
    }

    fn wait(&mut self, tap: &Tap, rules: &Rules, now: Moment) -> Option<i64> {
        let phone = tap.visitor.and_then(|visitor| self.phones.get_mut(&visitor));
        if let Some(wait) = phone.and_then(|phone| phone.full(rules.phone_taps, now)) {
            return Some(wait);
        }
        if rules.poster_rate <= 0 {
            return None;
        }
        let burst = rules.poster_burst.max(1);
        let bucket = self.posters.entry(tap.poster).or_insert_with(|| Bucket::full(burst, now));
        bucket.take(rules.poster_rate, burst, now).err()
    }

    /// Notes the tap and says what is known of it.
    fn see(&mut self, tap: &Tap, now: Moment) -> Evidence {
        let is_new = tap.visitor.is_none_or(|visitor| !self.phones.contains_key(&visitor));
        let new_here = match tap.network {
            Some(network) if is_new => {
                let meter = self.networks.entry((network, tap.poster)).or_default();
                meter.add(1, now);
                meter.minute()
            }
            _ => 0,
        };
        let (since_other, stalls) = match tap.visitor {
            Some(visitor) => self.phones.entry(visitor).or_default().tap(tap.stall, now),
            None => (None, 0),
        };
        let meter = self.stalls.entry(tap.stall).or_default();
        meter.add(tap.people, now);
        Evidence {
            cookie: tap.visitor.is_some(),
            looked: tap.looked,
            since_other,
            stalls,
            new_here,
            minute: meter.minute(),
            quarter: meter.quarter(),
            capacity: tap.capacity,
            typed: tap.typed,
            trap: tap.trap,
        }
    }

    /// Lets go of what is too old, and in a flood of what is oldest.
    fn forget(&mut self, now: Moment) {
        while let Some((nonce, at)) = self.known_order.front().copied() {
            if near(now, at, KNOWN_FOR) && self.known_order.len() <= MOST {
                break;
            }
            self.known.remove(&nonce);
            self.known_order.pop_front();
        }
        if self.phones.len() >= MOST {
            self.phones.retain(|_, phone| !phone.is_idle(now));
            if self.phones.len() >= MOST {
                self.phones.clear();
            }
        }
        if self.networks.len() >= MOST {
            self.networks.retain(|_, meter| !meter.is_idle(now));
            if self.networks.len() >= MOST {
                self.networks.clear();
            }
        }
        if self.stalls.len() >= MOST {
            self.stalls.retain(|_, meter| !meter.is_idle(now));
        }
        if self.posters.len() >= MOST {
            self.posters.clear();
        }
    }
}
