//! Takes out of a module what no page can use: bodies become `unreachable`, and the optimizer then drops what only
//! they called. The compiler cannot know; names tell.

use anyhow::{Result, ensure};
use walrus::{FunctionBuilder, FunctionKind, Module};

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

/// The module without them.
pub(crate) fn snip(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm)?;
    for (idle, _) in IDLE {
        let taken = take(&mut module, idle);
        ensure!(
            taken > 0,
            "nothing is called {idle} any more: app/bundle/src/snip.rs has to learn its new name"
        );
    }
    Ok(module.emit_wasm())
}

/// Empties every function whose name has this part; answers how many there were.
fn take(module: &mut Module, part: &str) -> usize {
    let mut taken = 0;
    let Module { funcs, types, .. } = module;
    for function in funcs.iter_mut() {
        let name = function.name.as_deref().map(|name| format!("{:#}", rustc_demangle::demangle(name)));
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        if !name.is_some_and(|name| name.contains(part)) {
            continue;
        }
        let (takes, gives) = types.params_results(local.ty());
        let (takes, gives) = (takes.to_vec(), gives.to_vec());
        let mut empty = FunctionBuilder::new(types, &takes, &gives);
        empty.func_body().unreachable();
        *local = empty.local_func(local.args.clone());
        taken += 1;
    }
    taken
}
