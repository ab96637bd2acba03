//! Pictures beside a bulletin: none is ever needed, a few are enough, and each has a line below it.

use crate::Refusal;
use crate::text::short_or_empty;

/// The most pictures of one bulletin.
pub const MOST_PICTURES: i64 = 4;
/// The longest line below one, in letters.
pub const MOST_CAPTION: usize = 60;

/// A picture beside a bulletin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// The hash of its file, which is its name.
    pub hash: String,
    /// What it shows; may be empty.
    pub caption: String,
    /// Pixels across and down.
    pub size: (i64, i64),
}

/// The line below a picture.
pub fn caption(text: &str) -> Result<String, Refusal> {
    short_or_empty(text, MOST_CAPTION, "caption")
}
