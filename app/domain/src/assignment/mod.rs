//! Assignment (排摊): which entry stands on which stall, and why. Pure integers (centimetres, watts, points),
//! so that server and browser give the same answer. Knows nothing of drawing, storage or wording.
//!
//! [`Board`] is everything the rules look at, [`market`] the same as the planning core ([`mod@plan`]) reads it. The
//! core's judge says what a plan is worth; [`score`] names the facts behind its terms, [`rule`] those behind its
//! refusals. [`fill`] places all that wait, [`help`] says what would let the others in, [`why`] answers questions,
//! [`change`] is how two boards differ.

pub mod board;
pub mod change;
pub mod fill;
pub mod hall;
pub mod help;
pub mod lap;
pub mod market;
pub mod past;
pub mod plan;
pub mod rule;
pub mod score;
pub mod spot;
#[cfg(test)]
mod tests;
pub mod why;

pub use board::{Board, Circuit, Held, Line, Outlet, Past, Reserved, Spot, Weights};
pub use change::{Act, Change};
pub use fill::{Filled, Overload, Placement, Proposal, Unplaced, fill};
pub use hall::{Hall, hall};
pub use help::{Help, Relaxation};
pub use rule::{Block, Pass};
pub use score::{Reason, Sight, Term};
pub use spot::{spots, spots_beside};
pub use why::{Because, Why, WhyNot, because, why, why_not};
