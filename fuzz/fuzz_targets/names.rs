//! Names that somebody would be called.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| fuzzing::names(data));
