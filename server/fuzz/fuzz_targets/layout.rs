#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Layout, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/layout")), |bytes: &[u8]| {
    Target::Layout.run(bytes);
});
