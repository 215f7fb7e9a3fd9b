//! Running the load generator, and reading what it printed.

use serde_json::Value;
use std::net::SocketAddr;
use std::process::Command;

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) json: Value,
}

impl Run {
    /// A figure in its JSON.
    #[track_caller]
    pub(crate) fn figure(&self, key: &str) -> f64 {
        self.json[key].as_f64().unwrap_or_else(|| panic!("there is no number {key} in {}", self.json))
    }

    /// Expects that of these faults only `fault` was found, once, or none of them.
    #[track_caller]
    pub(crate) fn check_faults(&self, faults: &[&str], fault: Option<&str>) {
        for key in faults {
            let expected = f64::from(u8::from(Some(*key) == fault));
            assert_eq!(self.figure(key), expected, "{key} in {}", self.json);
        }
        assert_eq!(self.code, Some(if fault.is_some() { 3 } else { 0 }), "{}", self.json);
    }
}

/// Runs a scenario on the server at `address`: its name and its options, as one writes them.
#[track_caller]
pub(crate) fn run(address: SocketAddr, scenario: &str) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_chinwag-load"))
        .args(scenario.split_whitespace())
        .args(["--json", "--url", &format!("ws://{address}/ws")])
        .output()
        .expect("the generator runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let json = serde_json::from_slice(&output.stdout).expect("it prints a line of JSON");
    Run { code: output.status.code(), json }
}
