//! A small population of arrangements, each the best of a search of its own.

use super::differences::Differences;
use super::tabu::Tabu;
use super::{Arranged, Dice};

/// How many arrangements are kept.
const SIZE: usize = 10;
/// After so many searches without a new best a new population begins.
const IDLE: usize = 30;
/// A search ends after so many exchanges a facility without anything better, or up to 32 times as many: short ones
/// suit structured instances, long ones flat ones, and both get their turn.
const PATIENCE: u64 = 2;
const LENGTHS: usize = 6;
const NOWHERE: usize = usize::MAX;

/// An arrangement by its value.
type Valued = (i64, Vec<usize>);

pub(super) struct Breed<'q> {
    tabu: Tabu<'q>,
    dice: Dice,
    /// Best first, no two of one value.
    all: Vec<Valued>,
    best: Valued,
}

impl<'q> Breed<'q> {
    pub(super) fn new(at: Differences<'q>, dice: Dice) -> Self {
        let best = (at.value, at.now.clone());
        Self { tabu: Tabu::new(at), dice, all: Vec::new(), best }
    }

    /// Searches for so many exchanges, or until it is stopped.
    pub(super) fn run(mut self, mut steps: u64, stop: &mut dyn FnMut() -> bool) -> Arranged {
        let n = self.best.1.len();
        let mut idle = 0;
        while steps > 0 {
            let start = if self.all.len() < SIZE { self.dice.arrangement(n) } else { self.child() };
            self.tabu.at.start(&start);
            let patience = (n as u64 * PATIENCE) << self.dice.below(LENGTHS);
            let found = self.tabu.run(patience, &mut steps, &mut self.dice, stop);
            idle += 1;
            if found.0 < self.best.0 {
                self.best.clone_from(&found);
                idle = 0;
            }
            self.join(found);
            if idle > IDLE {
                idle = 0;
                self.all.clear();
                if self.dice.below(2) == 0 {
                    self.all.push(self.best.clone());
                }
            }
        }
        Arranged { value: self.best.0, permutation: self.best.1 }
    }

    fn join(&mut self, found: Valued) {
        let at = self.all.partition_point(|one| one.0 < found.0);
        if self.all.get(at).is_none_or(|one| one.0 != found.0) {
            self.all.insert(at, found);
            self.all.truncate(SIZE);
        }
    }

    /// A child of two, or of one alone, shaken.
    fn child(&mut self) -> Vec<usize> {
        let (one, other) = (self.parent(), self.parent());
        if one == other {
            let mut child = self.all[one].1.clone();
            let n = child.len();
            for _ in 0..3 + self.dice.below(n / 3 + 1) {
                child.swap(self.dice.below(n), self.dice.below(n));
            }
            return child;
        }
        let (one, other) = (&self.all[one].1, &self.all[other].1);
        cross(one, other, &mut self.dice)
    }

    /// One of all, the better ones more often.
    fn parent(&mut self) -> usize {
        let count = self.all.len();
        self.dice.below(count).min(self.dice.below(count))
    }
}

/// What two agree on stays; each of the others goes where one of them has it, by lot, or where there is room.
fn cross(one: &[usize], other: &[usize], dice: &mut Dice) -> Vec<usize> {
    let n = one.len();
    let mut child: Vec<usize> = (0..n).map(|i| if one[i] == other[i] { one[i] } else { NOWHERE }).collect();
    let mut free = vec![true; n];
    child.iter().filter(|place| **place != NOWHERE).for_each(|place| free[*place] = false);
    for i in dice.arrangement(n).into_iter().filter(|i| one[*i] != other[*i]) {
        let two = if dice.below(2) == 0 { [one[i], other[i]] } else { [other[i], one[i]] };
        if let Some(place) = two.into_iter().find(|place| free[*place]) {
            child[i] = place;
            free[place] = false;
        }
    }
    let mut left: Vec<usize> = (0..n).filter(|place| free[*place]).collect();
    dice.shuffle(&mut left);
    for place in child.iter_mut().filter(|place| **place == NOWHERE) {
        *place = left.pop().unwrap_or(NOWHERE);
    }
    child
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_an_arrangement_and_keeps_what_its_parents_agree_on() {
        let mut dice = Dice::new(3);
        for n in 2..40 {
            let one = dice.arrangement(n);
            let mut other = one.clone();
            let (i, j) = (dice.below(n), dice.below(n));
            other.swap(i, j);
            for other in [other, dice.arrangement(n)] {
                let child = cross(&one, &other, &mut dice);
                assert!(
                    (0..n).all(|i| one[i] != other[i] || child[i] == one[i]),
                    "{one:?} {other:?} {child:?}"
                );
                let mut sorted = child;
                sorted.sort_unstable();
                assert_eq!(sorted, (0..n).collect::<Vec<_>>());
            }
        }
    }
}
