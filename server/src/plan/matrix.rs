//! `kaishi plan qap FILE` and `kaishi plan lap FILE`: the planning core on the public instances that everybody
//! measures with.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use kaishi_domain::assignment::lap;
use kaishi_domain::assignment::plan::Qap;
use serde_json::json;

/// Arrange facilities on places (QAPLIB: n, then two matrices)
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Quadratic {
    /// The instance
    file: PathBuf,
    /// Where chance begins
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// So many milliseconds
    #[arg(long, default_value_t = 1_000)]
    budget_ms: u64,
}

/// Give each row a column of its own (OR-Library: n, then the costs)
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Linear {
    /// The instance
    file: PathBuf,
}

impl Quadratic {
    /// `{"value": …, "permutation": […], "seconds": …}`; places from 0.
    pub(super) fn answer(&self) -> Result<String> {
        let start = Instant::now();
        let qap = Qap::parse(&super::read(&self.file)?)
            .map_err(|error| anyhow!("{} is no pair of matrices: {error}.", self.file.display()))?;
        let end = start + Duration::from_millis(self.budget_ms);
        let found = qap.solve(self.seed, u64::MAX, &mut || Instant::now() >= end);
        let seconds = start.elapsed().as_secs_f64();
        Ok(json!({ "value": found.value, "permutation": found.permutation, "seconds": seconds }).to_string())
    }
}

impl Linear {
    /// `{"value": …, "permutation": […], "seconds": …}`; columns from 0, seconds without reading the file.
    pub(super) fn answer(&self) -> Result<String> {
        let matrix = square(&super::read(&self.file)?).ok_or_else(|| {
            anyhow!("{} is no square of costs: n, then n x n whole numbers.", self.file.display())
        })?;
        let start = Instant::now();
        let found = lap::solve(&matrix)
            .ok_or_else(|| anyhow!("{} leaves some row without a column.", self.file.display()))?;
        let seconds = start.elapsed().as_secs_f64();
        Ok(json!({ "value": found.cost, "permutation": found.columns, "seconds": seconds }).to_string())
    }
}

/// `n`, then `n` x `n` costs.
fn square(text: &str) -> Option<lap::Matrix> {
    const MOST: i64 = 1_000_000_000_000;
    let mut numbers = text.split_ascii_whitespace().map(str::parse::<i64>);
    let n = usize::try_from(numbers.next()?.ok()?).ok().filter(|n| (1..=10_000).contains(n))?;
    let cells: Vec<i64> = numbers.collect::<Result<_, _>>().ok()?;
    let sound = cells.len() == n * n && cells.iter().all(|cell| cell.abs() <= MOST);
    sound.then(|| lap::Matrix::new(n, n, |row, column| cells[row * n + column]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_read_and_anything_else_is_not() {
        let matrix = square("2\n 4 1\n 2 0\n").unwrap();
        assert_eq!(lap::solve(&matrix).unwrap().cost, 3);
        for bad in ["", "2 1 2 3", "2 1 2 3 4 5", "1 x", "0", "1 9000000000000000000"] {
            assert!(square(bad).is_none(), "{bad}");
        }
    }
}
