//! What people see. Pages are rendered on the server; the few things that move are islands.
//!
//! With `ssr` this is a library of the server; with `hydrate` it is the browser's wasm, and holds only
//! islands, parts and the stubs of calls.

#![recursion_limit = "256"]

pub mod calls;
pub mod fault;
pub mod islands;
pub mod parts;
pub mod words;

#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod state;

/// Wakes the islands of the page that is already there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
