//! Options and variables: what people write is taken, and what cannot be meant is said before anything starts.

use std::fs;

use crate::http::get;
use crate::program::{Folder, Program, run, run_with};

/// Runs it to its end, with exit code 2; all these words are said.
#[track_caller]
fn refused(variables: &[(&str, &str)], args: &[&str], words: &[&str]) {
    let output = run_with(variables, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{variables:?} {args:?}: {said}");
    for words in words {
        assert!(said.contains(words), "{variables:?} {args:?}: {said:?} does not say {words:?}");
    }
}

/// Starts it, and ends it; gives what it said on standard error.
async fn starts(variables: &[(&str, &str)], args: &[&str]) -> String {
    let program = Program::start_with(variables, args);
    assert_eq!(get(program.addr, "/").await.status, 200, "{variables:?} {args:?}");
    program.signal("TERM");
    program.ends().await.2
}

#[tokio::test]
async fn an_empty_variable_is_as_if_it_were_not_there() {
    let empty = [
        "CHINWAG_ADDR",
        "CHINWAG_HOST",
        "CHINWAG_DATA",
        "CHINWAG_EPHEMERAL",
        "CHINWAG_KEEP_DAYS",
        "CHINWAG_KEEP_BYTES",
        "CHINWAG_MAX_CLIENTS",
        "CHINWAG_MESSAGE_RATE",
        "CHINWAG_NO_DEFLATE",
        "CHINWAG_PING_PERIOD",
        "CHINWAG_WEB",
        "CHINWAG_LOG",
    ];
    let folder = Folder::new();
    assert_eq!(starts(&empty.map(|name| (name, "")), &["--data", folder.arg()]).await, "");
}

#[tokio::test]
async fn yes_and_no_may_be_spelled_as_people_do() {
    for yes in ["1", "yes", "true", "on", "TRUE", "y"] {
        let folder = Folder::new();
        let program = Program::start_with(&[("CHINWAG_EPHEMERAL", yes)], &[]);
        get(program.addr, "/").await;
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{yes}");
    }
    let folder = Folder::new();
    for no in ["0", "no", "false", "off"] {
        let variables = [("CHINWAG_EPHEMERAL", no), ("CHINWAG_KEEP_DAYS", "30"), ("CHINWAG_NO_DEFLATE", no)];
        assert_eq!(starts(&variables, &["--data", folder.arg()]).await, "", "{no}");
        assert!(folder.path().join("chinwag.db").exists(), "{no}");
    }
    refused(&[("CHINWAG_EPHEMERAL", "perhaps")], &[], &["perhaps", "--ephemeral"]);
}

#[tokio::test]
async fn contradicting_options_are_refused_and_the_command_line_overrides_the_environment() {
    let folder = Folder::new();
    let data = [("CHINWAG_DATA", folder.arg()), ("CHINWAG_KEEP_DAYS", "30")];
    assert_eq!(starts(&data, &["--ephemeral"]).await, "");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is kept");
    for keep in [["--keep-days", "3"], ["--data", folder.arg()], ["--keep-bytes", "1GB"]] {
        refused(&[], &["--ephemeral", keep[0], keep[1]], &["--ephemeral", keep[0]]);
        refused(&[("CHINWAG_EPHEMERAL", "1")], &keep, &["CHINWAG_EPHEMERAL", keep[0]]);
    }
    let both = [("CHINWAG_EPHEMERAL", "1"), ("CHINWAG_KEEP_DAYS", "30")];
    refused(&both, &[], &["CHINWAG_EPHEMERAL", "CHINWAG_KEEP_DAYS"]);
    refused(&[], &["--keep-days", "3", "check"], &["--keep-days", "for the server", "check"]);
}

#[tokio::test]
async fn a_variable_that_no_option_has_is_named_with_the_one_that_may_be_meant() {
    let variables = [("CHINWAG_ADRR", "127.0.0.1:1"), ("CHINWAG_SERVICE_PORT_HTTP", "80"), ("CHINWAG", "x")];
    let said = starts(&variables, &["--ephemeral"]).await;
    assert!(said.contains("CHINWAG_ADRR") && said.contains("CHINWAG_ADDR"), "{said}");
    assert!(said.contains("CHINWAG_SERVICE_PORT_HTTP") && said.contains("--help"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[tokio::test]
async fn addresses_and_quantities_are_taken_as_people_write_them() {
    for addr in [":0", "0", "localhost:0", "[::1]:0"] {
        let output =
            String::from_utf8(run(&["--ephemeral", "--addr", addr, "--max-clients", "0"]).stderr).unwrap();
        assert!(output.contains("at least 1 client") && !output.contains("--addr"), "{addr}: {output}");
    }
    refused(&[], &["--addr", "nowhere"], &["--addr", "nowhere", ":9000"]);
    let folder = Folder::new();
    let args = ["--data", folder.arg(), "--keep-days", "7d", "--keep-bytes", "1GiB", "--ping-period", "20s"];
    assert_eq!(starts(&[], &args).await, "");
    refused(&[], &["--keep-days", "soon"], &["--keep-days", "30d"]);
}

#[tokio::test]
async fn data_may_stand_anywhere_in_a_command() {
    let folder = Folder::new();
    starts(&[], &["--data", folder.arg()]).await;
    let file = folder.path().join("copy.db");
    let file = file.to_str().unwrap();
    for args in [
        ["--data", folder.arg(), "backup", file],
        ["backup", "--data", folder.arg(), file],
        ["backup", file, "--data", folder.arg()],
    ] {
        let output = run(&args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        fs::remove_file(file).unwrap();
    }
    assert!(run_with(&[("CHINWAG_DATA", folder.arg())], &["check"]).status.success());
}

#[tokio::test]
async fn start_and_stop_are_one_line_each_of_the_info_log() {
    let folder = Folder::new();
    let said = starts(&[], &["--log", "info", "--data", folder.arg(), "--message-rate", "5/2"]).await;
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    for words in
        ["the server has started", env!("CARGO_PKG_VERSION"), "127.0.0.1:", folder.arg(), "5/2", "hosts: "]
    {
        assert!(lines[0].contains(words), "{} lacks {words}", lines[0]);
    }
    assert!(
        lines[1].contains("the server has stopped") && lines[1].contains("0 requests refused"),
        "{}",
        lines[1]
    );
}

#[test]
fn a_reason_is_said_once() {
    for args in [
        &["import", "/there/is/no/such.jsonl"][..],
        &["--data", "/proc/nothing/chat", "--addr", "127.0.0.1:0"],
        &["--addr", "203.0.113.7:80"],
    ] {
        let said = String::from_utf8(run(args).stderr).unwrap();
        assert_eq!(said.matches("(os error").count(), 1, "{args:?}: {said}");
    }
}

#[test]
fn completions_and_manual_pages_have_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run(&["completions", shell]);
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success() && script.contains("keep-days") && script.contains("backup"),
            "{shell}"
        );
    }
    let page = String::from_utf8(run(&["man"]).stdout).unwrap();
    for words in [".TH chinwag 1", "keep\\-days", "backup", "CHINWAG_HOST"] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let page = String::from_utf8(run(&["man", "export"]).stdout).unwrap();
    assert!(page.contains("chinwag\\-export") && page.contains("html"), "{page}");
    let refused = run(&["man", "nothing"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("export"));
}
