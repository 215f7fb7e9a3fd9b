//! Frames of a client, in pieces.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzzing::frames(data));
