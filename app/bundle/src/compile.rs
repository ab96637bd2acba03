//! One family's cdylib: `cargo rustc`, and the family's own copy of what it made. Knows nothing of what follows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result, ensure};

use crate::family::PACKAGE;
use crate::site::{Site, hash};
use crate::{Place, cargo, read};

const TARGET: &str = "wasm32-unknown-unknown";
/// What a build depends on besides the sources that the compiler names.
const BESIDES: [&str; 5] =
    ["Cargo.lock", "Cargo.toml", "app/Cargo.toml", "app/domain/Cargo.toml", ".cargo/config.toml"];

/// The module of a family, as the compiler leaves it.
///
/// Cargo keeps one file for all families and so builds each of them anew whenever another was built last. The
/// copies are kept here, each with a note of what it was made from.
pub(crate) fn compile(place: &Place, site: &Site, family: &str, dev: bool) -> Result<Vec<u8>> {
    let profile = if dev { "dev" } else { "wasm-release" };
    let arguments = arguments(place, family, profile);
    let (copy, note) = (site.beside(&format!("{family}.wasm")), site.beside(&format!("{family}.made")));
    let known = fs::read_to_string(&note).unwrap_or_default();
    if copy.exists() && still_holds(place, &arguments, &known) {
        return read(&copy);
    }
    let _ = fs::remove_file(&note);
    let began = SystemTime::now();
    build(place, family, &arguments)?;
    let folder = place.target.join(TARGET).join(if dev { "debug" } else { profile });
    let made = folder.join("kaishi_app.wasm");
    fs::copy(&made, &copy).with_context(|| format!("copying {}", made.display()))?;
    let sources = sources(&String::from_utf8_lossy(&read(&folder.join("kaishi_app.d"))?));
    // A source that was written meanwhile may or may not be in there.
    if !files(place, &sources).iter().any(|file| is_newer(file, began)) {
        fs::write(&note, format!("{}\n{}", state(place, &arguments, &sources)?, sources.join("\n")))?;
    }
    read(&copy)
}

/// Everything that a build reads: its sources and what stands besides them.
fn files(place: &Place, sources: &[String]) -> Vec<PathBuf> {
    let besides = BESIDES.iter().map(|file| place.root.join(file));
    besides.chain(sources.iter().map(PathBuf::from)).collect()
}

fn is_newer(file: &Path, than: SystemTime) -> bool {
    fs::metadata(file).and_then(|known| known.modified()).is_ok_and(|changed| changed >= than)
}

/// Whether everything a note names is as it was.
fn still_holds(place: &Place, arguments: &[String], note: &str) -> bool {
    let mut lines = note.lines();
    let Some(then) = lines.next() else { return false };
    let sources: Vec<String> = lines.map(str::to_owned).collect();
    state(place, arguments, &sources).is_ok_and(|now| now == then)
}

/// A hash of all that a build is made from.
fn state(place: &Place, arguments: &[String], sources: &[String]) -> Result<String> {
    let compiler = Command::new("rustc").arg("-vV").current_dir(&place.root).output()?.stdout;
    let mut parts = vec![compiler, arguments.join(" ").into_bytes()];
    for file in files(place, sources) {
        parts.push(read(&file)?);
    }
    Ok(hash(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

/// The files that a `.d` file names: `target: one two\ with\ blanks`.
fn sources(rule: &str) -> Vec<String> {
    let line = rule.lines().find_map(|line| line.split_once(": ")).map_or("", |(_, files)| files);
    line.replace("\\ ", "\0").split_whitespace().map(|file| file.replace('\0', " ")).collect()
}

/// `rustc` and not `build`: with the library's other kind beside it, cargo silently leaves out the optimization
/// across crates.
fn arguments(place: &Place, family: &str, profile: &str) -> Vec<String> {
    let fixed =
        ["rustc", "-p", PACKAGE, "--lib", "--crate-type=cdylib", "--no-default-features", "--target", TARGET];
    let flags = format!("target.{TARGET}.rustflags={:?}", flags(&place.root));
    let rest = ["--features", family, "--profile", profile, "--config", &flags];
    // What refers to what, for `sweep`; only the last step of the build, so that nothing else compiles anew.
    // Names that tell types apart, for `snip`.
    let link = ["--", "-C", "link-arg=--emit-relocs", "-C", "symbol-mangling-version=v0"];
    fixed.iter().chain(&rest).chain(&link).map(|&argument| argument.to_owned()).collect()
}

/// As .cargo/config.toml, and no path of the building machine in what everybody downloads.
fn flags(root: &Path) -> Vec<String> {
    let mut flags = vec!["--cfg".to_owned(), "erase_components".to_owned()];
    let home = std::env::var("HOME").unwrap_or_default();
    for (path, name) in [(home.as_str(), "~"), (&*root.to_string_lossy(), "kaishi")] {
        if !path.is_empty() {
            flags.push(format!("--remap-path-prefix={path}={name}"));
        }
    }
    flags
}

fn build(place: &Place, family: &str, arguments: &[String]) -> Result<()> {
    let done =
        Command::new(cargo()).args(arguments).current_dir(&place.root).status().context("running cargo")?;
    ensure!(
        done.success(),
        "{family} does not build for the browser (if the target is missing: app/bundle/wasm-std)"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_names_its_sources() {
        let rule = "/t/kaishi_app.wasm: /k/app/src/lib.rs /k/a\\ b/id.rs\n";
        assert_eq!(sources(rule), ["/k/app/src/lib.rs", "/k/a b/id.rs"]);
        assert!(sources("").is_empty());
    }
}
