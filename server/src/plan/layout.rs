//! `kaishi plan layout GROUND.json`: the automatic layout of a ground.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use kaishi_domain::arrange::{Wish, arrange};
use kaishi_domain::ground::Ground;

/// Arrange stalls on a ground
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Layout {
    /// The ground, schema venue/1
    ground: PathBuf,
    /// So many stalls; as many as fit, if not given
    #[arg(long)]
    target: Option<usize>,
    /// The same seed gives the same stalls
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

impl Layout {
    /// `{"stalls": […], "zones": […]}`
    pub(super) fn answer(&self) -> Result<String> {
        let text = super::read(&self.ground)?;
        let ground: Ground = serde_json::from_str(&text)
            .map_err(|error| anyhow!("{} is no ground of schema venue/1: {error}.", self.ground.display()))?;
        let wish = Wish { target: self.target, seed: self.seed, ..Wish::default() };
        Ok(serde_json::to_string(&arrange(&ground, &wish))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(ground: &str, target: Option<usize>) -> Result<serde_json::Value> {
        let ground = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(ground);
        Ok(serde_json::from_str(&Layout { ground, target, seed: 3 }.answer()?)?)
    }

    #[test]
    fn stalls_are_printed_with_all_that_a_judge_needs() {
        let answer = layout("demo/ground.json", Some(20)).unwrap();
        let stalls = answer["stalls"].as_array().unwrap();
        assert_eq!(stalls.len(), 20);
        for key in ["zone", "x", "y", "w", "d", "angle", "facing"] {
            assert!(stalls.iter().all(|stall| !stall[key].is_null()), "{key}");
        }
        assert_eq!(answer["zones"][1]["zone"], "corridor");
    }

    #[test]
    fn a_bad_file_is_told_in_one_sentence() {
        let missing = layout("demo/no-such-file.json", None).unwrap_err().to_string();
        assert!(missing.contains("cannot be read") && !missing.contains('\n'), "{missing}");
        let other = layout("demo/units.json", None).unwrap_err().to_string();
        assert!(other.contains("is no ground of schema venue/1") && !other.contains('\n'), "{other}");
    }
}
