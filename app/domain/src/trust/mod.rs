//! Honest counting: signs beside a scan instead of refusals, and what of it waits for a person.
//!
//! Nothing here knows an address, a cookie or a name, only how fast and how often something came. An address is never
//! shut out: behind one of them a whole neighbourhood may stand.

mod evidence;
mod label;
mod meter;
mod pace;
mod review;
mod watch;

pub use evidence::{Evidence, Rules, Typed};
pub use label::{Label, Labels};
pub use pace::Pace;
pub use review::{Held, Key, MOST_WORDS, Reason, Verdict, WINDOW, ripe_at};
pub use watch::{Answer, Tap, Watch};

#[cfg(test)]
mod tests;
