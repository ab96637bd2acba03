//! Small pieces that pages and islands share. They know the domain and nothing else.

pub mod change;
pub mod here;
mod icon;
pub mod map;
mod markup;
mod textarea;

pub use icon::{Icon, icon};
pub use markup::Markup;
pub use textarea::{Area, textarea};
