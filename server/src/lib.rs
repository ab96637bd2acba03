//! Kaishi.
