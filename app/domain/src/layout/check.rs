//! What is wrong with a layout on a ground: each breach with its place, its metres or watts and a way out.
//!
//! [`check`] answers once. Whoever asks again and again, as an editor does while a stall is dragged, keeps a
//! [`Site`]: [`Site::new`] when the map opens, [`Site::follow`] after each edit, [`Site::check_stall`] (or
//! [`Site::check_stalls`] for several that move together) at every step of a drag, [`Site::check`] for the list.

mod aisle;
mod breach;
mod cable;
mod floor;
mod grid;
mod load;
mod near;
mod need;
mod remedy;
mod rows;
mod site;
#[cfg(test)]
mod tests;
mod uses;
mod way;

pub use breach::{Barrier, Breach, Kind, Severity, Steps};
pub use load::Load;
pub use site::Site;
pub use uses::{Use, Uses};

pub(super) use near::TOUCH;

use super::{Layout, Stall};
use crate::StallId;
use crate::ground::Ground;

/// Everything that is wrong, errors first, each with a remedy where a short step cures it.
pub fn check(ground: &Ground, layout: &Layout, uses: &Uses) -> Vec<Breach> {
    Site::new(ground, layout, uses).check()
}

/// What is wrong with one stall as it stands, of the kinds that are local, without remedies.
pub fn check_stall(ground: &Ground, layout: &Layout, uses: &Uses, stall: &Stall) -> Vec<Breach> {
    Site::new(ground, layout, uses).check_stall(stall)
}

/// What a breach comes from: two breaches of one stall never share it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cause {
    /// Shares ground with another stall.
    Stall(StallId),
    /// Too near before another stall, or it before this one.
    Aisle(StallId),
    /// Beside a stall that is loud or wants quiet.
    Noise(StallId),
    /// The edge of the area.
    Edge,
    /// By the index of what bars it.
    Barred(usize),
    /// The floor before the counter.
    Front,
    Queue,
    Cable,
    Across,
    Water,
    Shelter,
    Steps,
    /// The whole layout.
    Whole,
}
