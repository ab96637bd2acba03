//! Sorting and gathering with one piece of code for all types. The standard library has each of its sorts anew
//! for every type, and a set that is collected brings one along: together they were a tenth of what a browser
//! had to load for the map editor.

use std::cmp::Ordering;

/// Sorts in place; equals stay in their order.
pub trait Order<T> {
    /// By what tells which of two comes first.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// By a key, which is asked for once.
    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let places = places(self.len(), &|a, b| compare(&self[a], &self[b]));
        bring(places, &mut |a, b| self.swap(a, b));
    }

    fn order_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let places = places(keys.len(), &|a, b| keys[a].cmp(&keys[b]));
        bring(places, &mut |a, b| self.swap(a, b));
    }
}

/// Where each of so many things belongs.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    sorted.sort_by(|a, b| compare(*a, *b));
    let mut places = vec![0; count];
    for (place, from) in sorted.into_iter().enumerate() {
        places[from] = place;
    }
    places
}

/// Brings everything where it belongs: each swap puts one thing into its place for good.
fn bring(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for at in 0..places.len() {
        while places[at] != at {
            let to = places[at];
            swap(at, to);
            places.swap(at, to);
        }
    }
}

/// Collects one by one.
pub trait Gather: Iterator + Sized {
    /// Like `collect`, for sets and maps.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(things in proptest::collection::vec((0_u8..9, any::<u8>()), 0..60)) {
            let (mut by, mut key, mut wanted) = (things.clone(), things.clone(), things);
            by.order_by(|a, b| a.0.cmp(&b.0));
            key.order_by_key(|thing| thing.0);
            wanted.sort_by_key(|thing| thing.0);
            prop_assert_eq!(&by, &wanted);
            prop_assert_eq!(&key, &wanted);
        }
    }
}
