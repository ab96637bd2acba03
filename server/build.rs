//! Embeds what the bundler made: the files of `<target>/site/pkg` and `public`, and the manifest as a constant.
//! Without a bundle the server still builds for checks and tests, with pages that have no styles and no islands.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const SENTENCE: &str = "the browser half is not built: run `make bundle` first";

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let site = target(&out).join("site");
    let (pkg, manifest) = (site.join("pkg"), site.join("manifest.json"));
    if !manifest.exists() {
        // A real file, because cargo runs this again and again for one that is missing.
        fs::create_dir_all(&pkg)?;
        fs::write(&manifest, r#"{"bundles":{},"css":{}}"#)?;
    }
    println!("cargo::rerun-if-changed={}", manifest.display());
    println!("cargo::rerun-if-changed=build.rs");
    let text = fs::read_to_string(&manifest)?;
    let (code, bundled) = constant(&text)?;
    fs::write(out.join("manifest.rs"), code)?;
    fs::write(out.join("inline.rs"), inline(&text, &site)?)?;
    println!("cargo::rustc-env=KAISHI_VERSION={}", version()?);
    if !bundled && env::var("PROFILE")? == "release" {
        println!("cargo::error={SENTENCE}");
        return Ok(());
    }
    let public = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../public");
    memory_serve::load_names_directories([("pkg", pkg), ("public", public)], true);
    Ok(())
}

/// `0.1.0 (4705cbd3a)` in a release; the bare version where there is no repository, as in a packed source, and in a build
/// for work, which no commit should make anew.
fn version() -> Result<String, Failure> {
    let number = env::var("CARGO_PKG_VERSION")?;
    if env::var("PROFILE")? != "release" {
        return Ok(number);
    }
    let ask = |words: &[&str]| {
        let out = Command::new("git").args(words).output().ok().filter(|out| out.status.success())?;
        Some(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    let Some(commit) = ask(&["rev-parse", "--short=9", "HEAD"]) else { return Ok(number) };
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(file) = ask(&["rev-parse", "--git-path", name]) {
            println!("cargo::rerun-if-changed={file}");
        }
    }
    Ok(format!("{number} ({commit})"))
}

/// Cargo's target folder: the nearest one above that carries cargo's own tag.
fn target(out: &Path) -> &Path {
    out.ancestors().find(|p| p.join("CACHEDIR.TAG").exists()).or(out.ancestors().nth(4)).unwrap_or(out)
}

/// The manifest as a Rust expression, and whether there is a bundle behind it.
fn constant(json: &str) -> Result<(String, bool), Failure> {
    let manifest: serde_json::Value = serde_json::from_str(json)?;
    // A manifest of an older bundler is none: the pages would ask for files that nobody knows.
    let bundles = table(&manifest["bundles"]).unwrap_or_default();
    let css = table(&manifest["css"]).ok_or("manifest.json has no css")?;
    Ok((format!("Manifest {{ bundles: &{bundles:?}, css: &{css:?} }}"), !bundles.is_empty()))
}

fn table(object: &serde_json::Value) -> Option<Vec<(&str, &str)>> {
    object.as_object()?.iter().map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
}

/// The sheets that pages carry inside, as a Rust expression of (name, text).
fn inline(json: &str, site: &Path) -> Result<String, Failure> {
    let manifest: serde_json::Value = serde_json::from_str(json)?;
    let mut code = String::from("&[");
    for sheet in ["resident"] {
        if let Some(path) = manifest["css"][sheet].as_str() {
            let text = fs::read_to_string(site.join(path.trim_start_matches('/')))?;
            write!(code, "({sheet:?}, {text:?}),")?;
        }
    }
    code.push(']');
    Ok(code)
}
