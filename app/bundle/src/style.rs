//! SCSS to CSS: each `style/NAME.scss` that does not begin with an underscore becomes one sheet.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};

use crate::site::{Site, hash};

/// Compiles every sheet and returns its file name by its short name.
pub(crate) fn build(folder: &Path, site: &Site, dev: bool) -> Result<BTreeMap<String, String>> {
    let style = if dev { grass::OutputStyle::Expanded } else { grass::OutputStyle::Compressed };
    let options = grass::Options::default().style(style).load_path(folder);
    let mut sheets = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let Some(name) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        if path.extension().is_none_or(|e| e != "scss") || name.starts_with('_') {
            continue;
        }
        let css = grass::from_path(&path, &options).map_err(|e| anyhow!("{e}"))?;
        let file = format!("{name}-{}.css", hash(&[css.as_bytes()]));
        site.put(&file, css.as_bytes())?;
        sheets.insert(name.to_owned(), file);
    }
    Ok(sheets)
}
