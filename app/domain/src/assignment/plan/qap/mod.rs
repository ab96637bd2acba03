//! The quadratic assignment problem, dense: the public stress test of pair terms (QAPLIB).
//!
//! A small population of arrangements; what two of them agree on is kept, the rest is dealt anew, and a tabu search
//! (Taillard 1991) goes on from there (after Benlic and Hao, "Memetic search for the quadratic assignment problem",
//! 2015). Whole numbers, counted steps, no clock.

mod breed;
mod differences;
mod tabu;

use self::breed::Breed;
use self::differences::Differences;
use super::dice::Dice;
use crate::Refusal;

/// Two matrices: flows between facilities and distances between places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Qap {
    n: usize,
    a: Vec<i64>,
    b: Vec<i64>,
}

/// An arrangement and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arranged {
    /// The sum of flow times distance.
    pub value: i64,
    /// The place of each facility, from 0.
    pub permutation: Vec<usize>,
}

impl Qap {
    /// Reads a QAPLIB file: `n`, then two `n` x `n` matrices.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut numbers = text.split_ascii_whitespace().map(str::parse::<i64>);
        let mut next = || numbers.next().and_then(Result::ok).ok_or(Refusal::Malformed("matrix file"));
        let n = usize::try_from(next()?).map_err(|_| Refusal::Malformed("matrix file"))?;
        if !(1..=1_000).contains(&n) {
            return Err(Refusal::Malformed("matrix file"));
        }
        let mut matrix = || (0..n * n).map(|_| next()).collect::<Result<Vec<i64>, _>>();
        let (a, b) = (matrix()?, matrix()?);
        if a.iter().chain(&b).any(|value| value.abs() > 1_000_000_000) {
            return Err(Refusal::Malformed("matrix file"));
        }
        Ok(Self { n, a, b })
    }

    /// How many facilities.
    pub const fn size(&self) -> usize {
        self.n
    }

    /// What an arrangement is worth; fewer is better.
    pub fn value(&self, permutation: &[usize]) -> i64 {
        let row = |i: usize| (0..self.n).map(move |j| self.a(i, j) * self.b(permutation[i], permutation[j]));
        (0..self.n).flat_map(row).sum()
    }

    fn a(&self, i: usize, j: usize) -> i64 {
        self.a[i * self.n + j]
    }

    fn b(&self, i: usize, j: usize) -> i64 {
        self.b[i * self.n + j]
    }

    /// Searches for `steps` exchanges; `stop` is asked now and then and may end it early.
    pub fn solve(&self, seed: u64, steps: u64, stop: &mut dyn FnMut() -> bool) -> Arranged {
        let mut dice = Dice::new(seed);
        let start = dice.arrangement(self.n);
        if self.n < 2 {
            return Arranged { value: self.value(&start), permutation: start };
        }
        Breed::new(Differences::new(self, start), dice).run(steps, stop)
    }
}

impl Dice {
    /// Everybody somewhere, by lot.
    fn arrangement(&mut self, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        self.shuffle(&mut all);
        all
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for index in 0..all.len() {
            all.swap(index, index + self.below(all.len() - index));
        }
    }
}
