//! Searches, asked of a store.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let folder = std::env::temp_dir().join(format!("chinwag-fuzz-{}", std::process::id()));
    fuzzing::searches(&folder, data);
});
