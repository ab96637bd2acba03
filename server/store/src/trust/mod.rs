//! Honest counting: how fast stalls serve, what waits for a person, what was decided.

mod pace;
mod review;

pub use pace::Paces;
pub use review::{Decided, Group, Review};
