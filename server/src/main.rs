//! Kaishi.
fn main() {}
