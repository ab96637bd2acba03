//! Server functions: who may, one verb, the answer. Each names its own address.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments that carries none")]

pub mod board;
pub mod ground;
pub mod layout;
pub mod presence;
pub mod publish;
pub mod rain;
pub mod tally;

#[cfg(feature = "ssr")]
mod caller;

#[cfg(feature = "ssr")]
pub use caller::{Allowed, actor, state};
