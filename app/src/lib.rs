//! What people see. Pages are rendered on the server; the few things that move are islands.
//!
//! With `ssr` this is a library of the server; with a family of islands (`editor`, `board` …) it is the wasm of the
//! pages that have them, and holds only those islands, parts and the stubs of calls.

#![recursion_limit = "256"]

pub mod arrange;
pub mod calls;
pub mod fault;
pub mod islands;
pub mod parts;
pub mod words;

#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod mould;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod state;

/// Wakes what moves on the page that is already there.
#[cfg(any(feature = "board", feature = "editor", feature = "ground", feature = "pad", feature = "screen"))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(any(feature = "board", feature = "ground"))]
    leptos::mount::hydrate_islands();
    #[cfg(feature = "editor")]
    islands::editor::wake();
    #[cfg(feature = "pad")]
    islands::pad::wake();
    #[cfg(feature = "screen")]
    islands::screen::wake();
}
