//! The planning core on the public instances of `$KAISHI_BENCH_DIR`: points beside the best known, at the budgets
//! of the goals; linear assignment beside one plain reading of the same matrix in the same run.
//!
//! A name given on the command line chooses what runs: `market`, `amsterdam`, `lap`, `qap`, or `made`: markets by
//! chance, which need no instances, each beside what ten times the steps give.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "fair/mod.rs"]
mod fair;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kaishi_domain::assignment::lap;
use kaishi_domain::assignment::plan::{Effort, Instance, Model, Qap, Solved, prove, solve};
use serde_json::Value;

/// Runs one instance: its name, its text and what is known of it.
type Family = fn(&str, &str, &Value);

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    if chosen.is_empty() || chosen.iter().any(|one| one == "made") {
        made();
    }
    let folder = std::env::var("KAISHI_BENCH_DIR")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("reference.json")) else {
        println!("assign: skipped, no instances in {}", folder.display());
        return;
    };
    let references: Value = serde_json::from_str(&text).unwrap_or_default();
    let families: [(&str, Family); 4] =
        [("amsterdam", proved), ("market", market), ("lap", linear), ("qap", quadratic)];
    for (family, run) in families {
        if !chosen.is_empty() && !chosen.iter().any(|one| one == family) {
            continue;
        }
        let Some(all) = references.as_object() else { return };
        for (key, reference) in all.iter().filter(|(key, _)| key.starts_with(&format!("{family}/"))) {
            let name = &key[family.len() + 1..];
            let found = ["json", "txt", "dat"].iter().find_map(|ending| {
                std::fs::read_to_string(folder.join(family).join(format!("{name}.{ending}"))).ok()
            });
            if let Some(text) = found {
                run(name, &text, reference);
            }
        }
    }
}

fn known(reference: &Value, key: &str) -> (i64, i64) {
    let part = |part: &str| reference[key][part].as_i64().unwrap_or(0);
    (part("unplaced"), part("soft"))
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// A real market day: searched for a fifth of a second, then proved.
fn proved(name: &str, text: &str, reference: &Value) {
    let begun = Instant::now();
    let instance = Instance::parse(text).expect("an instance");
    let model = Model::new(&instance);
    let found = solve(&model, Effort::within(&model, 0, 200), &mut || false);
    let best = prove(&model, &found, 10.0);
    let proof = best.as_ref().map_or("not proved", |_| "proved");
    let best = best.unwrap_or(found);
    let (unplaced, soft) = known(reference, "optimal");
    println!(
        "{name:<28} {}/{} of {unplaced}/{soft} {proof} in {:.0} ms (goal 1000)",
        best.unplaced,
        best.soft,
        ms(begun)
    );
}

/// Markets that nothing was tuned to: steps are counted, so that a busy machine gives the same numbers.
fn made() {
    let markets =
        [(40, 1), (40, 2), (200, 1), (200, 2), (200, 3), (1_000, 1), (1_000, 2), (2_000, 1), (2_000, 2)];
    for (stalls, seed) in markets {
        let instance = fair::market(stalls, seed);
        let model = Model::new(&instance);
        let found = |milliseconds| solve(&model, Effort::within(&model, 1, milliseconds), &mut || false);
        let budget = if stalls < 2_000 { 1_000 } else { 1_500 };
        let (soon, late) = (found(budget), found(10 * budget));
        let gap = (soon.soft - late.soft) as f64 / late.soft.max(1) as f64 * 100.0;
        println!(
            "made {stalls} by seed {seed:<6} {}/{} in the steps of {budget} ms, {}/{} in ten times as many: {gap:+.2} %",
            soon.unplaced, soon.soft, late.unplaced, late.soft
        );
    }
}

fn market(name: &str, text: &str, reference: &Value) {
    let instance = Instance::parse(text).expect("an instance");
    let best = known(reference, "best_known");
    // Milliseconds, seeds, per cent allowed.
    let rounds: &[(u64, u64, f64)] = match instance.units.len() {
        ..30 => &[(100, 10, 0.0)],
        30..60 => &[(100, 10, 1.5), (2_000, 10, 0.0)],
        60..400 => &[(1_000, 5, 2.0)],
        _ => &[(1_000, 5, 4.0), (10_000, 2, 0.0)],
    };
    for (budget, seeds, goal) in rounds {
        line(name, &instance, best, *budget, *seeds, *goal);
    }
    if instance.units.len() > 400 {
        let double = twice(&instance);
        line(&format!("{name} twice"), &double, (2 * best.0, 2 * best.1), 1_500, 3, 5.0);
    }
}

fn line(name: &str, instance: &Instance, best: (i64, i64), budget: u64, seeds: u64, goal: f64) {
    let mut found: Vec<(i64, i64)> = Vec::new();
    let mut slowest: f64 = 0.0;
    for seed in 1..=seeds {
        let begun = Instant::now();
        let late = begun + Duration::from_millis(budget * 7 / 8);
        let model = Model::new(instance);
        let Solved { plan, unplaced, soft } =
            solve(&model, Effort::within(&model, seed, budget * 19 / 20), &mut || Instant::now() >= late);
        slowest = slowest.max(ms(begun));
        let worth = model.evaluate(&plan);
        assert!(worth.violations.is_empty() && (worth.unplaced, worth.soft) == (unplaced, soft), "{name}");
        found.push((unplaced, soft));
    }
    found.sort_unstable();
    let middle = found[found.len() / 2];
    let equal = found.iter().filter(|one| **one <= best).count();
    let gap = (middle.1 - best.1) as f64 / best.1.max(1) as f64 * 100.0;
    println!(
        "{name:<28} {budget:>6} ms: median {}/{} of {}/{} = {gap:+.2} % (goal {goal}), {equal} of {seeds} seeds reach it, \
         worst {}/{}, slowest {slowest:.0} ms",
        middle.0,
        middle.1,
        best.0,
        best.1,
        found[found.len() - 1].0,
        found[found.len() - 1].1
    );
}

/// A market of twice the size: the same ground again, 200 m further east.
fn twice(one: &Instance) -> Instance {
    let mut all = one.clone();
    let (stalls, units) = (one.stalls.len(), one.units.len());
    let on = |list: &[usize]| -> Vec<usize> { list.iter().map(|at| at + stalls).collect() };
    all.stalls.extend(one.stalls.iter().map(|stall| {
        let mut stall = stall.clone();
        stall.x_cm += 20_000;
        stall.zone.push('\'');
        stall.circuit.iter_mut().for_each(|circuit| circuit.push('\''));
        stall
    }));
    all.circuits.extend(one.circuits.iter().map(|circuit| {
        let mut circuit = circuit.clone();
        circuit.id.push('\'');
        circuit
    }));
    all.rows.extend(one.rows.iter().map(|row| on(row)));
    all.adjacent.extend(one.adjacent.iter().map(|(a, b)| (a + stalls, b + stalls)));
    all.units.extend(one.units.iter().map(|unit| {
        let mut unit = unit.clone();
        unit.pref_stalls = on(&unit.pref_stalls);
        unit.forbid = on(&unit.forbid);
        unit.lock = unit.lock.map(|lock| on(&lock));
        unit.last = unit.last.map(|at| at + stalls);
        unit.pref_zones.iter_mut().chain(unit.zones.iter_mut().flatten()).for_each(|zone| zone.push('\''));
        unit
    }));
    all.incompatible.extend(one.incompatible.iter().map(|(a, b, d)| (a + units, b + units, *d)));
    all.affinity.extend(one.affinity.iter().map(|(a, b, n)| (a + units, b + units, *n)));
    all.category_caps.iter_mut().for_each(|cap| cap.max_slots *= 2);
    all
}

fn linear(name: &str, text: &str, reference: &Value) {
    let numbers: Vec<i64> = text.split_ascii_whitespace().map(|one| one.parse().expect("a number")).collect();
    let n = numbers[0] as usize;
    let matrix = lap::Matrix::new(n, n, |row, column| numbers[1 + row * n + column]);
    let mut times = Vec::new();
    let mut found = None;
    for _ in 0..9 {
        let begun = Instant::now();
        found = std::hint::black_box(lap::solve(&matrix));
        times.push(ms(begun));
    }
    times.sort_by(f64::total_cmp);
    let begun = Instant::now();
    std::hint::black_box((0..n).map(|row| (0..n).map(|column| matrix.cost(row, column)).min()).max());
    let reading = ms(begun);
    let found = found.expect("an answer");
    let sound = (0..n).all(|row| {
        let tight = found.row_duals[row] + found.column_duals[found.columns[row]]
            == matrix.cost(row, found.columns[row]);
        tight
            && (0..n)
                .all(|column| found.row_duals[row] + found.column_duals[column] <= matrix.cost(row, column))
    });
    println!(
        "{name:<28} {} of {}, duals {}, {:.1} ms, {:.0} x one reading of the matrix",
        found.cost,
        reference["optimal"],
        if sound { "prove it" } else { "WRONG" },
        times[4],
        times[4] / reading.max(1e-6)
    );
}

fn quadratic(name: &str, text: &str, reference: &Value) {
    let qap = Qap::parse(text).expect("two matrices");
    let best = reference["best_known"].as_i64().unwrap_or(0);
    let (budget, seeds) = if qap.size() <= 32 { (1_000, 5) } else { (5_000, 1) };
    let mut gaps: Vec<f64> = Vec::new();
    for seed in 1..=seeds {
        let end = Instant::now() + Duration::from_millis(budget);
        let found = qap.solve(seed, u64::MAX, &mut || Instant::now() >= end);
        assert_eq!(qap.value(&found.permutation), found.value, "{name}");
        gaps.push((found.value - best) as f64 / best.max(1) as f64 * 100.0);
    }
    gaps.sort_by(f64::total_cmp);
    let reached = gaps.iter().filter(|gap| **gap <= 0.0).count();
    println!(
        "{name:<28} {budget:>6} ms: best known by {reached} of {seeds} seeds, worst {:+.2} %",
        gaps[gaps.len() - 1]
    );
}
