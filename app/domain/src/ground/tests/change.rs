//! Drawing: gestures, undo, two editors at once, and what is wrong with the outcome.

use proptest::prelude::*;

use super::SHIYUAN;
use crate::geometry::Point;
use crate::ground::{
    Backdrop, Circuit, Clash, Diff, Edit, Facility, Flaw, Ground, History, KeepClear, Kind, Misfit, Mistake,
    Part, Spot, flaws, tell,
};

fn ground() -> Ground {
    Ground::parse(SHIYUAN).unwrap()
}

const fn spot(kind: Kind, index: usize) -> Spot {
    Spot { kind, index }
}

fn seat(x: f64, y: f64) -> Part {
    Part::Facility(Facility { kind: "seat".into(), at: Point::new(x, y), label: String::new() })
}

#[test]
fn a_corner_is_moved_added_and_taken_away_to_the_centimetre() {
    let mut ground = ground();
    let zone = spot(Kind::Zone, 0);
    let to = Point::new(43.004, 18.0);
    ground.apply(Edit::Corner { at: zone, corner: 2, to }).unwrap();
    assert_eq!(ground.zones[0].polygon.points()[2], Point::new(43.0, 18.0));
    ground.apply(Edit::AddCorner { at: zone, after: 5, to: Point::new(-1.0, 10.0) }).unwrap();
    assert_eq!(ground.zones[0].polygon.points()[6], Point::new(-1.0, 10.0));
    ground.apply(Edit::RemoveCorner { at: zone, corner: 6 }).unwrap();
    assert_eq!(ground.zones[0].polygon.points().len(), 6);
    assert!(ground.apply(Edit::RemoveCorner { at: zone, corner: 6 }).is_err());
    ground.apply(Edit::Move { at: spot(Kind::Outlet, 3), dx: 0.5, dy: -1.0 }).unwrap();
    assert_eq!(ground.outlet("o4").unwrap().at, Point::new(8.5, 9.0));
}

#[test]
fn the_last_zone_and_three_corners_stay() {
    let mut ground = Ground::rectangle("新雪广场", 40.0, 25.0).unwrap();
    assert!(ground.apply(Edit::Remove { at: spot(Kind::Zone, 0) }).is_err());
    ground.apply(Edit::RemoveCorner { at: spot(Kind::Zone, 0), corner: 0 }).unwrap();
    assert!(ground.apply(Edit::RemoveCorner { at: spot(Kind::Zone, 0), corner: 0 }).is_err());
    assert_eq!(ground.fresh_id(Kind::Zone), "z2");
}

#[test]
fn a_circuit_that_goes_frees_its_outlets_and_comes_back_with_them() {
    let mut ground = ground();
    let circuit = Part::Circuit(Circuit { id: "c1".into(), cap_w: 9_000 });
    ground.apply(Edit::Add(circuit)).unwrap();
    let mut outlet = ground.outlets[1].clone();
    outlet.circuit = Some("c1".into());
    ground.apply(Edit::Set { at: spot(Kind::Outlet, 1), to: Part::Outlet(outlet) }).unwrap();
    let before = ground.clone();
    let diff = ground.apply(Edit::Remove { at: spot(Kind::Circuit, 0) }).unwrap();
    assert_eq!((ground.circuits.len(), ground.outlets[1].circuit.as_deref()), (0, None));
    diff.inverse().apply(&mut ground).unwrap();
    assert_eq!(ground, before);
    let mut twin = ground.clone();
    Diff::between(&Ground::parse(SHIYUAN).unwrap(), &ground).apply(&mut twin).unwrap_err();
    let mut fresh = Ground::parse(SHIYUAN).unwrap();
    Diff::between(&fresh.clone(), &ground).apply(&mut fresh).unwrap();
    assert_eq!(fresh, ground);
}

#[test]
fn two_editors_of_different_parts_merge_and_of_the_same_part_do_not() {
    let base = ground();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    theirs.apply(Edit::Remove { at: spot(Kind::Obstacle, 0) }).unwrap();
    theirs.apply(Edit::Move { at: spot(Kind::Obstacle, 1), dx: 1.0, dy: 0.0 }).unwrap();
    mine.apply(Edit::Move { at: spot(Kind::Obstacle, 3), dx: 0.0, dy: 1.0 }).unwrap();
    mine.apply(Edit::Add(seat(2.0, 2.0))).unwrap();
    let mut both = theirs.clone();
    Diff::between(&base, &mine).apply(&mut both).unwrap();
    assert_eq!(both.obstacles.len(), base.obstacles.len() - 1);
    assert_eq!(both.obstacles[2], mine.obstacles[3]);

    mine.apply(Edit::Move { at: spot(Kind::Obstacle, 2), dx: 0.0, dy: 2.0 }).unwrap();
    let diff = Diff::between(&base, &mine);
    let Err(Misfit::Clashes(mut clashes)) = diff.apply(&mut theirs.clone()) else { panic!("merged") };
    tell(&mut clashes, &Diff::between(&base, &theirs));
    assert_eq!(clashes.len(), 1);
    let Clash { was, mine: wish, theirs: now } = &clashes[0];
    assert_eq!(was.as_ref(), base.part(spot(Kind::Obstacle, 2)).as_ref());
    assert_eq!(wish.as_ref(), mine.part(spot(Kind::Obstacle, 2)).as_ref());
    assert_eq!(now.as_ref(), theirs.part(spot(Kind::Obstacle, 1)).as_ref());

    let mut top = theirs.clone();
    diff.over(&clashes).apply(&mut top).unwrap();
    assert!(top.obstacles.contains(&mine.obstacles[2]) && !top.obstacles.contains(&theirs.obstacles[1]));
}

#[test]
fn a_diff_whose_answer_was_lost_is_known_again() {
    let base = ground();
    let mut mine = base.clone();
    mine.apply(Edit::Add(seat(2.0, 2.0))).unwrap();
    let diff = Diff::between(&base, &mine);
    assert!(!diff.is_done(&base) && diff.is_done(&mine));
    let text = serde_json::to_string(&diff).unwrap();
    assert_eq!(serde_json::from_str::<Diff>(&text).unwrap(), diff);
    let nothing = serde_json::json!([{"index": 0, "was": null, "is": null}]);
    assert!(serde_json::from_value::<Diff>(nothing).is_err());
}

#[test]
fn a_photo_is_scaled_by_two_points_of_which_the_first_stays() {
    let photo = Backdrop {
        image: "0f".repeat(16),
        at: Point::new(2.0, 1.0),
        w: 40.0,
        h: 30.0,
        angle: 30.0,
        opacity: 50,
    };
    let (a, b) = (Point::new(12.0, 6.0), Point::new(15.0, 10.0));
    let scaled = photo.scaled(a, b, 10.0).unwrap();
    assert_eq!((scaled.w, scaled.h, scaled.angle), (80.0, 60.0, 30.0));
    assert_eq!(scaled.at, Point::new(-8.0, -4.0));
    assert_eq!(scaled.scaled(a, b.plus(b.minus(a)), 5.0).unwrap(), photo);
    assert!(photo.scaled(a, a, 5.0).is_err() && photo.scaled(a, b, 0.0).is_err());
}

#[test]
fn what_is_drawn_wrongly_is_told_with_its_part_and_its_place() {
    assert_eq!(flaws(&ground()), []);
    let mut crossed = ground();
    crossed.apply(Edit::Corner { at: spot(Kind::Zone, 0), corner: 1, to: Point::new(20.0, 30.0) }).unwrap();
    let found = flaws(&crossed);
    assert_eq!((found[0].spot, found[0].mistake), (spot(Kind::Zone, 0), Mistake::Crosses));

    let mut narrow = ground();
    let lane = KeepClear::lane(Point::new(0.0, 22.0), Point::new(0.0, 30.0), 3.5).unwrap();
    assert_eq!(lane.polygon.points()[0], Point::new(1.75, 22.0));
    narrow.apply(Edit::Add(Part::KeepClear(lane))).unwrap();
    let Flaw { spot: at, mistake, .. } = flaws(&narrow)[0];
    assert_eq!((at, mistake), (spot(Kind::KeepClear, 6), Mistake::Narrow(3.5, 4.0)));

    let mut overlapping = ground();
    overlapping.apply(Edit::Move { at: spot(Kind::Zone, 1), dx: 0.0, dy: -10.0 }).unwrap();
    let zones = flaws(&overlapping).into_iter().find(|flaw| matches!(flaw.mistake, Mistake::Overlaps(_)));
    let flaw = zones.unwrap();
    assert!(flaw.is_error() && flaw.spot == spot(Kind::Zone, 1));

    let mut blocked = ground();
    blocked.apply(Edit::Move { at: spot(Kind::Obstacle, 2), dx: 6.0, dy: 0.0 }).unwrap();
    let flaw = flaws(&blocked)[0];
    assert!(!flaw.is_error() && flaw.mistake == Mistake::OnFireLane);
    blocked.entrances.clear();
    assert!(flaws(&blocked).iter().any(|flaw| flaw.mistake == Mistake::NoWayIn));
}

fn gesture() -> impl Strategy<Value = (u8, usize, usize, f64, f64)> {
    (0..7_u8, 0..40_usize, 0..14_usize, -6.0..6.0f64, -6.0..6.0f64)
}

/// One gesture that fits the ground, from numbers that know nothing of it.
fn chosen(ground: &Ground, (verb, which, corner, x, y): (u8, usize, usize, f64, f64)) -> Edit {
    let all: Vec<(Spot, Part)> = ground.all_parts().collect();
    let (at, part) = all[which % all.len()].clone();
    let to = part.polygon().map_or(Point::default(), |polygon| polygon.points()[0]).plus(Point::new(x, y));
    match verb {
        0 => Edit::Add(seat((x * 10.0).round() / 10.0, 2.0)),
        1 => Edit::Add(part),
        2 => Edit::Remove { at },
        3 => Edit::Corner { at, corner, to },
        4 => Edit::AddCorner { at, after: corner, to },
        5 => Edit::RemoveCorner { at, corner },
        _ => Edit::Move { at, dx: x, dy: y },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn undo_takes_a_whole_session_back_and_redo_does_it_again(all in prop::collection::vec(gesture(), 1..12)) {
        let before = ground();
        let (mut now, mut history) = (before.clone(), History::default());
        for numbers in all {
            let edit = chosen(&now, numbers);
            if let Ok(diff) = now.apply(edit) {
                history.mark(diff);
            }
            let text = serde_json::to_string(&now).unwrap();
            prop_assert_eq!(&Ground::parse(&text).unwrap(), &now);
        }
        let after = now.clone();
        while history.can_undo() {
            prop_assert!(history.undo(&mut now));
        }
        prop_assert_eq!(&now, &before);
        while history.can_redo() {
            prop_assert!(history.redo(&mut now));
        }
        prop_assert_eq!(now, after);
    }

    #[test]
    fn what_lies_between_two_grounds_leads_from_one_to_the_other(all in prop::collection::vec(gesture(), 1..9)) {
        let before = ground();
        let mut after = before.clone();
        for numbers in all {
            let edit = chosen(&after, numbers);
            let _ = after.apply(edit);
        }
        let diff = Diff::between(&before, &after);
        let mut now = before.clone();
        prop_assert!(diff.apply(&mut now).is_ok());
        for (_, part) in after.all_parts() {
            let count = |ground: &Ground| ground.parts(part.kind()).filter(|(_, p)| *p == part).count();
            prop_assert_eq!(count(&now), count(&after));
        }
        prop_assert!(diff.is_done(&after));
        diff.inverse().apply(&mut now).unwrap();
        prop_assert!(Diff::between(&before, &now).is_empty());
    }
}
