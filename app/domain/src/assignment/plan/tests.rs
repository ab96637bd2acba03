//! The promises of the planning core, on small markets of every kind.

use proptest::prelude::*;

use super::instance::{Cap, Circuit, Feed, Instance, Stall, Unit, Weights};
use super::*;
use crate::Refusal;

const MARKET: &str = include_str!("../../../../../server/tests/market.json");

fn market() -> Instance {
    Instance::parse(MARKET).unwrap()
}

fn plan(stalls: [&[usize]; 4]) -> Plan {
    stalls.iter().map(|run| (!run.is_empty()).then(|| run.to_vec())).collect()
}

fn solved(instance: &Instance, seed: u64, steps: u64) -> Solved {
    solve(&Model::new(instance), Effort { seed, steps }, &mut || false)
}

#[test]
fn terms_are_what_the_paper_says() {
    let instance = market();
    let worth = Model::new(&instance).evaluate(&plan([&[0], &[3, 4], &[], &[2]]));
    assert_eq!(worth.violations, Vec::<&str>::new());
    assert_eq!(worth.unplaced, 1);
    // Mean quality 51: (90 + 80 - 3 x 51)^2 / 200 = 1, (40 + 60 - 2 x 51)^2 / 200 = 0.
    assert_eq!(worth.terms["fair"], 1);
    // Three levels, 5 m: 2 x 3 x 500 / 1000.
    assert_eq!(worth.terms["access"], 3);
    // The second of two wished zones.
    assert_eq!(worth.terms["pref"], 10);
    // Four visitors over 6 m: 2 x 4 x 600 / 1000.
    assert_eq!(worth.terms["affinity"], 4);
    // 2 x 2 over 912 cm (150, 900) and 2 x 3 over 1006 cm (450, 900): 10 x 4 x 288 / 1200 + 10 x 6 x 194 / 1200.
    assert_eq!(worth.terms["noise"], 9 + 9);
    // 180 visitors, shares 90 and 90; 90 and 40 came.
    assert_eq!(worth.terms["balance"], 50);
    assert_eq!(worth.soft, 1 + 3 + 10 + 4 + 18 + 50);
}

#[test]
fn each_hard_rule_has_its_code() {
    let instance = market();
    let model = Model::new(&instance);
    let codes = |stalls| model.evaluate(&plan(stalls)).violations;
    assert_eq!(codes([&[1], &[], &[], &[]]), ["no_water"]);
    assert_eq!(codes([&[], &[], &[2], &[]]), ["no_power"]);
    assert_eq!(codes([&[], &[], &[], &[4]]), ["no_shelter_in_rain"]);
    assert_eq!(codes([&[], &[1], &[], &[]]), ["slots"]);
    assert_eq!(codes([&[], &[5, 6], &[], &[]]), ["not_a_position"]);
    assert_eq!(codes([&[], &[], &[1], &[2]]), ["incompatible_neighbours"]);
    assert_eq!(codes([&[], &[0, 1], &[1], &[]]), ["double_booked"]);
}

#[test]
fn cables_taps_zones_roofs_and_places_held_count_as_written() {
    let mut instance = market();
    instance.weights =
        Weights { zone: 20, cable: 15, tap: 2, wet: 10, stay: 8, print: 12, queue: 15, ..Weights::default() };
    let feed = |power_w, cable_cm, circuit: &str| Feed { power_w, cable_cm, circuits: vec![circuit.into()] };
    instance.stalls[0].feeds = vec![feed(100, 0, "c1"), feed(5_000, 400, "c2")];
    instance.stalls[0].tap_cm = 1_500;
    instance.stalls[1].tap_cm = 500;
    let unit = Unit {
        power_w: 300,
        water: true,
        now: Some(1),
        printed: Some(0),
        home: Some("elsewhere".into()),
        queue: 2,
        ..instance.units[0].clone()
    };
    instance.units = vec![unit.clone(), Unit { now: None, water: false, power_w: 0, queue: 3, ..unit }];
    (instance.incompatible, instance.affinity) = (vec![], vec![]);
    let worth = Model::new(&instance).evaluate(&vec![Some(vec![0]), Some(vec![1])]);
    assert_eq!(worth.terms["cable"], 6, "15 x 400 / 1000: the first outlet that carries it");
    assert_eq!(worth.terms["tap"], 3, "only who needs water carries it");
    assert_eq!((worth.terms["stay"], worth.terms["print"], worth.terms["zone"]), (8, 12, 40));
    assert_eq!(worth.terms["queue"], 90, "side by side: 15 x 2 x 3");
}

#[test]
fn the_best_plan_is_found_and_proved() {
    let instance = market();
    let model = Model::new(&instance);
    let found = solved(&instance, 1, 20_000);
    let proved = prove(&model, &found, 60.0).unwrap();
    assert_eq!((found.unplaced, found.soft), (proved.unplaced, proved.soft));
    let least = relaxed(&model, &found, 60.0).unwrap();
    assert!(least <= proved.soft && bound(&model).unwrap() <= (0, proved.soft));
}

#[test]
fn nonsense_is_refused() {
    for (from, to) in [
        ("market-assign/1", "market-assign/2"),
        ("\"rows\": [[0, 1, 2]", "\"rows\": [[0, 1, 9]"),
        ("\"circuit\": \"c1\", \"power_w\": 1000", "\"circuit\": \"c9\", \"power_w\": 1000"),
        ("\"slots_min\": 2", "\"slots_min\": 3"),
        ("\"incompatible\": [[2, 3, 500]]", "\"incompatible\": [[2, 2, 500]]"),
        ("\"priority\": 3", "\"priority\": 3000000"),
        ("\"last\": 3", "\"last\": 7"),
        ("[[2, 3, 500]]", "[[2, 3, -500]]"),
        ("\"noise\": 10", "\"noise\": -10"),
        ("\"noise\": 2", "\"noise\": 200"),
        ("\"hist_n\": 2", "\"hist_n\": 1000000"),
    ] {
        let text = MARKET.replacen(from, to, 1);
        assert_ne!(text, MARKET, "{from}");
        assert!(matches!(Instance::parse(&text), Err(Refusal::Malformed(_))), "{to}");
    }
}

fn some_stall() -> impl Strategy<Value = Stall> {
    let rights =
        (any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.1), prop::bool::weighted(0.7));
    let feed = (300_i64..1_200, 0_i64..1_500, 0_usize..2, any::<bool>());
    let feeds = prop::collection::vec(feed, 0..3);
    let at = (0_i64..100, 0_i64..3_000, 0_i64..2_000);
    (at, rights, 0_usize..2, feeds).prop_map(|((quality, entr_cm, tap_cm), rights, circuit, feeds)| {
        let (water, shelter, step_free, blocked, powered) = rights;
        let both = |two: bool, one: usize| if two { vec![0, 1] } else { vec![one] };
        let fed = |(power_w, cable_cm, one, two)| Feed {
            power_w,
            cable_cm,
            circuits: both(two, one).into_iter().map(|n| format!("c{n}")).collect(),
        };
        Stall {
            id: String::new(),
            x_cm: 0,
            y_cm: 0,
            w_cm: 300,
            zone: if circuit == 0 { "A" } else { "B" }.to_owned(),
            circuit: powered.then(|| format!("c{circuit}")),
            power_w: 2_000,
            feeds: feeds.into_iter().map(fed).collect(),
            water,
            tap_cm,
            shelter,
            step_free,
            entr_cm,
            quality,
            blocked,
            tags: Vec::new(),
            reserved: Vec::new(),
        }
    })
}

fn some_unit(stalls: usize) -> impl Strategy<Value = Unit> {
    let needs = (prop::bool::weighted(0.2), prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    let figures = (0_i64..4, 0_i64..3, 0_i64..3, 0_i64..80, 0_usize..4, 1_i64..4);
    let wishes = prop::collection::vec(0..stalls, 0..3);
    (needs, figures, wishes, prop::option::of(0..stalls), prop::option::weighted(0.1, 0..stalls), 0_i64..200)
        .prop_map(
            move |(
                (water, shelter, step_free),
                (elder, noise, quiet, draw, kind, priority),
                wishes,
                last,
                lock,
                hist_sum,
            )| Unit {
                id: String::new(),
                category: ["茶", "法", "医", "学"][kind].to_owned(),
                slots_min: 1,
                slots_max: 1 + kind / 3,
                power_w: [0, 300, 900, 0][kind],
                water,
                shelter,
                min_w_cm: 0,
                zones: None,
                tags_required: Vec::new(),
                step_free,
                max_entr_cm: None,
                lock: lock.map(|stall| vec![stall]),
                forbid: Vec::new(),
                priority,
                pref_stalls: wishes,
                pref_zones: Vec::new(),
                anywhere: true,
                elder,
                noise,
                quiet,
                draw,
                hist_sum,
                hist_n: (kind > 0).then_some(2),
                last,
                now: last.map(|last| (last + kind) % stalls),
                printed: last.filter(|_| kind == 2),
                home: (kind > 1).then(|| "A".to_owned()),
                queue: (elder - 1).max(0),
                overruled: kind == 3,
            },
        )
}

pub(super) fn any_market() -> impl Strategy<Value = Instance> {
    (3_usize..9, 1_usize..7).prop_flat_map(|(stalls, units)| {
        let pair = (0..units, 0..units, 0_i64..700);
        (
            prop::collection::vec(some_stall(), stalls),
            prop::collection::vec(some_unit(stalls), units),
            prop::collection::vec(pair.clone(), 0..3),
            prop::collection::vec(pair, 0..3),
            any::<bool>(),
            prop::option::of(0_usize..3),
        )
            .prop_map(|(mut stalls, units, incompatible, affinity, rain, cap)| {
                for (at, stall) in stalls.iter_mut().enumerate() {
                    (stall.x_cm, stall.y_cm) = ((at % 4) as i64 * 310, (at / 4) as i64 * 700);
                }
                let rows: Vec<Vec<usize>> =
                    (0..stalls.len()).collect::<Vec<_>>().chunks(4).map(<[_]>::to_vec).collect();
                let adjacent =
                    rows.iter().flat_map(|row| row.windows(2).map(|pair| (pair[0], pair[1]))).collect();
                let apart =
                    |pairs: Vec<(usize, usize, i64)>| pairs.into_iter().filter(|(a, b, _)| a != b).collect();
                let circuit = |id: &str| Circuit { id: id.to_owned(), cap_w: 1_300 };
                Instance {
                    schema: instance::SCHEMA.to_owned(),
                    rain,
                    weights: Weights {
                        pref: 10,
                        fair: 1,
                        r#move: 8,
                        access: 2,
                        affinity: 2,
                        spread: 15,
                        cluster: 6,
                        noise: 10,
                        balance: 1,
                        short: 12,
                        zone: 20,
                        cable: 15,
                        tap: 2,
                        wet: 10,
                        stay: 8,
                        print: 12,
                        queue: 15,
                    },
                    stalls,
                    circuits: vec![circuit("c0"), circuit("c1")],
                    rows,
                    adjacent,
                    units,
                    incompatible: apart(incompatible),
                    affinity: apart(affinity),
                    cluster: vec!["医".to_owned()],
                    spread: vec!["茶".to_owned()],
                    category_caps: cap
                        .map(|max_slots| Cap { category: "法".to_owned(), max_slots })
                        .into_iter()
                        .collect(),
                }
            })
    })
}

/// The best there is, by trying everything.
fn brute(model: &Model, unit: usize, plan: &mut Plan) -> (i64, i64) {
    if unit == model.instance.units.len() {
        let worth = model.evaluate(plan);
        return if worth.violations.is_empty() { (worth.unplaced, worth.soft) } else { (i64::MAX, 0) };
    }
    plan.push(None);
    let mut best = brute(model, unit + 1, plan);
    for at in (0..model.positions.len()).filter(|at| model.cost(unit, *at) != model::CLOSED) {
        let stalls = &model.positions[at].stalls;
        if plan[..unit].iter().flatten().flatten().any(|taken| stalls.contains(taken)) {
            continue;
        }
        plan[unit] = Some(stalls.clone());
        best = best.min(brute(model, unit + 1, plan));
    }
    plan.pop();
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_rule_is_broken_and_the_search_counts_as_the_judge(market in any_market(), seed in 0_u64..50) {
        let model = Model::new(&market);
        let found = solved(&market, seed, 4_000);
        let worth = model.evaluate(&found.plan);
        prop_assert_eq!(&worth.violations, &Vec::<&str>::new());
        prop_assert_eq!((worth.unplaced, worth.soft), (found.unplaced, found.soft));
        for (unit, place) in market.units.iter().zip(&found.plan) {
            prop_assert!(unit.lock.is_none() || place.is_none() || *place == unit.lock);
        }
        prop_assert_eq!(&solved(&market, seed, 4_000), &found);
    }

    #[test]
    fn bounds_lie_below_the_best_and_proofs_are_true(market in any_market().prop_filter("few", |one| one.units.len() < 5)) {
        let model = Model::new(&market);
        let best = brute(&model, 0, &mut Vec::new());
        let found = solved(&market, 1, 6_000);
        prop_assert!((found.unplaced, found.soft) >= best);
        prop_assert!(bound(&model).unwrap() <= best);
        if let Some(least) = relaxed(&model, &found, 30.0).filter(|_| best.0 == 0) {
            prop_assert!(least <= best.1, "{} {:?}", least, best);
        }
        let proved = prove(&model, &found, 30.0).unwrap();
        prop_assert_eq!((proved.unplaced, proved.soft), best);
    }

    #[test]
    fn qap_counts_as_the_sum_does(seed in 0_u64..20, n in 2_usize..9) {
        let cell = |i: usize, j: usize| (i * 7 + j * 13 + i * j * seed as usize) % 11;
        let matrix = |turn: bool| {
            let line = |i| (0..n).map(|j| (if turn { cell(j, i + 1) } else { cell(i, j) }).to_string()).collect::<Vec<_>>().join(" ");
            (0..n).map(line).collect::<Vec<_>>().join("\n")
        };
        let qap = Qap::parse(&format!("{n}\n{}\n{}", matrix(false), matrix(true))).unwrap();
        let found = qap.solve(seed, 3_000, &mut || false);
        prop_assert_eq!(qap.value(&found.permutation), found.value);
        let least = permutations(n).into_iter().map(|all| qap.value(&all)).min().unwrap();
        prop_assert_eq!(found.value, least);
    }
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    let longer = |all: &Vec<usize>| {
        (0..n)
            .map(|at| {
                let mut all = all.clone();
                all.insert(at, n - 1);
                all
            })
            .collect::<Vec<_>>()
    };
    shorter.iter().flat_map(longer).collect()
}
