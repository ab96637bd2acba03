//! From what is known of a tap to the signs beside it. Every number is a setting; 0 switches its rule off.

use super::{Label, Labels};
use crate::moment::SECOND;

/// Where each sign begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    /// A tap sooner after its page than so many milliseconds is fast.
    pub dwell: i64,
    /// Another stall sooner than so many milliseconds after the last one is hurried.
    pub hurry: i64,
    /// More stalls than this within an hour are rounds.
    pub rounds: i64,
    /// More new phones than this from one network at one poster within a minute are many.
    pub many_new: i64,
    /// More people than this at one stall within a minute are a surge.
    pub surge: i64,
    /// So many taps of one phone are taken in ten minutes; the next one is asked to wait.
    pub phone_taps: i64,
    /// So many taps a second are taken at one poster over time.
    pub poster_rate: i64,
    /// So many at once.
    pub poster_burst: i64,
}

impl Default for Rules {
    /// A talk that ends lets hundreds scan one poster within a minute, all behind one address of their network: that
    /// is not refused and not even held back. Only what no stall ever sees is.
    fn default() -> Self {
        Self {
            dwell: 1_500,
            hurry: 20 * SECOND,
            rounds: 12,
            many_new: 60,
            surge: 3_000,
            phone_taps: 12,
            poster_rate: 1_000,
            poster_burst: 5_000,
        }
    }
}

/// What became of the field for the stall's code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Typed {
    /// Left empty, or never shown.
    #[default]
    Nothing,
    /// The code of now.
    Right,
    /// Anything else.
    Wrong,
}

/// All that is known of a tap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// The page's cookie came back.
    pub cookie: bool,
    /// Milliseconds from the page to the tap; negative when a clock was set back.
    pub looked: i64,
    /// Milliseconds since the same phone was at another stall.
    pub since_other: Option<i64>,
    /// Different stalls of this phone within the hour, this one too.
    pub stalls: i64,
    /// New phones from its network at its poster in this minute, if the network is known.
    pub new_here: i64,
    /// People at the stall in this minute.
    pub minute: i64,
    /// People at the stall in this quarter of an hour.
    pub quarter: i64,
    /// The most people that the stall serves in a quarter of an hour, if it said so.
    pub capacity: Option<i64>,
    /// The code.
    pub typed: Typed,
    /// The field that no person sees was filled in.
    pub trap: bool,
}

/// So many times its capacity, and a stall is crowded.
const TIMES: i64 = 3;

impl Rules {
    /// The signs of a tap.
    pub fn signs(&self, seen: &Evidence) -> Labels {
        let over = |n: i64, most: i64| most > 0 && n > most;
        Labels::NONE
            .when(seen.typed == Typed::Right, Label::Verified)
            .when(!seen.cookie, Label::NoCookie)
            .when((0..self.dwell).contains(&seen.looked), Label::Fast)
            .when(seen.since_other.is_some_and(|since| (0..self.hurry).contains(&since)), Label::Hurried)
            .when(over(seen.stalls, self.rounds), Label::Rounds)
            .when(over(seen.new_here, self.many_new), Label::ManyNew)
            .when(seen.typed == Typed::Wrong, Label::WrongCode)
            .when(seen.capacity.is_some_and(|most| seen.quarter > TIMES * most), Label::Crowded)
            .when(over(seen.minute, self.surge), Label::Surge)
            .when(seen.trap, Label::Trap)
    }
}
