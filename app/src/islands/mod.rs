//! The few things that move in a browser. They use calls, parts and domain, never pages.

pub mod editor;

pub use editor::Editor;
