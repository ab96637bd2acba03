//! A family's cdylib to the two files that a browser loads: wasm-bindgen in process, then wasm-opt if there.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::compile::compile;
use crate::site::{Site, hash};
use crate::snip::snip;
use crate::{Place, read};

/// Changes when what is done to the module changes, so that a kept one is made anew.
const WAY: &str = "snipped, swept, woken less, hushed, bound, optimized, mended";
const OPTIMIZE: [&str; 7] = [
    "-Oz",
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
    let wasm = if optimizer.is_some() { optimize(site, &bound)? } else { bound };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_leptos_asks_for() {
        assert_eq!(file("editor-01", "js"), "editor-01.js");
        assert_eq!(file("editor-01", "wasm"), "editor-01_bg.wasm");
    }
}
