#![no_main]

use kaishi_fuzz::{Target, plant};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: plant(Target::Token, concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/token")), |bytes: &[u8]| {
    Target::Token.run(bytes);
});
