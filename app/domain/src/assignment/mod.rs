//! Assignment (排摊): which entry stands on which stall, and why. Pure integers (centimetres, watts, points),
//! so that server and browser give the same answer. Knows nothing of drawing, storage or wording.
//!
//! [`Board`] is everything the rules look at. [`rule`] says where an entry may not stand, [`score`] what a
//! place is worth, [`fill`] places all that wait, [`why`] answers questions, [`change`] is how two boards differ.

pub mod board;
pub mod change;
mod circuit;
pub mod fill;
pub mod lap;
pub mod plan;
pub mod rule;
pub mod score;
pub mod spot;
#[cfg(test)]
mod tests;
pub mod why;

pub use board::{Board, Circuit, Held, Line, Outlet, Spot, Weights};
pub use change::{Act, Change};
pub use fill::{Filled, Overload, Placement, Relaxation, Unplaced, fill};
pub use rule::{Block, Pass};
pub use score::{Reason, Term};
pub use spot::spots;
pub use why::{Because, Why, WhyNot, because, why, why_not};
