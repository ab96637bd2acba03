#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Import, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/import")), |bytes: &[u8]| {
    Target::Import.run(bytes);
});
