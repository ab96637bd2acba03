//! Server functions: who may, one verb, the answer. Each names its own address.

pub mod board;
pub mod layout;

#[cfg(feature = "ssr")]
mod caller;

#[cfg(feature = "ssr")]
pub use caller::{actor, state};
