//! Words of sixty-four points of a row each.

use std::ops::Range;

/// The bits of any word that stand for points in a range that is not empty.
pub(super) fn span(range: &Range<usize>, word: usize) -> u64 {
    if word < range.start / 64 || word > (range.end - 1) / 64 {
        0
    } else {
        within(range.start, range.end, word)
    }
}

/// The bits of one word that stand for points from `west` on and before `east`.
pub(super) const fn within(west: usize, east: usize, word: usize) -> u64 {
    let low = if word == west / 64 { u64::MAX << (west % 64) } else { u64::MAX };
    let high = if word == (east - 1) / 64 { u64::MAX >> (63 - (east - 1) % 64) } else { u64::MAX };
    low & high
}

/// Spreads what is flooded along the open points of a row, both ways.
pub(super) fn spread(open: &[u64], flood: &mut [u64]) {
    let mut carry = 0_u64;
    for (flood, open) in flood.iter_mut().zip(open) {
        *flood = rising((*flood | carry) & open, *open);
        carry = *flood >> 63;
    }
    let mut carry = 0_u64;
    for (flood, open) in flood.iter_mut().zip(open).rev() {
        *flood = falling((*flood | carry) & open, *open);
        carry = (*flood & 1) << 63;
    }
}

/// Spreads bits upward along a way.
fn rising(mut bits: u64, mut way: u64) -> u64 {
    if bits == 0 || bits == way {
        return bits;
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits |= way & (bits << shift);
        way &= way << shift;
    }
    bits
}

/// Spreads bits downward along a way.
fn falling(mut bits: u64, mut way: u64) -> u64 {
    if bits == 0 || bits == way {
        return bits;
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits |= way & (bits >> shift);
        way &= way >> shift;
    }
    bits
}
