//! Robust tabu search (Taillard 1991): the best exchange that leads nowhere where it has just been.

use super::Dice;
use super::differences::Differences;

pub(super) struct Tabu<'q> {
    pub(super) at: Differences<'q>,
    /// Until when a facility may not go back to a place.
    until: Vec<u64>,
    step: u64,
}

impl<'q> Tabu<'q> {
    pub(super) fn new(at: Differences<'q>) -> Self {
        Self { until: vec![0; at.now.len() * at.now.len()], at, step: 0 }
    }

    /// Searches until nothing better was met for so many exchanges, or until all are used up.
    /// Answers the best that it met.
    pub(super) fn run(
        &mut self,
        patience: u64,
        left: &mut u64,
        dice: &mut Dice,
        stop: &mut dyn FnMut() -> bool,
    ) -> (i64, Vec<usize>) {
        let n = self.at.now.len();
        let mut best = (self.at.value, self.at.now.clone());
        let mut since = 0;
        let often = 1 + 40_000 / (n * n) as u64;
        self.step += 10 * n as u64;
        while since < patience && *left > 0 {
            *left -= 1;
            self.step += 1;
            since += 1;
            if self.step.is_multiple_of(often) && stop() {
                *left = 0;
            }
            let Some((r, s)) = self.choose(best.0, dice) else { continue };
            for moved in [r, s] {
                let fraction = dice.biased(1_000_000, 3) as u64;
                self.until[moved * n + self.at.now[moved]] =
                    self.step + 2 + fraction * 8 * n as u64 / 1_000_000;
            }
            self.at.exchange(r, s);
            if self.at.value < best.0 {
                best.0 = self.at.value;
                best.1.clone_from(&self.at.now);
                since = 0;
            }
        }
        best
    }

    /// The best exchange that is not tabu, or that leads below everything seen in this run.
    fn choose(&self, best: i64, dice: &mut Dice) -> Option<(usize, usize)> {
        let (n, now) = (self.at.now.len(), &self.at.now);
        let mut found = None;
        let mut least = i64::MAX;
        let mut equal = 0;
        for i in 0..n {
            for (j, d) in (i + 1..n).zip(self.at.after(i)) {
                if *d > least {
                    continue;
                }
                let free = self.until[i * n + now[j]] < self.step || self.until[j * n + now[i]] < self.step;
                if !free && self.at.value + d >= best {
                    continue;
                }
                equal = if *d < least { 1 } else { equal + 1 };
                if equal == 1 || dice.below(equal) == 0 {
                    (least, found) = (*d, Some((i, j)));
                }
            }
        }
        found
    }
}
