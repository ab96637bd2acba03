//! The planning core by itself, as a server and as a browser compile it. Both must give the same plan to the byte:
//! `tests/same.rs` compares them, `benches/ratio.rs` says how much slower the browser's is.

use kaishi_domain::assignment::plan::{Effort, Instance, Model, solve};
use wasm_bindgen::prelude::wasm_bindgen;

/// The plan of a market file for a seed and so many steps, as text; what a file says that is no market, if it is none.
#[wasm_bindgen]
pub fn plan(market: &str, seed: u32, steps: u32) -> String {
    let instance = match Instance::parse(market) {
        Ok(instance) => instance,
        Err(refusal) => return refusal.to_string(),
    };
    let effort = Effort { seed: seed.into(), steps: steps.into() };
    let found = solve(&Model::new(&instance), effort, &mut || false);
    serde_json::json!({ "plan": found.plan, "unplaced": found.unplaced, "soft": found.soft }).to_string()
}
