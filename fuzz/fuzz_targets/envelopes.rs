//! A message of the ledger.
#![no_main]

use chinwag::fuzzing;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| fuzzing::envelopes(data));
