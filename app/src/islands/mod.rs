//! The few things that move in a browser. They use calls, parts and domain, never pages.

pub mod editor;
pub mod pad;

pub use editor::Editor;
pub use pad::Pad;
