//! The families of islands: what `app/Cargo.toml` lists under `package.metadata.bundle`.

use anyhow::{Context as _, Result};

/// The package that holds the islands.
pub(crate) const PACKAGE: &str = "kaishi-app";
/// The feature that has every family.
pub(crate) const ALL: &str = "hydrate";

/// Islands that are loaded together.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Family {
    /// Its feature in the app, and the beginning of its files' names.
    pub(crate) name: String,
    /// The most that a phone may have to load, in bytes after brotli.
    pub(crate) most: usize,
}

/// Reads the list from what `cargo metadata` says.
pub(crate) fn read(metadata: &serde_json::Value) -> Result<Vec<Family>> {
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let app = packages.iter().find(|package| package["name"] == PACKAGE).context("there is no app")?;
    let table = app["metadata"]["bundle"].as_object().context("the app lists no bundles")?;
    let family = |(name, most): (&String, &serde_json::Value)| {
        let kilo = most.as_u64().with_context(|| format!("the budget of {name} is not a number"))?;
        Ok(Family { name: name.clone(), most: usize::try_from(kilo)? * 1000 })
    };
    table.iter().map(family).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_thousands_of_bytes() {
        let listed = |bundle| serde_json::json!({ "packages": [{ "name": PACKAGE, "metadata": { "bundle": bundle } }] });
        let families = read(&listed(serde_json::json!({ "pad": 90 }))).ok();
        assert_eq!(families, Some(vec![Family { name: "pad".into(), most: 90_000 }]));
        assert!(read(&listed(serde_json::json!({ "pad": "small" }))).is_err());
    }
}
