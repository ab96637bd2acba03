//! Kaishi.

pub mod asset;
