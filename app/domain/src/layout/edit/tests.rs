//! Stories of single steps, and properties that every step keeps.

use proptest::prelude::*;

use super::super::tests::stall;
use super::super::{Diff, History};
use super::*;

fn id(n: u8) -> StallId {
    stall(n, 0.0, 0.0).id
}

#[test]
fn a_group_turns_about_its_common_centre() {
    let mut layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0)]).unwrap();
    let ids: Vec<_> = layout.stalls().keys().copied().collect();
    layout.apply(Edit::Rotate { stalls: ids.clone(), by: 90.0 }).unwrap();
    let one = layout.stall(ids[0]).unwrap();
    assert_eq!((one.x, one.y, one.angle, one.facing), (2.0, -2.0, 90.0, 0.0));
}

#[test]
fn a_refused_step_changes_nothing() {
    let before = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0)]).unwrap();
    let one = stall(1, 0.0, 0.0).id;
    let refused = [
        Edit::Renumber { stall: one, no: "2".into() },
        Edit::Resize { stall: one, w: 0.0, d: 3.0 },
        Edit::Move { stalls: vec![one, stall(9, 0.0, 0.0).id], dx: 1.0, dy: 0.0 },
        Edit::Move { stalls: vec![one], dx: f64::NAN, dy: 0.0 },
        Edit::Add(stall(1, 8.0, 8.0)),
        Edit::Remove { stalls: vec![one, one] },
    ];
    for edit in refused {
        let mut layout = before.clone();
        assert!(layout.apply(edit.clone()).is_err(), "{edit:?}");
        assert_eq!(layout, before);
    }
}

/// Stalls 1 to 6: two groups, one locked stall.
fn layout() -> Layout {
    let mut layout = Layout::of((1..=6).map(|n| stall(n, f64::from(n) * 4.0, f64::from(n % 3)))).unwrap();
    layout.apply(Edit::Group { stalls: vec![id(1), id(2)] }).unwrap();
    layout.apply(Edit::Group { stalls: vec![id(4), id(5)] }).unwrap();
    layout.apply(Edit::Lock { stalls: vec![id(3)], locked: true }).unwrap();
    layout
}

fn scheme() -> impl Strategy<Value = Scheme> {
    let prefix = prop_oneof![Just(Prefix::None), Just(Prefix::Zone), Just(Prefix::Letters("K".into()))];
    let reading = prop_oneof![Just(Reading::Rows), Just(Reading::Columns)];
    (prefix, any::<bool>(), reading, any::<bool>(), 0u32..9).prop_map(
        |(prefix, by_zone, reading, serpentine, start)| Scheme {
            prefix,
            by_zone,
            reading,
            serpentine,
            start,
        },
    )
}

/// Where stalls go: steps that move, turn, space and copy.
fn placing() -> impl Strategy<Value = Edit> {
    let ids = prop::collection::btree_set((1u8..=8).prop_map(id), 0..6);
    let line = prop_oneof![
        Just(Align::Left),
        Just(Align::Centre),
        Just(Align::Right),
        Just(Align::Top),
        Just(Align::Middle),
        Just(Align::Bottom),
    ];
    let axis = prop_oneof![Just(Axis::Across), Just(Axis::Along)];
    let gap = prop::option::of(-1.0..3.0f64);
    (ids, -30.0..30.0f64, -30.0..30.0f64, line, axis, gap, 0u8..8).prop_map(
        |(ids, a, b, to, axis, gap, what)| {
            let stalls: Vec<StallId> = ids.into_iter().collect();
            match what {
                0 => Edit::Move { stalls, dx: a, dy: b },
                1 => Edit::Rotate { stalls, by: a * 9.0 },
                2 => Edit::TurnTo { stalls, angle: a * 12.0 },
                3 => Edit::Flip { stalls },
                4 => Edit::Align { stalls, to },
                5 => Edit::Distribute { stalls, axis, gap },
                6 => Edit::Resize { stall: stalls.first().copied().unwrap_or(id(1)), w: a, d: b },
                _ => Edit::Face { stall: stalls.first().copied().unwrap_or(id(1)), facing: a * 12.0 },
            }
        },
    )
}

/// What stalls are: steps that number, group, lock, add and remove.
fn naming() -> impl Strategy<Value = Edit> {
    let ids = prop::collection::btree_set((1u8..=8).prop_map(id), 0..6);
    (ids, 1u8..=9, scheme(), any::<bool>(), 0u8..9).prop_map(|(ids, n, scheme, yes, what)| {
        let stalls: Vec<StallId> = ids.into_iter().collect();
        match what {
            0 => Edit::Number { stalls, scheme },
            1 => Edit::Lock { stalls, locked: yes },
            2 => Edit::Group { stalls },
            3 => Edit::Ungroup { stalls },
            4 => Edit::Remove { stalls },
            5 => Edit::AddAll(vec![stall(7, 1.0, f64::from(n)), stall(8, 5.0, 0.0)]),
            6 => Edit::SetZone { stalls, zone: if yes { "B" } else { "C" }.into() },
            7 => Edit::Renumber { stall: id(n), no: (n + 1).to_string() },
            _ => Edit::Add(stall(n, 0.0, 0.0)),
        }
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![placing(), naming()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_steps_keep_the_layout_sound_and_undo_takes_them_all_back(
        edits in prop::collection::vec(any_edit(), 1..25),
    ) {
        let start = layout();
        let (mut now, mut history) = (start.clone(), History::default());
        for edit in edits {
            let before = now.clone();
            let Ok(diff) = now.apply(edit) else {
                prop_assert_eq!(&now, &before);
                continue;
            };
            // Unique numbers and ids, sound figures, and nothing that rounding would still change.
            prop_assert_eq!(&Layout::of(now.stalls().values().cloned()).unwrap(), &now);
            prop_assert_eq!(&diff, &Diff::between(&before, &now));
            let mut back = now.clone();
            diff.inverse().apply(&mut back).unwrap();
            prop_assert_eq!(&back, &before);
            history.mark(diff);
        }
        let end = now.clone();
        while history.undo(&mut now).unwrap().is_some() {}
        prop_assert_eq!(&now, &start);
        while history.redo(&mut now).unwrap().is_some() {}
        prop_assert_eq!(&now, &end);
    }

    #[test]
    fn a_locked_stall_is_where_it_was_whatever_is_done(edits in prop::collection::vec(any_edit(), 1..15)) {
        let mut now = layout();
        let place = |layout: &Layout| {
            layout.stall(id(3)).map(|s| (s.x, s.y, s.w, s.d, s.angle, s.facing))
        };
        let was = place(&now);
        for edit in edits.into_iter().filter(|edit| !matches!(edit, Edit::Lock { .. })) {
            let _ = now.apply(edit);
            prop_assert_eq!(place(&now), was);
        }
    }

    #[test]
    fn a_step_survives_the_wire(edit in any_edit()) {
        let sent: Edit = serde_json::from_str(&serde_json::to_string(&edit).unwrap()).unwrap();
        let (mut here, mut there) = (layout(), layout());
        prop_assert_eq!(here.apply(edit), there.apply(sent));
    }

    #[test]
    fn what_is_moved_together_keeps_its_distances(dx in -30.0..30.0f64, dy in -30.0..30.0f64) {
        let before = layout();
        let mut now = before.clone();
        let stalls: Vec<_> = [1, 2, 4, 5, 6].map(id).into();
        now.apply(Edit::Move { stalls: stalls.clone(), dx, dy }).unwrap();
        let way = |layout: &Layout, n: usize| {
            layout.stall(stalls[n]).unwrap().centre().minus(layout.stall(stalls[0]).unwrap().centre())
        };
        for n in 1..stalls.len() {
            prop_assert!(way(&now, n).minus(way(&before, n)).length() < 1e-9);
        }
    }
}
