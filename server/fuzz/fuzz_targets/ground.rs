#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Ground, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/ground")), |bytes: &[u8]| {
    Target::Ground.run(bytes);
});
