//! The bundler: what `cargo build` is to the server, this is to the browser half.
//! It writes `<target>/site/pkg` and a manifest that names its files; the server embeds both.
//! It knows nothing of what the app does.

mod compile;
mod family;
mod links;
mod site;
mod snip;
mod style;
mod sweep;
mod wasm;
mod watch;
mod weight;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, ensure};
use clap::Parser as _;

/// Builds wasm and styles into `<target>/site`.
#[derive(clap::Parser)]
struct Options {
    /// Quick to build, large to load: no optimization.
    #[arg(long)]
    dev: bool,
    /// Build again whenever a source changes.
    #[arg(long)]
    watch: bool,
    /// Only this family, weighed and not put into the site: to see what it has become.
    #[arg(long, value_name = "FAMILY", conflicts_with_all = ["dev", "watch"])]
    only: Option<String>,
    /// With --watch: after each build also build the server and (re)start it with these arguments.
    #[arg(last = true)]
    server: Vec<String>,
}

/// Where things are and what is to be built, as cargo sees it.
struct Place {
    root: PathBuf,
    target: PathBuf,
    families: Vec<family::Family>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let run = |place: Place| match &options.only {
        Some(family) => one(place, family),
        None if options.watch => watch::forever(&place, &options),
        None => bundle(&place, options.dev),
    };
    match Place::find().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// One whole build; what is already there and unchanged is kept.
fn bundle(place: &Place, dev: bool) -> Result<()> {
    let site = site::Site::open(place.target.join("site"))?;
    let bundles = if dev { one_for_all(place, &site)? } else { one_each(place, &site)? };
    let css = style::build(&place.root.join("style"), &site, dev)?;
    site.close(&bundles, &css)
}

/// Every family's bundle by the family's name, no heavier than it may be.
fn one_each(place: &Place, site: &site::Site) -> Result<BTreeMap<String, String>> {
    let mut bundles = BTreeMap::new();
    for family in &place.families {
        bundles.insert(family.name.clone(), wasm::build(place, site, &family.name, false)?);
    }
    weight::check(place, site, &bundles)?;
    Ok(bundles)
}

/// One family's bundle, weighed. The manifest stays as it is, for it names them all.
fn one(mut place: Place, family: &str) -> Result<()> {
    place.families.retain(|known| known.name == family);
    ensure!(!place.families.is_empty(), "app/Cargo.toml lists no family {family}");
    let site = site::Site::open(place.target.join("site"))?;
    one_each(&place, &site).map(drop)
}

/// For development: all islands in one bundle, because one build is quicker than several.
fn one_for_all(place: &Place, site: &site::Site) -> Result<BTreeMap<String, String>> {
    let name = wasm::build(place, site, family::ALL, true)?;
    Ok(place.families.iter().map(|family| (family.name.clone(), name.clone())).collect())
}

impl Place {
    fn find() -> Result<Self> {
        let out = Command::new(cargo()).args(["metadata", "--no-deps", "--format-version=1"]).output()?;
        ensure!(out.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&out.stderr));
        let metadata: serde_json::Value = serde_json::from_slice(&out.stdout)?;
        let path = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata has no {key}"))
        };
        let families = family::read(&metadata)?;
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")?, families })
    }
}

/// The cargo that runs us, so that a chosen toolchain stays chosen.
fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".into())
}

/// Names the file in the error, which `std::fs` does not.
fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("reading {}", path.display()))
}
