//! `kaishi plan assign MARKET.json`: who stands where, what that is worth, and how sure that is.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use kaishi_domain::assignment::plan::{Effort, Instance, Model, Solved, bound, prove, relaxed, solve};

/// Assign units to stalls
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Assign {
    /// The market, schema market-assign/1
    market: PathBuf,
    /// The same seed gives the same plan
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// So many milliseconds for searching and proving
    #[arg(long, default_value_t = 2_000)]
    budget_ms: u64,
}

/// Markets of at most so many units may be proved within seconds.
const PROVABLE: usize = 24;
/// Markets of at most so many are at least bounded by a linear program.
const RELAXABLE: usize = 60;

#[derive(serde::Serialize)]
struct Answer<'a> {
    assign: &'a [Option<Vec<usize>>],
    unplaced: i64,
    soft: i64,
    terms: std::collections::BTreeMap<&'static str, i64>,
    /// Points that no plan with as few left out falls below.
    bound: Option<i64>,
    proved: bool,
    seconds: f64,
}

impl Assign {
    /// `{"assign": […], "unplaced": …, "soft": …, …}`
    pub(super) fn answer(&self) -> Result<String> {
        let start = Instant::now();
        let text = super::read(&self.market)?;
        let instance = Instance::parse(&text).map_err(|error| {
            anyhow!("{} is no market of schema market-assign/1: {error}.", self.market.display())
        })?;
        let model = Model::new(&instance);
        let (solved, least) = self.plan(&model, start);
        let worth = model.evaluate(&solved.plan);
        let answer = Answer {
            assign: &solved.plan,
            unplaced: worth.unplaced,
            soft: worth.soft,
            terms: worth.terms,
            bound: least,
            proved: least == Some(worth.soft),
            seconds: start.elapsed().as_secs_f64(),
        };
        Ok(serde_json::to_string(&answer)?)
    }

    /// Searches first; what is left of the time goes into a proof where one is in reach.
    fn plan(&self, model: &Model, start: Instant) -> (Solved, Option<i64>) {
        let end = start + Duration::from_millis(self.budget_ms);
        let left = || end.saturating_duration_since(Instant::now());
        let provable = !model.has_ties() || model.units() <= PROVABLE;
        let share = if provable { self.budget_ms.div_ceil(5).min(200) } else { self.budget_ms * 19 / 20 };
        let effort = Effort::within(model, self.seed, share);
        // The clock ends the search only on a machine much slower than the count of steps supposes.
        let late = start + Duration::from_millis(self.budget_ms * 7 / 8);
        let search = |seed| solve(model, Effort { seed, ..effort }, &mut || Instant::now() >= late);
        let found = if provable { search(self.seed) } else { better(self.seed, &search) };
        if provable && let Some(best) = prove(model, &found, left().as_secs_f64()) {
            let least = best.soft;
            return (best, Some(least));
        }
        let simple = bound(model).filter(|(unplaced, _)| *unplaced == found.unplaced).map(|(_, soft)| soft);
        let linear =
            (model.units() <= RELAXABLE).then(|| relaxed(model, &found, left().as_secs_f64())).flatten();
        (found, simple.max(linear))
    }
}

/// Two searches at once, from different chances: always two, so that the answer does not depend on the machine.
fn better(seed: u64, search: &(impl Fn(u64) -> Solved + Sync)) -> Solved {
    std::thread::scope(|scope| {
        let other = scope.spawn(|| search(!seed));
        let one = search(seed);
        let rank = |found: &Solved| (found.unplaced, found.soft);
        other.join().into_iter().find(|other| rank(other) < rank(&one)).unwrap_or(one)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assign(file: &str, budget_ms: u64) -> Result<serde_json::Value> {
        let market = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        Ok(serde_json::from_str(&Assign { market, seed: 1, budget_ms }.answer()?)?)
    }

    #[test]
    fn a_small_market_is_planned_and_proved() {
        let answer = assign("tests/market.json", 20_000).unwrap();
        assert_eq!(answer["proved"], true, "{answer}");
        assert_eq!(answer["bound"], answer["soft"]);
        assert_eq!(answer["unplaced"], 0);
        assert_eq!(answer["assign"].as_array().unwrap().len(), 4);
        let terms: i64 =
            answer["terms"].as_object().unwrap().values().map(|points| points.as_i64().unwrap()).sum();
        assert_eq!(answer["soft"], terms);
    }

    #[test]
    fn a_bad_file_is_told_in_one_sentence() {
        for (file, told) in
            [("no-such-file.json", "cannot be read"), ("demo/units.json", "is no market of schema")]
        {
            let error = assign(file, 10).unwrap_err().to_string();
            assert!(error.contains(told) && !error.contains('\n'), "{error}");
        }
    }
}
