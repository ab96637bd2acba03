//! Small pieces that pages and islands share. They know the domain and nothing else.

pub mod change;
pub mod here;
mod icon;
pub mod map;
mod textarea;

pub use icon::{Icon, icon};
pub use textarea::{Area, textarea};
