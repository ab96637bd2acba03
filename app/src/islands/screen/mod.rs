//! The big screen: drawn on the server with real figures (`pages::screen`), then kept fresh by one stream of snapshots.
//!
//! What follows a snapshot is told by the same functions on both sides (`islands::told`).

mod chart;
#[cfg(feature = "browser")]
mod feed;
pub(crate) mod figure;
mod scene;
pub(crate) mod street;
#[cfg(feature = "browser")]
mod wake;

#[cfg(feature = "ssr")]
pub(crate) use chart::Hours;
#[cfg(feature = "ssr")]
pub(crate) use scene::{LINES, TICKS};
pub(crate) use scene::{Stage, sign, tell};
#[cfg(feature = "browser")]
pub(crate) use wake::wake;
