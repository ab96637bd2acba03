//! The quadratic assignment problem, dense: the public stress test of pair terms (QAPLIB).
//!
//! Iterated robust tabu search (Taillard 1991) with all exchange differences kept up to date; every so often
//! the best known arrangement is shaken and searched anew. Whole numbers, counted steps, no clock.

#![allow(clippy::many_single_char_names)] // the letters of the literature

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
        let mut permutation: Vec<usize> = (0..self.n).collect();
        shake(&mut permutation, self.n, &mut dice);
        let mut search = Search::new(self, permutation);
        if self.n > 1 {
            search.run(steps, &mut dice, stop);
        }
        Arranged { value: search.best_value, permutation: search.best }
    }
}

/// Exchanges `count` places in a ring at random.
fn shake(permutation: &mut [usize], count: usize, dice: &mut Dice) {
    let n = permutation.len();
    let mut chosen: Vec<usize> = (0..n).collect();
    for index in 0..count.min(n) {
        chosen.swap(index, index + dice.below(n - index));
    }
    for pair in chosen[..count.min(n)].windows(2) {
        permutation.swap(pair[0], pair[1]);
    }
}

struct Search<'a> {
    qap: &'a Qap,
    now: Vec<usize>,
    value: i64,
    best: Vec<usize>,
    best_value: i64,
    /// Difference of each exchange `i < j`.
    delta: Vec<i64>,
    /// Until when a facility may not go back to a place.
    tabu: Vec<u64>,
}

impl<'a> Search<'a> {
    fn new(qap: &'a Qap, now: Vec<usize>) -> Self {
        let value = qap.value(&now);
        let n = qap.n;
        let mut search = Self {
            qap,
            best: now.clone(),
            now,
            value,
            best_value: value,
            delta: vec![0; n * n],
            tabu: vec![0; n * n],
        };
        search.refresh();
        search
    }

    fn refresh(&mut self) {
        for i in 0..self.qap.n {
            for j in i + 1..self.qap.n {
                self.delta[i * self.qap.n + j] = self.whole(i, j);
            }
        }
    }

    /// The difference of an exchange from first principles.
    fn whole(&self, i: usize, j: usize) -> i64 {
        let (q, p) = (self.qap, &self.now);
        let (x, y) = (p[i], p[j]);
        let mut d = (q.a(i, i) - q.a(j, j)) * (q.b(y, y) - q.b(x, x))
            + (q.a(i, j) - q.a(j, i)) * (q.b(y, x) - q.b(x, y));
        for k in (0..q.n).filter(|k| *k != i && *k != j) {
            let z = p[k];
            d += (q.a(k, i) - q.a(k, j)) * (q.b(z, y) - q.b(z, x))
                + (q.a(i, k) - q.a(j, k)) * (q.b(y, z) - q.b(x, z));
        }
        d
    }

    /// Exchanges two facilities and brings all differences up to date.
    fn exchange(&mut self, r: usize, s: usize) {
        let (q, n) = (self.qap, self.qap.n);
        self.value += self.delta[r * n + s];
        self.now.swap(r, s);
        let (x, y) = (self.now[r], self.now[s]);
        // For a facility i outside: how its flows to r and s differ, and how its distances to them now do.
        let flow: Vec<(i64, i64)> = (0..n).map(|i| (q.a(r, i) - q.a(s, i), q.a(i, r) - q.a(i, s))).collect();
        let way: Vec<(i64, i64)> =
            self.now.iter().map(|z| (q.b(y, *z) - q.b(x, *z), q.b(*z, y) - q.b(*z, x))).collect();
        for i in (0..n).filter(|i| *i != r && *i != s) {
            let (f, w) = (flow[i], way[i]);
            let row = &mut self.delta[i * n + i + 1..(i + 1) * n];
            for ((d, g), v) in row.iter_mut().zip(&flow[i + 1..]).zip(&way[i + 1..]) {
                *d += (f.0 - g.0) * (w.0 - v.0) + (f.1 - g.1) * (w.1 - v.1);
            }
        }
        for k in 0..n {
            for fixed in [r, s] {
                if k != fixed {
                    let (i, j) = (k.min(fixed), k.max(fixed));
                    self.delta[i * n + j] = self.whole(i, j);
                }
            }
        }
    }

    fn run(&mut self, steps: u64, dice: &mut Dice, stop: &mut dyn FnMut() -> bool) {
        let n = self.qap.n;
        let mut patience = (n as u64) * 40;
        let (mut since, mut strength) = (0, 3);
        let mut local = (self.now.clone(), self.value);
        let mut home = local.clone();
        for step in 1..=steps {
            if step % 256 == 0 && stop() {
                return;
            }
            let Some((r, s)) = self.choose(step, dice) else { continue };
            let (x, y) = (self.now[r], self.now[s]);
            self.exchange(r, s);
            let tenure = |dice: &mut Dice| {
                let fraction = dice.biased(1_000_000, 3) as u64;
                step + 2 + fraction * 8 * n as u64 / 1_000_000
            };
            self.tabu[r * n + x] = tenure(dice);
            self.tabu[s * n + y] = tenure(dice);
            if self.value < self.best_value {
                (self.best_value, self.best) = (self.value, self.now.clone());
            }
            since += 1;
            if self.value < local.1 {
                since = 0;
                local.1 = self.value;
                local.0.clone_from(&self.now);
            }
            if since > patience {
                strength = if local.1 < home.1 { 3 } else { strength + 1 };
                if local.1 <= home.1 {
                    home.clone_from(&local);
                }
                if strength > n / 2 + 3 {
                    (strength, home.1) = (3, i64::MAX);
                    if dice.below(2) == 0 {
                        home = (self.best.clone(), self.best_value);
                    }
                    shake(&mut home.0, n, dice);
                }
                // Short searches suit structured instances, long ones flat: both get their turn.
                patience = (n as u64 * 5) << dice.below(6);
                self.start(&home.0, strength, dice);
                local.1 = self.value;
                local.0.clone_from(&self.now);
                since = 0;
            }
        }
    }

    fn start(&mut self, home: &[usize], strength: usize, dice: &mut Dice) {
        self.now.clear();
        self.now.extend_from_slice(home);
        shake(&mut self.now, strength, dice);
        self.value = self.qap.value(&self.now);
        self.tabu.fill(0);
        self.refresh();
    }

    /// The best exchange that is not tabu, or that leads below everything seen so far.
    fn choose(&self, step: u64, dice: &mut Dice) -> Option<(usize, usize)> {
        let n = self.qap.n;
        let mut found = None;
        let mut least = i64::MAX;
        let mut equal = 0;
        for i in 0..n {
            for j in i + 1..n {
                let d = self.delta[i * n + j];
                if d > least {
                    continue;
                }
                let free = self.tabu[i * n + self.now[j]] < step || self.tabu[j * n + self.now[i]] < step;
                if !free && self.value + d >= self.best_value {
                    continue;
                }
                equal = if d < least { 1 } else { equal + 1 };
                if equal == 1 || dice.below(equal) == 0 {
                    (least, found) = (d, Some((i, j)));
                }
            }
        }
        found
    }
}
