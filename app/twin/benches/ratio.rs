//! How much slower a browser plans than a server: the same markets, seeds and steps, best of five; the goal is 1.5.

#[path = "../tests/browser/mod.rs"]
mod browser;
#[path = "../../domain/benches/fair/mod.rs"]
mod fair;

use std::time::Instant;

const ROUNDS: usize = 5;

fn main() {
    for (stalls, steps) in [(12, 400_000), (40, 400_000), (200, 400_000), (1_000, 400_000)] {
        let market = serde_json::to_string(&fair::market(stalls, 1)).expect("a file");
        let tasks = vec![(market, 1, steps); ROUNDS];
        let found = browser::plans("release", &tasks).expect("plans by node");
        let here = |(market, seed, steps): &browser::Task| {
            let begun = Instant::now();
            let plan = kaishi_twin::plan(market, *seed, *steps);
            (plan, begun.elapsed().as_secs_f64() * 1_000.0)
        };
        let native: Vec<(String, f64)> = tasks.iter().map(here).collect();
        let least = |all: &[(String, f64)]| all.iter().map(|one| one.1).fold(f64::INFINITY, f64::min);
        let same = native.iter().zip(&found).all(|(one, other)| one.0 == other.0);
        println!(
            "{stalls:>5} stalls, {steps} steps: server {:.0} ms, browser {:.0} ms, {:.2} x (goal 1.5), {}",
            least(&native),
            least(&found),
            least(&found) / least(&native),
            if same { "the same plan" } else { "DIFFERENT plans" }
        );
    }
}
