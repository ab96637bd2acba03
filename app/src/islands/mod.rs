//! The few things that move in a browser. They use calls, parts and domain, never pages.
//! A browser's bundle has one family of them, and `document::Family` names it to a page. The server has all that it
//! renders; the map editor it does not: it sends a place, and `editor` opens there by `node`, `live` and `wire`. The
//! screen it sends as a page, of which `screen` writes anew what follows.
#![allow(missing_docs, reason = "the island macro makes structs that cannot carry documentation")]

#[cfg(any(feature = "ssr", feature = "board"))]
pub mod board;
#[cfg(any(feature = "ssr", feature = "editor", feature = "ground"))]
mod canvas;
#[cfg(feature = "editor")]
pub(crate) mod editor;
#[cfg(any(feature = "ssr", feature = "board", feature = "ground", feature = "pad"))]
mod fresh;
#[cfg(any(feature = "ssr", feature = "ground"))]
pub mod ground;
#[cfg(any(test, feature = "editor"))]
mod live;
#[cfg(feature = "editor")]
mod node;
#[cfg(any(feature = "ssr", feature = "pad"))]
pub mod pad;
#[cfg(any(feature = "ssr", feature = "screen"))]
pub(crate) mod screen;
#[cfg(feature = "screen")]
mod shown;
#[cfg(any(feature = "ssr", feature = "pad", feature = "screen"))]
pub(crate) mod told;
#[cfg(any(feature = "editor", feature = "screen"))]
mod value;
#[cfg(feature = "editor")]
mod wire;

#[cfg(any(feature = "ssr", feature = "pad"))]
pub use pad::told::Told;
#[cfg(any(feature = "ssr", feature = "pad"))]
pub use pad::{Left, Pad};
