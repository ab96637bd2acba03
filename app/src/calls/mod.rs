//! Server functions: who may, one verb, the answer. Each names its own address.

#[cfg(feature = "ssr")]
mod caller;

#[cfg(feature = "ssr")]
pub use caller::{actor, state};
