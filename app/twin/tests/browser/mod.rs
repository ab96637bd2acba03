//! The browser's half of the comparison: compiled to wasm, run by node.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

const TARGET: &str = "wasm32-unknown-unknown";
/// Reads lines of `[market, seed, steps]` and answers each with `[plan, milliseconds]`.
const SCRIPT: &str = "const core = require('./twin.js');
for (const line of require('fs').readFileSync(0, 'utf8').trim().split('\\n')) {
  const [market, seed, steps] = JSON.parse(line);
  const begun = performance.now();
  const plan = core.plan(market, seed, steps);
  console.log(JSON.stringify([plan, performance.now() - begun]));
}
";

/// One thing to plan: a market file, a seed and steps.
pub(crate) type Task = (String, u32, u32);

/// What node answers to each: the plan and how many milliseconds it took.
pub(crate) fn plans(profile: &str, tasks: &[Task]) -> Result<Vec<(String, f64)>> {
    let folder = bound(profile)?;
    std::fs::write(folder.join("run.cjs"), SCRIPT)?;
    let mut node = Command::new("node")
        .arg("run.cjs")
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("node runs the browser's half; end2end/needs installs it")?;
    let mut stdin = node.stdin.take().context("a way in")?;
    for task in tasks {
        writeln!(stdin, "{}", serde_json::to_string(task)?)?;
    }
    drop(stdin);
    let done = node.wait_with_output()?;
    ensure!(done.status.success(), "node ends with {}", done.status);
    let lines = String::from_utf8(done.stdout)?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Compiles the core and binds it for node; answers the folder.
fn bound(profile: &str) -> Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let done = Command::new(cargo)
        .args([
            "rustc",
            "-q",
            "-p",
            env!("CARGO_PKG_NAME"),
            "--lib",
            "--target",
            TARGET,
            "--profile",
            profile,
            "--crate-type",
            "cdylib",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // wasm-bindgen reads the features from a section that stripping removes.
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        // As the bundles are built.
        .env("CARGO_PROFILE_RELEASE_LTO", "fat")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1")
        .status()?;
    ensure!(
        done.success(),
        "the core does not build for the browser (if the target is missing: app/bundle/wasm-std)"
    );
    let exe = std::env::current_exe()?;
    let target = exe.ancestors().nth(3).context("the folder of what is built")?;
    let built = target.join(TARGET).join(if profile == "dev" { "debug" } else { profile });
    let folder = target.join("twin").join(profile);
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(built.join("kaishi_twin.wasm"))
        .nodejs(true)?
        .typescript(false)
        .out_name("twin")
        .generate(&folder)?;
    Ok(folder)
}
