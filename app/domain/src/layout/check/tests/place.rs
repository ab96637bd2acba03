//! Where a stall may not stand.

use super::*;
use crate::geometry::signed_area;

#[test]
fn a_stall_on_the_fire_lane_is_told_by_how_much_and_where_to_go() {
    let mut twelve = stall(12, 36.4, 11.0);
    twelve.w = 4.0;
    let layout = layout(&[stall(11, 30.0, 11.0), twelve.clone()]);
    let found = check(&ground(), &layout, &none());
    assert_eq!(found.len(), 1, "{found:?}");
    let breach = &found[0];
    assert_eq!(breach.stalls, vec![twelve.id]);
    assert_eq!(breach.severity, Severity::Error);
    assert!(near(breach.amount, 0.4), "{breach:?}");
    let Kind::OnFireLane { clear, required } = breach.kind else { panic!("{breach:?}") };
    assert!(near(clear, 3.6) && near(required, 4.0));
    assert_eq!(breach.remedy, Some(Edit::Move { stalls: vec![twelve.id], dx: -0.4, dy: 0.0 }));
    assert!(check(&ground(), &after(&layout, breach), &none()).is_empty());
}

#[test]
fn planted_breaches_are_found_each_with_its_kind_and_metres() {
    let table: [(Stall, &str, f64); 7] = [
        (stall(1, 1.2, 10.0), "OutOfZone", 0.3),
        (stall(1, 21.0, 4.0), "Blocks", 0.5),
        (stall(1, 9.8, 10.0), "OnObstacle", 0.2),
        (stall(1, 9.0, 10.0), "OnObstacle", 1.0),
        (stall(1, 34.9, 15.0), "OnObstacle", 1.0),
        (stall(1, 39.0, 8.0), "OnFireLane", 2.5),
        (stall(1, 12.0, 12.5), "Overlap", 1.0),
    ];
    for (planted, kind, amount) in table {
        let mut all = vec![planted.clone()];
        if kind == "Overlap" {
            all.push(stall(2, 14.0, 13.0));
        }
        let layout = layout(&all);
        let found = check(&ground(), &layout, &none());
        assert_eq!(found.len(), 1, "{planted:?}: {found:?}");
        assert_eq!(name(&found[0].kind), kind);
        assert!(near(found[0].amount, amount), "{found:?}");
        assert_eq!(found[0].severity, Severity::Error, "{found:?}");
        assert!(check(&ground(), &after(&layout, &found[0]), &none()).is_empty(), "{found:?}");
    }
}

#[test]
fn what_lies_where_it_must_not_is_drawn_to_its_exact_measure() {
    let lying = [
        (stall(1, 1.2, 10.0), 0.3 * 3.0),
        (Stall { angle: 45.0, ..stall(1, 1.5, 10.0) }, (4.5_f64.sqrt() - 1.5).powi(2)),
        (stall(1, -30.0, 10.0), 9.0),
        (stall(1, 39.0, 8.0), 2.5 * 3.0),
    ];
    for (planted, area) in lying {
        let found = check(&ground(), &layout(std::slice::from_ref(&planted)), &none());
        let drawn =
            found.iter().find(|breach| !breach.shared.is_empty()).map(|breach| signed_area(&breach.shared));
        assert!(drawn.is_some_and(|drawn| near(drawn, area)), "{planted:?}: {found:?}");
    }
}

#[test]
fn stalls_that_only_touch_are_no_breach() {
    let layout = layout(&[stall(1, 12.0, 5.0), stall(2, 15.0, 5.0), looking(3, 12.0, 8.0, 90.0)]);
    assert_eq!(check(&ground(), &layout, &none()), vec![]);
}

#[test]
fn the_room_before_a_counter_is_measured_to_what_stands_in_it() {
    let tree = serde_json::json!({"kind": "tree", "polygon": square(9.5, 4.0, 1.0, 1.0), "clear": 0.0});
    let (yard, grown) = (yard(30.0, 30.0), with(&yard(30.0, 30.0), "obstacles", tree));
    let table = [
        // Faces the south edge, 1.5 m away.
        (&yard, vec![stall(1, 10.0, 3.0)], 1.5, 3.0, Barrier::Edge),
        // A tree 2.5 m before the counter.
        (&grown, vec![stall(1, 10.0, 9.0)], 2.5, 3.0, Barrier::Obstacle("tree".into())),
        // The next row's back stands 2.2 m away.
        (&yard, vec![stall(1, 10.0, 20.0), stall(2, 10.0, 14.8)], 2.2, 3.0, Barrier::Stall),
        // Two that look at each other, half beside each other.
        (&yard, vec![stall(1, 10.0, 20.0), looking(2, 11.5, 14.6, 90.0)], 2.4, 3.0, Barrier::Stall),
    ];
    for (ground, stalls, clear, required, by) in table {
        let layout = layout(&stalls);
        let found = check(ground, &layout, &none());
        assert_eq!(found.len(), 1, "{stalls:?}: {found:?}");
        let Kind::AisleNarrow { clear: left, required: least, by: barrier } = &found[0].kind else {
            panic!("{found:?}")
        };
        assert!(near(*left, clear) && near(*least, required), "{found:?}");
        assert!(near(found[0].amount, required - clear));
        assert_eq!((*barrier).clone(), by);
        assert_eq!(found[0].stalls.len(), stalls.len());
        assert_eq!(check(ground, &after(&layout, &found[0]), &none()), vec![]);
    }
}

#[test]
fn stalls_that_face_each_other_keep_the_least_aisle_even_where_the_area_asks_for_less() {
    let mut yard = yard(30.0, 30.0);
    yard.zones[0].aisle = 2.0;
    let facing = layout(&[stall(1, 10.0, 20.0), looking(2, 10.0, 14.6, 90.0)]);
    let found = check(&yard, &facing, &none());
    assert!(
        matches!(found[0].kind, Kind::AisleNarrow { clear, required, .. } if near(clear, 2.4) && near(required, 3.0))
    );
    let behind = layout(&[stall(1, 10.0, 20.0), stall(2, 10.0, 14.6)]);
    assert!(
        errors(&check(&yard, &behind, &none())).iter().all(|b| !matches!(b.kind, Kind::AisleNarrow { .. }))
    );
}

#[test]
fn a_counter_may_look_over_the_edge_of_its_area_where_people_walk() {
    let walk = with(&yard(30.0, 30.0), "walk", square(0.0, -4.0, 30.0, 4.0));
    assert_eq!(check(&walk, &layout(&[stall(1, 10.0, 1.5)]), &none()), vec![]);
}

#[test]
fn a_counter_against_a_wall_is_turned() {
    let yard = yard(5.0, 30.0);
    let stuck = layout(&[looking(1, 3.4, 20.0, 0.0)]);
    let found = check(&yard, &stuck, &none());
    let Some(Edit::Face { facing, .. }) = found[0].remedy else { panic!("{found:?}") };
    // North would do for the room, but nobody gets past the stall.
    assert!(near(facing, 270.0));
    assert_eq!(check(&yard, &after(&stuck, &found[0]), &none()), vec![]);
}

#[test]
fn a_remedy_does_not_push_a_stall_into_its_neighbour() {
    let mut ground = ground();
    ground.facilities.clear();
    let mut twelve = stall(12, 36.4, 12.5);
    (twelve.w, twelve.facing) = (4.0, 90.0);
    let layout = layout(&[stall(11, 32.8, 12.5), twelve]);
    let found = check(&ground, &layout, &none());
    assert_eq!(found.len(), 1);
    assert!(check(&ground, &after(&layout, &found[0]), &none()).is_empty(), "{found:?}");
}

#[test]
fn the_demo_layouts_need_no_cure_and_say_what_the_organizer_should_know() {
    let told = |plan| {
        let (layout, uses) = demo(plan);
        let found = check(&ground(), &layout, &uses);
        assert!(errors(&found).is_empty(), "{found:?}");
        found.into_iter().map(|breach| (breach.kind, breach.amount.round())).collect::<Vec<_>>()
    };
    let fair = told(Plan::Fair);
    let load = Kind::Overload { fuse: "o4".into(), load_w: 3_100, cap_w: 3_500 };
    assert_eq!(fair[0], (load, 300.0));
    assert!(
        matches!(fair[1], (Kind::WaterFar { distance: Some(far), .. }, _) if near((far * 10.0).round(), 349.0))
    );
    assert_eq!(fair.len(), 2, "{fair:?}");
    assert_eq!(told(Plan::Rain), vec![]);
    let (fair, rain) = (demo(Plan::Fair).0, demo(Plan::Rain).0);
    let names = |layout: &Layout| -> Vec<_> {
        layout.in_order().iter().map(|s| (s.no.clone(), s.zone.clone())).collect()
    };
    assert_eq!(names(&fair).len(), 14);
    assert_eq!(names(&fair), names(&rain));
    assert!(rain.stalls().values().all(|s| ground().area_at(s.centre()).unwrap().shelter));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_overlaps_are_those_that_areas_say(
        places in prop::collection::vec((5.0..20.0f64, 5.0..20.0f64, 0.0..360.0f64), 2..6),
    ) {
        let stalls: Vec<Stall> = places.iter().zip(1..).map(|((x, y, angle), n)| {
            Stall { angle: *angle, ..stall(n, *x, *y) }.sound().unwrap()
        }).collect();
        let found = Site::new(&ground(), &layout(&stalls), &none()).found();
        for (i, one) in stalls.iter().enumerate() {
            for other in &stalls[i + 1..] {
                let shared = crate::geometry::clip(&one.footprint().corners(), &other.footprint().corners());
                let area = crate::geometry::signed_area(&shared);
                let told = found.iter().any(|(_, b)| b.kind == Kind::Overlap && b.stalls == vec![one.id, other.id]);
                prop_assert_eq!(told, area > super::super::near::TOUCH, "{}", area);
            }
        }
    }
}
