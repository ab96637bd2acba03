#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Image, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/image")), |bytes: &[u8]| {
    Target::Image.run(bytes);
});
