//! The folder that the server embeds: files whose names carry their hash, and the manifest that lists them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// An open site. Nothing in it is touched that has not changed, so that the server is not built for nothing.
pub(crate) struct Site {
    root: PathBuf,
}

impl Site {
    pub(crate) fn open(root: PathBuf) -> Result<Self> {
        fs::create_dir_all(root.join("pkg")).with_context(|| format!("making {}", root.display()))?;
        Ok(Self { root })
    }

    /// The folder served under `/pkg`.
    pub(crate) fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// A file beside `pkg`, for the bundler's own memory.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Puts a file into `pkg`. Equal names hold equal bytes, because the name carries their hash.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.pkg().join(name);
        if path.exists() {
            return Ok(());
        }
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))
    }

    /// Writes the manifest and removes what it no longer names.
    pub(crate) fn close(
        self,
        bundles: &BTreeMap<String, String>,
        css: &BTreeMap<String, String>,
    ) -> Result<()> {
        let css_paths: BTreeMap<_, _> =
            css.iter().map(|(name, file)| (name, format!("/pkg/{file}"))).collect();
        let manifest = serde_json::json!({ "bundles": bundles, "css": css_paths }).to_string();
        let path = self.root.join("manifest.json");
        let known = fs::read_to_string(&path).unwrap_or_default();
        if known != manifest {
            fs::write(&path, manifest).with_context(|| format!("writing {}", path.display()))?;
        }
        for entry in fs::read_dir(self.pkg())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let named = bundles.values().any(|bundle| name.starts_with(bundle.as_str()))
                || css.values().any(|file| *file == name);
            if named {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())
            } else {
                fs::remove_file(entry.path())
            }
            .with_context(|| format!("removing {name}"))?;
        }
        Ok(())
    }
}

/// Sixteen hex digits that change with any byte of the parts.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut sum = Sha256::new();
    for part in parts {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    HEXLOWER.encode(&sum.finalize()[..8])
}
