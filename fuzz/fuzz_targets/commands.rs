//! Lines of a client of `chinwag.v1`.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| fuzzing::commands(data));
