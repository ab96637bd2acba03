//! What an automatic layout must never do, on the demo's ground and on grounds that nobody drew.

mod judge;

use proptest::prelude::*;

use super::*;
use crate::layout::tests::stall;

const SHIYUAN: &str = include_str!("../../../../../server/demo/ground.json");

fn shiyuan() -> Ground {
    Ground::parse(SHIYUAN).unwrap()
}

/// The same without hydrant, benches and what else keeps stalls away, as the references were measured.
fn bare() -> Ground {
    let mut ground = shiyuan();
    ground.facilities.clear();
    ground
}

fn quick(tries: usize) -> Wish {
    Wish { tries: Some(tries), ..Wish::default() }
}

fn as_layout(places: &[Place]) -> crate::layout::Layout {
    let stalls = places.iter().enumerate().map(|(at, place)| Stall {
        id: crate::StallId::new(crate::Moment::from_millis(1_700_000_000_000 + at as i64), [7; 10]),
        no: (at + 1).to_string(),
        x: place.x,
        y: place.y,
        w: place.w,
        d: place.d,
        angle: place.angle,
        facing: place.facing,
        ..stall(1, 0.0, 0.0)
    });
    crate::layout::Layout::of(stalls).unwrap()
}

#[test]
fn the_demo_ground_holds_more_than_a_plain_program_finds_and_nothing_is_wrong() {
    let ground = bare();
    let arranged = arrange(&ground, &quick(1_600));
    assert!(arranged.stalls.len() >= 68, "{}", arranged.stalls.len());
    assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
    let breaches = crate::layout::check(&ground, &as_layout(&arranged.stalls), &crate::layout::Uses::new());
    let errors: Vec<_> =
        breaches.iter().filter(|breach| breach.severity == crate::layout::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn nobody_hides_a_hydrant_or_sits_on_a_bench_and_most_stalls_are_still_there() {
    let ground = shiyuan();
    let arranged = arrange(&ground, &quick(400));
    assert!(arranged.stalls.len() >= 58, "{}", arranged.stalls.len());
    assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
    assert_eq!(wrong(&ground, &arranged), []);
    let crowded = judge::faults(&ground, &arrange(&bare(), &quick(400)).stalls);
    assert!(crowded.iter().any(|fault| fault.contains("hydrant")), "{crowded:?}");
}

#[test]
fn the_same_seed_gives_the_same_stalls() {
    let wish = Wish { seed: 5, ..quick(200) };
    assert_eq!(arrange(&shiyuan(), &wish), arrange(&shiyuan(), &wish));
}

#[test]
fn whatever_the_seed_the_square_and_the_corridor_hold_what_they_should() {
    let ground = bare();
    let mut seen = Vec::new();
    for seed in [1, 4, 77, u64::MAX] {
        let arranged = arrange(&ground, &Wish { seed, ..Wish::default() });
        let counts: Vec<usize> = arranged.areas.iter().map(|filled| filled.count).collect();
        assert!(counts[0] >= 40 && counts[1] >= 32, "{seed}: {counts:?}");
        assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
        assert!(!seen.contains(&arranged.stalls), "{seed} finds what another found");
        seen.push(arranged.stalls);
    }
}

#[test]
fn a_modest_wish_is_met_exactly_and_keeps_dry_first() {
    let ground = shiyuan();
    let arranged = arrange(&ground, &Wish { target: Some(24), ..quick(0) });
    assert_eq!(arranged.stalls.len(), 24);
    let dry = arranged.stalls.iter().filter(|place| place.area == "corridor").count();
    assert!(dry > 20, "{dry}");
    assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
}

#[test]
fn for_rain_only_the_corridor_is_used() {
    let wish = Wish { areas: Some(vec!["corridor".into()]), ..quick(100) };
    let arranged = arrange(&shiyuan(), &wish);
    assert!(arranged.stalls.len() >= 27);
    assert!(arranged.stalls.iter().all(|place| place.area == "corridor"));
    assert_eq!(arranged.areas.len(), 1);
}

#[test]
fn locked_stalls_stay_and_the_others_keep_clear_of_them() {
    let ground = bare();
    let locked = vec![stall(1, 15.0, 10.0), Stall { angle: 30.0, facing: 300.0, ..stall(2, 28.0, 19.0) }];
    let arranged = arrange(&ground, &Wish { locked: locked.clone(), ..quick(100) });
    let mut all = arranged.stalls.clone();
    for stall in &locked {
        let Stall { x, y, w, d, angle, facing, .. } = *stall;
        all.push(Place { area: "plaza".into(), x, y, w, d, angle, facing });
    }
    assert!(all.len() > 55, "{}", all.len());
    assert_eq!(judge::faults(&ground, &all), Vec::<String>::new());
    let wish = Wish { locked, target: Some(10), ..quick(0) };
    assert_eq!(arrange(&ground, &wish).stalls.len(), 8);
}

#[test]
fn what_limits_the_count_adds_up_to_the_floor() {
    let ground = shiyuan();
    let arranged = arrange(&ground, &quick(0));
    for (area, filled) in ground.zones.iter().zip(&arranged.areas) {
        assert_eq!(filled.area, area.id);
        assert_eq!(filled.count, arranged.stalls.iter().filter(|place| place.area == area.id).count());
        let stalls = filled.count as f64 * area.stall.w * area.stall.d;
        let rest: f64 = filled.limits.iter().map(|limit| limit.area()).sum();
        let share = (stalls + rest) / area.polygon.area();
        assert!((0.97..1.03).contains(&share), "{}: {share} {filled:?}", area.id);
        assert!(filled.limits.iter().any(|limit| matches!(limit, Limit::KeepClear(_))));
    }
}

#[test]
fn a_ground_without_a_way_in_for_anybody_gets_no_stalls() {
    let mut ground = shiyuan();
    ground.entrances = vec![Point::new(500.0, 500.0)];
    assert!(arrange(&ground, &quick(10)).stalls.is_empty());
}

/// What the check of the editor finds wrong with an arrangement.
fn wrong(ground: &Ground, arranged: &Arranged) -> Vec<crate::layout::Breach> {
    let uses = crate::layout::Uses::new();
    let mut breaches = crate::layout::check(ground, &as_layout(&arranged.stalls), &uses);
    breaches.retain(|breach| breach.severity == crate::layout::Severity::Error);
    breaches
}

/// On axes of its own a square beside the door is a little nearer than the half circle that the check draws.
#[test]
fn a_doorway_on_a_slanted_ground_is_clear_as_the_check_draws_it() {
    let ground = Ground::parse(
        r#"{"schema": "venue/1", "name": "any", "title": "any", "survey": "none",
            "zones": [{"id": "z", "name": "z", "shelter": false, "stall": {"w": 3.0, "d": 2.5}, "aisle": 2.5, "polygon":
                [[0, 0], [21.049506, -3.693408], [24.229171, 2.855617], [-0.017146, 5.688559]]}],
            "walk": [], "outlets": [], "water": [], "entrances": [[6.314851, -1.108022]],
            "obstacles": [{"kind": "tree", "clear": 0.37429, "polygon":
                [[12.430382, -1.528329], [13.536355, -1.722386], [13.730412, -0.616413], [12.624439, -0.422356]]}],
            "keep_clear": [{"kind": "fire_lane", "polygon":
                [[-1.503421, -2.782036], [21.515991, -6.821089], [22.034459, -3.86623], [-0.984953, 0.172823]]}],
            "rules": {"max_run": 5, "run_gap": 0, "back_gap": 0, "min_aisle": 2.5, "fire_lane": 4.0}}"#,
    )
    .unwrap();
    let arranged = arrange(&ground, &quick(60));
    assert!(!arranged.stalls.is_empty());
    assert_eq!(wrong(&ground, &arranged), []);
}

/// A ground that nobody drew: slanted or straight, with corners cut out, obstacles and lanes.
fn any_ground() -> impl Strategy<Value = Ground> {
    let zone = (10.0..26.0f64, 7.0..18.0f64, 0..4_u8, 0.0..1.0f64);
    let thing = (0.0..1.0f64, 0.0..1.0f64, 0.3..1.5f64, 0..3_u8);
    let things = prop::collection::vec(thing, 0..4);
    let rules = (2..9_u32, 0..4_u8, 0..3_u8, 3..7_u8);
    let slant = prop_oneof![Just(0.0), -60.0..60.0f64];
    let out = prop::option::of(0.1..0.9f64);
    (zone, things, rules, slant, 0..4_u8, 2..7_u8, out).prop_map(|(zone, things, rules, slant, lane, size, out)| {
        let (w, h, shape, cut) = zone;
        let turn = |points: &[[f64; 2]]| -> Vec<[f64; 2]> {
            points.iter().map(|p| Point::from(*p).turned(Point::default(), slant).into()).collect()
        };
        let (cw, ch) = (w * (0.3 + cut * 0.3), h * (0.3 + cut * 0.3));
        let outline = match shape {
            0 => vec![[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]],
            1 => vec![[0.0, 0.0], [w, 0.0], [w, h - ch], [w - cw, h - ch], [w - cw, h], [0.0, h]],
            2 => vec![[0.0, 0.0], [w, 0.0], [w, h * 0.6], [w * 0.8, h], [0.0, h]],
            _ => vec![[0.0, 0.0], [w, 0.0], [w + 2.0, h], [-1.0, h * 0.8]],
        };
        let obstacles: Vec<_> = things
            .iter()
            .map(|(x, y, r, kind)| {
                let (x, y) = (x * w, y * h);
                let points = match kind {
                    0 => vec![[x, y], [x + r, y], [x + r, y + r], [x, y + r]],
                    1 => vec![[x, y], [x + 2.0 * r, y + r * 0.3], [x + r * 0.5, y + r]],
                    _ => vec![[x, y], [x + 2.0 * r, y], [x + 2.0 * r, y + 0.4], [x + 0.4, y + 0.4], [x + 0.4, y + r], [x, y + r]],
                };
                serde_json::json!({"kind": "tree", "polygon": turn(&points), "clear": r / 3.0})
            })
            .collect();
        let keep = match lane {
            0 => vec![[0.0, 0.0], [w, 0.0], [w, 4.0], [0.0, 4.0]],
            1 => vec![[w * 0.5, 0.0], [w * 0.5 + 4.0, 0.0], [w * 0.5 + 4.0, h], [w * 0.5, h]],
            2 => vec![[-1.0, -3.0], [w + 1.0, -3.0], [w + 1.0, 0.0], [-1.0, 0.0]],
            _ => vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]],
        };
        // Nobody has a way out through a tree.
        let in_the_open = |at: &[f64; 2]| things.iter().all(|(x, y, ..)| (x * w).hypot(y * h - at[1]) > 4.0);
        let exits: Vec<[f64; 2]> =
            out.iter().map(|share| [0.0, h * 0.8 * share]).filter(in_the_open).collect();
        let size = f64::from(size) / 2.0 + 0.5;
        let kind = ["hydrant", "aed", "seat", "parking"][usize::from(rules.3) % 4];
        let at = turn(&[[w * cut, h * (1.0 - cut)]])[0];
        let written = serde_json::json!({
            "schema": "venue/1", "name": "any", "title": "any", "survey": "none",
            "zones": [{"id": "z", "name": "z", "polygon": turn(&outline), "shelter": false,
                       "stall": {"w": size, "d": 2.5}, "aisle": f64::from(rules.3) / 2.0}],
            "walk": [], "obstacles": obstacles,
            "keep_clear": [{"kind": "fire_lane", "polygon": turn(&keep)}],
            "facilities": [{"kind": kind, "at": at}],
            "entrances": turn(&[[w * 0.3, 0.0]]), "exits": turn(&exits), "outlets": [], "water": [],
            "rules": {"max_run": rules.0, "run_gap": f64::from(rules.1) * 0.5, "back_gap": f64::from(rules.2) * 0.5,
                      "min_aisle": f64::from(rules.3) / 2.0, "fire_lane": 4.0}
        });
        Ground::parse(&written.to_string()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_wrong_on_grounds_that_nobody_drew(ground in any_ground(), seed in 0..9_u64) {
        let arranged = arrange(&ground, &Wish { seed, ..quick(60) });
        prop_assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
        prop_assert_eq!(wrong(&ground, &arranged), Vec::new());
    }

    #[test]
    fn fewer_than_fit_are_still_right(ground in any_ground(), share in 0.1..1.0f64) {
        let most = arrange(&ground, &quick(0)).stalls.len();
        let target = (most as f64 * share) as usize;
        let arranged = arrange(&ground, &Wish { target: Some(target), ..quick(0) });
        prop_assert_eq!(arranged.stalls.len(), target);
        prop_assert_eq!(judge::faults(&ground, &arranged.stalls), Vec::<String>::new());
    }
}
