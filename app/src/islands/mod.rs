//! The few things that move in a browser. They use calls, parts and domain, never pages.
//! A browser's bundle has one family of them, and `document::Family` names it to a page. The server has all that it
//! renders; the map editor it does not: it sends a place, and `editor` opens there by `node`, `live` and `wire`. The
//! pad and the screen it sends as pages, of which `pad` and `screen` write anew what follows.
#![allow(missing_docs, reason = "the island macro makes structs that cannot carry documentation")]

#[cfg(any(feature = "ssr", feature = "board"))]
pub mod board;
#[cfg(any(feature = "ssr", feature = "editor", feature = "ground"))]
mod canvas;
#[cfg(feature = "editor")]
pub(crate) mod editor;
#[cfg(any(feature = "ssr", feature = "board", feature = "ground"))]
mod fresh;
#[cfg(any(feature = "ssr", feature = "ground"))]
pub mod ground;
#[cfg(any(test, feature = "editor"))]
mod live;
#[cfg(feature = "editor")]
mod node;
#[cfg(any(feature = "ssr", feature = "pad"))]
pub mod pad;
#[cfg(any(feature = "pad", feature = "screen"))]
mod page;
#[cfg(any(feature = "ssr", feature = "screen"))]
pub(crate) mod screen;
#[cfg(any(feature = "pad", feature = "screen"))]
mod shown;
#[cfg(any(feature = "ssr", feature = "pad", feature = "screen"))]
pub(crate) mod told;
#[cfg(any(feature = "editor", feature = "pad", feature = "screen"))]
mod value;
#[cfg(any(feature = "editor", feature = "pad"))]
mod wire;
