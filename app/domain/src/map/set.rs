//! The set beside the map.

use std::borrow::Borrow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::search;
use crate::order::Order;

/// Things in their order, each once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Set<T> {
    /// An empty one.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The first.
    pub fn first(&self) -> Option<&T> {
        self.0.first()
    }

    /// Keeps what `keep` says.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<T: Ord> Set<T> {
    fn place<Q: Ord + ?Sized>(&self, thing: &Q) -> Result<usize, usize>
    where
        T: Borrow<Q>,
    {
        search(self.0.len(), &|at| self.0[at].borrow().cmp(thing))
    }

    /// Whether it is in there.
    pub fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.place(thing).is_ok()
    }

    /// Puts it in; whether it is new.
    pub fn insert(&mut self, thing: T) -> bool {
        let place = self.place(&thing);
        if let Err(at) = place {
            self.0.insert(at, thing);
        }
        place.is_err()
    }

    /// Takes it out; whether it was in there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let place = self.place(thing);
        if let Ok(at) = place {
            self.0.remove(at);
        }
        place.is_ok()
    }

    /// Whether nothing is in both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        !self.iter().any(|thing| other.contains(thing))
    }

    /// Whether all of it is in the other one.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|thing| other.contains(thing))
    }

    /// What is in one of both only.
    pub fn symmetric_difference<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        let mine = self.iter().filter(|thing| !other.contains(thing));
        mine.chain(other.iter().filter(|thing| !self.contains(thing)))
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        self.0.extend(more);
        self.0.order_by(Ord::cmp);
        self.0.dedup();
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut set = Self::new();
        set.extend(all);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for Set<T> {
    fn from(all: [T; N]) -> Self {
        all.into_iter().collect()
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: Ord + Deserialize<'de>> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Vec::deserialize(from).map(|all: Vec<T>| all.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_set_does_what_a_tree_does(a in proptest::collection::vec(0_u8..20, 0..20), b in proptest::collection::vec(0_u8..20, 0..20)) {
            let (one, other): (Set<_>, Set<_>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let (tree, second): (BTreeSet<_>, BTreeSet<_>) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert!(one.iter().eq(tree.iter()));
            prop_assert_eq!(one.is_disjoint(&other), tree.is_disjoint(&second));
            prop_assert_eq!(one.is_subset(&other), tree.is_subset(&second));
            let apart: Set<u8> = one.symmetric_difference(&other).copied().collect();
            prop_assert!(apart.iter().eq(tree.symmetric_difference(&second)));
        }
    }
}
