//! The app's cdylib to the two files that a browser loads: `cargo build`, wasm-bindgen in process, wasm-opt if there.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::site::{Site, hash};
use crate::{Place, cargo, read};

const TARGET: &str = "wasm32-unknown-unknown";
/// Changes when what is done to the module changes, so that a kept one is made anew.
const WAY: &str = "bound, optimized, mended";
const OPTIMIZE: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the app for the browser and returns the name that its `.js` and `_bg.wasm` share.
pub(crate) fn build(place: &Place, site: &Site, dev: bool) -> Result<String> {
    let raw = compile(place, dev)?;
    let optimizer = if dev { None } else { optimizer() };

    // The rest takes longer than all the checking, so it is skipped for a module that was seen last time.
    let stamp = site.beside("wasm.stamp");
    let tool = optimizer.as_deref().unwrap_or("none");
    let key = hash(&[&raw, tool.as_bytes(), OPTIMIZE.concat().as_bytes(), WAY.as_bytes()]);
    if let Some((known, name)) = fs::read_to_string(&stamp).unwrap_or_default().split_once(' ')
        && known == key
        && ["js", "wasm"].iter().all(|ext| site.pkg().join(file(name, ext)).exists())
    {
        return Ok(name.to_owned());
    }

    let (js, bound) = bind(site, raw, dev)?;
    let wasm = if optimizer.is_some() { optimize(site, &bound)? } else { bound };
    let name = format!("kaishi-{}", hash(&[&js, &wasm]));
    site.put(&file(&name, "js"), &js)?;
    site.put(&file(&name, "wasm"), &wasm)?;
    report(&wasm, dev, tool)?;
    fs::write(stamp, format!("{key} {name}"))?;
    Ok(name)
}

/// The names that leptos's hydration script computes from `output_name`.
fn file(name: &str, extension: &str) -> String {
    if extension == "wasm" { format!("{name}_bg.wasm") } else { format!("{name}.{extension}") }
}

fn compile(place: &Place, dev: bool) -> Result<Vec<u8>> {
    let profile = if dev { "dev" } else { "wasm-release" };
    // As .cargo/config.toml, and no path of the building machine in what everybody downloads.
    let mut flags = vec!["--cfg".to_owned(), "erase_components".to_owned()];
    let home = std::env::var("HOME").unwrap_or_default();
    for (path, name) in [(home.as_str(), "~"), (&*place.root.to_string_lossy(), "kaishi")] {
        if !path.is_empty() {
            flags.push(format!("--remap-path-prefix={path}={name}"));
        }
    }
    let done = Command::new(cargo())
        .args(["build", "-p", "kaishi-app", "--lib", "--target", TARGET, "--no-default-features"])
        .args(["--features", "hydrate", "--profile", profile])
        .args(["--config", &format!("target.{TARGET}.rustflags={flags:?}")])
        .current_dir(&place.root)
        .status()
        .context("running cargo")?;
    ensure!(
        done.success(),
        "the app does not build for the browser (if the target is missing: app/bundle/wasm-std)"
    );
    let folder = if dev { "debug" } else { profile };
    read(&place.target.join(TARGET).join(folder).join("kaishi_app.wasm"))
}

/// The version of wasm-opt, if it is on the PATH.
fn optimizer() -> Option<String> {
    let out = Command::new("wasm-opt").arg("--version").output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

fn bind(site: &Site, raw: Vec<u8>, dev: bool) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut output = wasm_bindgen_cli_support::Bindgen::new()
        .input_bytes("kaishi", raw)
        .web(true)?
        .typescript(false)
        .debug(dev)
        .keep_debug(dev)
        .remove_name_section(!dev)
        .remove_producers_section(!dev)
        .generate_output()
        .context("wasm-bindgen")?;
    let folder = site.beside("bound");
    let _ = fs::remove_dir_all(&folder);
    output.emit(&folder).context("wasm-bindgen")?;
    let snippets = site.pkg().join("snippets");
    let _ = fs::remove_dir_all(&snippets);
    if folder.join("snippets").exists() {
        fs::rename(folder.join("snippets"), &snippets)?;
    }
    Ok((read(&folder.join("kaishi.js"))?, read(&folder.join("kaishi_bg.wasm"))?))
}

fn optimize(site: &Site, wasm: &[u8]) -> Result<Vec<u8>> {
    let (from, to) = (site.beside("bound").join("in.wasm"), site.beside("bound").join("out.wasm"));
    fs::write(&from, wasm)?;
    let done = Command::new("wasm-opt").args(OPTIMIZE).arg(&from).arg("-o").arg(&to).status()?;
    if !done.success() {
        println!("wasm: this wasm-opt does not know what the compiler used; going on without it");
        return Ok(wasm.to_vec());
    }
    mend(&read(&to)?)
}

/// wasm-opt 108 (Debian 12) exports the table of functions where the loader asks for the table of objects:
/// with two tables it always names the first. Points the export at the table it was made for.
fn mend(wasm: &[u8]) -> Result<Vec<u8>> {
    const OBJECTS: &str = "__wbindgen_externrefs";
    let mut module = walrus::Module::from_buffer(wasm)?;
    let right = module.tables.iter().find(|table| table.element_ty == walrus::RefType::EXTERNREF);
    let Some(right) = right.map(walrus::Table::id) else { return Ok(wasm.to_vec()) };
    for export in module.exports.iter_mut().filter(|export| export.name == OBJECTS) {
        export.item = walrus::ExportItem::Table(right);
    }
    Ok(module.emit_wasm())
}

/// Prints what a phone has to load.
fn report(wasm: &[u8], dev: bool, tool: &str) -> Result<()> {
    let kilo = |n: usize| n.div_ceil(1000);
    if dev {
        println!("wasm: {} kB raw (not optimized)", kilo(wasm.len()));
        return Ok(());
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(wasm)?;
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    brotli.write_all(wasm)?;
    let (gzip, brotli) = (gzip.finish()?.len(), brotli.into_inner().len());
    println!(
        "wasm: {} kB raw, {} kB gzip, {} kB brotli ({tool})",
        kilo(wasm.len()),
        kilo(gzip),
        kilo(brotli)
    );
    if tool == "none" {
        println!("wasm: about half of that with wasm-opt on the PATH (Debian: binaryen)");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_leptos_asks_for() {
        assert_eq!(file("kaishi-01", "js"), "kaishi-01.js");
        assert_eq!(file("kaishi-01", "wasm"), "kaishi-01_bg.wasm");
    }
}
