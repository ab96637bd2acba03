//! The day itself: what has to be in order, cells of stalls, what goes wrong, what everybody is told, opening and
//! closing.

mod announcement;
mod capacity;
mod cell;
mod check;
mod incident;
mod preflight;
mod safety;
mod stage;

pub use stage::{Because, StageStep};
