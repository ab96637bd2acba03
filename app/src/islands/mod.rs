//! The few things that move in a browser. They use calls, parts and domain, never pages.
#![allow(missing_docs, reason = "the island macro makes structs that cannot carry documentation")]

pub mod board;
mod canvas;
pub mod editor;
pub mod pad;
pub mod screen;

pub use editor::Editor;
pub use pad::Pad;
