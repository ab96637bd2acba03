//! Stories of snapping.

use proptest::prelude::*;

use super::super::Stall;
use super::super::tests::stall;
use super::*;

fn ground() -> Ground {
    Ground::parse(include_str!("../../../../../server/demo/ground.json")).unwrap()
}

/// Three stalls in a row with a metre between them, and a gap of a metre and a half before the fourth.
fn row() -> Layout {
    Layout::of([stall(1, 10.0, 5.0), stall(2, 14.0, 5.0), stall(3, 18.0, 5.0), stall(4, 22.5, 5.0)]).unwrap()
}

fn snapper() -> Snapper {
    Snapper::new(&ground(), &row(), &[], None)
}

fn square(x: f64, y: f64) -> Bounds {
    stall(9, x, y).footprint().bounds()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

#[test]
fn a_stall_comes_to_rest_in_line_with_the_one_above() {
    let snapped = snapper().snap(square(14.12, 12.0), 0.2, None);
    assert!(near(snapped.shift.x, -0.12) && near(snapped.shift.y, 0.0), "{:?}", snapped.shift);
    let lines: Vec<_> = snapped
        .guides
        .iter()
        .filter_map(|guide| match guide {
            Guide::Line { from, to, part } => Some((from.x, from.y, to.y, *part)),
            Guide::Gap { .. } => None,
        })
        .collect();
    assert!(lines.contains(&(14.0, 3.5, 13.5, Part::Centre)), "{lines:?}");
    assert!(lines.contains(&(12.5, 3.5, 13.5, Part::Edge)), "{lines:?}");
}

#[test]
fn a_gap_repeats_the_gap_beside_it() {
    // Right of the fourth stall by about as much as the fourth stands from the third.
    let snapped = snapper().snap(square(27.1, 5.0), 0.2, None);
    assert!(near(snapped.shift.x, -0.1), "{:?}", snapped.shift);
    let gaps: Vec<_> = snapped
        .guides
        .iter()
        .filter_map(|guide| match guide {
            Guide::Gap { metres, .. } => Some(*metres),
            Guide::Line { .. } => None,
        })
        .collect();
    assert_eq!(gaps.len(), 2);
    assert!(gaps.iter().all(|metres| near(*metres, 1.5)), "{gaps:?}");
}

#[test]
fn a_stall_between_two_stands_in_the_middle() {
    let ends = Layout::of([stall(1, 10.0, 5.0), stall(2, 20.0, 5.0)]).unwrap();
    let snapped = Snapper::new(&ground(), &ends, &[], None).snap(square(15.15, 5.0), 0.2, None);
    assert!(near(snapped.shift.x, -0.15), "{:?}", snapped.shift);
}

#[test]
fn the_edge_of_the_ground_and_of_the_fire_lane_hold_a_stall() {
    let ground = ground();
    let lane = ground.keep_clear[0].polygon.bounds();
    let snapped =
        Snapper::new(&ground, &Layout::default(), &[], None).snap(square(lane.low.x - 1.6, 9.0), 0.2, None);
    assert!(near(snapped.shift.x, 0.1), "{:?}", snapped.shift);
}

#[test]
fn a_stall_comes_to_rest_where_an_obstacle_needs_no_more_room() {
    let ground = ground();
    let planter = ground.obstacles.iter().find(|obstacle| obstacle.clear > 0.0).unwrap();
    let edge = planter.polygon.bounds().high.x + planter.clear;
    let at = square(edge + 1.6, planter.polygon.bounds().centre().y);
    let snapped = Snapper::new(&ground, &Layout::default(), &[], None).snap(at, 0.2, None);
    assert!(near(snapped.shift.x, -0.1), "{:?}", snapped.shift);
}

#[test]
fn where_nothing_is_near_the_grid_holds() {
    let at = Point::new(28.44, 9.07);
    let free = Snapper::new(&ground(), &Layout::default(), &[], Some(square(28.44, 9.07)));
    let snapped = free.snap(square(at.x, at.y), 0.02, Some(Grid { step: 0.1, point: at }));
    assert!(near(at.x + snapped.shift.x, 28.4) && near(at.y + snapped.shift.y, 9.1), "{:?}", snapped.shift);
    assert_eq!(free.snap(square(at.x, at.y), 0.02, None), Snapped::default());
}

#[test]
fn what_is_held_does_not_snap_to_itself_and_what_is_out_of_sight_does_not_count() {
    let (ground, layout) = (ground(), row());
    let id = stall(2, 0.0, 0.0).id;
    let held = Snapper::new(&ground, &Layout::of([stall(2, 14.0, 9.3)]).unwrap(), &[id], None);
    assert!(near(held.snap(square(14.05, 9.35), 0.1, None).shift.x, 0.0));
    let elsewhere = Bounds { low: Point::new(30.0, 20.0), high: Point::new(36.0, 26.0) };
    let blind = Snapper::new(&ground, &layout, &[], Some(elsewhere));
    assert!(near(blind.snap(square(14.12, 9.3), 0.1, None).shift.x, 0.0));
}

#[test]
fn a_pulled_edge_stops_where_another_begins() {
    let (at, guide) = snapper().edge(Axis::Across, 12.58, (8.0, 11.0), 0.1).unwrap();
    assert!(near(at, 12.5));
    assert!(matches!(guide, Guide::Line { part: Part::Edge, .. }));
    assert!(snapper().edge(Axis::Across, 12.2, (8.0, 11.0), 0.1).is_none());
}

#[test]
fn a_turn_stops_at_steps_and_at_the_angle_of_others() {
    let mut other = row();
    other.apply(super::super::Edit::TurnTo { stalls: vec![stall(1, 0.0, 0.0).id], angle: 22.5 }).unwrap();
    let snapper = Snapper::new(&ground(), &other, &[], None);
    assert!(near(snapper.angle(43.9, 15.0, 2.0), 45.0));
    assert!(near(snapper.angle(-1.0, 15.0, 2.0), 0.0));
    assert!(near(snapper.angle(113.0, 15.0, 2.0), 112.5));
    assert!(near(snapper.angle(37.7, 15.0, 2.0), 37.7));
}

fn crowd() -> impl Strategy<Value = Layout> {
    let one = (0.0..42.0f64, 0.0..26.0f64, prop::bool::ANY);
    prop::collection::vec(one, 0..30).prop_map(|all| {
        Layout::of(
            all.into_iter().zip(1..).map(|((x, y, turned), n)| Stall {
                angle: if turned { 37.0 } else { 0.0 },
                ..stall(n, x, y)
            }),
        )
        .unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn snapping_never_moves_farther_than_the_tolerance(
        layout in crowd(), x in 0.0..42.0f64, y in 0.0..26.0f64, tolerance in 0.0..1.5f64,
    ) {
        let snapper = Snapper::new(&ground(), &layout, &[], None);
        let shift = snapper.snap(square(x, y), tolerance, None).shift;
        prop_assert!(shift.x.abs() <= tolerance && shift.y.abs() <= tolerance, "{shift:?}");
        let grid = Grid { step: 0.5, point: Point::new(x, y) };
        let shift = snapper.snap(square(x, y), tolerance, Some(grid)).shift;
        let most = tolerance.max(0.25) + 1e-9;
        prop_assert!(shift.x.abs() <= most && shift.y.abs() <= most, "{shift:?}");
    }

    #[test]
    fn what_has_snapped_stays(
        layout in crowd(), x in 0.0..42.0f64, y in 0.0..26.0f64, tolerance in 0.01..0.5f64,
    ) {
        let snapper = Snapper::new(&ground(), &layout, &[], None);
        let first = snapper.snap(square(x, y), tolerance, None).shift;
        let at = square(x + first.x, y + first.y);
        // An axis that has snapped is at rest; the other may see a gap that it did not see before.
        let again = snapper.snap(at, 1e-6, None).shift;
        prop_assert!(again.x.abs() < 1e-6 && again.y.abs() < 1e-6, "{first:?} {again:?}");
    }

    #[test]
    fn every_line_that_is_drawn_touches_something_that_stays(
        layout in crowd(), x in 0.0..42.0f64, y in 0.0..26.0f64,
    ) {
        let snapper = Snapper::new(&ground(), &layout, &[], None);
        let snapped = snapper.snap(square(x, y), 0.4, None);
        let there = moved(square(x, y), snapped.shift);
        for guide in snapped.guides {
            match guide {
                Guide::Line { from, to, part } => {
                    let axis = if near(from.x, to.x) { Axis::Across } else { Axis::Along };
                    let on = |marks: &[Mark]| marks.iter().any(|m| m.part == part && near(m.at, axis.of(from)));
                    prop_assert!(on(snapper.marks(axis)));
                    let mine = own(axis, there).iter().any(|(at, p)| *p == part && (at - axis.of(from)).abs() <= SAME);
                    prop_assert!(mine);
                }
                Guide::Gap { from, to, metres } => {
                    prop_assert!(near(to.minus(from).length(), metres) && metres > 0.0);
                }
            }
        }
    }
}
