//! Takes out of a module what no page can use: bodies become `unreachable`, and the optimizer then drops what only
//! they called. The compiler cannot know; names tell.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module};

use crate::links::Links;
use crate::sweep::{cut, follow, hidden, sweep};

/// What is taken out, as parts of demangled names, with the reason why nobody misses it.
const IDLE: [(&str, &str); 4] = [
    (
        "::into_any::hydrate_async",
        "only lazy islands and lazy routes wait while they wake, and there are none",
    ),
    ("core::panicking::", "a panic aborts, and its words go nowhere in a browser: no page installs a hook"),
    ("core::option::expect_failed", "likewise"),
    ("core::result::unwrap_failed", "likewise"),
];

/// What is taken out as well where an island's view is `FRESH`, unless it is for that view. Not so for attributes:
/// for most of them waking and building are the same, and the compiler has made them one.
const WAKING: &str = "::into_any::hydrate_from_server";
/// The view that a page builds anew and does not wake.
const FRESH: &str = "::islands::fresh::Fresh";
/// What every bundle has that has views of the framework.
const VIEWS: &str = "tachys::view";

/// The module without them.
pub(crate) fn snip(wasm: &[u8]) -> Result<Vec<u8>> {
    let links = Links::read(wasm)?;
    let mut module = Module::from_buffer(wasm)?;
    let hidden = hidden(&module, &links);
    let mut all = HashSet::new();
    let has_views = named(&module).any(|name| name.contains(VIEWS));
    for (idle, _) in IDLE {
        let taken = take(&mut module, |name| name.contains(idle));
        ensure!(
            !taken.is_empty() || !has_views,
            "nothing is called {idle} any more: app/bundle/src/snip.rs has to learn its new name"
        );
        all.extend(taken);
    }
    if named(&module).any(|name| name.contains(FRESH)) {
        all.extend(take(&mut module, |name| name.contains(WAKING) && !name.contains(FRESH)));
        ensure!(
            named(&module).any(|name| name.contains(WAKING) && name.contains(FRESH)),
            "the island that is built anew would not wake: app/bundle/src/snip.rs has to learn its new name"
        );
    }
    cut(&mut module, all);
    let alive = follow(&module, &links, &hidden);
    sweep(&mut module, &links, &alive);
    drop_notes(&mut module);
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for segment in segments {
        let data = module.data.get_mut(segment);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } = data.kind {
            hush(&mut data.value, at.unsigned_abs() as usize);
        }
    }
    Ok(module.emit_wasm())
}

/// Blanks the places of panics, which nothing prints: `{path, length, line, column}` and the paths themselves.
/// What is left is as long as before, so nothing moves, and zeros weigh nothing.
fn hush(data: &mut [u8], at: usize) {
    const PLACE: usize = 16;
    let mut paths = Vec::new();
    for from in (0..data.len().saturating_sub(PLACE - 1)).step_by(4) {
        let number = |nth: usize| {
            let from = from + nth * 4;
            data[from..from + 4].iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte))
        };
        let Some(path) = number(0).checked_sub(at).map(|start| start..start + number(1)) else { continue };
        if data.get(path.clone()).is_some_and(is_source) && number(2) > 0 && number(3) > 0 {
            data[from..from + PLACE].fill(0);
            paths.push(path);
        }
    }
    for path in paths {
        data[path].fill(0);
    }
}

/// Whether this is the path of a source file.
fn is_source(text: &[u8]) -> bool {
    text.len() < 250 && text.ends_with(b".rs") && text.iter().all(|&byte| byte.is_ascii_graphic())
}

/// The linker's notes speak of a module that is no more.
fn drop_notes(module: &mut Module) {
    for name in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(name);
    }
}

/// The demangled names of all functions.
fn named(module: &Module) -> impl Iterator<Item = String> + '_ {
    module.funcs.iter().filter_map(|function| function.name.as_deref()).map(demangled)
}

fn demangled(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// Empties every function with such a name; answers which there were.
fn take(module: &mut Module, idle: impl Fn(&str) -> bool) -> Vec<FunctionId> {
    let mut taken = Vec::new();
    let Module { funcs, types, .. } = module;
    for function in funcs.iter_mut() {
        let id = function.id();
        let name = function.name.as_deref().map(demangled);
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        if !name.is_some_and(|name| idle(&name)) {
            continue;
        }
        let (takes, gives) = types.params_results(local.ty());
        let (takes, gives) = (takes.to_vec(), gives.to_vec());
        let mut empty = FunctionBuilder::new(types, &takes, &gives);
        empty.func_body().unreachable();
        *local = empty.local_func(local.args.clone());
        taken.push(id);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_panics_are_blanked_and_nothing_else() {
        const AT: u32 = 1024;
        let mut data = b"words src/lib.rs ".to_vec();
        data.resize(20, b'.');
        for number in [AT + 6, 10, 37, 9, AT, 5, 1, 1] {
            data.extend(u32::to_le_bytes(number));
        }
        let before = data.clone();
        hush(&mut data, AT as usize);
        assert_eq!(data[..6], *b"words ");
        assert!(data[6..16].iter().chain(&data[20..36]).all(|&byte| byte == 0), "{data:?}");
        assert_eq!((&data[16..20], &data[36..]), (&before[16..20], &before[36..]));
    }
}
