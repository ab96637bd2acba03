//! An arrangement and what each exchange in it would change, kept up to date with every exchange.

#![allow(clippy::many_single_char_names)] // the letters of the literature

use super::Qap;

/// One way in which flows meet distances.
struct Side {
    a: Vec<i64>,
    /// Distances by place.
    far: Vec<i64>,
    /// Distances by facility, as they are arranged now: row by row in memory, which is what makes it quick.
    b: Vec<i64>,
}

pub(super) struct Differences<'q> {
    qap: &'q Qap,
    n: usize,
    /// Rows; and columns as well where neither matrix is the same in both directions.
    sides: Vec<Side>,
    /// Where each facility is.
    pub(super) now: Vec<usize>,
    pub(super) value: i64,
    /// Difference of each exchange `i < j`.
    delta: Vec<i64>,
    /// Differences of flows and distances of the last exchange.
    flow: Vec<i64>,
    way: Vec<i64>,
}

impl<'q> Differences<'q> {
    pub(super) fn new(qap: &'q Qap, now: Vec<usize>) -> Self {
        let n = qap.n;
        let turned =
            |matrix: &[i64]| -> Vec<i64> { (0..n * n).map(|at| matrix[at % n * n + at / n]).collect() };
        let both =
            |matrix: &[i64]| -> Vec<i64> { matrix.iter().zip(turned(matrix)).map(|(x, y)| x + y).collect() };
        let symmetric = |matrix: &[i64]| turned(matrix) == *matrix;
        let side = |a: Vec<i64>, far: Vec<i64>| Side { a, far, b: vec![0; n * n] };
        let sides = if symmetric(&qap.b) {
            vec![side(both(&qap.a), qap.b.clone())]
        } else if symmetric(&qap.a) {
            vec![side(qap.a.clone(), both(&qap.b))]
        } else {
            vec![side(qap.a.clone(), qap.b.clone()), side(turned(&qap.a), turned(&qap.b))]
        };
        let mut made = Self {
            qap,
            n,
            sides,
            now: Vec::new(),
            value: 0,
            delta: vec![0; n * n],
            flow: vec![0; n],
            way: vec![0; n],
        };
        made.start(&now);
        made
    }

    /// Begins anew from an arrangement.
    pub(super) fn start(&mut self, now: &[usize]) {
        self.now = now.to_vec();
        let n = self.n;
        for Side { far, b, .. } in &mut self.sides {
            for (x, row) in now.iter().zip(b.chunks_exact_mut(n)) {
                row.iter_mut().zip(now).for_each(|(cell, y)| *cell = far[x * n + y]);
            }
        }
        self.value = self.qap.value(&self.now);
        for i in 0..n {
            for j in i + 1..n {
                self.delta[i * n + j] = self.whole(i, j);
            }
        }
    }

    /// The differences of the exchanges of a facility with those after it.
    pub(super) fn after(&self, i: usize) -> &[i64] {
        &self.delta[i * self.n + i + 1..(i + 1) * self.n]
    }

    /// The difference of an exchange from first principles.
    fn whole(&self, i: usize, j: usize) -> i64 {
        let n = self.n;
        let mut sum = 0;
        for Side { a, b, .. } in &self.sides {
            let (ai, aj) = (&a[i * n..(i + 1) * n], &a[j * n..(j + 1) * n]);
            let (bi, bj) = (&b[i * n..(i + 1) * n], &b[j * n..(j + 1) * n]);
            let all: i64 =
                ai.iter().zip(aj).zip(bi.iter().zip(bj)).map(|((x, y), (z, w))| (x - y) * (w - z)).sum();
            // The two themselves are not among those who stand still.
            sum += all - (ai[i] - aj[i]) * (bj[i] - bi[i]) - (ai[j] - aj[j]) * (bj[j] - bi[j]);
        }
        let q = self.qap;
        let (x, y) = (self.now[i], self.now[j]);
        let own = (q.a(i, i) - q.a(j, j)) * (q.b(y, y) - q.b(x, x))
            + (q.a(i, j) - q.a(j, i)) * (q.b(y, x) - q.b(x, y));
        own + sum
    }

    /// Exchanges two facilities and brings all differences up to date.
    pub(super) fn exchange(&mut self, r: usize, s: usize) {
        let n = self.n;
        let (r, s) = (r.min(s), r.max(s));
        self.value += self.delta[r * n + s];
        self.now.swap(r, s);
        for Side { a, b, .. } in &mut self.sides {
            let (upper, lower) = b.split_at_mut(s * n);
            upper[r * n..(r + 1) * n].swap_with_slice(&mut lower[..n]);
            for row in b.chunks_exact_mut(n) {
                row.swap(r, s);
            }
            for i in 0..n {
                self.flow[i] = a[r * n + i] - a[s * n + i];
                self.way[i] = b[s * n + i] - b[r * n + i];
            }
            for i in (0..n).filter(|i| *i != r && *i != s) {
                let (f, w) = (self.flow[i], self.way[i]);
                let row = &mut self.delta[i * n + i + 1..(i + 1) * n];
                for ((d, g), v) in row.iter_mut().zip(&self.flow[i + 1..]).zip(&self.way[i + 1..]) {
                    *d += (f - g) * (w - v);
                }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assignment::plan::dice::Dice;

    /// Numbers by lot; `same` in both directions if so wished.
    fn matrix(n: usize, same: bool, dice: &mut Dice) -> Vec<i64> {
        let mut all: Vec<i64> = (0..n * n).map(|_| dice.below(41) as i64 - 20).collect();
        if same {
            (0..n * n).filter(|at| at / n > at % n).for_each(|at| all[at] = all[at % n * n + at / n]);
        }
        all
    }

    #[test]
    fn every_difference_is_that_of_the_sum_after_every_exchange() {
        let mut dice = Dice::new(5);
        for (same_a, same_b) in [(true, true), (true, false), (false, true), (false, false)] {
            let n = 7;
            let qap = Qap { n, a: matrix(n, same_a, &mut dice), b: matrix(n, same_b, &mut dice) };
            let mut all = Differences::new(&qap, dice.arrangement(n));
            for _ in 0..30 {
                for i in 0..n {
                    for (j, difference) in (i + 1..n).zip(all.after(i)) {
                        let mut then = all.now.clone();
                        then.swap(i, j);
                        assert_eq!(all.value + difference, qap.value(&then), "{same_a} {same_b}");
                    }
                }
                let r = dice.below(n);
                all.exchange(r, (r + 1 + dice.below(n - 1)) % n);
                assert_eq!(all.value, qap.value(&all.now));
            }
        }
    }
}
