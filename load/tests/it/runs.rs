//! Each scenario runs against Chinwag itself and finds nothing wrong.

use crate::generator::{Run, run};
use chinwag::{Hub, Limits, Server, SqliteLog, StoreOptions};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::{fs, future, process, thread};

/// A folder of the test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// Starts Chinwag with a store of its own, on a thread that ends with the test's process.
fn serve(name: &str) -> SocketAddr {
    let log = SqliteLog::open(&folder(name), &StoreOptions::default()).expect("a new store");
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = Server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a free port");
            tell.send(listener.local_addr().expect("a bound listener has an address"))
                .expect("it is waited for");
            let hub = Hub::new(log, Limits::default()).expect("limits that hold");
            Server::new(hub).run(listener, future::pending()).await;
        });
    });
    told.recv().expect("the server tells where it is")
}

/// Runs a scenario, with the process of the server, and expects no fault.
#[track_caller]
fn check(name: &str, scenario: &str) -> Run {
    let run = run(serve(name), &format!("{scenario} --pid {}", process::id()));
    assert_eq!(run.code, Some(0), "{}", run.json);
    run
}

#[test]
fn fanout_in_plain_lines_and_several_rooms() {
    let run = check("fanout", "fanout --clients 30 --in-flight 9 --rooms 3 --seconds 0.3 --warmup 0.1");
    assert!(run.figure("deliveries") > 1000.0 && run.figure("server_us_per_delivery") > 0.0, "{}", run.json);
    assert!(run.figure("round_trip_p50_us") > 0.0, "{}", run.json);
}

#[test]
fn one_client_may_have_several_messages_in_flight() {
    for protocol in ["plain", "v1"] {
        let scenario =
            format!("fanout --protocol {protocol} --clients 10 --in-flight 8 --window 8 --seconds 0.3");
        let run = check(&format!("window-{protocol}"), &scenario);
        // Little's law: so many are under way as are said in the time that each takes.
        let under_way = run.figure("messages_per_second") * run.figure("round_trip_p50_us") / 1e6;
        assert!(under_way > 2.0, "{under_way}: {}", run.json);
    }
}

#[test]
fn fanout_in_v1_from_several_addresses() {
    let scenario = "fanout --protocol v1 --clients 30 --in-flight 9 --sources 3 --seconds 0.3 --warmup 0.1";
    let run = check("fanout-v1", scenario);
    assert!(run.figure("deliveries") > 1000.0, "{}", run.json);
    assert_eq!(run.json["protocol"], "chinwag.v1");
}

#[test]
fn deflated_messages_are_checked_and_shorter() {
    let figures = ["", " --deflate"].map(|deflate| {
        let scenario = "fanout --protocol v1 --clients 20 --in-flight 10 --seconds 0.5 --warmup 0.1";
        let run = check("deflate", &format!("{scenario}{deflate}"));
        (run.figure("bytes_per_frame") / run.figure("messages_per_frame"), run)
    });
    let [(plain, _), (deflated, run)] = &figures;
    assert!(
        *plain > 150.0 && *deflated < 0.7 * plain,
        "{plain} and {deflated} bytes a message: {}",
        run.json
    );
}

#[test]
fn slow_in_v1() {
    // Faster than somebody who never reads can be sent, for longer than its socket takes it.
    let run =
        check("slow", "slow --protocol v1 --clients 30 --in-flight 20 --size 400 --seconds 2 --warmup 0");
    assert_eq!((run.figure("cut"), run.figure("slow_cut")), (0.0, 1.0), "{}", run.json);
}

#[test]
fn rate_in_both() {
    for protocol in ["plain", "v1"] {
        let scenario =
            format!("rate --protocol {protocol} --clients 20 --rate 100 --seconds 0.5 --warmup 0.1");
        let run = check(&format!("rate-{protocol}"), &scenario);
        // Each message of the window, at each client.
        let pairs = run.json["latency_us"].as_array().expect("a distribution");
        assert_eq!(pairs[pairs.len() - 1][0], 100.0, "{}", run.json);
        assert!(run.figure("latency_p50_us") > 0.0 && run.figure("latency_p50_us") < 1e6, "{}", run.json);
        assert_eq!(run.json["receipt_p50_us"].is_number(), protocol == "v1", "{}", run.json);
    }
}

#[test]
fn churn_in_both() {
    for protocol in ["plain", "v1"] {
        let scenario = format!("churn --protocol {protocol} --at-once 4 --seconds 0.3 --warmup 0.1");
        let run = check(&format!("churn-{protocol}"), &scenario);
        assert!(run.figure("connections_per_second") > 10.0, "{}", run.json);
        assert!(run.figure("server_us_per_connection") > 0.0 && run.figure("latency_p50_us") > 0.0);
    }
}

#[test]
fn idle_in_v1() {
    let run = check("idle", "idle --protocol v1 --clients 20 --prime 2");
    assert_eq!(run.figure("cut"), 0.0, "{}", run.json);
}

#[test]
fn herd() {
    let run =
        check("herd", "herd --clients 100 --missed 60 --others 5 --rate 100 --seconds 0.3 --warmup 0.1");
    assert_eq!(run.figure("caught_up"), 100.0, "{}", run.json);
    assert!(run.figure("calm_p99_us") > 0.0 && run.figure("caught_up_p99_us") > 0.0, "{}", run.json);
}

#[test]
fn resume() {
    check("resume", "resume --entries 60 --count 3");
}

#[test]
fn runs_are_drawn_into_one_picture() {
    let folder = folder("plot");
    let (own, file, all) = (folder.join("own.svg"), folder.join("runs.jsonl"), folder.join("all.svg"));
    let scenario = "fanout --clients 5 --in-flight 2 --seconds 0.2 --warmup 0";
    let mut run = check("plot-server", &format!("{scenario} --svg {}", own.display()));
    let drawn = |file| fs::read_to_string(file).expect("a picture").matches("<polyline").count();
    assert_eq!(drawn(&own), 2, "a line, and one beside its name");
    let mut lines = run.json.to_string() + "\n";
    run.json["server"] = "another".into();
    lines += &run.json.to_string();
    fs::write(&file, lines).expect("a file for the test");
    let plot = Command::new(env!("CARGO_BIN_EXE_chinwag-load"))
        .arg("plot")
        .arg(&file)
        .arg("--svg")
        .arg(&all)
        .status();
    assert!(plot.expect("the generator runs").success());
    assert_eq!(drawn(&all), 4);
    assert!(fs::read_to_string(&all).expect("a picture").contains(">another</text>"));
}
