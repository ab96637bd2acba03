//! A remedy that is offered cures.

use super::*;

fn usage() -> impl Strategy<Value = Use> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (0..4_u32, 0..3_u32, flags).prop_map(|(watts, queue, (water, shelter, quiet, loud, step_free))| Use {
        watts: watts * 1_200,
        queue: queue * 8,
        water,
        shelter,
        quiet,
        loud,
        step_free,
    })
}

/// The demo's ground with steps and a shared circuit.
fn rich() -> Ground {
    let steps = serde_json::json!({"kind": "steps", "polygon": square(12.0, 6.0, 4.0, 2.0)});
    let circuit = serde_json::json!({"id": "c1", "cap_w": 3_000});
    let mut ground = with(&with(&ground(), "patches", steps), "circuits", circuit);
    for outlet in &mut ground.outlets {
        if outlet.id != "o2" {
            outlet.circuit = Some("c1".into());
        }
    }
    let spare = serde_json::json!({"id": "o5", "at": [20.0, 8.0], "cap_w": 3000, "reach": 14.0});
    with(&ground, "outlets", spare)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_remedy_cures_its_breach(
        places in prop::collection::vec((0.0..42.0f64, 0.0..26.0f64, 0..16_u16, usage()), 1..9),
        straight in any::<bool>(),
    ) {
        let ground = rich();
        let turn = |step: u16| if straight { f64::from(step % 4) * 90.0 } else { f64::from(step) * 22.5 };
        let stalls: Vec<Stall> = places.iter().zip(1..).map(|((x, y, angle, _), n)| {
            Stall { angle: turn(*angle), ..stall(n, *x, *y) }
        }).collect();
        let uses: Uses = stalls.iter().zip(&places).map(|(stall, place)| (stall.id, place.3)).collect();
        let layout = layout(&stalls);
        let site = Site::new(&ground, &layout, &uses);
        let found = site.check();
        for breach in found.iter().filter(|breach| breach.remedy.is_some()) {
            let mut after = site.clone();
            after.follow(&layout.clone().apply(breach.remedy.clone().unwrap()).unwrap());
            let rest: Vec<Breach> = after.found().into_iter().map(|(_, breach)| breach).collect();
            let same = |other: &&Breach| {
                other.kind.order() == breach.kind.order() && other.stalls == breach.stalls
                    && other.severity <= breach.severity
            };
            let was = found.iter().filter(same).count();
            prop_assert!(rest.iter().filter(same).count() < was, "{breach:?} {rest:?}");
        }
    }
}

#[test]
fn a_long_list_of_breaches_is_told_at_once_and_cured_on_demand() {
    let yard = yard(100.0, 100.0);
    let heap: Vec<Stall> = (0..400_u16)
        .map(|i| {
            let mut id = [0; 10];
            id[..2].copy_from_slice(&i.to_be_bytes());
            let id = StallId::new(crate::Moment::from_millis(0), id);
            let at = |k: u16| f64::from(k).mul_add(2.5, 20.0);
            Stall { id, no: (i + 1).to_string(), ..stall(1, at(i % 20), at(i / 20)) }
        })
        .collect();
    let site = Site::new(&yard, &layout(&heap), &none());
    let found = site.check();
    assert!(found.len() > 400);
    let open = found.iter().find(|breach| breach.remedy.is_none() && breach.kind == Kind::Overlap).unwrap();
    let edge = found.iter().filter(|breach| breach.remedy.is_some()).count();
    assert!(edge > 0 && edge < found.len());
    // Asked for on its own, the same breach gets an honest answer: a way out or none.
    if let Some(edit) = site.cure(open) {
        let mut after = layout(&heap);
        after.apply(edit).unwrap();
        let rest = check(&yard, &after, &none());
        assert!(!rest.iter().any(|other| other.kind == open.kind && other.stalls == open.stalls));
    }
}
