//! Lines of a file to import.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzzing::import_lines(data));
