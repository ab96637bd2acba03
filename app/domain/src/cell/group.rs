//! From a layout to cells: neighbours together, sizes balanced, the same layout always the same cells.
//!
//! The stalls are halved along the longer side of the ground they take, again and again, so that each part can
//! be filled with whole cells.

use crate::StallId;
use crate::layout::{Layout, Stall, number_order};
use crate::order::Order;

/// A cell has at most so many stalls.
pub const MOST: usize = 10;

/// The cells of a layout: as few as there can be, none larger than [`MOST`], no two sizes more than one apart.
/// They come in the order of their first stalls' numbers, and their stalls in the order of numbers.
pub fn group(layout: &Layout) -> Vec<Vec<StallId>> {
    let stalls = layout.in_order();
    let (count, cells) = (stalls.len(), stalls.len().div_ceil(MOST));
    if cells == 0 {
        return Vec::new();
    }
    let sizes: Vec<usize> = (0..cells).map(|at| count / cells + usize::from(at < count % cells)).collect();
    let mut found: Vec<Vec<&Stall>> = Vec::new();
    halve(stalls, &sizes, &mut found);
    for cell in &mut found {
        cell.order_by_key(|stall| number_order(&stall.no));
    }
    found.order_by_key(|cell| cell.first().map(|stall| number_order(&stall.no)));
    found.into_iter().map(|cell| cell.into_iter().map(|stall| stall.id).collect()).collect()
}

fn halve<'a>(mut stalls: Vec<&'a Stall>, sizes: &[usize], found: &mut Vec<Vec<&'a Stall>>) {
    if sizes.len() <= 1 {
        found.push(stalls);
        return;
    }
    let wide = span(&stalls, |stall| stall.x) >= span(&stalls, |stall| stall.y);
    stalls.order_by(|a, b| {
        let (along, across) = if wide {
            (a.x.total_cmp(&b.x), a.y.total_cmp(&b.y))
        } else {
            (a.y.total_cmp(&b.y), a.x.total_cmp(&b.x))
        };
        along.then(across).then(a.id.cmp(&b.id))
    });
    let (near, far) = sizes.split_at(sizes.len() / 2);
    let rest = stalls.split_off(near.iter().sum());
    halve(stalls, near, found);
    halve(rest, far, found);
}

fn span(stalls: &[&Stall], of: impl Fn(&Stall) -> f64) -> f64 {
    let least = stalls.iter().map(|stall| of(stall)).fold(f64::INFINITY, f64::min);
    let most = stalls.iter().map(|stall| of(stall)).fold(f64::NEG_INFINITY, f64::max);
    most - least
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::layout::tests::stall;
    use proptest::prelude::*;

    fn numbers(layout: &Layout) -> Vec<Vec<String>> {
        let no = |id: &StallId| layout.stall(*id).unwrap().no.clone();
        group(layout).iter().map(|cell| cell.iter().map(no).collect()).collect()
    }

    #[test]
    fn neighbours_are_together() {
        let here = |n: u8| stall(n, f64::from(n) * 4.0, 0.0);
        let there = |n: u8| stall(n, f64::from(n) * 4.0, 90.0);
        let layout = Layout::of((1..=8).map(here).chain((9..=16).map(there))).unwrap();
        let (left, right): (Vec<String>, Vec<String>) =
            ((1..=8).map(|n| n.to_string()).collect(), (9..=16).map(|n| n.to_string()).collect());
        assert_eq!(numbers(&layout), [left, right]);
        assert!(group(&Layout::default()).is_empty());
        assert_eq!(group(&Layout::of((1..=10).map(here)).unwrap()).len(), 1);
        assert_eq!(group(&Layout::of((1..=11).map(here)).unwrap()).len(), 2);
    }

    proptest! {
        #[test]
        fn every_stall_is_in_exactly_one_cell_of_ten_at_most_and_all_are_about_as_large(
            places in prop::collection::vec((0.0_f64..80.0, 0.0_f64..80.0), 1..120),
            turned in any::<bool>(),
        ) {
            let stalls: Vec<Stall> =
                places.iter().zip(1_u8..).map(|((x, y), n)| stall(n, *x, *y)).collect();
            let layout = Layout::of(stalls.clone()).unwrap();
            let cells = group(&layout);
            let all: Vec<StallId> = cells.iter().flatten().copied().collect();
            prop_assert_eq!(all.len(), stalls.len());
            prop_assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), stalls.len());
            prop_assert_eq!(cells.len(), stalls.len().div_ceil(MOST));
            let sizes = cells.iter().map(Vec::len);
            let (least, most) = (sizes.clone().min().unwrap(), sizes.max().unwrap());
            prop_assert!(most <= MOST && most - least <= 1);
            let mut again = stalls;
            if turned { again.reverse(); }
            prop_assert_eq!(group(&Layout::of(again).unwrap()), cells);
        }
    }
}
