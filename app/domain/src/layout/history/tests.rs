//! Stories of undo while others work on the same map.

#![expect(clippy::float_cmp, reason = "places are exact to the centimetre")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::tests::stall;
use super::super::{Edit, Stall};
use super::*;
use crate::StallId;

fn id(n: u8) -> StallId {
    stall(n, 0.0, 0.0).id
}

fn shift(n: u8, dx: f64) -> Edit {
    Edit::Move { stalls: vec![id(n)], dx, dy: 0.0 }
}

fn x(layout: &Layout, n: u8) -> f64 {
    layout.stall(id(n)).unwrap().x
}

fn three() -> Layout {
    Layout::of((1..=3).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap()
}

#[test]
fn other_peoples_stalls_stay_and_a_mark_they_overwrote_is_refused_with_both_versions() {
    let mut layout = three();
    let mut history = History::default();
    history.mark(layout.apply(shift(1, 1.0)).unwrap());
    layout.apply(shift(2, 5.0)).unwrap();
    history.undo(&mut layout).unwrap();
    assert_eq!((x(&layout, 1), x(&layout, 2)), (4.0, 13.0));

    history.redo(&mut layout).unwrap();
    layout.apply(shift(1, 7.0)).unwrap();
    let conflict = history.undo(&mut layout).unwrap_err();
    assert_eq!(conflict.clashes.len(), 1);
    assert_eq!(conflict.clashes[0].mine.as_ref().unwrap().x, 4.0);
    assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().x, 12.0);
    assert!(!history.can_undo());
    assert_eq!(x(&layout, 1), 12.0);
}

#[test]
fn a_new_mark_forgets_what_was_undone() {
    let mut layout = Layout::of([stall(1, 0.0, 0.0)]).unwrap();
    let mut history = History::default();
    history.mark(layout.apply(shift(1, 1.0)).unwrap());
    history.undo(&mut layout).unwrap();
    assert!(history.can_redo());
    history.mark(layout.apply(Edit::Remove { stalls: vec![id(1)] }).unwrap());
    assert!(!history.can_redo());
    history.undo(&mut layout).unwrap();
    assert_eq!(layout.stall(id(1)).unwrap().no, "1");
}

#[test]
fn of_a_refused_mark_the_stalls_that_nobody_touched_can_be_taken_back() {
    let mut layout = three();
    let mut history = History::default();
    let all = (1..=3).map(id).collect();
    history.mark(layout.apply(Edit::Move { stalls: all, dx: 0.0, dy: 9.0 }).unwrap());
    layout.apply(shift(2, 1.0)).unwrap();
    assert!(history.undo(&mut layout).is_err());
    let rest = history.rest(&mut layout).unwrap();
    assert_eq!(rest.changed.len(), 2);
    let north: Vec<_> = layout.stalls().values().map(|stall| stall.y).collect();
    assert_eq!(north, [0.0, 9.0, 0.0]);
    assert!(history.rest(&mut layout).is_none());
    history.redo(&mut layout).unwrap();
    assert_eq!(layout.stall(id(1)).unwrap().y, 9.0);
}

#[test]
fn undo_never_takes_a_number_that_somebody_else_gave_out() {
    let mut layout = three();
    let mut history = History::default();
    history.mark(layout.apply(Edit::Renumber { stall: id(1), no: "9".into() }).unwrap());
    layout.apply(Edit::Renumber { stall: id(2), no: "1".into() }).unwrap();
    let conflict = history.undo(&mut layout).unwrap_err();
    assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().id, id(2));
    assert_eq!(layout.stall(id(1)).unwrap().no, "9");
}

#[test]
fn a_save_that_was_refused_leaves_the_rest_of_the_history() {
    let mut layout = three();
    let mut history = History::default();
    history.mark(layout.apply(shift(1, 1.0)).unwrap());
    let refused = layout.apply(Edit::Remove { stalls: vec![id(2)] }).unwrap();
    history.mark(refused.clone());
    refused.inverse().apply(&mut layout).unwrap();
    let lost = history.rebase(&layout);
    assert_eq!(lost.iter().map(|clash| clash.stall).collect::<Vec<_>>(), [id(2)]);
    history.undo(&mut layout).unwrap();
    assert_eq!(layout, three());
}

/// Who does it, which stall, how far.
fn deeds() -> impl Strategy<Value = Vec<(bool, u8, f64)>> {
    prop::collection::vec((any::<bool>(), 1u8..=6, 0.01..9.0f64), 1..30)
}

fn six() -> Layout {
    Layout::of((1..=6).map(|n| stall(n, 0.0, f64::from(n) * 4.0))).unwrap()
}

/// Undoes everything, also what is left of marks that are refused; says how many were.
fn undo_all(history: &mut History, layout: &mut Layout) -> usize {
    let mut refused = 0;
    loop {
        let before = layout.clone();
        match history.undo(layout) {
            Ok(None) => return refused,
            Ok(Some(_)) => {}
            Err(conflict) => {
                assert_eq!(*layout, before);
                assert!(
                    conflict.clashes.iter().all(|clash| clash.theirs.as_ref() == before.stall(clash.stall))
                );
                history.rest(layout);
                refused += 1;
            }
        }
    }
}

proptest! {
    #[test]
    fn undo_brings_my_stalls_back_and_leaves_theirs_as_they_left_them(deeds in deeds()) {
        let start = six();
        let (mut layout, mut history) = (start.clone(), History::default());
        // Each step of the other one is longer than all of mine: no place is reached twice.
        let mut theirs: BTreeMap<StallId, Stall> = BTreeMap::new();
        for (mine, n, dx) in deeds {
            let diff = layout.apply(shift(n, if mine { dx } else { dx + 300.0 })).unwrap();
            if mine {
                history.mark(diff);
            } else {
                theirs.insert(id(n), layout.stall(id(n)).unwrap().clone());
            }
        }
        undo_all(&mut history, &mut layout);
        for (id, stall) in layout.stalls() {
            prop_assert_eq!(stall, theirs.get(id).unwrap_or(&start.stalls()[id]));
        }
    }

    #[test]
    fn marks_of_several_stalls_are_taken_back_as_far_as_nobody_else_was_there(
        deeds in prop::collection::vec((any::<bool>(), prop::collection::btree_set(1u8..=6, 1..4), 0.01..9.0f64), 1..20),
    ) {
        let start = six();
        let (mut layout, mut history) = (start.clone(), History::default());
        let mut theirs: BTreeMap<StallId, Stall> = BTreeMap::new();
        for (mine, stalls, dx) in deeds {
            let dx = if mine { dx } else { dx + 300.0 };
            let stalls: Vec<_> = stalls.into_iter().map(id).collect();
            let diff = layout.apply(Edit::Move { stalls: stalls.clone(), dx, dy: 0.0 }).unwrap();
            if mine {
                history.mark(diff);
            } else {
                theirs.extend(stalls.iter().map(|id| (*id, layout.stall(*id).unwrap().clone())));
            }
        }
        undo_all(&mut history, &mut layout);
        for (id, stall) in layout.stalls() {
            prop_assert_eq!(stall, theirs.get(id).unwrap_or(&start.stalls()[id]));
        }
    }

    #[test]
    fn what_is_left_after_a_rebase_is_undone_without_a_refusal(deeds in deeds()) {
        let (mut layout, mut history) = (six(), History::default());
        for (mine, n, dx) in deeds {
            let diff = layout.apply(shift(n, if mine { dx } else { dx + 300.0 })).unwrap();
            if mine {
                history.mark(diff);
            }
        }
        history.rebase(&layout);
        prop_assert_eq!(undo_all(&mut history, &mut layout), 0);
    }
}
