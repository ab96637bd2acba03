//! Stories of diffs, and properties that saving and merging rely on.

#![expect(clippy::float_cmp, reason = "places are exact to the centimetre")]

use proptest::prelude::*;

use super::super::tests::stall;
use super::super::{Edit, History};
use super::*;

fn layout() -> Layout {
    Layout::of((1..=5).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap()
}

/// Any step, also ones that are refused; stalls 1 to 5 exist at first, 6 to 8 may come.
fn edit(stalls: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Edit> {
    let figures = (-9.99..9.99f64, -9.99..9.99f64, 1u8..=12, 0u8..9);
    (stalls, figures).prop_map(|(n, (a, b, no, what))| {
        let one = stall(n, a, b);
        let (id, stalls) = (one.id, vec![one.id]);
        match what {
            0 => Edit::Move { stalls, dx: a, dy: b },
            1 => Edit::Resize { stall: id, w: a, d: b },
            2 => Edit::Rotate { stalls, by: a * 30.0 },
            3 => Edit::Face { stall: id, facing: a * 30.0 },
            4 => Edit::Renumber { stall: id, no: no.to_string() },
            5 => Edit::SetZone { stalls, zone: "C".into() },
            6 => Edit::SetOutlet { stall: id, outlet: Some("o4".into()) },
            7 => Edit::Add(one),
            _ => Edit::Remove { stalls },
        }
    })
}

#[test]
fn a_stale_diff_names_the_stall_and_both_versions() {
    let mut mine = layout();
    let mut theirs = layout();
    let id = stall(3, 0.0, 0.0).id;
    let diff = mine.apply(Edit::Move { stalls: vec![id], dx: 1.0, dy: 0.0 }).unwrap();
    theirs.apply(Edit::Move { stalls: vec![id], dx: 0.0, dy: 2.0 }).unwrap();
    let conflict = diff.apply(&mut theirs).unwrap_err();
    assert_eq!(conflict.clashes.len(), 1);
    assert_eq!(conflict.clashes[0].mine.as_ref().unwrap().x, 13.0);
    assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().y, 2.0);
    diff.over(&theirs).apply(&mut theirs).unwrap();
    assert_eq!(theirs.stall(id), mine.stall(id));
}

#[test]
fn two_stalls_that_take_the_same_number_do_not_merge() {
    let (mut mine, mut theirs) = (layout(), layout());
    let renumber = |n: u8| Edit::Renumber { stall: stall(n, 0.0, 0.0).id, no: "9".into() };
    let diff = mine.apply(renumber(1)).unwrap();
    theirs.apply(renumber(2)).unwrap();
    let conflict = diff.apply(&mut theirs).unwrap_err();
    assert_eq!(conflict.clashes[0].theirs.as_ref().unwrap().id, stall(2, 0.0, 0.0).id);
}

#[test]
fn a_diff_that_files_a_stall_under_another_id_is_refused() {
    let one = stall(1, 0.0, 0.0);
    let key = stall(2, 0.0, 0.0).id;
    let forged =
        serde_json::json!({ "added": { (serde_json::to_value(key).unwrap().as_str().unwrap()): one } });
    assert!(serde_json::from_value::<Diff>(forged).is_err());
    let both = serde_json::json!({ "added": { "018bcfe5-6800-7101-8101-010101010101": one },
        "removed": { "018bcfe5-6800-7101-8101-010101010101": one } });
    assert!(serde_json::from_value::<Diff>(both).is_err());
}

#[test]
fn a_drag_of_many_small_moves_is_one_mark() {
    let start = layout();
    let mut now = start.clone();
    let id = stall(1, 0.0, 0.0).id;
    let step = |dx| Edit::Move { stalls: vec![id], dx, dy: 0.0 };
    let drag = [0.1, 0.2, -0.1]
        .into_iter()
        .fold(Diff::default(), |drag, dx| drag.compose(&now.apply(step(dx)).unwrap()));
    assert_eq!(drag, Diff::between(&start, &now));
    let back = now.apply(step(-0.2)).unwrap();
    assert!(drag.compose(&back).is_empty());
}

proptest! {
    #[test]
    fn undo_is_the_inverse_of_any_steps_and_redo_of_undo(edits in prop::collection::vec(edit(1..=8), 1..20)) {
        let start = layout();
        let mut now = start.clone();
        let mut history = History::default();
        let mut whole = Diff::default();
        for edit in edits {
            if let Ok(diff) = now.apply(edit) {
                prop_assert!(Layout::of(now.stalls().values().cloned()).is_ok());
                whole = whole.compose(&diff);
                history.mark(diff);
            }
        }
        let end = now.clone();
        prop_assert_eq!(&whole, &Diff::between(&start, &end));
        while history.undo(&mut now).unwrap().is_some() {}
        prop_assert_eq!(&now, &start);
        while history.redo(&mut now).unwrap().is_some() {}
        prop_assert_eq!(&now, &end);
        whole.inverse().apply(&mut now).unwrap();
        prop_assert_eq!(&now, &start);
    }

    #[test]
    fn a_diff_survives_the_wire(edits in prop::collection::vec(edit(1..=8), 1..6)) {
        let mut now = layout();
        for edit in edits {
            if let Ok(diff) = now.apply(edit) {
                let sent = serde_json::to_string(&diff).unwrap();
                prop_assert_eq!(serde_json::from_str::<Diff>(&sent).unwrap(), diff);
            }
        }
    }

    #[test]
    fn diffs_on_different_stalls_commute(mine in edit(1..=2), theirs in edit(3..=8)) {
        let (mut left, mut right) = (layout(), layout());
        if let (Ok(mine), Ok(theirs)) = (left.apply(mine), right.apply(theirs)) {
            prop_assert!(!mine.meets(&theirs));
            let (first, second) = (theirs.apply(&mut left), mine.apply(&mut right));
            prop_assert_eq!(first.is_ok(), second.is_ok());
            if first.is_ok() {
                prop_assert_eq!(left, right);
            }
        }
    }

    #[test]
    fn of_two_diffs_on_the_same_stall_the_later_is_refused(mine in edit(2..=2), theirs in edit(2..=2)) {
        let (mut left, mut right) = (layout(), layout());
        if let (Ok(mine), Ok(theirs)) = (left.apply(mine), right.apply(theirs)) {
            prop_assume!(!mine.is_empty() && !theirs.is_empty());
            let before = right.clone();
            let conflict = mine.apply(&mut right).unwrap_err();
            prop_assert_eq!(conflict.clashes[0].stall, stall(2, 0.0, 0.0).id);
            prop_assert_eq!(right, before);
        }
    }
}

proptest! {
    #[test]
    fn the_part_that_fits_can_be_done_and_the_rest_is_told(
        mine in prop::collection::vec(edit(1..=8), 1..8), theirs in prop::collection::vec(edit(1..=8), 1..8),
    ) {
        let (mut left, mut right) = (layout(), layout());
        let done = |layout: &mut Layout, edits: Vec<Edit>| {
            edits.into_iter().fold(Diff::default(), |all, edit| match layout.apply(edit) {
                Ok(diff) => all.compose(&diff),
                Err(_) => all,
            })
        };
        let mine = done(&mut left, mine);
        let theirs = done(&mut right, theirs);
        let before = right.clone();
        let (fits, clashes) = mine.fitting(&right);
        fits.apply(&mut right).unwrap();
        prop_assert_eq!(fits.steps().count() + clashes.len(), mine.steps().count());
        for clash in &clashes {
            prop_assert_eq!(right.stall(clash.stall), before.stall(clash.stall));
        }
        // What they changed is still as they left it.
        for (id, _, is) in theirs.steps() {
            prop_assert_eq!(right.stall(id), is);
        }
        if !mine.meets(&theirs) && clashes.is_empty() {
            prop_assert_eq!(&fits, &mine);
        }
    }
}
