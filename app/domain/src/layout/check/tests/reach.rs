//! Ways: in, out and to every counter.

use super::*;

/// A wall of stalls from west to east at a height, shoulder to shoulder, with a gap of so many metres at the end.
fn wall(first: u8, y: f64, width: f64, gap: f64) -> Vec<Stall> {
    let count = ((width - gap) / 3.0).floor();
    let last = (width - gap) - 3.0 * (count - 1.0);
    let stall = |i: u8| {
        let w = if f64::from(i) + 1.0 < count { 3.0 } else { last };
        Stall { w, d: 2.0, ..stall(first + i, f64::from(i).mul_add(3.0, w / 2.0), y) }
    };
    (0..count as u8).map(stall).map(|one| one.sound().unwrap()).collect()
}

#[test]
fn a_counter_behind_a_wall_of_stalls_is_reached_only_through_a_gap_of_three_metres() {
    for (gap, reached) in [(3.0, true), (3.4, true), (2.8, false), (0.0, false)] {
        let mut stalls = wall(10, 15.0, 24.0, gap);
        let lone = looking(1, 12.0, 25.0, 270.0);
        stalls.push(lone.clone());
        let found = check(&yard(24.0, 30.0), &layout(&stalls), &none());
        if reached {
            assert_eq!(found, vec![], "{gap}");
        } else {
            assert_eq!(found.len(), 1, "{gap}: {found:?}");
            assert_eq!(found[0].kind, Kind::Unreachable { required: 3.0 });
            assert_eq!((found[0].stalls.clone(), found[0].severity), (vec![lone.id], Severity::Error));
        }
    }
}

#[test]
fn a_slanted_gap_counts_as_much_as_a_straight_one() {
    for angle in [10.0, 30.0, 45.0, 63.0] {
        for (gap, reached) in [(3.02, true), (2.8, false)] {
            // A long passage between two blocks that are turned, walls to either side.
            let axis = Point::toward(angle);
            let aside = Point::new(-axis.y, axis.x);
            let block = |n: u8, side: f64| {
                let at = Point::new(50.0, 50.0).plus(aside.times(side * (gap / 2.0 + 20.0)));
                Stall { w: 10.0, d: 40.0, angle, facing: angle + 270.0, ..stall(n, at.x, at.y) }
            };
            let stop = |n: u8, side: f64| {
                let at = Point::new(50.0, 50.0).plus(aside.times(side * (gap / 2.0 + 62.0)));
                Stall { w: 10.0, d: 44.0, angle, facing: angle + 270.0, ..stall(n, at.x, at.y) }
            };
            let behind = Point::new(50.0, 50.0).plus(axis.times(14.0));
            let lone = Stall { angle, facing: angle + 180.0, ..stall(9, behind.x, behind.y) };
            let mut yard = yard(100.0, 100.0);
            yard.zones[0].aisle = 0.0;
            let entrance = Point::new(50.0, 50.0).minus(axis.times(20.0));
            yard.entrances = vec![entrance];
            let all = layout(&[block(1, 1.0), block(2, -1.0), stop(3, 1.0), stop(4, -1.0), lone.clone()]);
            let found = check(&yard, &all, &none());
            let cut =
                found.iter().any(|b| b.stalls == vec![lone.id] && matches!(b.kind, Kind::Unreachable { .. }));
            assert_eq!(cut, !reached, "{angle} {gap}: {found:?}");
        }
    }
}

#[test]
fn a_stall_in_the_mouth_of_an_exit_is_told_how_far_in_and_moves_out() {
    let yard = with(&yard(30.0, 30.0), "exits", serde_json::json!([0.0, 20.0]));
    let layout = layout(&[looking(1, 2.5, 20.0, 90.0)]);
    let found = check(&yard, &layout, &none());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(matches!(found[0].kind, Kind::InMouth { required } if near(required, 3.0)));
    assert!((found[0].amount - 0.5).abs() < 0.05, "{found:?}");
    assert_eq!(check(&yard, &after(&layout, &found[0]), &none()), vec![]);
}

#[test]
fn an_exit_that_stalls_have_walled_in_is_blocked() {
    // The exit in the north-west corner; a wall of stalls before it leaves 2.5 m.
    let yard = with(&yard(12.0, 30.0), "exits", serde_json::json!([0.0, 28.0]));
    let free = wall(10, 20.0, 12.0, 3.0);
    assert_eq!(check(&yard, &layout(&free), &none()), vec![]);
    let stalls: Vec<Stall> = wall(10, 20.0, 12.0, 2.5);
    let found = check(&yard, &layout(&stalls), &none());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, Kind::ExitBlocked { required: 3.0 });
    assert!(near(found[0].at.y, 28.0) && !found[0].stalls.is_empty());
    assert_eq!(found[0].severity, Severity::Error);
}

#[test]
fn a_ground_that_names_no_way_in_has_none_to_block() {
    let mut yard = yard(30.0, 30.0);
    yard.entrances.clear();
    assert_eq!(check(&yard, &layout(&[stall(1, 15.0, 20.0)]), &none()), vec![]);
}

#[test]
fn areas_drawn_side_by_side_are_one_floor() {
    let mut yard = yard(30.0, 30.0);
    let mut north = yard.zones[0].clone();
    north.id = "north".into();
    north.polygon = crate::geometry::Polygon::try_from(
        [[5.0, 30.005], [25.0, 30.005], [25.0, 50.0], [5.0, 50.0]].map(Point::from).to_vec(),
    )
    .unwrap();
    yard.zones.push(north);
    assert_eq!(check(&yard, &layout(&[stall(1, 15.0, 40.0)]), &none()), vec![]);
    // Drawn a metre apart there is no way.
    let mut apart = yard.clone();
    apart.zones[1].polygon = crate::geometry::Polygon::try_from(
        [[5.0, 31.0], [25.0, 31.0], [25.0, 50.0], [5.0, 50.0]].map(Point::from).to_vec(),
    )
    .unwrap();
    let found = check(&apart, &layout(&[stall(1, 15.0, 40.0)]), &none());
    assert_eq!(found.iter().map(|b| name(&b.kind)).collect::<Vec<_>>(), ["Unreachable"]);
}
