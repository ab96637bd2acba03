//! The planning core: a market as a file, the model with its one evaluator, and the search. Whole numbers,
//! counted steps, no clock: the same seed gives the same plan on the server and in the browser.
//!
//! [`Instance`] is the file, [`Model`] what it means, [`solve()`] the search, [`Worth`] the verdict.

mod anneal;
mod bound;
mod chain;
mod cooling;
mod crowd;
mod dice;
mod every;
#[cfg(not(target_arch = "wasm32"))]
mod exact;
mod instance;
mod judge;
mod model;
mod noise;
mod pair;
mod position;
mod price;
mod qap;
mod relay;
mod solve;
mod sound;
mod sparse;
mod state;
mod table;

pub use bound::bound;
#[cfg(not(target_arch = "wasm32"))]
pub use exact::{prove, relaxed};
pub(super) use instance::SCHEMA;
pub use instance::{Cap, Circuit, Feed, Instance, Stall, Unit, Weights};
pub use judge::{Plan, Worth};
pub use model::Model;
pub use qap::{Arranged, Qap};
pub use solve::{Effort, Solved, solve};
#[cfg(test)]
mod tests;
