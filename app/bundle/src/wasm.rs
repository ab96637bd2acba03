//! A family's cdylib to the two files that a browser loads: wasm-bindgen in process, then wasm-opt if there.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::compile::compile;
use crate::site::{Site, hash};
use crate::snip::snip;
use crate::{Place, read};

/// Changes when what is done to the module changes, so that a kept one is made anew.
const WAY: &str = "snipped, swept, woken less, hushed, bound, optimized, mended, renamed";
/// `-Os` and hardly any inlining: more bytes before compression and fewer after it, because what is written once
/// and called compresses better than what was inlined and bent to its place. Control flow is laid out anew before.
const OPTIMIZE: [&str; 14] = [
    "--flatten",
    "--rereloop",
    "-Os",
    "-Os",
    "--partial-inlining-ifs=0",
    "--always-inline-max-function-size=2",
    "--flexible-inline-max-function-size=2",
    "--one-caller-inline-max-function-size=2",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds a family for the browser and returns the name that its `.js` and `_bg.wasm` share.
pub(crate) fn build(place: &Place, site: &Site, family: &str, dev: bool) -> Result<String> {
    let raw = compile(place, site, family, dev)?;
    let optimizer = if dev { None } else { optimizer() };

    // The rest takes longer than all the checking, so it is skipped for a module that was seen last time.
    let stamp = site.beside(&format!("{family}.stamp"));
    let tool = optimizer.as_deref().unwrap_or("none");
    let key = hash(&[&raw, tool.as_bytes(), OPTIMIZE.concat().as_bytes(), WAY.as_bytes()]);
    if let Some((known, name)) = fs::read_to_string(&stamp).unwrap_or_default().split_once(' ')
        && known == key
        && ["js", "wasm"].iter().all(|ext| site.pkg().join(file(name, ext)).exists())
    {
        return Ok(name.to_owned());
    }

    let raw = if optimizer.is_some() { snip(&raw)? } else { raw };
    let (js, bound) = bind(site, raw, dev)?;
    let (js, wasm) = if optimizer.is_some() { rename(&js, &optimize(site, &bound)?)? } else { (js, bound) };
    let name = format!("{family}-{}", hash(&[&js, &wasm]));
    site.put(&file(&name, "js"), &js)?;
    site.put(&file(&name, "wasm"), &wasm)?;
    fs::write(stamp, format!("{key} {name}"))?;
    Ok(name)
}

/// The names that leptos's hydration script computes from `output_name`.
pub(crate) fn file(name: &str, extension: &str) -> String {
    if extension == "wasm" { format!("{name}_bg.wasm") } else { format!("{name}.{extension}") }
}

/// The version of wasm-opt, if it is on the PATH.
pub(crate) fn optimizer() -> Option<String> {
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
    ensure!(
        !folder.join("snippets").exists(),
        "a dependency brings script files of its own, which this bundler does not carry"
    );
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

/// Short names for what module and loader are to each other: theirs end in sixteen digits each, which nothing
/// compresses. And a loader without the explanations that nobody reads there.
fn rename(js: &[u8], wasm: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut module = walrus::Module::from_buffer(wasm)?;
    let mut js = plain(std::str::from_utf8(js)?);
    let mut names = Vec::new();
    for (nth, import) in module.imports.iter_mut().enumerate() {
        if import.name.starts_with("__wb") {
            names.push((std::mem::replace(&mut import.name, format!("$i{nth}")), format!("$i{nth}")));
        }
    }
    for (nth, export) in module.exports.iter_mut().enumerate() {
        if export.name.starts_with("wasm_bindgen__") {
            names.push((std::mem::replace(&mut export.name, format!("$e{nth}")), format!("$e{nth}")));
        }
    }
    // A name may begin as another one ends.
    names.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    for (long, short) in names {
        ensure!(js.contains(&long), "the loader does not name {long}");
        js = js.replace(&long, &short);
    }
    Ok((js.into_bytes(), module.emit_wasm()))
}

/// A script without comments that have lines of their own, and without indentation.
fn plain(js: &str) -> String {
    let is_comment = |line: &str| ["//", "/**", "* ", "*/"].iter().any(|mark| line.starts_with(mark));
    let lines = js.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_leptos_asks_for() {
        assert_eq!(file("editor-01", "js"), "editor-01.js");
        assert_eq!(file("editor-01", "wasm"), "editor-01_bg.wasm");
    }

    #[test]
    fn a_loader_keeps_its_code() {
        let js = "/**\n * @param {string} a\n */\nexport function f(a) {\n    // why\n    return a * 2;\n}\n";
        assert_eq!(plain(js), "export function f(a) {\nreturn a * 2;\n}\n");
    }
}
