//! What stands at a stall and does not find there what it asks for.

use super::*;

fn uses(all: &[(u8, Use)]) -> Uses {
    all.iter().map(|(n, usage)| (stall(*n, 0.0, 0.0).id, *usage)).collect()
}

fn watts(watts: u32) -> Use {
    Use { watts, ..Use::default() }
}

fn outlet(id: &str, x: f64, y: f64, cap_w: u32, circuit: Option<&str>) -> serde_json::Value {
    let mut outlet = serde_json::json!({"id": id, "at": [x, y], "cap_w": cap_w, "reach": 12.0});
    if let Some(circuit) = circuit {
        outlet["circuit"] = circuit.into();
    }
    outlet
}

/// A yard with one outlet in its west, `o1` of 3500 W.
fn powered() -> Ground {
    with(&yard(60.0, 30.0), "outlets", outlet("o1", 0.5, 15.0, 3_500, None))
}

#[test]
fn a_fuse_is_full_at_four_fifths_and_blows_beyond_all() {
    let layout = layout(&[looking(1, 4.0, 18.0, 90.0), looking(2, 8.0, 18.0, 90.0)]);
    let table = [
        ((1_400, 1_400), None),
        ((1_400, 1_401), Some((1.0, Severity::Warning))),
        ((2_200, 900), Some((300.0, Severity::Warning))),
        ((1_750, 1_750), Some((700.0, Severity::Warning))),
        ((2_200, 2_200), Some((900.0, Severity::Error))),
        ((3_600, 0), Some((100.0, Severity::Error))),
    ];
    for ((one, two), want) in table {
        let found = check(&powered(), &layout, &uses(&[(1, watts(one)), (2, watts(two))]));
        let told = found.iter().map(|breach| (breach.amount, breach.severity)).next();
        assert_eq!(told, want, "{one} {two}: {found:?}");
        if let Some(breach) = found.first() {
            let Kind::Overload { fuse, load_w, cap_w } = &breach.kind else { panic!("{breach:?}") };
            assert_eq!((fuse.as_str(), *load_w, *cap_w), ("o1", one + two, 3_500));
            assert_eq!(breach.stalls.len(), if two > 0 { 2 } else { 1 });
        }
    }
}

#[test]
fn outlets_on_one_circuit_are_counted_together_and_the_other_circuit_is_the_cure() {
    let mut yard = with(&yard(60.0, 30.0), "circuits", serde_json::json!({"id": "c1", "cap_w": 4_000}));
    for (id, x, circuit) in [("o1", 4.0, Some("c1")), ("o2", 12.0, Some("c1")), ("o3", 20.0, None)] {
        yard = with(&yard, "outlets", outlet(id, x, 21.0, 3_500, circuit));
    }
    let layout = layout(&[stall(1, 4.0, 18.0), stall(2, 12.0, 18.0)]);
    let uses = uses(&[(1, watts(2_500)), (2, watts(2_000))]);
    let found = check(&yard, &layout, &uses);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, Kind::Overload { fuse: "c1".into(), load_w: 4_500, cap_w: 4_000 });
    assert!(near(found[0].amount, 500.0));
    let cure = Edit::SetOutlet { stall: stall(2, 0.0, 0.0).id, outlet: Some("o3".into()) };
    assert_eq!(found[0].remedy, Some(cure));
    assert_eq!(check(&yard, &after(&layout, &found[0]), &uses), vec![]);
}

#[test]
fn a_cable_that_does_not_get_there_is_told_in_metres() {
    let table = [
        // 13.5 m east of the outlet that reaches 12.
        (stall(1, 14.0, 15.0), 1.5),
        (Stall { outlet: Some("o1".into()), ..stall(1, 15.5, 15.0) }, 3.0),
    ];
    for (one, lacks) in table {
        let layout = layout(&[one]);
        let uses = uses(&[(1, watts(900))]);
        let found = check(&powered(), &layout, &uses);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            matches!(&found[0].kind, Kind::CableShort { outlet, reach, .. } if outlet == "o1" && near(*reach, 12.0))
        );
        assert!(near(found[0].amount, lacks) && found[0].severity == Severity::Error);
        assert_eq!(check(&powered(), &after(&layout, &found[0]), &uses), vec![]);
    }
    let found = check(&yard(60.0, 30.0), &layout(&[stall(1, 14.0, 15.0)]), &uses(&[(1, watts(900))]));
    assert!(found[0].kind == Kind::NoPower && near(found[0].amount, 900.0));
}

#[test]
fn a_cable_across_a_way_is_told_with_its_metres_there() {
    let lane = serde_json::json!({"kind": "fire_lane", "polygon": square(3.0, 0.0, 4.0, 30.0), "width": 4.0});
    let ground = with(&powered(), "keep_clear", lane);
    let found = check(&ground, &layout(&[stall(1, 9.0, 15.0)]), &uses(&[(1, watts(900))]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, Kind::CableAcross { outlet: "o1".into(), over: "fire_lane".into() });
    assert!(near(found[0].amount, 4.0) && found[0].severity == Severity::Warning);
    // Before the counter of the stall next to it, along the row.
    let row = layout(&[stall(1, 4.0, 18.0), Stall { d: 2.0, ..looking(2, 9.0, 15.0, 90.0) }]);
    let found = check(&powered(), &row, &uses(&[(2, watts(900))]));
    assert!(matches!(&found[0].kind, Kind::CableAcross { over, .. } if over == "aisle"), "{found:?}");
    // The same from behind trips nobody.
    let behind = layout(&[looking(1, 4.0, 18.0, 90.0), stall(2, 9.0, 15.0)]);
    assert_eq!(check(&powered(), &behind, &uses(&[(2, watts(900))])), vec![]);
}

#[test]
fn a_queue_needs_half_a_metre_a_person_and_may_bend_once() {
    let people = |queue| Use { queue, ..Use::default() };
    // A pen of 5 m by 9 m: 4 m straight on, or 3.5 m and then 2.5 m to either side.
    let mut pen = yard(5.0, 9.0);
    (pen.rules.min_aisle, pen.entrances) = (0.9, vec![Point::new(2.5, 9.0)]);
    let table = [(8, None), (12, None), (13, Some(13)), (20, Some(20))];
    for (queue, want) in table {
        let found = check(&pen, &layout(&[stall(1, 2.5, 5.5)]), &uses(&[(1, people(queue))]));
        let Some(told) = want else {
            assert!(found.is_empty(), "{queue}: {found:?}");
            continue;
        };
        let Kind::QueueShort { people, room, required } = found[0].kind else { panic!("{found:?}") };
        assert_eq!(people, told);
        assert!(near(required, f64::from(queue) * 0.5) && near(found[0].amount, required - room));
        assert!(near(room, 6.0), "{room}");
        assert_eq!(found[0].severity, Severity::Warning);
    }
    let open = yard(60.0, 30.0);
    assert_eq!(check(&open, &layout(&[stall(1, 30.0, 20.0)]), &uses(&[(1, people(20))])), vec![]);
}

#[test]
fn a_loud_stall_keeps_nine_metres_from_a_quiet_one() {
    let (loud, quiet) = (Use { loud: true, ..Use::default() }, Use { quiet: true, ..Use::default() });
    let yard = yard(60.0, 30.0);
    for (x, told) in [(19.0, false), (17.5, true), (14.0, true)] {
        let layout = layout(&[stall(1, 10.0, 20.0), stall(2, x, 20.0)]);
        let uses = uses(&[(1, loud), (2, quiet)]);
        let found = check(&yard, &layout, &uses);
        assert_eq!(!found.is_empty(), told, "{x}");
        if told {
            assert!(matches!(found[0].kind, Kind::Noise { distance, .. } if near(distance, x - 10.0)));
            assert!(near(found[0].amount, 19.0 - x) && found[0].severity == Severity::Warning);
            assert_eq!(found[0].stalls.len(), 2);
            assert_eq!(check(&yard, &after(&layout, &found[0]), &uses), vec![]);
        }
    }
}

#[test]
fn steps_bar_those_who_need_a_way_without_them() {
    let steps = serde_json::json!({"kind": "steps", "polygon": square(0.0, 10.0, 30.0, 1.0)});
    let terrace = with(&yard(30.0, 30.0), "patches", steps);
    let wheels = Use { step_free: true, ..Use::default() };
    let table = [
        (20.0, wheels, Some((Steps::Behind, Severity::Error))),
        (11.5, wheels, Some((Steps::On, Severity::Error))),
        (11.5, Use::default(), Some((Steps::On, Severity::Warning))),
        (20.0, Use::default(), None),
        (7.5, wheels, None),
    ];
    for (y, usage, want) in table {
        let found = check(&terrace, &layout(&[stall(1, 15.0, y)]), &uses(&[(1, usage)]));
        let told = found.first().map(|breach| (breach.kind.clone(), breach.severity));
        assert_eq!(told, want.map(|(how, severity)| (Kind::NotStepFree(how), severity)), "{y}");
    }
    // A ramp across the steps is a way.
    let ramp = serde_json::json!({"kind": "step_free", "polygon": square(2.0, 9.5, 2.0, 2.0)});
    let ramp = with(&terrace, "patches", ramp);
    assert_eq!(check(&ramp, &layout(&[stall(1, 15.0, 20.0)]), &uses(&[(1, wheels)])), vec![]);
}

#[test]
fn what_must_stay_dry_does_not_stand_in_the_open() {
    let dry = uses(&[(1, Use { shelter: true, ..Use::default() })]);
    let found = check(&ground(), &layout(&[stall(1, 12.0, 5.0)]), &dry);
    assert_eq!((found[0].kind.clone(), found[0].severity), (Kind::NoShelter, Severity::Error));
    let roof = layout(&[Stall { d: 2.5, ..stall(1, 12.2, 43.65) }]);
    assert_eq!(check(&ground(), &roof, &dry), vec![]);
}

#[test]
fn water_is_carried_thirty_metres_and_no_farther() {
    let wet = uses(&[(1, Use { water: true, ..Use::default() })]);
    let yard = with(&yard(60.0, 30.0), "water", serde_json::json!([5.0, 20.0]));
    for (x, beyond) in [(35.0, None), (36.2, Some(1.2)), (45.0, Some(10.0))] {
        let layout = layout(&[stall(1, x, 20.0)]);
        let found = check(&yard, &layout, &wet);
        assert_eq!(found.first().map(|breach| breach.severity), beyond.map(|_| Severity::Warning), "{x}");
        if let Some(beyond) = beyond {
            assert!(near(found[0].amount, beyond), "{found:?}");
            // A short move cures it, a long one is not offered.
            assert_eq!(found[0].remedy.is_some(), beyond < 6.0);
        }
    }
    let none = check(&super::yard(60.0, 30.0), &layout(&[stall(1, 9.0, 20.0)]), &wet);
    assert!(matches!(none[0].kind, Kind::WaterFar { distance: None, .. }));
}
