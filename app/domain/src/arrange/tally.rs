//! Counts at the points of a raster, sixty-four at a time: bit `n` of a plane is one binary digit of the count at
//! point `n`, so that a whole stretch of a row goes up or down by one in a few steps.

use std::ops::Range;

use super::bits::{span, within};

/// Binary digits of a count.
const DIGITS: usize = 8;

/// A raster with a count at each point; some points are shut whatever their count.
#[derive(Clone)]
pub(super) struct Tally {
    /// Words of sixty-four points in each row.
    words: usize,
    digits: Vec<[u64; DIGITS]>,
    /// So many digits have been needed.
    top: usize,
    /// Points that are not shut.
    able: Vec<u64>,
    /// Of these, the ones that count nothing.
    free: Vec<u64>,
}

impl Tally {
    /// Counts nothing anywhere; every point is shut.
    pub(super) fn new(columns: usize, rows: usize) -> Self {
        let words = columns.div_ceil(64);
        let count = words * rows;
        Self { words, digits: vec![[0; DIGITS]; count], top: 2, able: vec![0; count], free: vec![0; count] }
    }

    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// Free points, row by row.
    pub(super) fn free(&self) -> &[u64] {
        &self.free
    }

    /// Opens a point that counts nothing.
    pub(super) fn open(&mut self, row: usize, column: usize) {
        let (at, bit) = (row * self.words + column / 64, 1 << (column % 64));
        self.able[at] |= bit;
        self.free[at] |= bit;
    }

    pub(super) fn is_free(&self, row: usize, column: usize) -> bool {
        self.free[row * self.words + column / 64] >> (column % 64) & 1 == 1
    }

    /// Whether no more than two count at an open point.
    pub(super) fn at_most_two(&self, row: usize, column: usize) -> bool {
        let digits = &self.digits[row * self.words + column / 64];
        let more = digits[2..self.top].iter().fold(digits[0] & digits[1], |more, digit| more | digit);
        more >> (column % 64) & 1 == 0
    }

    /// One more or one fewer in a rectangle.
    pub(super) fn count(&mut self, rows: Range<usize>, columns: Range<usize>, more: bool) {
        if columns.is_empty() {
            return;
        }
        for word in columns.start / 64..=(columns.end - 1) / 64 {
            let mask = within(columns.start, columns.end, word);
            for at in rows.clone().map(|row| row * self.words + word) {
                let digits = &mut self.digits[at];
                if more {
                    let (one, two) = (digits[0] & mask, digits[0] & digits[1] & mask);
                    digits[0] ^= mask;
                    digits[1] ^= one;
                    self.free[at] &= !mask;
                    let mut carry = two;
                    for (at, digit) in digits.iter_mut().enumerate().skip(2) {
                        if carry == 0 {
                            break;
                        }
                        let next = *digit & carry;
                        *digit ^= carry;
                        carry = next;
                        self.top = self.top.max(at + 1);
                    }
                } else {
                    let mut carry = mask;
                    let mut any = 0;
                    for digit in &mut digits[..self.top] {
                        *digit ^= carry;
                        carry &= *digit;
                        any |= *digit;
                    }
                    self.free[at] = self.able[at] & !any;
                }
            }
        }
    }

    /// Whether a point of some row would be free without two things, one in each of the first two ranges of
    /// columns, and is not in the third.
    pub(super) fn frees(&self, row: usize, without: [&Range<usize>; 2], but: &Range<usize>) -> bool {
        let columns = without[0].start.min(without[1].start)..without[0].end.max(without[1].end);
        if columns.is_empty() {
            return false;
        }
        (columns.start / 64..=(columns.end - 1) / 64).any(|word| {
            let bits = |range: &Range<usize>| if range.is_empty() { 0 } else { span(range, word) };
            let (one, other, at) = (bits(without[0]), bits(without[1]), row * self.words + word);
            let digits = &self.digits[at];
            let more =
                digits[2..self.top].iter().fold(!self.able[at] | bits(but), |more, digit| more | digit);
            let (single, pair) = (digits[0] & !digits[1], digits[1] & !digits[0]);
            ((one ^ other) & single | one & other & pair) & !more != 0
        })
    }

    /// Every free point of a rectangle, by row and column.
    pub(super) fn each_free(
        &self,
        rows: Range<usize>,
        columns: Range<usize>,
        mut say: impl FnMut(usize, usize),
    ) {
        if columns.is_empty() {
            return;
        }
        for row in rows {
            for word in columns.start / 64..=(columns.end - 1) / 64 {
                let mut bits = self.free[row * self.words + word] & within(columns.start, columns.end, word);
                while bits != 0 {
                    say(row, word * 64 + bits.trailing_zeros() as usize);
                    bits &= bits - 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_and_goes_again_leaves_the_counts_of_a_plain_raster() {
        let (columns, rows) = (150, 9);
        let mut tally = Tally::new(columns, rows);
        let mut plain = vec![0_u32; columns * rows];
        let shut = |row: usize, column: usize| (row + column).is_multiple_of(11);
        for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            if !shut(row, column) {
                tally.open(row, column);
            }
        }
        let rectangle =
            |i: usize| ((i % 5)..(i % 5 + 1 + i % 4), (i * 37 % 100)..(i * 37 % 100 + i * 13 % 50));
        let changes = (0..90).map(|i| (i, true)).chain((0..80).map(|i| (i, false)));
        for (i, more) in changes {
            let (down, along) = rectangle(i);
            tally.count(down.clone(), along.clone(), more);
            for at in down.flat_map(|row| along.clone().map(move |column| row * columns + column)) {
                plain[at] = if more { plain[at] + 1 } else { plain[at] - 1 };
            }
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
                let (count, open) = (plain[row * columns + column], !shut(row, column));
                assert_eq!(tally.is_free(row, column), open && count == 0);
                assert_eq!(tally.at_most_two(row, column), count <= 2);
            }
        }
        let mut free = 0;
        tally.each_free(0..rows, 3..140, |row, column| {
            free += 1;
            assert!(tally.is_free(row, column));
        });
        let open = (0..rows).flat_map(|row| (3..140).map(move |column| (row, column)));
        assert_eq!(free, open.filter(|(row, column)| tally.is_free(*row, *column)).count());
    }
}
