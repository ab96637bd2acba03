//! Posters on paper: the code that is printed, and the address inside it.

mod code;

pub use code::{Code, QUIET, address, text};
