#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Batch, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/batch")), |bytes: &[u8]| {
    Target::Batch.run(bytes);
});
